package draft_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"hubreach/data"
	"hubreach/internal/study"
	"hubreach/internal/study/draft"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// folderOf makes a folder of text files.
func folderOf(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// folderWith adds files to a folder; an empty text removes one.
func folderWith(base map[string]string, files ...string) map[string]string {
	out := map[string]string{}
	for name, text := range base {
		out[name] = text
	}
	for i := 0; i < len(files); i += 2 {
		if out[files[i]] = files[i+1]; files[i+1] == "" {
			delete(out, files[i])
		}
	}
	return out
}

func drafted(t testing.TB, fsys fs.FS) draft.Draft {
	t.Helper()
	d, err := draft.New(context.Background(), fsys)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// parsed is the study file of a draft that misses nothing.
func parsed(t testing.TB, d draft.Draft) study.Spec {
	t.Helper()
	s, err := study.ParseSpec(d.Text, "draft")
	if err != nil {
		t.Fatalf("%v\n%s", err, d.Text)
	}
	return s
}

// squares is a layer of areas of 0.01 degrees a side, in a row from 1 E, 51 N.
func squares(field string, codes ...string) string {
	var fs []string
	for i, code := range codes {
		x := 1 + float64(i)*0.01
		fs = append(fs, fmt.Sprintf(`{"type":"Feature","properties":{%q:%q,"LSOA21NM":"Deal %03dA","LAD24CD":"E07000108"},"geometry":{"type":"Polygon","coordinates":[[[%[4]g,51],[%[5]g,51],[%[5]g,51.01],[%[4]g,51.01],[%[4]g,51]]]}}`,
			field, code, i+1, x, x+0.01))
	}
	return `{"type":"FeatureCollection","features":[` + strings.Join(fs, ",\n") + `]}`
}

// draftAges is a table of residents by single year of age.
func draftAges(key string, codes ...string) string {
	var b strings.Builder
	b.WriteString(key)
	for age := range 90 {
		fmt.Fprintf(&b, ",%d", age)
	}
	b.WriteString(",90+\n")
	for _, code := range codes {
		b.WriteString(code + strings.Repeat(",10", 91) + "\n")
	}
	return b.String()
}

const (
	area1, area2 = "E01034000", "E01034001" // of 2021 only
	old1, old2   = "E01024200", "E01024201"
	draftHubs    = "site_id,name,kind,longitude,latitude\nA,Deal Family Hub,family_hub,1.005,51.005\nB,Walmer,family_hub,1.015,51.005\n"
)

// draftFolder is a folder of which a draft misses nothing.
var draftFolder = map[string]string{
	"areas.geojson": squares("LSOA21CD", area1, area2),
	"people.csv":    draftAges("LSOA21CD", area1, area2),
	"hubs.csv":      draftHubs,
}

// draftFound returns what became of a file of a draft.
func draftFound(t testing.TB, d draft.Draft, file string) draft.Found {
	t.Helper()
	for _, f := range d.Found {
		if f.File == file {
			return f
		}
	}
	t.Fatalf("%s is not among the files found: %v", file, d.Found)
	return draft.Found{}
}

func draftInput(t testing.TB, s study.Spec, file string) study.Input {
	t.Helper()
	i := slices.IndexFunc(s.Inputs, func(in study.Input) bool { return in.File == file })
	if i < 0 {
		t.Fatalf("%s is not an input of %v", file, s.Inputs)
	}
	return s.Inputs[i]
}

// A file is told by its content. Each row adds one file to a small folder.
func TestTellsRoles(t *testing.T) {
	rank := "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"
	for _, tt := range []struct {
		name, file, text string
		role             string
		taken            bool
		why              string // part of it
	}{
		{"official districts", "a.csv", "LSOA21CD,LAD24CD,LAD24NM\n" + area1 + ",E07000108,Dover\n", "districts", true, "district in LAD24CD"},
		{"names of districts", "a.csv", "lad_code,lad_name\nE07000108,Dover\n", "districts", true, "a list of districts"},
		{"districts elsewhere", "a.csv", "lad_code,lad_name\nE07000105,Ashford\n", "districts", false, "none of its districts"},
		{"byte order mark", "a.csv", "\ufeffLSOA21CD,RUC21CD,RUC21NM\n" + area1 + ",UN1,Urban\n", "rural_urban", true, "RUC21CD"},
		{"classes of 2011 need the look-up", "a.csv", "LSOA11CD,RUC11CD\n" + old1 + ",C1\n" + area1 + ",C1\n", "rural_urban", false, "there is no look-up"},
		{"exact fit", "a.csv", "LSOA11CD,LSOA21CD,CHGIND\n" + old1 + "," + area1 + ",S\n", "lookup", true, "with CHGIND"},
		{"best fit", "a.csv", "LSOA11CD,LSOA21CD\n" + old1 + "," + area1 + "\n", "", false, "without CHGIND"},
		{"from 2001", "a.csv", "LSOA01CD,LSOA11CD,CHGIND\n" + old1 + "," + old1 + ",U\n", "", false, "other editions"},
		{"keyed to 2001", "a.csv", "LSOA01CD,BUA11CD\n" + old1 + ",E34004908\n", "", false, "areas of 2001"},
		{"settlement look-up", "a.csv", "LSOA21CD,BUA24CD,BUA24NM\n" + area1 + ",E63012345,Deal\n", "settlements", true, "BUA24CD"},
		{"output areas", "a.csv", "OA21CD,BUA24CD,BUA24NM\nE00123456,E63012345,Deal\n", "", false, "keyed to output areas"},
		{"middle layer", "a.csv", "MSOA21CD,x\nE02005163,1\n", "", false, "keyed to MSOAs"},
		{"File 7", "a.csv", "LSOA code (2021),LSOA name (2021)," + rank + "\n" + area1 + ",Deal,33755\n", "indicators", true, "(imd)"},
		{"a rank beyond England's areas", "a.csv", "LSOA code (2021),LSOA name (2021)," + rank + "\n" + area1 + ",Deal,33756\n", "indicators", false, "not clear what its ranks count"},
		{"a rank of Wales", "a.csv", "LSOA code (2021),LSOA name (2021)," + rank + "\nW01001958,Newport,1\n", "indicators", false, "none of its 1 areas"},
		{"totals only", "a.csv", "lsoacd,population\n" + area1 + ",1367\n", "population", false, "no ages"},
		{"other areas", "a.csv", draftAges("LSOA21CD", "E01035000"), "population", false, "none of its 1 areas"},
		{"denominators", "a.csv", "LSOA code (2021),x,Total population: mid 2015 (excluding prisoners)\n" + area1 + ",Deal,\"1,363\"\n", "population", false, "denominators"},
		{"centroids", "a.csv", "lsoa21cd,lsoa21nm,X,Y\n" + area1 + ",Deal,610900,127100\n", "centroids", true, "LSOA of 2021"},
		{"postcodes", "a.csv", "Postcode,Eastings,Northings\nCT14 6BB,610900,127100\n", "points", true, "postcodes with coordinates"},
		{"Code-Point without a header", "a.csv", "\"CT14 6BB\",10,610900,127100,E92000001,,,E10000016,E07000108,E05004964\n\"CT14 6BC\",10,610901,127100,E92000001,,,E10000016,E07000108,E05004964\n", "points", true, "without a header"},
		{"postcodes elsewhere", "a.csv", "Postcode,Eastings,Northings\nNP20 1AA,330000,188000\n", "points", false, "0 of 1 places"},
		{"centres of output areas", "a.csv", "OA21CD,X,Y\nE00123456,610900,127100\n", "points", true, "output area"},
		{"schools", "gias.csv", "URN,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),Postcode,Easting,Northing\n1,Deal School,Academy,Open,CT14 6BB,610900,127100\n", "venues", true, "outreach can meet"},
		{"libraries", "a.csv", "Name,Type,Postcode,Easting,Northing\nDeal Library,Static Library,CT14 6BB,610900,127100\n", "venues", true, "outreach can meet"},
		{"places of an unknown kind", "hospitals.csv", "name,longitude,latitude\nDeal Hospital,1.005,51.005\n", "venues", false, "unknown kind"},
		{"far places", "venues.csv", "name,long,lat\nStore,-122.5,37.77\n", "venues", false, "0 of 1 places"},
		{"stops", "stops.csv", "ATCOCode,CommonName,Longitude,Latitude\n1,Deal,1.005,51.005\n", "", false, "GTFS feed"},
		{"options", "a.csv", "option_id,option_name,site_id,status\nO1,Now,A,hub\n", "options", true, "option_id"},
		{"options of other sites", "a.csv", "option_id,option_name,site_id,status\nO1,Now,Z,hub\n", "options", false, "none of its sites"},
		{"costs", "a.csv", "site_id,running_gbp,staffing_gbp\nA,1,2\n", "costs", true, "columns of costs"},
		{"services", "a.csv", "service_option_id,name,service,delivered\nA,x,y,yes\n", "services", true, "service_option_id"},
		{"catchments of the sites", "a.geojson", draftCatchments("A", "B"), "catchments", true, "a site (site_id) and a time (minutes)"},
		{"catchments of others", "a.geojson", draftCatchments("X", "Y"), "catchments", false, "0 of the study's 2 sites"},
		{"wards", "a.geojson", squares("WD25CD", "E05005010"), "", false, "polygons of wards"},
		{"shapes without codes", "a.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[1,51],[1.1,51],[1,51.1],[1,51]]]}}]}`, "", false, "without any properties"},
		{"towns", "a.geojson", squares("BUA24CD", "E63012345"), "settlements", true, "built-up areas in BUA24CD"},
		{"TopoJSON", "a.json", `{"type":"Topology","objects":{}}`, "", false, "convert the TopoJSON"},
		{"not a layer", "a.json", `{"a": 1}`, "", false, "FeatureCollection"},
		{"prose", "README.md", "Sites, venues, and options,\nall of them, here.\n", "", false, "not a table"},
		{"an empty file", "a.csv", "", "", false, "empty"},
		{"binary", "a.bin", "\x00\x01\x02\x03", "", false, "not a table"},
		{"one column", "a.csv", "LSOA21CD\n" + area1 + "\n", "", false, "not a table"},
		{"a damaged archive", "a.zip", "PK\x03\x04nothing", "", false, "cannot be read"},
		{"a damaged gzip", "a.csv.gz", "\x1f\x8bnothing", "", false, "cannot be read"},
		{"a damaged extract", "a.osm.pbf", "\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x04abcd", "", false, "cannot be read"},
		{"a bare Shapefile", "a.shp", "\x00\x00\x27\x0a\x00\x00", "", false, "zip its .shp"},
		{"an unpacked timetable", "gtfs/stop_times.txt", "trip_id,stop_id\n1,2\n", "", false, "zip the files"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := folderOf(draftFolder)
			m[tt.file] = &fstest.MapFile{Data: []byte(tt.text)}
			d := drafted(t, m)
			got := draftFound(t, d, tt.file)
			if got.Role != tt.role || got.Taken != tt.taken || !strings.Contains(got.Why, tt.why) {
				t.Errorf("NewDraft: %s: role %q, taken %t, %q; want role %q, taken %t, %q", tt.file, got.Role, got.Taken, got.Why, tt.role, tt.taken, tt.why)
			}
			for _, in := range parsed(t, d).Inputs {
				if in.File == tt.file && !tt.taken {
					t.Errorf("%s is an input, and not taken", tt.file)
				}
			}
			if !strings.Contains(string(d.Text), filepath.Base(tt.file)) {
				t.Errorf("the draft does not speak of %s", tt.file)
			}
		})
	}
}

// draftCatchments is a layer of one catchment of 20 minutes a site.
func draftCatchments(sites ...string) string {
	var fs []string
	for _, s := range sites {
		fs = append(fs, fmt.Sprintf(`{"type":"Feature","properties":{"site_id":%q,"minutes":20},"geometry":{"type":"Polygon","coordinates":[[[1,51],[1.01,51],[1.01,51.01],[1,51]]]}}`, s))
	}
	return `{"type":"FeatureCollection","features":[` + strings.Join(fs, ",") + `]}`
}

// Columns are named where the readers would not find them, and only there.
func TestNamesColumns(t *testing.T) {
	for _, tt := range []struct {
		name, file, text string
		columns          map[string]string
	}{
		{"found by themselves", "a.csv", "LSOA21CD,BUA24CD,BUA24NM\n" + area1 + ",E63012345,Deal\n", nil},
		{"parts of towns", "a.csv", "LSOA21CD,BUASD24CD,BUASD24NM,BUA24CD,BUA24NM\n" + area1 + ",E35001149,Walmer,E34004908,Deal\n",
			map[string]string{"part": "BUASD24CD", "part_name": "BUASD24NM"}},
		{"a key of its own kind", "a.csv", "draftFolder area (2021),RUC21CD\n" + area1 + ",UN1\n", map[string]string{"code": "draftFolder area (2021)"}},
		{"a class of its own kind", "a.csv", "LSOA21CD,sort\n" + area1 + ",RLN1\n", map[string]string{"class": "sort"}},
		{"costs in pounds", "a.csv", "site_id,running_gbp,staffing_gbp\nA,1,2\n", map[string]string{"running": "running_gbp", "staffing": "staffing_gbp"}},
		{"centroids", "a.csv", "lsoa21cd,X,Y\n" + area1 + ",610900,127100\n", map[string]string{"id": "lsoa21cd"}},
		{"the name of a hall", "halls.csv", "Hub name,long,lat\nDeal Hall,1.005,51.005\n", map[string]string{"name": "Hub name"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := draftInput(t, parsed(t, drafted(t, folderOf(folderWith(draftFolder, tt.file, tt.text)))), tt.file).Columns
			if diff := cmp.Diff(tt.columns, got); diff != "" {
				t.Errorf("columns of %s (-want +got):\n%s", tt.file, diff)
			}
		})
	}
}

// Of several files for one role one is taken, by a rule that is stated.
func TestChooses(t *testing.T) {
	lookup := "LSOA11CD,LSOA21CD,CHGIND\n" + old1 + "," + area1 + ",S\n" + old1 + "," + area2 + ",S\n"
	bands := "LSOA21CD,Aged 15 years and under,Aged 16 to 24 years,Aged 25 years and over\n" + area1 + ",1,2,3\n" + area2 + ",1,2,3\n"
	elsewhere := squares("LSOA21CD", "E01035001", "E01035002", "E01035003")
	for _, tt := range []struct {
		name   string
		files  map[string]string
		inputs []string // role and file of what is taken, in the order of the draft
		decide string   // part of a question; empty: none is asked
	}{
		{"nothing else", draftFolder, nil, ""},
		{"the newest areas", folderWith(draftFolder, "areas11.geojson", squares("LSOA11CD", old1, old2)), nil, ""},
		{"copies: the one that names districts", folderWith(draftFolder, "a.geojson", strings.ReplaceAll(squares("LSOA21CD", area1, area2), "E07000108", "x")), nil, ""},
		{"the areas that the tables are about", folderWith(draftFolder, "other.geojson", elsewhere), nil, "which county"},
		{"older areas when nobody is counted in the new", folderWith(draftFolder, "areas11.geojson", squares("LSOA11CD", old1, old2), "people.csv", draftAges("LSOA11CD", old1, old2)),
			[]string{"boundaries areas11.geojson", "population people.csv", "sites hubs.csv"}, ""},
		{"older people by a look-up", folderWith(draftFolder, "people.csv", draftAges("LSOA11CD", old1), "lookup.csv", lookup),
			[]string{"boundaries areas.geojson", "lookup lookup.csv", "population people.csv", "sites hubs.csv"}, ""},
		{"single years before bands", folderWith(draftFolder, "bands.csv", bands), nil, ""},
		{"bands when there are no years", folderWith(draftFolder, "people.csv", bands), nil, ""},
		{"older years, then newer bands to share them out", folderWith(draftFolder, "people.csv", draftAges("LSOA11CD", old1), "lookup.csv", lookup, "a_bands.csv", bands),
			[]string{"boundaries areas.geojson", "lookup lookup.csv", "population people.csv", "population a_bands.csv", "sites hubs.csv"}, ""},
		{"the newer estimate", folderWith(draftFolder, "people.csv", "", "mye2019.csv", draftAges("LSOA21CD", area1, area2), "mye2020.csv", draftAges("LSOA21CD", area1, area2)),
			[]string{"boundaries areas.geojson", "population mye2020.csv", "sites hubs.csv"}, ""},
		{"one list of sites of two", folderWith(draftFolder, "z_hubs.csv", draftHubs), nil, "which list of sites"},
		{"the list with coordinates", folderWith(draftFolder, "a_hubs.csv", "Local_Authority,Family_Hub,Postcode\nDover,Deal Family Hub,CT14 6BB\n"), nil, "which list of sites"},
		{"a list without coordinates", folderWith(draftFolder, "hubs.csv", "Local_Authority,Family_Hub,Postcode\nDover,Deal Family Hub,CT14 6BB\n"), nil, "has no coordinates"},
		{"a list without coordinates beside postcodes", folderWith(draftFolder, "hubs.csv", "Local_Authority,Family_Hub,Postcode\nDover,Deal Family Hub,CT14 6BB\n", "postcodes.csv", "Postcode,Eastings,Northings\nCT14 6BB,610900,127100\n"),
			[]string{"boundaries areas.geojson", "population people.csv", "points postcodes.csv", "sites hubs.csv"}, ""},
		{"options of one more site", folderWith(draftFolder, "options.csv", "option_id,site_id\nO1,A\nO1,Z\n"),
			[]string{"boundaries areas.geojson", "population people.csv", "sites hubs.csv", "options options.csv"}, "1 of its 2"},
		{"outlines of towns when there is no look-up", folderWith(draftFolder, "towns.geojson", squares("BUA24CD", "E63012345")),
			[]string{"boundaries areas.geojson", "population people.csv", "settlements towns.geojson", "sites hubs.csv"}, ""},
		{"a look-up of towns before outlines", folderWith(draftFolder, "towns.geojson", squares("BUA24CD", "E63012345"), "towns.csv", "LSOA21CD,BUA24CD,BUA24NM\n"+area1+",E63012345,Deal\n"),
			[]string{"boundaries areas.geojson", "population people.csv", "settlements towns.csv", "sites hubs.csv"}, ""},
		{"one list of halls of two", folderWith(draftFolder, "venues.csv", "name,kind,long,lat\nDeal Hall,hall,1.005,51.005\n", "venues2.csv", "name,kind,long,lat\nDeal Hall,hall,1.005,51.005\n"),
			[]string{"boundaries areas.geojson", "population people.csv", "sites hubs.csv", "venues venues.csv"}, ""},
		{"no district of the areas", folderWith(draftFolder, "areas.geojson", strings.ReplaceAll(squares("LSOA21CD", area1, area2), "E07000108", "x")), nil, "the district of each area"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := tt.inputs
			if want == nil {
				want = []string{"boundaries areas.geojson", "population people.csv", "sites hubs.csv"}
			}
			d := drafted(t, folderOf(tt.files))
			var got []string
			for _, in := range parsed(t, d).Inputs {
				got = append(got, in.Role+" "+in.File)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("inputs (-want +got):\n%s", diff)
			}
			asked := strings.Join(d.Decide, "\n")
			if tt.decide == "" && asked != "" || !strings.Contains(asked, tt.decide) {
				t.Errorf("questions %q, want one with %q", asked, tt.decide)
			}
			for _, f := range d.Found { // what was not taken stands there, switched off
				if off := "#file = \"" + f.File + "\""; f.Role != "" && !f.Taken && !strings.Contains(string(d.Text), off) {
					t.Errorf("the draft does not have the line %q", off)
				}
			}
		})
	}
}

// The indicators of File 7 and of re-publications, and what need is made of.
func TestWeighsNeed(t *testing.T) {
	file7 := func(year int, measures ...string) string {
		header, row := []string{fmt.Sprintf("LSOA code (%d)", year), fmt.Sprintf("LSOA name (%d)", year)}, []string{area1, "Deal"}
		for _, m := range measures {
			score := m + " Score"
			if strings.HasPrefix(m, "Income") {
				score += " (rate)"
			}
			header = append(header, `"`+score+`"`, `"`+m+` Rank (where 1 is most deprived)"`, `"`+m+` Decile (where 1 is most deprived 10% of LSOAs)"`)
			row = append(row, "0.2", "100", "1")
		}
		return strings.Join(header, ",") + "\n" + strings.Join(row, ",") + "\n"
	}
	const idaci, children = "Income Deprivation Affecting Children Index (IDACI)", "Children and Young People Sub-domain"
	lookup := "LSOA11CD,LSOA21CD,CHGIND\n" + area1 + "," + area1 + ",U\n"
	for _, tt := range []struct {
		name    string
		files   map[string]string
		weights map[string]float64
		rate    []string
		of      int
	}{
		{"no table", draftFolder, map[string]float64{}, []string{}, 0},
		{"File 7 of 2025", folderWith(draftFolder, "a.csv", file7(2021, "Index of Multiple Deprivation (IMD)", "Income", "Health Deprivation and Disability", "Crime", idaci, children)),
			map[string]float64{"idaci": 0.4, "children_education": 0.3, "health": 0.3}, []string{"idaci", "income"}, 33755},
		{"File 7 of 2019", folderWith(draftFolder, "a.csv", file7(2011, "Income", idaci), "l.csv", lookup), map[string]float64{"idaci": 0.4}, []string{"idaci", "income"}, 32844},
		{"domains only: education stands in", folderWith(draftFolder, "a.csv", file7(2021, "Income", "Education, Skills and Training", "Health Deprivation and Disability")),
			map[string]float64{"income": 0.4, "education": 0.3, "health": 0.3}, []string{"income"}, 33755},
		{"the whole index only", folderWith(draftFolder, "a.csv", file7(2021, "Index of Multiple Deprivation (IMD)")), map[string]float64{"imd": 1}, []string{}, 33755},
		{"short headers", folderWith(draftFolder, "a.csv", "lsoa21_code,IMD_rank,IMD_decile,Income_rank,Income_score\n"+area1+",1,1,1,0.2\n"), map[string]float64{"income": 0.4}, []string{"income"}, 33755},
		{"a share in per cent", folderWith(draftFolder, "a.csv", "lsoa21_code,income_rate_percent\n"+area1+",17.6\n"), map[string]float64{}, []string{"income"}, 0},
		{"a numerator of children", folderWith(draftFolder, "a.csv", "lsoa21_code,income_deprivation_affecting_children_index_idaci_numerator\n"+area1+",25\n"), map[string]float64{}, []string{"idaci"}, 0},
		{"a share beside a rank", folderWith(draftFolder, "a.csv", "lsoa21_code,Income_rank,IMD_rank\n"+area1+",1,1\n", "b.csv", "lsoa21_code,income_rate_percent\n"+area1+",17.6\n"),
			map[string]float64{"income": 0.4}, []string{"income_rate"}, 33755},
		{"one edition of two", folderWith(draftFolder, "a.csv", file7(2021, "Income"), "b.csv", file7(2011, idaci), "l.csv", lookup), map[string]float64{"income": 0.4}, []string{"income"}, 33755},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := parsed(t, drafted(t, folderOf(tt.files)))
			if diff := cmp.Diff(tt.weights, s.Need.Weights); diff != "" {
				t.Errorf("weights (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.rate, s.Need.Rate); diff != "" {
				t.Errorf("rate (-want +got):\n%s", diff)
			}
			of := 0
			for _, in := range s.Inputs {
				for _, ind := range in.Indicators {
					of = max(of, ind.Of)
				}
			}
			if of != tt.of {
				t.Errorf("ranks of %d areas, want %d", of, tt.of)
			}
		})
	}
}

// What has to be there and is not stands in the draft, switched off, with what
// to look for; and the draft is a study file that says so.
func TestSaysWhatIsMissing(t *testing.T) {
	for _, tt := range []struct {
		name    string
		files   map[string]string
		missing []string
	}{
		{"an empty folder", nil, []string{"boundaries", "population", "sites"}},
		{"no sites", folderWith(draftFolder, "hubs.csv", ""), []string{"sites"}},
		{"people without ages", folderWith(draftFolder, "people.csv", "lsoacd,population\n"+area1+",1367\n"), []string{"population"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := drafted(t, folderOf(tt.files))
			if diff := cmp.Diff(tt.missing, d.Missing); diff != "" {
				t.Errorf("missing (-want +got):\n%s", diff)
			}
			_, err := study.ParseSpec(d.Text, "draft")
			if !errors.Is(err, study.ErrBadSpec) || !strings.Contains(err.Error(), "no input with role \""+tt.missing[0]+"\"") {
				t.Errorf("ParseSpec(draft) = %v, want that there is no %s", err, tt.missing[0])
			}
			for _, role := range tt.missing {
				if !strings.Contains(string(d.Text), "#role = \""+role+"\"") {
					t.Errorf("the draft does not have a block for %s", role)
				}
			}
		})
	}
}

// A folder is looked through as far as is said, and no farther.
func TestKeepsToItsBounds(t *testing.T) {
	deep := "1/2/3/4/5/6/hubs.csv"
	m := folderOf(map[string]string{
		".hidden.csv": draftHubs, ".git/hubs.csv": draftHubs, "__MACOSX/hubs.csv": draftHubs, "study.toml": "name = \"x\"", deep: draftHubs, "1/2/3/4/5/6/7/hubs.csv": draftHubs,
	})
	m["link.csv"] = &fstest.MapFile{Data: []byte(draftHubs), Mode: fs.ModeNamedPipe}
	d := drafted(t, m)
	if len(d.Found) != 1 || d.Found[0].File != deep {
		t.Errorf("found %v, want %s only", d.Found, deep)
	}

	many := fstest.MapFS{}
	for i := range 2_001 {
		many[fmt.Sprintf("%04d.csv", i)] = &fstest.MapFile{Data: []byte("a")}
	}
	d = drafted(t, many)
	if len(d.Found) != 2_000 || !strings.Contains(strings.Join(d.Decide, ""), "more than 2000 files") {
		t.Errorf("%d files found, questions %q; want 2000 and that there are more", len(d.Found), d.Decide)
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := draft.New(ctx, folderOf(draftFolder)); !errors.Is(err, context.Canceled) {
		t.Errorf("NewDraft with a cancelled context: %v, want context.Canceled", err)
	}
	if _, err := draft.New(context.Background(), os.DirFS(filepath.Join(t.TempDir(), "nowhere"))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("NewDraft of a folder that is not there: %v, want fs.ErrNotExist", err)
	}
}

// Every parameter of a study stands in the draft with its default and a line
// that explains it.
func TestExplainsEveryParameter(t *testing.T) {
	d := drafted(t, folderOf(draftFolder))
	got, want := parsed(t, d), study.Spec{}
	base := "name = \"x\"\n[[input]]\nrole = \"boundaries\"\nfile = \"a\"\n[[input]]\nrole = \"population\"\nfile = \"a\"\n[[input]]\nrole = \"sites\"\nfile = \"a\"\n"
	want, err := study.ParseSpec([]byte(base), "x")
	if err != nil {
		t.Fatal(err)
	}
	want.Need = got.Need // weights are of the indicators found
	for _, pair := range [][2]any{{want.Walk, got.Walk}, {want.Points, got.Points}, {want.Outreach, got.Outreach}, {want.Score, got.Score}} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Errorf("parameters of the draft (-default +draft):\n%s", diff)
		}
	}
	section := ""
	inProfiles := 0
	for line := range strings.Lines(string(d.Text)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "[") {
			section = strings.Trim(line, "[]")
			if section == "walk.profile" {
				inProfiles++
			}
		}
		key, _, setting := strings.Cut(line, " = ")
		parameter := setting && !strings.HasPrefix(line, "#") && slices.Contains([]string{"need", "walk", "points", "outreach", "score", "transit", "walk.profile"}, section)
		if parameter && inProfiles < 2 && !strings.Contains(line, " # ") {
			t.Errorf("%s.%s has no explanation: add one to parameterWords", section, key)
		}
	}
}

// counts are the numbers of a draft that change whenever the sample county is
// made again.
var counts = regexp.MustCompile(`\b\d+ (polygons|places)`)

func TestGolden(t *testing.T) {
	got := counts.ReplaceAllString(string(drafted(t, data.Sample()).Text), "N $1")
	name := filepath.Join("testdata", "sample.toml")
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the draft of the sample county is not that of %s; go test -update rewrites it (-want +got):\n%s", name, diff)
	}
}

// The draft of the sample county gives the answer of its own study file: the
// same people in reach under the same options, in the same order.
func TestRunsAsTheSampleStudy(t *testing.T) {
	files := data.Sample()
	own, err := fs.ReadFile(files, data.Study)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := study.ParseSpec(own, "sample")
	if err != nil {
		t.Fatal(err)
	}
	var answers [2][]string
	for i, text := range [][]byte{own, drafted(t, files).Text} {
		s, err := study.ParseSpec(text, "sample")
		if err != nil {
			t.Fatal(err)
		}
		s.Need = ours.Need                                                    // a choice, not a reading of the files
		s.Walk.Outlines, s.Walk.Profiles = []float64{20}, s.Walk.Profiles[:1] // what the answer does not hang on, for speed
		s.Inputs = slices.DeleteFunc(s.Inputs, func(in study.Input) bool { return in.Role == "venues" || in.Role == "timetable" })
		open := func(path string) (io.ReadCloser, error) { return files.Open(path) }
		r, err := study.Run(context.Background(), s, study.Env{Open: open, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range r.Options {
			answers[i] = append(answers[i], fmt.Sprintf("%s: %.3f covered, %.3f in need, score %.6f, %d targets", o.Option.ID, o.Covered, o.CoveredInNeed, o.Score.Score, len(o.Outreach.Targets)))
		}
	}
	if diff := cmp.Diff(answers[0], answers[1]); diff != "" {
		t.Errorf("options (-own +draft):\n%s", diff)
	}
}

// The draft depends on the files alone: twice gives the same bytes.
func TestIsTheSameTwice(t *testing.T) {
	if a, b := drafted(t, data.Sample()), drafted(t, data.Sample()); string(a.Text) != string(b.Text) {
		t.Error("two drafts of one folder differ")
	}
}
