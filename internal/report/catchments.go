package report

import (
	"context"
	"io"

	"github.com/paulmach/orb"

	"hubreach/internal/study"
)

// catchmentRow is the catchment of one site, for one profile and one number of
// minutes.
type catchmentRow struct {
	r *study.Results
	study.Catchment
}

// catchmentsTable is the catchments layer of the GeoPackage. Catchments are
// those of the sites, whatever an option does with them.
func catchmentsTable(r *study.Results) table[catchmentRow] {
	return table[catchmentRow]{
		name: "catchments", about: "Ground from which each site is reached on foot", kind: "MULTIPOLYGON",
		place: func(c catchmentRow) (orb.Geometry, error) { return c.Shape, nil },
		rows: func(yield func(catchmentRow) bool) {
			for _, c := range r.Catchments {
				if !yield(catchmentRow{r, c}) {
					return
				}
			}
		},
		columns: []column[catchmentRow]{
			{"site_id", sqlText, func(c catchmentRow) value { return siteID(c.r.County, c.Site) }},
			{"profile", sqlText, func(c catchmentRow) value { return text(c.Profile) }},
			{"minutes", sqlReal, func(c catchmentRow) value { return minutes(c.Minutes) }},
			{"area_m2", sqlReal, func(c catchmentRow) value { return metres(c.AreaM2) }},
			{"reached_0_19", sqlReal, func(c catchmentRow) value { return people(c.People) }},
			{"walk", sqlText, func(c catchmentRow) value { return text(walkBasis(c.r)) }},
			{"site_name", sqlText, func(c catchmentRow) value { return siteName(c.r.County, c.Site) }},
		},
	}
}

// writeCatchments writes catchments.geojson.
func writeCatchments(ctx context.Context, w io.Writer, r *study.Results) error {
	return catchmentsTable(r).geoJSON(ctx, w)
}
