package walk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// TestWorkers: the graph is the same, to the last byte as stored, for any number
// of goroutines.
func TestWorkers(t *testing.T) {
	streets, one := newport(t)
	want := stored(t, one)
	for _, workers := range []int{1, 2, 8} {
		g, err := walk.BuildWith(t.Context(), streets, grid(t), walk.DefaultParams(), walk.Options{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(stored(t, g), want) {
			t.Errorf("%d workers: another graph", workers)
		}
	}
}

// TestProgress: every stage is told once, in order, and the end.
func TestProgress(t *testing.T) {
	var lines []string
	say := func(stage string, done, total int) {
		lines = append(lines, fmt.Sprintf("%d/%d %s", done, total, stage))
	}
	if _, err := walk.BuildWith(t.Context(), village.Random(1, 9, 9).Streets(), grid(t), walk.DefaultParams(), walk.Options{Progress: say}); err != nil {
		t.Fatal(err)
	}
	want := []string{"0/8 read the ways", "1/8 close private gates", "2/8 join bends", "3/8 number junctions",
		"4/8 measure heights", "5/8 time the walks", "6/8 lay out the search", "7/8 index streets", "8/8 done"}
	if !slices.Equal(lines, want) {
		t.Errorf("progress %q, want %q", lines, want)
	}
}

// TestCancel stops a build before each of its stages.
func TestCancel(t *testing.T) {
	streets := village.Random(1, 9, 9).Streets()
	for last := range 8 {
		ctx, cancel := context.WithCancel(t.Context())
		stages := 0
		say := func(string, int, int) {
			if stages++; stages == last {
				cancel()
			}
		}
		if last == 0 {
			cancel()
		}
		g, err := walk.BuildWith(ctx, streets, grid(t), walk.DefaultParams(), walk.Options{Progress: say})
		if g != nil || !errors.Is(err, context.Canceled) || stages != last {
			t.Errorf("cancelled in stage %d: graph %v, %v after %d stages; want %v", last, g != nil, err, stages, context.Canceled)
		}
		cancel()
	}
}

// TestLongWay builds a single way of many nodes, with nodes missing, repeated
// and crossing itself, and walks it.
func TestLongWay(t *testing.T) {
	const n = 300_000 // run with 10,000,000 as well, by hand: 5 seconds
	s := source.Streets{Nodes: make([]source.Node, 0, n)}
	w := source.Way{ID: 1, Tags: source.Tags{"highway": "path"}}
	for i := range n {
		id := int64(i + 1)
		if i != n/2 { // one is missing, and leaves two ways
			s.Nodes = append(s.Nodes, source.Node{ID: id, At: orb.Point{float64(i) / 8, float64(i % 2)}})
		}
		w.Nodes = append(w.Nodes, id)
	}
	s.Ways = []source.Way{w}
	g, err := walk.Build(s, flat{}, walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	r := g.Report()
	// An edge has at most 2^16 segments, and either half is cut into as many.
	edges := 2 * ((n/2 + 1<<16 - 1) >> 16)
	if g.Edges() != edges || r.Missing != 1 || r.Vertices != n-1 || r.Segments != n-3 || r.Pieces != 2 {
		t.Errorf("%d edges, report %+v: want %d edges, two pieces, %d segments", g.Edges(), r, edges, n-3)
	}
	// Ten metres east along a zigzag of steps of hypot(0.125, 1) m, at 1.333 m/s:
	// 80 steps of 756 ms.
	if got := doorToDoor(t, g, geo.Grid{100, 0}, geo.Grid{110, 0}); got != 80*756 {
		t.Errorf("10 m along the way: %d ms, want %d", got, 80*756)
	}
}

// TestLongRing builds a ring of a hundred thousand bends: it is cut in two
// places, and walked the shorter way round.
func TestLongRing(t *testing.T) {
	const n = 100_000 // 1 m each
	s := source.Streets{}
	w := source.Way{ID: 1, Tags: source.Tags{"highway": "path"}}
	for i := range n {
		angle := 2 * math.Pi * float64(i) / n
		const r = n / (2 * math.Pi)
		s.Nodes = append(s.Nodes, source.Node{ID: int64(i + 1), At: orb.Point{50_000 + r*math.Cos(angle), 50_000 + r*math.Sin(angle)}})
		w.Nodes = append(w.Nodes, int64(i+1))
	}
	w.Nodes = append(w.Nodes, 1)
	s.Ways = []source.Way{w}
	g, err := walk.Build(s, flat{}, walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	if r := g.Report(); g.Edges() != 2 || g.Nodes() != 2 || r.Segments != n {
		t.Fatalf("%d edges, report %+v: want 2 edges of %d segments", g.Edges(), r, n)
	}
	// 1,000 steps of 1 m at 750 ms, over the cut at the first node; each step is
	// rounded to the millisecond.
	if got := doorToDoor(t, g, geo.Grid(s.Nodes[500].At), geo.Grid(s.Nodes[n-500].At)); math.Abs(float64(got)-750_000) > 500 {
		t.Errorf("1,000 m round the ring: %d ms, want 750,000 within 500", got)
	}
}

// TestFarPlaces: nodes at the poles, on the date line, in the sea off Africa and
// of no place at all are outside, and what lies on the grid is walked.
func TestFarPlaces(t *testing.T) {
	node := func(id int64, lon, lat float64) source.Node { return source.Node{ID: id, At: orb.Point{lon, lat}} }
	s := source.Streets{
		Nodes: []source.Node{node(1, 1.30, 51.20), node(2, 1.301, 51.20), node(3, 0, 90), node(4, 0, -90), node(5, 180, 51), node(6, -180, 51), node(7, 0, 0), node(8, 1.302, 51.20), node(9, 1.303, 51.20)},
		Ways: []source.Way{
			{ID: 1, Nodes: []int64{1, 2, 3, 4, 5, 6, 7, 8, 9}, Tags: source.Tags{"highway": "path"}},
			{ID: 2, Nodes: []int64{-5, 1, 1 << 62}, Tags: source.Tags{"highway": "path"}},
		},
	}
	g, err := walk.Build(s, grid(t), walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	if r := g.Report(); g.Edges() != 2 || r.Vertices != 4 || r.Outside != 5 || r.Missing != 2 {
		t.Errorf("%d edges, report %+v: want 2 edges, 4 vertices, 5 outside, 2 missing", g.Edges(), r)
	}
}

// TestStar: a junction with more streets than a row counts.
func TestStar(t *testing.T) {
	for _, streets := range []int{1, 2, 3, 13, 14, 15, 16, 17, 40, 400} {
		g, err := walk.Build(star(streets), flat{}, walk.DefaultParams())
		if err != nil {
			t.Fatal(err)
		}
		s := g.NewSearch(0)
		for end := range streets {
			from, err := g.Snap(geo.Grid(star(streets).Nodes[end+1].At))
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range []walk.Direction{walk.Towards, walk.From} {
				s.Run(from, d, hour)
				if got := len(s.Reached()); got != g.Nodes() {
					t.Fatalf("%d streets, from the end of %d: %d of %d nodes reached", streets, end, got, g.Nodes())
				}
			}
		}
	}
}

// folded is a projector with a fold, as a datum grid has: a patch over it must
// not be smoothed.
type folded struct{}

func (folded) ToGrid(p geo.LonLat) (geo.Grid, error) {
	x := 1000 * (p[0] + 2)
	if p[0] > 0.05 {
		x += 0.02 * (p[0] - 0.05) * 1000
	}
	return geo.Grid{x, 1000 * p[1]}, nil
}

// TestFoldedProjection: positions are those of the projector to the millimetre,
// smooth or not.
func TestFoldedProjection(t *testing.T) {
	for name, proj := range map[string]walk.Projector{"folded": folded{}, "the National Grid": grid(t)} {
		s := source.Streets{}
		w := source.Way{ID: 1, Tags: source.Tags{"highway": "path", "oneway:foot": "yes"}} // keeps every vertex a node
		for i := range 500 {
			s.Nodes = append(s.Nodes, source.Node{ID: int64(i + 1), At: orb.Point{-0.1 + float64(i)/2000, 51 + float64(i*i%997)/5000}})
			w.Nodes = append(w.Nodes, int64(i+1))
		}
		s.Ways = []source.Way{w}
		g, err := walk.Build(s, proj, walk.DefaultParams())
		if err != nil {
			t.Fatal(err)
		}
		at := map[geo.Grid]bool{}
		for n := range g.Nodes() {
			at[g.At(walk.NodeID(n))] = true
		}
		for _, n := range s.Nodes {
			p, err := proj.ToGrid(geo.LonLat(n.At))
			if err != nil {
				t.Fatal(err)
			}
			if q := (geo.Grid{round(p[0]), round(p[1])}); !at[q] {
				t.Fatalf("%s: no node at %v", name, q)
			}
		}
	}
}

func round(m float64) float64 { return math.Round(m*1000) / 1000 }
