package transit_test

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/transit"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

// The days of the tests: the week of Monday 5 June 2023.
var (
	monday   = source.DateOf(2023, time.June, 5)
	tuesday  = monday + 1
	saturday = monday + 5
)

const (
	second transit.Millis = 1000
	minute                = 60 * second
	hour                  = 60 * minute
	cell   transit.Millis = 37_500 // 50 m, a cell of a village, at 4.8 km/h
	never                 = transit.NoTime
)

// at is a moment of the day.
func at(h, m int) transit.Millis { return transit.Millis(h)*hour + transit.Millis(m)*minute }

// town is a village in which capital letters are stops, and its timetable.
type town struct {
	*village.Village
	g    *walk.Graph
	feed source.Timetable
	stop map[rune]int32
	p    transit.Params
	on   source.Date
	n    *transit.Network
	tt   *transit.Timetable
}

// metric rounds to whole metres, so that the middles of a drawing's cells are
// where the drawing has them.
type metric struct{ *geo.Projection }

func (m metric) ToGrid(p geo.LonLat) (geo.Grid, error) {
	g, err := m.Projection.ToGrid(p)
	return geo.Grid{math.Round(g[0]), math.Round(g[1])}, err
}

// opened is one projection for all tests.
var opened = sync.OnceValues(geo.NewProjection)

func projection(tb testing.TB) metric {
	tb.Helper()
	p, err := opened()
	if err != nil {
		tb.Fatal(err)
	}
	return metric{p}
}

// usual is how people travel where a test does not say: for up to an hour.
var usual = transit.Params{Limit: time.Hour, Change: transit.DefaultChange}

// newTown draws a village and runs trips in it. A trip is a service (wd, sat,
// day) and calls such as "A 8:00 B 8:10/8:12 C 25:00": place, arrival, and
// departure where it is another.
func newTown(tb testing.TB, drawing string, trips ...string) *town {
	tb.Helper()
	proj := projection(tb)
	w := &town{Village: village.MustParse(drawing), stop: map[rune]int32{}, p: usual, on: tuesday}
	params := walk.DefaultParams()
	params.IslandNodes = 0
	var err error
	if w.g, err = walk.Build(w.Streets(), proj, params); err != nil {
		tb.Fatal(err)
	}
	for _, place := range w.Places() {
		ll, err := proj.ToLonLat(w.At(place))
		if err != nil {
			tb.Fatal(err)
		}
		w.stop[place] = int32(len(w.feed.Stops))
		w.feed.Stops = append(w.feed.Stops, source.Stop{ID: string(place), At: orb.Point(ll), Located: true, Station: -1})
	}
	w.feed.Services = services()
	for _, text := range trips {
		w.addTrip(tb, text)
	}
	return w
}

// services are weekdays, Saturdays and every day of the week.
func services() []source.Service {
	return []source.Service{
		{ID: "wd", Weekdays: 0b0111110, From: monday, To: monday + 6},
		{ID: "sat", Weekdays: 0b1000000, From: monday, To: monday + 6},
		{ID: "day", Weekdays: 0b1111111, From: monday, To: monday + 6},
	}
}

func (w *town) addTrip(tb testing.TB, text string) {
	tb.Helper()
	words := strings.Fields(text)
	trip := source.Trip{ID: text, Route: -1, Service: map[string]int32{"wd": 0, "sat": 1, "day": 2}[words[0]], First: int32(len(w.feed.Calls))}
	for i := 1; i < len(words); i += 2 {
		times := strings.Split(words[i+1], "/")
		arrive := clock(tb, times[0])
		w.feed.Calls = append(w.feed.Calls, source.Call{Stop: w.stop[[]rune(words[i])[0]], Arrive: arrive, Depart: clock(tb, times[len(times)-1])})
	}
	trip.End = int32(len(w.feed.Calls))
	w.feed.Trips = append(w.feed.Trips, trip)
}

func clock(tb testing.TB, s string) int32 {
	tb.Helper()
	var h, m int32
	if _, err := fmt.Sscanf(s, "%d:%d", &h, &m); err != nil {
		tb.Fatalf("time %q: %v", s, err)
	}
	return h*3600 + m*60
}

// build makes the network; walks between stops are up to five minutes.
func (w *town) build(tb testing.TB) {
	tb.Helper()
	w.tt = transit.Join([]source.Timetable{w.feed}, projection(tb), orb.Bound{})
	walks := make([][]transit.Leg, len(w.tt.Stops()))
	for i, s := range w.tt.Stops() {
		walks[i] = w.legs(tb, rune(s.ID[0]), walk.From, 5*minute)
	}
	var err error
	if w.n, err = w.tt.Build(w.on, walks, w.p); err != nil {
		tb.Fatal(err)
	}
}

// legs are the walks from a place to the stops, or from the stops to it.
func (w *town) legs(tb testing.TB, place rune, d walk.Direction, limit transit.Millis) []transit.Leg {
	tb.Helper()
	var legs []transit.Leg
	for i, s := range w.tt.Stops() {
		if t := w.walk(tb, place, rune(s.ID[0]), d, limit); t != never {
			legs = append(legs, transit.Leg{Stop: int32(i), Millis: uint32(t)})
		}
	}
	return legs
}

// walk is the walk from a to b, or from b to a.
func (w *town) walk(tb testing.TB, a, b rune, d walk.Direction, limit transit.Millis) transit.Millis {
	tb.Helper()
	from, err := w.g.Snap(w.At(a))
	if err != nil {
		return never
	}
	to, err := w.g.Snap(w.At(b))
	if err != nil {
		return never
	}
	s := w.g.NewSearch(0)
	s.Run(from, d, uint32(limit))
	if t := s.Door(to); t != walk.Never {
		return transit.Millis(t)
	}
	return never
}

// door is the answer for the way from a door to a hub.
func (w *town) door(tb testing.TB, from, hub rune, window transit.Window) transit.Door {
	tb.Helper()
	if w.n == nil {
		w.build(tb)
	}
	s := w.n.NewSearch()
	s.Run(w.legs(tb, hub, walk.Towards, 20*minute), window)
	return s.Door(w.legs(tb, from, walk.From, 20*minute), w.walk(tb, from, hub, walk.From, hour))
}

// length is how long the journey takes that begins at one moment.
func (w *town) length(tb testing.TB, from, hub rune, at transit.Millis) transit.Millis {
	tb.Helper()
	return w.door(tb, from, hub, transit.Window{From: at, To: at + 1}).Median
}
