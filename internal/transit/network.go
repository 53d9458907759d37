package transit

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"hubreach/internal/source"
)

// Network holds the rides of one day and the walks between stops for one way of
// walking. It is never changed once built and may be shared, each goroutine with
// a Search of its own.
type Network struct {
	params      Params
	stops       int
	connections []connection // by departure, arrival and place in the trip
	trips       int
	// Changes from each stop in compressed sparse rows: what passes between
	// alighting there and the departure that one can board.
	changeFirst []int32
	changes     []change
	// before is the time at the stop before each ride, after that which is added
	// when alighting: one of them is the boarding time, the other 0.
	before, after Millis
	home          *Network // the same turned round
}

// connection is a vehicle going from one stop to its next.
type connection struct {
	from, to       int32
	depart, arrive Millis
	trip           int32
	board, alight  bool
}

// change is a way from alighting to boarding.
type change struct {
	to     int32
	millis Millis
}

// ErrTooMany means that a timetable runs trips so often that they cannot be
// held: more than maxConnections rides from stop to stop in a day.
var ErrTooMany = errors.New("too many rides")

const maxConnections = 20_000_000

// day is the length of a day in milliseconds.
const day Millis = 24 * 60 * 60 * 1000

// spill is how much of the night after a day belongs to it: until three in the
// morning, after which hardly anything runs.
const spill = 3 * 60 * 60 * 1000

// Build takes the rides of one day out of the timetable: those of trips that set
// out on that day, and those of trips of the days before and after that run
// between its midnight and three in the morning of the next day.
//
// walks[s] are the walks from stop s of the timetable to others, in any order;
// none are needed to change at s itself. The errors are ErrParams and ErrTooMany.
func (t *Timetable) Build(on source.Date, walks [][]Leg, p Params) (*Network, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("build the network of %v: %w", on, err)
	}
	if len(walks) != 0 && len(walks) != len(t.stops) {
		return nil, fmt.Errorf("build the network of %v: walks from %d of %d stops: %w", on, len(walks), len(t.stops), ErrParams)
	}
	n := &Network{params: p, stops: len(t.stops), before: MillisOf(p.Boarding)}
	for back := range 8 { // a trip lasts a week at most
		date := on + 1 - source.Date(back)
		if err := n.rides(t, date, Millis(date-on)*day); err != nil {
			return nil, fmt.Errorf("build the network of %v: %w", on, err)
		}
	}
	n.sort()
	n.layChanges(t, walks)
	n.home = n.turned()
	n.home.home = n
	return n, nil
}

// Homewards returns the network with time and direction turned round, in which
// a search towards a place finds the journeys that begin there: a moment m of it
// is -m of the day.
func (n *Network) Homewards() *Network { return n.home }

// Rides returns the number of rides from a stop to the next in the day.
func (n *Network) Rides() int { return len(n.connections) }

// rides adds the trips of the services that run on a date. offset is that
// date's midnight.
func (n *Network) rides(t *Timetable, date source.Date, offset Millis) error {
	for f, feed := range t.feeds {
		runs := make([]bool, len(feed.Services))
		for i, s := range feed.Services {
			runs[i] = s.Runs(date)
		}
		alone := make([]bool, len(feed.Trips)) // no trip of its own on that date
		for i, trip := range feed.Trips {
			alone[i] = !runs[trip.Service]
		}
		for _, q := range feed.Frequencies {
			alone[q.Trip] = true
			if !runs[feed.Trips[q.Trip].Service] {
				continue
			}
			if err := n.repeat(t, f, q, offset); err != nil {
				return err
			}
		}
		next, follows := onBoard(&t.feeds[f], alone)
		for i := range feed.Trips {
			if alone[i] || follows[i] {
				continue
			}
			vehicle := int32(n.trips)
			for k := int32(i); k >= 0; k = next[k] {
				if err := n.trip(t, f, feed.Trips[k], offset, 0, vehicle); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// repeat adds the runs of a frequency that touch the day.
func (n *Network) repeat(t *Timetable, f int, q source.Frequency, offset Millis) error {
	feed := &t.feeds[f]
	trip := feed.Trips[q.Trip]
	first, takes := feed.Calls[trip.First].Depart, feed.Calls[trip.End-1].Arrive-feed.Calls[trip.First].Depart
	from := int64(q.From)
	if missed := -int64(offset)/1000 - int64(takes) - from; missed > 0 { // the day has not begun
		from += missed / int64(q.Every) * int64(q.Every)
	}
	for ; from < int64(q.To) && int64(offset)/1000+from <= int64(day+spill)/1000; from += int64(q.Every) {
		if err := n.trip(t, f, trip, offset, int32(from)-first, int32(n.trips)); err != nil {
			return err
		}
	}
	return nil
}

// trip adds one run of a trip, late seconds later than its own times. Whoever is
// on board stays there through all trips of one number.
func (n *Network) trip(t *Timetable, f int, trip source.Trip, offset Millis, late, number int32) error {
	const second = 1000
	feed := &t.feeds[f]
	from, fromStop := -1, int32(-1)
	for i := int(trip.First); i < int(trip.End); i++ {
		c := feed.Calls[i]
		stop := t.at[f][c.Stop]
		if stop < 0 {
			continue
		}
		if from >= 0 {
			before := feed.Calls[from]
			ride := connection{
				from: fromStop, to: stop, trip: number, board: !before.NoBoard, alight: !c.NoAlight,
				depart: offset + (before.Depart+late)*second, arrive: offset + (c.Arrive+late)*second,
			}
			if ride.arrive >= 0 && ride.depart <= day+spill {
				n.connections = append(n.connections, ride)
				n.trips = max(n.trips, int(number)+1)
			}
		}
		from, fromStop = i, stop
	}
	if len(n.connections) > maxConnections {
		return ErrTooMany
	}
	return nil
}

// sort puts the connections in the order of the scan. Those of one trip, or of
// one vehicle, stay in their order, because sorting is stable and their times never go back.
func (n *Network) sort() {
	slices.SortStableFunc(n.connections, func(a, b connection) int {
		return cmp.Or(cmp.Compare(a.depart, b.depart), cmp.Compare(a.arrive, b.arrive))
	})
}

// turned returns the network with time and direction turned round.
func (n *Network) turned() *Network {
	r := &Network{params: n.params, stops: n.stops, trips: n.trips, after: n.before}
	r.connections = make([]connection, len(n.connections))
	for i, c := range n.connections {
		r.connections[len(n.connections)-1-i] = connection{
			from: c.to, to: c.from, depart: -c.arrive, arrive: -c.depart, trip: c.trip, board: c.alight, alight: c.board,
		}
	}
	r.sort()
	var rows []row
	for from := range n.stops {
		for _, c := range n.changesFrom(int32(from)) {
			rows = append(rows, row{c.to, change{int32(from), c.millis}})
		}
	}
	r.pack(rows)
	return r
}

// changesFrom returns the ways from alighting at a stop to boarding.
func (n *Network) changesFrom(stop int32) []change {
	return n.changes[n.changeFirst[stop]:n.changeFirst[stop+1]]
}
