package estate_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/estate"
)

// costed is the county of two() with youth spaces and costs: S0 has a youth
// space and costs 100,000 a year, S1 none and 50,000.
func costed() estate.Input {
	in := two()
	known := func(n float64) county.Value { return county.Value{Number: n, Basis: county.Measured} }
	in.County.Sites[0].YouthSpace, in.County.Sites[1].YouthSpace = county.Yes, county.No
	in.County.Sites[0].Cost = county.Cost{Running: known(40_000), Staffing: known(60_000)}
	in.County.Sites[1].Cost = county.Cost{Running: known(50_000), Staffing: known(0)}
	return in
}

func TestScales(t *testing.T) {
	in := costed()
	scales, notes, err := estate.Scales(in, open(in, 0, 1), map[estate.Criterion]float64{
		estate.CoveredInNeed: 2, estate.Equity: 1, estate.WalkingTime: 1, estate.YouthSpace: 0, estate.Cost: 1,
	})
	if err != nil || len(notes) != 0 {
		t.Fatalf("Scales: notes %q, error %v, want neither", notes, err)
	}
	// Weights are fifths. With both open 57.5 of 70 in need are covered, the mean
	// walk is 5375/300 minutes, one of two districts has a youth space. Equity:
	// area 1 (200 people, least deprived) has the rank 1/3, area 0 5/6; the mean
	// rank is 1/2, so at best area 0 alone is covered, three quarters of it:
	// mean 1/4, cov = 2/3(-1/4)(-1/6) + 1/3(1/2)(1/3) = 1/36 + 2/36 = 1/12.
	want := []estate.Scale{
		{Criterion: estate.Cost, Weight: 0.2, Lo: 150_000},
		{Criterion: estate.CoveredInNeed, Weight: 0.4, Hi: 57.5 / 70},
		{Criterion: estate.Equity, Weight: 0.2, Hi: 8.0 / 12},
		{Criterion: estate.WalkingTime, Weight: 0.2, Lo: 60, Hi: 5375.0 / 300},
		{Criterion: estate.YouthSpace, Hi: 0.5},
	}
	close := cmp.Comparer(near)
	if diff := cmp.Diff(want, scales, close); diff != "" {
		t.Errorf("Scales (-want +got):\n%s", diff)
	}

	scores := estate.Rank(in, scales, []*estate.Assessment{open(in), open(in, 1), open(in, 0, 1)})
	// No building: 0 on all but cost, where it is free: 0.2 x 1.
	check(t, "score of no building", scores[0].Score, 0.2)
	// Both: full marks for need and walks, nothing for cost, and equity as it is:
	// c = 3/4, 1 (weights 1/3, 2/3): mean 11/12, cov = 1/3(-1/6)(1/3) +
	// 2/3(1/12)(-1/6) = -1/54 - 1/108 = -1/36, E = -2/9, scaled -2/9 / (2/3) = -1/3.
	check(t, "score of both", scores[2].Score, 0.4+0.2-0.2/3)
	if scores[1].Rank != 1 && scores[2].Rank != 1 || scores[0].Rank != 3 {
		t.Errorf("ranks = %d, %d, %d, want no building last", scores[0].Rank, scores[1].Rank, scores[2].Rank)
	}
}

// Nothing is gained by not saying what a building costs: the score is that of
// an option as dear as all buildings together, and the value stays unknown.
func TestRankOfAnUncostedOption(t *testing.T) {
	in := costed()
	scales, _, err := estate.Scales(in, open(in, 0, 1), map[estate.Criterion]float64{estate.CoveredInNeed: 4, estate.Cost: 1})
	if err != nil {
		t.Fatal(err)
	}
	known, unknown := open(in, 1), open(in, 1)
	unknown.Costed = false
	scores := estate.Rank(in, scales, []*estate.Assessment{known, unknown})
	if v := scores[1].Values[0]; !math.IsNaN(v.Raw) || !math.IsNaN(v.Scaled) {
		t.Errorf("cost of the uncosted option = %+v, want unknown", v)
	}
	// S1 costs 50,000 of 150,000: scaled 2/3, weight 1/5.
	check(t, "what the known cost adds", scores[0].Score-scores[1].Score, 2.0/15)
	if scores[0].Rank != 1 || scores[1].Rank != 2 {
		t.Errorf("ranks = %d, %d, want the costed option first", scores[0].Rank, scores[1].Rank)
	}
	// The weight at which the winner changes is told by the same values: at no
	// weight of cost is the uncosted option ahead.
	if f := estate.FlipWeights(scales, scores)[0]; f.UpTo != "" {
		t.Errorf("flips at %+v, want no flip upwards", f)
	}
}

func TestScalesLeavesOut(t *testing.T) {
	in := two() // no costs, no word on youth spaces
	scales, notes, err := estate.Scales(in, open(in, 0, 1), estate.DefaultWeights())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"criterion cost: not every site has a running and a staffing cost",
		"criterion public_transport: public transport was not assessed: no timetable",
		"criterion youth_space: no site says whether it has a youth space",
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	sum := 0.0
	for _, s := range scales {
		sum += s.Weight
	}
	check(t, "sum of the weights left", sum, 1)

	// Nobody walks to anything: no set of sites changes need, equity or walks.
	none := build(patch{district: "A", people: 10, rate: 0.5, places: []place{{1, []float64{none}}}})
	scales, notes, err = estate.Scales(none, open(none, 0), map[estate.Criterion]float64{estate.CoveredInNeed: 1})
	if err != nil || len(scales) != 0 {
		t.Fatalf("Scales = %v, %v, want none", scales, err)
	}
	if diff := cmp.Diff([]string{
		"criterion covered_in_need: no set of the county's sites changes it",
		"score: none of the criteria with a weight can be assessed, so options are not scored",
	}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if got := estate.Rank(none, scales, []*estate.Assessment{open(none), open(none, 0)}); got[0].Rank != 1 || got[1].Rank != 1 || got[1].Score != 0 {
		t.Errorf("Rank without scales = %+v, want score 0 and rank 1", got)
	}
}

func TestScalesFaults(t *testing.T) {
	in := costed()
	all := open(in, 0, 1)
	for _, tc := range []struct {
		name    string
		weights map[estate.Criterion]float64
		want    string
	}{
		{"no weights", nil, "score: no weight: want more than 0 for one criterion at least"},
		{"all zero", map[estate.Criterion]float64{estate.Cost: 0, estate.Equity: 0}, "score: no weight: want more than 0 for one criterion at least"},
		{"negative", map[estate.Criterion]float64{estate.Cost: -1}, "score: weight of cost is -1: want 0 or more"},
		{"not a number", map[estate.Criterion]float64{estate.Cost: math.NaN()}, "score: weight of cost is NaN: want 0 or more"},
		{"infinite", map[estate.Criterion]float64{estate.Cost: math.Inf(1)}, "score: weight of cost is +Inf: want 0 or more"},
		{"unknown", map[estate.Criterion]float64{"beauty": 1}, `score: criterion "beauty": want one of covered_in_need, equity, walking_time, youth_space, public_transport, cost`},
	} {
		_, _, err := estate.Scales(in, all, tc.weights)
		if err == nil || err.Error() != tc.want {
			t.Errorf("%s: Scales = %v, want %q", tc.name, err, tc.want)
		}
		if zero := tc.name == "no weights" || tc.name == "all zero"; errors.Is(err, estate.ErrNoWeight) != zero {
			t.Errorf("%s: errors.Is(%v, ErrNoWeight) = %v, want %v", tc.name, err, !zero, zero)
		}
	}
}

// The scores of the others stay as they are when an option is added, a score is
// between the anchors on the criteria that they bound, and equal options share
// a rank.
func TestScoreDependsOnTheOptionAlone(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		var every []int
		for i := range in.County.Sites {
			every = append(every, i)
		}
		scales, _, err := estate.Scales(in, open(in, every...), estate.DefaultWeights())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var options []*estate.Assessment
		for range 4 {
			options = append(options, open(in, subset(r, len(every))...))
		}
		few := estate.Rank(in, scales, options)
		many := estate.Rank(in, scales, append(slices.Clone(options), open(in, every...), options[0]))
		for i := range few {
			if few[i].Score != many[i].Score {
				t.Fatalf("seed %d: adding options moved a score from %v to %v", seed, few[i].Score, many[i].Score)
			}
			for k, v := range few[i].Values {
				if v.Scaled > 1+tol || v.Scaled < -tol && scales[k].Criterion != estate.Equity {
					t.Fatalf("seed %d: %s is scaled to %v, want 0 to 1", seed, scales[k].Criterion, v.Scaled)
				}
			}
		}
		if first, last := many[0], many[len(many)-1]; first.Rank != last.Rank {
			t.Fatalf("seed %d: the same option ranks %d and %d", seed, first.Rank, last.Rank)
		}
	}
}
