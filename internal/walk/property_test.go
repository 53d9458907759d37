package walk_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// shuffled returns the streets with nodes and ways in another order.
func shuffled(s source.Streets, rng *rand.Rand) source.Streets {
	s.Nodes, s.Ways = slices.Clone(s.Nodes), slices.Clone(s.Ways)
	rng.Shuffle(len(s.Nodes), func(i, j int) { s.Nodes[i], s.Nodes[j] = s.Nodes[j], s.Nodes[i] })
	rng.Shuffle(len(s.Ways), func(i, j int) { s.Ways[i], s.Ways[j] = s.Ways[j], s.Ways[i] })
	return s
}

// same reports whether two graphs are alike to the last node and edge.
func same(t *testing.T, a, b *walk.Graph) bool {
	t.Helper()
	if a.Nodes() != b.Nodes() || a.Edges() != b.Edges() {
		return false
	}
	for i := range a.Edges() {
		e := walk.EdgeID(i)
		af, at := a.Ends(e, walk.Origin)
		bf, bt := b.Ends(e, walk.Origin)
		if af != bf || at != bt || a.Vertices(e) != b.Vertices(e) {
			return false
		}
		for p := range a.Params().Profiles {
			if a.Cost(p, e) != b.Cost(p, e) {
				return false
			}
		}
		var shape []geo.Grid
		a.Shape(e, func(p geo.Grid) bool { shape = append(shape, p); return true })
		alike, k := true, 0
		b.Shape(e, func(p geo.Grid) bool { alike = alike && p == shape[k]; k++; return alike })
		if !alike {
			return false
		}
	}
	return true
}

func TestOrderDoesNotMatter(t *testing.T) {
	proj := metric{grid(t)}
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 1))
		v := village.Random(seed, 25, 20)
		s := v.Streets()
		a, errA := walk.Build(s, proj, walk.DefaultParams())
		b, errB := walk.Build(shuffled(s, rng), proj, walk.DefaultParams())
		if err := errors.Join(errA, errB); err != nil {
			t.Fatal(err)
		}
		if !same(t, a, b) {
			t.Fatalf("seed %d: another order, another graph\n%s", seed, v)
		}
	}
	s, a := newport(t)
	b, err := walk.Build(shuffled(s, rand.New(rand.NewPCG(1, 1))), grid(t), walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	if !same(t, a, b) {
		t.Error("Newport: another order, another graph")
	}
}

// TestNoneFasterThanAdult compares the other default profiles with the adult at
// every node and from random doors.
func TestNoneFasterThanAdult(t *testing.T) {
	check := func(t *testing.T, g *walk.Graph, door func() geo.Grid, name string) {
		t.Helper()
		for range 20 {
			place, origin := door(), door()
			links, err := g.Snap(place)
			if err != nil {
				continue
			}
			from, _ := g.Snap(origin)
			adult := g.NewSearch(0)
			adult.Run(links, walk.Towards, hour)
			for i, p := range g.Params().Profiles[1:] {
				s := g.NewSearch(i + 1)
				s.Run(links, walk.Towards, hour)
				for n := range g.Nodes() {
					if s.Node(walk.NodeID(n)) < adult.Node(walk.NodeID(n)) {
						t.Fatalf("%s: %s is faster than the adult at %v to %v", name, p.Name, g.At(walk.NodeID(n)), place)
					}
				}
				if s.Door(from) < adult.Door(from) {
					t.Fatalf("%s: %s is faster than the adult from the door at %v to %v", name, p.Name, origin, place)
				}
			}
		}
	}
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 2))
		v := village.Random(seed, 30, 20)
		g, err := walk.Build(v.Streets(), metric{grid(t)}, walk.DefaultParams())
		if err != nil {
			t.Fatal(err)
		}
		check(t, g, func() geo.Grid {
			return geo.Grid{village.Origin[0] + 1500*rng.Float64(), village.Origin[1] - 1000*rng.Float64()}
		}, v.String())
	}
	_, g := newport(t)
	rng := rand.New(rand.NewPCG(5, 2))
	check(t, g, func() geo.Grid {
		p := g.At(walk.NodeID(rng.IntN(g.Nodes())))
		return geo.Grid{p[0] + 100*rng.Float64() - 50, p[1] + 100*rng.Float64() - 50}
	}, "Newport")
}

// TestBothWays: a walk takes as long counted from its end as from its start, and
// without one-way paths as long there as back.
func TestBothWays(t *testing.T) {
	for seed := range uint64(60) {
		v := village.Random(seed, 25, 20)
		oneWay := strings.ContainsAny(v.String(), "<>^v")
		g, err := walk.Build(v.Streets(), metric{grid(t)}, walk.DefaultParams())
		if err != nil {
			t.Fatal(err)
		}
		towards, from := g.NewSearch(0), g.NewSearch(0)
		for _, a := range v.Places() {
			la, err := g.Snap(v.At(a))
			if err != nil {
				continue
			}
			towards.Run(la, walk.Towards, hour)
			for _, b := range v.Places() {
				lb, err := g.Snap(v.At(b))
				if err != nil {
					continue
				}
				from.Run(lb, walk.From, hour)
				if x, y := towards.Door(lb), from.Door(la); x != y {
					t.Fatalf("seed %d: %c to %c: %d ms towards, %d from\n%s", seed, b, a, x, y, v)
				}
				from.Run(la, walk.From, hour)
				if x, y := towards.Door(lb), from.Door(lb); !oneWay && x != y {
					t.Fatalf("seed %d: %c to %c: %d ms, back %d\n%s", seed, b, a, x, y, v)
				}
			}
		}
	}
}

// TestNoFasterThanStraight: no walk is shorter than the straight line, within
// half a millimetre a vertex.
func TestNoFasterThanStraight(t *testing.T) {
	_, g := newport(t)
	rng := rand.New(rand.NewPCG(9, 9))
	s := g.NewSearch(0)
	for range 30 {
		place := g.At(walk.NodeID(rng.IntN(g.Nodes())))
		links, err := g.Snap(place)
		if err != nil {
			continue
		}
		s.Run(links, walk.Towards, 20*60_000)
		for _, n := range s.Reached() {
			// 1.5 m in 1,600 m: half a millisecond a segment of about a metre and more
			if straight := place.Distance(g.At(n)); float64(s.Node(n))/750 < float64(straight)-1.5 {
				t.Fatalf("%v to %v: %d ms for %v m", place, g.At(n), s.Node(n), straight)
			}
		}
	}
}

func TestRunAllocatesNothing(t *testing.T) {
	b := build(t, village.Random(3, 60, 40).String())
	var doors [][]walk.Link
	for _, p := range b.Places() {
		if links, err := b.g.Snap(b.At(p)); err == nil {
			doors = append(doors, links)
		}
	}
	if len(doors) == 0 {
		t.Fatal("no door")
	}
	s := b.g.NewSearch(0)
	for _, d := range doors {
		s.Run(d, walk.Towards, hour)
	}
	i := 0
	if n := testing.AllocsPerRun(100, func() { s.Run(doors[i%len(doors)], walk.Towards, hour); i++ }); n != 0 {
		t.Errorf("%v allocations a run, want none", n)
	}
}

// TestManyRuns passes the point where labels have to be forgotten: with the
// longest limit after every third run.
func TestManyRuns(t *testing.T) {
	b := build(t, "A---B---C")
	s := b.g.NewSearch(0)
	for i := range 50 {
		place := []rune{'A', 'B', 'C'}[i%3]
		links, err := b.g.Snap(b.At(place))
		if err != nil {
			t.Fatal(err)
		}
		s.Run(links, walk.Towards, walk.MaxLimit)
		other, err := b.g.Snap(b.At('B'))
		if err != nil {
			t.Fatal(err)
		}
		want := uint32(4 * cell)
		if place == 'B' {
			want = 0
		}
		if got := s.Door(other); got != want {
			t.Fatalf("run %d: %d ms, want %d", i, got, want)
		}
	}
}

// flat takes degrees for metres.
type flat struct{}

func (flat) ToGrid(p geo.LonLat) (geo.Grid, error) {
	if p[0] < 0 {
		return geo.Grid{}, geo.ErrOutside
	}
	return geo.Grid{p[0], p[1]}, nil
}

func TestCrookedStreets(t *testing.T) {
	street := source.Tags{"highway": "residential"}
	node := func(id int64, x, y float64) source.Node { return source.Node{ID: id, At: orb.Point{x, y}} }
	way := func(id int64, nodes ...int64) source.Way { return source.Way{ID: id, Nodes: nodes, Tags: street} }
	square := []source.Node{node(1, 0, 0), node(2, 100, 0), node(3, 100, 100), node(4, 0, 100)}
	for _, c := range []struct {
		name    string
		streets source.Streets
		edges   int
		check   func(walk.Report) bool
	}{
		{"nothing", source.Streets{}, 0, nil},
		{"nodes only", source.Streets{Nodes: square}, 0, nil},
		{"ways without nodes", source.Streets{Ways: []source.Way{way(1, 1, 2)}}, 0, func(r walk.Report) bool { return r.Missing == 2 }},
		{"a way of one node", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1)}}, 0, nil},
		{"a node twice in a row", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1, 1, 2, 2)}}, 1, nil},
		{"a ring", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1, 2, 3, 4, 1)}}, 1, nil},
		{"a ring with a tail", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1, 2, 3, 1), way(2, 3, 4)}}, 2, nil},
		{"there and back", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1, 2, 1)}}, 1, nil},
		{"no length", source.Streets{Nodes: []source.Node{node(1, 5, 5), node(2, 5, 5), node(3, 5, 5)}, Ways: []source.Way{way(1, 1, 2, 3)}}, 1, nil},
		{"a missing node in the middle", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1, 2, 9, 3, 4)}}, 2, func(r walk.Report) bool { return r.Missing == 1 }},
		{"a node off the grid", source.Streets{Nodes: append(square[:4:4], node(5, -1, 0)), Ways: []source.Way{way(1, 1, 2, 5, 3, 4)}}, 2, func(r walk.Report) bool { return r.Outside == 1 }},
		{"a node that is not a number", source.Streets{Nodes: append(square[:4:4], node(5, math.NaN(), 0)), Ways: []source.Way{way(1, 1, 2, 5)}}, 1, func(r walk.Report) bool { return r.Outside == 1 }},
		{"one node id twice", source.Streets{Nodes: append(square[:4:4], node(1, 7, 7)), Ways: []source.Way{way(1, 1, 2)}}, 1, func(r walk.Report) bool { return r.Repeated == 1 }},
		{"one way id twice", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1, 2), way(1, 3, 4)}}, 1, func(r walk.Report) bool { return r.Repeated == 1 }},
		{"one street drawn twice", source.Streets{Nodes: square, Ways: []source.Way{way(1, 1, 2), way(2, 2, 1)}}, 1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := walk.Build(c.streets, flat{}, walk.DefaultParams())
			if err != nil {
				t.Fatal(err)
			}
			if g.Edges() != c.edges {
				t.Errorf("%d edges, want %d", g.Edges(), c.edges)
			}
			if c.check != nil && !c.check(g.Report()) {
				t.Errorf("report %+v", g.Report())
			}
			links, err := g.Snap(geo.Grid{50, 10})
			if (err == nil) != (c.edges > 0) {
				t.Fatalf("snap: %v with %d edges", err, c.edges)
			}
			s := g.NewSearch(0)
			s.Run(links, walk.From, hour)
			for e := range g.Edges() {
				st := s.Stretch(walk.EdgeID(e))
				_, _, _ = s.At(walk.Place{Edge: walk.EdgeID(e)}), st.At(0), st.At(1)
			}
		})
	}
}

func TestParams(t *testing.T) {
	change := func(f func(*walk.Params)) walk.Params {
		p := walk.DefaultParams()
		f(&p)
		return p
	}
	for _, c := range []struct {
		name string
		p    walk.Params
		want error
	}{
		{"the defaults", walk.DefaultParams(), nil},
		{"no profile", change(func(p *walk.Params) { p.Profiles = nil }), walk.ErrParams},
		{"a profile too many", change(func(p *walk.Params) { p.Profiles = make([]walk.Profile, 33) }), walk.ErrParams},
		{"a negative limit", change(func(p *walk.Params) { p.SnapLimit = -1 }), walk.ErrParams},
		{"no name", change(func(p *walk.Params) { p.Profiles[0].Name = "" }), walk.ErrProfile},
		{"a name twice", change(func(p *walk.Params) { p.Profiles[0].Name = "pushchair" }), walk.ErrProfile},
		{"no speed", change(func(p *walk.Params) { p.Profiles[0].SpeedKmh = 0 }), walk.ErrProfile},
		{"the highest speed", change(func(p *walk.Params) { p.Profiles[0].SpeedKmh = walk.MaxSpeedKmh }), nil},
		{"metres a minute for km/h", change(func(p *walk.Params) { p.Profiles[0].SpeedKmh = 80 }), walk.ErrProfile},
		{"a speed that is not a number", change(func(p *walk.Params) { p.Profiles[0].SpeedKmh = math.NaN() }), walk.ErrProfile},
		{"backwards on steps", change(func(p *walk.Params) { p.Profiles[0].StepsKmh = -1 }), walk.ErrProfile},
		{"quicker on rough ground", change(func(p *walk.Params) { p.Profiles[1].RoughFactor = 0.5 }), walk.ErrProfile},
		{"a width in centimetres", change(func(p *walk.Params) { p.Profiles[2].MinWidthM = 90 }), walk.ErrProfile},
	} {
		if _, err := walk.Build(source.Streets{}, flat{}, c.p); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	g, err := walk.Build(source.Streets{}, flat{}, walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := g.Profile("cyclist"); !errors.Is(err, walk.ErrNoProfile) {
		t.Errorf("profile cyclist: %v, want %v", err, walk.ErrNoProfile)
	}
}

// star is n streets of 10 m and more that meet in one place.
func star(n int) source.Streets {
	s := source.Streets{Nodes: []source.Node{{ID: 1, At: orb.Point{1000, 1000}}}}
	for i := range n {
		angle, far := 2*math.Pi*float64(i)/float64(n), 10+float64(i)
		id := int64(i + 2)
		s.Nodes = append(s.Nodes, source.Node{ID: id, At: orb.Point{1000 + far*math.Cos(angle), 1000 + far*math.Sin(angle)}})
		s.Ways = append(s.Ways, source.Way{ID: id, Nodes: []int64{1, id}, Tags: source.Tags{"highway": "path"}})
	}
	return s
}
