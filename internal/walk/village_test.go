package walk_test

import (
	"math"
	"testing"

	"hubreach/geo"
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

// built is a drawing and its graph, in which no piece is an island.
type built struct {
	*village.Village
	g *walk.Graph
}

func build(tb testing.TB, drawing string) built {
	tb.Helper()
	return buildWith(tb, drawing, func(*walk.Params) {})
}

func buildWith(tb testing.TB, drawing string, change func(*walk.Params)) built {
	tb.Helper()
	v := village.MustParse(drawing)
	p := walk.DefaultParams()
	p.IslandNodes = 0
	change(&p)
	g, err := walk.Build(v.Streets(), metric{grid(tb)}, p)
	if err != nil {
		tb.Fatal(err)
	}
	return built{v, g}
}

// walk returns the milliseconds from one place to another, and checks that a
// search either way round says the same.
func (b built) walk(t *testing.T, profile string, from, to rune) uint32 {
	t.Helper()
	number, _, err := b.g.Profile(profile)
	if err != nil {
		t.Fatal(err)
	}
	origin, err := b.g.Snap(b.At(from))
	if err != nil {
		t.Fatal(err)
	}
	destination, err := b.g.Snap(b.At(to))
	if err != nil {
		t.Fatal(err)
	}
	s := b.g.NewSearch(number)
	s.Run(destination, walk.Towards, hour)
	towards := s.Door(origin)
	s.Run(origin, walk.From, hour)
	if back := s.Door(destination); back != towards {
		t.Errorf("%s, %c to %c: %d ms towards, %d ms from\n%s", profile, from, to, towards, back, b)
	}
	return towards
}

const hour = 3_600_000

// The milliseconds of a cell of 50 m: at 4.8 km/h, 0.75 ms to the millimetre; at
// 3.6 km/h, 1 ms; on steps at 2.4 km/h, 1.5 ms.
const (
	cell     = 37_500
	pushed   = 50_000
	climbing = 75_000
)

func TestWalks(t *testing.T) {
	for _, c := range []struct {
		name     string
		drawing  string
		profile  string
		from, to rune
		want     uint32
	}{
		{"along a street", "A---B", "adult", 'A', 'B', 4 * cell},
		{"with a pushchair", "A---B", "pushchair", 'A', 'B', 4 * pushed},
		{"round a corner", "A--+\n   |\n   B", "adult", 'A', 'B', 5 * cell},
		{"the shorter of two ways", "A---B\n|   |\n|   |\n+---+", "adult", 'A', 'B', 4 * cell},
		{"over the one bridge", " A-------B\n |\n~%~~~~~~~~\n |\n C-------D", "adult", 'B', 'D', 20 * cell},
		{"no bridge", " A-------B\n\n~~~~~~~~~~\n\n C-------D", "adult", 'B', 'D', walk.Never},
		{"not over a motorway", "A--+--B\n   |\n===%===\n   |\n   C", "adult", 'A', 'C', 7 * cell},
		{"not along a motorway", "A---+===+---B", "adult", 'A', 'B', walk.Never},
		{"a dead end", "A--+--B\n   |\n   C", "adult", 'C', 'B', 5 * cell},
		{"steps are slow", "A-##-B", "adult", 'A', 'B', 3*cell + 2*climbing},
		{"steps bar a pushchair", "A-##-B", "pushchair", 'A', 'B', walk.Never},
		{"a pushchair goes round", "A-##-B\n|    |\n+----+", "pushchair", 'A', 'B', 9 * pushed},
		{"no walk through a private road", "A-pCp-B\n|     |\n+-----+", "adult", 'A', 'B', 10 * cell},
		{"a private road is the end of a walk", "A-pCp-B\n|     |\n+-----+", "adult", 'A', 'C', 3 * cell},
		{"a private road is the start of a walk", "A-pCp-B\n|     |\n+-----+", "adult", 'C', 'B', 3 * cell},
		{"along one private road", "+-pCpDp-+\n|       |\n+-------+", "adult", 'C', 'D', 2 * cell},
		{"from one private road to another", "ApCp+---+pDpB", "adult", 'C', 'D', 8 * cell},
		{"no walk over two private roads that meet", "+-pCp+pDp-+\n|         |\n+---------+", "adult", 'C', 'D', 4 * cell},
		{"a ferry is not a walk", "A-ff-B", "adult", 'A', 'B', walk.Never},
		{"with a one-way path", "A>>>B", "adult", 'A', 'B', 4 * cell},
		{"against a one-way path", "A>>>B", "adult", 'B', 'A', walk.Never},
		{"round a one-way path", "A>>>B\n|   |\n+---+", "adult", 'B', 'A', 8 * cell},
		{"a one-way path that points left", "A<<<B", "adult", 'B', 'A', 4 * cell},
		{"one-way down", "A\nv\nv\nB", "adult", 'A', 'B', 3 * cell},
		{"against one-way down", "A\nv\nv\nB", "adult", 'B', 'A', walk.Never},
		{"a gate lets everyone through", "A-g-B", "wheelchair", 'A', 'B', 225_000}, // 200 m at 3.2 km/h, 1.125 ms a millimetre
		{"a stile stops wheels", "A-s-B", "pushchair", 'A', 'B', walk.Never},
		{"a stile does not stop feet", "A-s-B", "young_person", 'A', 'B', 180_000}, // 200 m at 4.0 km/h, 0.9 ms a millimetre
		{"a kissing gate stops wheels", "A-k-B", "wheelchair", 'A', 'B', walk.Never},
		{"a raised kerb stops wheels", "A-o-B", "pushchair", 'A', 'B', walk.Never},
		{"wheels go round a stile", "A-s-B\n|   |\n+---+", "pushchair", 'A', 'B', 8 * pushed},
		{"a private gate with a way round is shut", "A-l-B\n|   |\n+---+", "adult", 'A', 'B', 8 * cell},
		{"behind a private gate", "A--+--B\n   |\n   l\n   |\n   C", "adult", 'A', 'C', 7 * cell},
		{"no walk through private gates", "A--l--C--l--B\n|           |\n+-----------+", "adult", 'A', 'B', 16 * cell},
		{"in by the nearer private gate", "A--l--C--l--B\n|           |\n+-----------+", "adult", 'A', 'C', 6 * cell},
		{"out by the other one", "A--l--C--l--B\n|           |\n+-----------+", "adult", 'C', 'B', 6 * cell},
		{"a street that is closed to feet", "A-xx-B", "adult", 'A', 'B', walk.Never},
		{"a trunk road without pavement", "A-tt-B", "adult", 'A', 'B', walk.Never},
		{"a street under construction", "A-ww-B", "adult", 'A', 'B', walk.Never},
		{"a cycleway", "A-cc-B", "adult", 'A', 'B', 5 * cell},
		{"mud under shoes", "A-rr-B", "adult", 'A', 'B', 5 * cell},
		{"mud under wheels", "A-rr-B", "pushchair", 'A', 'B', 3*pushed + 2*62_500}, // 1.25 times as long
		{"a narrow path", "A-ii-B", "pushchair", 'A', 'B', 5 * pushed},
		{"too narrow for a wheelchair", "A-ii-B", "wheelchair", 'A', 'B', walk.Never},
		{"an unlit path by day", "A-uu-B", "young_person", 'A', 'B', 225_000}, // 250 m
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := build(t, c.drawing).walk(t, c.profile, c.from, c.to); got != c.want {
				t.Errorf("%s, %c to %c: %d ms, want %d\n%s", c.profile, c.from, c.to, got, c.want, c.drawing)
			}
		})
	}
}

func TestLitOnly(t *testing.T) {
	dark := func(p *walk.Params) {
		p.Profiles = append(p.Profiles, walk.Profile{Name: "dark", SpeedKmh: 4.8, StepsKmh: 2.4, LitOnly: true})
	}
	for _, c := range []struct {
		drawing string
		want    uint32
	}{
		{"A-uu-B", walk.Never},
		{"A-uu-B\n|    |\n+----+", 9 * cell},
		{"A-cc-B", 5 * cell}, // not tagged is not unlit
	} {
		if got := buildWith(t, c.drawing, dark).walk(t, "dark", 'A', 'B'); got != c.want {
			t.Errorf("%d ms, want %d\n%s", got, c.want, c.drawing)
		}
	}
}

// TestLimit walks 32 cells, 1,600 m: at 4.8 km/h exactly 20 minutes.
func TestLimit(t *testing.T) {
	b := build(t, "A-------------------------------B")
	links, err := b.g.Snap(b.At('B'))
	if err != nil {
		t.Fatal(err)
	}
	origin, err := b.g.Snap(b.At('A'))
	if err != nil {
		t.Fatal(err)
	}
	s := b.g.NewSearch(0)
	for _, c := range []struct {
		name  string
		limit uint32
		want  uint32
	}{
		{"20:00.000 is inside", 1_200_000, 1_200_000},
		{"a millisecond less is not", 1_199_999, walk.Never},
		{"no limit above the longest", walk.Never, 1_200_000},
		{"nothing is within no time but the place", 0, walk.Never},
	} {
		s.Run(links, walk.Towards, c.limit)
		if got := s.Door(origin); got != c.want {
			t.Errorf("%s: limit %d: %d ms, want %d", c.name, c.limit, got, c.want)
		}
		if got := s.Door(links); got != 0 {
			t.Errorf("%s: from the place itself: %d ms, want 0", c.name, got)
		}
	}
}

func TestReport(t *testing.T) {
	r := build(t, "A-xx-B-ww-C-ff-D\n|   |\n+-s-+  E---F").g.Report()
	reasons := map[string]int{}
	for _, b := range r.Barred {
		reasons[b.Reason] = b.Ways
		if b.Why == "" {
			t.Errorf("%s: no reason in words", b.Reason)
		}
	}
	for reason, want := range map[string]int{"foot=no": 1, "highway=construction": 1, "route=ferry": 1} {
		if reasons[reason] != want {
			t.Errorf("barred by %s: %d ways, want %d; all: %v", reason, reasons[reason], want, r.Barred)
		}
	}
	if r.Gates != 1 {
		t.Errorf("%d gates, want the stile", r.Gates)
	}
}
