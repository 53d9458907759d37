package county_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/source"
)

func TestAreasAreJoinedAndSorted(t *testing.T) {
	p := row(3)
	p[0], p[2] = p[2], p[0]
	p[1].district = "D2"
	in := tables(p...)
	in.Districts = []county.Table[source.Codes]{codes("districts", "|D1|Thanet", "|D2|Dover", "|D9|Elsewhere")}
	c := build(t, in)
	var got []string
	for _, a := range c.Areas {
		got = append(got, string(a.Code)+" "+string(a.District)+" "+string(a.People))
	}
	if diff := cmp.Diff([]string{"A1 D1 measured", "A2 D2 measured", "A3 D1 measured"}, got); diff != "" {
		t.Errorf("areas (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]county.District{{Code: "D1", Name: "Thanet"}, {Code: "D2", Name: "Dover"}}, c.Districts); diff != "" {
		t.Errorf("districts (-want +got):\n%s", diff)
	}
	if want := (county.Use{Input: "districts", Read: 3, Used: 2, Dropped: 1, Codes: []string{"D9"}}); !cmp.Equal(use(t, c, "districts"), want) {
		t.Errorf("use of the districts = %+v, want %+v", use(t, c, "districts"), want)
	}
	check(t, "People(0, 19)", c.People(0, 19), 30)
	check(t, "People(0, 90)", c.People(0, 90), 300)
	if got, want := c.Bound(), rectangle(0, 0, 3, 1).Bound(); got != want {
		t.Errorf("Bound = %v, want %v", got, want)
	}
	if got := (&county.County{}).Bound(); !got.IsEmpty() {
		t.Errorf("Bound of no areas = %v, want an empty one", got)
	}
	if c.DistrictName("D2") != "Dover" || c.DistrictName("D7") != "D7" || c.SettlementName("T9") != "T9" {
		t.Error("a name is not that of the table, or the code where there is none")
	}
	for _, k := range c.Checks {
		if k.Ran && !k.Passed {
			t.Errorf("check failed on clean data: %+v", k)
		}
	}
}

func TestDistrictOfAreas(t *testing.T) {
	bare := func() county.Tables {
		p := row(2)
		p[0].district, p[1].district = "", ""
		return tables(p...)
	}
	// By a table of areas, or by the look-up.
	in := bare()
	in.Districts = []county.Table[source.Codes]{codes("districts", "A1|D1|", "A2|D1|", "A3|D1|")}
	c := build(t, in)
	if c.Areas[1].District != "D1" || c.DistrictName("D1") != "Thanet" {
		t.Errorf("district %s, named %q, want D1, and Thanet from the names of its areas", c.Areas[1].District, c.DistrictName("D1"))
	}
	in = bare()
	in.Lookup = []county.Table[source.Codes]{codes("lookup", "O1|A1|U|D7", "O2|A2|U|D8")}
	if c := build(t, in); c.Areas[0].District != "D7" || c.Areas[1].District != "D8" {
		t.Errorf("districts of the look-up = %s, %s, want D7, D8", c.Areas[0].District, c.Areas[1].District)
	}
	// The look-up may be of an older edition: it does not dispute the boundaries.
	in = tables(row(2)...)
	in.Lookup = []county.Table[source.Codes]{codes("lookup", "O1|A1|U|D7", "O2|A2|U|D8")}
	checked(t, build(t, in), "Every area lies in one district", true, "2 areas in 1 district: Thanet 2")
	// None at all.
	failsRow(t, "no district", bare(), `areas.gpkg: district: want a district for every area; 2 have none: A1, A2; map a district column, or give an input with role "districts" and the columns code and district`)
	// Two that differ: the boundaries' own counts, and the check fails.
	in = tables(row(2)...)
	in.Districts = []county.Table[source.Codes]{codes("districts", "A1|D1|", "A2|D5|")}
	c = build(t, in)
	if c.Areas[1].District != "D1" {
		t.Errorf("district of A2 = %s, want that of the boundaries", c.Areas[1].District)
	}
	checked(t, c, "Every area lies in one district", false, "where tables disagree: A2")
}

// A name that is not of the form "Thanet 006D" names no district.
func TestDistrictNameFromAreas(t *testing.T) {
	for name, want := range map[string]string{
		"Thanet 006D": "Thanet", "Tunbridge Wells 011": "Tunbridge Wells", "High Halden": "D1", "006D": "D1", "": "D1", "Thanet 06D": "D1",
	} {
		in := tables(row(1)...)
		in.Boundaries.Data.Rows[0].Name = name
		if got := build(t, in).DistrictName("D1"); got != want {
			t.Errorf("district of an area named %q is named %q, want %q", name, got, want)
		}
	}
}

func TestOnlyTheDistrictsAskedFor(t *testing.T) {
	p := row(4)
	p[1].district, p[3].district = "D2", ""
	in := tables(p...)
	c, err := county.Build(in, county.Params{Districts: []county.DistrictCode{"D1"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Areas) != 2 || c.Areas[0].Code != "A1" || c.Areas[1].Code != "A3" || len(c.Districts) != 1 {
		t.Errorf("areas %v, want A1 and A3 of D1", c.Areas)
	}
	checked(t, c, "Every area lies in one district", true, "2 areas of other districts left out, as the study asks")
	// What the study leaves out is filtered, not dropped; people of it are dropped.
	if got := use(t, c, "boundaries"); got.Read != 4 || got.Used != 2 || got.Dropped != 0 {
		t.Errorf("use of the boundaries = %+v, want 4 read, 2 used, none dropped", got)
	}
	if got := use(t, c, "population"); got.Dropped != 2 || !slices.Equal(got.Codes, []string{"A2", "A4"}) {
		t.Errorf("use of the population = %+v, want A2 and A4 dropped", got)
	}
	check(t, "People(0, 19)", c.People(0, 19), 20)
	const want = "areas.gpkg: no areas in district D7: check the codes under districts in the study file"
	fails(t, "a district without areas", in, county.Params{Districts: []county.DistrictCode{"D1", "D7"}}, want)
	if _, err := county.Build(in, county.Params{Districts: []county.DistrictCode{"D7"}}); !errors.Is(err, county.ErrNoAreas) {
		t.Errorf("%v, want ErrNoAreas", err)
	}
}

func TestBoundaryFaults(t *testing.T) {
	in := tables(append(row(2), row(1)...)...)
	failsRow(t, "an area twice", in, `areas.gpkg: line 3: code "A1": want each area once; remove the second row, or correct its code`)

	in = tables(row(1)...)
	in.Boundaries.Data.Rows[0].Shape = orb.MultiPolygon{{{at(0, 0), at(1, 0), at(0, 0)}}}
	failsRow(t, "no ground", in, `areas.gpkg: line 1: geometry of A1: want a polygon with ground in it; correct the feature, or leave it out`)

	in = tables(row(1)...)
	in.Boundaries.Data.Rows[0].Shape = orb.MultiPolygon{{{{-5, 51}, {1, 51}, {1, 52}, {-5, 51}}}}
	failsRow(t, "degrees said to be metres", in, `areas.gpkg: line 1: geometry of A1: want metres of the British National Grid; correct the feature, or check the file's coordinate reference system`)

	in = tables(row(1)...)
	in.Boundaries.Data.Rows[0].Shape[0][0][1][0] = math.NaN()
	if _, err := county.Build(in, county.Params{}); err == nil {
		t.Error("a coordinate that is not a number: no error")
	}

	in = tables()
	fails(t, "no boundaries", in, county.Params{}, "areas.gpkg: no areas: want at least one boundary; check the columns to keep")

	projection, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	in = tables(row(1)...)
	in.Boundaries.Data.CRS = source.WGS84
	_, err = county.Build(in, county.Params{Projection: projection})
	var fault *source.RowError
	if !errors.As(err, &fault) || fault.Field != "geometry of A1" || !errors.Is(err, geo.ErrOutside) {
		t.Errorf("metres said to be degrees: %v, want a RowError on the geometry that wraps geo.ErrOutside", err)
	}
}

func TestDegreesAreProjected(t *testing.T) {
	projection, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	in := tables(row(1)...)
	g, err := projection.LonLatOf(square(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	in.Boundaries.Data.CRS, in.Boundaries.Data.Rows[0].Shape = source.WGS84, g.(orb.MultiPolygon)
	c, err := county.Build(in, county.Params{Projection: projection})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range square(0, 0)[0][0] {
		if got := geo.Grid(c.Areas[0].Shape[0][0][i]); got.Distance(geo.Grid(p)) > 0.001 {
			t.Errorf("corner %d = %v, want %v", i, got, p)
		}
	}
}

// A bow tie is mended and reported; its two triangles are the same ground.
func TestInvalidPolygonIsRepaired(t *testing.T) {
	p := row(2)
	p[0].shape = orb.MultiPolygon{{{at(0, 0), at(1, 1), at(1, 0), at(0, 1), at(0, 0)}}}
	c := build(t, tables(p...))
	checked(t, c, "Every area's polygon is valid, or was repaired", true, "1 of 2 repaired: A1 (Self-intersection at 600500.0 150500.0)")
	if len(c.Areas[0].Shape) != 2 {
		t.Errorf("mended to %v, want two triangles", c.Areas[0].Shape)
	}
}

func TestNeighbours(t *testing.T) {
	for _, tc := range []struct {
		name  string
		other orb.MultiPolygon
		want  bool
	}{
		{"an edge", square(1, 0), true},
		{"a part of an edge", rectangle(1, 0.9, 2, 3), true},
		{"a corner", square(1, 1), true},
		{"exactly a metre apart", rectangle(1.001, 0, 2, 1), true},
		{"1.5 m apart", rectangle(1.0015, 0, 2, 1), false},
		{"overlapping", rectangle(0.5, 0.5, 2, 2), true},
		{"boxes that meet, shapes that do not", orb.MultiPolygon{{{at(1.5, 2), at(0.5, 2), at(1.5, 0.9), at(1.5, 2)}}}, false},
	} {
		p := append(row(1), plot{"B1", "D1", tc.other, 1, 1})
		c := build(t, tables(p...))
		want := [][]int{nil, nil}
		if tc.want {
			want = [][]int{{1}, {0}}
		}
		if diff := cmp.Diff(want, c.Neighbours); diff != "" {
			t.Errorf("%s: neighbours (-want +got):\n%s", tc.name, diff)
		}
	}
	// Three by three: the middle touches all, in ascending order.
	var p []plot
	for i := range 9 {
		p = append(p, plot{fmt.Sprint("A", i), "D1", square(float64(i%3), float64(i/3)), 1, 1})
	}
	if got := build(t, tables(p...)).Neighbours[4]; !slices.Equal(got, []int{0, 1, 2, 3, 5, 6, 7, 8}) {
		t.Errorf("neighbours of the middle = %v", got)
	}
}

func TestEveryTableHasRowsOfTheCounty(t *testing.T) {
	in := tables(row(2)...)
	in.RuralUrban = []county.Table[source.Codes]{codes("ruc", "X1|UN1", "X2|UN1"), codes("ruc2", "A1|RLN1", "A2|UN1", "X9|UN1")}
	c := build(t, in)
	checked(t, c, "Every table has rows of this county", false, "tables without a row of this county: ruc; rows not used: ruc 2 (X1, X2), ruc2 1 (X9)")
}

func TestManyDroppedCodesAreCutShort(t *testing.T) {
	in := tables(row(1)...)
	var lines []string
	for i := range 150 {
		lines = append(lines, fmt.Sprintf("X%03d|UN1", 149-i), fmt.Sprintf("X%03d|UN1", i))
	}
	in.RuralUrban = []county.Table[source.Codes]{codes("ruc", append(lines, "A1|UN1")...)}
	u := use(t, build(t, in), "ruc")
	if u.Read != 301 || u.Used != 1 || u.Dropped != 300 || len(u.Codes) != county.MaxCodes || u.Codes[0] != "X000" || u.Codes[99] != "X099" {
		t.Errorf("use = %d read, %d used, %d dropped, %d codes from %s, want 301, 1, 300 and the first hundred, each once", u.Read, u.Used, u.Dropped, len(u.Codes), u.Codes[0])
	}
}
