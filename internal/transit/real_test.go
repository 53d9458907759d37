package transit_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/realdata"
	"hubreach/internal/source"
	"hubreach/internal/transit"
)

// realFeed reads a feed of the real test data, or skips the test.
func realFeed(tb testing.TB, name string) source.Timetable {
	tb.Helper()
	feed, err := source.ReadTimetable(realdata.Open(tb, name), name, source.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return feed
}

// real is a feed with straight-line walks at 80 m a minute.
type real struct {
	feed  source.Timetable
	tt    *transit.Timetable
	walks [][]transit.Leg
	n     *transit.Network
	p     transit.Params
	on    source.Date
}

func newReal(tb testing.TB, name string, bound orb.Bound) *real {
	tb.Helper()
	r := &real{feed: realFeed(tb, name), p: usual}
	r.tt = transit.Join([]source.Timetable{r.feed}, projection(tb), bound)
	r.walks = make([][]transit.Leg, len(r.tt.Stops()))
	for i, s := range r.tt.Stops() {
		r.walks[i] = r.legs(s.At, 400)
	}
	var ok bool
	if r.on, _, ok = r.tt.Busiest(time.Tuesday); !ok {
		tb.Fatal("nothing runs on Tuesdays")
	}
	var err error
	if r.n, err = r.tt.Build(r.on, r.walks, r.p); err != nil {
		tb.Fatal(err)
	}
	return r
}

func (r *real) legs(at geo.Grid, metres geo.Metres) []transit.Leg {
	var legs []transit.Leg
	for i, s := range r.tt.Stops() {
		if d := at.Distance(s.At); d <= metres {
			legs = append(legs, transit.Leg{Stop: int32(i), Millis: uint32(float64(d) * 750)})
		}
	}
	return legs
}

// ride is a vehicle going from one stop to its next.
type ride struct {
	from, to       int32
	depart, arrive transit.Millis
	trip           int
	board, alight  bool
}

func (r *real) position() map[string]int32 {
	position := map[string]int32{}
	for i, s := range r.tt.Stops() {
		position[s.ID] = int32(i)
	}
	return position
}

// calls are those of a trip at stops that were kept.
func (r *real) calls(trip source.Trip, position map[string]int32) []source.Call {
	return slices.DeleteFunc(slices.Clone(r.feed.Calls[trip.First:trip.End]), func(c source.Call) bool {
		_, ok := position[r.feed.Stops[c.Stop].ID]
		return !ok
	})
}

// rides lists every ride of the day in the order of departure.
func (r *real) rides() []ride {
	position := r.position()
	var rides []ride
	for k, trip := range r.feed.Trips {
		for back := range source.Date(2) {
			if !r.feed.Services[trip.Service].Runs(r.on - back) {
				continue
			}
			calls := r.calls(trip, position)
			shift := -transit.Millis(back) * 24 * hour
			for i := 1; i < len(calls); i++ {
				a, b := calls[i-1], calls[i]
				rides = append(rides, ride{position[r.feed.Stops[a.Stop].ID], position[r.feed.Stops[b.Stop].ID],
					shift + a.Depart*second, shift + b.Arrive*second, 2*k + int(back), !a.NoBoard, !b.NoAlight})
			}
		}
	}
	slices.SortStableFunc(rides, func(a, b ride) int {
		return cmp.Or(cmp.Compare(a.depart, b.depart), cmp.Compare(a.arrive, b.arrive))
	})
	return rides
}

// earliest is the arrival of one departure, found forwards, each ride once.
func (r *real) earliest(rides []ride, at transit.Millis, access, egress []transit.Leg) transit.Millis {
	ready := slices.Repeat([]transit.Millis{never}, len(r.walks))
	for _, l := range access {
		ready[l.Stop] = at + transit.Millis(l.Millis)
	}
	out := slices.Repeat([]transit.Millis{never}, len(r.walks))
	for _, l := range egress {
		out[l.Stop] = transit.Millis(l.Millis)
	}
	on := make([]bool, 2*len(r.feed.Trips))
	best := never
	for _, c := range rides {
		on[c.trip] = on[c.trip] || c.board && ready[c.from] <= c.depart
		if !on[c.trip] || !c.alight {
			continue
		}
		if out[c.to] != never {
			best = min(best, c.arrive+out[c.to])
		}
		for _, l := range r.walks[c.to] { // a stop is 0 m from itself
			ready[l.Stop] = min(ready[l.Stop], c.arrive+transit.Millis(l.Millis)+transit.MillisOf(r.p.Change))
		}
	}
	return best
}

var newport = orb.Bound{Min: orb.Point{320000, 180000}, Max: orb.Point{345000, 200000}}

// The journeys of Newport's buses are those of a search the other way round,
// one departure at a time.
func TestNewport(t *testing.T) {
	r := newReal(t, "newport_wales/newport-20230613_gtfs.zip", newport)
	rng := rand.New(rand.NewPCG(1, 2))
	door := func() geo.Grid {
		s := r.tt.Stops()[rng.IntN(len(r.tt.Stops()))].At
		return geo.Grid{s[0] + 600*rng.Float64() - 300, s[1] + 600*rng.Float64() - 300}
	}
	s := r.n.NewSearch()
	rides, used := r.rides(), 0
	for range 40 {
		egress, window := r.legs(door(), 800), transit.Window{From: at(7+rng.IntN(14), 0), To: 0}
		window.To = window.From + hour
		s.Run(egress, window)
		for range 6 {
			access := r.legs(door(), 800)
			got := s.Door(access, never)
			used += got.Rides
			reached, first := 0, never
			for at := window.From; at < window.To; at += minute {
				if arrive := r.earliest(rides, at, access, egress); arrive != never && arrive-at <= hour {
					reached++
					first = min(first, arrive)
				}
			}
			if got.Reached != reached || got.Earliest != first {
				t.Fatalf("Door %+v, want %d departures, the first there at %v", got, reached, duration(first))
			}
		}
	}
	if used < 100 {
		t.Errorf("%d journeys, want a hundred to compare", used)
	}
}

// The feeds of other places build, and their trips are all there. Chester's stop
// at Sealand School stands where the National Grid begins, in the Atlantic: its
// trips pass it by.
func TestRealFeeds(t *testing.T) {
	for _, test := range []struct {
		name  string
		stops int // left out
	}{{"gtfs/chester-20230816-small_gtfs.zip", 1}, {"gtfs/greater-manchester-rail-202012_gtfs.zip", 0}} {
		r := newReal(t, test.name, orb.Bound{})
		called := map[int32]bool{}
		for _, c := range r.feed.Calls {
			called[c.Stop] = true
		}
		if got := len(called) - len(r.tt.Stops()); got != test.stops {
			t.Errorf("%s: %d stops left out, want %d", test.name, got, test.stops)
		}
		rides, position := 0, r.position()
		for _, trip := range r.feed.Trips {
			for back := source.Date(-1); back < 2; back++ {
				if !r.feed.Services[trip.Service].Runs(r.on - back) {
					continue
				}
				shift, calls := -int32(back)*24*3600, r.calls(trip, position)
				for i := 1; i < len(calls); i++ {
					if calls[i].Arrive+shift >= 0 && calls[i-1].Depart+shift <= 27*3600 {
						rides++
					}
				}
			}
		}
		if r.n.Rides() != rides {
			t.Errorf("%s: %d rides on %v, want %d", test.name, r.n.Rides(), r.on, rides)
		}
	}
}

// A search to one place over six hours, and then a door of it.
func BenchmarkNewport(b *testing.B) {
	r := newReal(b, "newport_wales/newport-20230613_gtfs.zip", newport)
	centre := geo.Grid{331000, 188300}
	egress, window := r.legs(centre, 1600), transit.Window{From: at(9, 0), To: at(15, 0)}
	s := r.n.NewSearch()
	b.Run("Run", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			s.Run(egress, window)
		}
	})
	b.Run("Door", func(b *testing.B) {
		s.Run(egress, window)
		access := r.legs(r.tt.Stops()[s.Stops()[len(s.Stops())/2]].At, 1600)
		b.ReportAllocs()
		for b.Loop() {
			s.Door(access, never)
		}
		b.ReportMetric(float64(len(access)), "stops")
	})
}
