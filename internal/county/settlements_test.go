package county_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

const settled = "Settlements are known"

// towns is a table of settlement polygons.
func towns(name string, rows ...source.Boundary) county.Table[source.Boundaries] {
	for i := range rows {
		rows[i].Line = i + 1
	}
	return county.Table[source.Boundaries]{Head: county.Head{Name: name, File: name + ".gpkg"},
		Data: source.Boundaries{CRS: source.BritishNationalGrid, Rows: rows, Read: len(rows)}}
}

// settlementsOf lists the settlement of each area, and where it comes from.
func settlementsOf(c *county.County) []string {
	var got []string
	for _, a := range c.Areas {
		got = append(got, string(a.Settlement)+" "+string(a.SettlementFrom))
	}
	return got
}

func TestSettlementsByCodes(t *testing.T) {
	in := tables(row(5)...)
	if k := found(t, build(t, in), settled); k.Ran {
		t.Errorf("without a table: %+v, want it not run", k)
	}
	in.SettlementCodes = []county.Table[source.Codes]{codes("bua",
		"A1|E34|Thanet BUA|E35|Margate BUASD", // the part is the town
		"A2|E34|Thanet BUA|J99999999|",        // no part: the whole
		"A3|J99999999|Not in a built-up area||",
		"A4|||E36|Ashford (Ashford) BUASD",
		"A4|E99|Second||",
		"Z1|||E36|Ashford (Ashford) BUASD", // outside the county
	)}
	c := build(t, in)
	if diff := cmp.Diff([]string{"E35 measured", "E34 measured", " ", "E36 measured", " "}, settlementsOf(c)); diff != "" {
		t.Errorf("settlements (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]county.Settlement{{ID: "E34", Name: "Thanet"}, {ID: "E35", Name: "Margate"}, {ID: "E36", Name: "Ashford", Crosses: true}}, c.Settlements); diff != "" {
		t.Errorf("the county's settlements (-want +got):\n%s", diff)
	}
	checked(t, c, settled, true, "3 areas in 3 settlements, 2 in open country; settlements that cross the county line: Ashford")

	in.SettlementCodes[0].Data.Rows = in.SettlementCodes[0].Data.Rows[:5]
	c = build(t, in)
	if c.Settlements[2].Crosses {
		t.Error("Ashford crosses the line, and no row says so")
	}
	checked(t, c, settled, true, "whether a settlement crosses the county line is not known")
}

func TestSettlementsAreCarried(t *testing.T) {
	in := older()
	bua := codes("bua", "O1|T1|One||", "O2|T2|Two||", "O4|T4|Four||", "O9|T2|Two||")
	bua.Older = true
	in.SettlementCodes = []county.Table[source.Codes]{bua}
	c := build(t, in)
	if diff := cmp.Diff([]string{"T1 measured", "T2 carried", "T2 carried", "T4 carried"}, settlementsOf(c)); diff != "" {
		t.Errorf("settlements (-want +got):\n%s", diff)
	}
	if got := c.Settlements[1]; !got.Crosses {
		t.Errorf("%+v, want it to cross the line: O9 lies outside", got)
	}
}

func TestSettlementsByPolygons(t *testing.T) {
	// A1 and A2 lie side by side. In A1 homes stand at 0.25 and 0.75 km, one
	// each; in A2 three at 1.25 and one at 1.75.
	in := tables(row(2)...)
	homes := func(id string, x, n float64) source.Place {
		p := spot(id, x, 0.5)
		p.Weight = source.Value{Number: n, Known: true}
		return p
	}
	in.Points = []county.Table[source.Places]{places("points", homes("a", 0.25, 1), homes("b", 0.75, 1), homes("c", 1.25, 3), homes("d", 1.75, 1))}
	for _, tc := range []struct {
		name    string
		towns   []source.Boundary
		want    []string
		crosses []bool
	}{
		{"exactly half of the people", []source.Boundary{{Code: "T1", Shape: rectangle(0, 0, 0.5, 1)}}, []string{"T1 estimated", " "}, []bool{false}},
		{"half in each of two: the lower id", []source.Boundary{{Code: "T2", Shape: rectangle(0, 0, 0.5, 1)}, {Code: "T1", Shape: rectangle(0.5, 0, 1, 1)}}, []string{"T1 estimated", " "}, []bool{false}},
		{"three quarters before a quarter", []source.Boundary{{Code: "T1", Shape: rectangle(1.5, 0, 2, 1)}, {Code: "T2", Shape: rectangle(1, 0, 1.5, 1)}}, []string{" ", "T2 estimated"}, []bool{false}},
		{"more than half, in two that overlap: the larger share", []source.Boundary{{Code: "T1", Shape: rectangle(1, 0, 1.5, 1)}, {Code: "T2", Shape: rectangle(1, 0, 2, 1)}}, []string{" ", "T2 estimated"}, []bool{false}},
		{"a quarter is not enough", []source.Boundary{{Code: "T1", Shape: rectangle(1.5, 0, 2, 1)}}, []string{" ", " "}, nil},
		{"a third of its ground lies outside", []source.Boundary{{Code: "T1", Shape: rectangle(1, 0, 2, 1.5)}}, []string{" ", "T1 estimated"}, []bool{true}},
		{"a sliver of its ground lies outside", []source.Boundary{{Code: "T1", Shape: rectangle(1, 0, 2, 1.04)}}, []string{" ", "T1 estimated"}, []bool{false}},
		{"invalid, and mended", []source.Boundary{{Code: "T1", Shape: orb.MultiPolygon{{{at(0, 0), at(1, 1), at(1, 0), at(0, 1), at(0, 0)}}}}}, []string{"T1 estimated", " "}, []bool{false}},
	} {
		in.SettlementShapes = []county.Table[source.Boundaries]{towns("bua", tc.towns...)}
		c := build(t, in)
		if diff := cmp.Diff(tc.want, settlementsOf(c)); diff != "" {
			t.Errorf("%s: settlements (-want +got):\n%s", tc.name, diff)
		}
		var crosses []bool
		for _, s := range c.Settlements {
			crosses = append(crosses, s.Crosses)
		}
		if diff := cmp.Diff(tc.crosses, crosses); diff != "" {
			t.Errorf("%s: crosses the county line (-want +got):\n%s", tc.name, diff)
		}
	}
}

// Codes come first, polygons fill in; a site has the settlement of its area.
func TestCodesBeforePolygons(t *testing.T) {
	in := tables(row(3)...)
	in.SettlementCodes = []county.Table[source.Codes]{codes("codes", "A1|T1|One BUA||", "A2||||")}
	in.SettlementShapes = []county.Table[source.Boundaries]{towns("shapes",
		source.Boundary{Code: "T9", Name: "Nine (Kent)", Shape: rectangle(0, 0, 2, 1)}, source.Boundary{Code: "FAR", Shape: square(50, 50)})}
	in.Sites = []county.Table[source.Places]{places("sites", spot("s", 1.5, 0.5))}
	c := build(t, in)
	if diff := cmp.Diff([]string{"T1 measured", "T9 estimated", " "}, settlementsOf(c)); diff != "" {
		t.Errorf("settlements (-want +got):\n%s", diff)
	}
	if c.SettlementName("T9") != "Nine" || c.Sites[0].Settlement != "T9" {
		t.Errorf("T9 is named %q, and the site in it is of %q, want Nine and T9", c.SettlementName("T9"), c.Sites[0].Settlement)
	}
	if u := use(t, c, "shapes"); u.Used != 1 || u.Dropped != 1 || u.Codes[0] != "FAR" {
		t.Errorf("use of the shapes = %+v, want FAR dropped", u)
	}
	in.SettlementShapes[0].Data.Rows[1].Code = "T9"
	failsRow(t, "a settlement twice", in, `shapes.gpkg: line 2: code "T9": want each settlement once; remove the second row, or correct its code`)
}
