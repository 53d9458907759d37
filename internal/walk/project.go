package walk

import (
	"math"

	"github.com/paulmach/orb"

	"hubreach/geo"
)

// Projector turns degrees into metres of the grid that a graph is drawn on.
// *geo.Projection is the one of the product; tests draw streets in metres. Many
// goroutines may call it at once.
type Projector interface {
	ToGrid(geo.LonLat) (geo.Grid, error)
}

// many is a Projector that takes many points in one call, as *geo.Projection
// does: a third quicker than one by one.
type many interface {
	GridOf(orb.Geometry) (orb.Geometry, error)
}

// project turns ps, read as degrees, into grid metres. Those outside become
// what is not a number.
func project(proj Projector, ps []orb.Point) {
	if m, ok := proj.(many); ok && len(ps) > 1 {
		g, err := m.GridOf(orb.MultiPoint(ps))
		if out, same := g.(orb.MultiPoint); err == nil && same && len(out) == len(ps) {
			copy(ps, out)
			return
		}
		if len(ps) > 16 { // one of them is outside: find it by halves
			project(proj, ps[:len(ps)/2])
			project(proj, ps[len(ps)/2:])
			return
		}
	}
	for i, p := range ps {
		at, err := proj.ToGrid(geo.LonLat(p))
		if err != nil {
			at = geo.Grid{math.NaN(), math.NaN()}
		}
		ps[i] = orb.Point(at)
	}
}
