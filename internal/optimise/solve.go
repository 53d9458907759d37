package optimise

import (
	"context"
	"fmt"
	"math"
)

// Tier is how sure an answer is.
type Tier string

// The tiers, from quick to sure.
const (
	Live      Tier = "live"      // greedy and single exchanges, and a rough bound
	Certified Tier = "certified" // random restarts, and a bound
	Proven    Tier = "proven"    // by an exact solver
)

// Verdict is what became of a problem.
type Verdict string

// The verdicts.
const (
	Found      Verdict = "found"      // there is a set, with its value and bound
	Impossible Verdict = "impossible" // no set keeps all rules: Clashes says why
	NotFound   Verdict = "not_found"  // the tier found no set that keeps all rules, and cannot say that there is none
)

// Answer is the best set that was found, and how far from the best possible it is.
type Answer struct {
	Model   Model
	Asked   Tier // the tier that was asked for
	Tier    Tier // the tier that Value and Bound have: Proven only by the solver's own proof
	Verdict Verdict
	Open    []int // positions of the open sites, ascending
	// Value is that of the model: weight covered, weight times time, a number of
	// sites, or the longest time.
	Value float64
	// Bound is a value that no allowed set is better than.
	Bound float64
	// Clashes says in words which rules cannot be kept together.
	Clashes []Clash
	Solver  string // of a Proven answer, or one that was stopped: its name and version
	Says    string // the solver's own words
	Size    Size
}

// Size says how big a problem is.
type Size struct {
	Sites   int     // candidates
	Demands int     // with a weight
	Rows    int     // after merging
	Weight  float64 // of all demand
	Aside   float64 // of demand that no allowed site reaches
}

// Gap is how much better than Value the best possible may be, as a share of the
// better of the two: "within 0.4% of the best possible" is a gap of 0.004.
func (a Answer) Gap() float64 {
	d := math.Abs(a.Bound - a.Value)
	if d == 0 {
		return 0
	}
	return d / max(math.Abs(a.Bound), math.Abs(a.Value))
}

// effort is how much a tier does.
type effort struct{ restarts, bound int }

var efforts = map[Tier]effort{
	Live:      {0, 40},
	Certified: {300, 400},
	Proven:    {60, 150},
}

// Solve answers a problem in a tier. An impossible problem is an answer, not an
// error. The error is ctx's when ctx is done, wraps ErrBadProblem when the
// problem or the tier makes no sense, and wraps ErrNoSolver when a proof is
// asked for and env has no solver.
func Solve(ctx context.Context, p *Problem, tier Tier, env Env) (Answer, error) {
	if _, ok := efforts[tier]; !ok {
		return Answer{}, badf("tier %.64q: want %s, %s or %s", tier, Live, Certified, Proven)
	}
	return solveFrom(ctx, p, tier, env, efforts[tier], nil)
}

// solveFrom is Solve with an effort of its own and, unless start is nil, a set
// that is probably good to start from.
func solveFrom(ctx context.Context, p *Problem, tier Tier, env Env, e effort, start []bool) (Answer, error) {
	if err := p.Validate(); err != nil {
		return Answer{}, err
	}
	if tier == Proven && env.Solver == nil {
		return Answer{}, fmt.Errorf("proven tier: %w", ErrNoSolver)
	}
	a := Answer{Model: p.Model, Asked: tier, Tier: tier, Verdict: NotFound}
	if a.Clashes = clashes(p); len(a.Clashes) > 0 {
		a.Verdict, a.Size = Impossible, reduce(p).size()
		return a, nil
	}
	h, err := newHunt(ctx, p, e, start)
	if err != nil {
		return Answer{}, err
	}
	a.Size = h.size
	if h.open != nil {
		a.Verdict, a.Open, a.Value = Found, positions(h.open), h.value(h.open)
	}
	a.Bound = h.bound
	if tier != Proven {
		return a, nil
	}
	a.Tier = Certified // until the solver says otherwise
	return a, a.prove(ctx, p, h, env)
}

// proofEps is by how much, as a share of what is at stake, a solver's sums and
// ours may differ: cbc accepts rows broken by up to 1e-7 and reads coefficients
// of ten digits.
const proofEps = 1e-6

// prove asks the exact solver and weighs what it says.
func (a *Answer) prove(ctx context.Context, p *Problem, h *hunt, env Env) error {
	g, constant := newProgram(p)
	out, open, err := env.solve(ctx, g, len(p.Sites), h.open)
	if err != nil {
		return err
	}
	a.Solver, a.Says = out.Solver, out.Says
	if out.Status == Infeasible {
		if h.open != nil {
			return fmt.Errorf("exact solver: %s says that no set is allowed, and sites %v are: please report this with model.mps", out.Solver, a.Open)
		}
		a.Verdict, a.Tier = Impossible, Proven
		if a.Clashes, err = elastic(ctx, p, env); err == nil && len(a.Clashes) == 0 {
			a.Clashes = []Clash{{Rule: "all", Text: "the exact solver says that no set keeps all rules, and did not say in time which have to give way"}}
		}
		return err
	}
	eps := proofEps * (1 + h.scale)
	if open != nil && h.allowed(open) {
		if v := h.value(open); h.open == nil || p.Model.Better(v, h.value(h.open)) && math.Abs(v-h.value(h.open)) > h.eps() {
			h.open = open
		}
	}
	if h.open == nil {
		return nil // stopped before anything was found
	}
	h.open = h.canonical(h.open)
	a.Verdict, a.Open, a.Value = Found, positions(h.open), h.value(h.open)
	if bound := h.fromCost(out.Bound + constant); !math.IsInf(bound, 0) && p.Model.Better(h.bound, bound) {
		h.bound = bound
	}
	if out.Status == Optimal {
		claimed := h.fromCost(out.Objective + constant)
		if math.Abs(claimed-a.Value) <= eps {
			a.Tier, h.bound = Proven, a.Value
		} else {
			a.Says += fmt.Sprintf("; not accepted: it claims %v, and the set is worth %v", claimed, a.Value)
		}
	}
	if a.Bound = h.bound; p.Model.Better(a.Value, a.Bound) {
		a.Bound = a.Value
	}
	return nil
}

func positions(open []bool) []int {
	var out []int
	for s, on := range open {
		if on {
			out = append(out, s)
		}
	}
	return out
}

// Judge returns the value of a set of open sites, and whether it keeps every
// rule and covers what the model wants covered. A site that the rules close
// counts for nothing in the value. The error wraps ErrBadProblem.
func Judge(p *Problem, open []int) (value float64, allowed bool, err error) {
	if err := p.Validate(); err != nil {
		return 0, false, err
	}
	set := make([]bool, len(p.Sites))
	for _, s := range open {
		if s < 0 || s >= len(set) {
			return 0, false, badf("site %d of %d", s, len(set))
		}
		set[s] = true
	}
	h := &hunt{p: p, in: reduce(p)}
	return h.value(set), h.allowed(set), nil
}
