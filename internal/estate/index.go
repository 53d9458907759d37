package estate

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"hubreach/internal/county"
	"hubreach/internal/need"
)

// Normalisation is a way of making indicators comparable before they are added
// up into an index of need.
type Normalisation string

// The normalisations. Exponential is that of the Indices of Deprivation, which
// the study itself uses, and Percentile the plain national rank; ZScore (in
// standard deviations, weighted by residents) and MinMax scale within the county
// the published scores, else rates, else ranks: whichever every area has.
const (
	Exponential Normalisation = "exp"
	ZScore      Normalisation = "z"
	MinMax      Normalisation = "minmax"
	Percentile  Normalisation = "percentile"
)

// Normalisations lists the normalisations.
var Normalisations = [...]Normalisation{Exponential, ZScore, MinMax, Percentile}

// Index makes a study's index of need again with other weights and other
// normalisations. It is never changed once made.
type Index struct {
	IDs      []string  // indicators with a weight, ascending
	Declared []float64 // their declared weights, adding up to one
	need     need.Result
	values   map[Normalisation][][]float64 // by indicator and area, larger more in need, NaN not known
	deciles  []int                         // of the areas whose need is known, worst first
	ranks    []int
}

// NewIndex prepares the index of need n, made with the given weights. Without
// weights, when need is told from population alone, IDs is empty and Need gives
// back n.
func NewIndex(c *county.County, n need.Result, weights map[string]float64) *Index {
	x := &Index{need: n, values: map[Normalisation][][]float64{}}
	sum := 0.0
	for _, id := range slices.Sorted(maps.Keys(weights)) {
		k := slices.IndexFunc(c.Indicators, func(i county.Indicator) bool { return i.ID == id })
		if k < 0 || weights[id] <= 0 {
			continue
		}
		x.IDs, x.Declared = append(x.IDs, id), append(x.Declared, weights[id])
		sum += weights[id]
		x.add(c, k)
	}
	for i := range x.Declared {
		x.Declared[i] /= sum
	}
	for _, a := range n.Areas {
		if a.Known {
			x.deciles, x.ranks = append(x.deciles, a.Decile), append(x.ranks, a.Rank)
		}
	}
	slices.Sort(x.deciles)
	slices.Sort(x.ranks)
	return x
}

// add normalises one indicator in every way.
func (x *Index) add(c *county.County, k int) {
	n := len(c.Areas)
	exp, share, score, rate := unknown(n), unknown(n), unknown(n), unknown(n)
	weight := make([]float64, n)
	scored, rated := true, true // every area with a rank has a score, has a rate
	for i := range c.Areas {
		m := &c.Areas[i].Measures[k]
		weight[i] = c.Areas[i].Residents.Total()
		if !m.Rank.Known() {
			continue
		}
		of := c.Indicators[k].Of
		exp[i] = need.Transform(m.Rank.Number, of)
		share[i] = 1 - (m.Rank.Number-0.5)/float64(of)
		score[i], rate[i] = m.Score.Number, m.Rate.Number
		scored, rated = scored && m.Score.Known(), rated && m.Rate.Known()
	}
	raw := slices.Clone(share)
	switch {
	case scored:
		raw = score
	case rated:
		raw = rate
	}
	if against(raw, share) {
		for i := range raw {
			raw[i] = -raw[i]
		}
	}
	mean, sd, lo, hi := moments(raw, weight)
	z, scaled := unknown(n), unknown(n)
	for i, v := range raw {
		z[i], scaled[i] = over(v-mean, sd), over(v-lo, hi-lo)
	}
	for name, values := range map[Normalisation][]float64{Exponential: exp, ZScore: z, MinMax: scaled, Percentile: share} {
		x.values[name] = append(x.values[name], values)
	}
}

func unknown(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = math.NaN()
	}
	return v
}

// over divides; when every area is the same, 0.
func over(a, b float64) float64 {
	if b == 0 && !math.IsNaN(a) {
		return 0
	}
	return a / b
}

// against reports whether raw falls where share grows: then low values are the
// deprived end.
func against(raw, share []float64) bool {
	var n, a, b, ab float64
	for i := range raw {
		if !math.IsNaN(raw[i]) {
			n, a, b, ab = n+1, a+raw[i], b+share[i], ab+raw[i]*share[i]
		}
	}
	return n > 0 && ab/n < a/n*b/n
}

// moments returns the mean and standard deviation, weighted, and the ends.
func moments(v, weight []float64) (mean, sd, lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	sum := 0.0
	for i, x := range v {
		if !math.IsNaN(x) {
			sum, mean = sum+weight[i], mean+weight[i]*x
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	mean = ratio(mean, sum)
	for i, x := range v {
		if !math.IsNaN(x) {
			sd += weight[i] * (x - mean) * (x - mean)
		}
	}
	return mean, math.Sqrt(ratio(sd, sum)), lo, hi
}

// Need returns the study's need with the areas in the order of another index:
// weights are one per ID. The scores are those of the index and serve to order
// the areas only; ranks and deciles are the study's own, given out anew in that
// order, so that as many areas are in each decile as before. Rates and people in
// need stay.
func (x *Index) Need(by Normalisation, weights []float64) need.Result {
	n := x.need
	if len(x.IDs) == 0 {
		return n
	}
	n.Areas = slices.Clone(n.Areas)
	var order []int
	for i := range n.Areas {
		if !n.Areas[i].Known {
			continue
		}
		sum, total := 0.0, 0.0
		for k, values := range x.values[by] {
			if v := values[i]; !math.IsNaN(v) {
				sum, total = sum+weights[k]*v, total+weights[k]
			}
		}
		n.Areas[i].Score = ratio(sum, total)
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(n.Areas[b].Score, n.Areas[a].Score), cmp.Compare(x.need.Areas[a].Rank, x.need.Areas[b].Rank))
	})
	for k, i := range order {
		n.Areas[i].Decile, n.Areas[i].Rank = x.deciles[k], x.ranks[k]
	}
	return n
}
