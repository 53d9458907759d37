package outreach

import (
	"cmp"
	"math/bits"
	"slices"
)

// group is the people of all points that the same venues reach.
type group struct {
	by     []uint64 // set of venues, by position in coverer.venues
	people float64
}

// coverer finds the fewest venues that reach enough people, by depth-first
// search with growing numbers of venues, cut off where even the best of the
// venues left could not reach enough. Points with the same venues are merged
// first.
type coverer struct {
	venues []int // positions in the county's venues, the most reached first
	groups []group
	of     [][]int // groups by venue
	goal   float64
	tries  int
	best   []int
	most   float64
}

// The search gives up, and the pick one by one stands, with more venues to
// choose among, or after more tries.
const (
	mostVenuesExact = 256
	mostTries       = 50_000
)

// fewest returns the fewest venues that reach CoverShare of all people, or as
// many as all venues do, ascending; the share that they reach; and whether
// fewer are proven not to. Of equally few it takes those that reach the most.
func (c *classifier) fewest(ds []demand, all float64) ([]int, float64, bool) {
	v := c.coverer(ds)
	reachable := 0.0
	for _, g := range v.groups {
		reachable += g.people
	}
	v.goal = min(CoverShare*all, reachable) * (1 - slack)
	picked, sum := v.greedy()
	exact := len(v.venues) <= mostVenuesExact
	if exact {
		for n := 1; n < len(picked) && v.best == nil && exact; n++ {
			v.search(0, nil, make([]bool, len(v.groups)), 0, n)
			exact = v.tries <= mostTries
		}
		if v.best != nil {
			picked, sum = v.best, v.most
		} else if exact && len(picked) > 0 { // nothing fewer: the best of as many
			v.most = 0
			v.search(0, nil, make([]bool, len(v.groups)), 0, len(picked))
			if v.best != nil && v.most > sum*(1+slack) {
				picked, sum = v.best, v.most
			}
		}
	}
	out := make([]int, len(picked))
	for k, p := range picked {
		out[k] = v.venues[p]
	}
	slices.Sort(out)
	return out, min(1, sum/all), exact
}

// coverer groups the points by the venues in reach.
func (c *classifier) coverer(ds []demand) *coverer {
	limit := c.venueLimit()
	reached := c.reachedFrom(ds)
	v := &coverer{}
	for place, n := range reached {
		if n > 0 {
			v.venues = append(v.venues, place)
		}
	}
	slices.SortFunc(v.venues, func(a, b int) int {
		return cmp.Or(cmp.Compare(reached[b], reached[a]), cmp.Compare(a, b))
	})
	at := map[int]int{}
	for k, place := range v.venues {
		at[place] = k
	}
	words := (len(v.venues) + 63) / 64
	seen := map[string]int{}
	key := make([]byte, 0, words*8)
	for _, d := range ds {
		set := make([]uint64, words)
		for _, p := range c.in.Venues.At(int(d.point)) {
			if p.Millis <= limit {
				k := at[int(p.Place)]
				set[k/64] |= 1 << (k % 64)
			}
		}
		key = key[:0]
		any := uint64(0)
		for _, w := range set {
			any |= w
			for s := 0; s < 64; s += 8 {
				key = append(key, byte(w>>s))
			}
		}
		if any == 0 {
			continue
		}
		g, ok := seen[string(key)]
		if !ok {
			g = len(v.groups)
			seen[string(key)] = g
			v.groups = append(v.groups, group{by: set})
		}
		v.groups[g].people += d.people
	}
	v.of = make([][]int, len(v.venues))
	for g, x := range v.groups {
		for w, set := range x.by {
			for ; set != 0; set &= set - 1 {
				k := w*64 + bits.TrailingZeros64(set)
				v.of[k] = append(v.of[k], g)
			}
		}
	}
	return v
}

// gain returns the people that venue k would add.
func (v *coverer) gain(k int, covered []bool) float64 {
	n := 0.0
	for _, g := range v.of[k] {
		if !covered[g] {
			n += v.groups[g].people
		}
	}
	return n
}

// greedy picks the venue that adds the most, until enough are reached.
func (v *coverer) greedy() ([]int, float64) {
	covered := make([]bool, len(v.groups))
	var picked []int
	sum := 0.0
	for sum < v.goal {
		best, most := -1, 0.0
		for k := range v.venues {
			if n := v.gain(k, covered); n > most*(1+slack) {
				best, most = k, n
			}
		}
		if best < 0 {
			break
		}
		for _, g := range v.of[best] {
			covered[g] = true
		}
		picked = append(picked, best)
		sum += most
	}
	return picked, sum
}

// search tries every set of n more venues from position from on that might
// still reach the goal, and keeps the one that reaches the most.
func (v *coverer) search(from int, picked []int, covered []bool, sum float64, n int) {
	if v.tries++; v.tries > mostTries {
		return
	}
	if n == 0 {
		if sum >= v.goal && sum > v.most*(1+slack) {
			v.best, v.most = slices.Clone(picked), sum
		}
		return
	}
	gains := make([]float64, 0, len(v.venues)-from)
	for k := from; k < len(v.venues); k++ {
		gains = append(gains, v.gain(k, covered))
	}
	sorted := slices.Clone(gains)
	slices.Sort(sorted)
	slices.Reverse(sorted)
	bound := sum
	for _, g := range sorted[:min(n, len(sorted))] {
		bound += g
	}
	if bound < v.goal || bound <= v.most*(1+slack) {
		return
	}
	for k := from; k < len(v.venues); k++ {
		if gains[k-from] == 0 {
			continue
		}
		now := slices.Clone(covered)
		for _, g := range v.of[k] {
			now[g] = true
		}
		v.search(k+1, append(picked, k), now, sum+gains[k-from], n-1)
	}
}
