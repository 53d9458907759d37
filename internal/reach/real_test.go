package reach_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"

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

// readStreets decodes an extract.
func readStreets(tb testing.TB, name string) source.Streets {
	tb.Helper()
	f, err := os.Open(real(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	sc := osmpbf.New(context.Background(), f, 1)
	defer sc.Close()
	var s source.Streets
	used := map[osm.NodeID]bool{}
	nodes := map[osm.NodeID]source.Node{}
	for sc.Scan() {
		switch o := sc.Object().(type) {
		case *osm.Node:
			nodes[o.ID] = source.Node{ID: int64(o.ID), At: orb.Point{o.Lon, o.Lat}, Tags: o.Tags.Map()}
		case *osm.Way:
			w := source.Way{ID: int64(o.ID), Tags: o.Tags.Map()}
			for _, n := range o.Nodes {
				w.Nodes = append(w.Nodes, int64(n.ID))
				used[n.ID] = true
			}
			t := w.Tags
			if t["waterway"] == "river" || t["waterway"] == "canal" || t["railway"] == "rail" || t["highway"] == "motorway" {
				s.Barriers = append(s.Barriers, w)
			}
			if t["highway"] != "" || t["route"] == "ferry" || t["railway"] == "platform" || t["man_made"] == "pier" {
				s.Ways = append(s.Ways, w)
			}
		}
	}
	if err := sc.Err(); err != nil && !errors.Is(err, io.EOF) {
		tb.Fatal(err)
	}
	for id := range used {
		if n, ok := nodes[id]; ok {
			s.Nodes = append(s.Nodes, n)
		}
	}
	slices.SortFunc(s.Nodes, func(a, b source.Node) int { return int(a.ID - b.ID) })
	slices.SortFunc(s.Ways, func(a, b source.Way) int { return int(a.ID - b.ID) })
	return s
}

// newport returns the walking graph of Newport.
func newport(tb testing.TB) *walk.Graph {
	tb.Helper()
	p, err := geo.NewProjection()
	if err != nil {
		tb.Fatal(err)
	}
	g, err := walk.Build(readStreets(tb, "newport_wales/newport-2023-06-13.osm.pbf"), p, walk.DefaultParams())
	if err != nil {
		tb.Fatal(err)
	}
	return g
}
