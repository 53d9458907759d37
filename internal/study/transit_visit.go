package study

import (
	"hubreach/internal/reach"
	"hubreach/internal/source"
	"hubreach/internal/transit"
)

// round is what all sites are measured with for one profile. It is only read.
type round struct {
	legs     *legs
	windows  []dated
	networks map[source.Date]*transit.Network
	onFoot   *reach.Matrix // from the points to the sites
	stay     transit.Millis
	leaveBy  transit.Millis
	limit    transit.Millis
}

// visitor measures one site after another. It belongs to one goroutine.
type visitor struct {
	*round
	out  []*transit.Search // by window
	home map[source.Date]*transit.Search
	last []homeward // by window; those of one date are the same
}

// homeward is the way back from a site to a point on one date.
type homeward struct {
	date       source.Date
	last, soon transit.Millis // NoTime for none: of the day, and by the time to leave
}

func (r *round) visitor() *visitor {
	v := &visitor{round: r, home: map[source.Date]*transit.Search{}, last: make([]homeward, len(r.windows))}
	for _, w := range r.windows {
		v.out = append(v.out, r.networks[w.date].NewSearch())
		if v.home[w.date] == nil {
			v.home[w.date] = r.networks[w.date].Homewards().NewSearch()
		}
	}
	v.forget()
	return v
}

// forget clears the ways back that were found for a point.
func (v *visitor) forget() {
	for k := range v.last {
		v.last[k] = homeward{date: -1}
	}
}

// night is the end of the last journeys home, three in the morning: what a
// network of the day holds.
const night transit.Millis = 27 * 60 * 60 * 1000

// visit returns the journeys to a site by window, by ascending point.
func (v *visitor) visit(site int) [][]pointJourney {
	found := make([][]pointJourney, len(v.windows))
	for k, w := range v.windows {
		v.out[k].Run(v.legs.toSite[site], w.span)
	}
	for date, s := range v.home {
		earliest := night
		for _, w := range v.windows {
			if w.date == date {
				earliest = min(earliest, w.span.From)
			}
		}
		s.RunHome(v.legs.fromSite[site], earliest, night)
	}
	for p := range v.onFoot.Points() {
		walk := v.walk(p, site)
		access := v.legs.toStops.at(p)
		if walk == transit.NoTime && len(access) == 0 {
			continue
		}
		for k, w := range v.windows {
			d := v.out[k].Door(access, walk)
			if d.Reached == 0 {
				continue
			}
			back := v.back(p, k, w.date, walk)
			found[k] = append(found[k], pointJourney{int32(p), Journey{
				Site: int32(site), Median: stored(d.Median), P90: stored(d.P90), Reached: uint16(d.Reached), Rides: uint16(d.Rides),
				LastHome: back.last, RoundTrip: back.soon != transit.NoTime && d.Earliest+v.stay <= back.soon,
			}})
		}
		v.forget()
	}
	return found
}

// walk returns the walk from a point to a site, NoTime for none.
func (v *visitor) walk(p, site int) transit.Millis {
	for _, t := range v.onFoot.At(p) {
		if int(t.Place) == site {
			return transit.Millis(t.Millis)
		}
	}
	return transit.NoTime
}

// back returns the way home to p for window k.
func (v *visitor) back(p, k int, date source.Date, walk transit.Millis) homeward {
	for _, known := range v.last[:k] {
		if known.date == date {
			v.last[k] = known
			return known
		}
	}
	h := homeward{date, transit.NoTime, transit.NoTime}
	home := v.legs.homeward.at(p)
	if m, ok := v.home[date].LastHome(home, walk, night); ok {
		h.last = m
	}
	if walk <= v.limit {
		h.soon = v.leaveBy
	} else if m, ok := v.home[date].LastHome(home, walk, v.leaveBy); ok {
		h.soon = m
	}
	v.last[k] = h
	return h
}

// stored is a length as a walk has it.
func stored(m transit.Millis) uint32 {
	if m == transit.NoTime {
		return reach.NoWalk
	}
	return uint32(m)
}
