package walk

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// vertexState says what is known of a vertex, a bit each.
type vertexState uint8

const (
	onWay     vertexState = 1 << iota // a walkable way uses it
	onWall                            // a barrier line uses it
	placed                            // it has a position on the grid
	gated                             // it stops at least one profile: see builder.gates
	private                           // a gate that only those who belong behind it may pass
	junction                          // it is a node of the graph
	onPrivate                         // it belongs to private ground that could be walked through
)

// takeNodes sorts the nodes by id and judges their gates. Of nodes with one id
// the most south-western stays, so that order does not matter.
func (b *builder) takeNodes(nodes []source.Node) {
	byID := func(p, q source.Node) int { return cmp.Compare(p.ID, q.ID) }
	if !slices.IsSortedFunc(nodes, byID) || repeats(nodes) {
		nodes = slices.Clone(nodes)
		slices.SortFunc(nodes, func(p, q source.Node) int {
			return cmp.Or(byID(p, q), cmp.Compare(p.At[0], q.At[0]), cmp.Compare(p.At[1], q.At[1]),
				cmp.Compare(gateOf(p.Tags, b.params.Profiles), gateOf(q.Tags, b.params.Profiles)), compareTags(p.Tags, q.Tags))
		})
		whole := len(nodes)
		nodes = slices.CompactFunc(nodes, func(p, q source.Node) bool { return p.ID == q.ID })
		b.report.Repeated += whole - len(nodes)
	}
	b.nodes = nodes
	b.at, b.states = make([]point, len(nodes)), make([]vertexState, len(nodes))
	b.ids = make([]int64, len(nodes))
	b.gates = map[int32]uint32{}
	b.every = b.every[:0]
	for v, n := range nodes {
		b.ids[v] = n.ID
		if v%everyNth == 0 {
			b.every = append(b.every, n.ID)
		}
		if len(n.Tags) == 0 {
			continue
		}
		if g := gateOf(n.Tags, b.params.Profiles); g != 0 {
			b.gates[int32(v)] = g
			b.states[v] |= gated
		}
		if privateGate(n.Tags) {
			b.states[v] |= private
		}
	}
}

func repeats(nodes []source.Node) bool {
	for i := 1; i < len(nodes); i++ {
		if nodes[i].ID == nodes[i-1].ID {
			return true
		}
	}
	return false
}

// everyNth is the number of ids of which one is kept apart, so that most of a
// search by halves stays within the processor's cache.
const everyNth = 64

// vertex returns the number of the node with an id, or false. near is a guess:
// the nodes of a street were mostly drawn one after the other.
func (b *builder) vertex(id int64, near int32) (int32, bool) {
	for v := near; v < near+4 && int(v) < len(b.ids); v++ {
		if v >= 0 && b.ids[v] == id {
			return v, true
		}
	}
	block, found := slices.BinarySearch(b.every, id)
	if found {
		return int32(block * everyNth), true
	}
	if block == 0 {
		return 0, false
	}
	first := (block - 1) * everyNth
	i, found := slices.BinarySearch(b.ids[first:min(len(b.ids), first+everyNth)], id)
	return int32(first + i), found
}

// noVertex stands for a node that the file does not hold.
const noVertex int32 = -1

// resolve returns the vertices of the nodes of ways, one way after another:
// those of ways[i] begin at first[i].
func (b *builder) resolve(ways []source.Way) (vertices []int32, first []int) {
	first = make([]int, len(ways)+1)
	for i, w := range ways {
		first[i+1] = first[i] + len(w.Nodes)
	}
	vertices = make([]int32, first[len(ways)])
	spreadBy(b.workers, len(ways), grain/8, func(from, to int) {
		near := int32(0)
		for i := from; i < to; i++ {
			out := vertices[first[i]:first[i+1]]
			for k, id := range ways[i].Nodes {
				v, ok := b.vertex(id, near)
				if ok {
					out[k], near = v, v
				} else {
					out[k] = noVertex
				}
			}
		}
	})
	return vertices, first
}

// mark notes what uses the vertices.
func (b *builder) mark(vertices []int32, use vertexState) {
	for _, v := range vertices {
		if v != noVertex {
			b.states[v] |= use
		}
	}
}

// place finds the positions of all vertices in use, and counts those of
// walkable ways.
func (b *builder) place() {
	inUse := func(v int) bool { return b.states[v]&(onWay|onWall) != 0 }
	known := patches(b.proj, b.workers, func(yield func(orb.Point)) {
		for v := range b.nodes {
			if inUse(v) {
				yield(b.nodes[v].At)
			}
		}
	})
	spread(b.workers, len(b.nodes), func(first, last int) {
		var singly []int32
		var ps []orb.Point
		var p *patch
		var of square
		for v := first; v < last; v++ {
			if !inUse(v) {
				continue
			}
			at := b.nodes[v].At
			if s, ok := squareOf(at); !ok {
				p = nil
			} else if s != of || p == nil {
				of, p = s, known[s]
			}
			if p == nil {
				singly, ps = append(singly, int32(v)), append(ps, at)
				continue
			}
			b.put(int32(v), p.at(at))
		}
		project(b.proj, ps)
		for i, v := range singly {
			b.put(v, ps[i])
		}
	})
	for _, s := range b.states {
		switch s & (onWay | placed) {
		case onWay | placed:
			b.report.Vertices++
		case onWay:
			b.report.Outside++
		}
	}
}

// put gives a vertex its position, unless it is outside the grid.
func (b *builder) put(v int32, p orb.Point) {
	if at, ok := pointOf(geo.Grid(p)); ok {
		b.at[v] = at
		b.states[v] |= placed
	}
}
