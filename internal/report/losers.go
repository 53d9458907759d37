package report

import (
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// loserRow is one group under one option.
type loserRow struct {
	r      *study.Results
	option *study.OptionResult
	estate.LoserRow
}

// losersTable is losers.csv: for every option but the baseline, who has a site
// within the walk under the baseline and under the option. In every row
// covered_before + gained - lost = covered_after, but for rounding. lost_share
// is of covered_before, and empty where that is nobody; mean_extra_walk_min is
// empty where nobody loses.
func losersTable(r *study.Results) table[loserRow] {
	return table[loserRow]{
		name: "losers", about: "Who loses and who gains against the baseline, by group",
		rows: func(yield func(loserRow) bool) {
			for k := range r.Options {
				for _, l := range r.Options[k].Losers {
					if !yield(loserRow{r, &r.Options[k], l}) {
						return
					}
				}
			}
		},
		columns: []column[loserRow]{
			{"option_id", sqlText, func(l loserRow) value { return text(l.option.Option.ID) }},
			{"dimension", sqlText, func(l loserRow) value { return text(l.Dimension) }},
			{"group", sqlText, func(l loserRow) value { return text(l.Group) }},
			{"group_name", sqlText, func(l loserRow) value { return text(l.groupName()) }},
			{"people", sqlReal, func(l loserRow) value { return people(l.People) }},
			{"covered_before", sqlReal, func(l loserRow) value { return people(l.Before) }},
			{"covered_after", sqlReal, func(l loserRow) value { return people(l.After) }},
			{"lost", sqlReal, func(l loserRow) value { return people(l.Lost) }},
			{"gained", sqlReal, func(l loserRow) value { return people(l.Gained) }},
			{"lost_share", sqlReal, func(l loserRow) value { return ratio(l.Lost / l.Before).when(l.Before > 0) }},
			{"mean_extra_walk_min", sqlReal, func(l loserRow) value { return minutes(l.ExtraMin).when(l.Lost > 0) }},
			{"walk", sqlText, func(l loserRow) value { return text(walkBasis(l.r)) }},
		},
	}
}

// groupName returns the group as people say it.
func (l loserRow) groupName() string {
	switch l.Dimension {
	case "district":
		return l.r.County.DistrictName(county.DistrictCode(l.Group))
	case "decile":
		return "deprivation decile " + l.Group
	case "age":
		return "aged " + l.Group
	}
	return l.Group
}
