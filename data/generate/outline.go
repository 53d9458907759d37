package main

import (
	"math"
	"slices"
)

// outline returns, for each of n labels, the rings around the cells that bear
// it: anticlockwise around the ground, clockwise around holes. Lines between
// two labels are smoothed and thinned once, so both sides have the same points.
// A short line keeps bends of fine metres, one of several kilometres of coarse.
func outline(c cells, label []int, n int, fine, coarse float64) [][][]point {
	// Each corner has at most one side leaving it with a given label on the left.
	next := make([]map[int]int, n)
	for k := range next {
		next[k] = map[int]int{}
	}
	meets := map[int][]int{} // corner to the labels around it, in order of first sight
	starts := make([][]int, n)
	for i := range c.count() {
		if c.margin(i) {
			continue
		}
		corners, nb := c.corners(i), c.neighbours(i)
		for k := range 6 {
			a, b := corners[k], corners[(k+1)%6]
			if !slices.Contains(meets[a], label[i]) {
				meets[a] = append(meets[a], label[i])
			}
			if label[i] >= 0 && label[nb[k]] != label[i] {
				next[label[i]][a] = b
				starts[label[i]] = append(starts[label[i]], a)
			}
		}
	}
	rings := make([][][]int, n)
	for k := range n {
		seen := map[int]bool{}
		for _, s := range starts[k] {
			if seen[s] {
				continue
			}
			var ring []int
			for at := s; !seen[at]; at = next[k][at] {
				seen[at] = true
				ring = append(ring, at)
			}
			rings[k] = append(rings[k], ring)
		}
	}

	place := map[int]point{}
	keep := map[int]bool{}
	for k := range n {
		for _, ring := range rings[k] {
			for _, line := range chains(ring, func(v int) bool { return len(meets[v]) > 2 }) {
				first, last := line[0], line[len(line)-1]
				if _, done := place[line[len(line)/2]]; done && len(line) > 2 {
					continue // the other side has drawn it
				}
				if first > last || first == last && line[1] > line[len(line)-2] {
					slices.Reverse(line) // the same way round from both sides
				}
				thin(c, line, place, keep, fine, coarse)
			}
		}
	}
	out := make([][][]point, n)
	for k := range n {
		for _, ring := range rings[k] {
			var points []point
			for _, v := range ring {
				if keep[v] {
					points = append(points, place[v].rounded())
				}
			}
			out[k] = append(out[k], points)
		}
		slices.SortStableFunc(out[k], func(a, b []point) int { return int(area(b) - area(a)) })
	}
	return out
}

// chains cuts a ring where three labels meet. A ring with no such corner is one
// chain that ends where it starts, at its lowest corner.
func chains(ring []int, end func(int) bool) [][]int {
	start := slices.IndexFunc(ring, end)
	if start < 0 {
		start = slices.Index(ring, slices.Min(ring))
	}
	turned := append(append(slices.Clone(ring[start:]), ring[:start]...), ring[start])
	var out [][]int
	from := 0
	for i := 1; i < len(turned); i++ {
		if i == len(turned)-1 || end(turned[i]) {
			out = append(out, slices.Clone(turned[from:i+1]))
			from = i
		}
	}
	return out
}

// thin places the corners of a chain: smoothed twice, ends fixed, and those
// kept that the line needs.
func thin(c cells, line []int, place map[int]point, keep map[int]bool, fine, coarse float64) {
	at := make([]point, len(line))
	for i, v := range line {
		at[i] = c.corner(v)
	}
	var long float64
	for i := 1; i < len(at); i++ {
		long += at[i].distance(at[i-1])
	}
	for range 2 {
		smooth := slices.Clone(at)
		for i := 1; i < len(at)-1; i++ {
			smooth[i] = at[i].times(0.5).plus(at[i-1].plus(at[i+1]).times(0.25))
		}
		at = smooth
	}
	for i, v := range line {
		place[v] = at[i]
	}
	tolerance := fine + (coarse-fine)*min(1, long/5000)
	keep[line[0]], keep[line[len(line)-1]] = true, true
	var split func(a, b int)
	split = func(a, b int) {
		worst, metres := -1, tolerance
		for i := a + 1; i < b; i++ {
			d, _ := offSegment(at[i], at[a], at[b])
			if d > metres {
				worst, metres = i, d
			}
		}
		if worst > 0 {
			keep[line[worst]] = true
			split(a, worst)
			split(worst, b)
		}
	}
	if line[0] == line[len(line)-1] { // a closed chain needs two more points to be a ring
		third, half := len(line)/3, 2*len(line)/3
		keep[line[third]], keep[line[half]] = true, true
		split(0, third)
		split(third, half)
		split(half, len(line)-1)
		return
	}
	split(0, len(line)-1)
}

// covers reports whether p lies in the rings, by counting sides.
func covers(rings [][]point, p point) bool {
	in := false
	for _, r := range rings {
		if inside(p, r) {
			in = !in
		}
	}
	return in
}

// extent returns the area of rings in square metres.
func extent(rings [][]point) float64 {
	var sum float64
	for _, r := range rings {
		sum += area(r)
	}
	return math.Abs(sum)
}
