package optimise_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/optimisetest"
)

func solve(t *testing.T, p *optimise.Problem) optimise.Answer {
	t.Helper()
	a, err := optimise.Solve(context.Background(), p, optimise.Certified, optimise.Env{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// The best two are A and D with all 130. Without A: B and D, 130 too. Without D:
// B and E, 130. With B: B and D. With E: B and E. With both kept, or with the
// rules leaving no choice, prices show.
func TestPrices(t *testing.T) {
	p := keep(optimise.MaximalCovering, 2, nil)
	best := solve(t, p)
	for site, want := range []optimise.Price{
		{Chosen: true, Opens: []int{1}},
		{Chosen: false, Closes: []int{0}},
		{Chosen: true, Opens: []int{1, 3}, Closes: []int{0}},
		{Chosen: false, Opens: []int{1}, Closes: []int{0, 2}},
	} {
		want.Site, want.Forced, want.Tier = site, optimise.Found, optimise.Certified
		got, err := optimise.PriceOf(context.Background(), p, best, site, optimise.Certified, optimise.Env{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("site %d: want -, got +\n%s", site, d)
		}
	}
	// One site of the two kept: B alone is worth 90, A alone 70, D alone 60.
	one := keep(optimise.MaximalCovering, 1, nil)
	best = solve(t, one)
	for site, want := range []float64{20, 20, 30, 50} {
		got, err := optimise.PriceOf(context.Background(), one, best, site, optimise.Certified, optimise.Env{})
		if err != nil || got.Price != want {
			t.Errorf("one site, site %d: %v, %v; want %v", site, got.Price, err, want)
		}
	}
	kept := keep(optimise.MaximalCovering, 1, func(r *optimise.Rules) { r.In = []int32{1} })
	got, err := optimise.PriceOf(context.Background(), kept, solve(t, kept), 1, optimise.Certified, optimise.Env{})
	if err != nil || got.Forced != optimise.Impossible || !math.IsNaN(got.Price) {
		t.Errorf("closing what is kept: %s, price %v, %v; want impossible and no price", got.Forced, got.Price, err)
	}
	if _, err := optimise.PriceOf(context.Background(), p, optimise.Answer{}, 0, optimise.Live, optimise.Env{}); !errors.Is(err, optimise.ErrBadProblem) {
		t.Errorf("no best set: %v, want %v", err, optimise.ErrBadProblem)
	}
}

// A merged problem has the same answers, and fewer demands: each stands twice.
func TestMerge(t *testing.T) {
	for seed := range uint64(10) {
		for _, m := range optimisetest.Models {
			p := optimisetest.Random(seed, m, 8, 20)
			p.Demands = append(slices.Clone(p.Demands), p.Demands...)
			q := optimise.Merge(p)
			if len(q.Demands) > len(p.Demands)/2 {
				t.Errorf("seed %d %s: %d demands of %d, want half at most", seed, m, len(q.Demands), len(p.Demands))
			}
			a, b := solve(t, p), solve(t, q)
			if a.Verdict != b.Verdict || !slices.Equal(a.Open, b.Open) || !near(a.Value, b.Value) || !near(a.Size.Weight, b.Size.Weight) {
				t.Errorf("seed %d %s: %s %v with %v, merged %s %v with %v", seed, m, a.Verdict, a.Open, a.Value, b.Verdict, b.Open, b.Value)
			}
		}
	}
}

// Prices against trying every set, of covering and of walking.
func TestPricesAgainstEverySet(t *testing.T) {
	for seed := range uint64(6) {
		for _, m := range []optimise.Model{optimise.MaximalCovering, optimise.BackupCover, optimise.PMedian} {
			p := optimisetest.Random(seed, m, 8, 30)
			best := solve(t, p)
			if best.Verdict != optimise.Found {
				continue
			}
			for site := range p.Sites {
				got, err := optimise.PriceOf(context.Background(), p, best, site, optimise.Certified, optimise.Env{})
				if err != nil {
					t.Fatal(err)
				}
				q := *p
				if got.Chosen {
					q.Rules.Out = append(slices.Clone(p.Rules.Out), int32(site))
				} else {
					q.Rules.In = append(slices.Clone(p.Rules.In), int32(site))
				}
				want, sets := optimisetest.Best(&q)
				if (got.Forced == optimise.Found) != (sets != nil) || sets != nil && !near(got.Price, math.Abs(best.Value-want)) {
					t.Errorf("seed %d %s site %d: %s %v, want %v (%d sets)", seed, m, site, got.Forced, got.Price, math.Abs(best.Value-want), len(sets))
				}
			}
		}
	}
}

// All four: 130. Closing E (higher of B and E, both of which cost nothing) or B
// leaves 130; then B goes, since A and D cover everything; then D, 60, leaves 70.
func TestClosingOrder(t *testing.T) {
	p := keep(optimise.MaximalCovering, 4, nil)
	got, err := optimise.ClosingOrder(context.Background(), p, []int{0, 1, 2, 3}, true, optimise.Certified, optimise.Env{})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		site, left  int
		value, best float64
	}{{3, 3, 130, 130}, {1, 2, 130, 130}, {2, 1, 70, 90}}
	if len(got) != len(want) {
		t.Fatalf("%d steps, want %d", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; g.Site != w.site || g.Left != w.left || g.Value != w.value || g.Best.Value != w.best {
			t.Errorf("step %d: site %d, %d left, %v of %v; want %+v", i, g.Site, g.Left, g.Value, g.Best.Value, w)
		}
	}
	stay := keep(optimise.MaximalCovering, 4, func(r *optimise.Rules) { r.Districts[1].Min, r.In = 1, []int32{0} })
	if got, err = optimise.ClosingOrder(context.Background(), stay, []int{0, 1, 2, 3}, false, optimise.Live, optimise.Env{}); err != nil || len(got) != 2 {
		t.Errorf("A and one in the east stay: %+v, %v; want two steps", got, err)
	}
	for name, err := range map[string]error{
		"breaks a rule": second(optimise.ClosingOrder(context.Background(), stay, []int{1, 2}, false, optimise.Live, optimise.Env{})),
		"fewest sites":  second(optimise.ClosingOrder(context.Background(), street(optimise.FewestSites), []int{0, 2}, false, optimise.Live, optimise.Env{})),
	} {
		if !errors.Is(err, optimise.ErrBadProblem) {
			t.Errorf("%s: %v, want %v", name, err, optimise.ErrBadProblem)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// Today B and E are open. A and D are as good as they are, so nothing need change.
func TestFewestChanges(t *testing.T) {
	p := keep(optimise.MaximalCovering, 2, nil)
	best := solve(t, p)
	for _, tt := range []struct {
		name          string
		today         []int
		share         float64
		open          []int
		opens, closes []int
	}{
		{"today is as good", []int{1, 3}, 0, []int{1, 3}, nil, nil},
		// A and E cover 110 of 130: 15.4% less.
		{"one for one", []int{0, 3}, 0.15, []int{0, 2}, []int{2}, []int{3}},
		{"today is good enough", []int{0, 3}, 0.154, []int{0, 3}, nil, nil},
		{"two close", []int{0, 1, 2, 3}, 0.01, []int{0, 2}, nil, []int{1, 3}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := optimise.FewestChanges(context.Background(), p, best, tt.today, tt.share, optimise.Certified, optimise.Env{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Open, tt.open) || !slices.Equal(got.Opens, tt.opens) || !slices.Equal(got.Closes, tt.closes) || got.Fewest > len(tt.opens)+len(tt.closes) {
				t.Errorf("%+v, want %+v", got, tt)
			}
		})
	}
	if _, err := optimise.FewestChanges(context.Background(), p, optimise.Answer{}, nil, 0.1, optimise.Live, optimise.Env{}); !errors.Is(err, optimise.ErrBadProblem) {
		t.Errorf("no best set: %v, want %v", err, optimise.ErrBadProblem)
	}
}

// 5 pounds buy nothing and 10 buy A; 40 buy A and D, which is everything.
func TestFront(t *testing.T) {
	p := street(optimise.MaximalCovering)
	got, err := optimise.Front(context.Background(), p, []float64{5, 10, 20, 40, 80}, optimise.Certified, optimise.Env{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ value, most float64 }{{0, 0}, {70, 10}, {110, 20}, {130, 40}, {130, 80}} {
		if g := got[i]; g.Answer.Value != want.value || g.Cost > want.most {
			t.Errorf("budget %v: %v for %v, want %v for %v at most", g.Budget, g.Answer.Value, g.Cost, want.value, want.most)
		}
	}
	if _, err := optimise.Front(context.Background(), p, []float64{0}, optimise.Live, optimise.Env{}); !errors.Is(err, optimise.ErrBadProblem) {
		t.Errorf("no budget: %v, want %v", err, optimise.ErrBadProblem)
	}
}
