package study

import (
	"context"
	"fmt"

	"hubreach/geo"
	"hubreach/internal/walk"
	"hubreach/internal/walk/cache"
)

// graph returns the street graph of the study: the one that was kept when the
// same streets were built before, else a new one, which is kept. Either gives the
// same results.
func (r *Results) graph(ctx context.Context, l *loaded, env Env) (*walk.Graph, error) {
	params := r.Spec.Walk.params()
	got, err := cache.Dir(env.Graphs).Get(l.graphKey(params), func() (*walk.Graph, error) {
		streets, err := l.streets.read(ctx, env)
		if err != nil {
			return nil, err
		}
		o := walk.Options{Workers: env.Workers}
		if len(l.heights) > 0 {
			o.Heights = l.heights
		}
		o.Progress = func(stage string, done, total int) { env.Progress("build the street graph", done, total) }
		return walk.BuildWith(ctx, *streets, l.projection, params, o)
	})
	if err != nil {
		return nil, err
	}
	if got.Unusable != nil {
		env.Warn(fmt.Errorf("the street graph that was kept could not be used, so it was built anew: %w", got.Unusable))
	}
	if got.Unkept != nil {
		env.Warn(fmt.Errorf("the street graph could not be kept, so the next run builds it again: %w", got.Unkept))
	}
	return got.Graph, nil
}

// params returns how the graph is built.
func (w Walk) params() walk.Params {
	p := walk.Params{SnapLimit: geo.Metres(w.SnapLimitM), IslandNodes: w.IslandNodes, Slope: w.slope()}
	for _, profile := range w.Profiles {
		p.Profiles = append(p.Profiles, walk.Profile(profile))
	}
	return p
}

// graphKey stands for all that the graph depends on: the bytes of the streets
// and of the heights, which part of each file is read, and the projection.
func (l *loaded) graphKey(p walk.Params) string {
	inputs := []string{l.projection.Accuracy(), l.streets.sha256, l.streets.in.Layer}
	if p.Slope != walk.Level {
		for _, h := range l.heights {
			inputs = append(inputs, h.sha256, h.in.Layer)
		}
	}
	return walk.Key(p, inputs...)
}
