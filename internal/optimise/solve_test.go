package optimise_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/optimisetest"
)

func TestStreet(t *testing.T) {
	for _, tt := range []struct {
		name  string
		p     *optimise.Problem
		open  []int
		value float64
	}{
		// B covers 40 + 30 + 20; D would cover 20 + 30 + 10.
		{"one site", keep(optimise.MaximalCovering, 1, nil), []int{1}, 90},
		{"one site, not B", keep(optimise.MaximalCovering, 1, func(r *optimise.Rules) { r.Out = []int32{1} }), []int{0}, 70},
		// B with D or with E covers 130 and so does A with D: the lower positions win.
		{"two sites, of equal sets the lower", keep(optimise.MaximalCovering, 2, nil), []int{0, 2}, 130},
		{"one in the east at least", keep(optimise.MaximalCovering, 1, func(r *optimise.Rules) { r.Districts[1].Min = 1 }), []int{2}, 60},
		{"E stays open", keep(optimise.MaximalCovering, 2, func(r *optimise.Rules) { r.In = []int32{3} }), []int{1, 3}, 130},
		{"B needs D", keep(optimise.MaximalCovering, 1, func(r *optimise.Rules) { r.Needs = []optimise.Needs{{Satellite: 1, Hub: 2}} }), []int{0}, 70},
		{"A or D, not both", keep(optimise.MaximalCovering, 2, func(r *optimise.Rules) { r.OneOf = [][]int32{{0, 2}} }), []int{1, 2}, 130},
		{"exactly the budget", keep(optimise.MaximalCovering, 0, func(r *optimise.Rules) { r.Budget = 20 }), []int{0, 3}, 110},
		{"a pound under", keep(optimise.MaximalCovering, 0, func(r *optimise.Rules) { r.Budget = 19 }), []int{0}, 70},
		// Covered once: 130; twice with A, B and D: a and b by A and B, c by B and D, 90 x 0.5.
		{"backup", keep(optimise.BackupCover, 3, nil), []int{0, 1, 2}, 175},
		// A: 0 + 30, B: 40 + 0 + 20, none for d and e: 10 minutes each.
		{"p-median, one site: B", keep(optimise.PMedian, 1, nil), []int{1}, 40 + 20 + 400},
		// A and D: 0 + 30 + 20 + 0 + 10.
		{"p-median, two sites", keep(optimise.PMedian, 2, nil), []int{0, 2}, 60},
		{"fewest sites", street(optimise.FewestSites), []int{0, 2}, 2},
		{"p-center", keep(optimise.PCenter, 2, nil), []int{0, 2}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want, sets := optimisetest.Best(tt.p)
			if want != tt.value {
				t.Fatalf("every set: %v with %v; want %v: the row is wrong", want, sets, tt.value)
			}
			a, err := optimise.Solve(context.Background(), tt.p, optimise.Certified, optimise.Env{})
			if err != nil {
				t.Fatal(err)
			}
			if a.Verdict != optimise.Found || !slices.Equal(a.Open, tt.open) || !near(a.Value, tt.value) {
				t.Errorf("%s %v with %v, want %v with %v", a.Verdict, a.Open, a.Value, tt.open, tt.value)
			}
			if tt.p.Model.Better(a.Value, a.Bound) && !near(a.Value, a.Bound) || a.Gap() < 0 {
				t.Errorf("value %v, bound %v, gap %v: want a bound no worse", a.Value, a.Bound, a.Gap())
			}
		})
	}
}

// Merging and setting aside: A reaches a and b, so with B they are two cover
// sets {A B}, {B D} and two in the east that are one, {D E}: three rows.
func TestSize(t *testing.T) {
	p := keep(optimise.MaximalCovering, 1, nil)
	p.Demands = append(p.Demands, optimise.Demand{Weight: 7}, optimise.Demand{Weight: 0, Reach: []optimise.Reach{{Site: 0}}})
	a, err := optimise.Solve(context.Background(), p, optimise.Live, optimise.Env{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (optimise.Size{Sites: 4, Demands: 6, Rows: 3, Weight: 137, Aside: 7}); a.Size != want {
		t.Errorf("size %+v, want %+v", a.Size, want)
	}
}

// What a solver says is weighed: proven only when it says so and its sums agree.
func TestWhatASolverSays(t *testing.T) {
	// The best of two sites is 130 of 130, so the cost to be made small is 0.
	set := func(y ...string) map[string]float64 {
		m := map[string]float64{}
		for _, name := range y {
			m[name] = 1
		}
		return m
	}
	for _, tt := range []struct {
		name    string
		says    optimise.Outcome
		err     error
		tier    optimise.Tier
		verdict optimise.Verdict
		fault   string
	}{
		{"optimal, with the same sums", optimise.Outcome{Status: optimise.Optimal, Values: set("y0001", "y0003")}, nil, optimise.Proven, optimise.Found, ""},
		{"optimal, with another set of the same value", optimise.Outcome{Status: optimise.Optimal, Values: set("y0002", "y0004")}, nil, optimise.Proven, optimise.Found, ""},
		{"optimal, and claims more than the set has", optimise.Outcome{Status: optimise.Optimal, Objective: -5, Values: set("y0001", "y0003")}, nil, optimise.Certified, optimise.Found, ""},
		{"optimal, and a better set is known", optimise.Outcome{Status: optimise.Optimal, Objective: 20, Values: set("y0001", "y0004")}, nil, optimise.Certified, optimise.Found, ""},
		{"optimal, with a set that breaks the number", optimise.Outcome{Status: optimise.Optimal, Values: set("y0001", "y0002", "y0003")}, nil, optimise.Proven, optimise.Found, ""},
		{"stopped with a set", optimise.Outcome{Status: optimise.Stopped, Bound: math.Inf(-1), Values: set("y0001", "y0003")}, nil, optimise.Certified, optimise.Found, ""},
		{"stopped without a set", optimise.Outcome{Status: optimise.Stopped, Bound: math.Inf(-1)}, nil, optimise.Certified, optimise.Found, ""},
		{"infeasible, and a set is known", optimise.Outcome{Status: optimise.Infeasible, Solver: "S 1"}, nil, "", "", "S 1 says that no set is allowed"},
		{"half a site", optimise.Outcome{Status: optimise.Optimal, Values: map[string]float64{"y0001": 0.5}}, nil, "", "", "y0001 = 0.5: want 0 or 1"},
		{"a fault", optimise.Outcome{}, errors.New("no memory"), "", "", "exact solver: no memory"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			solver := func(context.Context, optimise.Task) (optimise.Outcome, error) { return tt.says, tt.err }
			a, err := optimise.Solve(context.Background(), keep(optimise.MaximalCovering, 2, nil), optimise.Proven, optimise.Env{Solver: solver})
			if tt.fault != "" {
				if err == nil || !strings.Contains(err.Error(), tt.fault) {
					t.Errorf("error %v, want %q", err, tt.fault)
				}
				return
			}
			if err != nil || a.Tier != tt.tier || a.Verdict != tt.verdict || a.Value != 130 || !slices.Equal(a.Open, []int{0, 2}) {
				t.Errorf("%s %s %v with %v, %v; want %s %s, A and D with 130", a.Tier, a.Verdict, a.Open, a.Value, err, tt.tier, tt.verdict)
			}
		})
	}
}

func TestSolveErrors(t *testing.T) {
	stopped, stop := context.WithCancel(context.Background())
	stop()
	two := keep(optimise.MaximalCovering, 2, nil)
	if _, err := optimise.Solve(stopped, two, optimise.Certified, optimise.Env{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v, want %v", err, context.Canceled)
	}
	if _, err := optimise.Solve(context.Background(), two, optimise.Proven, optimise.Env{}); !errors.Is(err, optimise.ErrNoSolver) {
		t.Errorf("no solver: %v, want %v", err, optimise.ErrNoSolver)
	}
	for name, change := range map[string]func(p *optimise.Problem){
		"model":           func(p *optimise.Problem) { p.Model = "best" },
		"theta":           func(p *optimise.Problem) { p.Theta = 1.5 },
		"longest":         func(p *optimise.Problem) { p.Longest = math.Inf(1) },
		"district":        func(p *optimise.Problem) { p.Sites[0].District = 2 },
		"not costed":      func(p *optimise.Problem) { p.Rules.Budget, p.Sites[2].Costed = 100, false },
		"negative weight": func(p *optimise.Problem) { p.Demands[0].Weight = -1 },
		"no weight":       func(p *optimise.Problem) { p.Demands[0].Weight = math.NaN() },
		"order of sites":  func(p *optimise.Problem) { p.Demands[0].Reach = []optimise.Reach{{Site: 1}, {Site: 0}} },
		"unknown site":    func(p *optimise.Problem) { p.Demands[0].Reach = []optimise.Reach{{Site: 4}} },
		"time over longest": func(p *optimise.Problem) {
			p.Model, p.Demands[0].Reach[0].Time = optimise.PMedian, 11
		},
		"unknown floor":    func(p *optimise.Problem) { p.Demands[0].Floors = []int32{0} },
		"floor over one":   func(p *optimise.Problem) { p.Rules.Floors = []optimise.Floor{{Share: 1.1}} },
		"floor, no cover":  func(p *optimise.Problem) { p.Model, p.Rules.Floors = optimise.PMedian, []optimise.Floor{{Share: 0.1}} },
		"keep":             func(p *optimise.Problem) { p.Rules.Keep = -1 },
		"budget":           func(p *optimise.Problem) { p.Rules.Budget = math.NaN() },
		"unknown forced":   func(p *optimise.Problem) { p.Rules.In = []int32{-1} },
		"unknown needed":   func(p *optimise.Problem) { p.Rules.Needs = []optimise.Needs{{Satellite: 0, Hub: 9}} },
		"negative minimum": func(p *optimise.Problem) { p.Rules.Districts[0].Min = -1 },
		"p-center, all":    func(p *optimise.Problem) { p.Model, p.Rules.Keep = optimise.PCenter, 0 },
	} {
		p := keep(optimise.MaximalCovering, 2, nil)
		change(p)
		if _, err := optimise.Solve(context.Background(), p, optimise.Live, optimise.Env{}); !errors.Is(err, optimise.ErrBadProblem) {
			t.Errorf("%s: %v, want %v", name, err, optimise.ErrBadProblem)
		}
	}
	if _, err := optimise.Solve(context.Background(), keep(optimise.MaximalCovering, 2, nil), "sure", optimise.Env{}); !errors.Is(err, optimise.ErrBadProblem) {
		t.Errorf("tier sure: %v, want %v", err, optimise.ErrBadProblem)
	}
}

func TestJudge(t *testing.T) {
	p := keep(optimise.MaximalCovering, 2, nil)
	for _, tt := range []struct {
		open    []int
		value   float64
		allowed bool
	}{{[]int{0, 3}, 110, true}, {[]int{0}, 70, false}, {nil, 0, false}} {
		if v, ok, err := optimise.Judge(p, tt.open); err != nil || v != tt.value || ok != tt.allowed {
			t.Errorf("%v: %v, allowed %v, %v; want %v, %v", tt.open, v, ok, err, tt.value, tt.allowed)
		}
	}
	if _, _, err := optimise.Judge(p, []int{4}); !errors.Is(err, optimise.ErrBadProblem) {
		t.Errorf("unknown site: %v, want %v", err, optimise.ErrBadProblem)
	}
}
