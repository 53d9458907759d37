package estate

import (
	"cmp"
	"slices"
)

// EquityRow is one area for the measures of equity: its people, the share of
// them covered, and how deprived it is (larger is more deprived).
type EquityRow struct {
	People      float64
	Covered     float64
	Deprivation float64
}

// Erreygers returns the Erreygers concentration index of coverage, in [-1, 1]:
// more than 0 when the more deprived are covered more.
//
//	E = 8 cov_P(c, r)
//
// with c the covered share, P people, and r the people-weighted rank from the
// least (0) to the most deprived (1), at the middle of each area's people.
// Areas equally deprived share one middle, so that their order does not matter.
//
// The plain concentration index is not used: for a yes-or-no measure its bounds
// shrink as the mean grows, so that it moves when an option merely covers more
// people. Source: G. Erreygers, "Correcting the concentration index", Journal
// of Health Economics 28 (2009), 504-515; A. Wagstaff, Health Economics 14
// (2005), 429-432.
func Erreygers(rows []EquityRow) float64 {
	rank, total := middles(rows)
	if total == 0 {
		return 0
	}
	meanC, meanR := 0.0, 0.0
	for i, r := range rows {
		meanC += r.People * r.Covered / total
		meanR += r.People * rank[i] / total
	}
	cov := 0.0
	for i, r := range rows {
		cov += r.People / total * (r.Covered - meanC) * (rank[i] - meanR)
	}
	return 8 * cov
}

// middles returns each row's rank by deprivation, 0 least to 1 most, and the
// number of people.
func middles(rows []EquityRow) ([]float64, float64) {
	order := make([]int, 0, len(rows))
	total := 0.0
	for i, r := range rows {
		order = append(order, i)
		total += r.People
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rows[a].Deprivation, rows[b].Deprivation) })
	rank := make([]float64, len(rows))
	before := 0.0
	for k := 0; k < len(order); {
		j, people := k, 0.0
		for ; j < len(order) && rows[order[j]].Deprivation == rows[order[k]].Deprivation; j++ {
			people += rows[order[j]].People
		}
		for ; k < j; k++ {
			if total > 0 {
				rank[order[k]] = (before + people/2) / total
			}
		}
		before += people
	}
	return rank, total
}

// bestErreygers returns an index that no option can exceed when row i can be
// covered at most Covered: E is linear in coverage, so take all that can be had
// from areas of more than the mean deprivation and none from the others.
func bestErreygers(rows []EquityRow) float64 {
	rank, total := middles(rows)
	best := append([]EquityRow(nil), rows...)
	mean := 0.0
	for i, r := range rows {
		mean += ratio(rank[i]*r.People, total)
	}
	for i := range best {
		if rank[i] <= mean {
			best[i].Covered = 0
		}
	}
	return Erreygers(best)
}

// equityRows returns the areas whose need is known, with their people aged 0-19.
func equityRows(in Input, areas []AreaReach, young []float64) []EquityRow {
	rows := make([]EquityRow, 0, len(areas))
	for i := range areas {
		if n := &in.Need.Areas[i]; n.Known {
			rows = append(rows, EquityRow{People: young[i], Covered: areas[i].CoveredShare, Deprivation: n.Score})
		}
	}
	return rows
}
