package reach_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// TestOutlineTruth counts junctions: spill are those inside the outline that are
// not reached in 20 minutes, miss are reached ones outside it, both as shares of
// the reached. Source of the bounds: the project's comparison of outlines.
func TestOutlineTruth(t *testing.T) {
	g := newport(t)
	s, err := reach.NewStreets(g, "adult", nil, reach.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	w := s.Worker()
	search := g.NewSearch(0)
	rng := rand.New(rand.NewPCG(7, 7))
	var spill, miss float64
	var origins, vertices int
	for origins < 20 {
		place := g.At(walk.NodeID(rng.IntN(g.Nodes())))
		links, err := g.Snap(place)
		if err != nil {
			continue
		}
		search.Run(links, walk.Towards, 20*60_000)
		if len(search.Reached()) < 200 {
			continue
		}
		origins++
		outline, err := w.Outlines(place, []float64{20})
		if err != nil {
			t.Fatal(err)
		}
		reached, in, out := 0, 0, 0
		for at, r := range junctions(g, search) {
			if !outline[0].Bound().Contains(orb.Point(at)) && !r {
				continue
			}
			inside := contains(outline[0], at)
			if r {
				reached++
			}
			if inside && !r {
				in++
			}
			if !inside && r {
				out++
			}
		}
		for _, p := range outline[0] {
			for _, r := range p {
				vertices += len(r)
			}
		}
		spill += float64(in) / float64(reached) / 20
		miss += float64(out) / float64(reached) / 20
	}
	t.Logf("spill %.3f %%, miss %.3f %%, %d vertices an outline", 100*spill, 100*miss, vertices/20)
	const most = 0.005
	if spill > most || miss > most {
		t.Errorf("spill %.4f, miss %.4f: want both under %v", spill, miss, most)
	}
}

// junctions returns the ends of all edges and whether a walk comes there. By
// place, not by node: private ground has copies, and no walk goes on past a gate
// that comes up to it.
func junctions(g *walk.Graph, s *walk.Search) map[geo.Grid]bool {
	out := map[geo.Grid]bool{}
	for i := range g.Edges() {
		first := walk.Place{Edge: walk.EdgeID(i)}
		last := first
		last.Fraction = 1
		last.Segment = uint32(g.Vertices(first.Edge) - 2)
		for _, pl := range []walk.Place{first, last} {
			at := g.Position(pl)
			out[at] = out[at] || s.At(pl) != walk.Never
		}
	}
	return out
}

func contains(m orb.MultiPolygon, p geo.Grid) bool {
	return planar.MultiPolygonContains(m, orb.Point(p))
}
