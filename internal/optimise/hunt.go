package optimise

import (
	"context"
	"math"
	"slices"
)

// hunt is what the searches found for a problem, whatever its model.
type hunt struct {
	p     *Problem
	in    *instance
	times []float64 // of PCenter: the possible longest times
	open  []bool    // the best set found, nil when there is none
	bound float64
	scale float64 // what is at stake, in units of the value
	size  Size
}

// newHunt searches with the given effort, from start when it is not nil.
func newHunt(ctx context.Context, p *Problem, e effort, start []bool) (*hunt, error) {
	h := &hunt{p: p, in: reduce(p)}
	h.size = h.in.size()
	switch p.Model {
	case PCenter:
		return h, h.center(ctx, e)
	case FewestSites:
		return h, h.fewest(ctx, e)
	}
	h.scale = h.in.base()
	s := newSearch(h.in)
	if start != nil {
		s.restart(start)
	} else {
		s.fill()
	}
	s.improve()
	if err := s.perturb(ctx, e.restarts, seed); err != nil {
		return nil, err
	}
	upper := h.scale
	if s.score().broken <= brokenEps {
		s.canonical()
		h.open, upper = slices.Clone(s.open), s.cost
	}
	cost, err := h.in.bound(ctx, upper, e.bound)
	if err != nil {
		return nil, err
	}
	if h.open != nil {
		cost = min(cost, s.cost) // they differ by rounding only
	}
	h.bound = h.in.value(cost)
	return h, nil
}

// fewest hunts for FewestSites.
func (h *hunt) fewest(ctx context.Context, e effort) error {
	h.scale = float64(len(h.p.Sites))
	open, err := fewest(ctx, h.p, max(10, e.restarts/10))
	if err != nil {
		return err
	}
	upper := h.scale + 1
	if open != nil {
		h.open = h.canonical(open)
		upper = float64(countOpen(h.open))
	}
	h.bound, err = h.in.leastSites(ctx, upper, e.bound)
	return err
}

// center hunts for PCenter: the shortest time within which everyone can be
// covered, by halving the list of times.
func (h *hunt) center(ctx context.Context, e effort) error {
	h.times = centerTimes(h.p)
	if len(h.times) == 0 {
		h.open = make([]bool, len(h.p.Sites))
		return nil
	}
	h.scale = h.times[len(h.times)-1]
	h.bound = h.times[0]
	low, high := 0, len(h.times)-1
	impossible := -1 // position up to which no set can do it, as the bound says
	for low <= high {
		mid := (low + high) / 2
		q, ok := within(h.p, h.times[mid], h.p.Rules.Keep, h.p.Rules.AtMost)
		if ok {
			open, err := reduce(q).coverAll(ctx, max(10, e.restarts/10))
			if err != nil {
				return err
			}
			if open != nil {
				h.open, high = open, mid-1
				continue
			}
			least, err := reduce(q).leastSites(ctx, float64(len(h.p.Sites)+1), e.bound)
			if err != nil {
				return err
			}
			ok = h.p.Rules.Keep == 0 || least <= float64(h.p.Rules.Keep)
		}
		if !ok {
			impossible = max(impossible, mid)
		}
		low = mid + 1
	}
	h.bound = h.times[min(impossible+1, len(h.times)-1)]
	if h.open != nil {
		h.open = h.canonical(h.open)
	}
	return nil
}

func (in *instance) size() Size {
	return Size{Sites: len(in.Sites), Demands: in.demand, Rows: len(in.rows), Weight: in.total, Aside: in.aside}
}

// value returns the value of a set.
func (h *hunt) value(open []bool) float64 {
	switch h.p.Model {
	case PCenter:
		return longest(h.p, open)
	case FewestSites:
		return float64(countOpen(open))
	}
	return h.in.value(h.in.costOf(open))
}

// fromCost turns what a program makes small into a value.
func (h *hunt) fromCost(cost float64) float64 {
	switch h.p.Model {
	case PCenter:
		return cost
	case FewestSites:
		return math.Ceil(cost - proofEps*h.scale)
	}
	return h.in.value(cost)
}

// eps is by how much two values may differ and still be equal.
func (h *hunt) eps() float64 { return 1e-9 * (1 + h.scale) }

// allowed reports whether a set keeps every rule, and covers everything where
// the model asks for that.
func (h *hunt) allowed(open []bool) bool {
	all := h.p.Model != PCenter && h.p.Model != FewestSites || h.in.costOf(open) == 0
	return all && h.in.violationOf(open) <= brokenEps
}

// canonical exchanges sites for those of lower positions while the set stays as
// good and allowed.
func (h *hunt) canonical(open []bool) []bool {
	if h.p.Model != PCenter && h.p.Model != FewestSites {
		s := newSearch(h.in)
		s.restart(open)
		s.canonical()
		return slices.Clone(s.open)
	}
	// Whatever covers all of this has the same value.
	limit := math.Inf(1)
	if h.p.Model == PCenter {
		limit = longest(h.p, open)
	}
	q, ok := within(h.p, limit, countOpen(open), false)
	if !ok {
		return open
	}
	s := newSearch(reduce(q))
	s.restart(open)
	s.canonical()
	return slices.Clone(s.open)
}

// longest is the longest time from any demand that an allowed site reaches to
// its nearest open site, infinite when there is none for somebody.
func longest(p *Problem, open []bool) float64 {
	fixed := fixed(p)
	most := 0.0
	for _, d := range p.Demands {
		nearest, reached := math.Inf(1), false
		for _, r := range d.Reach {
			reached = reached || fixed[r.Site] >= 0
			if open[r.Site] {
				nearest = min(nearest, r.Time)
			}
		}
		if d.Weight > 0 && reached {
			most = max(most, nearest)
		}
	}
	return most
}
