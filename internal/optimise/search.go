package optimise

import (
	"context"
	"math/rand/v2"
)

// seed is that of every random choice, so that answers can be repeated.
const seed = 20

// search is a set of open sites that is changed step by step, with its cost and
// by how much it breaks the rules kept up to date.
type search struct {
	*tally
	cost  float64
	count []int32 // by row: open sites that cover it
	eps   float64 // two costs closer than this are equal
}

// newSearch starts with the sites that are forced in.
func newSearch(in *instance) *search {
	s := &search{tally: newTally(in), count: make([]int32, len(in.rows)), cost: in.base()}
	s.eps = 1e-9 * (1 + s.cost)
	for site, f := range in.fixed {
		if f > 0 {
			s.add(site)
		}
	}
	return s
}

// add opens a closed site.
func (s *search) add(site int) {
	s.set(site, true)
	for _, i := range s.in.cells[site] {
		n := int(s.count[i])
		s.count[i]++
		s.between(int(i), n, -1)
	}
}

// drop closes an open site.
func (s *search) drop(site int) {
	s.set(site, false)
	for _, i := range s.in.cells[site] {
		s.count[i]--
		s.between(int(i), int(s.count[i]), 1)
	}
}

// between adds, sign being 1, or takes away the cost that lies between n and
// n + 1 sites covering row i.
func (s *search) between(i, n int, sign float64) {
	if n > 1 {
		return
	}
	r := &s.in.rows[i]
	s.cost += sign * r.weight * (s.in.lack(n) - s.in.lack(n+1))
	if n == 0 {
		for _, f := range r.floors {
			s.covered[f.floor] -= sign * f.weight
		}
	}
}

// brokenEps is by how much two sums of broken rules may differ and be equal.
const brokenEps = 1e-9

// score is what sets are compared by: broken rules first, then cost.
type score struct{ broken, cost float64 }

// less reports whether a is better than b by more than rounding.
func (a score) less(b score, eps float64) bool {
	if d := a.broken - b.broken; d < -brokenEps || d > brokenEps {
		return d < 0
	}
	return a.cost < b.cost-eps
}

func (s *search) score() score { return score{s.violation(), s.cost} }

// with returns the score after opening a closed site, without opening it.
func (s *search) with(site int) score {
	if len(s.covered) > 0 {
		s.add(site)
		out := s.score()
		s.drop(site)
		return out
	}
	gain := 0.0
	for _, i := range s.in.cells[site] {
		switch s.count[i] {
		case 0:
			gain += s.in.rows[i].weight
		case 1:
			gain += s.in.rows[i].weight * s.in.theta
		}
	}
	s.set(site, true)
	out := score{s.violation(), s.cost - gain}
	s.set(site, false)
	return out
}

// best returns the closed site whose opening scores best, ties to the lower
// position, or -1 when every site is open or forced out.
func (s *search) best() (int, score) {
	best, top := -1, score{}
	for site, open := range s.open {
		if open || s.in.fixed[site] < 0 {
			continue
		}
		if sc := s.with(site); best < 0 || sc.less(top, s.eps) {
			best, top = site, sc
		}
	}
	return best, top
}

// fill opens the best site, one after another, while that scores better, or at
// least breaks no more rules and there is room for more.
func (s *search) fill() {
	for now := s.score(); ; {
		site, sc := s.best()
		if site < 0 || !sc.less(now, s.eps) {
			return
		}
		s.add(site)
		now = sc
	}
}

// improve makes single changes, each the best for its site, until a whole round
// over the open sites brings nothing: exchange one for another, close one, or
// open one more.
func (s *search) improve() {
	for changed := true; changed; {
		changed = false
		for site := range s.open {
			if !s.open[site] || s.in.fixed[site] > 0 {
				continue
			}
			now := s.score()
			s.drop(site)
			to, sc := s.best()
			without := s.score()
			switch {
			case to >= 0 && sc.less(now, s.eps) && !without.less(sc, s.eps):
				s.add(to)
				changed = true
			case without.less(now, s.eps):
				changed = true
			default:
				s.add(site)
			}
		}
		if site, sc := s.best(); site >= 0 && sc.less(s.score(), s.eps) {
			s.add(site)
			changed = true
		}
	}
}

// restart moves the search to another set.
func (s *search) restart(to []bool) {
	for site, open := range to {
		if s.open[site] && !open {
			s.drop(site)
		}
	}
	for site, open := range to {
		if !s.open[site] && open {
			s.add(site)
		}
	}
	s.cost = s.in.costOf(s.open) // no drift
}

// perturb closes a few open sites, fills up again and improves, rounds times,
// and keeps the best set. The sites are drawn from seed.
func (s *search) perturb(ctx context.Context, rounds int, seed uint64) error {
	r := rand.New(rand.NewPCG(seed, 0x68756272656163)) // #nosec G404 -- a seed has to give the same answer again
	best, top := append([]bool(nil), s.open...), s.score()
	for range rounds {
		if err := ctx.Err(); err != nil {
			return err
		}
		free := s.freeOpen()
		if len(free) == 0 {
			break
		}
		r.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
		for _, site := range free[:min(len(free), 2+r.IntN(4))] {
			s.drop(site)
		}
		s.scatter(r)
		s.fill()
		s.improve()
		if sc := s.score(); !top.less(sc, s.eps) {
			top = sc
			copy(best, s.open)
			continue
		}
		s.restart(best)
	}
	s.restart(best)
	return nil
}

// scatter opens one closed site at random, so that filling up does not always
// lead back.
func (s *search) scatter(r *rand.Rand) {
	var closed []int
	for site, open := range s.open {
		if !open && s.in.fixed[site] == 0 {
			closed = append(closed, site)
		}
	}
	if len(closed) > 0 {
		s.add(closed[r.IntN(len(closed))])
	}
}

func (s *search) freeOpen() []int {
	var free []int
	for site, open := range s.open {
		if open && s.in.fixed[site] == 0 {
			free = append(free, site)
		}
	}
	return free
}

// canonical exchanges open sites for closed ones of a lower position while that
// changes neither value nor rules, see the package comment.
func (s *search) canonical() {
	for changed := true; changed; {
		changed = false
		for site := len(s.open) - 1; site >= 0; site-- {
			if !s.open[site] || s.in.fixed[site] > 0 {
				continue
			}
			now := s.score()
			s.drop(site)
			to := site
			for lower := range site {
				if s.open[lower] || s.in.fixed[lower] < 0 {
					continue
				}
				if sc := s.with(lower); !now.less(sc, s.eps) {
					to, changed = lower, true
					break
				}
			}
			s.add(to)
		}
	}
	s.restart(append([]bool(nil), s.open...))
}
