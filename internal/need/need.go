package need

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"hubreach/internal/county"
)

// Params of Assess. Weights and Youth map indicator ids to weights that need
// not add up to one; an indicator of weight 0 is left out. Empty Weights: need
// is told from population alone.
type Params struct {
	Weights map[string]float64
	Rate    []string // indicators that give the share of people in need, best first
	Decile  string   // indicator whose published decile is reported; empty: none
	Youth   map[string]float64
}

// Area is the need of one area.
type Area struct {
	// Score is 0 to 100, 100 the most in need. Rank 1 is the most in need and is
	// the rank, among Result.Of areas, of one indicator with this very score.
	// Decile 1 is the worst. All are zero when Known is false.
	Score  float64
	Rank   int
	Decile int
	Known  bool
	// DeprivationDecile is the published decile, 0 when not known.
	DeprivationDecile int
	// Rate is the share of residents in need and RateFrom the indicator that
	// gave it. RateFrom is empty where none is published: the mean rate of the
	// district stands in, that of the county where the district has none, and
	// with no rate in the study at all everyone counts.
	Rate     float64
	RateFrom string
	// InNeed is the number of residents aged 0-19 in need: people x rate.
	InNeed float64
	// Youth is youth need: residents aged 10-19 x youth score / 100, 0 where no
	// youth indicator is known.
	Youth float64
	// YouthRank is 1 for the area with the most youth need; equals share the
	// better rank.
	YouthRank int
}

// Result is the need of every area, in the order of the county's areas. It is
// never changed once made.
type Result struct {
	Areas []Area
	Of    int    // what Rank counts
	Basis string // how need was told, in words
	// PopulationOnly is set when no indicator was given: the rank is by the
	// share of residents aged 0-19, and everyone aged 0-19 counts as in need
	// unless a rate is given.
	PopulationOnly bool
	// Local is set when the rank counts the county's own areas only.
	Local  bool
	NoRate bool     // everyone counts as in need, for want of a rate
	Notes  []string // what was not assessed, stand-ins, and what is counted twice
}

// Assess measures need. It fails when the parameters name an indicator that the
// county does not have, give one without a rank a weight, or give weights that
// are not usable.
func Assess(c *county.County, p Params) (Result, error) {
	a := assessor{county: c, at: map[string]int{}, r: Result{Areas: make([]Area, len(c.Areas))}}
	for i, ind := range c.Indicators {
		a.at[ind.ID] = i
	}
	named := slices.Concat(slices.Collect(maps.Keys(p.Weights)), p.Rate, slices.Collect(maps.Keys(p.Youth)))
	if p.Decile != "" {
		named = append(named, p.Decile)
	}
	slices.Sort(named)
	for _, id := range named {
		if _, ok := a.at[id]; !ok {
			return Result{}, fmt.Errorf("need: indicator %q: want one of %s", id, a.ids())
		}
	}
	if err := a.score(p.Weights); err != nil {
		return Result{}, err
	}
	a.rates(p.Rate)
	a.deciles(p.Decile)
	if err := a.youth(p.Youth); err != nil {
		return Result{}, err
	}
	return a.r, nil
}

// assessor holds what the steps of Assess share.
type assessor struct {
	county *county.County
	at     map[string]int // indicator to its position
	r      Result
}

// ids lists the county's indicators for a message.
func (a *assessor) ids() string {
	if len(a.county.Indicators) == 0 {
		return "none: the study has no indicators"
	}
	ids := make([]string, len(a.county.Indicators))
	for i, ind := range a.county.Indicators {
		ids[i] = ind.ID
	}
	return strings.Join(ids, ", ")
}

// note adds a sentence to the result.
func (a *assessor) note(format string, args ...any) {
	a.r.Notes = append(a.r.Notes, fmt.Sprintf(format, args...))
}

// deciles copies the published deciles.
func (a *assessor) deciles(id string) {
	if id == "" {
		return
	}
	for i := range a.r.Areas {
		a.r.Areas[i].DeprivationDecile = int(math.Round(a.county.Areas[i].Measures[a.at[id]].Decile.Number))
	}
}

// areas writes a number of areas: "1 area", "2 areas".
func areas(n int) string {
	if n == 1 {
		return "1 area"
	}
	return fmt.Sprintf("%d areas", n)
}
