package walk

import (
	"math"

	"github.com/paulmach/orb"
)

// patch stands in for a Projector on a square of patchDegrees: easting and
// northing as cubic polynomials of how far east and north in it a point is.
//
// Why: a projection bends over thousands of kilometres, not over ten. Sixteen
// points tell all of it: nine others are checked to be within patchMetres, a
// thousandth of the millimetre that positions are rounded to, and lie within a
// thousandth of that. A point then takes a fiftieth of the time. Where the nine
// do not agree, as with a datum grid, whose squares meet in folds, or where the
// projection ends, each point is projected on its own.
type patch struct {
	west, south float64
	x, y        [4][4]float64 // [i][j] belongs to east^i north^j
}

const (
	patchDegrees = 0.1
	patchMetres  = 1e-6
	patchPoints  = 64 // fewer are quicker projected one by one
)

// square numbers a square of the earth, or of what a test takes for it.
type square struct{ x, y int32 }

func squareOf(p orb.Point) (square, bool) {
	x, y := math.Floor(p[0]/patchDegrees), math.Floor(p[1]/patchDegrees)
	if !(math.Abs(x) <= 360/patchDegrees && math.Abs(y) <= 90/patchDegrees) {
		return square{}, false
	}
	return square{int32(x), int32(y)}, true
}

// patches returns the squares that hold patchPoints points or more and where a
// patch is good enough. each yields the points.
func patches(proj Projector, workers int, each func(yield func(orb.Point))) map[square]*patch {
	counts := map[square]*int{}
	var last square
	var count *int
	each(func(p orb.Point) {
		s, ok := squareOf(p)
		if !ok {
			return
		}
		if count == nil || s != last {
			if last, count = s, counts[s]; count == nil {
				count = new(int)
				counts[s] = count
			}
		}
		*count++
	})
	var squares []square
	for s, n := range counts {
		if *n >= patchPoints {
			squares = append(squares, s)
		}
	}
	found := make([]*patch, len(squares))
	spreadBy(workers, len(squares), 16, func(first, last int) {
		for i := first; i < last; i++ {
			found[i] = newPatch(proj, squares[i])
		}
	})
	out := make(map[square]*patch, len(squares))
	for i, p := range found {
		if p != nil {
			out[squares[i]] = p
		}
	}
	return out
}

// newPatch returns the patch of a square, or nil where it is not good enough.
func newPatch(proj Projector, s square) *patch {
	p := &patch{west: float64(s.x) * patchDegrees, south: float64(s.y) * patchDegrees}
	at := func(east, north float64) orb.Point {
		return orb.Point{p.west + east*patchDegrees, p.south + north*patchDegrees}
	}
	var ps []orb.Point
	for i := range 4 {
		for j := range 4 {
			ps = append(ps, at(float64(i)/3, float64(j)/3))
		}
	}
	const sixth = 1.0 / 6
	for i := range 3 {
		for j := range 3 {
			ps = append(ps, at(sixth+float64(i)/3, sixth+float64(j)/3))
		}
	}
	known := make([]orb.Point, len(ps))
	copy(known, ps)
	project(proj, known)
	for k, c := range []*[4][4]float64{&p.x, &p.y} {
		var rows [4][4]float64 // polynomials of north, at each east
		for i := range 4 {
			rows[i] = cubic([4]float64{known[4*i][k], known[4*i+1][k], known[4*i+2][k], known[4*i+3][k]})
		}
		for j := range 4 {
			column := cubic([4]float64{rows[0][j], rows[1][j], rows[2][j], rows[3][j]})
			for i := range 4 {
				c[i][j] = column[i]
			}
		}
	}
	for i := 16; i < len(ps); i++ {
		got := p.at(ps[i])
		if !(math.Abs(got[0]-known[i][0]) <= patchMetres && math.Abs(got[1]-known[i][1]) <= patchMetres) {
			return nil
		}
	}
	return p
}

// cubic returns the coefficients of the polynomial through v at 0, 1/3, 2/3, 1.
func cubic(v [4]float64) [4]float64 {
	// Differences from the first value, so that a position of a million metres
	// loses nothing.
	a, b, c := v[1]-v[0], v[2]-v[0], v[3]-v[0]
	return [4]float64{
		v[0],
		float64(9*a) - float64(4.5*b) + c,
		float64(-22.5*a) + float64(18*b) - float64(4.5*c),
		float64(13.5*a) - float64(13.5*b) + float64(4.5*c),
	}
}

// at returns the position of q, which lies in the square.
func (p *patch) at(q orb.Point) orb.Point {
	east, north := (q[0]-p.west)/patchDegrees, (q[1]-p.south)/patchDegrees
	return orb.Point{value(&p.x, east, north), value(&p.y, east, north)}
}

// value is the polynomial at a point. The conversions keep processors that can
// from adding and multiplying at once, which would round in another way.
func value(c *[4][4]float64, u, v float64) float64 {
	var sum float64
	for i := 3; i >= 0; i-- {
		r := &c[i]
		row := float64((float64((float64(r[3]*v)+r[2])*v)+r[1])*v) + r[0]
		sum = float64(sum*u) + row
	}
	return sum
}
