package walk

import (
	"cmp"
	"slices"
)

// Direction says which way a search runs.
type Direction uint8

// A search Towards a place finds the walks that end there, one From a place
// those that begin there.
const (
	Towards Direction = iota
	From
)

// roles returns what the place of a search and the places it is asked about are.
func (d Direction) roles() (place, asked Role) {
	if d == Towards {
		return Destination, Origin
	}
	return Origin, Destination
}

// arc is one step of a search.
type arc struct {
	to     NodeID
	millis uint32
}

// arcs are the steps from every node in compressed sparse rows:
// list[first[n]:first[n+1]] leave n.
type arcs struct {
	first []uint32
	list  []arc
}

// layCosts sums each edge's segments for each profile.
func (g *Graph) layCosts() {
	g.costs = make([][]uint32, len(g.params.Profiles))
	for i, p := range g.params.Profiles {
		g.costs[i] = make([]uint32, len(g.edges))
		for k := range g.edges {
			g.costs[i][k] = g.whole(i, p, &g.edges[k])
		}
	}
}

func (g *Graph) whole(profile int, p Profile, e *edge) uint32 {
	if e.barred>>profile&1 == 1 {
		return Never
	}
	pace := p.pace(e.feature)
	var t uint64
	for k := e.first; k < e.last; k++ {
		t += uint64(millis(g.shape[k].millimetres(g.shape[k+1]), pace))
	}
	if t > maxCost {
		return Never
	}
	return uint32(t)
}

// step is an arc with the node it leaves.
type step struct {
	from NodeID
	arc
}

// layArcs makes the search's arcs. An arc that a profile is barred from, or
// that begins or ends at a gate that stops it, is left out; of parallel arcs
// the shortest stays.
func (b *builder) layArcs(g *Graph, slot map[int32]slots, through []bool) {
	doors := b.doors(slot, through)
	g.arcs = make([][2]arcs, len(g.params.Profiles))
	for i := range g.params.Profiles {
		forward := g.steps(i, doors)
		backward := make([]step, len(forward))
		for k, s := range forward {
			backward[k] = step{s.to, arc{s.from, s.millis}}
		}
		g.arcs[i][From] = pack(forward, len(g.position))
		g.arcs[i][Towards] = pack(backward, len(g.position))
		if equal(g.arcs[i][From], g.arcs[i][Towards]) {
			g.arcs[i][Towards] = g.arcs[i][From]
		}
	}
}

// doors returns the steps of no length between the copies of a node: from where
// walks begin to the streets, from the streets to where walks end, and straight
// from the one to the other.
func (b *builder) doors(slot map[int32]slots, through []bool) []step {
	var out []step
	for v := range b.vertices {
		s, ok := slot[int32(v)]
		if !ok || !through[v] {
			continue
		}
		out = append(out, step{s.ends + 1, arc{s.ends, 0}})
		if s.street != none {
			out = append(out, step{s.ends + 1, arc{s.street, 0}}, step{s.street, arc{s.ends, 0}})
		}
	}
	return out
}

func (g *Graph) steps(profile int, doors []step) []step {
	out := make([]step, 0, 2*len(g.edges)+len(doors))
	add := func(u, v NodeID, t uint32) {
		if u != v && g.passable(profile, u) && g.passable(profile, v) {
			out = append(out, step{u, arc{v, t}})
		}
	}
	for i := range g.edges {
		e := &g.edges[i]
		t := g.costs[profile][i]
		if t == Never {
			continue
		}
		forward, backward := g.directions(EdgeID(i))
		for k := NodeID(0); k == 0 || k == 1 && e.through; k++ {
			if forward {
				add(e.from+k, e.to+k, t)
			}
			if backward {
				add(e.to+k, e.from+k, t)
			}
		}
	}
	for _, d := range doors {
		add(d.from, d.to, 0)
	}
	return out
}

// pack sorts the steps into rows and keeps the shortest of parallel ones.
func pack(steps []step, nodes int) arcs {
	slices.SortFunc(steps, func(p, q step) int {
		return cmp.Or(cmp.Compare(p.from, q.from), cmp.Compare(p.to, q.to), cmp.Compare(p.millis, q.millis))
	})
	steps = slices.CompactFunc(steps, func(p, q step) bool { return p.from == q.from && p.to == q.to })
	a := arcs{first: make([]uint32, nodes+1), list: make([]arc, len(steps))}
	for i, s := range steps {
		a.first[s.from+1]++
		a.list[i] = s.arc
	}
	for n := range nodes {
		a.first[n+1] += a.first[n]
	}
	return a
}

func equal(a, b arcs) bool { return slices.Equal(a.first, b.first) && slices.Equal(a.list, b.list) }
