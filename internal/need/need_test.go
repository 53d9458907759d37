package need_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/need"
)

const tol = 1e-9

func check(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > tol {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// known is a published value, rank that a rank was published, and so on.
func known(n float64) county.Value { return county.Value{Number: n, Basis: county.Measured} }

func rank(n float64) county.Measure { return county.Measure{Rank: known(n)} }
func rate(n float64) county.Measure { return county.Measure{Rate: known(n)} }

var blank county.Measure

// indicators names indicators that rank among 100 areas.
func indicators(ids ...string) []county.Indicator {
	var all []county.Indicator
	for _, id := range ids {
		all = append(all, county.Indicator{ID: id, Of: 100})
	}
	return all
}

// area has young people aged 12 and old ones aged 40.
func area(young, old float64, measures ...county.Measure) county.Area {
	a := county.Area{District: "D1", Measures: measures}
	a.Residents[12], a.Residents[40] = young, old
	return a
}

func assess(t *testing.T, c *county.County, p need.Params) need.Result {
	t.Helper()
	r, err := need.Assess(c, p)
	if err != nil {
		t.Fatalf("Assess(%+v): %v", p, err)
	}
	return r
}

// noted reports whether a note holds the text.
func noted(r need.Result, text string) bool {
	for _, n := range r.Notes {
		if strings.Contains(n, text) {
			return true
		}
	}
	return false
}

// A score of one indicator gives back its national rank, and the decile that is
// published with it: the tenths of 33,755 areas end at 3375.5, 6751, ...
func TestOneIndicatorGivesBackItsRank(t *testing.T) {
	const of = 33755
	c := &county.County{Indicators: []county.Indicator{{ID: "imd", Of: of}}}
	ranks := []int{1, 2, 48, 3375, 3376, 6751, 6752, 16877, 16878, 30379, 30380, of - 1, of}
	deciles := []int{1, 1, 1, 1, 2, 2, 3, 5, 6, 9, 10, 10, 10}
	for _, r := range ranks {
		c.Areas = append(c.Areas, area(10, 10, rank(float64(r))))
	}
	r := assess(t, c, need.Params{Weights: map[string]float64{"imd": 0.3}})
	for i := range ranks {
		if got := r.Areas[i]; got.Rank != ranks[i] || got.Decile != deciles[i] || !got.Known {
			t.Errorf("rank %d gives rank %d, decile %d, want it back, decile %d", ranks[i], got.Rank, got.Decile, deciles[i])
		}
	}
	if r.Of != of || r.Local || r.PopulationOnly {
		t.Errorf("Of = %d, local %v, population only %v, want %d, false, false", r.Of, r.Local, r.PopulationOnly, of)
	}
}

func TestEveryRankComesBack(t *testing.T) {
	for _, of := range []int{1, 10, 938, 32844, 33755} {
		c := &county.County{Indicators: []county.Indicator{{ID: "x", Of: of}}}
		for k := 1; k <= of; k++ {
			c.Areas = append(c.Areas, county.Area{Measures: []county.Measure{rank(float64(k))}})
		}
		r := assess(t, c, need.Params{Weights: map[string]float64{"x": 7}})
		for k := 1; k <= of; k++ {
			if got, want := r.Areas[k-1], (k*10+of-1)/of; got.Rank != k || got.Decile != want {
				t.Fatalf("rank %d of %d comes back as %d, decile %d, want decile %d", k, of, got.Rank, got.Decile, want)
			}
		}
	}
}

func TestWeightedScore(t *testing.T) {
	c := &county.County{Indicators: indicators("a", "b", "c"), Areas: []county.Area{
		area(1, 1, rank(1), rank(100), rank(50)),
		area(1, 1, rank(1), blank, blank),
		area(1, 1, blank, blank, rank(3)),
	}}
	x := func(k float64) float64 { return need.Transform(k, 100) }
	r := assess(t, c, need.Params{Weights: map[string]float64{"a": 3, "b": 1}})
	// Weights 3 and 1 of 4: 100 is the score of rank 1.
	check(t, "score of ranks 1 and 100", r.Areas[0].Score, 0.75*100+0.25*x(100))
	check(t, "score where b is missing", r.Areas[1].Score, 100)
	if got := r.Areas[2]; got.Known || got.Score != 0 || got.Rank != 0 || got.Decile != 0 {
		t.Errorf("an area with neither = %+v, want nothing known", got)
	}
	// The rank is the one that this score has: half way between two ranks rounds.
	if got, want := r.Areas[0].Rank, int(math.Round(need.RankOf(0.75*100+0.25*x(100), 100))); got != want {
		t.Errorf("rank of the mixed score = %d, want %d", got, want)
	}
	for _, want := range []string{
		"need score: some of the indicators are missing in 1 area; the others stand in there",
		"need score: 1 area has none of the indicators, so need is not known there",
	} {
		if !noted(r, want) {
			t.Errorf("notes %q, want %q", r.Notes, want)
		}
	}
	// Only the proportions of weights count, and an indicator of weight 0 does not.
	again := assess(t, c, need.Params{Weights: map[string]float64{"a": 0.3, "b": 0.1, "c": 0}})
	for i := range r.Areas {
		check(t, fmt.Sprintf("score of area %d with scaled weights", i), again.Areas[i].Score, r.Areas[i].Score)
	}
}

func TestLocalIndicator(t *testing.T) {
	// One indicator ranks among 100, the other only among the county's four.
	c := &county.County{Indicators: []county.Indicator{{ID: "national", Of: 100}, {ID: "free_meals", Of: 4, Local: true}}, Areas: []county.Area{
		area(1, 1, rank(50), rank(1)), area(1, 1, rank(50), rank(2)), area(1, 1, rank(50), rank(2)), area(1, 1, rank(50), rank(4)), area(1, 1, blank, blank),
	}}
	for _, weights := range []map[string]float64{{"free_meals": 1}, {"free_meals": 1, "national": 1}} {
		r := assess(t, c, need.Params{Weights: weights})
		for i, want := range []struct{ rank, decile int }{{1, 3}, {2, 5}, {2, 5}, {4, 10}} { // rank x 10 / 4, rounded up
			if got := r.Areas[i]; got.Rank != want.rank || got.Decile != want.decile {
				t.Errorf("%v: area %d has rank %d, decile %d, want %d, %d", weights, i, got.Rank, got.Decile, want.rank, want.decile)
			}
		}
		if !r.Local || r.Of != 4 || !strings.Contains(r.Basis, "no national rank") || !noted(r, "no national rank, because free_meals is ranked within the county only") {
			t.Errorf("%v: local %v, of %d, basis %q, notes %q, want a local rank among 4, and said so", weights, r.Local, r.Of, r.Basis, r.Notes)
		}
		if r.Areas[4].Known {
			t.Errorf("%v: an area without values is known", weights)
		}
	}
}

func TestEditionsMixed(t *testing.T) {
	c := &county.County{Indicators: []county.Indicator{{ID: "old", Of: 32844}, {ID: "new", Of: 33755}}, Areas: []county.Area{area(1, 1, rank(32844), rank(33755))}}
	r := assess(t, c, need.Params{Weights: map[string]float64{"old": 1, "new": 1}})
	if r.Of != 33755 || !noted(r, "(32844, 33755): editions that were not made to be compared") {
		t.Errorf("Of = %d, notes %q, want 33755 and a warning", r.Of, r.Notes)
	}
	if got := r.Areas[0]; got.Rank != 33755 || got.Decile != 10 {
		t.Errorf("the least deprived of both = rank %d, decile %d, want 33755, 10", got.Rank, got.Decile)
	}
}

func TestCountedTwice(t *testing.T) {
	for _, tc := range []struct {
		weights string // space-separated
		want    []string
	}{
		{"imd", []string{"imd contains distance to services"}},
		{"imd income", []string{"imd already contains income, which the weights therefore count twice", "imd contains distance to services"}},
		{"imd children_education idaci", []string{"imd already contains idaci, children_education,"}},
		{"income idaci", []string{"income already contains idaci,"}},
		{"barriers", []string{"barriers contains distance to services"}},
		{"income children_education health", nil},
		{"idaci crime", nil},
	} {
		ids := strings.Fields(tc.weights)
		c := &county.County{Indicators: indicators(ids...)}
		weights := map[string]float64{}
		a := county.Area{}
		for _, id := range ids {
			weights[id] = 1
			a.Measures = append(a.Measures, rank(5))
		}
		c.Areas = []county.Area{a}
		r := assess(t, c, need.Params{Weights: weights})
		for _, want := range tc.want {
			if !noted(r, want) {
				t.Errorf("weights %s: notes %q, want %q", tc.weights, r.Notes, want)
			}
		}
		if tc.want == nil && (noted(r, "twice") || noted(r, "again")) {
			t.Errorf("weights %s: notes %q, want no warning", tc.weights, r.Notes)
		}
	}
}

func TestPopulationAlone(t *testing.T) {
	// Shares aged 0-19: 1/2, 1/4, 1/4, none.
	c := &county.County{Areas: []county.Area{area(50, 50), area(25, 75), area(10, 30), area(0, 0)}}
	r := assess(t, c, need.Params{})
	var got []int
	for _, a := range r.Areas {
		got = append(got, a.Rank)
	}
	if diff := cmp.Diff([]int{1, 2, 2, 4}, got); diff != "" {
		t.Errorf("ranks by the share of young people (-want +got):\n%s", diff)
	}
	if !r.PopulationOnly || !r.NoRate || !r.Local || r.Of != 4 {
		t.Errorf("population only %v, no rate %v, local %v, of %d, want true, true, true, 4", r.PopulationOnly, r.NoRate, r.Local, r.Of)
	}
	check(t, "people in need without a rate", r.Areas[0].InNeed, 50)
	want := []string{
		"deprivation: no indicator given, need is told from population alone",
		"rate of need: none given, everyone aged 0-19 counts as in need",
		"youth need: no youth indicators given, told from residents aged 10-19 alone",
	}
	if diff := cmp.Diff(want, r.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestAssessFaults(t *testing.T) {
	c := &county.County{Indicators: append(indicators("a", "b"), county.Indicator{ID: "rateonly"}), Areas: []county.Area{area(1, 1, blank, blank, blank)}}
	for _, tc := range []struct {
		name string
		p    need.Params
		want string
	}{
		{"unknown in weights", need.Params{Weights: map[string]float64{"x": 1}}, `need: indicator "x": want one of a, b, rateonly`},
		{"unknown rate", need.Params{Rate: []string{"a", "y"}}, `need: indicator "y": want one of a, b, rateonly`},
		{"unknown decile", need.Params{Decile: "z"}, `need: indicator "z": want one of a, b, rateonly`},
		{"unknown youth", need.Params{Youth: map[string]float64{"w": 1}}, `need: indicator "w": want one of a, b, rateonly`},
		{"negative", need.Params{Weights: map[string]float64{"a": -1}}, "need: weight of a is -1: want 0 or more"},
		{"not a number", need.Params{Weights: map[string]float64{"a": math.NaN()}}, "need: weight of a is NaN: want 0 or more"},
		{"infinite", need.Params{Youth: map[string]float64{"a": math.Inf(1)}}, "youth need: weight of a is +Inf: want 0 or more"},
		{"all zero", need.Params{Weights: map[string]float64{"a": 0, "b": 0}}, "need: every weight is 0: want more than 0 for one indicator at least, or no weights"},
		{"no rank", need.Params{Weights: map[string]float64{"rateonly": 1}}, `need: indicator "rateonly" has no rank: give its rank column and how many areas it counts, or a value column`},
	} {
		if _, err := need.Assess(c, tc.p); err == nil || err.Error() != tc.want {
			t.Errorf("%s: Assess = %v, want %q", tc.name, err, tc.want)
		}
	}
	_, err := need.Assess(&county.County{}, need.Params{Decile: "imd"})
	if want := `need: indicator "imd": want one of none: the study has no indicators`; err == nil || err.Error() != want {
		t.Errorf("Assess without indicators = %v, want %q", err, want)
	}
}

func TestNothingIsChanged(t *testing.T) {
	c := &county.County{Indicators: indicators("a"), Areas: []county.Area{area(5, 5, rank(3)), area(6, 5, rank(2))}}
	before := fmt.Sprintf("%+v", *c)
	assess(t, c, need.Params{Weights: map[string]float64{"a": 1}, Rate: []string{"a"}, Youth: map[string]float64{"a": 1}, Decile: "a"})
	if after := fmt.Sprintf("%+v", *c); after != before {
		t.Errorf("Assess changed the county from %s to %s", before, after)
	}
}

func TestPublishedDecile(t *testing.T) {
	m := rank(3)
	m.Decile = known(7)
	c := &county.County{Indicators: indicators("a"), Areas: []county.Area{area(5, 5, m), area(5, 5, rank(3))}}
	r := assess(t, c, need.Params{Weights: map[string]float64{"a": 1}, Decile: "a"})
	if r.Areas[0].DeprivationDecile != 7 || r.Areas[0].Decile != 1 || r.Areas[1].DeprivationDecile != 0 {
		t.Errorf("deciles = %+v and %+v, want 7 published beside 1 by need, and none published", r.Areas[0], r.Areas[1])
	}
}
