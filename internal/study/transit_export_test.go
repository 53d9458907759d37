package study

import (
	"context"

	"hubreach/geo"
	"hubreach/internal/reach"
)

// MeasureTransit runs a study as far as the journeys by public transport, and
// measures nothing else but the walks to its sites.
func MeasureTransit(ctx context.Context, s Spec, env Env) (*Results, *TransitTimes, error) {
	env = env.withDefaults()
	r, l, err := join(ctx, s, env)
	if err != nil {
		return nil, nil, err
	}
	m, err := r.method(ctx, l, env)
	if err != nil {
		return nil, nil, err
	}
	w := &walks{}
	sites := make([]geo.Grid, len(r.County.Sites))
	for i, s := range r.County.Sites {
		sites[i] = s.At
	}
	r.walks = map[string]*reach.Matrix{}
	for p, profile := range s.Walk.Profiles {
		found, err := each(ctx, m, p, sites, true, nil, env, "walk")
		if err != nil {
			return nil, nil, err
		}
		w.sites = append(w.sites, reach.NewMatrix(len(r.County.Points), found.times))
		r.walks[profile.Name] = w.sites[p]
	}
	t, err := measureTransit(ctx, r, l, m, w, env)
	return r, t, err
}
