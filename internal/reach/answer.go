package reach

import (
	"errors"
	"time"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// Quantum is the unit in which walks are measured. Each straight piece of street
// is rounded to it once; all else is sums.
const Quantum = time.Millisecond

// Answer is all there is to say about one place.
type Answer struct {
	Quantum time.Duration // of the times: always Quantum
	// Link says how the place is linked to the streets: the way, the metres to it
	// and the component of the streets. It is zero for a place that was refused.
	Link walk.Link
	// Refused is why nobody reaches the place, nil when it is linked.
	Refused  *walk.SnapError
	Times    []Time             // by ascending point
	Outlines []orb.MultiPolygon // in the order of the minutes asked for
}

// Ask returns the times of place and its outlines, from one search. A place that
// cannot be linked is an answer with Refused, not an error. The error is
// ErrMinutes; see Times and Outlines.
func (w *Worker) Ask(place geo.Grid, minutes []float64) (Answer, error) {
	levels, err := levelsOf(minutes)
	if err != nil {
		return Answer{}, err
	}
	limit := millisOf(w.s.params.LimitMinutes)
	longest := limit
	if len(levels) > 0 {
		longest = max(limit, levels[len(levels)-1])
	}
	a := Answer{Quantum: Quantum}
	if a.Link, err = w.run(place, longest); errors.As(err, &a.Refused) {
		return a, nil
	}
	w.collect(limit)
	a.Times = w.list()
	if len(levels) > 0 {
		a.Outlines = w.outlines(minutes, levels)
	}
	return a, err
}

// PointTimes returns the walks between a population point, taken as a place, and
// every point within the limit. It is Times at the point's position without
// looking for the street again.
func (w *Worker) PointTimes(point int) ([]Time, walk.Link, error) {
	s := w.s
	if len(s.doors.links[point]) == 0 {
		return w.Times(s.doors.at[point])
	}
	open, err := s.g.Open(s.profile, s.doors.at[point], s.doors.links[point])
	if err != nil {
		return nil, walk.Link{}, err
	}
	limit := millisOf(s.params.LimitMinutes)
	w.search.Run(open, s.params.Direction, limit)
	w.collect(limit)
	return w.list(), open[0], nil
}
