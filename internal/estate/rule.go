package estate

import (
	"fmt"
	"sort"

	"hubreach/geo"
	"hubreach/internal/county"
)

// Greedy opens, one after another, the site of candidates that adds the most
// people in need within the limit, until keep are open; ties go to the lower
// position. With districtMin, every district first gets that many of its own
// sites (or all it has), best first. It returns positions, ascending.
//
// Greedy is a stated rule that anyone can follow, not the best set: that is the
// optimiser's work.
func Greedy(in Input, candidates []int, keep, districtMin int) ([]int, error) {
	if keep < 1 || keep > len(candidates) {
		return nil, fmt.Errorf("rule greedy: keep %d: want 1 to %d, the number of candidates", keep, len(candidates))
	}
	g := newGreedy(in, candidates)
	if districtMin > 0 {
		for _, d := range in.County.Districts {
			for range districtMin {
				best := g.best(func(site int) bool { return in.County.Sites[site].District == d.Code })
				if best < 0 {
					break
				}
				g.open(best)
			}
		}
		if len(g.chosen) > keep {
			return nil, fmt.Errorf("rule greedy: %d in each of %d districts is %d sites: want keep of at least that, found %d", districtMin, len(in.County.Districts), len(g.chosen), keep)
		}
	}
	for len(g.chosen) < keep {
		best := g.best(func(int) bool { return true })
		if best < 0 {
			break
		}
		g.open(best)
	}
	sort.Ints(g.chosen)
	return g.chosen, nil
}

type greedy struct {
	covers  map[int][]int32 // points within the limit, by candidate
	inNeed  []float64       // by point
	covered []bool
	left    []int
	chosen  []int
}

func newGreedy(in Input, candidates []int) *greedy {
	g := &greedy{covers: map[int][]int32{}, covered: make([]bool, in.Walks.Points()), left: append([]int(nil), candidates...)}
	sort.Ints(g.left)
	for _, i := range g.left {
		g.covers[i] = nil
	}
	g.inNeed = make([]float64, in.Walks.Points())
	for p, point := range in.County.Points {
		g.inNeed[p] = in.Need.Areas[point.Area].InNeed * point.Share
		for _, t := range in.Walks.At(p) {
			if _, ok := g.covers[int(t.Place)]; ok && t.Millis <= in.Limit {
				g.covers[int(t.Place)] = append(g.covers[int(t.Place)], int32(p))
			}
		}
	}
	return g
}

// best returns the site left that adds the most, -1 when none is allowed.
func (g *greedy) best(allowed func(int) bool) int {
	best, most := -1, -1.0
	for _, i := range g.left {
		if !allowed(i) {
			continue
		}
		adds := 0.0
		for _, p := range g.covers[i] {
			if !g.covered[p] {
				adds += g.inNeed[p]
			}
		}
		if adds > most {
			best, most = i, adds
		}
	}
	return best
}

func (g *greedy) open(site int) {
	g.chosen = append(g.chosen, site)
	for k, i := range g.left {
		if i == site {
			g.left = append(g.left[:k], g.left[k+1:]...)
			break
		}
	}
	for _, p := range g.covers[site] {
		g.covered[p] = true
	}
}

// Merge starts from open and, while two open sites lie within distance of each
// other in a straight line, closes the one of the closest such pair that
// reaches fewer people in need (ties: the higher position). It returns
// positions, ascending.
func Merge(in Input, open []int, distance geo.Metres) []int {
	o := Keep(in.County, "merge", "", open)
	all := Assess(in, o)
	left := append([]int(nil), open...)
	sort.Ints(left)
	for {
		from, to := closest(in.County, left, distance)
		if from < 0 {
			return left
		}
		drop := to
		if all.Sites[left[from]].ReachedInNeed < all.Sites[left[to]].ReachedInNeed {
			drop = from
		}
		left = append(left[:drop], left[drop+1:]...)
	}
}

// closest returns the closest pair of sites within distance, as positions in
// sites, or -1, -1.
func closest(c *county.County, sites []int, distance geo.Metres) (int, int) {
	from, to, least := -1, -1, distance
	for i := range sites {
		for j := i + 1; j < len(sites); j++ {
			d := c.Sites[sites[i]].At.Distance(c.Sites[sites[j]].At)
			if d < least || d == least && from < 0 {
				from, to, least = i, j, d
			}
		}
	}
	return from, to
}
