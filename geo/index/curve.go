package index

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// curve returns the positions of the bounds that hold a point, in the order of
// their middles along a Hilbert curve, equal ones in the order given.
func curve(bounds []orb.Bound) []int32 {
	type stop struct {
		key uint32
		i   int32
	}
	all := whole(bounds)
	var stops []stop
	for i, b := range bounds {
		if !somewhere(b) {
			continue
		}
		x := cell(b.Min[0]/2+b.Max[0]/2, all.Min[0], all.Max[0])
		y := cell(b.Min[1]/2+b.Max[1]/2, all.Min[1], all.Max[1])
		stops = append(stops, stop{hilbert(x, y), int32(i)})
	}
	slices.SortFunc(stops, func(a, b stop) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.i, b.i)) })
	order := make([]int32, len(stops))
	for k, s := range stops {
		order[k] = s.i
	}
	return order
}

// whole returns the bound of those bounds that hold a point.
func whole(bounds []orb.Bound) orb.Bound {
	var all orb.Bound
	first := true
	for _, b := range bounds {
		switch {
		case !somewhere(b):
		case first:
			all, first = b, false
		default:
			all = all.Union(b)
		}
	}
	return all
}

// side is the number of cells along each axis of the curve.
const side = 1 << 16

// cell returns the cell, 0 to side-1, of v between lo and hi. Where that means
// nothing, as between infinities, it is 0.
func cell(v, lo, hi float64) uint32 {
	t := (v - lo) / (hi - lo)
	if !(t > 0) {
		return 0
	}
	return uint32(min(t*side, side-1))
}

// hilbert returns how far along a Hilbert curve the cell (x, y) is, by halving
// the square 16 times: each quarter is a step of the curve, and within the
// first and the last quarter the curve runs mirrored.
func hilbert(x, y uint32) uint32 {
	var along uint32
	for half := uint32(side / 2); half > 0; half /= 2 {
		right, top := x&half != 0, y&half != 0
		switch {
		case !right && top:
			along += half * half
		case right && top:
			along += 2 * half * half
		case right:
			along += 3 * half * half
			x, y = half-1-y&(half-1), half-1-x&(half-1)
			continue
		default:
			x, y = y, x
		}
		x, y = x&(half-1), y&(half-1)
	}
	return along
}
