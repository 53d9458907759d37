package county_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

var nan = math.NaN()

// full is an indicator with rank, decile, score and rate in columns 0 to 3.
func full(id string, of int) county.IndicatorColumns {
	c := indicator(id)
	c.Of, c.Rank, c.Decile, c.Score, c.Rate = of, 0, 1, 2, 3
	return c
}

func measured(n float64) county.Value { return county.Value{Number: n, Basis: county.Measured} }

func TestIndicators(t *testing.T) {
	in := tables(row(3)...)
	in.Indicators = []county.IndicatorTable{
		values("iod", []county.IndicatorColumns{full("imd", 100)}, nums("A1", 1, 1, 70.5, 0.4), nums("A2", 100, nan, nan, nan), nums("A3", nan, nan, nan, nan), nums("Z1", 999, 99, nan, 9)),
	}
	percent := indicator("meals")
	percent.Rate, percent.Percent = 0, true
	in.Indicators = append(in.Indicators, values("meals", []county.IndicatorColumns{percent}, nums("A1", 100), nums("A2", 12.5)))
	c := build(t, in)
	want := [][]county.Measure{
		{{Rank: measured(1), Decile: measured(1), Score: measured(70.5), Rate: measured(0.4)}, {Rate: measured(1)}},
		// No decile published: the tenth of its rank.
		{{Rank: measured(100), Decile: measured(10)}, {Rate: measured(0.125)}},
		{{}, {}},
	}
	for i, a := range c.Areas {
		if diff := cmp.Diff(want[i], a.Measures); diff != "" {
			t.Errorf("measures of %s (-want +got):\n%s", a.Code, diff)
		}
	}
	// The values of other areas are nobody's business, odd or not.
	if u := use(t, c, "iod"); u.Read != 4 || u.Used != 3 || u.Dropped != 1 || u.Codes[0] != "Z1" {
		t.Errorf("use of the indicators = %+v, want Z1 dropped", u)
	}
	checked(t, c, "Most areas have a value of the indicator imd", true, "2 of 3 areas; not published for: A3")
	if c.Indicators[0].Local || c.Indicators[0].Of != 100 {
		t.Errorf("indicator = %+v, want a national one of 100", c.Indicators[0])
	}
}

func TestIndicatorFaults(t *testing.T) {
	for _, tc := range []struct {
		name string
		row  []float64
		want string
	}{
		{"decile 11", []float64{1, 11, 0, 0}, `iod.csv: line 2: imd decile "11": want 1 to 10; correct the value, or map another column`},
		{"decile 0", []float64{1, 0, 0, 0}, `iod.csv: line 2: imd decile "0": want 1 to 10; correct the value, or map another column`},
		{"rank 0", []float64{0, 1, 0, 0}, `iod.csv: line 2: imd rank "0": want 1 to 33755; correct the value, or map another column`},
		{"rank past the last", []float64{33756, 1, 0, 0}, `iod.csv: line 2: imd rank "33756": want 1 to 33755; correct the value, or map another column`},
		{"a rate in per cent", []float64{1, 1, 0, 12.5}, `iod.csv: line 2: imd rate "12.5": want 0 to 1; correct the value, or map another column`},
		{"a negative rate", []float64{1, 1, 0, -0.1}, `iod.csv: line 2: imd rate "-0.1": want 0 to 1; correct the value, or map another column`},
		{"an infinite score", []float64{1, 1, math.Inf(1), 0}, `iod.csv: line 2: imd score "+Inf": want a finite number; correct the value, or map another column`},
	} {
		in := tables(row(2)...)
		in.Indicators = []county.IndicatorTable{values("iod", []county.IndicatorColumns{full("imd", 33755)}, nums("A1", tc.row...), nums("A2", tc.row...))}
		failsRow(t, tc.name, in, tc.want)
	}
	in := tables(row(1)...)
	c := indicator("idaci")
	c.Numerator, c.Ages = 0, [2]int{0, 15}
	in.Indicators = []county.IndicatorTable{values("n", []county.IndicatorColumns{c}, nums("A1", -5))}
	failsRow(t, "a negative number of people", in, `n.csv: line 2: idaci number of people "-5": want 0 or more; correct the value, or map another column`)
	in.Indicators = []county.IndicatorTable{values("n", []county.IndicatorColumns{c}, nums("A1", 5), nums("A1", 5))}
	failsRow(t, "an area twice", in, `n.csv: line 3: code "A1": want each area once; remove the second row, or correct its code`)
	in.Indicators[0].Older = true
	fails(t, "older areas and no look-up", in, county.Params{}, `n.csv is keyed to older areas: no look-up from the older areas: add an input with role "lookup"`)
}

func TestNumerators(t *testing.T) {
	in := tables(row(4)...) // 10 aged 7 in each
	in.Population[0].Data.Rows[3].Counts[7] = 0
	c := indicator("idaci")
	c.Numerator, c.Ages = 0, [2]int{0, 15}
	in.Indicators = []county.IndicatorTable{values("n", []county.IndicatorColumns{c}, nums("A1", 4), nums("A2", 15), nums("A3", nan), nums("A4", 5))}
	got := build(t, in)
	for i, want := range []county.Value{
		{Number: 0.4, Basis: county.Estimated},
		{Number: 1, Basis: county.Estimated}, // 15 of 10: taken as all
		{},                                   // suppressed is not zero
		{},                                   // of nobody
	} {
		if v := got.Areas[i].Measures[0].Rate; v != want {
			t.Errorf("rate of A%d = %+v, want %+v", i+1, v, want)
		}
	}
	checked(t, got, "Most areas have a value of the indicator idaci", false, "2 of 4 areas; not published for: A3, A4; 1 rate over one")

	// A published rate comes before a number of people.
	c.Rate = 1
	in.Indicators = []county.IndicatorTable{values("n", []county.IndicatorColumns{c}, nums("A1", 4, 0.9))}
	if v := build(t, in).Areas[0].Measures[0].Rate; v != measured(0.9) {
		t.Errorf("rate = %+v, want the published 0.9", v)
	}
}

func TestLocalRanks(t *testing.T) {
	in := tables(row(5)...)
	c := indicator("meals")
	c.Value = 0
	rows := []numbers{nums("A1", 30), nums("A2", 50), nums("A3", nan), nums("A4", 50), nums("A5", 10)}
	for _, tc := range []struct {
		name  string
		low   bool
		ranks []float64 // 0 unknown
		tens  []float64 // of 4 areas: 2.5 a rank
	}{
		{"high is bad", false, []float64{3, 1, 0, 1, 4}, []float64{8, 3, 0, 3, 10}},
		{"low is bad", true, []float64{2, 3, 0, 3, 1}, []float64{5, 8, 0, 8, 3}},
	} {
		c.LowIsBad = tc.low
		in.Indicators = []county.IndicatorTable{values("meals", []county.IndicatorColumns{c}, rows...)}
		got := build(t, in)
		for i := range tc.ranks {
			if m := got.Areas[i].Measures[0]; m.Rank.Number != tc.ranks[i] || m.Decile.Number != tc.tens[i] || m.Rank.Known() != (tc.ranks[i] > 0) {
				t.Errorf("%s: A%d has rank %v, decile %v, want %v, %v", tc.name, i+1, m.Rank, m.Decile, tc.ranks[i], tc.tens[i])
			}
		}
		if ind := got.Indicators[0]; !ind.Local || ind.Of != 4 {
			t.Errorf("%s: indicator %+v, want a local one of 4", tc.name, ind)
		}
	}
}

// Tables of older areas: rates are inherited, merged means weighted by people,
// deciles told anew, numbers of people shared; each says where it comes from.
func TestIndicatorsAreCarried(t *testing.T) {
	in := older()
	in.Population = append(in.Population, weights())
	iod := values("iod", []county.IndicatorColumns{full("imd", 100)}, nums("O1", 7, 1, 60, 0.3), nums("O2", 34, 4, 20, 0.2), nums("O3", 10, 1, 50, 0.5), nums("O4", 60, 6, 10, 0.1), nums("O9", 5, 5, 5, 5))
	iod.Older = true
	n := indicator("idaci")
	n.Numerator, n.Ages = 0, [2]int{0, 15}
	idaci := values("idaci", []county.IndicatorColumns{n}, nums("O1", 4), nums("O2", 12), nums("O3", 3), nums("O4", 7))
	idaci.Older = true
	onlyDecile := indicator("crime")
	onlyDecile.Decile = 0
	crime := values("crime", []county.IndicatorColumns{onlyDecile}, nums("O1", 2), nums("O2", 3), nums("O3", 1), nums("O4", 6))
	crime.Older = true
	in.Indicators = []county.IndicatorTable{iod, idaci, crime}
	c := build(t, in)
	carried := func(n float64) county.Value { return county.Value{Number: n, Basis: county.Carried} }
	estimated := func(n float64) county.Value { return county.Value{Number: n, Basis: county.Estimated} }
	want := [][]county.Measure{
		{{Rank: measured(7), Decile: measured(1), Score: measured(60), Rate: measured(0.3)}, {Rate: estimated(0.4)}, {Decile: measured(2)}},
		{{Rank: carried(34), Decile: carried(4), Score: carried(20), Rate: carried(0.2)}, {Rate: estimated(0.4)}, {Decile: carried(3)}},
		{{Rank: carried(34), Decile: carried(4), Score: carried(20), Rate: carried(0.2)}, {Rate: estimated(0.4)}, {Decile: carried(3)}},
		// O3 has 66 people and O4 154: 0.3 and 0.7. Rank 0.3 x 10 + 0.7 x 60 = 45,
		// score 0.3 x 50 + 0.7 x 10 = 22, rate 0.3 x 0.5 + 0.7 x 0.1 = 0.22; the
		// decile is that of rank 45, not the mean of 1 and 6; 10 of 20 children in
		// need; without a rank the mean of 1 and 6 is 4.5, decile 5.
		{{Rank: carried(45), Decile: carried(5), Score: carried(22), Rate: carried(0.22)}, {Rate: estimated(0.5)}, {Decile: carried(5)}},
	}
	close := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < tol })
	for i, a := range c.Areas {
		if diff := cmp.Diff(want[i], a.Measures, close); diff != "" {
			t.Errorf("measures of %s (-want +got):\n%s", a.Code, diff)
		}
	}
	// Children in need are conserved: 4 + 12 + 10.
	sum := 0.0
	for _, a := range c.Areas {
		sum += a.Measures[1].Rate.Number * a.Residents.Between(0, 15)
	}
	check(t, "children in need after the carry", sum, 26)
}

// What is published for the new areas is measured, split or not (V29).
func TestValuesOfNewAreasAreMeasured(t *testing.T) {
	in := older()
	in.Indicators = []county.IndicatorTable{values("iod", []county.IndicatorColumns{full("imd", 100)}, nums("A2", 1, 1, 1, 1), nums("A3", 60, 6, 1, 0.1))}
	c := build(t, in)
	if a, b := c.Areas[1].Measures[0], c.Areas[2].Measures[0]; a.Decile != measured(1) || b.Decile != measured(6) {
		t.Errorf("deciles of the parts of a split area = %+v, %+v, want 1 and 6, measured", a.Decile, b.Decile)
	}
}

func TestRuralUrban(t *testing.T) {
	const title = "Every area has a rural-urban class"
	in := tables(row(2)...)
	if k := found(t, build(t, in), title); k.Ran || k.Passed {
		t.Errorf("without a table: %+v, want it not run", k)
	}
	for class, rural := range map[string]bool{
		"UN1": false, "UF1": false, "RLN1": true, "RSN1": true, "RLF1": true, "RSF1": true,
		"A1": false, "B1": false, "C1": false, "C2": false, "D1": true, "D2": true, "E1": true, "E2": true, "F1": true, "F2": true,
		"Urban city and town": false, "Rural village and dispersed": true,
	} {
		in.RuralUrban = []county.Table[source.Codes]{codes("ruc", "A1|"+class, "A2|UN1")}
		a := build(t, in).Areas[0]
		if a.Rural != rural || a.RuralUrban != class || a.RuralUrbanFrom != county.Measured {
			t.Errorf("class %s: rural %v as %q, %s, want %v, measured", class, a.Rural, a.RuralUrban, a.RuralUrbanFrom, rural)
		}
	}
	in.RuralUrban = []county.Table[source.Codes]{codes("ruc", "A1|9", "A2|", "A1|D1"), codes("later", "A1|UN1")}
	c := build(t, in)
	if a := c.Areas[0]; a.RuralUrban != "D1" || !a.Rural {
		t.Errorf("A1 = %+v, want the first class that is one", a.RuralUrban)
	}
	if a := c.Areas[1]; a.RuralUrban != "" || a.RuralUrbanFrom != county.Unknown {
		t.Errorf("A2 has the class %q from %q, want none", a.RuralUrban, a.RuralUrbanFrom)
	}
	checked(t, c, title, false, "D1 1; without: A2; not a class of 2011 or 2021, and taken as not known: 9")
}

func TestRuralUrbanIsCarried(t *testing.T) {
	in := older()
	ruc := codes("ruc", "O1|A1", "O2|D1", "O4|E1", "O3|C1", "O7|C1")
	ruc.Older = true
	in.RuralUrban = []county.Table[source.Codes]{ruc}
	c := build(t, in)
	var got []string
	for _, a := range c.Areas {
		got = append(got, a.RuralUrban+" "+string(a.RuralUrbanFrom))
	}
	// A4 is merged of O3 and O4: the class of the first by code.
	if want := "A1 measured,D1 carried,D1 carried,C1 carried"; strings.Join(got, ",") != want {
		t.Errorf("classes = %v, want %s", got, want)
	}
	if u := use(t, c, "ruc"); u.Used != 4 || u.Dropped != 1 {
		t.Errorf("use of the classes = %+v, want 4 used, O7 dropped", u)
	}
}
