package main

import (
	"math"
	"slices"
	"sort"
)

// rounds is how often divide grows the parts of a district.
const rounds = 40

// divide splits a piece of a district into n parts of about equal residents and
// returns the part of each cell of the piece. Each part grows from a seed; seeds
// that end up with too many residents start later in the next round.
func (c *country) divide(piece, inside []int, homes []home, people []float64, n int) []int {
	at := make([]int, c.count()) // position in the piece, or -1
	for i := range at {
		at[i] = -1
	}
	for k, i := range piece {
		at[i] = k
	}
	groups := halve(slices.Clone(inside), homes, n)
	seeds := make([]int, n)
	late := make([]float64, n)
	var total float64
	for k, g := range groups {
		seeds[k] = c.at(homes[nearestHome(g, homes, balance(g, homes))].at)
		for _, h := range g {
			total += homes[h].people
		}
	}
	want := total / float64(n)
	part := make([]int, len(piece))
	best, bestBad := part, math.Inf(1)
	for round := range rounds {
		low := slices.Min(late)
		start := make([]seedCost, n)
		for k := range start {
			start[k] = seedCost{seeds[k], late[k] - low}
		}
		part = make([]int, len(piece))
		got := make([]float64, n)
		size := make([]float64, n)
		sum := make([]point, n)
		c.growth(start, func(i int) bool { return at[i] >= 0 }, func(to, by int) {
			k := -1 - by
			if by >= 0 {
				k = part[at[by]]
			}
			part[at[to]] = k
			got[k] += people[to]
			sum[k] = sum[k].plus(c.centre(to).times(people[to]))
			size[k]++
		})
		var bad float64
		for k := range got {
			off := got[k]/want - 1
			bad += off * off
			if off < -0.3 { // too small to publish
				bad += 8 * (off + 0.3) * (off + 0.3)
			}
			if size[k] == 0 {
				bad += 1000
			}
			late[k] += fine(0.3 * (1 - 0.7*float64(round)/rounds) * cellSpan * math.Sqrt(size[k]+1) * max(-0.6, min(0.6, off)))
		}
		if bad < bestBad {
			best, bestBad = part, bad
		}
		for k := range seeds { // the seed follows its people, at first
			if got[k] > 0 && round < rounds/2 {
				goal := sum[k].times(1 / got[k])
				here := seeds[k]
				for _, i := range append(neighboursOf(c, here), here) {
					if m := at[i]; m >= 0 && part[m] == k && c.centre(i).distance(goal) < c.centre(here).distance(goal) {
						here = i
					}
				}
				if !slices.Contains(seeds, here) {
					seeds[k] = here
				}
			}
		}
	}
	c.evenOut(piece, at, best, people, n)
	return best
}

// evenOut moves cells from parts with many residents to neighbours with fewer,
// where both stay in one piece and the line between them stays short.
func (c *country) evenOut(piece []int, at, part []int, people []float64, n int) {
	const (
		passes = 40
		gap    = 220.0 // residents: parts nearer to each other than this are let be
	)
	got := make([]float64, n)
	size := make([]int, n)
	for k, i := range piece {
		got[part[k]] += people[i]
		size[part[k]]++
	}
	for range passes {
		moved := false
		for k, i := range piece {
			a := part[k]
			around := [6]int{} // the part of each neighbour, -1 outside the piece
			for m, nb := range c.neighbours(i) {
				around[m] = -1
				if o := at[nb]; o >= 0 {
					around[m] = part[o]
				}
			}
			turns, b, touching := 0, -1, 0
			for m, o := range around {
				if (o == a) != (around[(m+1)%6] == a) {
					turns++
				}
				if o >= 0 && o != a && (b < 0 || got[o] < got[b]) {
					b = o
				}
			}
			for _, o := range around {
				if o == b {
					touching++
				}
			}
			if b < 0 || turns != 2 || touching < 2 || size[a] < 4 || got[a]-got[b]-people[i] < gap {
				continue
			}
			part[k] = b
			got[a], got[b] = got[a]-people[i], got[b]+people[i]
			size[a], size[b] = size[a]-1, size[b]+1
			moved = true
		}
		if !moved {
			return
		}
	}
}

// halve splits the homes in two by residents, across the longer way, until
// there are n groups.
func halve(of []int, homes []home, n int) [][]int {
	if n == 1 {
		return [][]int{of}
	}
	lo, hi := homes[of[0]].at, homes[of[0]].at
	var total float64
	for _, i := range of {
		p := homes[i].at
		lo, hi = point{min(lo.X, p.X), min(lo.Y, p.Y)}, point{max(hi.X, p.X), max(hi.Y, p.Y)}
		total += homes[i].people
	}
	sort.SliceStable(of, func(a, b int) bool {
		p, q := homes[of[a]].at, homes[of[b]].at
		if hi.X-lo.X > hi.Y-lo.Y {
			return p.X < q.X
		}
		return p.Y < q.Y
	})
	left := n / 2
	goal := total * float64(left) / float64(n)
	cut := 0
	for passed := 0.0; passed < goal && cut < len(of)-(n-left); cut++ {
		passed += homes[of[cut]].people
	}
	cut = max(cut, left)
	return append(halve(of[:cut], homes, left), halve(of[cut:], homes, n-left)...)
}

// balance returns the middle of the residents of some homes.
func balance(of []int, homes []home) point {
	var sum point
	var people float64
	for _, i := range of {
		sum = sum.plus(homes[i].at.times(homes[i].people))
		people += homes[i].people
	}
	return sum.times(1 / people)
}

func nearestHome(of []int, homes []home, p point) int {
	best := of[0]
	for _, i := range of {
		if homes[i].at.distance(p) < homes[best].at.distance(p) {
			best = i
		}
	}
	return best
}
