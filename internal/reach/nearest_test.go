package reach_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// TestNearestOnADrawing: A and B are ten cells apart with C half-way; C is five
// cells, 187.5 s, from either and belongs to the one that was given first.
func TestNearestOnADrawing(t *testing.T) {
	v := village.MustParse("A----C----B--D\n\n~~~~~~~~~~~~~~\n\nE--F")
	points := []geo.Grid{v.At('C'), v.At('D'), v.At('E'), {v.At('A')[0] - 600, v.At('A')[1]}}
	s := linked(t, draw(t, v), "adult", points, reach.Params{LimitMinutes: 20})
	far := geo.Grid{v.At('A')[0], v.At('A')[1] + 900}
	for _, c := range []struct {
		name   string
		places []geo.Grid
		want   []int32 // by point; -1 for none
	}{
		{"a tie goes to the first", []geo.Grid{v.At('A'), v.At('B')}, []int32{0, 1, -1, -1}},
		{"a tie goes to the first, the other way", []geo.Grid{v.At('B'), v.At('A')}, []int32{0, 0, -1, -1}},
		{"a place that is refused is nobody's", []geo.Grid{far, v.At('A')}, []int32{1, 1, -1, -1}},
		{"across the river", []geo.Grid{v.At('F')}, []int32{-1, -1, 0, -1}},
		{"no places", nil, []int32{-1, -1, -1, -1}},
	} {
		n := s.Nearest(c.places)
		for p, want := range c.want {
			got, ok := n.Point(p)
			if got.Place != want || ok != (want >= 0) {
				t.Errorf("%s: point %d: place %d, %v, want %d", c.name, p, got.Place, ok, want)
			}
		}
	}
	n := s.Nearest([]geo.Grid{far, v.At('A')})
	want := []reach.Refused{{Point: 0, Reason: walk.TooFar, Metres: 900}}
	if diff := cmp.Diff(want, n.Refused()); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if got, _ := n.Point(0); got.Millis != 5*cell {
		t.Errorf("C is %d ms from A, want %d", got.Millis, 5*cell)
	}
	if n.Link(0) != (walk.Link{}) || n.Link(1).Metres != 0 || n.Link(1).Way == 0 {
		t.Errorf("links %+v, %+v: want none and one of no length", n.Link(0), n.Link(1))
	}
}

// TestNearestEqualsTimes compares one sweep with a search from every place, on
// points and on nodes, for both directions and all profiles.
func TestNearestEqualsTimes(t *testing.T) {
	check := func(t *testing.T, g *walk.Graph, points, places []geo.Grid, name string) {
		t.Helper()
		for number, profile := range g.Params().Profiles {
			for _, d := range []walk.Direction{walk.Towards, walk.From} {
				s := linked(t, g, profile.Name, points, reach.Params{LimitMinutes: 20, Direction: d})
				n := s.Nearest(places)
				want := make([][]reach.Time, len(places))
				w, search := s.Worker(), g.NewSearch(number)
				nodes := map[walk.NodeID]reach.PlaceTime{}
				for i, at := range places {
					var err error
					if want[i], _, err = w.Times(at); err != nil {
						continue
					}
					links, _ := g.Snap(at)
					search.Run(links, d, 20*60_000)
					for _, node := range search.Reached() {
						old, ok := nodes[node]
						if got := search.Node(node); !ok || got < old.Millis {
							nodes[node] = reach.PlaceTime{Place: int32(i), Millis: got}
						}
					}
				}
				all := reach.NewMatrix(len(points), want)
				for p := range points {
					got, ok := n.Point(p)
					least := reach.PlaceTime{Place: -1, Millis: reach.NoWalk}
					for _, at := range all.At(p) { // by ascending place: of equal walks the lower one stays
						if at.Millis < least.Millis {
							least = at
						}
					}
					if ok != (least.Place >= 0) || got != least {
						t.Fatalf("%s: %s, direction %d: point %d: %+v, %v, want %+v", name, profile.Name, d, p, got, ok, least)
					}
				}
				for node := range walk.NodeID(g.Nodes()) {
					got, ok := n.Node(node)
					if want, is := nodes[node]; ok != is || ok && got != want {
						t.Fatalf("%s: %s, direction %d: node %d: %+v, %v, want %+v, %v", name, profile.Name, d, node, got, ok, want, is)
					}
				}
			}
		}
	}
	for seed := range uint64(25) {
		rng := rand.New(rand.NewPCG(seed, 5))
		v := village.Random(seed, 30, 20)
		var points []geo.Grid
		for range 60 {
			points = append(points, geo.Grid{village.Origin[0] + 1500*rng.Float64(), village.Origin[1] - 1000*rng.Float64()})
		}
		check(t, draw(t, v), points, points[:9], v.String())
	}
	g := newport(t)
	rng := rand.New(rand.NewPCG(6, 5))
	check(t, g, around(g, rng, 2000), around(g, rng, 40), "Newport")
}
