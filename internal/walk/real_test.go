package walk_test

import (
	"math"
	"sync"
	"testing"

	"hubreach/geo"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
	"hubreach/internal/walk"
)

// newport returns the streets of Newport and their graph, made once.
func newport(tb testing.TB) (source.Streets, *walk.Graph) {
	tb.Helper()
	realdata.Path(tb, realdata.Newport)
	newportOnce.Do(func() {
		newportStreets = realdata.Streets(tb, realdata.Newport)
		g, err := walk.Build(newportStreets, grid(tb), walk.DefaultParams())
		if err != nil {
			tb.Fatal(err)
		}
		newportGraph = g
	})
	return newportStreets, newportGraph
}

var (
	newportOnce    sync.Once
	newportStreets source.Streets
	newportGraph   *walk.Graph
)

// local projects a small country onto a plane around its middle, in metres of
// a sphere of 6,371 km.
type local struct{ lon, lat float64 }

func (l local) ToGrid(p geo.LonLat) (geo.Grid, error) {
	const metresPerDegree = 6_371_000 * math.Pi / 180
	return geo.Grid{
		500_000 + (p[0]-l.lon)*metresPerDegree*math.Cos(l.lat*math.Pi/180),
		500_000 + (p[1]-l.lat)*metresPerDegree,
	}, nil
}
