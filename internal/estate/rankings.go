package estate

import (
	"cmp"
	"slices"
)

// Draw is one draw of everything that is uncertain: how the options score, and
// the weights of the criteria they are scored with.
type Draw struct {
	Scores  []float64 // by option
	Weights []float64 // by criterion, adding up to one
}

// OptionRanking is how one option stands over all draws.
type OptionRanking struct {
	Option OptionID
	// Rank holds the share of draws in which the option has each rank, best
	// first. Options that score the same share their ranks evenly.
	Rank []float64
	// Score is the mean score, ScoreLo and ScoreHi hold 9 draws in 10.
	Score   float64
	ScoreLo float64
	ScoreHi float64
	// Regret is how far an option is behind the best one of a draw.
	RegretMean float64
	RegretMax  float64
	// Central are the mean weights of the draws in which the option comes first,
	// by criterion: what somebody who prefers it values. Nil when it never does.
	Central []float64
}

// First returns the share of draws in which the option comes first.
func (o *OptionRanking) First() float64 { return o.Rank[0] }

// Rankings says how options stand over draws, in the order of options, and the
// share of draws in which each beats each other, equal scores counting half: of
// wins[a][b] and wins[b][a] the sum is one. There is one score per option in
// every draw, and one draw at least; else it panics.
//
// Source: R. Lahdelma and P. Salminen, "SMAA-2", Operations Research 49 (2001),
// 444-454; L. J. Savage, Journal of the American Statistical Association 46
// (1951), 55-67, for regret.
func Rankings(options []OptionID, draws []Draw) (rows []OptionRanking, wins [][]float64) {
	n := len(options)
	rows, wins = make([]OptionRanking, n), make([][]float64, n)
	for i := range rows {
		rows[i] = OptionRanking{Option: options[i], Rank: make([]float64, n)}
		wins[i] = make([]float64, n)
	}
	order := make([]int, n)
	for _, d := range draws {
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(d.Scores[b], d.Scores[a]) })
		for k := 0; k < n; {
			m := k
			for m < n && d.Scores[order[m]] == d.Scores[order[k]] {
				m++
			}
			for _, i := range order[k:m] {
				for rank := k; rank < m; rank++ {
					rows[i].Rank[rank] += 1 / float64(m-k)
				}
				if k == 0 {
					rows[i].favour(d.Weights, 1/float64(m))
				}
			}
			k = m
		}
		best := d.Scores[order[0]]
		for i := range rows {
			rows[i].Score += d.Scores[i]
			rows[i].RegretMean += best - d.Scores[i]
			rows[i].RegretMax = max(rows[i].RegretMax, best-d.Scores[i])
			for j := range rows {
				wins[i][j] += beats(d.Scores[i], d.Scores[j])
			}
		}
	}
	scores := make([]float64, len(draws))
	for i := range rows {
		for k, d := range draws {
			scores[k] = d.Scores[i]
		}
		slices.Sort(scores)
		rows[i].ScoreLo, rows[i].ScoreHi = quantile(scores, 0.05), quantile(scores, 0.95)
		for k := range rows[i].Central {
			rows[i].Central[k] /= rows[i].Rank[0]
		}
		count := float64(len(draws))
		rows[i].Score /= count
		rows[i].RegretMean /= count
		for j := range rows {
			rows[i].Rank[j] /= count
			wins[i][j] /= count
		}
	}
	return rows, wins
}

// favour adds the weights of a draw in which the option comes first.
func (o *OptionRanking) favour(weights []float64, share float64) {
	if o.Central == nil {
		o.Central = make([]float64, len(weights))
	}
	for k, w := range weights {
		o.Central[k] += share * w
	}
}

func beats(a, b float64) float64 {
	switch {
	case a > b:
		return 1
	case a == b:
		return 0.5
	}
	return 0
}

// quantile returns a quantile of sorted values, linear between order statistics
// (Hyndman and Fan's type 7).
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	lo := int(at)
	hi := min(lo+1, len(sorted)-1)
	return sorted[lo] + (at-float64(lo))*(sorted[hi]-sorted[lo])
}
