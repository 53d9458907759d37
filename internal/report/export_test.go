package report

import (
	"context"
	"io"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/study"
)

// SitesCSV writes sites.csv alone, for fuzzing.
func SitesCSV(ctx context.Context, w io.Writer, r *study.Results) error {
	return sitesTable(r).csv(ctx, w)
}

// Degrees exposes how a catchment is turned into degrees.
func Degrees(j *geo.Projection, m orb.MultiPolygon) (orb.MultiPolygon, int, error) {
	g := geoJSON{projection: j, work: shape.NewWorker()}
	return g.degrees(m)
}

// Exactly stands for degrees written with all their decimals.
const Exactly = exactly
