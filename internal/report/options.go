package report

import (
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// optionPart is one option in summary.json. Numbers in Outreach are areas, those
// in Targets target areas.
type optionPart struct {
	ID               estate.OptionID `json:"id"`
	Name             string          `json:"name"`
	Rank             int             `json:"rank"`
	Score            value           `json:"score"`
	OpenSites        int             `json:"open_sites"`
	Covered          value           `json:"covered_0_19"`
	CoveredShare     value           `json:"covered_share_0_19"`
	CoveredShareD1   value           `json:"covered_share_0_19_decile_1"`
	CoveredInNeed    value           `json:"covered_in_need"`
	Equity           value           `json:"equity_index"`
	MeanWalkMin      value           `json:"mean_walk_min"`
	AnnualCost       value           `json:"annual_cost_gbp"`
	Outreach         categoryCounts  `json:"outreach"`
	Warranted        []townPart      `json:"building_warranted"`
	About            value           `json:"about"`
	CoveredNeedShare value           `json:"covered_share_in_need"`
	ScoreValues      []scorePart     `json:"score_values"`
	YouthDistricts   []string        `json:"youth_districts"` // null when no site says whether it has a youth space
	HubRequired      []county.SiteID `json:"hub_required"`
	Targets          categoryCounts  `json:"outreach_targets"`
	Losers           losersPart      `json:"losers"`
	ByTransit        value           `json:"by_public_transport_0_19"` // or on foot, within the thresholds' transit_min; null: not assessed
	ByTransitInNeed  value           `json:"by_public_transport_in_need"`
	Plan             *planPart       `json:"outreach_plan"`
	Transit          []transitPart   `json:"public_transport"` // by window and profile; null: not assessed
	Sure             *surePart       `json:"uncertainty"`
	Fair             *fairPart       `json:"fairness"`
	Best             *bestPart       `json:"distance_from_best"`
}

// categoryCounts counts by category, in the order of the cabinet paper.
type categoryCounts struct {
	EdgeOfTown    int `json:"edge_of_town"`
	WholeTown     int `json:"whole_town"`
	Rural         int `json:"rural"`
	DetachedYouth int `json:"detached_youth"`
}

func countsOf(of func(outreach.Category) int) categoryCounts {
	return categoryCounts{of(outreach.EdgeOfTown), of(outreach.WholeTown), of(outreach.Rural), of(outreach.DetachedYouth)}
}

// townPart is a settlement whose people in need out of reach warrant a building.
type townPart struct {
	Settlement string              `json:"settlement"`
	ID         county.SettlementID `json:"settlement_id"`
	InNeed     value               `json:"in_need_outside"`
	Crosses    bool                `json:"crosses_county_line"`
}

type scorePart struct {
	Criterion estate.Criterion `json:"criterion"`
	Raw       value            `json:"raw"`
	Scaled    value            `json:"scaled"`
}

// losersPart counts residents aged 0-19 against the baseline; the baseline
// itself has none.
type losersPart struct {
	Lost   value `json:"lost_0_19"`
	Gained value `json:"gained_0_19"`
}

// wholePartOf is option k in summary.json.
func wholePartOf(r *study.Results, a *study.Appraisal, k int) optionPart {
	p := optionPartOf(r, &r.Options[k])
	p.appraise(r, a, k)
	plan := planPartOf(r, k)
	p.Plan, p.Transit = &plan, transitPartsOf(r, k)
	return p
}

// optionPartOf says of an option what needs no plan.
func optionPartOf(r *study.Results, o *study.OptionResult) optionPart {
	assessed := o.TransitMin != nil
	p := optionPart{
		ID: o.Option.ID, Name: o.Option.Name, About: text(o.Option.About),
		Rank: o.Score.Rank, Score: ratio(o.Score.Score), OpenSites: len(o.Option.OpenSites()),
		Covered: people(o.Covered), CoveredShare: ratio(o.CoveredShare()), CoveredShareD1: decile1Share(o),
		CoveredInNeed: people(o.CoveredInNeed), CoveredNeedShare: ratio(o.CoveredInNeed / o.InNeed),
		Equity: ratio(o.Equity), MeanWalkMin: minutes(o.MeanWalkMin),
		AnnualCost:  pounds(o.AnnualCost).when(o.Costed),
		Outreach:    countsOf(o.Outreach.Count),
		Targets:     countsOf(func(c outreach.Category) int { return targetCount(o.Outreach.Targets, c) }),
		Warranted:   []townPart{},
		ScoreValues: []scorePart{},
		HubRequired: []county.SiteID{},
		Losers:      losersOf(o.Losers),
		ByTransit:   people(o.ByTransit).when(assessed), ByTransitInNeed: people(o.ByTransitInNeed).when(assessed),
	}
	for _, t := range o.Outreach.Towns {
		if t.Warrants {
			p.Warranted = append(p.Warranted, townPart{t.Name, t.Settlement, people(t.InNeedOutside), t.Crosses})
		}
	}
	for i, v := range o.Score.Values {
		p.ScoreValues = append(p.ScoreValues, scorePart{r.Scales[i].Criterion, ratio(v.Raw), ratio(v.Scaled)})
	}
	if o.YouthStated {
		p.YouthDistricts = []string{}
	}
	for _, d := range o.YouthDistricts {
		p.YouthDistricts = append(p.YouthDistricts, string(d))
	}
	for i, required := range o.Required {
		if required {
			p.HubRequired = append(p.HubRequired, r.County.Sites[i].ID)
		}
	}
	return p
}

// decile1Share is unknown when nobody is known to live in decile 1.
func decile1Share(o *study.OptionResult) value {
	return ratio(o.CoveredDecile1 / o.PeopleDecile1)
}

func targetCount(ts []outreach.Target, c outreach.Category) int {
	n := 0
	for _, t := range ts {
		if t.Category == c {
			n++
		}
	}
	return n
}

func losersOf(rows []estate.LoserRow) losersPart {
	i := slices.IndexFunc(rows, func(l estate.LoserRow) bool { return l.Dimension == "county" })
	if i < 0 {
		return losersPart{people(0), people(0)}
	}
	return losersPart{people(rows[i].Lost), people(rows[i].Gained)}
}

// optionsTable is the options layer of the GeoPackage: the numbers of
// summary.json side by side.
func optionsTable(r *study.Results) table[optionPart] {
	return table[optionPart]{
		name: "options", about: "The options side by side",
		rows: func(yield func(optionPart) bool) {
			for k := range r.Options {
				if !yield(optionPartOf(r, &r.Options[k])) {
					return
				}
			}
		},
		columns: []column[optionPart]{
			{"option_id", sqlText, func(o optionPart) value { return text(o.ID) }},
			{"name", sqlText, func(o optionPart) value { return text(o.Name) }},
			{"rank", sqlWhole, func(o optionPart) value { return count(o.Rank) }},
			{"score", sqlReal, func(o optionPart) value { return o.Score }},
			{"open_sites", sqlWhole, func(o optionPart) value { return count(o.OpenSites) }},
			{"covered_0_19", sqlReal, func(o optionPart) value { return o.Covered }},
			{"covered_share_0_19", sqlReal, func(o optionPart) value { return o.CoveredShare }},
			{"covered_share_0_19_decile_1", sqlReal, func(o optionPart) value { return o.CoveredShareD1 }},
			{"covered_in_need", sqlReal, func(o optionPart) value { return o.CoveredInNeed }},
			{"equity_index", sqlReal, func(o optionPart) value { return o.Equity }},
			{"mean_walk_min", sqlReal, func(o optionPart) value { return o.MeanWalkMin }},
			{"annual_cost_gbp", sqlReal, func(o optionPart) value { return o.AnnualCost }},
			{"edge_of_town", sqlWhole, func(o optionPart) value { return count(o.Outreach.EdgeOfTown) }},
			{"whole_town", sqlWhole, func(o optionPart) value { return count(o.Outreach.WholeTown) }},
			{"rural", sqlWhole, func(o optionPart) value { return count(o.Outreach.Rural) }},
			{"detached_youth", sqlWhole, func(o optionPart) value { return count(o.Outreach.DetachedYouth) }},
			{"lost_0_19", sqlReal, func(o optionPart) value { return o.Losers.Lost }},
			{"gained_0_19", sqlReal, func(o optionPart) value { return o.Losers.Gained }},
			{"by_public_transport_0_19", sqlReal, func(o optionPart) value { return o.ByTransit }},
			{"by_public_transport_in_need", sqlReal, func(o optionPart) value { return o.ByTransitInNeed }},
		},
	}
}
