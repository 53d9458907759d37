package transit

import (
	"fmt"
	"slices"
	"sort"
	"time"
)

// Window is a stretch of departures by the minute: at From, a minute later, and
// so on, the last before To.
type Window struct{ From, To Millis }

// minute in milliseconds.
const minute Millis = 60_000

// Validate returns an error that wraps ErrParams, or nil. A window lies between
// the midnights of its day and is not empty.
func (w Window) Validate() error {
	if w.From < 0 || w.To > day || w.To <= w.From {
		return fmt.Errorf("window from %v to %v: want times of one day, the later last: %w",
			time.Duration(w.From)*time.Millisecond, time.Duration(w.To)*time.Millisecond, ErrParams)
	}
	return nil
}

// Departures returns the number of departures by the minute.
func (w Window) Departures() int { return int((w.To - w.From + minute - 1) / minute) }

// Search finds for one place how it is reached from every stop. It belongs to
// one goroutine and keeps its memory from run to run.
//
// The zero value is not usable; see Network.NewSearch.
type Search struct {
	n        *Network
	span     Window // of the last Run
	earliest Millis // of the last RunHome
	limit    Millis // of the network

	onward   []Millis // by trip: arrival at the place of whoever is on board
	egress   []Millis // by stop: what is left after alighting, NoTime for no walk
	alighted []int32  // the stops of egress that are set
	at       [][]option
	touched  []int32 // the stops of at that are not empty
	// fastest is the least time from being ready at the stop to the place.
	fastest []Millis

	best  []Millis // for Door: arrival, then length, by minute of departure
	count []int32  // for Door: departures by whole minutes of length
	few   []Millis // for Door: the lengths of one whole minute
}

// option is one way on from a stop: whoever is there at ready, or sooner, is at
// the place at arrive. The options of a stop fall in both.
type option struct{ ready, arrive Millis }

// NewSearch returns a Search of the network.
func (n *Network) NewSearch() *Search {
	s := &Search{
		n: n, limit: MillisOf(n.params.Limit), onward: make([]Millis, n.trips), egress: make([]Millis, n.stops),
		at: make([][]option, n.stops), fastest: make([]Millis, n.stops),
	}
	for i := range s.egress {
		s.egress[i] = NoTime
	}
	return s
}

// Run finds how the place whose walks from the stops are legs is reached from
// every stop by whoever sets out in w and arrives within the limit. A leg over
// the limit counts for nothing; of two legs of a stop the shorter counts.
func (s *Search) Run(legs []Leg, w Window) {
	s.span = w
	s.run(legs, w.From, w.To+s.limit)
}

// RunHome, of a network that is turned round, finds how every stop is reached
// from the place by whoever leaves it between earliest and latest, both included
// and in the time of the day, and arrives within the limit. legs are the walks
// from the place to the stops.
func (s *Search) RunHome(legs []Leg, earliest, latest Millis) {
	s.span, s.earliest = Window{}, earliest
	s.run(legs, -latest-s.limit, -earliest)
}

// run scans the connections that depart from one moment to another.
func (s *Search) run(legs []Leg, from, to Millis) {
	s.clear()
	for _, l := range legs {
		if l.Millis <= uint32(s.limit) {
			if s.egress[l.Stop] == NoTime {
				s.alighted = append(s.alighted, l.Stop)
			}
			s.egress[l.Stop] = min(s.egress[l.Stop], Millis(l.Millis))
		}
	}
	if len(s.alighted) == 0 {
		return
	}
	cs := s.n.connections
	first := sort.Search(len(cs), func(i int) bool { return cs[i].depart >= from })
	last := sort.Search(len(cs), func(i int) bool { return cs[i].depart > to })
	for i := last - 1; i >= first; i-- {
		s.ride(&cs[i])
	}
}

func (s *Search) clear() {
	for i := range s.onward {
		s.onward[i] = NoTime
	}
	for _, stop := range s.alighted {
		s.egress[stop] = NoTime
	}
	for _, stop := range s.touched {
		s.at[stop] = s.at[stop][:0]
	}
	s.alighted, s.touched = s.alighted[:0], s.touched[:0]
}

// ride looks at one connection after all that depart later: on board its trip,
// the place is reached by staying on, by alighting and walking, or by alighting
// and changing.
func (s *Search) ride(c *connection) {
	arrive := s.onward[c.trip]
	if c.alight {
		off := c.arrive + s.n.after
		if e := s.egress[c.to]; e != NoTime {
			arrive = min(arrive, off+e)
		}
		for _, x := range s.n.changesFrom(c.to) {
			if options := s.at[x.to]; len(options) > 0 {
				arrive = min(arrive, arrival(options, off+x.millis))
			}
		}
	}
	// Over the limit from here is over it from wherever this ride can follow on.
	if arrive == NoTime || arrive-c.depart > s.limit {
		return
	}
	s.onward[c.trip] = arrive
	if c.board {
		s.add(c.from, option{c.depart - s.n.before, arrive})
	}
}

// arrival returns the earliest arrival of whoever is ready at a moment, NoTime
// for none. The options asked for are near the end, because the scan is.
func arrival(options []option, ready Millis) Millis {
	for i := len(options) - 1; i >= 0; i-- {
		if options[i].ready >= ready {
			return options[i].arrive
		}
	}
	return NoTime
}

// add gives a stop an option, unless a later one arrives as soon.
func (s *Search) add(stop int32, o option) {
	options := s.at[stop]
	if k := len(options); k > 0 {
		last := options[k-1]
		if o.arrive >= last.arrive {
			return
		}
		if o.ready == last.ready {
			options = options[:k-1]
		}
	} else {
		s.touched = append(s.touched, stop)
		s.fastest[stop] = NoTime
	}
	s.at[stop] = append(options, o)
	s.fastest[stop] = min(s.fastest[stop], o.arrive-o.ready)
}

// Stops returns the stops from which the place of the last Run is reached by a
// ride, ascending. The slice is the caller's.
func (s *Search) Stops() []int32 {
	out := slices.Clone(s.touched)
	slices.Sort(out)
	return out
}

// Arrival returns when whoever is at a stop at a moment, and boards there, is at
// the place of the last Run; false when that is never within the limit.
func (s *Search) Arrival(stop int32, at Millis) (Millis, bool) {
	a := arrival(s.at[stop], at)
	return a, a != NoTime
}
