package study_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hubreach/internal/county"
	"hubreach/internal/study"
)

// small is a county of four areas, each a kilometre square, in two districts:
//
//	C D    district 2
//	A B    district 1
//
// A and B have 1,000 residents each, ten of every age from 0 to 99 (90 and over
// counted as one hundred), so 200 aged 0-19. One site stands in the middle of A,
// one in the middle of D.
var small = map[string]string{
	"areas.geojson": `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}},"features":[` +
		square("E01000001", "West 001A", "E07000001", 600000, 150000) + "," + square("E01000002", "West 001B", "E07000001", 601000, 150000) + "," +
		square("E01000003", "East 001A", "E07000002", 600000, 151000) + "," + square("E01000004", "East 001B", "E07000002", 601000, 151000) + "]}",
	"people.csv": people("E01000001", "E01000002", "E01000003", "E01000004"),
	"imd.csv": "LSOA21CD,rank,decile,rate\n" +
		"E01000001,100,1,0.5\nE01000002,20000,6,0.1\nE01000003,3000,1,0.4\nE01000004,33000,10,0.02\n",
	"sites.csv": "id,name,district,easting,northing\nhub-a,Hub A,E07000001,600500,150500\nhub-d,Hub D,E07000002,601500,151500\n",
	"options.csv": "option_id,option_name,site_id,status\nboth,Both,hub-a,hub\nboth,Both,hub-d,hub\n" +
		"one,Only A,hub-a,hub\none,Only A,hub-d,closed\n",
	"study.toml": `name = "Small"
baseline = "both"
[[input]]
role = "boundaries"
file = "areas.geojson"
columns = { code = "code", name = "name", district = "district" }
[[input]]
role = "population"
file = "people.csv"
[[input]]
role = "indicators"
file = "imd.csv"
[[input.indicator]]
id = "imd"
rank = "rank"
decile = "decile"
rate = "rate"
of = 33755
[[input]]
role = "sites"
file = "sites.csv"
crs = "EPSG:27700"
[[input]]
role = "options"
file = "options.csv"
[need]
weights = { imd = 1 }
rate = ["imd"]
decile = "imd"
`,
}

func square(code, name, district string, e, n int) string {
	return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q,"name":%q,"district":%q},"geometry":{"type":"Polygon","coordinates":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}`,
		code, name, district, e, n, e+1000, n, e+1000, n+1000, e, n+1000, e, n)
}

func people(codes ...string) string {
	var b strings.Builder
	b.WriteString("LSOA21CD")
	for age := range 90 {
		fmt.Fprintf(&b, ",%d", age)
	}
	b.WriteString(",90+\n")
	for _, code := range codes {
		b.WriteString(code + strings.Repeat(",10", 90) + ",100\n")
	}
	return b.String()
}

// with returns the small county with some files changed.
func with(changes map[string]string) map[string]string {
	files := maps.Clone(small)
	maps.Copy(files, changes)
	return files
}

func replace(file, old, new string) map[string]string {
	if !strings.Contains(small[file], old) {
		panic("no " + old + " in " + file)
	}
	return with(map[string]string{file: strings.Replace(small[file], old, new, 1)})
}

func runSmall(files map[string]string) (*study.Results, error) {
	s, err := study.ParseSpec([]byte(files["study.toml"]), "study.toml")
	if err != nil {
		return nil, err
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return study.Run(context.Background(), s, study.Env{Open: func(p string) (io.ReadCloser, error) { return fsys.Open(p) }})
}

func TestSmallCounty(t *testing.T) {
	r, err := runSmall(small)
	if err != nil {
		t.Fatal(err)
	}
	// Every area's one point is its middle. At 4.8 km/h and a detour of 1.3 the
	// middle of the next square is 1,300 m of walk away, 16.25 minutes: inside.
	// The middle of the square across the corner is 1,838 m away, 22.98 minutes.
	both, one := r.Options[0], r.Options[1]
	if both.Covered != 800 || one.Covered != 600 {
		t.Errorf("covered %g and %g, want 800 and 600 of 800 residents aged 0-19", both.Covered, one.Covered)
	}
	// People in need: 200 x (0.5 + 0.1 + 0.4 + 0.02) = 204; without D, 4 fewer.
	if got := one.CoveredInNeed; got < 199.999 || got > 200.001 {
		t.Errorf("covered in need %g, want 200", got)
	}
	if lost := one.Losers[0]; lost.Dimension != "county" || lost.Lost != 200 || lost.Gained != 0 {
		t.Errorf("losers %+v, want 200 lost in the county", lost)
	}
	if got := r.Need.Areas[0].Rank; got != 100 {
		t.Errorf("need rank of A %d, want 100: an index of one indicator keeps its rank", got)
	}
	if !slices.Contains(r.NotAssessed, "walk: approximate: no street network; straight line x 1.30") {
		t.Errorf("not assessed: %q, want it to say that walks are approximate", r.NotAssessed)
	}
}

// Bad input is an expected input: one clear line each, and never a panic.
func TestBadInput(t *testing.T) {
	gz := func(s string) string { return "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + s }
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string // the whole message
	}{
		{"option naming an unknown site", replace("options.csv", "one,Only A,hub-d", "one,Only A,hub-z"),
			`options.csv: line 5: site_id "hub-z": want the id of a site; add the site, or correct the id (nearest: hub-a)`},
		{"unknown status", replace("options.csv", "hub-d,closed", "hub-d,shut"),
			`options.csv: line 5: status "shut": want one of hub, co_located, outreach_only, closed, new; correct the cell`},
		{"decile 11", replace("imd.csv", "E01000002,20000,6", "E01000002,20000,11"),
			`imd.csv: line 3: imd decile "11": want 1 to 10; correct the value, or map another column`},
		{"missing column", replace("study.toml", `rate = "rate"`, `rate = "ratio"`),
			`read imd.csv: line 1: column "ratio": want a column of that name; the nearest headers are "rate", "rank", "decile"`},
		{"unknown key", replace("study.toml", "baseline", "base_line"),
			`study.toml: line 2: bad study file: key "base_line": want a key that study files have; correct its spelling or remove it`},
		{"no sites", replace("study.toml", `role = "sites"`, `role = "venues"`),
			`study.toml: bad study file: no input with role "sites": add an [[input]] block with role and file`},
		{"unknown baseline", replace("study.toml", `"both"`, `"all"`),
			`baseline "all": no such option: want the id of one of the study's options`},
		{"unknown indicator", replace("study.toml", "weights = { imd = 1 }", "weights = { idaci = 1 }"),
			`need: indicator "idaci": want one of imd`},
		{"missing file", replace("study.toml", `"sites.csv"`, `"hubs.csv"`),
			`read hubs.csv: open hubs.csv: file does not exist; check the path in the study file and --data`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := runSmall(tt.files)
			if err == nil {
				t.Fatalf("no error, want %q", tt.want)
			}
			if err.Error() != tt.want {
				t.Errorf("got  %s\nwant %s", err, tt.want)
			}
		})
	}
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string // parts of the message
	}{
		{"negative people", replace("people.csv", "E01000002,10", "E01000002,-10"), []string{"people.csv", "line 3", "-10"}},
		{"duplicate code", replace("people.csv", "E01000002", "E01000001"), []string{"people.csv", "line 3", "E01000001"}},
		{"latitude and longitude swapped", with(map[string]string{"sites.csv": "id,name,longitude,latitude\nhub-a,Hub A,51.2,0.9\n", "study.toml": strings.Replace(small["study.toml"], `crs = "EPSG:27700"`, "", 1)}),
			[]string{"sites.csv", "line 2", "swapped"}},
		{"wrong CRS", replace("areas.geojson", "EPSG::27700", "EPSG::4326"), []string{"areas.geojson", "EPSG:27700"}},
		{"empty file", with(map[string]string{"imd.csv": ""}), []string{"imd.csv", "empty"}},
		{"truncated gzip", with(map[string]string{"imd.csv": gz("abc")}), []string{"imd.csv"}},
		{"not a number", replace("imd.csv", "0.02", "low"), []string{"imd.csv", "line 5", "low"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := runSmall(tt.files)
			if err == nil {
				t.Fatal("no error")
			}
			if n := strings.Count(err.Error(), "\n"); n > 0 {
				t.Errorf("%d line breaks in %q, want one line", n, err)
			}
			for _, part := range tt.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
}

// A site in the sea, a blank value and a code of another county are findings:
// the run goes on and says so.
func TestFindings(t *testing.T) {
	files := replace("sites.csv", "601500,151500", "650000,151500")
	files["options.csv"] = "option_id,option_name,site_id,status\nboth,Both,hub-a,hub\n"
	files["imd.csv"] = strings.Replace(strings.Replace(small["imd.csv"], "0.1\n", "\n", 1), "E01000004", "E01999999", 1)
	r, err := runSmall(files)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, c := range r.Checks {
		if c.Ran && !c.Passed {
			found[c.Title] = c.Detail
		}
	}
	if d := found["Every site lies in the county"]; !strings.Contains(d, "Hub D (line 3 of sites.csv, at 650000, 151500)") {
		t.Errorf("failed checks %q, want the site in the sea with its line", found)
	}
	for _, in := range r.Inputs {
		if in.File == "imd.csv" && (in.Read != 4 || in.Used != 3 || in.Dropped != 1) {
			t.Errorf("imd.csv: %d read, %d used, %d dropped; want 4, 3 and 1", in.Read, in.Used, in.Dropped)
		}
	}
}

// Files as spreadsheets and Windows leave them give the same results: a byte
// order mark, CRLF line ends, thousands separators, Windows-1252.
func TestSpellingsOfTheSameFile(t *testing.T) {
	want, err := runSmall(small)
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range map[string]map[string]string{
		"byte order mark":      with(map[string]string{"people.csv": "\ufeff" + small["people.csv"], "study.toml": "\ufeff" + small["study.toml"]}),
		"CRLF":                 with(map[string]string{"people.csv": strings.ReplaceAll(small["people.csv"], "\n", "\r\n"), "options.csv": strings.ReplaceAll(small["options.csv"], "\n", "\r\n")}),
		"thousands separators": replace("imd.csv", "20000", `"20,000"`),
		"Windows-1252":         with(map[string]string{"sites.csv": strings.Replace(small["sites.csv"], "Hub A", "Hub \xc0", 1)}),
	} {
		got, err := runSmall(files)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Options[1].Covered != want.Options[1].Covered || got.Options[1].Score.Score != want.Options[1].Score.Score {
			t.Errorf("%s: covered %g, score %g; want %g and %g", name, got.Options[1].Covered, got.Options[1].Score.Score, want.Options[1].Covered, want.Options[1].Score.Score)
		}
		if name == "Windows-1252" && got.County.Sites[0].Name != "Hub À" {
			t.Errorf("%s: site %q, want Hub À", name, got.County.Sites[0].Name)
		}
	}
}

// The fingerprint changes with an input's bytes and with a parameter, and not
// with a path.
func TestFingerprint(t *testing.T) {
	base, err := runSmall(small)
	if err != nil {
		t.Fatal(err)
	}
	moved := with(map[string]string{"folder/sites.csv": small["sites.csv"], "study.toml": strings.Replace(small["study.toml"], `"sites.csv"`, `"folder/sites.csv"`, 1)})
	for _, tt := range []struct {
		name  string
		files map[string]string
		same  bool
	}{
		{"again", small, true},
		{"file moved", moved, true},
		{"one person more", replace("people.csv", "E01000001,10", "E01000001,11"), false},
		{"21 minutes", replace("study.toml", "[need]", "[walk]\nminutes = 21\n[need]"), false},
		{"the default written out", replace("study.toml", "[need]", "[walk]\nminutes = 20\n[need]"), true},
	} {
		r, err := runSmall(tt.files)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if (r.Fingerprint == base.Fingerprint) != tt.same {
			t.Errorf("%s: fingerprint same %v, want %v", tt.name, !tt.same, tt.same)
		}
	}
}

// Sites that only have a postcode, as in the Department's list, stand at it;
// one whose postcode nobody knows is a finding, and closed in every option.
func TestSitesByPostcode(t *testing.T) {
	files := with(map[string]string{
		"sites.csv":  "id,name,postcode\nhub-a,Hub A,AA1 1AA\nhub-d,Hub D,ZZ9 9ZZ\n",
		"points.csv": "Postcode,Eastings,Northings\nAA1 1AA,600500,150500\nAA1 1AB,601500,150500\nAA1 1AC,600500,151500\nAA1 1AD,601500,151500\n",
		"study.toml": strings.Replace(small["study.toml"], "[need]", "[[input]]\nrole = \"points\"\nfile = \"points.csv\"\ncrs = \"EPSG:27700\"\n[need]", 1),
	})
	files["study.toml"] = strings.Replace(files["study.toml"], "file = \"sites.csv\"\ncrs = \"EPSG:27700\"", "file = \"sites.csv\"", 1)
	r, err := runSmall(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.County.Sites) != 1 || r.County.Sites[0].At[0] != 600500 {
		t.Errorf("sites %+v, want Hub A at its postcode", r.County.Sites)
	}
	k := slices.IndexFunc(r.Checks, func(c county.Check) bool { return c.Title == "Every site has coordinates" })
	if k < 0 || r.Checks[k].Passed || !strings.Contains(r.Checks[k].Detail, "Hub D") {
		t.Errorf("checks %+v, want Hub D among the sites without coordinates", r.Checks)
	}
}

// A manifest of scripts/fetch says what a file was when it was fetched.
func TestManifest(t *testing.T) {
	files := replace("study.toml", `file = "imd.csv"`, `file = "imd.csv"
manifest = "manifest.csv"`)
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(small["imd.csv"])))
	files["manifest.csv"] = "file,bytes,sha256,edition,publisher,licence\nimd.csv,1," + sum + ",IoD 2025,MHCLG,OGL\n"
	for _, tt := range []struct {
		name, manifest string
		passed         bool
	}{{"the same file", files["manifest.csv"], true}, {"another file", strings.Replace(files["manifest.csv"], sum, strings.Repeat("0", 64), 1), false}} {
		r, err := runSmall(with(map[string]string{"study.toml": files["study.toml"], "manifest.csv": tt.manifest}))
		if err != nil {
			t.Fatal(err)
		}
		k := slices.IndexFunc(r.Checks, func(c county.Check) bool { return c.Title == "Every fetched file is the one in its manifest" })
		if k < 0 || r.Checks[k].Passed != tt.passed {
			t.Errorf("%s: check %d of %+v, want one that passed: %v", tt.name, k, r.Checks, tt.passed)
		}
		if in := r.Inputs[2]; in.Edition != "IoD 2025" || in.Publisher != "MHCLG" || in.Licence != "OGL" {
			t.Errorf("%s: input %+v, want its edition, publisher and licence from the manifest", tt.name, in)
		}
	}
	if _, err := runSmall(with(map[string]string{"study.toml": files["study.toml"]})); err == nil || !strings.Contains(err.Error(), "manifest manifest.csv: ") {
		t.Errorf("a manifest that is not there: %v", err)
	}
}

func TestStopping(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s, err := study.ParseSpec([]byte(small["study.toml"]), "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = study.Run(ctx, s, study.Env{Open: func(p string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(small[p])), nil }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was stopped: %v, want %v", err, context.Canceled)
	}
}

func FuzzParseSpec(f *testing.F) {
	f.Add([]byte(small["study.toml"]))
	f.Add([]byte("name = 1"))
	f.Add([]byte("[[input]]\nrole = \"boundaries\"\ncolumns = { a = [ 1 ] }"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := study.ParseSpec(text, "study.toml")
		if err == nil && s.Name == "" {
			t.Error("a study without a name was accepted")
		}
		if err != nil && bytes.Contains([]byte(err.Error()), []byte("panic")) {
			t.Errorf("error %v", err)
		}
	})
}
