package estate_test

import (
	"slices"
	"testing"

	"hubreach/internal/estate"
	"hubreach/internal/reach"
)

// riders is two patches of one point each: 100 people, half in need, who walk 25
// minutes to S0, and 50 people, all in need, with no walk at all. A bus takes
// the second to S1 within the limit of 30 minutes.
func riders() estate.Input {
	in := build(
		patch{district: "A", people: 100, rate: 0.5, places: []place{{1, []float64{25, none}}}},
		patch{district: "A", people: 50, rate: 1, places: []place{{1, []float64{none, none}}}})
	in.JourneyLimit = 30 * 60_000
	in.Journeys = estate.NewJourneys(2, in.County.Sites, func(p int) []int32 { return [][]int32{nil, {1}}[p] })
	return in
}

func TestJourneys(t *testing.T) {
	in := riders()
	for _, tt := range []struct {
		name           string
		open           []int
		people, inNeed float64
	}{
		{"nothing open", nil, 0, 0},
		{"a walk is a journey", []int{0}, 100, 50},
		{"by bus alone", []int{1}, 50, 50},
		{"both", []int{0, 1}, 150, 100},
	} {
		a := open(in, tt.open...)
		check(t, tt.name+": people", a.ByTransit, tt.people)
		check(t, tt.name+": in need", a.ByTransitInNeed, tt.inNeed)
		if a.Covered != 0 {
			t.Errorf("%s: %g covered on foot, want none: the walk is 25 minutes of 20", tt.name, a.Covered)
		}
	}
	in.JourneyLimit = 25 * 60_000
	check(t, "exactly on the limit is within", open(in, 0).ByTransit, 100)
	in.JourneyLimit--
	check(t, "a millisecond over is not", open(in, 0).ByTransit, 0)
	in.Journeys = nil
	check(t, "not assessed", open(in, 0, 1).ByTransit, 0)
}

// No bus was searched for to where a site was moved.
func TestJourneysOfAMovedSite(t *testing.T) {
	in := riders()
	moved := *in.County
	moved.Sites = slices.Clone(moved.Sites)
	moved.Sites[1].At[0]++
	in.County = &moved
	check(t, "people", open(in, 1).ByTransit, 0)
	in.Journeys = in.Journeys.With(1, moved.Sites[1].At, func(p int) bool { return p == 1 })
	check(t, "people, once it was", open(in, 1).ByTransit, 50)
	none := in.Journeys.With(1, moved.Sites[1].At, func(int) bool { return false })
	in.Journeys = none
	check(t, "people, when nobody gets there", open(in, 1).ByTransit, 0)
}

// The criterion is a share of the people in need, and 1 with every site open.
func TestTransitCriterion(t *testing.T) {
	in := riders()
	scales, notes, err := estate.Scales(in, open(in, 0, 1), map[estate.Criterion]float64{estate.Transit: 1})
	if err != nil || len(notes) > 0 || len(scales) != 1 {
		t.Fatalf("Scales = %v, %v, %v, want one scale", scales, notes, err)
	}
	for k, s := range estate.Rank(in, scales, []*estate.Assessment{open(in), open(in, 0), open(in, 0, 1)}) {
		check(t, "raw", s.Values[0].Raw, []float64{0, 0.5, 1}[k])
		check(t, "score", s.Score, []float64{0, 0.5, 1}[k])
	}
}

// Opening a site never takes a journey away, and whoever is covered on foot is
// reached, on random counties.
func TestJourneysGrow(t *testing.T) {
	for seed := range uint64(200) {
		in, r := random(seed)
		in.JourneyLimit = in.Limit + uint32(r.IntN(20))*60_000
		near := make([][]int32, len(in.County.Points))
		for p := range near {
			for s := range in.County.Sites {
				if r.IntN(4) == 0 {
					near[p] = append(near[p], int32(s))
				}
			}
		}
		in.Journeys = estate.NewJourneys(len(near), in.County.Sites, func(p int) []int32 { return near[p] })
		some := subset(r, len(in.County.Sites))
		few, more := open(in, some...), open(in, append(some, r.IntN(len(in.County.Sites)))...)
		if few.ByTransit > more.ByTransit+tol || few.ByTransitInNeed > more.ByTransitInNeed+tol {
			t.Errorf("seed %d: %g reached, and %g with one site more", seed, few.ByTransit, more.ByTransit)
		}
		if few.ByTransit < few.Covered-tol || few.ByTransit > few.People+tol {
			t.Errorf("seed %d: %g reached, want %g (covered) to %g (all)", seed, few.ByTransit, few.Covered, few.People)
		}
	}
}

// A Live counts journeys as Assess does, to the last bit.
func TestLiveJourneys(t *testing.T) {
	in := riders()
	in.Pushchair = nil
	l := estate.NewLive(in, estate.Keep(in.County, "o", "", []int{0, 1}))
	l.SetStatus(1, estate.Closed)
	if got, want := l.Assessment().ByTransit, open(in, 0).ByTransit; got != want {
		t.Errorf("after closing S1 %g reached, want %g", got, want)
	}
	site := in.County.Sites[0]
	site.At[0] += 500
	l.SetSite(0, site, []reach.Time{{Point: 0, Millis: 29 * 60_000}}, nil)
	check(t, "the walk to the moved site", l.Assessment().ByTransit, 100)
}
