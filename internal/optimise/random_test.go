package optimise_test

import (
	"context"
	"math"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/optimisetest"
)

// relative is by how much two sums of the same numbers in another order may differ.
const relative = 1e-9

func near(a, b float64) bool { return math.Abs(a-b) <= relative*(1+math.Abs(a)+math.Abs(b)) }

func mask(p *optimise.Problem, open []int) []bool {
	out := make([]bool, len(p.Sites))
	for _, s := range open {
		out[s] = true
	}
	return out
}

// Against trying every set: a set that is found is allowed and has the value
// that is said, the bound is no worse than the best set, an impossible problem
// has no set, and the certified tier finds the best.
func TestAgainstEverySet(t *testing.T) {
	missed, found := 0, 0
	for seed := range uint64(30) {
		for _, m := range optimisetest.Models {
			p := optimisetest.Random(seed, m, 9, 40)
			want, sets := optimisetest.Best(p)
			for _, tier := range []optimise.Tier{optimise.Live, optimise.Certified} {
				a, err := optimise.Solve(context.Background(), p, tier, optimise.Env{})
				if err != nil {
					t.Fatalf("seed %d %s: %v", seed, m, err)
				}
				if a.Verdict == optimise.Impossible && sets != nil {
					t.Errorf("seed %d %s: impossible, %v; want %v with %v", seed, m, a.Clashes, sets[0], want)
				}
				if a.Verdict != optimise.Impossible && sets != nil && p.Model.Better(want, a.Bound) && !near(want, a.Bound) {
					t.Errorf("seed %d %s %s: bound %v, and %v has %v", seed, m, tier, a.Bound, sets[0], want)
				}
				if a.Verdict != optimise.Found {
					if tier == optimise.Certified && sets != nil {
						missed++
					}
					continue
				}
				open := mask(p, a.Open)
				if !optimisetest.Allowed(p, open) || !near(a.Value, optimisetest.Value(p, open)) {
					t.Errorf("seed %d %s %s: open %v, allowed %v, value %v; want it allowed, with %v", seed, m, tier, a.Open, optimisetest.Allowed(p, open), a.Value, optimisetest.Value(p, open))
				}
				if p.Model.Better(a.Value, want) && !near(a.Value, want) {
					t.Errorf("seed %d %s: value %v is better than the best, %v", seed, m, a.Value, want)
				}
				if tier == optimise.Certified {
					found++
					if !near(a.Value, want) {
						missed++
					}
				}
			}
		}
	}
	// Nine sites are few enough for the restarts to try nearly everything.
	t.Logf("certified: %d found, %d missed", found, missed)
	if missed > found/50 {
		t.Errorf("certified missed the best of %d of %d problems, want at most one in 50", missed, found)
	}
}

// The same answer at any number of processors, and every time.
func TestSameAnswerEveryTime(t *testing.T) {
	p := optimisetest.Random(3, optimise.MaximalCovering, 30, 400)
	first, err := optimise.Solve(context.Background(), p, optimise.Certified, optimise.Env{})
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	second, err := optimise.Solve(context.Background(), p, optimise.Certified, optimise.Env{})
	if err != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("%+v, then %+v, %v", first, second, err)
	}
}

// One more candidate never lowers what can be covered, one more site to keep
// neither, one more rule never raises it.
func TestMoreIsNeverWorse(t *testing.T) {
	for seed := range uint64(20) {
		p := optimisetest.Random(seed, optimise.MaximalCovering, 9, 40)
		p.Rules.AtMost = true
		best := func(change func(q *optimise.Problem)) (float64, bool) {
			q := *p
			q.Rules.In, q.Rules.Out = slices.Clone(p.Rules.In), slices.Clone(p.Rules.Out)
			change(&q)
			want, sets := optimisetest.Best(&q)
			a, err := optimise.Solve(context.Background(), &q, optimise.Certified, optimise.Env{})
			if err != nil {
				t.Fatal(err)
			}
			if (a.Verdict == optimise.Found) != (sets != nil) || sets != nil && !near(a.Value, want) {
				t.Errorf("seed %d: %s with %v, want %v", seed, a.Verdict, a.Value, want)
			}
			return a.Value, a.Verdict == optimise.Found
		}
		now, ok := best(func(*optimise.Problem) {})
		if !ok {
			continue
		}
		if v, ok := best(func(q *optimise.Problem) { q.Rules.Keep++ }); !ok || v < now-relative*now {
			t.Errorf("seed %d: one more to keep lowers %v to %v", seed, now, v)
		}
		if v, ok := best(func(q *optimise.Problem) { q.Rules.Out = append(q.Rules.Out, 4) }); ok && v > now+relative*now {
			t.Errorf("seed %d: one candidate fewer raises %v to %v", seed, now, v)
		}
	}
}
