package study

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"hubreach/geo"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
	"hubreach/internal/transit"
	"hubreach/internal/walk"
)

// rider finds how a place is reached by public transport or on foot, in the
// window that decides: what a run finds for a site there. It belongs to one
// goroutine.
type rider struct {
	round  *round
	stops  timer // walks from the stops to a place
	search *transit.Search
	onFoot []transit.Millis // by point, of the place looked at
}

// rider returns nil when public transport was not assessed.
func (r *Results) rider() (*rider, error) {
	if r.Transit == nil || len(r.Transit.searched) == 0 {
		return nil, nil
	}
	s := r.Transit.searched[0]
	stops, err := s.toSites.worker(0)
	if err != nil {
		return nil, err
	}
	x := &rider{round: s.round, stops: stops, search: s.round.networks[s.round.windows[0].date].NewSearch(), onFoot: make([]transit.Millis, len(r.County.Points))}
	for p := range x.onFoot {
		x.onFoot[p] = transit.NoTime
	}
	return x, nil
}

// medians returns by point the median over the window's departures, reach.NoWalk
// where there is none within the limit. walks are those to the place.
func (x *rider) medians(to geo.Grid, walks []reach.Time) ([]uint32, error) {
	times, err := x.stops.times(to, -1)
	var snap *walk.SnapError
	if err != nil && !errors.As(err, &snap) { // as in a run: nobody walks there from a stop
		return nil, err
	}
	x.search.Run(legLists([][]reach.Time{times})[0], x.round.windows[0].span)
	for _, t := range walks {
		x.onFoot[t.Point] = transit.Millis(t.Millis)
	}
	found := make([]uint32, len(x.onFoot))
	for p, onFoot := range x.onFoot {
		found[p] = reach.NoWalk
		if access := x.round.legs.toStops.at(p); onFoot != transit.NoTime || len(access) > 0 {
			found[p] = stored(x.search.Door(access, onFoot).Median)
		}
	}
	for _, t := range walks {
		x.onFoot[t.Point] = transit.NoTime
	}
	return found, nil
}

// ride says how a site is reached where a what-if has put it. It is not changed.
type ride struct {
	at      geo.Grid
	medians []uint32 // by point, as rider gives them
}

// ride finds the journeys to a site at a place; walks are those that were searched
// to it. It returns nil where the study has them, and where public transport was not assessed.
func (w *WhatIf) ride(site int, to geo.Grid, walks []reach.Time) (*ride, error) {
	if own := w.study.County.Sites; site < len(own) && own[site].At == to {
		return nil, nil
	}
	if known := w.ridden.at(to); known != nil {
		return known, nil
	}
	found, err := w.gauges.medians(to, walks)
	if err != nil || found == nil {
		return nil, err
	}
	x := &ride{to, found}
	w.ridden.keep(x)
	return x, nil
}

// rideMemory keeps the rides that were found last for a what-if and its forks:
// while one site is dragged, those that were moved before stay where they are.
type rideMemory struct {
	mu    sync.Mutex
	rides map[geo.Grid]*ride
}

func (m *rideMemory) at(to geo.Grid) *ride {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rides[to]
}

func (m *rideMemory) keep(x *ride) {
	const most = 64 // some 10 MB for a county of 43,000 postcodes
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.rides == nil || len(m.rides) >= most {
		m.rides = map[geo.Grid]*ride{}
	}
	m.rides[x.at] = x
}

// ridden returns the journeys of the study with those to the sites that a
// what-if has put elsewhere; nil when public transport was not assessed.
func (r *Results) ridden(rides map[int]*ride) *estate.Journeys {
	j := r.input.Journeys
	if j == nil {
		return nil
	}
	for _, site := range slices.Sorted(maps.Keys(rides)) {
		x := rides[site]
		j = j.With(site, x.at, func(p int) bool { return x.medians[p] <= r.input.JourneyLimit })
	}
	return j
}

// seen is what the outreach rules look at under a changed option. r has the
// county with its sites as they now are, start the sites of the study; rides are
// the journeys to those that stand elsewhere.
func (r *Results) seen(a *estate.Assessment, start *Results, rides map[int]*ride) outreach.Input {
	in := r.outreachInput(a, r.measured)
	if in.Transit == nil {
		return in
	}
	still := make([]bool, len(in.Open))
	var moved [][]uint32 // the medians to the open sites that stand elsewhere
	for i, open := range in.Open {
		still[i] = open && i < len(start.County.Sites) && r.County.Sites[i].At == start.County.Sites[i].At
		if x := rides[i]; open && x != nil {
			moved = append(moved, x.medians)
		}
	}
	if slices.Equal(still, in.Open) {
		return in
	}
	w := &r.Transit.Windows[0]
	var times []reach.Weighted
	points := r.County.Points
	for from := 0; from < len(points); {
		times = times[:0]
		to := from
		for ; to < len(points) && points[to].Area == points[from].Area; to++ {
			least := w.nearest(to, still)
			for _, medians := range moved {
				least = min(least, medians[to])
			}
			times = append(times, reach.Weighted{Millis: least, Weight: points[to].Share})
		}
		in.Transit[points[from].Area] = reach.MedianMinutes(times, 1)
		from = to
	}
	return in
}
