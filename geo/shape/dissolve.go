package shape

import (
	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"
)

// Dissolve returns the ground of all the polygons, each of which must be valid,
// as Union does. It is the quicker way, by 3 to 16 times, when they are the
// areas of one map, which do not overlap and meet edge to edge, vertex for
// vertex; it notices any others and leaves them to Union.
func (w *Worker) Dissolve(ms []orb.MultiPolygon) (orb.MultiPolygon, error) {
	m, ok, err := w.cover(ms)
	if err != nil || ok {
		return m, err
	}
	return w.Union(ms...)
}

// slack is how much of their area polygons may lose to a union and still count
// as not overlapping: what rounding alone loses, and at most 0.001 m² of a county.
const slack = 1e-12

// cover removes the edges that two polygons share. It reports false when the
// polygons do not make up a map: GEOS refuses, ground is lost where they
// overlap, or edges that fail to match leave slits.
func (w *Worker) cover(ms []orb.MultiPolygon) (m orb.MultiPolygon, ok bool, err error) {
	const op = "dissolve"
	defer guard(op, &err)
	var parts []*geos.Geom
	var whole float64
	for _, m := range ms {
		for _, p := range m {
			one := orb.MultiPolygon{p}
			g, err := w.read(op, one)
			if err != nil {
				return nil, false, err
			}
			if g.NumGeometries() == 0 {
				continue // no outer ring
			}
			parts = append(parts, g.Geometry(0))
			whole += Area(one)
		}
	}
	if len(parts) == 0 {
		return nil, true, nil
	}
	all := w.ctx.NewCollection(geos.TypeIDGeometryCollection, parts)
	g, refused := try(op, all.CoverageUnion)
	if refused != nil || g == nil || !g.IsValid() {
		return nil, false, nil
	}
	if m, err = w.write(op, g); err != nil {
		return nil, false, err
	}
	return m, whole-Area(m) <= slack*whole+1e-6, nil
}
