package reach_test

import (
	"sync"
	"testing"

	"hubreach/geo"
	"hubreach/internal/realdata"
	"hubreach/internal/walk"
)

// newport returns the walking graph of Newport, made once.
func newport(tb testing.TB) *walk.Graph {
	tb.Helper()
	realdata.Path(tb, realdata.Newport)
	newportOnce.Do(func() {
		g, err := walk.Build(realdata.Streets(tb, realdata.Newport), grid(tb), walk.DefaultParams())
		if err != nil {
			tb.Fatal(err)
		}
		newportGraph = g
	})
	return newportGraph
}

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
