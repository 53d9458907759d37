package estate

import (
	"math"
	"slices"
)

// told returns the hidden cells that follow from the published ones and the
// sums, ascending: by elimination, or because people are not negative.
func (s *suppressor) told() []int {
	told := append(s.eliminated(), s.narrowed()...)
	slices.Sort(told)
	return slices.Compact(told)
}

// narrowed returns the hidden cells that sums of numbers that are not negative
// leave less than a person of room.
func (s *suppressor) narrowed() []int {
	lo, hi := make([]float64, len(s.cells)), make([]float64, len(s.cells))
	for c := range s.cells {
		if lo[c], hi[c] = s.cells[c].value, s.cells[c].value; s.cells[c].hidden {
			lo[c], hi[c] = 0, math.Inf(1)
		}
	}
	for changed, rounds := true, 0; changed && rounds < 100; rounds++ {
		changed = false
		for _, sum := range s.sums {
			changed = sum.narrow(lo, hi) || changed
		}
	}
	var told []int
	for c := range s.cells {
		if s.cells[c].hidden && hi[c]-lo[c] < 1 {
			told = append(told, c)
		}
	}
	return told
}

// narrow takes into the bounds what one sum says, and reports whether they moved.
func (s sum) narrow(lo, hi []float64) (moved bool) {
	const rounding = 1e-6 // people
	bound := func(c int, from, to float64) {
		if from-rounding > lo[c]+rounding {
			lo[c], moved = from-rounding, true
		}
		if to+rounding < hi[c]-rounding {
			hi[c], moved = to+rounding, true
		}
	}
	least, most := 0.0, 0.0
	for _, c := range s.parts {
		least, most = least+lo[c], most+hi[c]
	}
	bound(s.whole, least, most)
	for _, c := range s.parts {
		others := 0.0
		for _, d := range s.parts {
			if d != c {
				others += hi[d]
			}
		}
		bound(c, lo[s.whole]-others, hi[s.whole]-(least-lo[c]))
	}
	return moved
}

// eliminated returns the hidden cells that the sums, as equations, leave one
// value: in reduced form, those whose row has no other unknown.
func (s *suppressor) eliminated() []int {
	at := make(map[int]int)
	var unknown []int
	for c := range s.cells {
		if s.cells[c].hidden {
			at[c] = len(unknown)
			unknown = append(unknown, c)
		}
	}
	var m [][]float64
	for _, sum := range s.sums {
		row, asks := make([]float64, len(unknown)), false
		for _, c := range sum.parts {
			if s.cells[c].hidden {
				row[at[c]], asks = 1, true
			}
		}
		if s.cells[sum.whole].hidden {
			row[at[sum.whole]], asks = -1, true
		}
		if asks {
			m = append(m, row)
		}
	}
	var told []int
	for _, row := range reduced(m, len(unknown)) {
		only, others := -1, 0
		for k, v := range row {
			if v != 0 {
				only = k
				others++
			}
		}
		if others == 1 {
			told = append(told, unknown[only])
		}
	}
	return told
}

// reduced brings the rows into reduced echelon form. The numbers of a table of
// sums stay small whole ones, so nothing is lost to rounding; what is within a
// hair of 0 is 0.
func reduced(m [][]float64, n int) [][]float64 {
	const hair = 1e-9
	top := 0
	for k := 0; k < n && top < len(m); k++ {
		pivot := -1
		for i := top; i < len(m); i++ {
			if abs(m[i][k]) > hair && (pivot < 0 || abs(m[i][k]) > abs(m[pivot][k])) {
				pivot = i
			}
		}
		if pivot < 0 {
			continue
		}
		m[top], m[pivot] = m[pivot], m[top]
		lead := m[top][k]
		for j := range m[top] {
			m[top][j] /= lead
		}
		for i := range m {
			if f := m[i][k]; i != top && f != 0 {
				for j := range m[i] {
					if m[i][j] -= f * m[top][j]; abs(m[i][j]) < hair {
						m[i][j] = 0
					}
				}
			}
		}
		top++
	}
	return m[:top]
}

func abs(v float64) float64 { return max(v, -v) }
