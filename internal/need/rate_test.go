package need_test

import (
	"fmt"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/need"
)

// in puts an area into a district.
func in(district county.DistrictCode, a county.Area) county.Area {
	a.District = district
	return a
}

func TestRates(t *testing.T) {
	c := &county.County{Indicators: indicators("idaci", "income"), Areas: []county.Area{
		in("D1", area(100, 0, rate(0.5), rate(0.9))), // the first that is known
		in("D1", area(300, 0, blank, rate(0.2))),     // the second stands in
		in("D1", area(40, 0, blank, blank)),          // the mean of D1: (50 + 60) / 400
		in("D2", area(80, 0, blank, blank)),          // nothing in D2: the mean of the county, the same
		in("D1", area(0, 90, rate(0), blank)),        // a rate of nobody is a rate
	}}
	r := assess(t, c, need.Params{Rate: []string{"idaci", "income"}})
	for i, want := range []struct {
		rate, inNeed float64
		from         string
	}{
		{0.5, 50, "idaci"}, {0.2, 60, "income"}, {0.275, 11, ""}, {0.275, 22, ""}, {0, 0, "idaci"},
	} {
		check(t, fmt.Sprintf("rate of area %d", i), r.Areas[i].Rate, want.rate)
		check(t, fmt.Sprintf("people in need of area %d", i), r.Areas[i].InNeed, want.inNeed)
		if r.Areas[i].RateFrom != want.from {
			t.Errorf("area %d has its rate from %q, want %q", i, r.Areas[i].RateFrom, want.from)
		}
	}
	for _, want := range []string{
		"rate of need: income stands in for idaci in 1 area where that is not published",
		"rate of need: not published for 1 area; the mean rate of the district stands in",
		"rate of need: not published for 1 area whose districts have none; the mean rate of the county stands in",
	} {
		if !noted(r, want) {
			t.Errorf("notes %q, want %q", r.Notes, want)
		}
	}
	if r.NoRate {
		t.Error("NoRate is set, want it unset: three areas have a rate")
	}
}

func TestRateOfNoArea(t *testing.T) {
	c := &county.County{Indicators: indicators("idaci"), Areas: []county.Area{area(100, 0, blank), area(50, 0, blank)}}
	r := assess(t, c, need.Params{Rate: []string{"idaci"}})
	if !r.NoRate || !noted(r, "not published for any area, everyone aged 0-19 counts as in need") || noted(r, "district") {
		t.Errorf("no rate %v, notes %q, want everyone counted and no talk of districts", r.NoRate, r.Notes)
	}
	check(t, "people in need", r.Areas[0].InNeed, 100)
}

func TestYouth(t *testing.T) {
	x := need.Transform(2, 100)
	c := &county.County{Indicators: indicators("crime"), Areas: []county.Area{
		area(100, 0, rank(1)), area(300, 0, rank(2)), area(500, 0, blank), area(0, 10, rank(1)),
	}}
	c.Areas[0].Residents[9], c.Areas[0].Residents[20] = 1000, 1000 // neither 9 nor 20 is 10 to 19
	r := assess(t, c, need.Params{Youth: map[string]float64{"crime": 2}})
	check(t, "youth need of 100 at rank 1", r.Areas[0].Youth, 100)
	check(t, "youth need of 300 at rank 2", r.Areas[1].Youth, 3*x)
	check(t, "youth need where crime is not known", r.Areas[2].Youth, 0)
	for i, want := range []int{2, 1, 3, 3} { // equals share the better rank
		if got := r.Areas[i].YouthRank; got != want {
			t.Errorf("youth rank of area %d = %d, want %d", i, got, want)
		}
	}
	if !noted(r, "youth need: 1 area has none of the youth indicators") {
		t.Errorf("notes %q, want the area without named", r.Notes)
	}
	// Without indicators it is the number of people.
	alone := assess(t, c, need.Params{})
	check(t, "youth need from people alone", alone.Areas[2].Youth, 500)
	if alone.Areas[2].YouthRank != 1 {
		t.Errorf("youth rank from people alone = %d, want 1", alone.Areas[2].YouthRank)
	}
}
