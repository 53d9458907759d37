// Package optimisetest makes small problems for the tests of package optimise
// and answers them by trying every set. For tests only.
package optimisetest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"hubreach/internal/optimise"
)

// Models are all models.
var Models = []optimise.Model{optimise.MaximalCovering, optimise.BackupCover, optimise.PMedian, optimise.FewestSites, optimise.PCenter}

// Random returns a problem of the model with the given numbers of sites and
// demands, and most kinds of rules, each in about one of three problems. Some
// cannot be solved. The same seed gives the same problem.
func Random(seed uint64, m optimise.Model, sites, demands int) *optimise.Problem {
	r := rand.New(rand.NewPCG(seed, 7)) // #nosec G404 -- a seed has to draw the same problem again
	some := func() bool { return r.IntN(3) == 0 }
	p := &optimise.Problem{Model: m, Theta: 0.25 * float64(r.IntN(4)), Longest: 60}
	const districts = 3
	for d := range districts {
		p.Rules.Districts = append(p.Rules.Districts, optimise.District{Name: fmt.Sprintf("district %d", d+1)})
	}
	x, y := make([]float64, sites), make([]float64, sites)
	for s := range sites {
		x[s], y[s] = 100*r.Float64(), 100*r.Float64()
		p.Sites = append(p.Sites, optimise.Site{ID: fmt.Sprintf("S%02d", s+1), District: r.IntN(districts+1) - 1, Cost: float64(50 + r.IntN(100)), Costed: true})
	}
	if m == optimise.MaximalCovering || m == optimise.BackupCover {
		if some() {
			p.Rules.Floors = []optimise.Floor{{Name: "group A", Share: 0.9 * r.Float64()}, {Name: "group B", Share: 0.6 * r.Float64()}}
		}
	}
	for range demands {
		d := optimise.Demand{Weight: math.Round(1000*r.Float64()) / 8}
		dx, dy := 100*r.Float64(), 100*r.Float64()
		for s := range sites {
			if t := math.Hypot(dx-x[s], dy-y[s]); t <= 35 {
				d.Reach = append(d.Reach, optimise.Reach{Site: int32(s), Time: math.Round(t)})
			}
		}
		for f := range p.Rules.Floors {
			if r.IntN(2) == 0 {
				d.Floors = append(d.Floors, int32(f))
			}
		}
		p.Demands = append(p.Demands, d)
	}
	p.Rules.Keep = 1 + r.IntN(sites)
	if m == optimise.FewestSites {
		p.Rules.Keep = 0
	}
	p.Rules.AtMost = some()
	rules(p, r, some)
	return p
}

// rules adds the rules on the sites.
func rules(p *optimise.Problem, r *rand.Rand, some func() bool) {
	sites := len(p.Sites)
	for d := range p.Rules.Districts {
		if some() {
			p.Rules.Districts[d].Min = r.IntN(3)
		}
		if some() {
			p.Rules.Districts[d].Max = 1 + r.IntN(3)
		}
	}
	if some() {
		p.Rules.Budget = float64(max(1, p.Rules.Keep)) * float64(60+r.IntN(60))
	}
	pick := func() int32 { return int32(r.IntN(sites)) }
	if some() {
		p.Rules.In = []int32{pick()}
	}
	if some() {
		p.Rules.Out = []int32{pick(), pick()}
	}
	if some() {
		p.Rules.OneOf = [][]int32{{pick(), pick(), pick()}}
	}
	if some() {
		p.Rules.Needs = []optimise.Needs{{Satellite: pick(), Hub: pick()}}
	}
}

// Best tries every set of sites. It returns the best value and the best sets
// that have it, in the order of binary numbers; none when no set is allowed.
func Best(p *optimise.Problem) (float64, [][]int) {
	best, sets := 0.0, [][]int(nil)
	for mask := range 1 << len(p.Sites) {
		open := make([]bool, len(p.Sites))
		var set []int
		for s := range open {
			if open[s] = mask>>s&1 == 1; open[s] {
				set = append(set, s)
			}
		}
		if !Allowed(p, open) {
			continue
		}
		v := Value(p, open)
		const same = 1e-9 // relative: sums in another order
		switch {
		case math.IsInf(v, 0):
		case sets == nil || p.Model.Better(v, best) && math.Abs(v-best) > same*(1+math.Abs(best)):
			best, sets = v, [][]int{set}
		case math.Abs(v-best) <= same*(1+math.Abs(best)):
			sets = append(sets, set)
		}
	}
	return best, sets
}

// rounding is by how much, relative to a limit, a sum may pass it.
const rounding = 1e-9

// Allowed reports whether a set keeps every rule, told from the words of the
// rules alone.
func Allowed(p *optimise.Problem, open []bool) bool {
	r, n, cost := p.Rules, 0, 0.0
	district := make([]int, len(r.Districts))
	for s, on := range open {
		if on {
			n++
			cost += p.Sites[s].Cost
			if d := p.Sites[s].District; d >= 0 {
				district[d]++
			}
		}
	}
	if r.Keep > 0 && (n > r.Keep || n < r.Keep && !r.AtMost) || r.Budget > 0 && cost > r.Budget*(1+rounding) {
		return false
	}
	for d, q := range r.Districts {
		if district[d] < q.Min || q.Max > 0 && district[d] > q.Max {
			return false
		}
	}
	is := func(s int32) bool { return open[s] }
	isNot := func(s int32) bool { return !open[s] }
	if slices.ContainsFunc(r.In, isNot) || slices.ContainsFunc(r.Out, is) {
		return false
	}
	for _, set := range r.OneOf {
		set = slices.Compact(slices.Sorted(slices.Values(set)))
		if len(slices.DeleteFunc(set, isNot)) > 1 {
			return false
		}
	}
	for _, n := range r.Needs {
		if open[n.Satellite] && !open[n.Hub] {
			return false
		}
	}
	return floors(p, open)
}

func floors(p *optimise.Problem, open []bool) bool {
	for f, floor := range p.Rules.Floors {
		all, covered := 0.0, 0.0
		for _, d := range p.Demands {
			if !slices.Contains(d.Floors, int32(f)) {
				continue
			}
			all += d.Weight
			if _, n := reached(d, open); n > 0 {
				covered += d.Weight
			}
		}
		if covered < floor.Share*all*(1-rounding) {
			return false
		}
	}
	return true
}

// reached returns the shortest time to an open site and how many are in reach.
func reached(d optimise.Demand, open []bool) (shortest float64, n int) {
	shortest = math.Inf(1)
	for _, r := range d.Reach {
		if open[r.Site] {
			shortest = min(shortest, r.Time)
			n++
		}
	}
	return shortest, n
}

// Value returns the value of a set, told from the words of the models alone;
// infinite when someone is left out whom the model wants covered.
func Value(p *optimise.Problem, open []bool) float64 {
	value, sites := 0.0, 0
	for _, on := range open {
		if on {
			sites++
		}
	}
	for _, d := range p.Demands {
		shortest, n := reached(d, open)
		can := slices.ContainsFunc(d.Reach, func(r optimise.Reach) bool { return !slices.Contains(p.Rules.Out, r.Site) })
		switch p.Model {
		case optimise.MaximalCovering, optimise.BackupCover:
			if n > 0 {
				value += d.Weight
			}
			if n > 1 && p.Model == optimise.BackupCover {
				value += p.Theta * d.Weight
			}
		case optimise.PMedian:
			value += d.Weight * min(shortest, p.Longest)
		default:
			if n == 0 && can && d.Weight > 0 {
				return math.Inf(1)
			}
			if p.Model == optimise.PCenter && can && d.Weight > 0 {
				value = max(value, shortest)
			}
		}
	}
	if p.Model == optimise.FewestSites {
		return float64(sites)
	}
	return value
}
