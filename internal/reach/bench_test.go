package reach_test

import (
	"math/rand/v2"
	"testing"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// bench holds Newport, 20,000 points about its junctions and 64 places.
func bench(b *testing.B) (*reach.Streets, []geo.Grid) {
	b.Helper()
	g := newport(b)
	rng := rand.New(rand.NewPCG(1, 1))
	near := func() geo.Grid {
		p := g.At(walk.NodeID(rng.IntN(g.Nodes())))
		return geo.Grid{p[0] + 60*rng.Float64() - 30, p[1] + 60*rng.Float64() - 30}
	}
	points, places := make([]geo.Grid, 20_000), make([]geo.Grid, 64)
	for i := range points {
		points[i] = near()
	}
	for i := range places {
		places[i] = near()
	}
	p := reach.DefaultParams()
	p.LimitMinutes = 20
	s, err := reach.NewStreets(g, "adult", points, p)
	if err != nil {
		b.Fatal(err)
	}
	return s, places
}

func BenchmarkTimes(b *testing.B) {
	s, places := bench(b)
	w := s.Worker()
	n := 0
	for i := 0; b.Loop(); i++ {
		ts, _, err := w.Times(places[i%len(places)])
		if err == nil {
			n += len(ts)
		}
	}
	b.ReportMetric(float64(n)/float64(b.N), "points/op")
}

func BenchmarkOutlines(b *testing.B) {
	s, places := bench(b)
	w := s.Worker()
	for _, p := range places {
		if _, err := w.Outlines(p, []float64{20}); err != nil {
			b.Log(err)
		}
	}
	for i := 0; b.Loop(); i++ {
		if _, err := w.Outlines(places[i%len(places)], []float64{5, 10, 15, 20}); err != nil {
			b.Log(err)
		}
	}
}

func BenchmarkOutlinesCold(b *testing.B) {
	s, places := bench(b)
	for i := 0; b.Loop(); i++ {
		fresh, err := reach.NewStreets(s.Graph(), "adult", nil, s.Params())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fresh.Worker().Outlines(places[i%len(places)], []float64{20}); err != nil {
			b.Log(err)
		}
	}
}

func BenchmarkLink(b *testing.B) {
	s, places := bench(b)
	for b.Loop() {
		if _, err := reach.NewStreets(s.Graph(), "adult", places, s.Params()); err != nil {
			b.Fatal(err)
		}
	}
}
