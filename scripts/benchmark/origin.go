package main

import (
	"math/rand/v2"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// origin is a junction that searches run from. Link is how our search is given
// it; it is no metres long, so that both start from the junction itself.
type origin struct {
	node   walk.NodeID
	link   walk.Link
	at     geo.Grid
	lonLat geo.LonLat
}

// originsOf picks n junctions of the largest component by chance from the seed,
// none on private ground and none at a gate.
func originsOf(g *walk.Graph, proj *geo.Projection, profile, n int, seed uint64) ([]origin, error) {
	largest := largestPiece(g)
	rng := rand.New(rand.NewPCG(seed, 1)) // #nosec G404 -- every peer has to be asked from the same places
	var out []origin
	for range 1000 * n {
		if len(out) == n {
			break
		}
		node := walk.NodeID(rng.IntN(g.Nodes()))
		if g.Piece(node) != largest {
			continue
		}
		link, ok := linkAt(g, profile, node)
		if !ok {
			continue
		}
		at, err := proj.ToLonLat(g.At(node))
		if err != nil {
			return nil, err
		}
		out = append(out, origin{node, link, g.At(node), at})
	}
	return out, nil
}

func largestPiece(g *walk.Graph) int32 {
	count := map[int32]int{}
	best := int32(0)
	for n := range walk.NodeID(g.Nodes()) {
		p := g.Piece(n)
		if count[p]++; count[p] > count[best] {
			best = p
		}
	}
	return best
}

// linkAt returns a link to the junction at the end of a public street that may
// be walked both ways, where there is one.
func linkAt(g *walk.Graph, profile int, node walk.NodeID) (walk.Link, bool) {
	for _, e := range g.Incident(node) {
		from, to := g.Ends(e, walk.Destination)
		begins, _ := g.Ends(e, walk.Origin)
		if begins != from || from == to || g.Cost(profile, e) == walk.Never {
			continue
		}
		pl := walk.Place{Edge: e}
		if to == node {
			pl.Segment, pl.Fraction = uint32(g.Vertices(e)-2), 1
		}
		out, in := g.Reach(profile, pl, walk.Origin), g.Reach(profile, pl, walk.Destination)
		never := walk.Never
		if out.FromMillis == never || out.ToMillis == never || in.FromMillis == never || in.ToMillis == never {
			continue
		}
		return walk.Link{Place: pl, Piece: g.Piece(node)}, true
	}
	return walk.Link{}, false
}
