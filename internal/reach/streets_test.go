package reach_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// metric rounds to whole metres, so that the middles of a drawing's cells are
// where the drawing has them.
type metric struct{ proj walk.Projector }

func (m metric) ToGrid(p geo.LonLat) (geo.Grid, error) {
	g, err := m.proj.ToGrid(p)
	return geo.Grid{math.Round(g[0]), math.Round(g[1])}, err
}

// draw builds the graph of a drawing in which no piece is an island.
func draw(tb testing.TB, v *village.Village) *walk.Graph {
	tb.Helper()
	p := walk.DefaultParams()
	p.IslandNodes = 0
	g, err := walk.Build(v.Streets(), metric{grid(tb)}, p)
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// linked links the points to the streets for a profile.
func linked(tb testing.TB, g *walk.Graph, profile string, points []geo.Grid, p reach.Params) *reach.Streets {
	tb.Helper()
	s, err := reach.NewStreets(g, profile, points, p)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// cell is 50 m at 4.8 km/h in milliseconds; a metre is 750.
const cell, metre = 37_500, 750

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		name    string
		drawing string
		minutes float64
		offset  float64 // metres north of the streets that the points lie
		want    map[rune]uint32
	}{
		{"along a street", "P---A--B", 60, 0, map[rune]uint32{'P': 0, 'A': 4 * cell, 'B': 7 * cell}},
		{"with a link to the street", "P---A--B", 60, 20, map[rune]uint32{'P': 20 * metre, 'A': 4*cell + 20*metre, 'B': 7*cell + 20*metre}},
		{"exactly within the limit", "P---A--B", 2.5, 0, map[rune]uint32{'P': 0, 'A': 150_000}},
		{"over the limit by a link", "P---A--B", 2.5, 1, map[rune]uint32{'P': metre}},
		{"a point on the same private road", "+-pPpAp-+\n|       |\n+-------+", 60, 0, map[rune]uint32{'P': 0, 'A': 2 * cell}},
		{"not through a private road", "P-pCp-B\n|     |\n+-----+", 60, 0, map[rune]uint32{'P': 0, 'C': 3 * cell, 'B': 10 * cell}},
		{"against a one-way path", "P>>>A\n|   |\n+---+", 60, 0, map[rune]uint32{'P': 0, 'A': 8 * cell}},
		{"no bridge", "P---A\n\n~~~~~\n\nB---C", 60, 0, map[rune]uint32{'P': 0, 'A': 4 * cell}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := village.MustParse(c.drawing)
			var points []geo.Grid
			for _, p := range v.Places() {
				points = append(points, geo.Grid{v.At(p)[0], v.At(p)[1] + c.offset})
			}
			p := reach.DefaultParams()
			p.LimitMinutes = c.minutes
			ts, link, err := linked(t, draw(t, v), "adult", points, p).Worker().Times(v.At('P'))
			if err != nil {
				t.Fatal(err)
			}
			if link.Metres != 0 {
				t.Errorf("link of %v m, want none", link.Metres)
			}
			got := map[rune]uint32{}
			for _, x := range ts {
				got[v.Places()[x.Point]] = x.Millis
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("times (-want +got):\n%s\n%s", diff, v)
			}
		})
	}
}

func TestTimesFrom(t *testing.T) {
	v := village.MustParse("P>>>A\n|   |\n+---+")
	p := reach.Params{LimitMinutes: 60, Direction: walk.From}
	ts, _, err := linked(t, draw(t, v), "adult", []geo.Grid{v.At('A')}, p).Worker().Times(v.At('P'))
	if err != nil || len(ts) != 1 || ts[0].Millis != 4*cell {
		t.Errorf("from P along the one-way path: %v, %v, want %d ms", ts, err, 4*cell)
	}
}

func TestRefused(t *testing.T) {
	v := village.MustParse("A-----B\n\n~~~~~~~\n\n\n\n\n\n\n\n\n\nC##D")
	points := []geo.Grid{v.At('A'), {v.At('A')[0], v.At('A')[1] - 150}, {math.NaN(), 0}, v.At('C'), {v.At('B')[0] + 501, v.At('B')[1]}}
	g := draw(t, v)
	adult := linked(t, g, "adult", points, reach.DefaultParams())
	reasons := func(s *reach.Streets) map[int32]walk.Refusal {
		out := map[int32]walk.Refusal{}
		for _, r := range s.Refused() {
			out[r.Point] = r.Reason
		}
		return out
	}
	// The second point is 50 m south of the river and 450 m north of the steps.
	want := map[int32]walk.Refusal{2: walk.OffGrid, 4: walk.TooFar}
	if diff := cmp.Diff(want, reasons(adult)); diff != "" {
		t.Errorf("refused to the adult (-want +got):\n%s", diff)
	}
	pushchair, err := adult.With("pushchair", reach.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	want = map[int32]walk.Refusal{1: walk.NotOpen, 2: walk.OffGrid, 3: walk.NotOpen, 4: walk.TooFar}
	if diff := cmp.Diff(want, reasons(pushchair)); diff != "" {
		t.Errorf("refused to the pushchair (-want +got):\n%s", diff)
	}
	_, _, err = adult.Worker().Times(points[4])
	var refused *walk.SnapError
	if !errors.As(err, &refused) || refused.Reason != walk.TooFar {
		t.Errorf("a place 501 m off: %v, want %v", err, walk.TooFar)
	}
	if _, err := reach.NewStreets(g, "cyclist", nil, reach.DefaultParams()); !errors.Is(err, walk.ErrNoProfile) {
		t.Errorf("profile cyclist: %v, want %v", err, walk.ErrNoProfile)
	}
	for _, m := range []float64{0, -1, math.NaN(), 24*60 + 1} {
		if _, err := reach.NewStreets(g, "adult", nil, reach.Params{LimitMinutes: m}); !errors.Is(err, reach.ErrMinutes) {
			t.Errorf("limit of %v minutes: %v, want %v", m, err, reach.ErrMinutes)
		}
	}
}

// TestTimesEqualDoors compares every point's time with a search of its own, and
// the profiles with each other, on random villages and on Newport.
func TestTimesEqualDoors(t *testing.T) {
	check := func(t *testing.T, g *walk.Graph, points, places []geo.Grid, name string) {
		t.Helper()
		p := reach.Params{LimitMinutes: 20}
		adult := linked(t, g, "adult", points, p)
		for i, profile := range g.Params().Profiles {
			for _, d := range []walk.Direction{walk.Towards, walk.From} {
				p.Direction = d
				s, err := adult.With(profile.Name, p)
				if err != nil {
					t.Fatal(err)
				}
				w, search := s.Worker(), g.NewSearch(i)
				for _, place := range places {
					links, err := g.Snap(place)
					if err != nil {
						continue
					}
					search.Run(links, d, 20*60_000)
					var want []reach.Time
					for n := range points {
						if millis := search.Door(s.Links(n)); millis != walk.Never {
							want = append(want, reach.Time{Point: int32(n), Millis: millis})
						}
					}
					got, _, err := w.Times(place)
					if err != nil && len(want) > 0 {
						t.Fatalf("%s: %s at %v: %v", name, profile.Name, place, err)
					}
					if !slices.Equal(got, want) {
						t.Fatalf("%s: %s, direction %d at %v: %d times, want %d: %s", name, profile.Name, d, place, len(got), len(want), cmp.Diff(want, got))
					}
				}
			}
		}
	}
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 1))
		v := village.Random(seed, 30, 20)
		var points []geo.Grid
		for range 100 {
			points = append(points, geo.Grid{village.Origin[0] + 1500*rng.Float64(), village.Origin[1] - 1000*rng.Float64()})
		}
		check(t, draw(t, v), points, points[:8], v.String())
	}
	g := newport(t)
	rng := rand.New(rand.NewPCG(3, 1))
	points := around(g, rng, 3000)
	check(t, g, points, points[:6], "Newport")
}

// around returns doors within 30 m east or north of random nodes.
func around(g *walk.Graph, rng *rand.Rand, n int) []geo.Grid {
	out := make([]geo.Grid, n)
	for i := range out {
		p := g.At(walk.NodeID(rng.IntN(g.Nodes())))
		out[i] = geo.Grid{p[0] + 60*rng.Float64() - 30, p[1] + 60*rng.Float64() - 30}
	}
	return out
}

// TestProfilesNest: whoever a pushchair reaches, an adult reaches no later, and
// a longer limit only adds points.
func TestProfilesNest(t *testing.T) {
	g := newport(t)
	rng := rand.New(rand.NewPCG(4, 1))
	points := around(g, rng, 3000)
	long := reach.Params{LimitMinutes: 30}
	adult := linked(t, g, "adult", points, reach.Params{LimitMinutes: 20})
	wider := linked(t, g, "adult", points, long)
	pushchair, err := adult.With("pushchair", reach.Params{LimitMinutes: 20})
	if err != nil {
		t.Fatal(err)
	}
	wa, ww, wp := adult.Worker(), wider.Worker(), pushchair.Worker()
	for _, place := range points[:30] {
		a, _, _ := wa.Times(place)
		more, _, _ := ww.Times(place)
		p, _, _ := wp.Times(place)
		times := map[int32]uint32{}
		for _, x := range more {
			times[x.Point] = x.Millis
		}
		for _, x := range a {
			if times[x.Point] != x.Millis {
				t.Fatalf("place %v, point %d: %d ms within 20 minutes, %d within 30", place, x.Point, x.Millis, times[x.Point])
			}
		}
		within := map[int32]uint32{}
		for _, x := range a {
			within[x.Point] = x.Millis
		}
		for _, x := range p {
			if t0, ok := within[x.Point]; !ok || t0 > x.Millis {
				t.Fatalf("place %v, point %d: pushchair %d ms, adult %d", place, x.Point, x.Millis, t0)
			}
		}
	}
}

// TestWorkersAgree asks 1, 2 and 8 workers, one after the other and in any order,
// with a raster of which next to nothing is kept: all give the same.
func TestWorkersAgree(t *testing.T) {
	v := village.Random(11, 90, 60)
	g := draw(t, v)
	rng := rand.New(rand.NewPCG(11, 11))
	var points []geo.Grid
	for _, p := range v.Places() {
		points = append(points, v.At(p))
	}
	for range 100 {
		points = append(points, geo.Grid{village.Origin[0] + 4500*rng.Float64(), village.Origin[1] - 3000*rng.Float64()})
	}
	ask := func(w *reach.Worker, place geo.Grid) reach.Answer {
		a, err := w.Ask(place, []float64{5, 10, 30})
		if err != nil {
			t.Error(err)
		}
		return a
	}
	s := linked(t, g, "adult", points, reach.DefaultParams())
	want := make([]reach.Answer, len(points))
	one := s.Worker()
	for i, p := range points {
		want[i] = ask(one, p)
	}
	order := rng.Perm(len(points))
	for _, workers := range []int{1, 2, 8} {
		fresh := linked(t, g, "adult", points, reach.DefaultParams())
		fresh.KeepTiles(5_000)
		got := make([]reach.Answer, len(points))
		var wg sync.WaitGroup
		for k := range workers {
			wg.Go(func() {
				w := fresh.Worker()
				for i := k; i < len(points); i += workers {
					got[order[i]] = ask(w, points[order[i]])
				}
			})
		}
		wg.Wait()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d workers (-one +many):\n%s", workers, diff)
		}
		if n, bytes := fresh.Tiles(); n == 0 || bytes > 5_000 && n > 1 {
			t.Errorf("%d tiles of %d bytes are kept, want at most 5,000 bytes", n, bytes)
		}
	}
}

// TestShuffledPoints: the order of the points only numbers them.
func TestShuffledPoints(t *testing.T) {
	v := village.Random(12, 60, 40)
	g := draw(t, v)
	rng := rand.New(rand.NewPCG(12, 11))
	points := make([]geo.Grid, 150)
	for i := range points {
		points[i] = geo.Grid{village.Origin[0] + 3000*rng.Float64(), village.Origin[1] - 2000*rng.Float64()}
	}
	order := rng.Perm(len(points)) // the point with number i comes order[i]th
	shuffled := make([]geo.Grid, len(points))
	for i, n := range order {
		shuffled[n] = points[i]
	}
	one := linked(t, g, "adult", points, reach.DefaultParams())
	other := linked(t, g, "adult", shuffled, reach.DefaultParams())
	a, b := one.Worker(), other.Worker()
	for _, place := range points[:40] {
		ts, _, _ := a.Times(place)
		got, _, _ := b.Times(place)
		want := make([]reach.Time, len(ts))
		for i, x := range ts {
			want[i] = reach.Time{Point: int32(order[x.Point]), Millis: x.Millis}
		}
		slices.SortFunc(want, func(p, q reach.Time) int { return int(p.Point - q.Point) })
		if !slices.Equal(want, got) {
			t.Fatalf("place %v: %s", place, cmp.Diff(want, got))
		}
	}
}

// TestAsk: one answer has what Times, PointTimes and Outlines say.
func TestAsk(t *testing.T) {
	// D stands on steps and is linked to the street 200 m north of it as well.
	v := village.MustParse("A-----B\n\n\n\nC##D")
	points := []geo.Grid{v.At('A'), v.At('B'), v.At('D'), {v.At('A')[0] - 501, v.At('A')[1]}}
	g := draw(t, v)
	for _, c := range []struct {
		name    string
		profile string
		point   int
		minutes []float64
		refused walk.Refusal
		times   int
	}{
		{"times and outlines", "adult", 0, []float64{10, 5}, 0, 3},
		{"outlines past the limit of times", "adult", 0, []float64{30}, 0, 3},
		{"times only", "adult", 1, nil, 0, 3},
		{"too far", "adult", 3, []float64{5}, walk.TooFar, 0},
		{"steps, for wheels, and a street in reach", "pushchair", 2, nil, 0, 3},
	} {
		w := linked(t, g, c.profile, points, reach.Params{LimitMinutes: 20}).Worker()
		a, err := w.Ask(points[c.point], c.minutes)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if a.Quantum != time.Millisecond || len(a.Times) != c.times {
			t.Errorf("%s: quantum %v, %d times, want 1ms and %d", c.name, a.Quantum, len(a.Times), c.times)
		}
		if (a.Refused != nil) != (c.refused != 0) || a.Refused != nil && a.Refused.Reason != c.refused {
			t.Errorf("%s: refused %v, want %v", c.name, a.Refused, c.refused)
			continue
		}
		if a.Refused == nil && a.Link.Way == 0 {
			t.Errorf("%s: no link", c.name)
		}
		ts, link, _ := w.Times(points[c.point])
		again, linkAgain, _ := w.PointTimes(c.point)
		if !slices.Equal(ts, a.Times) || !slices.Equal(ts, again) || link != a.Link || link != linkAgain {
			t.Errorf("%s: %v by %v, %v by %v and %v by %v: want the same", c.name, a.Times, a.Link, ts, link, again, linkAgain)
		}
		outlines, _ := w.Outlines(points[c.point], c.minutes)
		if diff := cmp.Diff(outlines, a.Outlines); diff != "" {
			t.Errorf("%s: outlines (-alone +with times):\n%s", c.name, diff)
		}
	}
	w := linked(t, g, "adult", points, reach.DefaultParams()).Worker()
	if _, err := w.Ask(points[0], []float64{-1}); !errors.Is(err, reach.ErrMinutes) {
		t.Errorf("-1 minutes: %v, want %v", err, reach.ErrMinutes)
	}
	many := make([]float64, 32)
	for i := range many {
		many[i] = float64(i + 1)
	}
	if _, err := w.Ask(points[0], many); !errors.Is(err, reach.ErrMinutes) {
		t.Errorf("32 different minutes: %v, want %v", err, reach.ErrMinutes)
	}
	if o, err := w.Outlines(points[0], many[:31]); len(o) != 31 || err != nil {
		t.Errorf("31 different minutes: %d outlines, %v", len(o), err)
	}
}
