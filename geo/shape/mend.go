package shape

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"
)

// A part is a polygon of a multipolygon in the course of mending.
type part struct {
	outline orb.MultiPolygon // what the outer ring runs around
	ground  orb.MultiPolygon // the same less the holes
	area    float64          // of outline, m²
	signed  float64          // of the outer ring as drawn: above 0 if it runs anticlockwise
}

// mend makes every ring valid by itself, takes holes from their outer rings and
// unites the parts.
//
// Why not GEOS's own repair of the whole: of its two methods, linework makes a
// hole of ground that two parts both cover, and structure makes ground of a
// hole that lies outside its outer ring.
//
// Why a part inside another may be a hole: E01024572 of the 2021 boundaries is
// published with one of its nine parts inside the largest. It runs the other way
// round than the 1,045 other outer rings of Kent, and E01024573 is the same ring
// as an area of its own. Taken for ground, 0.9 km² and its people would be in
// two areas at once; taken for a hole, the areas of Kent add up to their union
// to a square metre (TestKentArea).
func (w *Worker) mend(m orb.MultiPolygon) (orb.MultiPolygon, error) {
	var parts []part
	for _, p := range closeRings(m) {
		q, err := w.part(p)
		if err != nil {
			return nil, err
		}
		parts = append(parts, q)
	}
	// From small to large, so that an island in a lake is settled before the lake.
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.area, b.area) })
	var ground []orb.MultiPolygon
	for i, p := range parts {
		around, err := w.around(p, parts[i+1:])
		if err != nil {
			return nil, err
		}
		if around == nil {
			ground = append(ground, p.ground)
			continue
		}
		if around.ground, err = w.Difference(around.ground, p.ground); err != nil {
			return nil, err
		}
	}
	return w.Union(ground...)
}

// part makes the rings of a polygon valid, each by itself.
func (w *Worker) part(p orb.Polygon) (part, error) {
	rings := make([]orb.MultiPolygon, len(p))
	for i, r := range p {
		ground, err := w.ground(r)
		if err != nil {
			return part{}, err
		}
		rings[i] = ground
	}
	holes, err := w.Union(rings[1:]...)
	if err != nil {
		return part{}, err
	}
	ground, err := w.Difference(rings[0], holes)
	if err != nil {
		return part{}, err
	}
	return part{rings[0], ground, Area(rings[0]), signedArea(p[0])}, nil
}

// ground returns what a closed ring runs around, whichever way and however
// often.
func (w *Worker) ground(r orb.Ring) (orb.MultiPolygon, error) {
	const op = "make valid"
	g, err := w.read(op, orb.MultiPolygon{{r}})
	if err != nil {
		return nil, err
	}
	return w.write(op, g.MakeValidWithParams(geos.MakeValidStructure, geos.MakeValidDiscardCollapsed))
}

// around returns the smallest of the larger parts that p lies inside of and runs
// the other way round than, or nil.
func (w *Worker) around(p part, larger []part) (*part, error) {
	for i := range larger {
		q := &larger[i]
		if p.signed*q.signed >= 0 || p.area == q.area || !contains(q.outline.Bound(), p.outline.Bound()) {
			continue
		}
		out, err := w.Difference(p.outline, q.outline)
		if err != nil {
			return nil, err
		}
		if Area(out) <= slack*p.area {
			return q, nil
		}
	}
	return nil, nil
}

// contains reports whether a holds all of b.
func contains(a, b orb.Bound) bool { return a.Contains(b.Min) && a.Contains(b.Max) }
