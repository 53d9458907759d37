package report

import (
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// loserRow is one group under one option.
type loserRow struct {
	r      *study.Results
	option *study.OptionResult
	estate.PublicRow
}

// losersTable is losers.csv: for every option but the baseline, who has a site
// within the walk under the baseline and under the option. In every row
// covered_before + gained - lost = covered_after. lost_share
// is of covered_before, and empty where that is nobody; mean_extra_walk_min, in
// whole minutes, is empty where nobody loses. Small numbers are hidden, the same
// ones as in equality.csv, and the others rounded, each by itself, so that
// covered_before may differ by as much from option to option: see "Small
// numbers" in the package's text; hidden names those that are hidden.
func losersTable(r *study.Results) table[loserRow] {
	return table[loserRow]{
		name: "losers", about: "Who loses and who gains against the baseline, by group; small numbers hidden, others rounded",
		rows: func(yield func(loserRow) bool) {
			for k := range r.Options {
				if k == r.Baseline {
					continue
				}
				for _, l := range r.EqualityImpact(k).Rows {
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
			{"group_name", sqlText, func(l loserRow) value { return text(l.r.GroupName(l.Dimension, l.Group)) }},
			{"people", sqlReal, func(l loserRow) value { return publicPeople(l.People) }},
			{"covered_before", sqlReal, func(l loserRow) value { return publicPeople(l.Before()) }},
			{"covered_after", sqlReal, func(l loserRow) value { return publicPeople(l.After()) }},
			{"lost", sqlReal, func(l loserRow) value { return publicPeople(l.Lost) }},
			{"gained", sqlReal, func(l loserRow) value { return publicPeople(l.Gained) }},
			{"lost_share", sqlReal, func(l loserRow) value {
				before := l.Before()
				return ratio(l.Lost.People / before.People).when(before.People > 0 && !before.Suppressed)
			}},
			{"mean_extra_walk_min", sqlReal, func(l loserRow) value { return extraWalk(&l.PublicRow) }},
			{"walk", sqlText, func(l loserRow) value { return text(walkBasis(l.r)) }},
			{"hidden", sqlText, func(l loserRow) value { return hiddenCells(&l.PublicRow) }},
		},
	}
}
