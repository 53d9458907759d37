package reach

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/geo/shape"
)

// Catchment is a ready-made outline: the ground from which a place is reached
// within Minutes. Shape is in National Grid metres and valid.
type Catchment struct {
	Minutes float64
	Shape   orb.MultiPolygon
}

// Points are population points made ready to be asked which of them lie in a
// polygon, for the catchments of many places. They are never changed and may be
// used by many goroutines at once.
type Points struct {
	at    []geo.Grid
	index *index.Index[int32]
}

// NewPoints makes points ready.
func NewPoints(points []geo.Grid) *Points {
	at := slices.Clone(points)
	return &Points{at, indexOf(at)}
}

// FromCatchments returns, for every point that lies in one of a place's
// catchments or on its boundary, the fewest minutes among them, by ascending
// point: the walk takes that long at most. A point in none is not in the list.
//
// The errors are ErrMinutes for minutes that cannot be, and that of package
// shape for an outline that is not valid.
func (p *Points) FromCatchments(w *shape.Worker, cs []Catchment) ([]Time, error) {
	best := map[int32]uint32{}
	for i, c := range cs {
		if err := checkMinutes(c.Minutes); err != nil {
			return nil, fmt.Errorf("catchment %d: %w", i+1, err)
		}
		millis := millisOf(c.Minutes)
		err := p.inside(w, c.Shape, func(point int32) {
			if old, ok := best[point]; !ok || millis < old {
				best[point] = millis
			}
		})
		if err != nil {
			return nil, fmt.Errorf("catchment %d of %v minutes: %w", i+1, c.Minutes, err)
		}
	}
	out := make([]Time, 0, len(best))
	for point, millis := range best {
		out = append(out, Time{point, millis})
	}
	slices.SortFunc(out, func(a, b Time) int { return int(a.Point - b.Point) })
	return out, nil
}

// inside calls yield with every point in m or on its boundary, in any order.
func (p *Points) inside(w *shape.Worker, m orb.MultiPolygon, yield func(int32)) error {
	if len(m) == 0 {
		return nil
	}
	ready, err := w.Prepare(m)
	if err != nil {
		return err
	}
	p.index.Intersecting(m.Bound(), func(i int32) bool {
		if ready.Covers(orb.Point(p.at[i])) {
			yield(i)
		}
		return true
	})
	return nil
}
