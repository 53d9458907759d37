package shape

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"

	"hubreach/geo"
)

// PointInside returns a point in the interior of the valid polygon m, never on
// its edge, the same one each time. An empty m gives ErrEmpty.
func (w *Worker) PointInside(m orb.MultiPolygon) (at orb.Point, err error) {
	const op = "point inside"
	defer guard(op, &err)
	g, err := w.read(op, m)
	if err != nil {
		return orb.Point{}, err
	}
	p := g.PointOnSurface()
	if p == nil || p.IsEmpty() {
		return orb.Point{}, &Error{Op: op, Err: ErrEmpty}
	}
	return orb.Point{p.X(), p.Y()}, nil
}

// Touching reports whether the valid polygons a and b share at least one point,
// be it a corner. Rounding can part neighbours by a hair: see Near.
func (w *Worker) Touching(a, b orb.MultiPolygon) (bool, error) {
	return w.Near(a, b, 0)
}

// Near reports whether the valid polygons a and b come within tolerance of each
// other; exactly tolerance apart is near. An empty polygon is near nothing.
// The error is ErrTolerance for a tolerance that is negative or not finite.
func (w *Worker) Near(a, b orb.MultiPolygon, tolerance geo.Metres) (near bool, err error) {
	const op = "near"
	defer guard(op, &err)
	if err := checkTolerance(op, tolerance); err != nil {
		return false, err
	}
	if !finite(a) || !finite(b) {
		return false, &Error{Op: op, Err: ErrNotFinite}
	}
	if !a.Bound().Pad(float64(tolerance)).Intersects(b.Bound()) {
		return false, nil
	}
	gs, err := w.readAll(op, a, b)
	if err != nil {
		return false, err
	}
	near, err = try(op, func() bool {
		if tolerance == 0 {
			return gs[0].Intersects(gs[1])
		}
		return gs[0].Prepare().DistanceWithin(gs[1], float64(tolerance))
	})
	return near, invalid(op, err, gs)
}

func checkTolerance(op string, t geo.Metres) error {
	if t >= 0 && !math.IsInf(float64(t), 1) {
		return nil
	}
	return &Error{Op: op, Err: ErrTolerance}
}

// Prepared is a polygon made ready for many point look-ups. It belongs to its
// Worker and must be used by the same goroutine.
type Prepared struct {
	w     *Worker
	g     *geos.PrepGeom
	bound orb.Bound
}

// Prepare makes the valid polygon m ready.
func (w *Worker) Prepare(m orb.MultiPolygon) (p *Prepared, err error) {
	const op = "prepare"
	defer guard(op, &err)
	g, err := w.read(op, m)
	if err != nil {
		return nil, err
	}
	return &Prepared{w: w, g: g.Prepare(), bound: m.Bound()}, nil
}

// Covers reports whether pt lies in the polygon or on its boundary. A point
// that is not a number lies nowhere.
func (p *Prepared) Covers(pt orb.Point) bool {
	// Written so that a NaN is outside.
	if b := p.bound; !(pt[0] >= b.Min[0] && pt[0] <= b.Max[0] && pt[1] >= b.Min[1] && pt[1] <= b.Max[1]) {
		return false
	}
	p.w.account(pointOverhead)
	// Not ContainsXY: before GEOS 3.12 the binding answers false to everything.
	return p.g.Covers(p.w.ctx.NewPointFromXY(pt[0], pt[1]))
}
