package outreach_test

import (
	"math"
	"math/bits"
	"slices"
	"testing"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/outreach"
)

// In the village 10, 60 and 20 people are in need at three points (nobody said
// who is inside): 90, of which four fifths are 72.
func TestVenuesRanked(t *testing.T) {
	in := village()
	venues(&in, []float64{5, 5, 40, 40, 5, 5, 5}, []float64{40, 5, 40, 40, 40, 40, 15.01}, []float64{5, 40, 15, 40, 40, 40, 40})
	p := params()
	p.YouthShare = 0
	_, got := plan(in, p)
	want := []outreach.VenueReach{{Venue: 1, People: 70, Share: 7.0 / 9}, {Venue: 0, People: 30, Share: 3.0 / 9}, {Venue: 2, People: 20, Share: 2.0 / 9}, {Venue: 4, People: 10, Share: 1.0 / 9}, {Venue: 5, People: 10, Share: 1.0 / 9}}
	for k, v := range got.Details[0].Venues {
		if k >= len(want) || v.Venue != want[k].Venue || math.Abs(v.People-want[k].People) > tol || math.Abs(v.Share-want[k].Share) > tol {
			t.Fatalf("venues %+v, want %+v", got.Details[0].Venues, want)
		}
	}
	if len(got.Details[0].Venues) != outreach.MostVenues {
		t.Errorf("%d venues, want %d of the six in reach", len(got.Details[0].Venues), outreach.MostVenues)
	}
	// One venue reaches 70 of 90, too few; 1 with 0 or 2 reaches all.
	d := got.Details[0]
	if !slices.Equal(d.Fewest, []int{0, 1}) || !d.Exact || d.FewestShare != 1 {
		t.Errorf("fewest %v, %v of the people, exact %t; want venues 0 and 1, everybody, proven", d.Fewest, d.FewestShare, d.Exact)
	}
}

// Of equally few venues those that reach the most people are taken. In need are
// 12, 12, 8, 12, 12 and 8, 64 in all. Hall 0 reaches both pairs of 12: 48; hall 1
// the first three points and hall 2 the others, 32 each. Four fifths are 51.2:
// one by one takes hall 0 and one more, 56; halls 1 and 2 reach everybody.
func TestFewestReachTheMost(t *testing.T) {
	x := patch{town: "T1", young: 100, decile: 1, class: "RSN1"}
	in := input(x, x, x, x, x, x)
	for i, n := range []float64{12, 12, 8, 12, 12, 8} {
		in.Need.Areas[i].InNeed = n
	}
	venues(&in, []float64{1, 1, 99}, []float64{1, 1, 99}, []float64{99, 1, 99}, []float64{1, 99, 1}, []float64{1, 99, 1}, []float64{99, 99, 1})
	p := params()
	p.YouthShare = 0
	_, got := plan(in, p)
	d := got.Details[0]
	if !slices.Equal(d.Fewest, []int{1, 2}) || !d.Exact || d.FewestShare != 1 {
		t.Errorf("fewest %v reach %v, exact %t; want halls 1 and 2, everybody", d.Fewest, d.FewestShare, d.Exact)
	}
}

// On random counties no smaller set of venues, of all there are, reaches the
// goal, and none of equal size reaches more.
func TestFewestIsFewest(t *testing.T) {
	tried := 0
	for seed := range uint64(seeds) {
		in, r := random(seed)
		in.County.Venues = nil
		var walks [][]float64
		for range in.County.Points {
			row := make([]float64, 7)
			for v := range row {
				row[v] = float64(r.IntN(40))
			}
			walks = append(walks, row)
		}
		venues(&in, walks...)
		res, got := plan(in, params())
		for k, x := range res.Targets {
			d := got.Details[k]
			if x.Category == outreach.DetachedYouth || len(d.Fewest) == 0 {
				continue
			}
			tried++
			reach := func(set uint) float64 {
				n, all := 0.0, 0.0
				for _, i := range x.Areas {
					people := in.Need.Areas[i].InNeed
					if x.InNeed == 0 {
						people = in.County.Areas[i].Residents.Between(0, 19)
					}
					all += people
					for v, m := range walks[i] {
						if set>>v&1 == 1 && m <= 15 {
							n += people
							break
						}
					}
				}
				return n / all
			}
			goal := min(outreach.CoverShare, reach(1<<7-1))
			best, most := 8, 0.0
			for set := uint(1); set < 1<<7; set++ {
				if n := reach(set); n >= goal-tol && (bits.OnesCount(set) < best || bits.OnesCount(set) == best && n > most) {
					best, most = bits.OnesCount(set), n
				}
			}
			if len(d.Fewest) != best || math.Abs(d.FewestShare-most) > tol || !d.Exact {
				t.Fatalf("seed %d: target %s: %v reach %v (exact %t), want %d venues that reach %v", seed, x.ID, d.Fewest, d.FewestShare, d.Exact, best, most)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d targets were tried", tried)
	}
}

// A venue that is used keeps its session unless the gain is material.
func TestUsedVenueIsContinued(t *testing.T) {
	for _, tc := range []struct {
		name string
		used []int
		gain float64
		want int
	}{
		// Hall 1 reaches 70 of 90 people in need, hall 0 30, hall 2 60.
		{"none used", nil, 0.1, 1},
		{"11 points behind, 10 are material", []int{2}, 0.1, 1},
		{"11 points behind, 20 are material", []int{2}, 0.2, 2},
		{"exactly the gain is material", []int{2}, 10.0 / 90, 1},
		{"the better of two", []int{0, 2}, 0.9, 2},
		{"the best is used", []int{0, 1}, 0.9, 1},
	} {
		in := village()
		venues(&in, []float64{5, 5, 40}, []float64{40, 5, 5}, []float64{5, 40, 40})
		for _, v := range tc.used {
			in.County.Venues[v].Used = county.Yes
		}
		p := params()
		p.YouthShare, p.VenueGain = 0, tc.gain
		if got := outreach.Classify(in, p).Targets[0].Venue; got != tc.want {
			t.Errorf("%s: venue %d, want %d", tc.name, got, tc.want)
		}
	}
}

// A rural target without a venue in reach gets stops: here homes at 0, 300 and
// 2,000 m, with 60, 10 and 20 people in need, and a stop reaches 1,000 m.
func TestStops(t *testing.T) {
	in := village()
	in.County.Points[0].At, in.County.Points[1].At, in.County.Points[2].At = geo.Grid{300, 0}, geo.Grid{0, 0}, geo.Grid{2000, 0}
	p := params()
	p.YouthShare, p.StopMPerMin = 0, 1000.0/15
	_, got := plan(in, p)
	want := []outreach.Stop{{Point: 0, People: 70, Share: 7.0 / 9}, {Point: 2, People: 20, Share: 2.0 / 9}}
	for k, s := range got.Details[0].Stops {
		if k >= len(want) || s.Point != want[k].Point || math.Abs(s.People-want[k].People) > tol || math.Abs(s.Share-want[k].Share) > tol {
			t.Fatalf("stops %+v, want %+v", got.Details[0].Stops, want)
		}
	}
	if len(got.Details[0].Stops) != 2 {
		t.Errorf("%d stops, want 2: they reach everybody", len(got.Details[0].Stops))
	}
	// With a hall in reach there are none, nor without a speed.
	near := village()
	venues(&near, []float64{5}, []float64{5}, []float64{5})
	if _, got := plan(near, p); got.Details[0].Stops != nil || len(got.Details[0].Venues) != 1 {
		t.Errorf("beside a venue: %+v", got.Details[0].Places)
	}
	p.StopMPerMin = 0
	if _, got := plan(in, p); got.Details[0].Stops != nil {
		t.Errorf("without a speed: stops %+v", got.Details[0].Stops)
	}
}

// Detached youth gets points and other people's youth places, never a venue.
func TestDetachedYouthPlaces(t *testing.T) {
	in := input(patch{town: "T1", young: 100, inNeed: 50, decile: 9, class: "UN1", youth: 1})
	venues(&in, []float64{1, 2, 20})
	in.County.Venues[1].Kind, in.County.Venues[2].Kind = "Youth centre", "youth_club"
	p := params()
	p.YouthShare, p.StopMPerMin = 1, 60
	_, got := plan(in, p)
	d := got.Details[0]
	if d.Venues != nil || d.Fewest != nil {
		t.Errorf("detached youth has the venues %v, %v", d.Venues, d.Fewest)
	}
	if len(d.Youth) != 1 || d.Youth[0] != (outreach.VenueReach{Venue: 1, People: 100, Share: 1}) {
		t.Errorf("youth places %+v, want the one within 15 minutes", d.Youth)
	}
	if len(d.Stops) != 1 || d.Stops[0].People != 100 {
		t.Errorf("points %+v, want the one point of 100 aged 10-19", d.Stops)
	}
}

// Youth workers walk past their points the shortest way: from 0 over 900 to
// 2,000 m, whatever the order in which the points were found, by the people there.
func TestDetachedYouthRoute(t *testing.T) {
	in := input(patch{town: "T1", young: 100, inNeed: 50, decile: 9, class: "UN1", youth: 1})
	in.County.Points = []county.Point{
		{Area: 0, At: geo.Grid{2000, 0}, Share: 0.5}, {Area: 0, At: geo.Grid{0, 0}, Share: 0.3}, {Area: 0, At: geo.Grid{900, 0}, Share: 0.2},
	}
	p := params()
	p.YouthShare, p.StopMPerMin = 1, 60 // five minutes are 300 m: every point stands for itself
	_, got := plan(in, p)
	d := got.Details[0]
	if len(d.Stops) != 3 || d.Stops[0].Point != 0 {
		t.Fatalf("stops %+v, want all three, that of most people first", d.Stops)
	}
	if want := []int{0, 2, 1}; !slices.Equal(d.Route, want) || d.RouteLine != 2000 {
		t.Errorf("route %v of %v m, want %v of 2,000", d.Route, d.RouteLine, want)
	}
	in.County.Points = in.County.Points[:1]
	in.County.Points[0].Share = 1
	if _, got := plan(in, p); got.Details[0].Route != nil || got.Details[0].RouteLine != 0 {
		t.Errorf("one point: route %v of %v m, want none", got.Details[0].Route, got.Details[0].RouteLine)
	}
}
