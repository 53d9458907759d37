package optimise

import (
	"context"
	"fmt"
)

// Closing is one step of a closing order.
type Closing struct {
	Site  int     // closed at this step
	Left  int     // open sites after it
	Value float64 // of these
	// Best is the answer with as many sites and no order to follow, so Value less
	// Best.Value is what following an order has cost; nil unless asked for.
	Best *Answer
}

// ClosingOrder closes the sites of open one after another, each time the one
// whose closing costs least (ties: the higher position), as long as the rules,
// the number to keep aside, are kept and more than one is open. Every set on
// the way is part of the one before, so a plan can stop anywhere; the best sets
// of each number need not be. With compare, the best set of each number is found
// too, in the given tier.
//
// Only the covering models and PMedian have a closing order. The error is that
// of Solve, or wraps ErrBadProblem when open itself breaks a rule.
func ClosingOrder(ctx context.Context, p *Problem, open []int, compare bool, tier Tier, env Env) ([]Closing, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if !p.Model.covers() && p.Model != PMedian {
		return nil, badf("a closing order needs model %s, %s or %s, not %s", MaximalCovering, BackupCover, PMedian, p.Model)
	}
	q := *p
	q.Rules.Keep, q.Rules.AtMost = len(p.Sites), true
	s := newSearch(reduce(&q))
	set := make([]bool, len(p.Sites))
	for _, i := range open {
		set[i] = true
	}
	if b := s.in.violationOf(set); b > brokenEps {
		return nil, badf("the closing order starts from a set that breaks the rules by %g", b)
	}
	s.restart(set)
	var order []Closing
	for s.n > 1 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		site := s.leastLoss()
		if site < 0 {
			break
		}
		s.drop(site)
		set[site] = false
		c := Closing{Site: site, Left: s.n, Value: s.in.value(s.in.costOf(set))}
		if compare {
			q.Rules.Keep, q.Rules.AtMost = s.n, false
			a, err := solveFrom(ctx, &q, tier, env, efforts[tier], set)
			if err != nil {
				return nil, fmt.Errorf("best with %d sites: %w", s.n, err)
			}
			q.Rules.Keep, q.Rules.AtMost = len(p.Sites), true
			c.Best = &a
		}
		order = append(order, c)
	}
	return order, nil
}

// leastLoss returns the open site whose closing costs least and breaks no rule,
// -1 when there is none.
func (s *search) leastLoss() int {
	best, top := -1, score{}
	for site := len(s.open) - 1; site >= 0; site-- {
		if !s.open[site] || s.in.fixed[site] > 0 {
			continue
		}
		s.drop(site)
		if sc := s.score(); sc.broken <= brokenEps && (best < 0 || sc.less(top, s.eps)) {
			best, top = site, sc
		}
		s.add(site)
	}
	return best
}
