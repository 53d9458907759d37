package optimise

import (
	"context"
	"math"
	"slices"
)

// bound returns a cost that no allowed set is below, by Lagrangian relaxation
// with rounds of subgradient steps towards upper, the cost of a known set (or
// of any set, when none is known). It holds whatever the number of rounds.
//
// The rows "covered only if a site is open" are relaxed with multipliers l, so a
// site is worth rho_j = sum of l over its rows, and the best allowed number of
// sites a district is a greedy pick. The budget and the floors have multipliers
// of their own; one-of and needs are dropped, which can only lower the bound.
// Source: R. Galvao and C. ReVelle, "A Lagrangean heuristic for the maximal
// covering location problem", European Journal of Operational Research 88
// (1996), 114-123.
func (in *instance) bound(ctx context.Context, upper float64, rounds int) (float64, error) {
	l := newLagrange(in)
	scale, since := 2.0, 0
	for range rounds {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		cost := l.solve()
		switch {
		case cost > l.best+1e-7*math.Abs(cost):
			l.best, since = cost, 0
		default:
			if since++; since == 12 {
				scale, since = scale/2, 0
			}
		}
		if l.best >= upper-1e-9*math.Abs(upper) || scale < 1e-5 || !l.step(scale*(upper-cost)) {
			break
		}
	}
	return max(l.best, in.always), nil
}

// lagrange is the state of the relaxation, all as costs to be made small.
type lagrange struct {
	in   *instance
	best float64
	l    []float64 // by row
	mu   float64   // of the budget, per pound
	nu   []float64 // by floor, per unit of weight

	rho   []float64 // by site: worth of being open
	pick  []bool
	slope []float64 // subgradient by row, then budget, then floors
	order []int
}

func newLagrange(in *instance) *lagrange {
	n := len(in.rows)
	g := &lagrange{
		in: in, best: math.Inf(-1), l: make([]float64, n), nu: make([]float64, len(in.Rules.Floors)),
		rho: make([]float64, len(in.Sites)), pick: make([]bool, len(in.Sites)),
		slope: make([]float64, n+1+len(in.Rules.Floors)), order: make([]int, len(in.Sites)),
	}
	for i := range in.rows {
		r := &in.rows[i]
		g.l[i] = r.weight / float64(min(3, len(r.sites)))
	}
	return g
}

// solve minimises the relaxed problem and fills in the slope. It returns the
// relaxed cost, a lower bound.
func (g *lagrange) solve() float64 {
	clear(g.rho)
	clear(g.slope)
	cost := g.uncovered()
	budget := g.in.Rules.Budget
	if budget > 0 {
		cost -= g.mu * budget
		g.slope[len(g.l)] = -budget
		for s := range g.rho {
			g.rho[s] -= g.mu * g.in.Sites[s].Cost
		}
	}
	g.choose()
	for s, on := range g.pick {
		if !on {
			continue
		}
		cost -= g.rho[s]
		if budget > 0 {
			g.slope[len(g.l)] += g.in.Sites[s].Cost
		}
		for _, i := range g.in.cells[s] {
			g.slope[i]--
		}
	}
	return cost
}

// uncovered minimises over who is covered once and twice, given the
// multipliers, and returns the cost of that part.
func (g *lagrange) uncovered() float64 {
	cost, theta := g.in.base(), g.in.theta
	for k, f := range g.in.Rules.Floors {
		need := f.Share * g.in.group[k]
		cost += g.nu[k] * need
		g.slope[len(g.l)+1+k] = need
	}
	for i := range g.in.rows {
		r := &g.in.rows[i]
		once := r.weight
		for _, f := range r.floors {
			once += g.nu[f.floor] * f.weight
		}
		l := g.l[i]
		for _, s := range r.sites {
			g.rho[s] += l
		}
		one, two := once-l, once+theta*r.weight-2*l
		if one <= 0 && two <= 0 {
			continue
		}
		for _, f := range r.floors {
			g.slope[len(g.l)+1+int(f.floor)] -= f.weight
		}
		if two > one {
			cost -= two
			g.slope[i] = 2
		} else {
			cost -= one
			g.slope[i] = 1
		}
	}
	return cost
}

// choose picks the sites of the greatest worth that the number, the districts
// and the forced sites allow: what is forced, then each district's minimum,
// then the best that is left. For such nested rules this is exact.
func (g *lagrange) choose() {
	in, rules := g.in, &g.in.Rules
	clear(g.pick)
	for i := range g.order {
		g.order[i] = i
	}
	slices.SortStableFunc(g.order, func(a, b int) int {
		switch {
		case g.rho[a] > g.rho[b]:
			return -1
		case g.rho[a] < g.rho[b]:
			return 1
		}
		return 0
	})
	n, district := 0, make([]int, len(rules.Districts))
	take := func(s int) {
		g.pick[s] = true
		n++
		if d := in.Sites[s].District; d >= 0 {
			district[d]++
		}
	}
	for s, f := range in.fixed {
		if f > 0 {
			take(s)
		}
	}
	for _, s := range g.order {
		if d := in.Sites[s].District; !g.pick[s] && in.fixed[s] == 0 && d >= 0 && district[d] < rules.Districts[d].Min {
			take(s)
		}
	}
	exact := rules.Keep > 0 && !rules.AtMost
	for _, s := range g.order {
		if rules.Keep > 0 && n >= rules.Keep || !exact && g.rho[s] <= 0 {
			break
		}
		d := in.Sites[s].District
		if g.pick[s] || in.fixed[s] != 0 || d >= 0 && rules.Districts[d].Max > 0 && district[d] >= rules.Districts[d].Max {
			continue
		}
		take(s)
	}
}

// step moves the multipliers along the slope by a Polyak step towards a cost
// that is gap higher. It reports whether there is anywhere to go.
func (g *lagrange) step(gap float64) bool {
	const ground = 1e-12
	norm := 0.0
	for i, d := range g.slope[:len(g.l)] {
		if d > 0 || g.l[i] > 0 {
			norm += d * d
		}
	}
	// Pounds and people are not of one size: the budget and the floors move in
	// units of a mean site and of a whole group.
	unit := make([]float64, 1+len(g.nu))
	unit[0] = max(g.in.Rules.Budget, 1)
	for k := range g.nu {
		unit[1+k] = max(g.in.group[k], 1)
	}
	rows := float64(len(g.l) + 1)
	for k, d := range g.slope[len(g.l):] {
		norm += d / unit[k] * d / unit[k] * rows
	}
	if norm < ground || gap <= 0 {
		return false
	}
	size := gap / norm
	for i, d := range g.slope[:len(g.l)] {
		g.l[i] = max(0, g.l[i]+size*d)
	}
	if g.in.Rules.Budget > 0 {
		g.mu = max(0, g.mu+size*g.slope[len(g.l)]/unit[0]/unit[0]*rows)
	}
	for k := range g.nu {
		g.nu[k] = max(0, g.nu[k]+size*g.slope[len(g.l)+1+k]/unit[1+k]/unit[1+k]*rows)
	}
	return true
}
