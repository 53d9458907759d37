package county_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/source"
)

func TestAgesBetween(t *testing.T) {
	var a county.Ages
	for i := range a {
		a[i] = 1
	}
	for _, tc := range []struct {
		from, to int
		want     float64
	}{{0, 19, 20}, {10, 19, 10}, {0, 0, 1}, {90, 120, 1}, {89, 90, 2}, {-5, 3, 4}, {5, 4, 0}, {0, 500, 91}} {
		check(t, "Between", a.Between(tc.from, tc.to), tc.want)
	}
	check(t, "Total", a.Total(), 91)
}

// bandsFrom are bands that begin at these ages, the last of them open.
func bandsFrom(starts ...int) []source.AgeBand {
	var bands []source.AgeBand
	for i, from := range starts {
		to := source.OpenAge
		if i+1 < len(starts) {
			to = starts[i+1] - 1
		}
		bands = append(bands, source.AgeBand{From: from, To: to})
	}
	return bands
}

// banded is a county of one area with these counts in these bands.
func banded(bands []source.AgeBand, counts ...float64) county.Tables {
	in := tables(row(1)...)
	in.Population[0].Data.Bands = bands
	in.Population[0].Data.Rows = []source.PopulationRow{{Line: 2, Code: "A1", Counts: counts}}
	return in
}

func TestBandsOfAges(t *testing.T) {
	const title = "Ages are published by single year up to 25"
	for _, tc := range []struct {
		name   string
		bands  []source.AgeBand
		counts []float64
		young  float64
		basis  county.Basis
		passed bool
		detail string
	}{
		{"single years to 25, then bands", append(years()[:26], source.AgeBand{From: 26, To: source.OpenAge}), append(make([]float64, 26), 500), 0, county.Measured, true, "sum of published years"},
		// 0-15 and 16-24: 80 + 4/9 of 90.
		{"a band over 19", bandsFrom(0, 16, 25), []float64{80, 90, 500}, 120, county.Estimated, false, "so 0-19 is an estimate"},
		{"five years each", bandsFrom(0, 5, 10, 15, 20), []float64{10, 20, 30, 40, 500}, 100, county.Estimated, false, "0-19 is a sum of published bands"},
	} {
		c := build(t, banded(tc.bands, tc.counts...))
		check(t, tc.name+": aged 0-19", c.People(0, 19), tc.young)
		if c.Areas[0].People != tc.basis {
			t.Errorf("%s: basis %q, want %q", tc.name, c.Areas[0].People, tc.basis)
		}
		checked(t, c, title, tc.passed, tc.detail)
	}
	// Nobody over 30 is in a band: said, since towns are told by their size.
	c := build(t, banded([]source.AgeBand{{From: 0, To: 19}, {From: 20, To: 30}}, 5, 5))
	checked(t, c, "Residents of every age are counted", false, "no column counts age 31 and over")
}

func TestPopulationFaults(t *testing.T) {
	in := tables(row(1)...)
	in.Population = nil
	fails(t, "no table", in, county.Params{}, `no people: add an input with role "population"`)
	if _, err := county.Build(in, county.Params{}); !errors.Is(err, county.ErrNoPeople) {
		t.Errorf("%v, want ErrNoPeople", err)
	}

	failsRow(t, "totals only", banded(nil), `people.csv: age columns: want every age from 0 to 19, in single years or bands; age 0 is in none; map the columns of ages, or put a table with ages first`)
	failsRow(t, "a gap", banded([]source.AgeBand{{From: 0, To: 9}, {From: 16, To: 99}}, 1, 1), `people.csv: age columns: want every age from 0 to 19, in single years or bands; age 10 is in none; map the columns of ages, or put a table with ages first`)
	failsRow(t, "negative", banded(bandsFrom(0, 20), -3, 1), `people.csv: line 2: residents aged 0 "-3": want a number of people, zero or more; correct the value`)
	failsRow(t, "not a number", banded(bandsFrom(0, 20), 3, math.NaN()), `people.csv: line 2: residents aged 20 "NaN": want a number of people, zero or more; correct the value`)

	in = tables(row(1)...)
	in.Population[0].Data.Rows = append(in.Population[0].Data.Rows, ages(3, "A1", 1, 1))
	failsRow(t, "an area twice", in, `people.csv: line 3: code "A1": want each area once; remove the second row, or correct its code`)

	in = tables(row(1)...)
	in.Population[0].Data.Rows[0].Code = "Z1"
	failsRow(t, "codes of another edition", in, `people.csv: code: want codes of the areas of the boundaries; nobody lives in any of those: no people; check the area codes of both files`)

	in = tables(row(1)...)
	in.Population[0].Older = true
	fails(t, "older areas and no look-up", in, county.Params{}, `people.csv is keyed to older areas: no look-up from the older areas: add an input with role "lookup"`)
	in.Lookup = []county.Table[source.Codes]{codes("lookup", "O1|Z9|U|")}
	fails(t, "a look-up of elsewhere", in, county.Params{}, `people.csv is keyed to older areas: no look-up from the older areas: no row of lookup.csv leads to an area of the boundaries; check its columns from and to`)
	if _, err := county.Build(in, county.Params{}); !errors.Is(err, county.ErrNoLookup) {
		t.Errorf("%v, want ErrNoLookup", err)
	}
}

func TestAreaWithoutPeople(t *testing.T) {
	in := tables(row(3)...)
	in.Population[0].Data.Rows = in.Population[0].Data.Rows[:2]
	in.Population[0].Data.Notes = []string{"line 2: total 99, ages add up to 100"}
	c := build(t, in)
	checked(t, c, "Every area has a population", false, "2 areas with people, 0 of them carried from areas of an older edition; without: A3")
	checked(t, c, "The ages of every row of population add up to its total", false, "line 2")
	if c.Areas[2].People != county.Unknown {
		t.Errorf("people of A3 are %q, want unknown", c.Areas[2].People)
	}
}

// older makes a county of A1 to A4 from older areas: O1 is A1 unchanged, O2 was
// split into A2 and A3, O3 and O4 were merged into A4. The older table has 10,
// 30, 6 and 14 young people and ten times as many old.
func older() county.Tables {
	in := tables(row(4)...)
	in.Population[0].Older = true
	in.Population[0].Data.Rows = []source.PopulationRow{ages(2, "O1", 10, 100), ages(3, "O2", 30, 300), ages(4, "O3", 6, 60), ages(5, "O4", 14, 140)}
	in.Lookup = []county.Table[source.Codes]{codes("lookup", "O1|A1|U|", "O2|A2|s|", "O2|A3|S|", "O3|A4|M|", "O4|A4|M|")}
	return in
}

// weights counts the new areas: 1 young in A2 and 2 in A3, but 60 and 40 old.
func weights() county.Table[source.Population] {
	t := tables(row(4)...).Population[0]
	t.Name, t.File = "census", "census.csv"
	t.Data.Rows = []source.PopulationRow{ages(2, "A1", 5, 5), ages(3, "A2", 1, 60), ages(4, "A3", 2, 40), ages(5, "A4", 9, 9)}
	return t
}

func TestPeopleAreCarried(t *testing.T) {
	in := older()
	in.Population = append(in.Population, weights())
	c := build(t, in)
	for i, want := range []struct {
		young, old float64
		basis      county.Basis
	}{
		{10, 100, county.Measured}, // unchanged: what was counted there
		{10, 180, county.Carried},  // a third of 30 young, 60 of 100 of the old
		{20, 120, county.Carried},
		{20, 200, county.Carried}, // added up
	} {
		a := c.Areas[i]
		check(t, string(a.Code)+" young", a.Residents[7], want.young)
		check(t, string(a.Code)+" old", a.Residents[40], want.old)
		if a.People != want.basis {
			t.Errorf("%s: people are %q, want %q", a.Code, a.People, want.basis)
		}
	}
	checked(t, c, "Carrying population over conserves its people", true, "660 people before and 660 after; aged 0-19 60 before and 60 after")
	checked(t, c, "Every split area is shared by the residents of its parts", true, "none")
	checked(t, c, "Every area is made from areas of the older edition", true, "5 rows: 1 unchanged, 2 split, 2 merged")
	checked(t, c, "Every area has a population", true, "4 areas with people, 3 of them carried")
}

// Without a table of the new areas a split is shared equally, and said so; a
// table of totals is enough to share by.
func TestWeightsOfASplit(t *testing.T) {
	c := build(t, older())
	check(t, "young of A2 without weights", c.Areas[1].Residents[7], 15)
	checked(t, c, "Every split area is shared by the residents of its parts", false, "O2")

	in := older()
	totals := weights()
	totals.Data.Bands = nil
	for i, n := range []float64{1, 25, 75, 1} {
		totals.Data.Rows[i] = source.PopulationRow{Line: i + 2, Code: totals.Data.Rows[i].Code, Total: source.Value{Number: n, Known: true}}
	}
	in.Population = append(in.Population, totals)
	c = build(t, in)
	check(t, "young of A2 by totals of 25 and 75", c.Areas[1].Residents[7], 7.5)
	check(t, "old of A3 by totals of 25 and 75", c.Areas[2].Residents[40], 225)

	// A table that lacks one of the parts is no weight: A3 is not nobody.
	in = older()
	part := weights()
	part.Data.Rows = part.Data.Rows[:2]
	in.Population = append(in.Population, part)
	c = build(t, in)
	check(t, "young of A2 where A3 is not counted", c.Areas[1].Residents[7], 15)
	checked(t, c, "Every split area is shared by the residents of its parts", false, "O2")
}

// Bands and a carry: the worst of the two is said.
func TestCarriedBandsAreEstimated(t *testing.T) {
	in := older()
	in.Population[0].Data.Bands = bandsFrom(0, 16, 25)
	for i := range in.Population[0].Data.Rows {
		in.Population[0].Data.Rows[i].Counts = []float64{16, 9, 65}
	}
	for _, a := range build(t, in).Areas {
		if a.People != county.Estimated {
			t.Errorf("%s: people are %q, want estimated", a.Code, a.People)
		}
	}
}

// The people of an older area that became two, one of them outside the county,
// are not all given to the one inside.
func TestSplitAcrossTheCountyLine(t *testing.T) {
	in := older()
	in.Lookup[0].Data.Rows = append(in.Lookup[0].Data.Rows, source.CodeRow{Line: 9, Texts: []string{"O1", "Z1", "X", ""}})
	w := weights()
	w.Data.Rows = append(w.Data.Rows, ages(6, "Z1", 5, 5))
	in.Population = append(in.Population, w)
	c := build(t, in)
	check(t, "young of A1, 5 in 10 of its parent's", c.Areas[0].Residents[7], 5)
	if c.Areas[0].People != county.Carried {
		t.Errorf("people of A1 are %q, want carried", c.Areas[0].People)
	}
	checked(t, c, "Carrying population over conserves its people", true, "55 of them, 5 aged 0-19, live in parts of older areas that lie outside the county")
	checked(t, c, "Every area is made from areas of the older edition", true, "rows that lead from older areas of the county to areas outside it: 1")
}

// Rows that lead nowhere in the county are dropped and named, not an error.
func TestOlderRowsOfElsewhere(t *testing.T) {
	in := older()
	in.Population[0].Data.Rows = append(in.Population[0].Data.Rows, ages(6, "O9", 500, 500))
	in.Lookup[0].Data.Rows = append(in.Lookup[0].Data.Rows, source.CodeRow{Line: 9, Texts: []string{"O8", "Z8", "U", ""}})
	c := build(t, in)
	check(t, "People(0, 19)", c.People(0, 19), 60)
	if u := use(t, c, "population"); u.Dropped != 1 || u.Codes[0] != "O9" {
		t.Errorf("use of the population = %+v, want O9 dropped", u)
	}
	if u := use(t, c, "lookup"); u.Used != 5 || u.Dropped != 1 || u.Codes[0] != "Z8" {
		t.Errorf("use of the look-up = %+v, want 5 used and Z8 dropped", u)
	}
}

func TestLookupFaults(t *testing.T) {
	in := older()
	in.Lookup[0].Data.Rows[1].Texts[2] = "Q"
	failsRow(t, "an unknown change", in, `lookup.csv: line 3: change "Q": want U, S, M or X, or blank; map the column CHGIND`)
	in = older()
	in.Lookup[0].Data.Rows = append(in.Lookup[0].Data.Rows, source.CodeRow{Line: 7, Texts: []string{"O1", "A1", "U", ""}})
	failsRow(t, "a pair twice", in, `lookup.csv: line 7: from and to "O1 to A1": want each pair once; remove the second row, or correct its from and to`)
	in = older()
	in.Lookup[0].Data.Rows = in.Lookup[0].Data.Rows[1:]
	c := build(t, in)
	checked(t, c, "Every area is made from areas of the older edition", false, "areas without a row: A1")
	checked(t, c, "Every area has a population", false, "without: A1")
}

// An area that is one older area, reshaped, was not measured as it is.
func TestReshapedIsNeverMeasured(t *testing.T) {
	in := older()
	in.Lookup[0].Data.Rows[0].Texts[2] = "X"
	if c := build(t, in); c.Areas[0].People != county.Carried {
		t.Errorf("people of a reshaped area are %q, want carried", c.Areas[0].People)
	}
}

func TestTitlesAreSentences(t *testing.T) {
	in := older()
	in.Population = append(in.Population, weights())
	for _, k := range build(t, in).Checks {
		if k.Title == "" || k.Detail == "" || strings.HasSuffix(k.Title, ".") {
			t.Errorf("check %+v, want a title without a full stop, and a detail", k)
		}
		if !k.Ran && k.Passed {
			t.Errorf("check %+v passed without being run", k)
		}
	}
}
