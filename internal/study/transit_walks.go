package study

import (
	"context"
	"fmt"
	"sync"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/reach"
	"hubreach/internal/transit"
	"hubreach/internal/walk"
)

// legs are the walks that begin or end at a stop, for one way of walking.
type legs struct {
	between  [][]transit.Leg // from each stop to others
	toSite   [][]transit.Leg // for each site, from the stops
	fromSite [][]transit.Leg // for each site, to the stops
	toStops  legTable        // for each point, to the stops
	homeward legTable        // for each point, from the stops
}

// legTable holds the legs of many points in compressed sparse rows.
type legTable struct {
	start []int32
	list  []transit.Leg
}

func (t *legTable) at(p int) []transit.Leg { return t.list[t.start[p]:t.start[p+1]] }

// newLegTable turns the walks between each stop and the points round.
func newLegTable(points int, stops [][]reach.Time) legTable {
	t := legTable{start: make([]int32, points+1)}
	for _, times := range stops {
		for _, x := range times {
			t.start[x.Point+1]++
		}
	}
	for p := range points {
		t.start[p+1] += t.start[p]
	}
	t.list = make([]transit.Leg, t.start[points])
	next := append([]int32(nil), t.start...)
	for stop, times := range stops {
		for _, x := range times {
			t.list[next[x.Point]] = transit.Leg{Stop: int32(stop), Millis: x.Millis}
			next[x.Point]++
		}
	}
	return t
}

// legs measures all walks to and from the stops, and notes the stops that cannot
// be joined to the streets. It returns what has measured them between the stops
// and the sites, without its round.
func (t *traveller) legs(ctx context.Context, profile int) (*legs, searched, error) {
	stops := gridOf(t.timetable.Stops(), func(s transit.Stop) geo.Grid { return s.At })
	points := gridOf(t.r.County.Points, func(p county.Point) geo.Grid { return p.At })
	sites := gridOf(t.r.County.Sites, func(s county.Site) geo.Grid { return s.At })
	people, err := t.pointWalks(profile, points)
	if err != nil {
		return nil, searched{}, err
	}
	between, err := t.stopWalks(profile, stops)
	if err != nil {
		return nil, searched{}, err
	}
	var found [5][][]reach.Time
	var by [5]walker
	for i, job := range []struct {
		stage  string
		by     walkerFor
		to     walk.Direction
		limit  float64
		places []geo.Grid
	}{
		{"walk to %d stops, %s", people, walk.Towards, t.spec.AccessMinutes, stops},
		{"walk home from %d stops, %s", people, walk.From, t.spec.AccessMinutes, stops},
		{"change at %d stops, %s", between, walk.From, t.spec.TransferMinutes, stops},
		{"walk from stops to %d sites, %s", between, walk.Towards, t.spec.AccessMinutes, sites},
		{"walk from %d sites to stops, %s", between, walk.From, t.spec.AccessMinutes, sites},
	} {
		m, err := job.by(reach.Params{LimitMinutes: job.limit, Direction: job.to})
		if err != nil {
			return nil, searched{}, err
		}
		by[i] = m
		all, err := each(ctx, m, 0, job.places, false, nil, t.env, fmt.Sprintf(job.stage, len(job.places), t.r.Spec.Walk.Profiles[profile].Name))
		if err != nil {
			return nil, searched{}, err
		}
		found[i] = all.times
		if i == 0 && profile == 0 {
			for _, err := range all.refused {
				if err != nil {
					t.refused++
				}
			}
		}
	}
	return &legs{
		toStops: newLegTable(len(points), found[0]), homeward: newLegTable(len(points), found[1]),
		between: legLists(found[2]), toSite: legLists(found[3]), fromSite: legLists(found[4]),
	}, searched{toSites: by[3], toStops: by[4]}, nil
}

// gridOf returns where things are.
func gridOf[T any](things []T, at func(T) geo.Grid) []geo.Grid {
	out := make([]geo.Grid, len(things))
	for i, x := range things {
		out[i] = at(x)
	}
	return out
}

// legLists turns the walks of each place into legs; the points of the walks are
// stops.
func legLists(places [][]reach.Time) [][]transit.Leg {
	out := make([][]transit.Leg, len(places))
	for i, times := range places {
		for _, x := range times {
			out[i] = append(out[i], transit.Leg{Stop: x.Point, Millis: x.Millis})
		}
	}
	return out
}

// walkerFor makes a walker of one profile for some parameters.
type walkerFor func(reach.Params) (walker, error)

// pointWalks measures walks between places and the population points.
func (t *traveller) pointWalks(profile int, points []geo.Grid) (walkerFor, error) {
	if m, ok := t.walker.(*onStreets); ok {
		return t.along(m.profiles[profile], profile), nil
	}
	return t.straight(profile, points), nil
}

// stopWalks measures walks between places and the stops.
func (t *traveller) stopWalks(profile int, stops []geo.Grid) (walkerFor, error) {
	m, ok := t.walker.(*onStreets)
	if !ok {
		return t.straight(profile, stops), nil
	}
	streets, err := reach.NewStreets(m.profiles[profile].Graph(), t.r.Spec.Walk.Profiles[profile].Name, stops, reach.DefaultParams())
	if err != nil {
		return nil, err
	}
	return t.along(streets, profile), nil
}

func (t *traveller) along(s *reach.Streets, profile int) walkerFor {
	return func(p reach.Params) (walker, error) {
		linked, err := s.With(t.r.Spec.Walk.Profiles[profile].Name, p)
		return &onStreets{[]*reach.Streets{linked}}, err
	}
}

// straight stands in where there are no streets.
func (t *traveller) straight(profile int, points []geo.Grid) walkerFor {
	return func(p reach.Params) (walker, error) {
		lines, err := reach.NewStraightLine(points, walk.Profile(t.r.Spec.Walk.Profiles[profile]), t.r.Spec.Walk.DetourFactor, p)
		return &straight{[]*reach.StraightLine{lines}}, err
	}
}

// share does n pieces of work, shared out among the workers. Each worker makes
// its own function, which is called with the number of a piece and writes to
// that piece's own place.
func share(ctx context.Context, env Env, stage string, n int, work func() func(int) error) error {
	env.Progress(stage, 0, n)
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		next  int
		fault error
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if fault == nil {
			fault = ctx.Err()
		}
		if fault != nil || next == n {
			return 0, false
		}
		next++
		env.Progress(stage, next-1, n)
		return next - 1, true
	}
	for range min(env.Workers, n) {
		wg.Go(func() {
			do := work()
			for i, ok := take(); ok; i, ok = take() {
				if err := do(i); err != nil {
					mu.Lock()
					if fault == nil {
						fault = err
					}
					mu.Unlock()
					return
				}
			}
		})
	}
	wg.Wait()
	if fault == nil {
		env.Progress(stage, n, n)
	}
	return fault
}
