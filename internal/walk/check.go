package walk

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
)

// check reports whether the columns of a stored graph fit together, so that
// nothing done with it is out of bounds or without end. pieces is the number of
// components. The error wraps ErrStored.
func (g *Graph) check(pieces int) error {
	nodes, edges, profiles := len(g.position), g.Edges(), len(g.params.Profiles)
	every := func(n int, good func(i int) bool) func() bool {
		return func() bool {
			var bad atomic.Bool
			spread(runtime.GOMAXPROCS(0), n, func(first, last int) {
				for i := first; i < last; i++ {
					if !good(i) {
						bad.Store(true)
						return
					}
				}
			})
			return !bad.Load()
		}
	}
	type rule struct {
		name  string
		holds func() bool
	}
	rules := []rule{
		{"sizes", func() bool {
			return nodes <= maxSegments && edges <= maxSegments && len(g.shape) <= maxSegments && len(g.piece) == nodes &&
				pieces >= 0 && len(g.island) == (pieces+63)/64 && len(g.edges) != 0 &&
				len(g.incidentFirst) == nodes+1 && len(g.rows[Towards]) == nodes && len(g.rows[From]) == nodes &&
				len(g.blocks) == len(g.boxes.levels[0]) && len(g.walls.walls) <= 1<<30
		}},
		{"components", every(nodes, func(i int) bool { return g.piece[i] >= 0 && int(g.piece[i]) < pieces })},
		{"stops", ascending(g.stops, func(p, q stop) int { return cmp.Compare(p.node, q.node) },
			func(s stop) bool { return int(s.node) < nodes })},
		{"edges", every(edges, func(i int) bool {
			e := g.edges[i]
			last := max(e.from, e.to)
			if e.kind&edgeThrough != 0 && last < none {
				last++
			}
			return int(last) < nodes && e.inner <= g.edges[i+1].inner && int(e.kind>>kindShift) < len(g.kinds) &&
				e.way >= 0 && int(e.way) < len(g.ids)
		})},
		{"shapes", func() bool { return g.edges[0].inner == 0 && int(g.edges[edges].inner) == len(g.shape) }},
		{"parts", ascending(g.parts, func(p, q part) int { return cmp.Or(cmp.Compare(p.edge, q.edge), cmp.Compare(p.segment, q.segment)) },
			func(p part) bool { return int(p.edge) < edges && p.way >= 0 && int(p.way) < len(g.ids) })},
		{"edges at nodes", every(nodes, func(i int) bool { return g.incidentFirst[i] <= g.incidentFirst[i+1] })},
		{"edges at the last node", func() bool {
			return g.incidentFirst[0] == 0 && int(g.incidentFirst[nodes]) == len(g.incidentEdges)
		}},
		{"edges met", every(len(g.incidentEdges), func(i int) bool { return int(g.incidentEdges[i]) < edges })},
		{"heights", func() bool {
			level := len(g.nodeHeights) == 0 && len(g.shapeHeights) == 0 && len(g.costsBack[0]) == 0
			return level || len(g.nodeHeights) == nodes && len(g.shapeHeights) == len(g.shape) && len(g.costsBack[0]) == edges
		}},
		{"long rows", func() bool { return g.checkLong(Towards) && g.checkLong(From) }},
		{"runs of segments", g.checkBlocks},
	}
	for p := range profiles {
		rules = append(rules, rule{"times", func() bool { return g.checkCosts(p) }}, rule{"steps", every(nodes, func(n int) bool {
			return g.checkRow(p, Towards, NodeID(n)) && g.checkRow(p, From, NodeID(n))
		})})
	}
	for _, r := range rules {
		if !r.holds() {
			return fmt.Errorf("%s do not fit together: %w", r.name, ErrStored)
		}
	}
	return nil
}

// ascending returns whether the items are good and strictly ascend.
func ascending[T any](items []T, compare func(a, b T) int, good func(T) bool) func() bool {
	return func() bool {
		for i, it := range items {
			if !good(it) || i > 0 && compare(items[i-1], it) >= 0 {
				return false
			}
		}
		return true
	}
}

func (g *Graph) checkCosts(profile int) bool {
	costs, back := g.costs[profile], g.costsBack[profile]
	if len(costs) != g.Edges() || len(back) != len(g.costsBack[0]) {
		return false
	}
	fits := func(t uint32) bool { return t <= maxCost || t == Never }
	for i, t := range costs {
		if !fits(t) || len(back) > 0 && (!fits(back[i]) || (back[i] == Never) != (t == Never)) {
			return false
		}
	}
	return true
}

// checkLong reports whether long lists exactly the nodes whose row says so.
func (g *Graph) checkLong(d Direction) bool {
	i := 0
	for n, r := range g.rows[d] {
		if r&manyWords == manyWords {
			if i == len(g.long[d]) || g.long[d][i].node != NodeID(n) {
				return false
			}
			i++
		}
	}
	return i == len(g.long[d])
}

// checkRow reports whether the arcs that leave n lead to nodes, in times that a
// search can add.
func (g *Graph) checkRow(profile int, d Direction, n NodeID) bool {
	r := g.rows[d][n]
	first, count := uint64(r>>rowBits), uint64(g.countWords(d, n, r))
	if first+count > uint64(len(g.arcs[profile])) {
		return false
	}
	words := g.arcs[profile][first : first+count]
	for len(words) > 0 {
		if words[0]>>stepBits == 0 && len(words) < 3 {
			return false
		}
		to, millis, size := unpack(n, words)
		if int(to) >= len(g.position) || millis > maxCost && millis != barredArc {
			return false
		}
		words = words[size:]
	}
	return true
}

// checkBlocks reports whether the runs begin at segments, in order, the first at
// the first.
func (g *Graph) checkBlocks() bool {
	if g.Edges() == 0 {
		return len(g.blocks) == 0
	}
	if len(g.blocks) == 0 || g.blocks[0].edge != 0 || g.blocks[0].segment != 0 {
		return false
	}
	compare := func(p, q block) int {
		return cmp.Or(cmp.Compare(p.edge, q.edge), cmp.Compare(p.segment, q.segment))
	}
	inBounds := func(b block) bool { return int(b.edge) < g.Edges() && int(b.segment) <= len(g.inner(b.edge)) }
	return ascending(g.blocks, compare, inBounds)() && !slices.ContainsFunc(g.blocks, func(b block) bool { return b.before < 0 })
}
