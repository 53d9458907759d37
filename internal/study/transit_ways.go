package study

import (
	"cmp"
	"math"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
	"hubreach/internal/transit"
)

// Way is how some people reach a site in one window, by public transport or on
// foot. Minutes are those that just more than half of them do not exceed; NaN
// when for half of them or more there is none within the limit.
type Way struct {
	Median, P90 float64
	// PerHour is the mean, over those who reach the site at all, of the journeys
	// with a ride that are best for some departure, by the hour; NaN when nobody
	// does.
	PerHour float64
	// LastHome is the last moment at which more than half of those who have a ride
	// home can leave the site, transit.NoTime when nobody has one.
	LastHome transit.Millis
	// RoundTrip is the share of all of them who can go, stay as long as the study
	// says, and be back.
	RoundTrip float64
	// Share is that of those who reach the site at one departure at least.
	Share float64
}

// AreaWay is the way of an area's people to the open site that is nearest to
// most of them by the median of the window; each goes to their own nearest.
type AreaWay struct {
	Site int // -1: none
	Way
}

// ways adds people up to a Way.
type ways struct {
	all, reached, rides, round float64
	medians, p90s, homes       []reach.Weighted
}

// add counts people, and their journey when they have one.
func (s *ways) add(people float64, j Journey, ok bool) {
	s.all += people
	if !ok {
		s.medians, s.p90s = append(s.medians, reach.Weighted{Millis: reach.NoWalk, Weight: people}), append(s.p90s, reach.Weighted{Millis: reach.NoWalk, Weight: people})
		return
	}
	s.medians, s.p90s = append(s.medians, reach.Weighted{Millis: j.Median, Weight: people}), append(s.p90s, reach.Weighted{Millis: j.P90, Weight: people})
	s.reached += people
	s.rides += people * float64(j.Rides)
	if j.RoundTrip {
		s.round += people
	}
	if j.LastHome != transit.NoTime {
		s.homes = append(s.homes, reach.Weighted{Millis: uint32(j.LastHome), Weight: people})
	}
}

// way returns the sum over a window of so many hours, and forgets it.
func (s *ways) way(hours float64) Way {
	w := Way{Median: math.NaN(), P90: math.NaN(), PerHour: math.NaN(), LastHome: transit.NoTime}
	if s.all > 0 {
		w.Median, w.P90 = reach.MedianMinutes(s.medians, s.all), reach.MedianMinutes(s.p90s, s.all)
		w.RoundTrip, w.Share = s.round/s.all, s.reached/s.all
	}
	if s.reached > 0 && hours > 0 {
		w.PerHour = s.rides / s.reached / hours
	}
	w.LastHome = lastMost(s.homes)
	*s = ways{medians: s.medians[:0], p90s: s.p90s[:0], homes: s.homes[:0]}
	return w
}

// lastMost returns the latest moment that half of the people or more have, or a
// later one; NoTime for nobody. It reorders ws.
func lastMost(ws []reach.Weighted) transit.Millis {
	slices.SortFunc(ws, func(a, b reach.Weighted) int { return cmp.Compare(b.Millis, a.Millis) })
	all, sum := 0.0, 0.0
	for _, w := range ws {
		all += w.Weight
	}
	for _, w := range ws {
		if sum += w.Weight; sum >= all/2 {
			return transit.Millis(w.Millis)
		}
	}
	return transit.NoTime
}

// AreaWays returns the way of every area's people to an open site.
func (w *TransitWindow) AreaWays(r *Results, open []bool) []AreaWay {
	c, hours := r.County, w.Hours()
	out := make([]AreaWay, len(c.Areas))
	for i := range out {
		out[i] = AreaWay{Site: -1, Way: new(ways).way(hours)}
	}
	var sum ways
	for from := 0; from < len(c.Points); {
		area, to := c.Points[from].Area, from
		near := map[int32]float64{}
		for ; to < len(c.Points) && c.Points[to].Area == area; to++ {
			best, found := w.nearestJourney(to, open)
			sum.add(c.Points[to].Share, best, found)
			if found && best.Median != reach.NoWalk {
				near[best.Site] += c.Points[to].Share
			}
		}
		out[area] = AreaWay{Site: heaviest(near), Way: sum.way(hours)}
		from = to
	}
	return out
}

// nearestJourney returns the journey from a point to the open site that is
// nearest by the median, of equals by nine in ten departures, then the lower;
// whether a round trip is possible is told of all open sites together.
func (w *TransitWindow) nearestJourney(p int, open []bool) (best Journey, found bool) {
	round := false
	for _, j := range w.At(p) {
		if !open[j.Site] {
			continue
		}
		round = round || j.RoundTrip
		if !found || j.Median < best.Median || j.Median == best.Median && j.P90 < best.P90 {
			best, found = j, true
		}
	}
	best.RoundTrip = round
	return best, found
}

// heaviest returns the site with the most people, the lower of equals, -1 for
// none.
func heaviest(sites map[int32]float64) int {
	best := int32(-1)
	for s, n := range sites {
		if best < 0 || n > sites[best] || n == sites[best] && s < best {
			best = s
		}
	}
	return int(best)
}

// WaysTo returns, by window, the way to a site of the people aged 0-19 of some
// areas who live out of reach on foot under an option, or of all of them when
// everybody is set. It is nil when public transport was not assessed.
func (r *Results) WaysTo(option int, areas []int, everybody bool, site int) []Way {
	if r.Transit == nil {
		return nil
	}
	a := r.Options[option].Assessment
	var out []Way
	var sum ways
	for k := range r.Transit.Windows {
		w := &r.Transit.Windows[k]
		for _, i := range areas {
			young := r.County.Areas[i].Residents.Between(0, 19)
			for p := r.firstPoint(i); p < len(r.County.Points) && r.County.Points[p].Area == i; p++ {
				if !everybody && a.Millis[p] <= r.input.Limit {
					continue
				}
				j, ok := w.Journey(p, site)
				sum.add(young*r.County.Points[p].Share, j, ok)
			}
		}
		out = append(out, sum.way(w.Hours()))
	}
	return out
}

// firstPoint returns the first population point of an area; the points of an
// area stand together, in the order of the areas.
func (r *Results) firstPoint(area int) int {
	p, _ := slices.BinarySearchFunc(r.County.Points, area, func(p county.Point, area int) int { return cmp.Compare(p.Area, area) })
	return p
}

// TargetWays are the ways of a target's people to one of its hubs, by window.
func (r *Results) TargetWays(option int, t *outreach.Target, hub outreach.Hub) []Way {
	return r.WaysTo(option, t.Areas, t.Category == outreach.DetachedYouth, hub.Site)
}
