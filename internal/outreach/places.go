package outreach

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"hubreach/geo"
	"hubreach/internal/county"
)

// Places are where the people of a target could be met.
type Places struct {
	// Venues are up to MostVenues buildings, ranked by the people of the target
	// who can walk to them: those in need aged 0-19, or all aged 0-19 when nobody
	// is in need. None for detached youth.
	Venues []VenueReach
	// Fewest are positions in the county's venues, ascending: the fewest that
	// together reach CoverShare of those people, or, where all venues together do
	// not, as many as they all do. FewestShare is what they reach. Exact says
	// that no fewer do; else they were picked one by one, the best first.
	Fewest      []int
	FewestShare float64
	Exact       bool
	// Stops are points among the target's homes: for a mobile library or van where
	// a target has no venue in reach, and for detached youth workers to
	// start from.
	Stops []Stop
	// Route is, for detached youth with two stops or more, the order of Stops in
	// which one walks past all of them the shortest way, and RouteLine how long that
	// is in straight lines.
	Route     []int
	RouteLine geo.Metres
	// Youth are the places for young people, whoever runs them, that are in reach
	// of a detached youth target, the most reached first, at most MostVenues.
	Youth []VenueReach
}

// VenueReach is a venue and the people of a target who can walk to it.
type VenueReach struct {
	Venue  int     // position in the county's venues
	People float64 // of those that Places ranks by; aged 10-19 for youth places
	Share  float64
}

// Stop is a population point with many of a target's people around it. Walks to
// it are guessed: a straight line, see Params.StopMPerMin.
type Stop struct {
	Point  int     // position in the county's points
	People float64 // within reach of this stop and of none before it
	Share  float64
}

// The sizes of a plan's lists, and the share of people that the fewest venues
// must reach.
const (
	MostVenues = 5
	MostStops  = 3
	CoverShare = 0.8
)

// youthMinutes is the walk around a point that detached youth workers start
// from (a declared assumption: a few streets).
const youthMinutes = 5

// demand is a population point and its people who count.
type demand struct {
	point  int32
	people float64
}

// demandOf lists the points of a target with the people that its places are
// ranked by, and adds them up.
func (c *classifier) demandOf(t *Target) ([]demand, float64) {
	var ds []demand
	all := 0.0
	for _, i := range t.Areas {
		people := c.in.Need.Areas[i].InNeed
		switch {
		case t.Category == DetachedYouth:
			people = c.in.County.Areas[i].Residents.Between(10, 19)
		case t.InNeed == 0:
			people = c.young[i]
		}
		for _, p := range c.points[i] {
			if n := people * c.in.County.Points[p].Share; n > 0 && c.counts(t.Category, p) {
				ds = append(ds, demand{p, n})
				all += n
			}
		}
	}
	return ds, all
}

// places finds where the people of a target could be met.
func (c *classifier) places(t *Target) Places {
	ds, all := c.demandOf(t)
	var p Places
	if all == 0 {
		return p
	}
	reached := c.reachedFrom(ds)
	if t.Category == DetachedYouth {
		p.Youth = ranked(reached, all, func(v int) bool { return youthKind(c.in.County.Venues[v].Kind) })
		p.Stops = c.stops(ds, all, youthMinutes)
		p.Route, p.RouteLine = c.route(p.Stops)
		return p
	}
	p.Venues = ranked(reached, all, func(int) bool { return true })
	if len(reached) > 0 {
		p.Fewest, p.FewestShare, p.Exact = c.fewest(ds, all)
	} else {
		p.Stops = c.stops(ds, all, c.p.VenueMinutes)
	}
	return p
}

// youthKind tells a place for young people by its kind, as files write it.
func youthKind(kind string) bool { return strings.Contains(strings.ToLower(kind), "youth") }

// venueLimit is the longest walk to a venue, in milliseconds.
func (c *classifier) venueLimit() uint32 { return uint32(math.Round(c.p.VenueMinutes * 60_000)) }

// reachedFrom adds up the people in reach of each venue.
func (c *classifier) reachedFrom(ds []demand) map[int]float64 {
	reached := map[int]float64{}
	if c.in.Venues == nil {
		return reached
	}
	limit := c.venueLimit()
	for _, d := range ds {
		for _, v := range c.in.Venues.At(int(d.point)) {
			if v.Millis <= limit {
				reached[int(v.Place)] += d.people
			}
		}
	}
	return reached
}

// ranked lists the venues that keep wants, the most people first, of equals the
// first by id.
func ranked(reached map[int]float64, all float64, keep func(int) bool) []VenueReach {
	var out []VenueReach
	for v, n := range reached {
		if keep(v) {
			out = append(out, VenueReach{v, n, min(1, n/all)})
		}
	}
	slices.SortFunc(out, func(a, b VenueReach) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Venue, b.Venue))
	})
	return out[:min(MostVenues, len(out))]
}

// continued returns the venue that keeps the session: the best, unless one that
// is used for outreach already reaches all but a gain that is not material
// (paragraph 6.7 of the cabinet paper: outreach needs longer to build a
// relationship). Of several used ones the most reached counts.
func (c *classifier) continued(best int, reached map[int]float64, all float64) int {
	used := map[int]float64{}
	for v, n := range reached {
		if c.in.County.Venues[v].Used == county.Yes && n > 0 {
			used[v] = n
		}
	}
	if len(used) == 0 {
		return best
	}
	v := heaviest(used)
	if gain := (reached[best] - reached[v]) / all; gain < c.p.VenueGain-slack || gain <= slack {
		return v
	}
	return best
}

// stops picks points one after another, each with the most people within the
// given minutes who are not near an earlier one, of equals the first. Among very
// many points every so-manieth is a candidate; all of them are counted.
func (c *classifier) stops(ds []demand, all, minutes float64) []Stop {
	if !(c.p.StopMPerMin > 0) {
		return nil
	}
	const most = 300 // candidates: 300 x 3,000 points take about 3 ms
	step := (len(ds) + most - 1) / most
	radius := minutes * c.p.StopMPerMin
	left := slices.Clone(ds)
	var out []Stop
	for len(out) < MostStops {
		best, people := -1, 0.0
		for k := 0; k < len(ds); k += step {
			n := 0.0
			at := c.in.County.Points[ds[k].point].At
			for _, d := range left {
				if d.people > 0 && float64(at.Distance(c.in.County.Points[d.point].At)) <= radius {
					n += d.people
				}
			}
			if n > people*(1+slack) {
				best, people = k, n
			}
		}
		if best < 0 {
			break
		}
		at := c.in.County.Points[ds[best].point].At
		for k := range left {
			if float64(at.Distance(c.in.County.Points[left[k].point].At)) <= radius {
				left[k].people = 0
			}
		}
		out = append(out, Stop{int(ds[best].point), people, min(1, people/all)})
	}
	return out
}

// route finds the shortest way past all stops by trying every order: there are
// MostStops at most. Of equally short ones it takes the one that comes first.
func (c *classifier) route(stops []Stop) (order []int, line geo.Metres) {
	if len(stops) < 2 {
		return nil, 0
	}
	line = geo.Unreachable
	var walk func(at []int, so geo.Metres)
	walk = func(at []int, so geo.Metres) {
		if len(at) == len(stops) {
			if so < line {
				order, line = slices.Clone(at), so
			}
			return
		}
		for k := range stops {
			if slices.Contains(at, k) {
				continue
			}
			leg := geo.Metres(0)
			if n := len(at); n > 0 {
				leg = c.in.County.Points[stops[at[n-1]].Point].At.Distance(c.in.County.Points[stops[k].Point].At)
			}
			walk(append(at, k), so+leg)
		}
	}
	walk(make([]int, 0, len(stops)), 0)
	return order, line
}
