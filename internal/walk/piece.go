package walk

import "math/bits"

// layPieces finds the connected components, walked in any direction by anyone,
// and marks the islands: fewer than Params.IslandNodes junctions, unless it is
// the largest (of equals the first along the curve).
func (b *builder) layPieces() {
	g := b.g
	f := newForest(len(g.position))
	for i := range g.Edges() {
		from, to := g.Ends(EdgeID(i), Destination)
		f.join(int32(from), int32(to))
	}
	copied := map[NodeID]bool{}
	for _, t := range b.twins {
		f.join(int32(t.ends), int32(t.ends+1))
		if copied[t.ends+1] = true; t.street != none {
			f.join(int32(t.ends), int32(t.street))
			copied[t.ends] = true
		}
	}
	g.piece = make([]int32, len(g.position))
	var sizes []int
	for n := range g.position {
		r := f.root(int32(n))
		if r == int32(n) {
			g.piece[n] = int32(len(sizes))
			sizes = append(sizes, 0)
		} else {
			g.piece[n] = g.piece[r]
		}
		if !copied[NodeID(n)] {
			sizes[g.piece[n]]++
		}
	}
	largest := 0
	for i, s := range sizes {
		if s > sizes[largest] {
			largest = i
		}
	}
	g.island = newBits(len(sizes))
	for i, s := range sizes {
		if i != largest && s < b.params.IslandNodes {
			g.island.set(uint32(i))
		}
	}
	if len(sizes) > 0 {
		b.report.Largest = sizes[largest]
	}
	b.report.Pieces = len(sizes)
}

func (g *Graph) countIslands(r *Report) {
	for _, word := range g.island {
		r.Islands += bits.OnesCount64(word)
	}
	for i := range g.Edges() {
		if g.onIsland(EdgeID(i)) {
			r.IslandKm += float64(g.edges[i].metres) / 1000
		}
	}
}

// onIsland reports whether e belongs to a component that is never snapped to.
func (g *Graph) onIsland(e EdgeID) bool { return g.island.has(uint32(g.piece[g.edges[e].from])) }
