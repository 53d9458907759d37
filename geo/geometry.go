package geo

import (
	"fmt"

	"github.com/paulmach/orb"
)

// mapPoints returns a copy of g whose points f has changed. All points go
// through f at once, easting or longitude before northing or latitude.
func mapPoints(g orb.Geometry, f func(flat []float64) error) (orb.Geometry, error) {
	flat, err := appendPoints(nil, g)
	if err != nil {
		return nil, err
	}
	if err := f(flat); err != nil {
		return nil, err
	}
	r := reader(flat)
	return r.geometry(g), nil
}

// boundSteps is how many points of each side of a bound are projected. The
// sides bend by under a metre over Kent; between the points by a few millimetres.
const boundSteps = 16

// appendPoints appends the coordinates of g, those of a bound along its sides.
func appendPoints(flat []float64, g orb.Geometry) ([]float64, error) {
	switch g := g.(type) {
	case nil:
	case orb.Point:
		flat = append(flat, g[0], g[1])
	case orb.MultiPoint:
		flat = appendAll(flat, g)
	case orb.LineString:
		flat = appendAll(flat, g)
	case orb.Ring:
		flat = appendAll(flat, g)
	case orb.MultiLineString:
		for _, l := range g {
			flat = appendAll(flat, l)
		}
	case orb.Polygon:
		flat = appendRings(flat, g)
	case orb.MultiPolygon:
		for _, p := range g {
			flat = appendRings(flat, p)
		}
	case orb.Bound:
		flat = appendOutline(flat, g)
	case orb.Collection:
		var err error
		for _, part := range g {
			if flat, err = appendPoints(flat, part); err != nil {
				return nil, err
			}
		}
	default:
		return nil, fmt.Errorf("project: no geometry of type %T is known", g)
	}
	return flat, nil
}

func appendAll(flat []float64, ps []orb.Point) []float64 {
	for _, p := range ps {
		flat = append(flat, p[0], p[1])
	}
	return flat
}

func appendRings(flat []float64, p orb.Polygon) []float64 {
	for _, r := range p {
		flat = appendAll(flat, r)
	}
	return flat
}

func appendOutline(flat []float64, b orb.Bound) []float64 {
	if b.IsEmpty() {
		return flat
	}
	for i := range boundSteps + 1 {
		t := float64(i) / boundSteps
		x := b.Min[0] + t*(b.Max[0]-b.Min[0])
		y := b.Min[1] + t*(b.Max[1]-b.Min[1])
		flat = append(flat, x, b.Min[1], x, b.Max[1], b.Min[0], y, b.Max[0], y)
	}
	return flat
}

// A reader hands out changed coordinates in the order of appendPoints.
type reader []float64

func (r *reader) point() orb.Point {
	p := orb.Point{(*r)[0], (*r)[1]}
	*r = (*r)[2:]
	return p
}

// points returns n points, nil for a nil slice.
func (r *reader) points(like []orb.Point) []orb.Point {
	if like == nil {
		return nil
	}
	ps := make([]orb.Point, len(like))
	for i := range ps {
		ps[i] = r.point()
	}
	return ps
}

func (r *reader) polygon(like orb.Polygon) orb.Polygon {
	if like == nil {
		return nil
	}
	p := make(orb.Polygon, len(like))
	for i := range p {
		p[i] = r.points(like[i])
	}
	return p
}

func (r *reader) bound(like orb.Bound) orb.Bound {
	if like.IsEmpty() {
		return like
	}
	return orb.MultiPoint(r.points(make([]orb.Point, 4*(boundSteps+1)))).Bound()
}

// geometry returns a geometry of the type and lengths of g.
func (r *reader) geometry(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Point:
		return r.point()
	case orb.MultiPoint:
		return orb.MultiPoint(r.points(g))
	case orb.LineString:
		return orb.LineString(r.points(g))
	case orb.Ring:
		return orb.Ring(r.points(g))
	case orb.Polygon:
		return r.polygon(g)
	case orb.Bound:
		return r.bound(g)
	case orb.MultiLineString:
		return copyOf(g, func(l orb.LineString) orb.LineString { return r.points(l) })
	case orb.MultiPolygon:
		return copyOf(g, r.polygon)
	case orb.Collection:
		return copyOf(g, r.geometry)
	}
	return nil
}

// copyOf returns a slice of what f makes of each element, nil for nil.
func copyOf[S ~[]T, T any](s S, f func(T) T) S {
	if s == nil {
		return nil
	}
	out := make(S, len(s))
	for i, v := range s {
		out[i] = f(v)
	}
	return out
}
