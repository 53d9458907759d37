package main

import (
	"math"
	"slices"
)

// point is a place on the plan: metres east and north of its south-west corner.
//
// Places are kept to a whole 1/1024 of a metre, a power of two, so that sums,
// dot and cross products of them are exact: processors that fuse a
// multiplication with an addition then give the same county as those that do
// not.
type point struct{ X, Y float64 }

// fine rounds to 1/1024.
func fine(x float64) float64 { return math.Round(x*1024) / 1024 }

func (p point) plus(q point) point    { return point{p.X + q.X, p.Y + q.Y} }
func (p point) minus(q point) point   { return point{p.X - q.X, p.Y - q.Y} }
func (p point) times(k float64) point { return point{fine(p.X * k), fine(p.Y * k)} }

// towards returns the place a share t of the way from p to q.
func (p point) towards(q point, t float64) point { return p.plus(q.minus(p).times(t)) }

func (p point) distance(q point) float64 { d := p.minus(q); return math.Sqrt(dot(d, d)) }

// left returns p turned by a quarter to the left.
func (p point) left() point { return point{-p.Y, p.X} }

// unit returns p scaled to the length 1; a zero p stays zero.
func (p point) unit() point {
	l := math.Sqrt(dot(p, p))
	if l == 0 {
		return p
	}
	return direction(p.X/l, p.Y/l)
}

// direction is a point that is no place but a way to go, of length 1, kept to
// 30 binary digits.
func direction(x, y float64) point {
	return point{math.Round(x*(1<<30)) / (1 << 30), math.Round(y*(1<<30)) / (1 << 30)}
}

// bearing returns the direction at an angle anticlockwise from the east.
func bearing(radians float64) point {
	sin, cos := math.Sincos(radians)
	return direction(cos, sin)
}

// rounded returns p to the whole centimetre. Places are rounded as soon as they
// are final, so that the last bit of a sine never reaches a file.
func (p point) rounded() point {
	return point{math.Round(p.X*100) / 100, math.Round(p.Y*100) / 100}
}

func dot(a, b point) float64   { return a.X*b.X + a.Y*b.Y }
func cross(a, b point) float64 { return a.X*b.Y - a.Y*b.X }

// crossing returns where the segments a-b and c-d meet, as shares along each.
func crossing(a, b, c, d point) (t, u float64, ok bool) {
	r, s := b.minus(a), d.minus(c)
	den := cross(r, s)
	if math.Abs(den) < 1e-9 {
		return 0, 0, false
	}
	t, u = cross(c.minus(a), s)/den, cross(c.minus(a), r)/den
	return t, u, t >= 0 && t <= 1 && u >= 0 && u <= 1
}

// offSegment returns how far p is from the segment a-b, and the share along it.
func offSegment(p, a, b point) (metres, t float64) {
	d := b.minus(a)
	if l := dot(d, d); l > 0 {
		t = min(1, max(0, dot(p.minus(a), d)/l))
	}
	return p.distance(a.towards(b, t)), t
}

// area returns the signed area of a ring without its closing point; positive
// when it runs anticlockwise.
func area(ring []point) float64 {
	var sum float64
	for i, p := range ring {
		sum += cross(p, ring[(i+1)%len(ring)])
	}
	return sum / 2
}

// middle returns the centre of gravity of a ring with an area.
func middle(ring []point) point {
	o := ring[0]
	var sum, cx, cy float64
	for i := range ring {
		p, q := ring[i].minus(o), ring[(i+1)%len(ring)].minus(o)
		w := cross(p, q)
		sum += w
		cx += w * (p.X + q.X)
		cy += w * (p.Y + q.Y)
	}
	return point{o.X + fine(cx/(3*sum)), o.Y + fine(cy/(3*sum))}
}

// inside reports whether p lies in the ring, by counting the sides to its east.
func inside(p point, ring []point) bool {
	in := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}

// lineThrough returns the part of the line through p along way that lies in the
// convex ring.
func lineThrough(p, way point, ring []point) (from, to point, ok bool) {
	lo, hi := math.Inf(-1), math.Inf(1)
	for i, a := range ring {
		n := ring[(i+1)%len(ring)].minus(a).left() // points into the ring
		den, num := dot(n, way), dot(n, a.minus(p))
		switch {
		case math.Abs(den) < 1e-9 && num > 0:
			return p, p, false
		case math.Abs(den) < 1e-9:
		case den > 0:
			lo = max(lo, num/den)
		default:
			hi = min(hi, num/den)
		}
	}
	if !(lo < hi) {
		return p, p, false
	}
	return p.plus(way.times(lo)), p.plus(way.times(hi)), true
}

// inset returns the convex ring drawn in by d metres on every side, or nil when
// nothing is left.
func inset(ring []point, d float64) []point {
	out := slices.Clone(ring)
	for i, a := range ring {
		n := ring[(i+1)%len(ring)].minus(a).left().unit()
		out = clipHalf(out, a.plus(n.times(d)), n)
		if len(out) < 3 {
			return nil
		}
	}
	return out
}

// clipHalf keeps the part of the convex ring on the side of o that n points to.
func clipHalf(ring []point, o, n point) []point {
	var out []point
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		da, db := dot(a.minus(o), n), dot(b.minus(o), n)
		if da >= 0 {
			out = append(out, a)
		}
		if (da >= 0) != (db >= 0) {
			out = append(out, a.towards(b, da/(da-db)))
		}
	}
	return out
}

// roundOff cuts the corners of a ring, twice.
func roundOff(ring []point) []point {
	for range 2 {
		out := make([]point, 0, 2*len(ring))
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			out = append(out, a.towards(b, 0.25), a.towards(b, 0.75))
		}
		ring = out
	}
	return ring
}

// curve returns a smooth line through the given points, with a point at about
// every step metres (Catmull-Rom).
func curve(through []point, step float64) []point {
	out := []point{through[0]}
	at := func(i int) point { return through[min(len(through)-1, max(0, i))] }
	for i := range len(through) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		n := int(math.Ceil(b.distance(c) / step))
		for k := 1; k <= n; k++ {
			t := float64(k) / float64(n)
			q := func(a, b, c, d float64) float64 {
				return fine(0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t))
			}
			out = append(out, point{q(a.X, b.X, c.X, d.X), q(a.Y, b.Y, c.Y, d.Y)})
		}
	}
	return out
}

// buckets finds things by place: every thing is entered under the squares it
// touches. Things come out in the order they were entered.
type buckets struct {
	side  float64
	cells map[[2]int][]int
}

func newBuckets(side float64) *buckets { return &buckets{side, map[[2]int][]int{}} }

func (b *buckets) square(p point) [2]int {
	return [2]int{int(math.Floor(p.X / b.side)), int(math.Floor(p.Y / b.side))}
}

// addBox enters thing i under every square of the box that p and q span.
func (b *buckets) addBox(i int, p, q point) {
	lo, hi := b.square(point{min(p.X, q.X), min(p.Y, q.Y)}), b.square(point{max(p.X, q.X), max(p.Y, q.Y)})
	for x := lo[0]; x <= hi[0]; x++ {
		for y := lo[1]; y <= hi[1]; y++ {
			b.cells[[2]int{x, y}] = append(b.cells[[2]int{x, y}], i)
		}
	}
}

// near returns the things whose squares touch the box of p and q widened by r,
// each once, in ascending order.
func (b *buckets) near(p, q point, r float64) []int {
	lo := b.square(point{min(p.X, q.X) - r, min(p.Y, q.Y) - r})
	hi := b.square(point{max(p.X, q.X) + r, max(p.Y, q.Y) + r})
	var out []int
	for x := lo[0]; x <= hi[0]; x++ {
		for y := lo[1]; y <= hi[1]; y++ {
			out = append(out, b.cells[[2]int{x, y}]...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
