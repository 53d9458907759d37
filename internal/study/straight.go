package study

import (
	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// straight guesses walks from straight lines, for a study without streets.
type straight struct{ profiles []*reach.StraightLine }

func newStraight(points []geo.Grid, s Walk) (*straight, error) {
	m := &straight{}
	for _, p := range s.Profiles {
		lines, err := reach.NewStraightLine(points, walk.Profile(p), s.DetourFactor, reach.Params{LimitMinutes: s.LimitMinutes, Direction: walk.Towards})
		if err != nil {
			return nil, err
		}
		m.profiles = append(m.profiles, lines)
	}
	return m, nil
}

func (m *straight) worker(profile int) (timer, error) { return straightTimer{m.profiles[profile]}, nil }

type straightTimer struct{ lines *reach.StraightLine }

func (t straightTimer) times(at geo.Grid, _ int) ([]reach.Time, error) {
	times, _, err := t.lines.Times(at)
	return times, err
}

func (t straightTimer) outlines(at geo.Grid, _ int, minutes []float64) ([]orb.MultiPolygon, error) {
	return t.lines.Outlines(at, minutes)
}
