package study

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
	"hubreach/internal/estate"
)

// Uncertainty is how sure the coverage figures of the options are, and which
// options can be told apart.
type Uncertainty struct {
	Options []estate.Uncertainty // in the order of the study
	Pairs   []Pair
}

// Pair says how two options differ; A comes before B in the study.
type Pair struct {
	A, B        int // positions in Results.Options
	Differences []estate.Difference
}

// ByOverlay is the way of sharing people out evenly over the ground of their
// area: a site covers the share of the area's ground that its catchment takes
// in. It needs catchments drawn at the study's own minutes.
const ByOverlay = "areal"

// Uncertainty tells the coverage of every option in every way that the inputs
// allow: at the population points, with everybody at one point of the area, and
// evenly over the ground, by the catchments where there are any and else by the
// nearest point.
func (r *Results) Uncertainty(ctx context.Context, env Env) (*Uncertainty, error) {
	env = env.withDefaults()
	others := make([][]estate.MethodCoverage, len(r.Options))
	all := estate.Allocations(r.County)
	for k, o := range r.Options {
		for _, by := range all[1:] {
			others[k] = append(others[k], estate.MethodCoverage{Method: by.Method, Shares: estate.CoveredUnder(r.input, o.Assessment, by)})
		}
	}
	over, err := r.overlay(ctx, env)
	if err != nil {
		return nil, err
	}
	for k := range over {
		ground := &others[k][len(others[k])-1] // the better of the two ways by ground
		*ground = estate.MethodCoverage{Method: ByOverlay, Shares: over[k]}
	}
	u := &Uncertainty{}
	for k, o := range r.Options {
		u.Options = append(u.Options, estate.Uncertain(r.input, o.Assessment, others[k]))
		for j := range k {
			u.Pairs = append(u.Pairs, Pair{A: j, B: k, Differences: estate.Differences(r.input, r.Options[j].Assessment, o.Assessment, others[j], others[k])})
		}
	}
	return u, nil
}

// clip is the part of an area within the catchment of one site.
type clip struct {
	site   int
	ground orb.MultiPolygon
	share  float64 // of the area
}

// overlay returns, for each option and area, the share of the area's ground in
// the catchments of the open sites; nil without catchments of the study's own
// profile and minutes.
func (r *Results) overlay(ctx context.Context, env Env) ([][]float64, error) {
	var drawn []Catchment
	for _, c := range r.Catchments {
		if c.Profile == r.Spec.Walk.Profiles[0].Name && c.Minutes == r.Spec.Walk.Minutes && len(c.Shape) > 0 {
			drawn = append(drawn, c)
		}
	}
	if len(drawn) == 0 {
		return nil, nil
	}
	shares := make([][]float64, len(r.Options))
	for k := range shares {
		shares[k] = make([]float64, len(r.County.Areas))
	}
	return shares, share(ctx, env, "overlay areas and catchments", len(r.County.Areas), func() func(int) error {
		work := shape.NewWorker()
		return func(i int) error { return r.overlayArea(work, i, drawn, shares) }
	})
}

// overlayArea finds the shares of area i, by option.
func (r *Results) overlayArea(work *shape.Worker, i int, drawn []Catchment, shares [][]float64) error {
	clips, err := clipped(work, r.County.Areas[i].Shape, drawn)
	if err != nil {
		return fmt.Errorf("area %s: %w", r.County.Areas[i].Code, err)
	}
	for k, o := range r.Options {
		if shares[k][i], err = union(work, r.County.Areas[i].Shape, clips, o.Option); err != nil {
			return fmt.Errorf("area %s: %w", r.County.Areas[i].Code, err)
		}
	}
	return nil
}

// clipped cuts the catchments to an area; those that miss it are left out.
func clipped(work *shape.Worker, area orb.MultiPolygon, drawn []Catchment) ([]clip, error) {
	var clips []clip
	whole := float64(shape.Area(area))
	for _, c := range drawn {
		if whole == 0 || !c.Shape.Bound().Intersects(area.Bound()) {
			continue
		}
		ground, err := work.Intersection(area, c.Shape)
		if err != nil {
			return nil, fmt.Errorf("catchment of site %d: %w", c.Site, err)
		}
		if a := float64(shape.Area(ground)); a > 0 {
			clips = append(clips, clip{c.Site, ground, min(1, a/whole)})
		}
	}
	return clips, nil
}

// wholly is a share that is all but for the rounding of the overlay.
const wholly = 1 - 1e-9

// union returns the share of an area in the clips of the open sites.
func union(work *shape.Worker, area orb.MultiPolygon, clips []clip, o estate.Option) (float64, error) {
	var open []orb.MultiPolygon
	most := 0.0
	for _, c := range clips {
		if o.Status[c.site].Open() {
			open = append(open, c.ground)
			most = max(most, c.share)
		}
	}
	if most >= wholly {
		return 1, nil
	}
	if len(open) < 2 {
		return most, nil
	}
	all, err := work.Union(open...)
	if err != nil {
		return 0, err
	}
	return min(1, float64(shape.Area(all))/float64(shape.Area(area))), nil
}
