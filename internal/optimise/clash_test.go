package optimise_test

import (
	"context"
	"fmt"
	"testing"

	"hubreach/internal/optimise"
)

// twelve is a county of twelve districts with five sites each and nobody in it.
func twelve(more func(r *optimise.Rules)) *optimise.Problem {
	p := &optimise.Problem{Model: optimise.MaximalCovering, Rules: optimise.Rules{Keep: 40}}
	for d := range 12 {
		p.Rules.Districts = append(p.Rules.Districts, optimise.District{Name: fmt.Sprintf("D%d", d+1)})
		for s := range 5 {
			p.Sites = append(p.Sites, optimise.Site{ID: fmt.Sprintf("D%d-%d", d+1, s+1), District: d, Cost: float64(100 * (s + 1)), Costed: true})
		}
	}
	more(&p.Rules)
	return p
}

func TestClashesInWords(t *testing.T) {
	min := func(n int) func(*optimise.Rules) {
		return func(r *optimise.Rules) {
			for d := range r.Districts {
				r.Districts[d].Min = n
			}
		}
	}
	for _, tt := range []struct {
		name string
		p    *optimise.Problem
		want string
	}{
		// 12 x 3 = 36. All five of D1 kept is two beyond its three, all five of D2
		// two more, four of D3 one more: 41.
		{"minima and kept", twelve(func(r *optimise.Rules) {
			min(3)(r)
			r.In = []int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}
		}), "12 districts x 3 minimum + 5 kept beyond them is over 40 by 1"},
		{"minima of two sizes", twelve(func(r *optimise.Rules) {
			min(3)(r)
			r.Districts[0].Min, r.Keep = 5, 37
		}), "11 districts x 3 minimum + 1 district x 5 minimum is over 37 by 1"},
		{"kept alone", twelve(func(r *optimise.Rules) { r.Keep, r.In = 1, []int32{1, 2} }), "2 kept is over 1 by 1"},
		{"minimum over the sites there", twelve(min(6)), "D1: minimum 6, and only 5 sites there may be open: short by 1"},
		{"minimum over maximum", twelve(func(r *optimise.Rules) { r.Districts[4].Min, r.Districts[4].Max = 3, 2 }), "D5: minimum 3 is over its maximum of 2 by 1"},
		{"kept over maximum", twelve(func(r *optimise.Rules) { r.Districts[0].Max, r.In = 1, []int32{0, 1, 4} }), "D1: 3 kept is over its maximum of 1 by 2"},
		{"too few", twelve(func(r *optimise.Rules) {
			for d := range r.Districts {
				r.Districts[d].Max = 3
			}
		}), "36 sites may be open, 40 are to be kept: short by 4"},
		{"kept and closed", twelve(func(r *optimise.Rules) { r.In, r.Out = []int32{7}, []int32{7} }), "D2-3 is both kept and closed"},
		{"needed and closed", twelve(func(r *optimise.Rules) {
			r.In, r.Out, r.Needs = []int32{0}, []int32{2}, []optimise.Needs{{Satellite: 1, Hub: 2}, {Satellite: 0, Hub: 1}}
		}), "D1-3 is closed, and a site that is kept needs it"},
		{"one of", twelve(func(r *optimise.Rules) { r.In, r.OneOf = []int32{0, 1}, [][]int32{{0, 1, 2, 0}} }), "D1-1, D1-2 are all kept, and only one of them may be open"},
		// 12 x (100 + 200 + 300) = 7,200 for 36, and four more at 400.
		{"budget", twelve(func(r *optimise.Rules) { r.Budget = 8799 }), "the cheapest 40 sites that the other rules allow cost 8800 pounds a year: over the budget of 8799 by 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := optimise.Solve(context.Background(), tt.p, optimise.Live, optimise.Env{})
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict != optimise.Impossible || len(a.Clashes) == 0 || a.Clashes[0].Text != tt.want {
				t.Errorf("%s, %+v; want %q", a.Verdict, a.Clashes, tt.want)
			}
		})
	}
}

// On the line is not over it.
func TestNoClash(t *testing.T) {
	for name, p := range map[string]*optimise.Problem{
		"exactly the budget": twelve(func(r *optimise.Rules) { r.Budget = 8800 }),
		"exactly the number": twelve(func(r *optimise.Rules) {
			r.Keep = 36
			for d := range r.Districts {
				r.Districts[d].Min, r.Districts[d].Max = 3, 3
			}
		}),
	} {
		a, err := optimise.Solve(context.Background(), p, optimise.Certified, optimise.Env{})
		if err != nil || a.Verdict != optimise.Found || len(a.Open) != p.Rules.Keep {
			t.Errorf("%s: %s, %d open, %v, %v; want %d open", name, a.Verdict, len(a.Open), a.Clashes, err, p.Rules.Keep)
		}
	}
}

func TestFloorThatNothingReaches(t *testing.T) {
	p := keep(optimise.MaximalCovering, 4, func(r *optimise.Rules) { r.Floors = []optimise.Floor{{Name: "the coast", Share: 0.8}} })
	p.Demands[4].Floors = []int32{0}
	p.Demands = append(p.Demands, optimise.Demand{Weight: 10, Floors: []int32{0}}) // ten of twenty have no site at all
	a, err := optimise.Solve(context.Background(), p, optimise.Certified, optimise.Env{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "the coast: all sites together cover 50.0% of it: under its floor of 80.0% by 30.0 points"
	if a.Verdict != optimise.Impossible || a.Clashes[0].Text != want {
		t.Errorf("%s, %+v; want %q", a.Verdict, a.Clashes, want)
	}
}
