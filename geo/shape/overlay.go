package shape

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"
)

// Union returns the ground of any of the polygons, each of which must be valid;
// none give an empty one. Parts that share an edge become one part. For
// several hundred areas of one county see Dissolve.
func (w *Worker) Union(ms ...orb.MultiPolygon) (m orb.MultiPolygon, err error) {
	const op = "union"
	defer guard(op, &err)
	gs, err := w.readAll(op, ms...)
	if err != nil || len(gs) == 0 {
		return nil, err
	}
	all := w.ctx.NewCollection(geos.TypeIDGeometryCollection, gs)
	u, err := try(op, all.UnaryUnion)
	if err != nil {
		return nil, invalid(op, err, gs)
	}
	return w.write(op, u, gs...)
}

// Intersection returns the ground common to the valid polygons a and b. Where
// they only touch, it is empty.
func (w *Worker) Intersection(a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	if !a.Bound().Intersects(b.Bound()) && finite(a) && finite(b) {
		return nil, nil
	}
	return w.overlay("intersection", (*geos.Geom).Intersection, a, b)
}

// Difference returns the ground of a that is not in b; both must be valid.
func (w *Worker) Difference(a, b orb.MultiPolygon) (orb.MultiPolygon, error) {
	return w.overlay("difference", (*geos.Geom).Difference, a, b)
}

// Share returns the share of a's area that lies in b, in [0, 1]. Both must be
// valid. An a without area has the share 0.
func (w *Worker) Share(a, b orb.MultiPolygon) (float64, error) {
	whole := Area(a)
	m, err := w.Intersection(a, b)
	if err != nil || whole == 0 {
		return 0, err
	}
	return math.Min(1, Area(m)/whole), nil
}

// overlay runs a GEOS operation that makes one polygon of two.
func (w *Worker) overlay(op string, f func(a, b *geos.Geom) *geos.Geom, a, b orb.MultiPolygon) (m orb.MultiPolygon, err error) {
	defer guard(op, &err)
	gs, err := w.readAll(op, a, b)
	if err != nil {
		return nil, err
	}
	g, err := try(op, func() *geos.Geom { return f(gs[0], gs[1]) })
	if err != nil {
		return nil, invalid(op, err, gs)
	}
	return w.write(op, g, gs...)
}

// try runs f and turns its panic into an error.
func try[T any](op string, f func() T) (v T, err error) {
	defer guard(op, &err)
	return f(), nil
}
