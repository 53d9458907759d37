package study

import (
	"sync"

	"hubreach/geo"
	"hubreach/internal/reach"
)

// gauges are what a what-if and its forks measure a new place with. Each holds
// lists as long as the street graph, so that one that has served is kept for the
// next place: a service is asked for thirty places a second while a site is
// dragged. Several goroutines may use them.
type gauges struct {
	study  *Results
	timers []sync.Pool // of timer, by profile
	riders sync.Pool   // of *rider
}

func newGauges(r *Results) *gauges {
	return &gauges{study: r, timers: make([]sync.Pool, len(r.Spec.Walk.Profiles))}
}

// walks finds the walks of one profile to a place.
func (g *gauges) walks(profile int, to geo.Grid) ([]reach.Time, error) {
	t, ok := g.timers[profile].Get().(timer)
	if !ok {
		var err error
		if t, err = g.study.walker.worker(profile); err != nil {
			return nil, err
		}
	}
	defer g.timers[profile].Put(t)
	return t.times(to, -1)
}

// medians finds the journeys to a place as rider.medians does; nil when public
// transport was not assessed.
func (g *gauges) medians(to geo.Grid, walks []reach.Time) ([]uint32, error) {
	x, ok := g.riders.Get().(*rider)
	if !ok {
		var err error
		if x, err = g.study.rider(); err != nil || x == nil {
			return nil, err
		}
	}
	defer g.riders.Put(x)
	return x.medians(to, walks)
}
