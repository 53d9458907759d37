package walk_test

import (
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/walk"
)

// real returns the path of a file of the real data, or skips.
func real(tb testing.TB, name string) string {
	tb.Helper()
	dir := os.Getenv("HUBREACH_REAL")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data", "real")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("real data is not here: set HUBREACH_REAL to the folder that holds %s", name)
	}
	return path
}

// readStreets reads an extract.
func readStreets(tb testing.TB, name string) source.Streets {
	tb.Helper()
	f, err := os.Open(real(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	s, err := source.ReadStreets(f, name, source.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// newport returns the streets of Newport and their graph, made once.
func newport(tb testing.TB) (source.Streets, *walk.Graph) {
	tb.Helper()
	real(tb, newportFile)
	newportOnce.Do(func() {
		newportStreets = readStreets(tb, newportFile)
		g, err := walk.Build(newportStreets, grid(tb), walk.DefaultParams())
		if err != nil {
			tb.Fatal(err)
		}
		newportGraph = g
	})
	return newportStreets, newportGraph
}

const newportFile = "newport_wales/newport-2023-06-13.osm.pbf"

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
