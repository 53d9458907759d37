package estate

import (
	"fmt"
	"slices"

	"hubreach/geo"
	"hubreach/internal/county"
)

// Greedy opens, one after another, the site of candidates that adds the most
// people in need within the limit, until keep are open; ties go to the lower
// position, and so do sites that add nobody. With districtMin, every district
// first gets that many of its own sites (or all it has), best first, and these
// count among keep. It returns positions, ascending; a candidate that stands
// twice counts once.
//
// Greedy is a stated rule that anyone can follow, not the best set: that is the
// optimiser's work.
func Greedy(in Input, candidates []int, keep, districtMin int) ([]int, error) {
	g := newGreedy(in, candidates)
	if keep < 1 || keep > len(g.left) {
		return nil, fmt.Errorf("rule greedy: keep %d: want 1 to %d, the number of candidates", keep, len(g.left))
	}
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
		return nil, fmt.Errorf("rule greedy: keep %d: want %d or more, because district_min %d already opens so many in %d districts", keep, len(g.chosen), districtMin, len(in.County.Districts))
	}
	for len(g.chosen) < keep {
		g.open(g.best(func(int) bool { return true }))
	}
	slices.Sort(g.chosen)
	return g.chosen, nil
}

// greedy is the state of the rule.
type greedy struct {
	covers  map[int][]int32 // points within the limit, by candidate
	inNeed  []float64       // by point
	covered []bool
	left    []int
	chosen  []int
}

func newGreedy(in Input, candidates []int) *greedy {
	g := &greedy{covers: map[int][]int32{}, covered: make([]bool, in.Walks.Points()), left: slices.Clone(candidates)}
	slices.Sort(g.left)
	g.left = slices.Compact(g.left)
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

// open opens a site that is left.
func (g *greedy) open(site int) {
	g.chosen = append(g.chosen, site)
	g.left = slices.DeleteFunc(g.left, func(i int) bool { return i == site })
	for _, p := range g.covers[site] {
		g.covered[p] = true
	}
}

// Merge starts from open and, while two open sites lie within distance of each
// other in a straight line, exactly distance included, closes the one of the
// closest such pair that reaches fewer people in need (ties: the higher
// position; of pairs equally close, that of the lower positions comes first).
// It returns positions, ascending, and leaves open as it is.
func Merge(in Input, open []int, distance geo.Metres) []int {
	all := Assess(in, Keep(in.County, "merge", "", open))
	left := slices.Clone(open)
	slices.Sort(left)
	left = slices.Compact(left)
	for {
		from, to := closest(in.County, left, distance)
		if from < 0 {
			return left
		}
		drop := to
		if all.Sites[left[from]].ReachedInNeed < all.Sites[left[to]].ReachedInNeed {
			drop = from
		}
		left = slices.Delete(left, drop, drop+1)
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
