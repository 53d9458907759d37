// Package need measures the need of each area three ways: as a score and a rank
// (how intense), as a rate, and as a number of people (how much).
//
// # Why scores are averaged on the Indices' own scale
//
// Averaging ranks lets a very good rank in one domain cancel a very bad one in
// another. The Indices of Deprivation avoid that by stretching the deprived end
// before they add domains up; the same transformation is used here, so that a
// score made of one indicator alone gives back that indicator's national rank.
package need

import (
	"fmt"
	"math"
	"sort"

	"hubreach/internal/county"
)

// Params of Assess. Weights and Youth map indicator ids to weights that need
// not add up to one. Empty Weights: need is told from population alone.
type Params struct {
	Weights map[string]float64
	Rate    []string // indicators that give the share of people in need, best first
	Decile  string   // indicator whose published decile is reported
	Youth   map[string]float64
}

// Area is the need of one area.
type Area struct {
	// Score is 0 to 100, 100 the most in need. Rank 1 is the most in need and is
	// the rank, among Of areas, that an area with this very score would have.
	// Decile 1 is the worst. All are zero when Known is false.
	Score  float64
	Rank   int
	Decile int
	Known  bool
	// DeprivationDecile is the published decile, 0 when not known.
	DeprivationDecile int
	// Rate is the share of residents in need and RateFrom the indicator that
	// gave it. RateFrom is empty where none is published: the mean rate of the
	// district stands in, and with no rate in the study at all everyone counts.
	Rate     float64
	RateFrom string
	// InNeed is the number of residents aged 0-19 in need: people x rate.
	InNeed float64
	// Youth is youth need: residents aged 10-19 x youth score / 100.
	Youth float64
	// YouthRank is 1 for the area with the most youth need.
	YouthRank int
}

// Result is the need of every area, in the order of the county's areas.
type Result struct {
	Areas []Area
	Of    int    // what Rank counts
	Basis string // how need was told, in words
	// PopulationOnly is set when no indicator was given: the rank is by the
	// share of residents aged 0-19, and everyone aged 0-19 counts as in need.
	PopulationOnly bool
	NoRate         bool     // everyone counts as in need, for want of a rate
	Notes          []string // what was not assessed, and stand-ins
}

// Assess measures need. It fails when the parameters name an indicator that the
// county does not have, or mix indicators whose ranks count different numbers
// of areas.
func Assess(c *county.County, p Params) (Result, error) {
	at := map[string]int{}
	for i, ind := range c.Indicators {
		at[ind.ID] = i
	}
	for _, ids := range [][]string{keys(p.Weights), p.Rate, keys(p.Youth), one(p.Decile)} {
		for _, id := range ids {
			if _, ok := at[id]; !ok {
				return Result{}, fmt.Errorf("need: indicator %q: want one of %v", id, indicatorIDs(c))
			}
		}
	}
	r := Result{Areas: make([]Area, len(c.Areas))}
	if len(p.Weights) == 0 {
		r.byPopulation(c)
	} else if err := r.byIndicators(c, p.Weights, at); err != nil {
		return Result{}, err
	}
	r.rates(c, p, at)
	if err := r.youth(c, p.Youth, at); err != nil {
		return Result{}, err
	}
	return r, nil
}

// Transform is the exponential transformation of the Indices of Deprivation:
// rank 1 of n (the most deprived) gives 100, rank n gives nearly 0, and one
// area in ten scores over 50.
//
//	X = -23 ln{ 1 - R [1 - exp(-100/23)] },   R = (n - rank + 1) / n
//
// Source: Office of the Deputy Prime Minister, Scottish Indices of Deprivation
// 2003, appendix 5; the English Indices use the same.
func Transform(rank float64, n int) float64 {
	share := (float64(n) - rank + 1) / float64(n) // R
	return -23 * math.Log(1-share*(1-math.Exp(-100.0/23)))
}

// RankOf is the inverse of Transform: the rank among n areas that has score x.
func RankOf(x float64, n int) float64 {
	share := (1 - math.Exp(-x/23)) / (1 - math.Exp(-100.0/23))
	return float64(n) - share*float64(n) + 1
}

// byIndicators scores each area by the weighted mean of its transformed ranks.
// An indicator without a value for an area is left out there and the other
// weights are scaled up; an area with none at all has no score.
func (r *Result) byIndicators(c *county.County, weights map[string]float64, at map[string]int) error {
	scores, of, err := index(c, weights, at)
	if err != nil {
		return err
	}
	r.Of = of
	national := true
	for id := range weights {
		national = national && c.Indicators[at[id]].Of > len(c.Areas)
	}
	r.Basis = "weighted mean of transformed ranks; the rank is the one that an area with this score has among " + fmt.Sprint(of) + " areas"
	if !national {
		r.Basis = "weighted mean of transformed ranks within the county; no national rank"
	}
	missing := 0
	for i, s := range scores {
		if math.IsNaN(s) {
			missing++
			continue
		}
		rank := RankOf(s, of)
		r.Areas[i].Known = true
		r.Areas[i].Score = s
		r.Areas[i].Rank = int(math.Round(rank))
		r.Areas[i].Decile = decile(rank, of)
	}
	if missing > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("need score: %d areas have none of the indicators", missing))
	}
	return nil
}

// decile returns the tenth of n areas that a rank falls in, 1 to 10. The last
// rank of a tenth belongs to it. A rank that is a whole number but for the
// rounding of its last bits counts as that number.
func decile(rank float64, n int) int {
	if whole := math.Round(rank); math.Abs(rank-whole) < 1e-6 {
		rank = whole
	}
	return max(1, min(10, int(math.Ceil(rank*10/float64(n)))))
}

// index returns the weighted mean of transformed ranks, NaN where there is none.
func index(c *county.County, weights map[string]float64, at map[string]int) ([]float64, int, error) {
	ids := keys(weights)
	of := 0
	for _, id := range ids {
		n := c.Indicators[at[id]].Of
		if weights[id] <= 0 {
			return nil, 0, fmt.Errorf("need: weight of %s is %g: want more than 0", id, weights[id])
		}
		if n == 0 {
			return nil, 0, fmt.Errorf("need: indicator %q has no rank: give its rank column and how many areas it counts, or a value column", id)
		}
		of = max(of, n)
	}
	scores := make([]float64, len(c.Areas))
	for i, a := range c.Areas {
		sum, total := 0.0, 0.0
		for _, id := range ids {
			m := a.Measures[at[id]]
			if m.Rank.Known() {
				sum += weights[id] * Transform(m.Rank.Number, c.Indicators[at[id]].Of)
				total += weights[id]
			}
		}
		scores[i] = math.NaN()
		if total > 0 {
			scores[i] = sum / total
		}
	}
	return scores, of, nil
}

// byPopulation ranks areas by the share of their residents aged 0-19.
func (r *Result) byPopulation(c *county.County) {
	r.PopulationOnly = true
	r.Of = len(c.Areas)
	r.Basis = "population alone: ranked within the county by the share of residents aged 0-19; no deprivation table was given"
	share := make([]float64, len(c.Areas))
	for i := range c.Areas {
		if all := c.Areas[i].Residents.Total(); all > 0 {
			share[i] = c.Areas[i].Residents.Between(0, 19) / all
		}
	}
	for i, rank := range ranks(share) {
		r.Areas[i] = Area{Known: true, Rank: rank, Score: Transform(float64(rank), r.Of), Decile: decile(float64(rank), r.Of)}
	}
	r.Notes = append(r.Notes, "deprivation: no table given, need is told from population alone")
}

// rates gives every area its rate of need and its number of people in need.
func (r *Result) rates(c *county.County, p Params, at map[string]int) {
	from := map[string]int{}
	for i := range c.Areas {
		a := &r.Areas[i]
		a.Rate = 1
		for _, id := range p.Rate {
			if v := c.Areas[i].Measures[at[id]].Rate; v.Known() {
				a.Rate, a.RateFrom = v.Number, id
				break
			}
		}
		from[a.RateFrom]++
		if p.Decile != "" {
			a.DeprivationDecile = int(math.Round(c.Areas[i].Measures[at[p.Decile]].Decile.Number))
		}
	}
	if len(p.Rate) > 0 && from[""] > 0 {
		r.districtRates(c)
	}
	for i := range c.Areas {
		r.Areas[i].InNeed = c.Areas[i].Residents.Between(0, 19) * r.Areas[i].Rate
	}
	if len(p.Rate) == 0 {
		r.NoRate = true
		r.Notes = append(r.Notes, "rate of need: none given, everyone aged 0-19 counts as in need")
		return
	}
	for k, id := range p.Rate {
		if k > 0 && from[id] > 0 {
			r.Notes = append(r.Notes, fmt.Sprintf("rate of need: %s stands in for %s in %d areas where that is not published", id, p.Rate[0], from[id]))
		}
	}
	if from[""] > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("rate of need: not published for %d areas; the mean rate of their district stands in", from[""]))
	}
}

// districtRates gives the areas without a rate the mean rate of the people aged
// 0-19 of their district's other areas; 1 when there is none.
func (r *Result) districtRates(c *county.County) {
	type total struct{ people, inNeed float64 }
	sums := map[county.DistrictCode]total{}
	for i, a := range c.Areas {
		if r.Areas[i].RateFrom != "" {
			n := a.Residents.Between(0, 19)
			t := sums[a.District]
			sums[a.District] = total{t.people + n, t.inNeed + n*r.Areas[i].Rate}
		}
	}
	for i, a := range c.Areas {
		if t := sums[a.District]; r.Areas[i].RateFrom == "" && t.people > 0 {
			r.Areas[i].Rate = t.inNeed / t.people
		}
	}
}

// youth measures youth need and ranks the areas by it, most first.
func (r *Result) youth(c *county.County, weights map[string]float64, at map[string]int) error {
	scores := make([]float64, len(c.Areas))
	if len(weights) == 0 {
		r.Notes = append(r.Notes, "youth need: no youth indicators given, told from residents aged 10-19 alone")
		for i := range scores {
			scores[i] = 100
		}
	} else {
		var err error
		if scores, _, err = index(c, weights, at); err != nil {
			return err
		}
	}
	need := make([]float64, len(c.Areas))
	for i := range c.Areas {
		if !math.IsNaN(scores[i]) {
			need[i] = c.Areas[i].Residents.Between(10, 19) * scores[i] / 100
		}
		r.Areas[i].Youth = need[i]
	}
	for i, rank := range ranks(need) {
		r.Areas[i].YouthRank = rank
	}
	return nil
}

// ranks ranks values from the largest, 1, down; equal values share the better rank.
func ranks(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return values[order[a]] > values[order[b]] })
	out := make([]int, len(values))
	rank := 0
	for k, i := range order {
		if k == 0 || values[i] != values[order[k-1]] {
			rank = k + 1
		}
		out[i] = rank
	}
	return out
}

func keys(m map[string]float64) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func one(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

func indicatorIDs(c *county.County) []string {
	ids := make([]string, len(c.Indicators))
	for i, ind := range c.Indicators {
		ids[i] = ind.ID
	}
	return ids
}
