package report

import (
	"iter"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// areaRow is one area under one option. The option is nil in the rows of the
// layer that no option changes, and the option's columns are then not asked for.
type areaRow struct {
	r       *study.Results
	option  *study.OptionResult
	at      int
	area    *county.Area
	need    need.Area
	reach   estate.AreaReach
	finding outreach.Area
	way     *study.AreaWay // nil: not assessed
	plan    *areaPlan      // nil beside option
}

// counted reports whether the population of the area is known.
func (a areaRow) counted() bool { return a.area.People != county.Unknown }

// transit is the time by public transport, unknown where it was not assessed.
func (a areaRow) transit() value {
	if a.option.TransitMin == nil {
		return value{}
	}
	return minutes(a.option.TransitMin[a.at])
}

// areaColumn is a column of areas.csv. Those that stand is set for say the same
// of an area under every option.
type areaColumn struct {
	column[areaRow]
	stands bool
}

func stands(name, sql string, of func(areaRow) value) areaColumn {
	return areaColumn{column[areaRow]{name, sql, of}, true}
}

func changes(name, sql string, of func(areaRow) value) areaColumn {
	return areaColumn{column[areaRow]{name, sql, of}, false}
}

// areaColumns are the columns of areas.csv, in its order.
//
// People are residents aged 0-19. The columns that depend on how many live in
// the area are empty where the population is not known. rural is empty where
// the class is not known. A covered_share is that of the area's people, told
// at their population points, so that
// covered_0_19 = population_0_19 x covered_share, but for rounding. The columns
// that end in _basis say whether a value was measured, carried or estimated.
//
// The columns after reason that tell of public transport are those of transit.csv
// in the deciding window. near_threshold says which small change would put the
// area into a category or take it out, where one is within a tenth, and
// near_margin how small as a share of the threshold. flips counts the thresholds
// that change its categories by moving a tenth, and flip_thresholds names them.
func areaColumns() []areaColumn {
	return []areaColumn{
		changes("option_id", sqlText, func(a areaRow) value { return text(a.option.Option.ID) }),
		stands("area_code", sqlText, func(a areaRow) value { return text(a.area.Code) }),
		stands("area_name", sqlText, func(a areaRow) value { return text(a.area.Name) }),
		stands("district_code", sqlText, func(a areaRow) value { return text(a.area.District) }),
		stands("settlement", sqlText, func(a areaRow) value { return text(a.r.County.SettlementName(a.area.Settlement)) }),
		stands("rural_urban", sqlText, func(a areaRow) value { return text(a.area.RuralUrban) }),
		stands("population_0_19", sqlReal, func(a areaRow) value { return people(a.area.Residents.Between(0, 19)).when(a.counted()) }),
		stands("need_rank", sqlWhole, func(a areaRow) value { return count(a.need.Rank).when(a.need.Known) }),
		stands("need_score", sqlReal, func(a areaRow) value { return ratio(a.need.Score).when(a.need.Known) }),
		stands("deprivation_decile", sqlWhole, func(a areaRow) value { return count(a.need.DeprivationDecile).when(a.need.DeprivationDecile > 0) }),
		stands("in_need_0_19", sqlReal, func(a areaRow) value { return people(a.need.InNeed).when(a.counted()) }),
		changes("covered_share", sqlReal, func(a areaRow) value { return ratio(a.reach.CoveredShare) }),
		changes("covered_0_19", sqlReal, func(a areaRow) value { return people(a.reach.Covered).when(a.counted()) }),
		changes("nearest_site_id", sqlText, func(a areaRow) value { return siteID(a.r.County, a.reach.Nearest) }),
		changes("walk_min", sqlReal, func(a areaRow) value { return minutes(a.reach.WalkMin) }),
		changes("pushchair_min", sqlReal, func(a areaRow) value { return minutes(a.reach.PushchairMin) }),
		changes("transit_min", sqlReal, func(a areaRow) value { return a.transit() }),
		changes("categories", sqlText, func(a areaRow) value { return joined(a.finding.Categories) }),
		changes("primary_category", sqlText, func(a areaRow) value { return text(a.finding.Primary) }),
		changes("reason", sqlText, func(a areaRow) value { return text(a.finding.Reason) }),

		stands("district_name", sqlText, func(a areaRow) value { return text(a.r.County.DistrictName(a.area.District)) }),
		stands("need_decile", sqlWhole, func(a areaRow) value { return count(a.need.Decile).when(a.need.Known) }),
		stands("in_need_rate", sqlReal, func(a areaRow) value { return ratio(a.need.Rate) }),
		stands("rate_from", sqlText, func(a areaRow) value { return text(a.need.RateFrom) }),
		stands("population_basis", sqlText, func(a areaRow) value { return text(a.area.People) }),
		changes("transit_p90_min", sqlReal, func(a areaRow) value { return a.rides(func(w study.AreaWay) value { return minutes(w.P90) }) }),
		changes("transit_site_id", sqlText, func(a areaRow) value {
			return a.rides(func(w study.AreaWay) value { return siteID(a.r.County, w.Site) })
		}),
		changes("transit_per_hour", sqlReal, func(a areaRow) value {
			return a.rides(func(w study.AreaWay) value { return real(w.PerHour, 2, false) })
		}),
		changes("last_home", sqlText, func(a areaRow) value { return a.rides(func(w study.AreaWay) value { return clock(w.LastHome) }) }),
		changes("round_trip_share", sqlReal, func(a areaRow) value { return a.rides(func(w study.AreaWay) value { return ratio(w.RoundTrip) }) }),
		changes("near_threshold", sqlText, func(a areaRow) value { return text(a.plan.near(a.at)) }),
		changes("near_margin", sqlReal, func(a areaRow) value { return ratio(a.plan.Flips[a.at].Margin) }),
		changes("flips", sqlWhole, func(a areaRow) value { return count(len(a.plan.moves[a.area.Code])) }),
		changes("flip_thresholds", sqlText, func(a areaRow) value { return joined(a.plan.moves[a.area.Code]) }),
		changes("uncovered", sqlFlag, func(a areaRow) value { return flag(a.finding.Uncovered) }),
		stands("rural", sqlFlag, func(a areaRow) value { return flag(a.area.Rural).when(a.area.RuralUrban != "") }),
		stands("walk", sqlText, func(a areaRow) value { return text(walkBasis(a.r)) }),
		stands("settlement_basis", sqlText, func(a areaRow) value { return text(a.area.SettlementFrom) }),
		stands("rural_urban_basis", sqlText, func(a areaRow) value { return text(a.area.RuralUrbanFrom) }),
	}
}

// areasTable is areas.csv: one row per option and area.
func areasTable(r *study.Results) table[areaRow] {
	t := table[areaRow]{name: "areas", rows: func(yield func(areaRow) bool) {
		for k := range r.Options {
			for a := range areaRowsOf(r, k) {
				if !yield(a) {
					return
				}
			}
		}
	}}
	for _, c := range areaColumns() {
		t.columns = append(t.columns, c.column)
	}
	return t
}

// areaRowOf returns area i under option o; o may be nil.
func areaRowOf(r *study.Results, o *study.OptionResult, i int) areaRow {
	a := areaRow{r: r, option: o, at: i, area: &r.County.Areas[i], need: r.Need.Areas[i]}
	if o != nil {
		a.reach, a.finding = o.Areas[i], o.Outreach.Areas[i]
	}
	return a
}

// areaRowsOf yields the areas under option k.
func areaRowsOf(r *study.Results, k int) iter.Seq[areaRow] {
	return func(yield func(areaRow) bool) {
		plan := areaPlanOf(r, k)
		var ways []study.AreaWay
		if r.Transit != nil && len(r.Transit.Windows) > 0 {
			ways = r.Transit.Windows[0].AreaWays(r, openOf(&r.Options[k]))
		}
		for i := range r.County.Areas {
			a := areaRowOf(r, &r.Options[k], i)
			a.plan = plan
			if ways != nil {
				a.way = &ways[i]
			}
			if !yield(a) {
				return
			}
		}
	}
}

// rides is a value of the area's way by public transport, unknown where that was
// not assessed.
func (a areaRow) rides(of func(study.AreaWay) value) value {
	if a.way == nil {
		return value{}
	}
	return of(*a.way)
}

// areaPlan is what the plan of an option says of single areas.
type areaPlan struct {
	*outreach.Plan
	moves map[county.AreaCode][]string // thresholds by the areas that a tenth of them moves
}

func areaPlanOf(r *study.Results, k int) *areaPlan {
	p := &areaPlan{Plan: r.Plan(k), moves: map[county.AreaCode][]string{}}
	for _, m := range p.Moves {
		name := m.Threshold + " up"
		if m.To < m.From {
			name = m.Threshold + " down"
		}
		for _, code := range m.Codes {
			p.moves[code] = append(p.moves[code], name)
		}
	}
	return p
}

// near returns the words of an area that is near a threshold, else none.
func (p *areaPlan) near(i int) string {
	if !p.Flips[i].Close() {
		return ""
	}
	return p.Flips[i].Words
}

// siteID returns the id of site i, unknown for -1.
func siteID(c *county.County, i int) value {
	if i < 0 {
		return value{}
	}
	return text(c.Sites[i].ID)
}
