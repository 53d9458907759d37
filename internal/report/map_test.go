package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/report"
	"hubreach/internal/study"
	"hubreach/internal/walk"
)

// drawn returns the picture of an option.
func drawn(t *testing.T, r *study.Results, id estate.OptionID) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Map(&b, r, id); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// element is an element of a picture, with the text in it.
type element struct {
	name  string
	attrs map[string]string
	text  string
}

// elements reads a picture as XML, and fails on what a picture may not have: any
// program, any font, style or link of elsewhere, an id that stands twice or is
// missing.
func elements(t *testing.T, b []byte) []element {
	t.Helper()
	var out []element
	var open []int
	ids, wanted := map[string]bool{}, map[string]bool{}
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			attrs := map[string]string{}
			for _, a := range e.Attr {
				attrs[a.Name.Local] = a.Value
				link, found := strings.CutPrefix(a.Value, "#")
				switch {
				case a.Name.Local == "href" && !found, strings.HasPrefix(a.Name.Local, "on"), a.Name.Local == "style":
					t.Errorf("%s has %s=%q", e.Name.Local, a.Name.Local, a.Value)
				case a.Name.Local == "href":
					wanted[link] = true
				case strings.HasPrefix(a.Value, "url("):
					wanted[strings.TrimSuffix(strings.TrimPrefix(a.Value, "url(#"), ")")] = true
				case a.Name.Local == "id":
					if ids[a.Value] {
						t.Errorf("id %q stands twice", a.Value)
					}
					ids[a.Value] = true
				}
			}
			switch e.Name.Local {
			case "svg", "title", "desc", "defs", "pattern", "path", "rect", "circle", "g", "use", "text":
			default:
				t.Errorf("element %s: not one that we draw with", e.Name.Local)
			}
			open = append(open, len(out))
			out = append(out, element{name: e.Name.Local, attrs: attrs})
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				out[open[len(open)-1]].text += string(e)
			}
		}
	}
	for id := range wanted {
		if !ids[id] {
			t.Errorf("no element has id %q", id)
		}
	}
	return out
}

// described returns the title and the description of a picture, and checks that
// they are what names it for a screen reader.
func described(t *testing.T, b []byte) (title, desc string) {
	t.Helper()
	found := elements(t, b)
	svg := found[0]
	if svg.attrs["role"] != "img" || svg.attrs["width"] != "1200" {
		t.Errorf("role %q, width %q, want img and 1200", svg.attrs["role"], svg.attrs["width"])
	}
	for _, e := range found {
		switch e.name {
		case "title":
			title = e.text
		case "desc":
			desc = e.text
		default:
			continue
		}
		if !strings.Contains(svg.attrs["aria-labelledby"], e.attrs["id"]) {
			t.Errorf("%s does not name the picture: %q", e.name, svg.attrs["aria-labelledby"])
		}
	}
	return title, desc
}

// The description says what summary.json says, people rounded.
func TestMapSaysWhatTheSummarySays(t *testing.T) {
	saysTheSummary(t, small())
}

// saysTheSummary checks the picture of every option.
func saysTheSummary(t *testing.T, r *study.Results) {
	t.Helper()
	b, err := report.Summary(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		County struct {
			Districts, Areas int
			People           float64 `json:"population_0_19"`
		}
		Options []struct {
			ID       estate.OptionID
			Name     string
			Rank     int
			Score    json.Number
			Open     int         `json:"open_sites"`
			Required []string    `json:"hub_required"`
			Covered  float64     `json:"covered_0_19"`
			Share    json.Number `json:"covered_share_0_19"`
			InNeed   float64     `json:"covered_in_need"`
			Outreach map[string]int
			Towns    []struct {
				Settlement string
				InNeed     float64 `json:"in_need_outside"`
			} `json:"building_warranted"`
		}
	}
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	for _, o := range s.Options {
		title, desc := described(t, drawn(t, r, o.ID))
		for _, want := range []string{
			fmt.Sprintf("Map of %d small areas in %d districts. ", s.County.Areas, s.County.Districts),
			fmt.Sprintf("Option %s ranks %d of %d, with a score of %s. ", o.ID, o.Rank, len(s.Options), o.Score),
			fmt.Sprintf("%d sites are open, %d of them required. ", o.Open, len(o.Required)),
			fmt.Sprintf(" (share %s), ", o.Share),
			fmt.Sprintf(": edge of town %d, whole town %d, rural %d, detached youth %d. ", o.Outreach["edge_of_town"], o.Outreach["whole_town"], o.Outreach["rural"], o.Outreach["detached_youth"]),
		} {
			if !strings.Contains(desc, want) {
				t.Errorf("option %s: no %q in the description:\n%s", o.ID, want, desc)
			}
		}
		people := map[string]float64{"Within the walk live %s of": o.Covered, "of %s residents aged 0-19 (share": s.County.People, "among them %s people in need.": o.InNeed}
		for _, town := range o.Towns {
			people[" "+town.Settlement+" %s"] = town.InNeed
		}
		for format, n := range people {
			// The summary is rounded to a tenth, which may take it over a half.
			const tenth = 0.05
			down, up := fmt.Sprintf(format, grouped(n-tenth)), fmt.Sprintf(format, grouped(n+tenth))
			if !strings.Contains(desc, down) && !strings.Contains(desc, up) {
				t.Errorf("option %s: neither %q nor %q in the description:\n%s", o.ID, down, up, desc)
			}
		}
		countsOnce(t, r, desc)
		if !strings.Contains(title, o.Name) {
			t.Errorf("title %q, want %q in it", title, o.Name)
		}
	}
}

// grouped rounds people as a report does.
func grouped(f float64) string {
	s := fmt.Sprintf("%.0f", f)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// countsOnce checks that the classes take in every area and resident once.
func countsOnce(t *testing.T, r *study.Results, desc string) {
	t.Helper()
	areas, people, n := 0, 0.0, 0
	for _, m := range regexp.MustCompile(`: (\d+) areas, ([\d,]+) residents`).FindAllStringSubmatch(desc, -1) {
		areas += int(number(t, m[1]))
		people += number(t, strings.ReplaceAll(m[2], ",", ""))
		n++
	}
	const tol = 3 // people: six classes, each rounded to half a person
	if want := r.County.People(0, 19); n != 6 || areas != len(r.County.Areas) || math.Abs(people-want) > tol {
		t.Errorf("%d classes with %d areas and %.0f people, want 6, %d and %.0f:\n%s", n, areas, people, len(r.County.Areas), want, desc)
	}
}

// Every class, sign and note can be seen.
func TestMapShows(t *testing.T) {
	r := small()
	r.Spec.Licences = []study.Licence{{ID: "A", Text: "Contains <data> & more"}, {ID: "B", Text: "Second line"}}
	r.Options[1].Option.Status = []estate.Status{estate.Hub, estate.OutreachOnly}
	for _, tt := range []struct {
		option estate.OptionID
		want   []string
	}{
		{"all", []string{"Anglebury and Casterbridge", "Option all, All sites open (baseline)",
			"250 of 500 residents aged 0-19 (50%) live within a 20-minute walk of one of the 2 open sites.",
			"Walk: approximate, straight line x 1.3; up to 20 minutes; population points: population-weighted centroids",
			"Open and required: 1", "Open, not required: 1", "Closed: 0", "Building warranted: nowhere",
			"Contains &lt;data&gt; &amp; more", "Second line", "500 m", "Study anglebury, fingerprint 5ca1ab1e."}},
		{"one-hub", []string{"Option one-hub, Castle Street alone", "Not open to walk in, used for outreach: 1", "Building warranted: Anglebury 66 people in need aged 0-19",
			// A town that warrants a building is named, whatever its size.
			">Anglebury<"}},
	} {
		got := string(drawn(t, r, tt.option))
		elements(t, []byte(got))
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("option %s: no %q in the picture", tt.option, want)
			}
		}
	}
	// Without a town to name, the open sites are.
	if got := string(drawn(t, r, "all")); !strings.Contains(got, ">Castle Street, Hub<") {
		t.Error("no town and no site is named")
	}
}

// Each area has the class of its primary category; without one, of being inside
// or outside.
func TestMapClasses(t *testing.T) {
	for _, tt := range []struct {
		area outreach.Area
		want string
	}{
		{outreach.Area{}, "Inside the walk"},
		{outreach.Area{Uncovered: true}, "Outside: no category applies"},
		{outreach.Area{Uncovered: true, Primary: outreach.EdgeOfTown, Categories: []outreach.Category{outreach.EdgeOfTown, outreach.Rural}}, "Outside: edge of town"},
		{outreach.Area{Uncovered: true, Primary: outreach.WholeTown}, "Outside: whole town"},
		{outreach.Area{Uncovered: true, Primary: outreach.Rural}, "Outside: rural"},
		{outreach.Area{Uncovered: true, Primary: outreach.DetachedYouth}, "Outside: detached youth work only"},
	} {
		r := small()
		for i := range r.Options[0].Outreach.Areas {
			r.Options[0].Outreach.Areas[i] = tt.area
		}
		if _, desc := described(t, drawn(t, r, "all")); !strings.Contains(desc, tt.want+": 3 areas, 500 residents") {
			t.Errorf("%+v: want three areas of class %q:\n%s", tt.area, tt.want, desc)
		}
	}
}

// A tall county has its legend beside it, a wide one below; neither is cut off.
func TestMapOfAnyShape(t *testing.T) {
	for _, tt := range []struct{ east, north float64 }{{1, 1}, {30, 1}, {1, 30}, {1.3, 1}, {1, 1.3}} {
		r := small()
		for i := range r.County.Areas {
			for _, ring := range r.County.Areas[i].Shape[0] {
				for k := range ring {
					ring[k][0] = 575_000 + (ring[k][0]-575_000)*tt.east
					ring[k][1] = 155_000 + (ring[k][1]-155_000)*tt.north
				}
			}
		}
		all := elements(t, drawn(t, r, "all"))
		height := number(t, all[0].attrs["height"])
		for _, e := range all {
			if e.name != "text" {
				continue
			}
			if x, y := number(t, e.attrs["x"]), number(t, e.attrs["y"]); x < 0 || x > 1170 || y < 0 || y > height {
				t.Errorf("stretched by %g and %g: %q at (%g, %g) of 1200 by %g", tt.east, tt.north, e.text, x, y, height)
			}
		}
		if height < 400 || height > 1500 {
			t.Errorf("stretched by %g and %g: %g pixels high", tt.east, tt.north, height)
		}
	}
}

// What is not known, or not there, is drawn all the same.
func TestMapOfLittle(t *testing.T) {
	r := small()
	r.Spec.Title, r.Fingerprint, r.Walk.Note, r.Walk.PointsFrom = "", "", "", ""
	r.Options[0].Score.Score = math.NaN()
	for i := range r.County.Areas {
		r.County.Areas[i].Residents, r.County.Areas[i].People, r.County.Areas[i].Shape = county.Ages{}, county.Unknown, nil
	}
	r.Options[0].People, r.Options[0].Covered = 0, 0
	got := string(drawn(t, r, "all"))
	elements(t, []byte(got))
	for _, not := range []string{"NaN", "Inf"} {
		if strings.Contains(got, not) {
			t.Errorf("%s in the picture of a county without land or people", not)
		}
	}
	if !strings.Contains(got, "with a score of unknown") || !strings.Contains(got, "Walk: along streets; up to 20 minutes") {
		t.Errorf("the score is not unknown, or the walk not along streets:\n%s", got)
	}
	r.Walk.Slope = walk.Naismith
	if got, want := string(drawn(t, r, "all")), "Walk: along streets, longer uphill by the rule of Naismith; up to"; !strings.Contains(got, want) {
		t.Errorf("with heights, no %q:\n%s", want, got)
	}
}

func TestMapErrors(t *testing.T) {
	if err := report.Map(io.Discard, small(), "none"); !errors.Is(err, estate.ErrNoOption) {
		t.Errorf("an option that is not there: %v, want ErrNoOption", err)
	}
	if err := report.Map(io.Discard, &study.Results{}, "all"); !errors.Is(err, report.ErrUnfinished) {
		t.Errorf("a study that was not run: %v, want ErrUnfinished", err)
	}
	if err := report.Map(full{}, small(), "all"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a writer that fails: %v, want its error", err)
	}
}

// full is a writer that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, fs.ErrPermission }

func TestMapNames(t *testing.T) {
	got := report.MapNames("all", "ALL", "all_2", "one-hub", "All")
	want := []string{"map_all.svg", "map_ALL_2.svg", "map_all_2_2.svg", "map_one-hub.svg", "map_All_3.svg"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

// Pictures of options that a study no longer has go with the run that drew them;
// a picture that is not of that run stays.
func TestWriteReplacesPictures(t *testing.T) {
	kept := small()
	kept.Options = kept.Options[:1]
	want := []string{"map_mine.svg"}
	for _, n := range names {
		if n != "map_one-hub.svg" && n != "sheets_one-hub.html" {
			want = append(want, n)
		}
	}
	for _, stand := range []bool{false, true} {
		dir := written(t, small())
		put(t, filepath.Join(dir, "map_mine.svg"), "mine")
		if stand { // then the files are moved in one by one
			t.Chdir(dir)
		}
		if err := report.Write(t.Context(), kept, dir); err != nil {
			t.Fatal(err)
		}
		wantListed(t, dir, want...)
	}
}

// A summary cannot make us remove a file elsewhere.
func TestWriteKeepsToItsFolder(t *testing.T) {
	dir := written(t, small())
	victim := filepath.Join(filepath.Dir(dir), "x.svg")
	put(t, victim, "mine")
	put(t, filepath.Join(dir, "summary.json"), `{"study":{"fingerprint":"f"},"options":[{"id":"/../../x"},{"id":"all"},{"id":"one-hub"}]}`)
	if err := os.MkdirAll(filepath.Join(dir, "map_"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := report.Write(t.Context(), small(), dir); err != nil {
		t.Fatal(err)
	}
	if got := string(read(t, victim)); got != "mine" {
		t.Errorf("a file beside the folder = %q, want it as it was", got)
	}
}

// The picture in the README is that of the sample county as the program draws it.
func TestSampleMap(t *testing.T) {
	if newProjection(t).Grid() {
		t.Skip("the OSTN15 grid is installed, which moves places by metres: the golden picture is made without it")
	}
	r := sampleRun(t)
	saysTheSummary(t, r)
	got := read(t, filepath.Join(sampleDir(t), "map_O1.svg"))
	const most = 400_000 // bytes
	if len(got) > most {
		t.Errorf("%d bytes, want at most %d", len(got), most)
	}
	path := filepath.Join("testdata", "sample-map.svg")
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(read(t, path), got) {
		t.Errorf("%s is not the picture that the program draws; go test -update rewrites it", path)
	}
}
