package walk

// layPieces finds the connected components, walked in any direction by anyone,
// and marks the islands: fewer than least junctions, unless it is the largest
// (of equals the first along the curve).
func (g *Graph) layPieces(least int) {
	f := newForest(len(g.position))
	for i := range g.edges {
		from, to := g.Ends(EdgeID(i), Destination)
		f.join(int32(from), int32(to))
	}
	for n := 1; n < len(g.position); n++ {
		if g.copy[n] {
			f.join(int32(n), int32(n-1))
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
		if !g.copy[n] {
			sizes[g.piece[n]]++
		}
	}
	g.island = make([]bool, len(sizes))
	largest := 0
	for i, s := range sizes {
		g.island[i] = s < least
		if s > sizes[largest] {
			largest = i
		}
	}
	if len(sizes) > 0 {
		g.island[largest] = false
	}
	g.sizes = sizes
}

func (g *Graph) countPieces(r *Report) {
	r.Pieces = len(g.sizes)
	for i, s := range g.sizes {
		r.Largest = max(r.Largest, s)
		if g.island[i] {
			r.Islands++
		}
	}
	for i := range g.edges {
		if e := &g.edges[i]; g.island[g.piece[e.from]] {
			r.IslandKm += float64(e.metres) / 1000
		}
	}
}

// onIsland reports whether e belongs to a component that is never snapped to.
func (g *Graph) onIsland(e EdgeID) bool { return g.island[g.piece[g.edges[e].from]] }
