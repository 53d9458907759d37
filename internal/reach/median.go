package reach

import (
	"cmp"
	"math"
	"slices"
)

// Weighted is a time, on foot or not, and how many people have it, or which share
// of them. NoWalk is no time.
type Weighted struct {
	Millis uint32
	Weight float64
}

// MedianMinutes returns the least time, in minutes, that more than half of the
// people do not exceed; NaN when that is no time at all, or for nobody. all is
// the weight of everybody; who is not in ws has no time. It reorders ws.
//
// With it, an area is outside by its median exactly when half or more of its
// people are.
func MedianMinutes(ws []Weighted, all float64) float64 {
	slices.SortFunc(ws, func(a, b Weighted) int { return cmp.Compare(a.Millis, b.Millis) })
	const slack = 1e-9 // of weights that were added up point by point
	sum := 0.0
	for _, w := range ws {
		if w.Millis == NoWalk {
			break
		}
		if sum += w.Weight; sum > all*(0.5+slack) {
			return Time{Millis: w.Millis}.Minutes()
		}
	}
	return math.NaN()
}
