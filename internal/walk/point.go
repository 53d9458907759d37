package walk

import (
	"math"

	"github.com/paulmach/orb"

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

func boundOf(ps []point) orb.Bound {
	b := orb.Bound{Min: orb.Point(ps[0].grid()), Max: orb.Point(ps[0].grid())}
	for _, p := range ps[1:] {
		b = b.Extend(orb.Point(p.grid()))
	}
	return b
}

// hilbert returns the position of p along a Hilbert curve of 2^16 x 2^16 cells
// over the square from origin with the given side in millimetres.
//
// Source: D. Hilbert, "Ueber die stetige Abbildung einer Linie auf ein
// Flaechenstueck", Mathematische Annalen 38 (1891), 459-460; the loop turns
// each quadrant as the figure there does.
func hilbert(p, origin point, side int64) uint32 {
	const order = 16
	const top = 1<<order - 1
	cell := func(v, from int32) uint32 {
		return uint32((int64(v) - int64(from)) * top / max(1, side))
	}
	x, y := cell(p.x, origin.x), cell(p.y, origin.y)
	var d uint32
	for s := uint32(1) << (order - 1); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = top-x, top-y
			}
			x, y = y, x
		}
	}
	return d
}
