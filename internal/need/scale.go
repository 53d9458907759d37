package need

import (
	"cmp"
	"math"
	"slices"
)

// stretch is the constant of the transformation: with it a tenth of the areas
// score over 50, and 100 and 0 average to the 90th percentile.
const stretch = 23

// Transform is the exponential transformation of the Indices of Deprivation:
// rank 1 of n (the most deprived) gives 100, rank n gives nearly 0, and about
// one area in ten scores over 50.
//
//	X = -23 ln{ 1 - R [1 - exp(-100/23)] },   R = (n - rank + 1) / n
//
// Rank is 1 to n and may be a mean of ranks. Source: Scottish Indices of
// Deprivation 2003 (Social Disadvantage Research Centre, University of Oxford,
// for the Scottish Executive), appendix 5; the English Indices of Deprivation
// combine their domains in the same way.
func Transform(rank float64, n int) float64 {
	share := (float64(n) - rank + 1) / float64(n) // R
	return -stretch * math.Log(1-share*(1-math.Exp(-100.0/stretch)))
}

// RankOf is the inverse of Transform: the rank among n areas that has score x,
// 0 to 100. It is rarely whole.
func RankOf(x float64, n int) float64 {
	share := (1 - math.Exp(-x/stretch)) / (1 - math.Exp(-100.0/stretch)) // R
	return float64(n) - share*float64(n) + 1
}

// whole returns a rank without the rounding of its last bits: one that is a
// whole number to six digits is that number.
func whole(rank float64) float64 {
	if w := math.Round(rank); math.Abs(rank-w) < 1e-6 {
		return w
	}
	return rank
}

// decile returns the tenth of n areas that a rank falls in, 1 to 10. The last
// rank of a tenth belongs to it.
func decile(rank float64, n int) int {
	return max(1, min(10, int(math.Ceil(rank*10/float64(n)))))
}

// ranks ranks values from the largest, 1, down; equal values share the better
// rank. What is not a number comes last.
func ranks(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(values[j], values[i]) })
	out := make([]int, len(values))
	rank := 0
	for k, i := range order {
		if k == 0 || values[i] != values[order[k-1]] {
			rank = k + 1
		}
		out[i] = rank
	}
	return out
}
