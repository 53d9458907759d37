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
		for n := range g.Nodes() {
			inside := contains(outline[0], g.At(walk.NodeID(n)))
			r := search.Node(walk.NodeID(n)) != walk.Never
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

func contains(m orb.MultiPolygon, p geo.Grid) bool {
	return planar.MultiPolygonContains(m, orb.Point(p))
}
