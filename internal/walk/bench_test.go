package walk_test

import (
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/walk"
)

func BenchmarkBuild(b *testing.B) {
	streets, _ := newport(b)
	proj := grid(b)
	for b.Loop() {
		if _, err := walk.Build(streets, proj, walk.DefaultParams()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	_, g := newport(b)
	rng := rand.New(rand.NewPCG(1, 1))
	var doors [][]walk.Link
	for len(doors) < 256 {
		if links, err := g.Snap(g.At(walk.NodeID(rng.IntN(g.Nodes())))); err == nil {
			doors = append(doors, links)
		}
	}
	s := g.NewSearch(0)
	reached := 0
	for i := 0; b.Loop(); i++ {
		s.Run(doors[i%len(doors)], walk.Towards, 20*60_000)
		reached += len(s.Reached())
	}
	b.ReportMetric(float64(reached)/float64(b.N), "nodes/op")
}

func BenchmarkSnap(b *testing.B) {
	_, g := newport(b)
	rng := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		p := g.At(walk.NodeID(rng.IntN(g.Nodes())))
		p[0] += 40*rng.Float64() - 20
		p[1] += 40*rng.Float64() - 20
		_, _ = g.Snap(p)
	}
}

// county is Newport 6 x 6 times side by side, in metres for flat: as many
// vertices as the streets of an English county.
func county(tb testing.TB) source.Streets {
	tb.Helper()
	streets, _ := newport(tb)
	proj := grid(tb)
	const step, first = 40_000, 1_000_000_000_000 // metres and ids from copy to copy
	var s source.Streets
	for copied := range int64(36) {
		for _, n := range streets.Nodes {
			at, err := proj.ToGrid(geo.LonLat(n.At))
			if err != nil {
				continue
			}
			at[0] += float64(copied%6) * step
			at[1] += float64(copied/6) * step
			s.Nodes = append(s.Nodes, source.Node{ID: n.ID + copied*first, At: orb.Point(at), Tags: n.Tags})
		}
		for _, w := range streets.Ways {
			nodes := make([]int64, len(w.Nodes))
			for i, n := range w.Nodes {
				nodes[i] = n + copied*first
			}
			s.Ways = append(s.Ways, source.Way{ID: w.ID + copied*first, Nodes: nodes, Tags: w.Tags})
		}
	}
	return s
}

func BenchmarkCounty(b *testing.B) {
	s := county(b)
	var g *walk.Graph
	b.Run("build", func(b *testing.B) {
		for b.Loop() {
			var before, after runtime.MemStats
			g = nil
			runtime.GC()
			runtime.ReadMemStats(&before)
			var err error
			if g, err = walk.Build(s, flat{}, walk.DefaultParams()); err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(g.Report().Vertices), "B/vertex")
			b.ReportMetric(float64(g.Report().Vertices), "vertices")
			b.ReportMetric(float64(g.Nodes()), "nodes")
		}
		b.ReportMetric(float64(g.Report().Vertices)*float64(b.N)/b.Elapsed().Seconds(), "vertices/s")
		for _, part := range slices.Sorted(maps.Keys(walk.Sizes(g))) {
			b.Logf("%-14s %6.2f bytes a vertex", part, float64(walk.Sizes(g)[part])/float64(g.Report().Vertices))
		}
	})
	rng := rand.New(rand.NewPCG(1, 1))
	var doors [][]walk.Link
	for len(doors) < 1000 {
		if links, err := g.Snap(g.At(walk.NodeID(rng.IntN(g.Nodes())))); err == nil {
			doors = append(doors, links)
		}
	}
	b.Run("search", func(b *testing.B) {
		search := g.NewSearch(0)
		reached := 0
		for i := 0; b.Loop(); i++ {
			search.Run(doors[i%len(doors)], walk.Towards, 20*60_000)
			reached += len(search.Reached())
		}
		b.ReportMetric(float64(reached)/float64(b.N), "nodes/op")
	})
}
