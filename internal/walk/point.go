package walk

import (
	"math"

	"hubreach/geo"
)

// point is a position in whole millimetres of the National Grid: exact sums,
// half the memory of floats, and the whole grid fits 32 bits.
type point struct{ x, y int32 }

// maxMetres bounds the coordinates that fit a point. The National Grid ends at
// 700 km east and 1,300 km north.
const maxMetres = 2_000_000

// pointOf rounds p; ok is false outside maxMetres and for NaN.
func pointOf(p geo.Grid) (_ point, ok bool) {
	if !(math.Abs(p[0]) <= maxMetres && math.Abs(p[1]) <= maxMetres) {
		return point{}, false
	}
	return point{int32(math.Round(p[0] * 1000)), int32(math.Round(p[1] * 1000))}, true
}

func (p point) grid() geo.Grid { return geo.Grid{float64(p.x) / 1000, float64(p.y) / 1000} }

// millimetres returns the distance from p to q.
func (p point) millimetres(q point) float64 {
	dx, dy := float64(p.x)-float64(q.x), float64(p.y)-float64(q.y)
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// nearestOn returns the fraction along a-b, in [0, 1], of the point nearest to
// p, and the distance to it in metres.
func nearestOn(p, a, b geo.Grid) (fraction, metres float64) {
	dx, dy := b[0]-a[0], b[1]-a[1]
	if l := float64(dx*dx) + float64(dy*dy); l > 0 {
		fraction = min(1, max(0, (float64((p[0]-a[0])*dx)+float64((p[1]-a[1])*dy))/l))
	}
	q := between(a, b, fraction)
	dx, dy = p[0]-q[0], p[1]-q[1]
	return fraction, math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// between returns the point at fraction of a-b, exactly b at 1.
func between(a, b geo.Grid, fraction float64) geo.Grid {
	if fraction == 1 {
		return b
	}
	return geo.Grid{a[0] + float64(fraction*(b[0]-a[0])), a[1] + float64(fraction*(b[1]-a[1]))}
}
