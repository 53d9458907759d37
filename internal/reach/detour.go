package reach

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
)

// PlaceCatchments are the ready-made outlines of one place.
type PlaceCatchments struct {
	Place      geo.Grid
	Catchments []Catchment
}

// Fit is the detour factor with which straight lines agree best with ready-made
// catchments.
type Fit struct {
	Factor    float64 // 1.00 to 2.00 in steps of 0.01
	Agreement float64 // share of the N on which both agree, in [0, 1]; 1 when N is 0
	Spill     float64 // per point in a catchment: points outside that the straight line takes in
	Miss      float64 // per point in a catchment: points inside that it leaves out
	// N counts pairs of a point and a catchment: those in the catchment, and
	// those within the straight line at factor 1. All others are out by any factor.
	N int
}

// The factors that are tried.
const (
	firstFactor = 100 // hundredths
	lastFactor  = 200
)

// FitDetour returns the factor for which "straight line x factor at speedKmh
// takes at most the minutes" is wrong about the fewest points, over all places
// and all their catchments; of equals the smallest. The errors are ErrMinutes,
// and that of package shape for an outline that is not valid.
func FitDetour(w *shape.Worker, points []geo.Grid, places []PlaceCatchments, speedKmh float64) (Fit, error) {
	ready := NewPoints(points)
	var count tallies
	for _, p := range places {
		for _, c := range p.Catchments {
			if err := checkMinutes(c.Minutes); err != nil {
				return Fit{}, fmt.Errorf("fit a detour factor: %w", err)
			}
			if err := count.add(w, ready, p.Place, c, c.Minutes*speedKmh*metresPerKmhMinute); err != nil {
				return Fit{}, fmt.Errorf("fit a detour factor: catchment of %v minutes at %.0f,%.0f: %w", c.Minutes, p.Place[0], p.Place[1], err)
			}
		}
	}
	return count.best(), nil
}

// tallies counts pairs by the largest factor, in hundredths, for which the
// straight line takes them in.
type tallies struct {
	inside, outside [lastFactor + 1]int // index 0: for no factor that is tried
}

func (t *tallies) add(w *shape.Worker, p *Points, place geo.Grid, c Catchment, radius float64) error {
	largest := func(i int32) int {
		d := float64(place.Distance(p.at[i]))
		f := math.Floor(min(lastFactor, 100*radius/d) + 1e-9)
		if !(f >= firstFactor) {
			return 0
		}
		return int(f)
	}
	held := map[int32]bool{}
	if err := p.inside(w, c.Shape, func(i int32) { held[i] = true; t.inside[largest(i)]++ }); err != nil {
		return err
	}
	p.index.Intersecting(orb.Point(place).Bound().Pad(radius), func(i int32) bool {
		if f := largest(i); f > 0 && !held[i] {
			t.outside[f]++
		}
		return true
	})
	return nil
}

// best tries every factor: a pair is taken in by all factors up to its largest.
func (t *tallies) best() Fit {
	inside, spill := 0, 0
	for f := range t.inside {
		inside += t.inside[f]
		spill += t.outside[f]
	}
	n, miss := inside+spill, t.inside[0]
	least, fit := math.MaxInt, Fit{Factor: 1, Agreement: 1, N: n}
	for f := firstFactor; f <= lastFactor; f++ {
		if wrong := spill + miss; n > 0 && wrong < least {
			least = wrong
			fit.Factor, fit.Agreement = float64(f)/100, 1-float64(wrong)/float64(n)
			if inside > 0 {
				fit.Spill, fit.Miss = float64(spill)/float64(inside), float64(miss)/float64(inside)
			}
		}
		miss += t.inside[f]
		spill -= t.outside[f]
	}
	return fit
}
