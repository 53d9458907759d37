package study

import (
	"math"
	"sort"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/reach"
)

type straight struct {
	points []geo.Grid
	spec   Walk
}

func (s *straight) worker(p int) (timer, error) { return &straightTimer{s, s.spec.Profiles[p]}, nil }

type straightTimer struct {
	s *straight
	p Profile
}

func (t *straightTimer) times(at geo.Grid, _ int) ([]reach.Time, error) {
	var out []reach.Time
	for i, p := range t.s.points {
		d := float64(at.Distance(p)) * t.s.spec.DetourFactor
		ms := math.Round(d * 3600 / t.p.SpeedKmh)
		if ms <= t.s.spec.LimitMinutes*60000 {
			out = append(out, reach.Time{Point: int32(i), Millis: uint32(ms)})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Point < out[j].Point })
	return out, nil
}

func (t *straightTimer) outlines(at geo.Grid, _ int, minutes []float64) ([]orb.MultiPolygon, error) {
	var out []orb.MultiPolygon
	for range minutes {
		out = append(out, orb.MultiPolygon{})
	}
	return out, nil
}
