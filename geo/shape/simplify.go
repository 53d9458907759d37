package shape

import (
	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"

	"hubreach/geo"
)

// Simplify removes vertices of each ring that lie within tolerance of the
// simplified line, keeping the polygon valid and no ring lost; the first vertex
// of a ring stays. It works polygon by polygon: edges that two areas share may
// come apart by up to tolerance. The error is ErrTolerance for a tolerance that
// is negative or not finite.
func (w *Worker) Simplify(m orb.MultiPolygon, tolerance geo.Metres) (simple orb.MultiPolygon, err error) {
	const op = "simplify"
	defer guard(op, &err)
	if err := checkTolerance(op, tolerance); err != nil {
		return nil, err
	}
	g, err := w.read(op, m)
	if err != nil {
		return nil, err
	}
	s, err := try(op, func() *geos.Geom { return g.TopologyPreserveSimplify(float64(tolerance)) })
	if err != nil {
		return nil, invalid(op, err, []*geos.Geom{g})
	}
	if s != nil && !s.IsValid() {
		s = s.MakeValidWithParams(geos.MakeValidStructure, geos.MakeValidDiscardCollapsed)
	}
	return w.write(op, s, g)
}
