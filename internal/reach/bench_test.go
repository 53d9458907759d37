//go:build unix

package reach_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
	"hubreach/internal/walk"
)

// six are the minutes that outlines are asked for.
var six = []float64{5, 10, 15, 20, 25, 30}

const (
	kentPoints = 43_501 // postcodes of Kent in Code-Point Open 2014
	kentHubs   = 98
)

// BenchmarkNewport and BenchmarkCounty measure the same on streets of 48,000
// vertices and of 1.7 million: the time of one question should not depend on it.
func BenchmarkNewport(b *testing.B) { benchStreets(b, newport(b)) }

// BenchmarkCounty measures on Newport 6 x 6 times side by side.
func BenchmarkCounty(b *testing.B) {
	g, err := walk.Build(county(b), flat{}, walk.DefaultParams())
	if err != nil {
		b.Fatal(err)
	}
	benchStreets(b, g)
}

func benchStreets(b *testing.B, g *walk.Graph) {
	rng := rand.New(rand.NewPCG(1, 1))
	points, places := doors(g, rng, kentPoints), doors(g, rng, kentHubs)
	p := reach.Params{LimitMinutes: 20}
	began := time.Now()
	s, err := reach.NewStreets(g, "adult", points, p)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d nodes, %d edges; %d points linked in %v", g.Nodes(), g.Edges(), len(points), time.Since(began))
	b.Run("times", func(b *testing.B) {
		w, found := s.Worker(), 0
		medians(b, len(points), func(i int) {
			ts, _, err := w.Times(points[i])
			if err != nil {
				b.Fatal(err)
			}
			found += len(ts)
		})
	})
	b.Run("outlines", func(b *testing.B) {
		w := s.Worker()
		for _, at := range places {
			if _, err := w.Outlines(at, six); err != nil {
				b.Fatal(err)
			}
		}
		medians(b, len(places), func(i int) {
			if _, err := w.Outlines(places[i], six); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("outlines_cold", func(b *testing.B) {
		medians(b, len(places), func(i int) {
			fresh, err := reach.NewStreets(g, "adult", nil, p)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := fresh.Worker().Outlines(places[i], six); err != nil {
				b.Fatal(err)
			}
		})
	})
	b.Run("hubs_4_profiles", func(b *testing.B) {
		defer work(b)()
		for b.Loop() {
			first, err := reach.NewStreets(g, "adult", nil, p)
			if err != nil {
				b.Fatal(err)
			}
			for _, profile := range walk.Profiles() {
				each, err := first.With(profile.Name, p)
				if err != nil {
					b.Fatal(err)
				}
				share(places, each.Worker, func(w *reach.Worker, at geo.Grid) {
					if _, err := w.Outlines(at, six); err != nil {
						b.Error(err)
					}
				})
			}
		}
	})
	b.Run("every_point", func(b *testing.B) {
		defer work(b)()
		all := make([]int, len(points))
		for i := range all {
			all[i] = i
		}
		for b.Loop() {
			share(all, s.Worker, func(w *reach.Worker, point int) {
				if _, _, err := w.PointTimes(point); err != nil {
					b.Error(err)
				}
			})
		}
	})
	b.Run("nearest", func(b *testing.B) {
		defer work(b)()
		for b.Loop() {
			s.Nearest(places)
		}
	})
}

// work reports, when called, the processor time since: what a batch takes on an
// idle machine, times the workers.
func work(b *testing.B) func() {
	b.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	began := used()
	return func() { b.ReportMetric((used()-began).Seconds()/float64(b.N), "cpu-s/op") }
}

// share puts the questions to two workers.
func share[T any](places []T, worker func() *reach.Worker, ask func(*reach.Worker, T)) {
	const workers = 2
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() {
			w := worker()
			for i := k; i < len(places); i += workers {
				ask(w, places[i])
			}
		})
	}
	wg.Wait()
}

// medians reports the median of the times of single questions, 0 to n - 1 in
// turn, and the median over the questions of the least time that each took:
// what other work on the machine does not take away.
func medians(b *testing.B, n int, ask func(i int)) {
	b.Helper()
	var took []time.Duration
	least := make([]time.Duration, 0, n)
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		ask(i % n)
		t := time.Since(began)
		took = append(took, t)
		if i < n {
			least = append(least, t)
		}
		least[i%n] = min(least[i%n], t)
	}
	median := func(ts []time.Duration) float64 {
		slices.Sort(ts)
		return float64(ts[len(ts)/2].Nanoseconds()) / 1e6
	}
	b.ReportMetric(median(took), "ms-median")
	b.ReportMetric(median(least), "ms-least")
}

// doors returns positions near random nodes that are linked to the streets.
func doors(g *walk.Graph, rng *rand.Rand, n int) []geo.Grid {
	var out []geo.Grid
	for len(out) < n {
		p := around(g, rng, 1)[0]
		if _, err := g.Snap(p); err == nil {
			out = append(out, p)
		}
	}
	return out
}

// flat takes positions as metres already.
type flat struct{}

func (flat) ToGrid(p geo.LonLat) (geo.Grid, error) { return geo.Grid(p), nil }

// county is Newport 6 x 6 times side by side, in metres for flat: as many
// vertices as the streets of an English county.
func county(tb testing.TB) source.Streets {
	tb.Helper()
	streets := realdata.Streets(tb, realdata.Newport)
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
