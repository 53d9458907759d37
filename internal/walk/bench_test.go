package walk_test

import (
	"math/rand/v2"
	"testing"

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
