package report

import (
	"github.com/paulmach/orb"

	"hubreach/internal/county"
	"hubreach/internal/study"
)

// siteRow is one site under one option.
type siteRow struct {
	r      *study.Results
	option *study.OptionResult
	at     int
	site   *county.Site
}

// sitesTable is sites.csv: one row per option and site, those outside the county
// and those that the option closes included. A closed site reaches nobody.
// hub_required says that the building threshold would be passed without the
// site, see estate.Required. easting and northing are British National Grid.
func sitesTable(r *study.Results) table[siteRow] {
	return table[siteRow]{
		name: "sites", about: "Every site under every option; filter by option_id", kind: "POINT",
		place: func(s siteRow) (orb.Geometry, error) { return orb.Point(s.site.At), nil },
		rows: func(yield func(siteRow) bool) {
			for k := range r.Options {
				for i := range r.County.Sites {
					if !yield(siteRow{r: r, option: &r.Options[k], at: i, site: &r.County.Sites[i]}) {
						return
					}
				}
			}
		},
		columns: []column[siteRow]{
			{"option_id", sqlText, func(s siteRow) value { return text(s.option.Option.ID) }},
			{"site_id", sqlText, func(s siteRow) value { return text(s.site.ID) }},
			{"name", sqlText, func(s siteRow) value { return text(s.site.Name) }},
			{"district_code", sqlText, func(s siteRow) value { return text(s.site.District) }},
			{"status", sqlText, func(s siteRow) value { return text(s.option.Option.Status[s.at].String()) }},
			{"reached_0_19", sqlReal, func(s siteRow) value { return people(s.option.Sites[s.at].Reached) }},
			{"reached_in_need", sqlReal, func(s siteRow) value { return people(s.option.Sites[s.at].ReachedInNeed) }},
			{"only_here_0_19", sqlReal, func(s siteRow) value { return people(s.option.Sites[s.at].OnlyHere) }},
			{"only_here_in_need", sqlReal, func(s siteRow) value { return people(s.option.Sites[s.at].OnlyHereInNeed) }},
			{"hub_required", sqlFlag, func(s siteRow) value { return flag(s.option.Required[s.at]) }},
			{"youth_space", sqlText, func(s siteRow) value { return text(s.site.YouthSpace.String()) }},

			{"kind", sqlText, func(s siteRow) value { return text(s.site.Kind) }},
			{"postcode", sqlText, func(s siteRow) value { return text(s.site.Postcode) }},
			{"settlement", sqlText, func(s siteRow) value { return text(s.r.County.SettlementName(s.site.Settlement)) }},
			{"easting", sqlReal, func(s siteRow) value { return metres(s.site.At.Easting()) }},
			{"northing", sqlReal, func(s siteRow) value { return metres(s.site.At.Northing()) }},
			{"annual_cost_gbp", sqlReal, func(s siteRow) value { cost, known := s.site.Cost.Annual(); return pounds(cost).when(known) }},
			{"outside_county", sqlFlag, func(s siteRow) value { return flag(s.site.Outside()) }},
			{"walk", sqlText, func(s siteRow) value { return text(walkBasis(s.r)) }},
		},
	}
}
