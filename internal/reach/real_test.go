package reach_test

import (
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

// newport returns the walking graph of Newport, made once.
func newport(tb testing.TB) *walk.Graph {
	tb.Helper()
	real(tb, newportFile)
	newportOnce.Do(func() {
		g, err := walk.Build(readStreets(tb, newportFile), grid(tb), walk.DefaultParams())
		if err != nil {
			tb.Fatal(err)
		}
		newportGraph = g
	})
	return newportGraph
}

const newportFile = "newport_wales/newport-2023-06-13.osm.pbf"

var (
	newportOnce  sync.Once
	newportGraph *walk.Graph
)

func grid(tb testing.TB) *geo.Projection {
	tb.Helper()
	p, err := geo.NewProjection()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}
