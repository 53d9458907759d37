package draft_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hubreach/data"
	"hubreach/internal/source"
	"hubreach/internal/study"
	"hubreach/internal/study/draft"
)

// zipped packs files given as name, content, name, content.
func zipped(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// workbook writes sheets of text, given as name, rows, name, rows; a row is a
// line of cells between bars. Texts are shared, numbers are not, as a
// spreadsheet writes them.
func workbook(t testing.TB, sheets ...string) string {
	t.Helper()
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	var types, list, relations, shared strings.Builder
	var files []string
	texts := 0
	for i := 0; i < len(sheets); i += 2 {
		n := i/2 + 1
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, n)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, sheets[i], n, n)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, n, n)
		var rows strings.Builder
		for r, line := range strings.Split(sheets[i+1], "\n") {
			fmt.Fprintf(&rows, `<row r="%d">`, r+1)
			for c, cell := range strings.Split(line, "|") {
				ref := fmt.Sprintf("%s%d", columnName(c), r+1)
				switch {
				case cell == "":
				case strings.Trim(cell, "0123456789.") == "":
					fmt.Fprintf(&rows, `<c r="%s"><v>%s</v></c>`, ref, cell)
				default:
					fmt.Fprintf(&rows, `<c r="%s" t="s"><v>%d</v></c>`, ref, texts)
					fmt.Fprintf(&shared, `<si><t>%s</t></si>`, cell)
					texts++
				}
			}
			rows.WriteString(`</row>`)
		}
		files = append(files, fmt.Sprintf("xl/worksheets/sheet%d.xml", n), `<worksheet `+ns+`><sheetData>`+rows.String()+`</sheetData></worksheet>`)
	}
	const r = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	return zipped(t, append([]string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>` + types.String() + `</Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook ` + ns + ` ` + r + `><sheets>` + list.String() + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + relations.String() +
			`<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml", `<sst ` + ns + `>` + shared.String() + `</sst>`,
	}, files...)...)
}

// columnName writes a column as A to ZZ.
func columnName(c int) string {
	if c < 26 {
		return string(rune('A' + c))
	}
	return string(rune('A'+c/26-1)) + string(rune('A'+c%26))
}

// agesByBars is draftAges as the rows of a sheet, under the three lines of title
// of the ONS workbook.
func agesByBars(codes ...string) string {
	table := strings.TrimSpace(strings.ReplaceAll(draftAges("LSOA 2021 Code", codes...), ",", "|"))
	return "Population estimates\nThis worksheet contains one table.\n\n" + table
}

// The ONS workbook has one sheet a year: the newest is taken by its name, and
// the reader of a run finds the same table in it.
func TestReadsWorkbooks(t *testing.T) {
	book := workbook(t, "Contents", "Contents\nSheet|Title", "Mid-2022 LSOA 2021", agesByBars(area1, area2), "Mid-2024 LSOA 2021", agesByBars(area1, area2), "Notes", "")
	d := drafted(t, folderOf(folderWith(draftFolder, "people.csv", "", "people.xlsx", book)))
	in := draftInput(t, parsed(t, d), "people.xlsx")
	if in.Layer != "Mid-2024 LSOA 2021" || in.Areas != "2021" || !strings.Contains(in.Edition, "2024") {
		t.Errorf("layer %q, areas %q, edition %q; want the sheet of mid-2024, areas of 2021 and an edition of 2024", in.Layer, in.Areas, in.Edition)
	}
	p, err := source.ReadPopulation(strings.NewReader(book), "people.xlsx", source.Options{Layer: in.Layer})
	if err != nil || len(p.Rows) != 2 || len(p.Bands) != 91 {
		t.Errorf("ReadPopulation of that sheet: %d rows, %d bands, %v; want 2 areas by 91 ages", len(p.Rows), len(p.Bands), err)
	}
	var sheets []string
	for _, f := range d.Found {
		if f.File == "people.xlsx" {
			sheets = append(sheets, f.Layer+": "+f.Role)
		}
	}
	if diff := cmp.Diff([]string{"Contents: ", "Mid-2022 LSOA 2021: population", "Mid-2024 LSOA 2021: population", "Notes: "}, sheets); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}

func TestReadsArchives(t *testing.T) {
	const postcodes = "\"CT14 6BB\",10,610900,127100,E92000001,,,E10000016,E07000108,E05004964\n\"CT14 6BC\",10,610901,127100,E92000001,,,E10000016,E07000108,E05004964\n"
	stops := "stop_id,stop_name,stop_lat,stop_lon\n1,Deal,51.005,1.005\n2,Walmer,51.006,1.006\n"
	for _, tt := range []struct {
		name, file, text string
		role, layer      string
		taken            bool
	}{
		{"a table in gzip", "a.csv.gz", gzipped(t, "LSOA21CD,RUC21CD\n"+area1+",UN1\n"), "rural_urban", "", true},
		{"the one table of an archive", "a.zip", zipped(t, "x/a.csv", "LSOA21CD,RUC21CD\n"+area1+",UN1\n"), "rural_urban", "", true},
		{"one table of two", "a.zip", zipped(t, "Data/a.csv", "LSOA21CD,RUC21CD\n"+area1+",UN1\n", "notes.csv", "a,b\n1,2\n"), "rural_urban", "Data/a.csv", true},
		{"Code-Point Open", "codepo_gb.zip", zipped(t, "Doc/licence.txt", "x", "Data/CSV/ct.csv", postcodes, "Data/CSV/ab.csv", postcodes), "points", "", true},
		{"a timetable", "t.zip", zipped(t, "stops.txt", stops, "stop_times.txt", "trip_id\n1\n", "trips.txt", "trip_id\n1\n"), "timetable", "", true},
		{"a timetable of elsewhere", "t.zip", zipped(t, "stops.txt", strings.ReplaceAll(stops, ",51.", ",53."), "stop_times.txt", "trip_id\n1\n"), "timetable", "", false},
		{"a layer in an archive", "a.zip", zipped(t, "a.geojson", squares("BUA24CD", "E63012345")), "settlements", "", true},
		{"settlements in an archive are a table", "a.zip", zipped(t, "a.csv", "LSOA21CD,BUA24CD\n"+area1+",E63012345\n"), "settlements", "", true},
		{"side files of other systems", "a.zip", zipped(t, "__MACOSX/._a.csv", "x", "a.csv", "LSOA21CD,RUC21CD\n"+area1+",UN1\n"), "rural_urban", "", true},
		{"nothing of use", "a.zip", zipped(t, "a.txt", "x"), "", "", false},
		{"an extract of elsewhere", "a.osm.pbf", sampleFile(t, "streets.osm.pbf"), "streets", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := drafted(t, folderOf(folderWith(draftFolder, tt.file, tt.text)))
			at := slices.IndexFunc(d.Found, func(f draft.Found) bool { return f.File == tt.file && f.Layer == tt.layer })
			if at < 0 {
				t.Fatalf("%s, layer %q is not among the files found: %v", tt.file, tt.layer, d.Found)
			}
			if got := d.Found[at]; got.Role != tt.role || got.Taken != tt.taken {
				t.Errorf("NewDraft: %s: role %q, taken %t, %q; want role %q, taken %t", tt.file, got.Role, got.Taken, got.Why, tt.role, tt.taken)
			}
			s := parsed(t, d)
			if tt.role == "settlements" && strings.Contains(tt.name, "table") && draftInput(t, s, tt.file).Format != "csv" {
				t.Errorf("format %q, want csv: a run tells settlements by the name of the file otherwise", draftInput(t, s, tt.file).Format)
			}
		})
	}
}

func sampleFile(t testing.TB, name string) string {
	t.Helper()
	b, err := fs.ReadFile(data.Sample(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// plain hides that a file can be read at any place.
type plain struct{ fs.FS }

func (p plain) Open(name string) (fs.File, error) {
	f, err := p.FS.Open(name)
	if _, folder := f.(fs.ReadDirFile); err != nil || folder {
		return f, err
	}
	return struct{ fs.File }{f}, nil
}

// A file system that only reads on gives the same draft.
func TestFromAnyFileSystem(t *testing.T) {
	m := folderOf(folderWith(draftFolder, "a.zip", zipped(t, "x/a.csv", "LSOA21CD,RUC21CD\n"+area1+",UN1\n")))
	if diff := cmp.Diff(string(drafted(t, m).Text), string(drafted(t, plain{m}).Text)); diff != "" {
		t.Errorf("draft (-read at any place +read on):\n%s", diff)
	}
}

// broken is a file system of which one file cannot be opened.
type broken struct {
	fs.FS
	name string
}

func (b broken) Open(name string) (fs.File, error) {
	if name == b.name {
		return nil, errors.New("the disk says no")
	}
	return b.FS.Open(name)
}

func TestReportsWhatCannotBeRead(t *testing.T) {
	d := drafted(t, broken{folderOf(folderWith(draftFolder, "a.csv", "a,b\n1,2\n")), "a.csv"})
	if got := draftFound(t, d, "a.csv"); got.Role != "" || !strings.Contains(got.Why, "the disk says no") {
		t.Errorf("found %+v, want no role and the error", got)
	}
	parsed(t, d)
}

// A national file is larger than what is read of it: it is kept, though none of
// the rows looked at is the county's, and only the county's rows are read.
func TestNarrowsNationalFiles(t *testing.T) {
	national := func(header, row string) string {
		return header + "\n" + strings.Repeat(row+"\n", (1<<20)/len(row)+1)
	}
	// Rows of a file are alike here, which its reader would refuse; the draft
	// shall not read so far.
	var directory strings.Builder
	directory.WriteString("pcd7,pcd8,pcds,doterm,east1m,north1m,oa21cd,lad25cd,lsoa21cd,lat,long\n")
	for i := 0; directory.Len() <= 1<<20; i++ {
		fmt.Fprintf(&directory, "AB1%d %dAA,AB1%[1]d  %[2]dAA,AB%06[3]d,,385053,801193,S00090540,S12000033,S01006853,57.1,-2.2\n", i/10%10, i%10, i)
	}
	var schools strings.Builder
	schools.WriteString("URN,LA (name),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),Postcode,Easting,Northing\n")
	for i := 0; schools.Len() <= 1<<20; i++ {
		fmt.Fprintf(&schools, "%d,%s,School %d,Academy,Open,EC1A 1AA,533000,181000\n", 100000+i, []string{"Camden", "Barnet"}[i%2], i)
	}
	m := folderOf(folderWith(draftFolder,
		"onspd.csv", directory.String(), "edubase.csv", schools.String(),
		"ruc.csv", national("LSOA21CD,RUC21CD", "E01000001,UN1"),
		"lads.csv", "LSOA21CD,LAD24CD,LAD24NM,CTY24CD,CTY24NM\n"+area1+",E07000108,Dover,E10000016,Kent\n"))
	d := drafted(t, m)
	s := parsed(t, d)
	want := map[string]map[string][]string{
		"onspd.csv":   {"lad25cd": {"E07000108"}, "doterm": {""}},
		"edubase.csv": {"LA (name)": {"Kent"}, "EstablishmentStatus (name)": {"Open", "Open, but proposed to close"}},
		"ruc.csv":     nil,
	}
	for file, keep := range want {
		if diff := cmp.Diff(keep, draftInput(t, s, file).Keep); diff != "" {
			t.Errorf("rows of %s to keep (-want +got):\n%s", file, diff)
		}
	}
	if s.Name != "Kent" {
		t.Errorf("name %q, want that of the one county of the table of districts", s.Name)
	}
}

// A list of several authorities keeps the county's own; the neighbours' stand
// beside, switched off.
func TestKeepsOwnSites(t *testing.T) {
	list := "name,postcode,longitude,latitude,Local_Authority\nDeal Family Hub,CT14 6BB,1.005,51.005,Kent\nGillingham Family Hub,ME7 1AA,1.006,51.006,Medway\n"
	districts := "lad_code,lad_name,upper_tier_code,upper_tier_name\nE07000108,Dover,E10000016,Kent\n"
	d := drafted(t, folderOf(folderWith(draftFolder, "hubs.csv", list, "d.csv", districts)))
	if diff := cmp.Diff(map[string][]string{"Local_Authority": {"Kent"}}, draftInput(t, parsed(t, d), "hubs.csv").Keep); diff != "" {
		t.Errorf("rows of hubs.csv to keep (-want +got):\n%s", diff)
	}
	for _, line := range []string{`#role = "neighbour_sites"`, `#keep = { Local_Authority = ["Medway"] }`} {
		if !strings.Contains(string(d.Text), line) {
			t.Errorf("the draft does not have the line %q", line)
		}
	}
	d = drafted(t, folderOf(folderWith(draftFolder, "hubs.csv", list)))
	if len(d.Decide) != 1 || !strings.Contains(d.Decide[0], "whose places to keep") {
		t.Errorf("questions %q without the county's name, want whose places to keep", d.Decide)
	}
}

// The table that scripts/fetch writes gives edition, publisher and licence.
func TestTakesTheManifest(t *testing.T) {
	manifest := "file,bytes,records,sha256,id,edition,fetched,address,filter,publisher,licence,attribution\n" +
		"people.csv,1,2,ab,people,mid-2024,2026-01-01,https://example.org/p,,Office for National Statistics,OGL-ONS,\"Source: ONS, \"\"OGL\"\"\"\n"
	s := parsed(t, drafted(t, folderOf(folderWith(draftFolder, "people.csv", "", "kent/people.csv", draftFolder["people.csv"], "kent/manifest.csv", manifest))))
	in := draftInput(t, s, "kent/people.csv")
	got := []string{in.Edition, in.Publisher, in.Licence, in.Address, in.Manifest}
	if diff := cmp.Diff([]string{"mid-2024", "Office for National Statistics", "OGL-ONS", "https://example.org/p", "kent/manifest.csv"}, got); diff != "" {
		t.Errorf("input (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]study.Licence{{ID: "OGL-ONS", Text: `Source: ONS, "OGL"`}}, s.Licences); diff != "" {
		t.Errorf("licences (-want +got):\n%s", diff)
	}
}

// Names that TOML and comments have to be protected from.
func TestQuotesNames(t *testing.T) {
	name := "a \"b\"\\\n#\u00e9 .csv"
	m := folderOf(folderWith(draftFolder, name, "LSOA21CD,\"class\n\"\"of\"\" rur\x7fal\"\n"+area1+",UN1\n"))
	in := draftInput(t, parsed(t, drafted(t, m)), name)
	if in.Columns["class"] == "" {
		t.Errorf("columns %v, want the class", in.Columns)
	}
}

// A text cut anywhere within its features, and closed, is JSON again.
func TestCutFeatures(t *testing.T) {
	whole := squares("LSOA21CD", area1, `E"{[\`, area2)
	whole = strings.Replace(whole, `{"type":"FeatureCollection",`, `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4326"}},`, 1)
	if !json.Valid([]byte(whole)) {
		t.Fatalf("the test's own text is no JSON: %s", whole)
	}
	features := 0
	for cut := range len(whole) {
		text := draft.CutFeatures([]byte(whole[:cut]))
		if text == nil {
			continue
		}
		var doc struct{ Features []json.RawMessage }
		if err := json.Unmarshal(text, &doc); err != nil || len(doc.Features) == 0 || len(doc.Features) < features {
			t.Fatalf("CutFeatures(%q) = %q: %d features, %v; want JSON and no fewer than %d", whole[:cut], text, len(doc.Features), err, features)
		}
		features = len(doc.Features)
	}
	if features != 3 {
		t.Errorf("%d features at the end, want 3", features)
	}
}

// An extract cut anywhere ends after a whole block, and its reader takes it.
func TestCutBlocks(t *testing.T) {
	whole := []byte(sampleFile(t, "streets.osm.pbf"))
	for _, cut := range []int{0, 3, 10, len(whole) / 4, len(whole) / 2, len(whole) - 1, len(whole)} {
		text := draft.CutBlocks(whole[:cut])
		if len(text) > cut || !bytes.HasPrefix(whole, text) {
			t.Errorf("CutBlocks of %d bytes gives %d that are not its beginning", cut, len(text))
		}
		if len(text) == 0 {
			continue
		}
		if _, err := source.ReadAmenities(bytes.NewReader(text), "x", source.Options{}, map[string][]string{"highway": nil}); err != nil {
			t.Errorf("CutBlocks of %d bytes: %v", cut, err)
		}
	}
	if got := len(draft.CutBlocks(whole)); got != len(whole) {
		t.Errorf("CutBlocks of the whole keeps %d of %d bytes", got, len(whole))
	}
}

// Whatever a file holds, the draft is a study file, or says which role it lacks.
func FuzzNew(f *testing.F) {
	for _, text := range []string{
		draftHubs, draftFolder["areas.geojson"], draftFolder["people.csv"], "LSOA11CD,LSOA21CD,CHGIND\n" + old1 + "," + area1 + ",S\n",
		"LSOA code (2021),x,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)\n" + area1 + ",Deal,1\n",
		"CT146BB,10,610900,127100,a,b,c,d,e,f\n", gzipped(f, "option_id,site_id\nO1,A\n"), zipped(f, "a.csv", draftHubs, "b.csv", "a,b\n1,2\n"),
		zipped(f, "stops.txt", "stop_id,stop_lat,stop_lon\n1,51,1\n", "stop_times.txt", ""), workbook(f, "x", "name|longitude|latitude\nDeal Family Hub|1.005|51.005"),
		draftCatchments("A"), "\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x04abcd", "SQLite format 3\x00", "PK\x03\x04", "\"a\n\",b\n1,2", "file,sha256,edition,address,publisher,licence,attribution\nx,y,\x01,\\,\",\",d,e\n",
	} {
		f.Add("a.csv", text)
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		if !fs.ValidPath(name) || name == "." {
			name = "a"
		}
		for _, base := range []map[string]string{draftFolder, nil} {
			m := folderOf(base)
			if _, taken := m[name]; taken {
				return
			}
			m[name] = &fstest.MapFile{Data: []byte(text)}
			d, err := draft.New(context.Background(), m)
			if err != nil {
				if _, impossible := m[name+"/x"]; !impossible && strings.Contains(name, "/") {
					return // a file under a file
				}
				t.Fatal(err)
			}
			_, err = study.ParseSpec(d.Text, "draft")
			if len(d.Missing) == 0 && err != nil || len(d.Missing) > 0 && (err == nil || !strings.Contains(err.Error(), "no input with role")) {
				t.Fatalf("missing %v, ParseSpec(draft) = %v\n%s", d.Missing, err, d.Text)
			}
		}
	})
}
