package reach

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/internal/walk"
)

// StraightLine guesses walks where there are no streets: the straight line times
// a detour factor, at the profile's speed. A river is no obstacle to it, and it
// knows no steps; a caller says "approximate" with every result. It is never
// changed once built and may be used by many goroutines at once.
type StraightLine struct {
	points  []geo.Grid
	index   *index.Index[int32]
	profile walk.Profile
	detour  float64
	params  Params
}

// ErrDetour means a detour factor that is not 1 to MaxDetour: a walk is never
// shorter than the straight line.
var ErrDetour = errors.New("detour factor not usable")

// MaxDetour is the highest detour factor.
const MaxDetour = 5

// NewStraightLine makes the guess for points. A point whose position is not a
// number is in nobody's reach. The errors are ErrDetour, ErrMinutes and
// walk.ErrProfile.
func NewStraightLine(points []geo.Grid, profile walk.Profile, detour float64, p Params) (*StraightLine, error) {
	if !(detour >= 1 && detour <= MaxDetour) {
		return nil, fmt.Errorf("straight-line walks: detour factor %v: want 1 to %d: %w", detour, MaxDetour, ErrDetour)
	}
	if err := errors.Join(profile.Validate(), p.Validate()); err != nil {
		return nil, fmt.Errorf("straight-line walks: %w", err)
	}
	return &StraightLine{slices.Clone(points), indexOf(points), profile, detour, p}, nil
}

// indexOf indexes the points that are on the grid by their number.
func indexOf(points []geo.Grid) *index.Index[int32] {
	var on []int32
	for i, p := range points {
		if !math.IsNaN(p[0]+p[1]) && !math.IsInf(p[0]+p[1], 0) {
			on = append(on, int32(i))
		}
	}
	return index.New(on, func(i int32) orb.Bound { return orb.Point(points[i]).Bound() })
}

// Times returns the guessed walks between place and every point within the
// limit, by ascending point. They are the same in both directions. There is no
// link, and never an error: both are there so that Streets and StraightLine may
// stand for each other.
func (s *StraightLine) Times(place geo.Grid) ([]Time, walk.Link, error) {
	limit := millisOf(s.params.LimitMinutes)
	var out []Time
	s.index.Intersecting(orb.Point(place).Bound().Pad(s.radius(s.params.LimitMinutes)+1), func(i int32) bool {
		if t := s.profile.LinkMillis(float64(place.Distance(s.points[i])) * s.detour); t <= limit {
			out = append(out, Time{i, t})
		}
		return true
	})
	slices.SortFunc(out, func(a, b Time) int { return int(a.Point - b.Point) })
	return out, walk.Link{}, nil
}

// Outlines returns a circle for each number of minutes, drawn with circleSides
// corners on it. The error is ErrMinutes.
func (s *StraightLine) Outlines(place geo.Grid, minutes []float64) ([]orb.MultiPolygon, error) {
	var out []orb.MultiPolygon
	for _, m := range minutes {
		if err := checkMinutes(m); err != nil {
			return nil, fmt.Errorf("outline: %w", err)
		}
		out = append(out, circle(place, s.radius(m)))
	}
	return out, nil
}

// radius returns the metres of straight line that are walked in minutes.
func (s *StraightLine) radius(minutes float64) float64 {
	return minutes * s.profile.SpeedKmh * metresPerKmhMinute / s.detour
}

// Refused returns nothing: a straight line refuses nobody.
func (s *StraightLine) Refused() []Refused { return nil }

// metresPerKmhMinute is the metres walked in a minute at 1 km/h.
const metresPerKmhMinute = 1000.0 / 60
