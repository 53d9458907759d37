package study

import (
	"context"
	"errors"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/reach"
)

// FitDetour fits the detour factor of straight-line walks to the ready-made
// catchments of a study: which factor, at speedKmh, is wrong about the fewest
// population points. speedKmh is that of the engine that made the catchments.
func FitDetour(ctx context.Context, s Spec, speedKmh float64, env Env) (reach.Fit, error) {
	env = env.withDefaults()
	s.Points.Method = "" // points are what the factor is fitted at
	r, l, err := join(ctx, s, env)
	if err != nil {
		return reach.Fit{}, err
	}
	if len(l.catchments) == 0 {
		return reach.Fit{}, errors.New("fit a detour factor: want an input with role \"catchments\"")
	}
	points := make([]geo.Grid, len(r.County.Points))
	for i, p := range r.County.Points {
		points[i] = p.At
	}
	m, err := r.readyMade(ctx, l, points, env)
	if err != nil {
		return reach.Fit{}, err
	}
	var places []reach.PlaceCatchments
	for i, cs := range m.sites {
		if len(cs) > 0 {
			places = append(places, reach.PlaceCatchments{Place: r.County.Sites[i].At, Catchments: cs})
		}
	}
	env.Progress("fit the detour factor", 0, 1)
	return reach.FitDetour(shape.NewWorker(), points, places, speedKmh)
}
