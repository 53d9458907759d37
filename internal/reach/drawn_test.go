package reach_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/source"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// TestOutlineTellsTheTruth draws what outlines of other engines get wrong. In
// each drawing letters among in lie inside the outline and letters among out do
// not, and 30 m around them all is the same: each stands at least 50 m from
// whatever is otherwise.
func TestOutlineTellsTheTruth(t *testing.T) {
	for _, c := range []struct {
		name    string
		drawing string
		minutes float64
		in, out string
	}{
		// One bridge: from P it is 12 cells away, so that B, opposite to P, is 2 x
		// 12 + 4 cells and 17:30 from it. The bridge itself is reached.
		{"a river with one bridge", `
 P--A-----C--+
             |
~~~~~~~~~~~~~%~~
             |
 B--D-----E--+`, 12, "PAC", "BD"},
		{"a river with one bridge, a longer walk", `
 P--A-----C--+
             |
~~~~~~~~~~~~~%~~
             |
 B--D-----E--+`, 20, "PACBDE", ""},
		// A street ends 100 m from a motorway; the street on its other side has no
		// way across.
		{"a dead end beside a motorway", `
   A--P--B
      |
      C

============

      D
      |
   E--+--F`, 20, "PABC", "DEF"},
		// Streets all round and one gate, Y: from P it is 14 cells away, X is 17 and
		// Z 21, 13 minutes, though 150 m off as the crow flies.
		{"a cemetery with one gate", `
+---------+
|         |
P  Z---X--Y
|         |
+---------+`, 8, "P", "ZX"},
		{"a cemetery with one gate, a longer walk", `
+---------+
|         |
P  Z---X--Y
|         |
+---------+`, 20, "PZXY", ""},
		{"a pier", `
P--+--A
   |
~~~%~~~
   |
   |
   B`, 20, "PAB", ""},
		// The far end of the pier is 8 cells, five minutes, from P.
		{"half of a pier", `
P--+--A
   |
~~~%~~~
   |
   |
   B`, 3, "P", "B"},
		{"an island", `
 P---A
 |
~~~~~~~~~
~       ~
~  B-C  ~
~       ~
~~~~~~~~~`, 30, "PA", "BC"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := village.MustParse(c.drawing)
			w := linked(t, draw(t, v), "adult", nil, reach.DefaultParams()).Worker()
			o, err := w.Outlines(v.At('P'), []float64{c.minutes})
			if err != nil {
				t.Fatal(err)
			}
			around := []geo.Grid{{0, 0}, {30, 0}, {-30, 0}, {0, 30}, {0, -30}, {20, 20}, {-20, -20}}
			check := func(letters string, want bool) {
				for _, l := range letters {
					for _, d := range around {
						at := geo.Grid{v.At(l)[0] + d[0], v.At(l)[1] + d[1]}
						if got := contains(o[0], at); got != want {
							t.Errorf("%c%+v inside: %v, want %v\n%s", l, d, got, want, v)
						}
					}
				}
			}
			check(c.in, true)
			check(c.out, false)
		})
	}
}

// TestOutlineSamples asks at random positions on streets, not at junctions only:
// one that is reached 20 s early is inside, one that is 20 s late is not.
func TestOutlineSamples(t *testing.T) {
	const early = 20_000
	asked := 0
	for seed := range uint64(40) {
		v := village.Random(seed, 30, 20)
		g := draw(t, v)
		w, search := linked(t, g, "adult", nil, reach.DefaultParams()).Worker(), g.NewSearch(0)
		rng := rand.New(rand.NewPCG(seed, 11))
		place := v.At(v.Places()[rng.IntN(len(v.Places()))])
		o, err := w.Outlines(place, []float64{8})
		if err != nil {
			continue
		}
		links, _ := g.Snap(place)
		search.Run(links, walk.Towards, 30*60_000)
		for range 300 {
			e := walk.EdgeID(rng.IntN(g.Edges()))
			pl := walk.Place{Edge: e, Segment: uint32(rng.IntN(g.Vertices(e) - 1)), Fraction: rng.Float64()}
			at, millis := g.Position(pl), search.At(pl)
			if beside(g, pl, search) {
				continue // another street runs there, over or under
			}
			inside := contains(o[0], at)
			asked++
			if millis <= 8*60_000-early && !inside || millis > 8*60_000+early && inside {
				t.Fatalf("seed %d: %v, %v s away, inside: %v\n%s", seed, at, millis/1000, inside, v)
			}
		}
	}
	if asked < 5000 {
		t.Errorf("%d positions asked, want 5,000: the rest have another street beside them", asked)
	}
}

// beside reports whether a street that is reached at another time runs within
// two cells of pl.
func beside(g *walk.Graph, pl walk.Place, s *walk.Search) bool {
	at := orb.Point(g.Position(pl))
	found := false
	g.Segments(at.Bound().Pad(2*float64(reach.Cell)), func(sg walk.Segment) {
		st := s.Stretch(sg.Edge)
		for _, f := range []float64{sg.From, (sg.From + sg.To) / 2, sg.To} {
			a, b := st.At(f), s.At(pl)
			if max(a, b)-min(a, b) > 60_000 {
				found = true
			}
		}
	})
	return found
}

// TestOutlinesOfShuffledStreets: the order of nodes and ways in the street data
// is not seen in the outlines, nor is what was asked before.
func TestOutlinesOfShuffledStreets(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 13))
		v := village.Random(seed, 30, 20)
		streets := v.Streets()
		p := walk.DefaultParams()
		p.IslandNodes = 0
		build := func(s source.Streets) *reach.Worker {
			g, err := walk.Build(s, metric{grid(t)}, p)
			if err != nil {
				t.Fatal(err)
			}
			return linked(t, g, "adult", nil, reach.DefaultParams()).Worker()
		}
		one := build(streets)
		rng.Shuffle(len(streets.Nodes), func(i, j int) { streets.Nodes[i], streets.Nodes[j] = streets.Nodes[j], streets.Nodes[i] })
		rng.Shuffle(len(streets.Ways), func(i, j int) { streets.Ways[i], streets.Ways[j] = streets.Ways[j], streets.Ways[i] })
		other := build(streets)
		places := v.Places()
		want := map[rune][]orb.MultiPolygon{}
		for _, l := range places {
			if o, err := one.Outlines(v.At(l), six); err == nil {
				want[l] = o
			}
		}
		rng.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		for _, l := range places {
			got, err := other.Outlines(v.At(l), six)
			if err != nil {
				continue
			}
			for i := range got {
				if !orb.Equal(got[i], want[l][i]) {
					t.Fatalf("seed %d: the outline of %v minutes around %c differs", seed, six[i], l)
				}
			}
		}
	}
}
