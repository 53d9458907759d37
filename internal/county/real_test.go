package county_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// kent reads the files of a folder, or skips the test and says so.
type kent struct {
	t   testing.TB
	dir string
}

func realData(t testing.TB) kent {
	t.Helper()
	return kent{t, realdata.Folder(t)}
}

// read opens a file of the folder and hands it to a reader of source.
func read[T any](k kent, name string, from func(io.Reader, string) (T, error)) county.Table[T] {
	k.t.Helper()
	text, err := os.ReadFile(filepath.Join(k.dir, name))
	if err != nil {
		k.t.Fatal(err)
	}
	data, err := from(bytes.NewReader(text), name)
	if err != nil {
		k.t.Fatal(err)
	}
	return county.Table[T]{Head: county.Head{Name: filepath.Base(name), File: name}, Data: data}
}

func (k kent) boundaries(name string, fields map[string]string) county.Table[source.Boundaries] {
	k.t.Helper()
	return read(k, name, func(r io.Reader, file string) (source.Boundaries, error) {
		return source.ReadBoundaries(r, file, source.Options{Fields: fields})
	})
}

func (k kent) codes(name string, fields map[string]string, columns ...string) county.Table[source.Codes] {
	k.t.Helper()
	return read(k, name, func(r io.Reader, file string) (source.Codes, error) {
		return source.ReadCodes(r, file, source.Options{Fields: fields}, columns)
	})
}

func (k kent) population(name string) county.Table[source.Population] {
	k.t.Helper()
	return read(k, name, func(r io.Reader, file string) (source.Population, error) {
		return source.ReadPopulation(r, file, source.Options{})
	})
}

func (k kent) places(name string, o source.Options) county.Table[source.Places] {
	k.t.Helper()
	return read(k, name, func(r io.Reader, file string) (source.Places, error) { return source.ReadPlaces(r, file, o) })
}

func (k kent) values(name, code string, columns ...string) county.Table[source.Values] {
	k.t.Helper()
	return read(k, name, func(r io.Reader, file string) (source.Values, error) {
		return source.ReadValues(r, file, source.Options{Fields: map[string]string{"code": code}}, columns)
	})
}

// ranked is an indicator with its rank in column 0 and decile in column 1.
func ranked(id string, of int) []county.IndicatorColumns {
	c := indicator(id)
	c.Rank, c.Decile, c.Of = 0, 1, of
	return []county.IndicatorColumns{c}
}

// kentTables holds what kent.tables has read: Build changes none of it.
var kentTables *county.Tables

// tables are the inputs of the Kent study: 2021 areas, the mid-2020 people of
// 2011 areas carried to them, the Indices of 2025 and of 2019.
func (k kent) tables() county.Tables {
	k.t.Helper()
	if kentTables != nil {
		return *kentTables
	}
	in := county.Tables{
		Boundaries: k.boundaries("boundaries/kent_lsoa21.geojson.gz", map[string]string{"code": "LSOA21CD", "name": "LSOA21NM", "district": "LADCD_ACTIVE"}),
		Lookup:     []county.Table[source.Codes]{k.codes("geography/kent_lsoa11_lsoa21_exact.csv", nil, "from", "to", "change", "district?")},
		Population: []county.Table[source.Population]{
			k.population("population/kent_mye2020_lsoa11_single_year_of_age.csv"), k.population("population/kent_census2021_age6_lsoa21.csv"),
		},
		Indicators: []county.IndicatorTable{
			{Table: k.values("deprivation/kent_iod2025_domains.csv", "lsoa21_code", "IMD_rank", "IMD_decile"), Columns: ranked("imd25", 33755)},
			{Table: k.values("deprivation/kent_iod2019_file2_domains.csv", "LSOA code (2011)",
				"Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)", "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"), Columns: ranked("imd19", 32844)},
		},
		RuralUrban:      []county.Table[source.Codes]{k.codes("geography/kent_ruc21_lsoa21.csv", map[string]string{"code": "lsoa21_code", "class": "ruc21_code"}, "code", "class")},
		SettlementCodes: []county.Table[source.Codes]{k.codes("geography/kent_lsoa11_bua11_derived.csv", map[string]string{"code": "LSOA11CD", "settlement": "BUA11CD", "settlement_name": "BUA11NM", "part": "BUASD11CD", "part_name": "BUASD11NM"}, "code", "settlement", "settlement_name", "part", "part_name")},
		Centroids:       []county.Table[source.Places]{k.places("geography/kent_lsoa11_pwc_bng.csv", source.Options{CRS: source.BritishNationalGrid, Fields: map[string]string{"id": "lsoa11cd", "name": "lsoa11nm", "easting": "X", "northing": "Y"}})},
		Points: []county.Table[source.Places]{k.places("places/kent_codepoint_open_2014.csv.gz", source.Options{CRS: source.BritishNationalGrid,
			Fields: map[string]string{"id": "Postcode", "easting": "Eastings", "northing": "Northings"}, Keep: map[string][]string{"Admin_county_code": {"E10000016"}}})},
		Sites: []county.Table[source.Places]{k.places("places/kent_family_hubs_childrens_centres.csv", source.Options{
			Fields: map[string]string{"district": "district_code_from_codepoint2014"}, Keep: map[string][]string{"upper_tier_authority": {"Kent"}}})},
	}
	in.Population[0].Older, in.Indicators[1].Older = true, true
	in.SettlementCodes[0].Older, in.Centroids[0].Older = true, true
	kentTables = &in
	return in
}

// Acceptance checks V1, V2, V3, V16, V27 and V29 of domain.md: the totals of its
// section 3c were counted in the official files.
func TestKent(t *testing.T) {
	k := realData(t)
	projection, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	in := k.tables()
	c, err := county.Build(in, county.Params{Projection: projection})
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Areas, Decile1 int
		Young          float64
	}
	got := map[county.DistrictCode]row{}
	rural, unlike := 0, 0
	for i := range c.Areas {
		a := &c.Areas[i]
		r := got[a.District]
		r.Areas++
		r.Young += a.Residents.Between(0, 19)
		if a.Measures[0].Decile.Number == 1 {
			r.Decile1++
		}
		got[a.District] = r
		if a.Rural && a.Measures[0].Decile.Number <= 3 {
			rural++
		}
		if a.Measures[0].Decile.Basis != county.Measured {
			unlike++
		}
	}
	want := map[county.DistrictCode]row{
		"E07000105": {81, 3, 32745}, "E07000106": {92, 4, 36352}, "E07000107": {67, 1, 30627}, "E07000108": {69, 8, 25388},
		"E07000109": {65, 6, 27816}, "E07000110": {99, 3, 41822}, "E07000111": {75, 1, 29503}, "E07000112": {67, 5, 23282},
		"E07000113": {90, 13, 37433}, "E07000114": {86, 16, 32506}, "E07000115": {78, 0, 33163}, "E07000116": {69, 0, 29358},
	}
	close := cmp.Comparer(func(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 })
	if diff := cmp.Diff(want, got, close); diff != "" {
		t.Errorf("areas, decile 1 of 2025 and residents aged 0-19 by district (-want +got):\n%s", diff)
	}
	if rural != 24 {
		t.Errorf("%d rural areas in deciles 1 to 3, want 24", rural)
	}
	if unlike != 0 {
		t.Errorf("%d deciles of 2025 are not marked measured", unlike)
	}
	check(t, "residents of Kent", c.People(0, 90), 1_589_057)
	check(t, "aged 0-4", c.People(0, 4), 89_537)
	check(t, "aged 0-15", c.People(0, 15), 310_200)
	checked(t, c, "Every area is made from areas of the older edition", true, "939 rows: 871 unchanged, 66 split, 2 merged; areas without a row: none")
	checked(t, c, "Every area's polygon is valid, or was repaired", true, "1 of 938 repaired: E01024572")
	checked(t, c, "Every area has a population", true, "938 areas with people, 67 of them carried")
	for _, x := range c.Checks {
		if x.Ran && !x.Passed {
			t.Errorf("check failed: %s: %s", x.Title, x.Detail)
		}
	}
	if len(c.Sites) != 98 || len(c.Points) < 43_501 {
		t.Errorf("%d sites and %d points, want 98 and 43,501 or a few more", len(c.Sites), len(c.Points))
	}

	// Dartford 001A was in decile 1 in 2019 and was split: its parts carry that,
	// marked as carried, beside their own measured deciles 1, 6 and 7 of 2025.
	at := c.AreaIndex()
	var deciles []float64
	lookup := county.NewLookup(linksOf(in.Lookup[0].Data))
	for _, code := range lookup.Children("E01024148") {
		m := c.Areas[at[code]].Measures
		if m[1].Decile != (county.Value{Number: 1, Basis: county.Carried}) || c.Areas[at[code]].People != county.Carried {
			t.Errorf("%s: decile of 2019 %+v, people %q, want 1, carried", code, m[1].Decile, c.Areas[at[code]].People)
		}
		deciles = append(deciles, m[0].Decile.Number)
	}
	if diff := cmp.Diff([]float64{1, 6, 7}, deciles); diff != "" {
		t.Errorf("deciles of 2025 of the parts of Dartford 001A (-want +got):\n%s", diff)
	}
}

func linksOf(c source.Codes) []county.Link {
	var ks []county.Link
	for _, r := range c.Rows {
		ks = append(ks, county.Link{From: county.AreaCode(r.Texts[0]), To: county.AreaCode(r.Texts[1]), Change: r.Texts[2]})
	}
	return ks
}

// One district alone: everything else is dropped, and nobody is carried in.
func TestThanetAlone(t *testing.T) {
	k := realData(t)
	projection, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	c, err := county.Build(k.tables(), county.Params{Projection: projection, Districts: []county.DistrictCode{"E07000114"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Areas) != 86 || len(c.Districts) != 1 {
		t.Errorf("%d areas in %d districts, want 86 in one", len(c.Areas), len(c.Districts))
	}
	check(t, "aged 0-19 in Thanet", c.People(0, 19), 32_506)
	if u := use(t, c, "kent_iod2025_domains.csv"); u.Used != 86 || u.Dropped != 852 {
		t.Errorf("use of the indicators = %+v, want 86 used, 852 dropped", u)
	}
}

func BenchmarkBuildKent(b *testing.B) {
	k := realData(b)
	projection, err := geo.NewProjection()
	if err != nil {
		b.Fatal(err)
	}
	in := k.tables()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := county.Build(in, county.Params{Projection: projection}); err != nil {
			b.Fatal(err)
		}
	}
}
