package study_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/optimise"
	"hubreach/internal/optimise/cbc"
	"hubreach/internal/study"
)

// exact returns the exact solver, or skips the test and says so.
func exact(t testing.TB) optimise.Solver {
	t.Helper()
	s, err := cbc.Find()
	if err != nil {
		t.Skip(err)
	}
	return s
}

func optimised(t testing.TB, r *study.Results, q study.OptimiseRequest, s optimise.Solver) *study.OptimiseResult {
	t.Helper()
	out, err := study.Optimise(context.Background(), r, q, study.Env{Workers: 2}, s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// In the small county the middle of each square has its own site or the next
// one's within 16.25 minutes, and the one across the corner at 22.98: hub A
// reaches A, B and C with 200 x (0.5 + 0.1 + 0.4) = 200 in need, hub D reaches
// B, C and D with 200 x (0.1 + 0.4 + 0.02) = 104.
func TestOptimiseSmall(t *testing.T) {
	r, err := runSmall(small)
	if err != nil {
		t.Fatal(err)
	}
	const tolerance = 1e-9 // people
	for _, tt := range []struct {
		name string
		q    study.OptimiseRequest
		open []int
		want float64
	}{
		{"one site", study.OptimiseRequest{Keep: 1}, []int{0}, 200},
		{"one site, everyone aged 0-19", study.OptimiseRequest{Keep: 1, Weight: study.WeightYoung}, []int{0}, 600},
		{"A closes", study.OptimiseRequest{Keep: 1, Out: []county.SiteID{"hub-a"}}, []int{1}, 104},
		{"D stays", study.OptimiseRequest{Keep: 1, In: []county.SiteID{"hub-d"}}, []int{1}, 104},
		{"one in each district", study.OptimiseRequest{DistrictMin: 1}, []int{0, 1}, 204},
		// At 23 minutes A reaches D too; so does it from 22.98 minutes.
		{"23 minutes", study.OptimiseRequest{Keep: 1, Minutes: 23}, []int{0}, 204},
		{"0.1 minutes: only its own square", study.OptimiseRequest{Keep: 1, Minutes: 0.1}, []int{0}, 100},
		{"everybody, fewest sites", study.OptimiseRequest{Model: optimise.FewestSites}, []int{0, 1}, 2},
		// A: 80 in C and 20 in B walk 16.25 minutes, 4 in D 22.9810.
		{"p-median", study.OptimiseRequest{Model: optimise.PMedian, Keep: 1}, []int{0}, 100*16.25 + 4*16.25*math.Sqrt2},
		{"A and D, not both", study.OptimiseRequest{Keep: 2, AtMost: true, OneOf: [][]county.SiteID{{"hub-a", "hub-d"}}}, []int{0}, 200},
		{"A needs D", study.OptimiseRequest{Keep: 1, Needs: [][2]county.SiteID{{"hub-a", "hub-d"}}}, []int{1}, 104},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := optimised(t, r, tt.q, nil)
			slack := tolerance
			if tt.q.Model == optimise.PMedian {
				slack = 1e-2 // person-minutes: walks are whole milliseconds
			}
			if !slices.Equal(got.Answer.Open, tt.open) || math.Abs(got.Answer.Value-tt.want) > slack {
				t.Errorf("%s %v with %v %v, want %v with %v", got.Answer.Verdict, got.Answer.Open, got.Answer.Value, got.Answer.Clashes, tt.open, tt.want)
			}
		})
	}
}

func TestOptimiseOptions(t *testing.T) {
	r, err := runSmall(replace("options.csv", "one,Only A,hub-a,hub\none,Only A,hub-d,closed\n", "one,Only D,hub-d,hub\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := optimised(t, r, study.OptimiseRequest{Keep: 1, DistrictMin: 0, Prices: true, Closing: true, Within: 0.6}, nil)
	const tolerance = 1e-12
	both, one := got.Options[0], got.Options[1]
	if both.Share != 1 || both.Open != 2 || math.Abs(one.Share-104.0/200) > tolerance || one.Open != 1 || one.Breaks {
		t.Errorf("both %+v, one %+v; want shares 1 and 104 / 200", both, one)
	}
	if p := got.Prices; len(p) != 2 || math.Abs(p[0].Price-96) > 1e-9 || math.Abs(p[1].Price-96) > 1e-9 || !p[0].Chosen || p[1].Chosen {
		t.Errorf("prices %+v, want 200 - 104 for closing A, and for keeping D instead", p)
	}
	// From both open today, one closes: A is better than D and both are within 60%.
	if c := got.Changes; c == nil || !slices.Equal(c.Closes, []int{1}) || len(c.Opens) > 0 {
		t.Errorf("changes %+v, want D to close", c)
	}
	if len(got.Closing) != 0 {
		t.Errorf("closing order %+v of one site, want none", got.Closing)
	}
	// Only D breaks "one in each district", so it is compared with any one site.
	got = optimised(t, r, study.OptimiseRequest{Keep: 2, DistrictMin: 1}, nil)
	if o := got.Options[1]; !o.Breaks || o.Best.Value != 200 || got.Options[0].Breaks {
		t.Errorf("%+v, want it to break the rules and be compared with 200", o)
	}
	// What the request closes still counts in an option that has it open.
	got = optimised(t, r, study.OptimiseRequest{Keep: 1, Out: []county.SiteID{"hub-d"}}, nil)
	if o := got.Options[1]; !o.Breaks || math.Abs(o.Value-104) > 1e-9 || math.Abs(o.Share-104.0/200) > tolerance {
		t.Errorf("only D, which is to close: %+v, want 104 of 200", o)
	}
	// The same whatever the number of workers.
	again, err := study.Optimise(context.Background(), r, study.OptimiseRequest{Keep: 1, Prices: true}, study.Env{Workers: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	more := optimised(t, r, study.OptimiseRequest{Keep: 1, Prices: true}, nil)
	if !reflect.DeepEqual(again, more) {
		t.Errorf("one worker %+v, two %+v", again, more)
	}
}

func TestOptimiseErrors(t *testing.T) {
	r, err := runSmall(small)
	if err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := study.Optimise(stopped, r, study.OptimiseRequest{Keep: 1}, study.Env{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v, want %v", err, context.Canceled)
	}
	if _, err := study.Optimise(context.Background(), r, study.OptimiseRequest{Keep: 1, Tier: optimise.Proven}, study.Env{}, nil); !errors.Is(err, optimise.ErrNoSolver) {
		t.Errorf("no solver: %v, want %v", err, optimise.ErrNoSolver)
	}
	for name, q := range map[string]study.OptimiseRequest{
		"unknown site":           {Keep: 1, In: []county.SiteID{"hub-z"}},
		"minutes over the limit": {Keep: 1, Minutes: 61},
		"negative minutes":       {Keep: 1, Minutes: -1},
		"weight":                 {Keep: 1, Weight: "adults"},
		"model":                  {Keep: 1, Model: "best"},
		"budget, not costed":     {Budget: 1000},
		"prices of fewest sites": {Model: optimise.FewestSites, Prices: true},
	} {
		if _, err := study.Optimise(context.Background(), r, q, study.Env{}, nil); !errors.Is(err, optimise.ErrBadProblem) {
			t.Errorf("%s: %v, want %v", name, err, optimise.ErrBadProblem)
		}
	}
	got := optimised(t, r, study.OptimiseRequest{Keep: 1, DistrictMin: 1, Prices: true, Within: 0.1}, nil)
	if got.Answer.Verdict != optimise.Impossible || got.Answer.Clashes[0].Text != "2 districts x 1 minimum is over 1 by 1" || got.Prices != nil {
		t.Errorf("%+v, want it impossible: 2 districts x 1 minimum is over 1 by 1", got.Answer)
	}
}

// The best 49 of Kent's 98 sites, and the best with two or more a district, are
// proven (BenchmarkKentProven says in what time); no option is better than the best of its number,
// and what the optimiser says of a set is what the main job says of it.
func TestKentBest49(t *testing.T) {
	r, s := kent(t), exact(t)
	for _, min := range []int{0, 2} {
		got := optimised(t, r, study.OptimiseRequest{Keep: 49, DistrictMin: min, Tier: optimise.Proven}, s)
		if a := got.Answer; a.Tier != optimise.Proven || len(a.Open) != 49 || len(got.Candidates) != 98 || a.Bound != a.Value {
			t.Errorf("%s, %d of %d sites, value %v, bound %v; want 49 of 98, proven", a.Tier, len(a.Open), len(got.Candidates), a.Value, a.Bound)
		}
		districts := map[county.DistrictCode]int{}
		var open []int
		for _, i := range got.Answer.Open {
			open = append(open, got.Candidates[i])
			districts[r.County.Sites[got.Candidates[i]].District]++
		}
		for _, d := range r.County.Districts {
			if districts[d.Code] < min {
				t.Errorf("%s has %d sites, want %d or more", d.Name, districts[d.Code], min)
			}
		}
		const tolerance = 1e-6 // people, over sums of 43,502 points
		if v := covered(r, open); math.Abs(v-got.Answer.Value) > tolerance {
			t.Errorf("the best set covers %f by the walks, %f by the optimiser", v, got.Answer.Value)
		}
		for k, o := range got.Options {
			t.Logf("at least %d a district: %s reaches %.1f%% of what %d buildings can reach; %s", min, o.ID, 100*o.Share, o.Open, o.Best.Tier)
			if o.Best.Tier != optimise.Proven || o.Share <= 0 || o.Share > 1 || o.Value > o.Best.Value+tolerance {
				t.Errorf("%s: %+v, want a share of a proven best", o.ID, o)
			}
			if want := r.Options[k].CoveredInNeed; math.Abs(o.Value-want) > tolerance {
				t.Errorf("%s: covers %f in need, and the main job says %f", o.ID, o.Value, want)
			}
		}
		greedy, _, _ := r.Option(estate.OptionID("need_49"))
		if greedy.CoveredInNeed > got.Answer.Value+tolerance {
			t.Errorf("the rule of thumb covers %f, more than the best, %f", greedy.CoveredInNeed, got.Answer.Value)
		}
	}
}

// covered counts the people in need within the study's minutes of a set, point
// by point.
func covered(r *study.Results, open []int) float64 {
	is := map[int32]bool{}
	for _, i := range open {
		is[int32(i)] = true
	}
	sum := 0.0
	for p, point := range r.County.Points {
		for _, w := range r.Walks(r.Spec.Walk.Profiles[0].Name).At(p) {
			if is[w.Place] && float64(w.Millis) <= r.Spec.Walk.Minutes*60_000 {
				sum += r.Need.Areas[point.Area].InNeed * point.Share
				break
			}
		}
	}
	return sum
}

// The price of all 98 buildings, each with the solver's proof, with progress.
// BenchmarkKentPrices says in what time.
func TestKentPrices(t *testing.T) {
	r, s := kent(t), exact(t)
	last := 0
	got, err := study.Optimise(context.Background(), r, study.OptimiseRequest{Keep: 49, DistrictMin: 2, Tier: optimise.Proven, Prices: true},
		study.Env{Workers: 2, Progress: func(stage string, done, total int) {
			if stage == "price every building" && total == 98 {
				last = done
			}
		}}, s)
	if err != nil {
		t.Fatal(err)
	}
	if last != 98 || len(got.Prices) != 98 {
		t.Errorf("%d prices, progress to %d; want 98", len(got.Prices), last)
	}
	for i, p := range got.Prices {
		if p.Tier != optimise.Proven || p.Forced != optimise.Found || !(p.Price >= 0) || p.Chosen != slices.Contains(got.Answer.Open, i) {
			t.Errorf("price of %s: %+v, want it proven", got.Problem.Sites[i].ID, p)
		}
	}
}

// BenchmarkKentProven is the best 49 of 98 with proof, at least two a district:
// to be under ten seconds.
func BenchmarkKentProven(b *testing.B) {
	r, s := kent(b), exact(b)
	for b.Loop() {
		optimised(b, r, study.OptimiseRequest{Keep: 49, DistrictMin: 2, Tier: optimise.Proven, Alone: true}, s)
	}
}

// BenchmarkKentPrices is the same with the price of every building: to be under
// two minutes.
func BenchmarkKentPrices(b *testing.B) {
	r, s := kent(b), exact(b)
	for b.Loop() {
		optimised(b, r, study.OptimiseRequest{Keep: 49, DistrictMin: 2, Tier: optimise.Proven, Prices: true, Alone: true}, s)
	}
}

// BenchmarkKentLive is the suggestion beside a map that is being clicked on:
// the problem built, and the best 49 of 98 suggested with a bound.
func BenchmarkKentLive(b *testing.B) {
	r := kent(b)
	for b.Loop() {
		optimised(b, r, study.OptimiseRequest{Keep: 49, DistrictMin: 2, Tier: optimise.Live, Alone: true}, nil)
	}
}
