package walk

// layCosts sums each edge's segments for each profile, both ways.
func (b *builder) layCosts() {
	g := b.g
	n := g.Edges()
	g.costs = table(len(g.params.Profiles), n)
	if g.nodeHeights != nil {
		g.costsBack = table(len(g.params.Profiles), n)
	}
	spread(b.workers, n, func(first, last int) {
		for i := first; i < last; i++ {
			for p := range g.costs {
				ahead, back := g.whole(p, EdgeID(i))
				g.costs[p][i] = ahead
				if g.costsBack != nil {
					g.costsBack[p][i] = back
				}
			}
		}
	})
}

func table(rows, columns int) [][]uint32 {
	t := make([][]uint32, rows)
	for i := range t {
		t[i] = make([]uint32, columns)
	}
	return t
}

// whole returns the time of a walk along an edge, and back: both Never when the
// profile is barred, or when either is over maxCost.
func (g *Graph) whole(profile int, e EdgeID) (ahead, back uint32) {
	if g.barred(e)>>profile&1 == 1 {
		return Never, Never
	}
	t := g.timer(profile, e)
	var sum, sumBack uint64
	k, p := uint32(0), g.position[g.edges[e].from]
	add := func(q point) {
		a, b := t.segment(k, p, q)
		sum, sumBack = sum+uint64(a), sumBack+uint64(b)
		k, p = k+1, q
	}
	for _, q := range g.inner(e) {
		add(q)
	}
	add(g.position[g.edges[e].to])
	if max(sum, sumBack) > maxCost {
		return Never, Never
	}
	return uint32(sum), uint32(sumBack)
}

// levelEdge reports whether a walk along e takes every profile as long as back.
func (g *Graph) levelEdge(e EdgeID) bool {
	for p := range g.costsBack {
		if g.costs[p][e] != g.costsBack[p][e] {
			return false
		}
	}
	return true
}
