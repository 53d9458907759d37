package transit_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/transit"
)

// grid is a county of so many calls a day: lines that run straight through a
// square of stops 400 m apart, every ten minutes, and change on foot with the
// stops around.
func grid(b *testing.B, calls int) (*transit.Network, []transit.Leg) {
	b.Helper()
	const perTrip, tripsPerLine = 20, 96
	lines := max(1, calls/(perTrip*tripsPerLine))
	side := max(perTrip, int(math.Sqrt(float64(lines*perTrip/2)))) // two lines at every stop
	rng := rand.New(rand.NewPCG(1, 1))
	feed := source.Timetable{Services: []source.Service{{Weekdays: 127, From: monday, To: saturday}}}
	for i := range side * side {
		ll, err := projection(b).ToLonLat(geo.Grid{500000 + 400*float64(i%side), 150000 + 400*float64(i/side)})
		if err != nil {
			b.Fatal(err)
		}
		feed.Stops = append(feed.Stops, source.Stop{ID: fmt.Sprint(i), At: orb.Point(ll), Located: true, Station: -1})
	}
	for range lines {
		x, y, across := rng.IntN(side-perTrip+1), rng.IntN(side), rng.IntN(2) == 0
		for k := range tripsPerLine {
			trip := source.Trip{Route: -1, First: int32(len(feed.Calls))}
			for i := range perTrip {
				stop := y*side + x + i
				if !across {
					stop = (x+i)*side + y
				}
				at := int32(6*3600 + k*600 + i*90)
				feed.Calls = append(feed.Calls, source.Call{Stop: int32(stop), Arrive: at, Depart: at})
			}
			trip.End = int32(len(feed.Calls))
			feed.Trips = append(feed.Trips, trip)
		}
	}
	tt := transit.Join([]source.Timetable{feed}, projection(b), orb.Bound{})
	near := func(at geo.Grid, metres float64) (legs []transit.Leg) {
		for i, s := range tt.Stops() {
			if d := float64(at.Distance(s.At)); d <= metres {
				legs = append(legs, transit.Leg{Stop: int32(i), Millis: uint32(d * 750)})
			}
		}
		return legs
	}
	walks := make([][]transit.Leg, len(tt.Stops()))
	for i, s := range tt.Stops() {
		walks[i] = near(s.At, 410)
	}
	n, err := tt.Build(tuesday, walks, usual)
	if err != nil {
		b.Fatal(err)
	}
	busy := feed.Stops[feed.Calls[perTrip/2].Stop].ID // in the middle of the first line
	for _, s := range tt.Stops() {
		if s.ID == busy {
			return n, near(s.At, 1600)
		}
	}
	b.Fatalf("no stop %s", busy)
	return nil, nil
}

// One search over six hours, by the calls of the day.
func BenchmarkRun(b *testing.B) {
	for _, calls := range []int{10_000, 100_000, 500_000} {
		b.Run(fmt.Sprintf("n=%d", calls), func(b *testing.B) {
			n, egress := grid(b, calls)
			s := n.NewSearch()
			b.ReportAllocs()
			for b.Loop() {
				s.Run(egress, transit.Window{From: at(9, 0), To: at(15, 0)})
			}
			b.ReportMetric(float64(len(s.Stops())), "stops")
		})
	}
}
