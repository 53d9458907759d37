package walk_test

import (
	"math/rand/v2"
	"testing"

	"hubreach/geo"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// TestSearchEqualsPlain compares every node within the limit with a plain
// Dijkstra search over every vertex, to the millisecond.
func TestSearchEqualsPlain(t *testing.T) {
	for _, c := range []struct {
		name    string
		file    string
		proj    walk.Projector
		origins int
	}{
		{"Newport", realdata.Newport, grid(t), 50},
		{"Andorra", "osm/andorra.osm.pbf", local{1.55, 42.54}, 50},
		{"Liechtenstein", "osm/liechtenstein.osm.pbf", local{9.55, 47.15}, 50},
	} {
		t.Run(c.name, func(t *testing.T) {
			streets := realdata.Streets(t, c.file)
			e := newEquality(t, streets, c.proj)
			t.Logf("%+v", e.g.Report())
			e.compare(t, rand.New(rand.NewPCG(1, 2)), c.origins)
		})
	}
}

func TestSearchEqualsPlainOnVillages(t *testing.T) {
	for seed := range uint64(150) {
		v := village.Random(seed, 30, 20)
		e := newEquality(t, v.Streets(), grid(t))
		if e.compare(t, rand.New(rand.NewPCG(seed, 3)), 4); t.Failed() {
			t.Fatalf("seed %d\n%s", seed, v)
		}
	}
}

// equality holds a graph, the plain searches beside it, and which vertex each
// position of the graph is.
type equality struct {
	g      *walk.Graph
	vs     []walk.Vertex
	plain  [2]*plain            // per direction
	at     map[geo.Grid]int     // the vertex at a position, -1 where there are several
	places [][]walk.Place       // of each vertex
	usable []int                // vertices that no other shares its position with, and that are in the graph
	search map[int]*walk.Search // per profile
}

func newEquality(t *testing.T, streets source.Streets, proj walk.Projector) *equality {
	t.Helper()
	p := walk.DefaultParams()
	g, err := walk.Build(streets, proj, p)
	if err != nil {
		t.Fatal(err)
	}
	vs, ls := walk.EveryVertex(streets, proj, p)
	e := &equality{g: g, vs: vs, places: make([][]walk.Place, len(vs)), at: map[geo.Grid]int{}, search: map[int]*walk.Search{}}
	e.plain[walk.From] = newPlain(vs, ls, false)
	e.plain[walk.Towards] = newPlain(vs, ls, true)
	at := e.at
	used := map[int]bool{}
	for _, l := range ls {
		used[l.A], used[l.B] = true, true
	}
	for v := range vs {
		if !used[v] {
			continue
		}
		if _, shared := at[vs[v].At]; shared {
			at[vs[v].At] = -1
		} else {
			at[vs[v].At] = v
		}
	}
	for i := range g.Edges() {
		var shape []geo.Grid
		g.Shape(walk.EdgeID(i), func(p geo.Grid) bool { shape = append(shape, p); return true })
		for k, p := range shape {
			pl := walk.Place{Edge: walk.EdgeID(i), Segment: uint32(min(k, len(shape)-2))}
			if k == len(shape)-1 {
				pl.Fraction = 1
			}
			if v := at[p]; v >= 0 {
				e.places[v] = append(e.places[v], pl)
			}
		}
	}
	for v := range vs {
		if len(e.places[v]) > 0 {
			e.usable = append(e.usable, v)
		}
	}
	return e
}

// compare searches from random vertices, with each profile and direction.
func (e *equality) compare(t *testing.T, rng *rand.Rand, origins int) {
	t.Helper()
	compared := 0
	for i := range origins {
		if len(e.usable) > 0 && !t.Failed() {
			compared += e.compareFrom(t, e.usable[rng.IntN(len(e.usable))], i%4, walk.Direction(i/4%2), i%5 == 0)
		}
	}
	t.Logf("%d walks compared", compared)
}

// compareAll searches from every vertex.
func (e *equality) compareAll(t *testing.T) {
	t.Helper()
	for i, origin := range e.usable {
		e.compareFrom(t, origin, i%4, walk.Towards, true)
		e.compareFrom(t, origin, i/2%4, walk.From, true)
	}
}

// compareFrom compares the walks to every vertex that either search reaches, and
// if all is set, to every other vertex as well.
func (e *equality) compareFrom(t *testing.T, origin, profile int, d walk.Direction, all bool) (compared int) {
	t.Helper()
	if e.vs[origin].Gate != 0 {
		return 0 // a walk from the middle of a gate has no one side
	}
	const limit = 20 * 60_000
	return e.compareWith(t, origin, profile, d, e.plain[d].from(origin, profile, limit), all)
}

// compareWith compares with the walks of 20 minutes that another search found.
func (e *equality) compareWith(t *testing.T, origin, profile int, d walk.Direction, want map[int]uint32, all bool) (compared int) {
	t.Helper()
	var links []walk.Link
	for _, pl := range e.places[origin] {
		links = append(links, walk.Link{Place: pl})
	}
	const limit = 20 * 60_000
	if e.search[profile] == nil {
		e.search[profile] = e.g.NewSearch(profile)
	}
	s := e.search[profile]
	s.Run(links, d, limit)
	var looked []int
	if all {
		looked = e.usable
	} else {
		for v := range want {
			if len(e.places[v]) > 0 {
				looked = append(looked, v)
			}
		}
		for _, n := range s.Reached() {
			v, ok := e.at[e.g.At(n)]
			if _, wanted := want[v]; ok && !wanted && v >= 0 && len(e.places[v]) > 0 {
				looked = append(looked, v)
			}
		}
	}
	for _, v := range looked {
		got := walk.Never
		for _, pl := range e.places[v] {
			got = min(got, s.At(pl))
		}
		w, ok := want[v]
		if !ok {
			w = walk.Never
		} else {
			compared++
		}
		if got != w && v != origin {
			t.Errorf("direction %d, profile %d: from vertex %d at %v to %d at %v: %d ms, want %d", d, profile, origin, e.vs[origin].At, v, e.vs[v].At, got, w)
			return compared
		}
	}
	return compared
}

func grid(tb testing.TB) walk.Projector {
	tb.Helper()
	p, err := geo.NewProjection()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}
