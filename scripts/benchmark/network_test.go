package main_test

import (
	"container/heap"
	"testing"

	"hubreach/data"
	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/walk"
	bench "hubreach/scripts/benchmark"
)

// TestNetworkIsTheGraph walks the arcs that the peers get with a plain heap, and
// finds the nodes and the milliseconds of our own search, for profiles that
// gates and steps bar as well, and with every bend a node of its own.
func TestNetworkIsTheGraph(t *testing.T) {
	g, proj := sampleGraph(t)
	for profile := range g.Params().Profiles {
		checkNetwork(t, g, proj, profile, false)
	}
	checkNetwork(t, g, proj, 0, true)
}

func checkNetwork(t *testing.T, g *walk.Graph, proj *geo.Projection, profile int, bends bool) {
	t.Helper()
	const limit = 20 * 60_000
	name := g.Params().Profiles[profile].Name
	n := bench.NetworkOf(g, profile, bends)
	origins, err := bench.OriginsOf(g, proj, profile, 25, 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(origins) != 25 {
		t.Fatalf("%s: %d origins, want 25", name, len(origins))
	}
	s := g.NewSearch(profile)
	for _, o := range origins {
		s.Run([]walk.Link{o.Link}, walk.Towards, limit)
		found := 0
		for node, millis := range plain(n, o.Node, limit) {
			if int(node) >= g.Nodes() {
				continue // a bend
			}
			found++
			if got := s.Node(node); got != millis {
				t.Fatalf("%s (bends %t) from node %d to %d: %d ms, the arcs give %d", name, bends, o.Node, node, got, millis)
			}
		}
		if len(s.Reached()) != found {
			t.Errorf("%s (bends %t) from node %d: %d nodes, the arcs give %d", name, bends, o.Node, len(s.Reached()), found)
		}
	}
}

func sampleGraph(t *testing.T) (*walk.Graph, *geo.Projection) {
	t.Helper()
	f, err := data.Sample().Open("streets.osm.pbf")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := source.ReadStreets(f, "streets.osm.pbf", source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	proj, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	g, err := walk.Build(s, proj, walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	return g, proj
}

func plain(n bench.Network, origin walk.NodeID, limit uint32) map[walk.NodeID]uint32 {
	best := map[walk.NodeID]uint32{origin: 0}
	q := queue{{origin, 0}}
	for len(q) > 0 {
		x := heap.Pop(&q).(queued)
		if x.millis > best[x.node] {
			continue
		}
		for _, a := range n.From(x.node) {
			m := x.millis + a.Millis
			if old, seen := best[a.To]; m <= limit && (!seen || m < old) {
				best[a.To] = m
				heap.Push(&q, queued{a.To, m})
			}
		}
	}
	return best
}

type queued struct {
	node   walk.NodeID
	millis uint32
}

type queue []queued

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].millis < q[j].millis }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
