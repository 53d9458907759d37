package walk

import (
	"cmp"
	"slices"
)

// graph numbers the nodes along a Hilbert curve, copies those of private ground
// that could be walked through, and lays out edges, shapes and arcs.
func (b *builder) graph(cs []chain) *Graph {
	g := &Graph{params: b.params, ids: b.ids}
	nodes := b.nodesOf(cs)
	through := b.through(cs)
	slot := b.number(g, nodes, through)
	b.layEdges(g, cs, slot, through)
	g.layIncidence()
	g.layPieces(b.params.IslandNodes)
	g.layCosts()
	b.layArcs(g, slot, through)
	b.report.Nodes, b.report.Edges, b.report.Segments = len(nodes), len(g.edges), len(b.segments)
	b.report.Barred = b.barred.list()
	g.countPieces(&b.report)
	return g
}

// nodesOf returns the vertices at chain ends, by id.
func (b *builder) nodesOf(cs []chain) []int32 {
	var ends []int32
	for _, c := range cs {
		ends = append(ends, c.vertices[0], c.vertices[len(c.vertices)-1])
	}
	slices.Sort(ends)
	return slices.Compact(ends)
}

// slots holds the graph's node for a vertex: street is the one that public
// streets meet at, ends the copy where a walk on private ground ends (ends+1
// where one begins). none where there is no such node.
type slots struct{ street, ends NodeID }

const none = ^NodeID(0)

// through returns, per vertex, whether it belongs to private ground that meets
// the public streets at two nodes or more, and so could be walked through.
func (b *builder) through(cs []chain) []bool {
	private, public := newForest(len(b.vertices)), make([]bool, len(b.vertices))
	onPrivate := make([]bool, len(b.vertices))
	for _, c := range cs {
		u, v := c.vertices[0], c.vertices[len(c.vertices)-1]
		if b.kinds[c.kind].feature&featureEnds != 0 {
			private.join(u, v)
			onPrivate[u], onPrivate[v] = true, true
		} else {
			public[u], public[v] = true, true
		}
	}
	doors := make(map[int32]int)
	for v := range b.vertices {
		if onPrivate[v] && public[v] {
			doors[private.root(int32(v))]++
		}
	}
	for v := range b.vertices {
		onPrivate[v] = onPrivate[v] && doors[private.root(int32(v))] > 1
	}
	return onPrivate
}

// number gives every vertex in nodes its place along the curve.
func (b *builder) number(g *Graph, nodes []int32, through []bool) map[int32]slots {
	var low, high point
	for i, v := range nodes {
		p := b.vertices[v].at
		if i == 0 {
			low, high = p, p
		}
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	side := max(int64(high.x)-int64(low.x), int64(high.y)-int64(low.y))
	type ranked struct {
		curve uint32
		v     int32
	}
	order := make([]ranked, len(nodes))
	for i, v := range nodes {
		order[i] = ranked{hilbert(b.vertices[v].at, low, side), v}
	}
	slices.SortFunc(order, func(p, q ranked) int { return cmp.Or(cmp.Compare(p.curve, q.curve), cmp.Compare(p.v, q.v)) })

	slot := make(map[int32]slots, len(nodes))
	add := func(v int32, copied bool) NodeID {
		g.position = append(g.position, b.vertices[v].at)
		g.blocked = append(g.blocked, b.vertices[v].gate)
		g.copy = append(g.copy, copied)
		return NodeID(len(g.position) - 1)
	}
	for _, r := range order {
		s := slots{street: none, ends: none}
		if b.public(r.v) || !through[r.v] {
			s.street = add(r.v, false)
		}
		if through[r.v] {
			s.ends = add(r.v, s.street != none)
			add(r.v, true)
		}
		slot[r.v] = s
		if b.vertices[r.v].gate != 0 {
			b.report.Gates++
		}
	}
	return slot
}

// public reports whether v meets ground that is not private.
func (b *builder) public(v int32) bool {
	for _, s := range b.meeting(v) {
		if b.kinds[b.segments[s].kind].feature&featureEnds == 0 {
			return true
		}
	}
	return false
}

// layEdges orders the chains by their nodes and writes edges and shapes.
func (b *builder) layEdges(g *Graph, cs []chain, slot map[int32]slots, through []bool) {
	type laid struct {
		edge
		chain int
	}
	rows := make([]laid, len(cs))
	for i, c := range cs {
		u, v := c.vertices[0], c.vertices[len(c.vertices)-1]
		k := b.kinds[c.kind]
		e := edge{from: slot[u].street, to: slot[v].street, feature: k.feature, barred: k.barred}
		if k.feature&featureEnds != 0 {
			b.report.Private++
			if through[u] {
				e.through = true
				e.from, e.to = slot[u].ends, slot[v].ends
			}
		}
		rows[i] = laid{e, i}
	}
	slices.SortFunc(rows, func(p, q laid) int {
		return cmp.Or(cmp.Compare(min(p.from, p.to), min(q.from, q.to)), cmp.Compare(max(p.from, p.to), max(q.from, q.to)),
			cmp.Compare(p.chain, q.chain))
	})
	for _, r := range rows {
		c := cs[r.chain]
		r.first = uint32(len(g.shape))
		var mm float64
		for i, v := range c.vertices {
			g.shape = append(g.shape, b.vertices[v].at)
			w := c.ways[min(i, len(c.ways)-1)] // the last vertex begins no segment; its entry is not read
			g.way = append(g.way, w)
			if i > 0 {
				mm += g.shape[len(g.shape)-2].millimetres(g.shape[len(g.shape)-1])
			}
		}
		r.last = uint32(len(g.shape) - 1)
		r.metres = float32(mm / 1000)
		b.report.Metres += mm / 1000
		g.edges = append(g.edges, r.edge)
	}
}

// layIncidence lists the edges that meet each node, in order.
func (g *Graph) layIncidence() {
	g.incidentFirst = make([]uint32, len(g.position)+1)
	each := func(f func(n NodeID, e EdgeID)) {
		for i := range g.edges {
			e := EdgeID(i)
			from, to := g.Ends(e, Destination)
			f(from, e)
			f(to, e)
			if g.edges[e].through {
				f(from+1, e)
				f(to+1, e)
			}
		}
	}
	each(func(n NodeID, _ EdgeID) { g.incidentFirst[n+1]++ })
	for n := range g.position {
		g.incidentFirst[n+1] += g.incidentFirst[n]
	}
	g.incidentEdges = make([]EdgeID, g.incidentFirst[len(g.position)])
	next := slices.Clone(g.incidentFirst)
	each(func(n NodeID, e EdgeID) {
		g.incidentEdges[next[n]] = e
		next[n]++
	})
}
