package optimise

import (
	"context"
	"math"
	"slices"
)

// Fewest sites and the p-center are both about covering everything. Here their
// searches: with at most k sites, does a set cover every row?

// within returns the problem of covering, with its rules, everything within
// limit; every time counts when limit is infinite. Demand that no allowed site
// reaches at any time is left out. The second result is false when some demand
// is reached, but not within limit.
func within(p *Problem, limit float64, keep int, atMost bool) (*Problem, bool) {
	out := *p
	out.Model, out.Demands = MaximalCovering, nil
	out.Rules.Keep, out.Rules.AtMost = keep, atMost
	for _, d := range p.Demands {
		if d.Weight == 0 {
			continue
		}
		d.Reach = slices.DeleteFunc(slices.Clone(d.Reach), func(r Reach) bool { return slices.Contains(p.Rules.Out, r.Site) })
		if len(d.Reach) == 0 {
			continue
		}
		d.Reach = slices.DeleteFunc(d.Reach, func(r Reach) bool { return r.Time > limit })
		if len(d.Reach) == 0 {
			return nil, false
		}
		d.Weight = 1 // everyone must be covered, so everyone counts alike
		out.Demands = append(out.Demands, d)
	}
	return &out, true
}

// coverAll looks for an allowed set that covers every row of in. It returns nil
// when it finds none, which does not mean that there is none.
func (in *instance) coverAll(ctx context.Context, rounds int) ([]bool, error) {
	s := newSearch(in)
	s.fill()
	s.improve()
	if !s.all() {
		if err := s.perturb(ctx, rounds, seed); err != nil {
			return nil, err
		}
	}
	if !s.all() {
		return nil, nil
	}
	return slices.Clone(s.open), nil
}

// all reports whether every row is covered and every rule kept.
func (s *search) all() bool {
	return s.score().broken <= brokenEps && !slices.Contains(s.count, 0)
}

// fewest looks for the fewest sites that cover everything, starting from any
// set that does and taking one away at a time. It returns nil when it finds none.
func fewest(ctx context.Context, p *Problem, rounds int) ([]bool, error) {
	keep, atMost := p.Rules.Keep, true
	if keep == 0 {
		keep = len(p.Sites)
	} else if !p.Rules.AtMost {
		atMost = false
	}
	var best []bool
	for keep > 0 {
		q, _ := within(p, math.Inf(1), keep, atMost)
		open, err := reduce(q).coverAll(ctx, rounds)
		if err != nil || open == nil {
			return best, err
		}
		best = open
		if !atMost {
			return best, nil
		}
		keep = countOpen(open) - 1
	}
	return best, nil
}

func countOpen(open []bool) int {
	n := 0
	for _, on := range open {
		if on {
			n++
		}
	}
	return n
}

// leastSites is a number of sites below which nothing covers every row, by
// Lagrangian relaxation of the covering rows. Forced and forbidden sites are
// respected, the other rules are dropped. Source: J. E. Beasley, "A Lagrangian
// heuristic for set-covering problems", Naval Research Logistics 37 (1990), 151-164.
func (in *instance) leastSites(ctx context.Context, upper float64, rounds int) (float64, error) {
	l := make([]float64, len(in.rows))
	worth := make([]float64, len(in.Sites))
	slope := make([]float64, len(in.rows))
	for i := range l {
		l[i] = 1
		for _, s := range in.rows[i].sites {
			l[i] = min(l[i], 1/float64(len(in.cells[s])))
		}
	}
	best, scale, since := 0.0, 2.0, 0
	for range rounds {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		cost := 0.0
		clear(worth)
		for i := range l {
			cost += l[i]
			slope[i] = 1
			for _, s := range in.rows[i].sites {
				worth[s] += l[i]
			}
		}
		for s, f := range in.fixed {
			if f < 0 || f == 0 && worth[s] <= 1 {
				continue
			}
			cost += 1 - worth[s]
			for _, c := range in.cells[s] {
				slope[c]--
			}
		}
		if cost > best+1e-7 {
			best, since = cost, 0
		} else if since++; since == 12 {
			scale, since = scale/2, 0
		}
		norm := 0.0
		for i, d := range slope {
			if d > 0 || l[i] > 0 {
				norm += d * d
			}
		}
		if norm == 0 || scale < 1e-5 || best > upper-1+1e-6 || cost >= upper {
			break
		}
		for i, d := range slope {
			l[i] = max(0, l[i]+scale*(upper-cost)/norm*d)
		}
	}
	const rounding = 1e-6 // of a site
	return max(math.Ceil(best-rounding), float64(len(distinct(in.Rules.In)))), nil
}
