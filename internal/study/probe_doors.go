package study

import (
	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// doorTimer gives the walks between a doorstep and the sites, by ascending site.
// It belongs to one goroutine.
type doorTimer interface {
	times(door geo.Grid) ([]reach.Time, error)
}

// doorsOf returns what makes timers of one profile, measuring as the run did.
//
// Along streets the search starts at the doorstep and so runs the other way
// round than that of a run, which starts at a site: one search instead of one
// for every site, and the same milliseconds, since walks are sums of whole ones.
func doorsOf(r *Results, profile int) (func() doorTimer, error) {
	sites := make([]geo.Grid, len(r.County.Sites))
	for i, s := range r.County.Sites {
		sites[i] = s.At
	}
	find := reach.Params{LimitMinutes: r.Spec.Walk.LimitMinutes, Direction: walk.From}
	if r.Spec.Walk.Direction == "from_hub" {
		find.Direction = walk.Towards
	}
	own := r.Spec.Walk.Profiles[profile]
	switch m := r.walker.(type) {
	case *onStreets:
		linked, err := reach.NewStreets(m.profiles[profile].Graph(), own.Name, sites, find)
		return func() doorTimer { return streetDoors{linked.Worker()} }, err
	case *readyMade:
		return func() doorTimer { return readyDoors{m, shape.NewWorker()} }, nil
	}
	lines, err := reach.NewStraightLine(sites, walk.Profile(own), r.Spec.Walk.DetourFactor, find)
	return func() doorTimer { return lineDoors{lines} }, err
}

type streetDoors struct{ w *reach.Worker }

func (d streetDoors) times(door geo.Grid) ([]reach.Time, error) {
	times, _, err := d.w.Times(door)
	return times, err
}

type lineDoors struct{ lines *reach.StraightLine }

func (d lineDoors) times(door geo.Grid) ([]reach.Time, error) {
	times, _, err := d.lines.Times(door)
	return times, err
}

// readyDoors reads the walks off ready-made catchments: by the door itself, also
// where the study spreads people over the ground.
type readyDoors struct {
	m    *readyMade
	work *shape.Worker
}

func (d readyDoors) times(door geo.Grid) ([]reach.Time, error) {
	at := reach.NewPoints([]geo.Grid{door})
	var out []reach.Time
	for site, cs := range d.m.sites {
		found, err := at.FromCatchments(d.work, cs)
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			out = append(out, reach.Time{Point: int32(site), Millis: t.Millis})
		}
	}
	return out, nil
}
