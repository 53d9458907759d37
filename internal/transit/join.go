package transit

import (
	"fmt"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Timetable is one or several feeds with their stops put together. It is never
// changed once built and may be shared.
type Timetable struct {
	feeds []source.Timetable
	stops []Stop
	at    [][]int32 // by feed and stop of the feed: position in stops, -1 for none
	found []string
}

// Stop is a place where vehicles of the timetable call.
type Stop struct {
	ID   string
	Name string
	At   geo.Grid
}

// Projector turns longitude and latitude into the British National Grid.
type Projector interface {
	ToGrid(geo.LonLat) (geo.Grid, error)
}

// sameStop is how far apart two stops with one id may lie and still be one:
// feeds of two operators give the same stop to a few metres.
const sameStop geo.Metres = 50

// Join puts feeds together. Stops of one id that lie within 50 m are one stop.
// Only stops where a trip calls, and which lie in within, stay; exactly on its
// edge is in. A trip that leaves within and comes back is still one trip. An
// empty within, such as the zero value, keeps all stops.
//
// Why within: feeds of one county list stops all over the country. Nobody can
// get to a stop outside and back within the limit of a journey, if within is
// drawn widely enough.
func Join(feeds []source.Timetable, proj Projector, within orb.Bound) *Timetable {
	t := &Timetable{feeds: feeds, at: make([][]int32, len(feeds))}
	everywhere := within == orb.Bound{} || within.IsEmpty()
	known := map[string][]int32{}
	var outside, idle int
	for f, feed := range feeds {
		t.at[f] = make([]int32, len(feed.Stops))
		called := make([]bool, len(feed.Stops))
		for _, c := range feed.Calls {
			called[c.Stop] = true
		}
		for i, s := range feed.Stops {
			t.at[f][i] = -1
			if !called[i] {
				if !s.Place {
					idle++
				}
				continue
			}
			at, err := proj.ToGrid(geo.LonLat(s.At))
			if !s.Located || err != nil || !everywhere && !within.Contains(orb.Point(at)) {
				outside++
				continue
			}
			t.at[f][i] = t.add(known, Stop{s.ID, s.Name, at})
		}
	}
	t.note(feeds, outside, idle)
	return t
}

// add returns the position of a stop, a new one when it is not known yet.
func (t *Timetable) add(known map[string][]int32, s Stop) int32 {
	for _, i := range known[s.ID] {
		if t.stops[i].At.Distance(s.At) <= sameStop {
			return i
		}
	}
	i := int32(len(t.stops))
	known[s.ID] = append(known[s.ID], i)
	t.stops = append(t.stops, s)
	return i
}

// note says in words what was found in the feeds and what was left out.
func (t *Timetable) note(feeds []source.Timetable, outside, idle int) {
	for _, f := range feeds {
		for _, s := range f.Findings {
			t.found = append(t.found, f.File+": "+s)
		}
	}
	if outside > 0 {
		t.found = append(t.found, fmt.Sprintf("stops outside the county and its surroundings, or without a place: %d", outside))
	}
	if idle > 0 {
		t.found = append(t.found, fmt.Sprintf("stops where nothing calls: %d", idle))
	}
}

// Stops returns the stops, numbered from 0. It must not be changed.
func (t *Timetable) Stops() []Stop { return t.stops }

// Findings returns what the feeds leave to be desired, a sentence each.
func (t *Timetable) Findings() []string { return t.found }

// Fares returns the prices that the feeds give, in their order.
func (t *Timetable) Fares() []source.Fare {
	var all []source.Fare
	for _, f := range t.feeds {
		all = append(all, f.Fares...)
	}
	return all
}

// served reports whether a trip calls at two stops that are kept.
func (t *Timetable) served(feed int, trip source.Trip) bool {
	n := 0
	for _, c := range t.feeds[feed].Calls[trip.First:trip.End] {
		if t.at[feed][c.Stop] >= 0 {
			n++
		}
	}
	return n >= 2
}
