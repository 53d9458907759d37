package study

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"hubreach/internal/estate"
)

// Budget says what pays for the buildings. What is left out is not stated.
type Budget struct {
	Grant *float64 `toml:"grant_gbp" json:"grant_gbp,omitempty"` // pounds a year from grants, for running and staffing
	Base  *float64 `toml:"base_gbp" json:"base_gbp,omitempty"`   // pounds a year of the council's own
	// Crowded is how many people in need a place make a building crowded; 0: the
	// upper quartile over the baseline's open hubs, see estate.CrowdingThreshold.
	Crowded float64 `toml:"crowded" json:"crowded,omitempty"`
}

// Performance is a table of options over declared criteria, with what follows
// from it. Options are in the order asked for.
type Performance struct {
	Options  []estate.OptionID
	Rows     []PerformanceRow
	Swings   []Swing
	Dominate [][2]int // positions in Options: the first is as good as the second on every scored criterion, and better on one
	Rivals   []Rival  // by score: each option but the last, and the next after it
	Crowded  float64  // people in need a place over which a building is flagged; 0: none is
	Fits     [][]estate.SiteFit
	Ties     []estate.Difference // of the options compared, those that the data cannot tell apart
}

// PerformanceRow is one criterion. Values are by option, NaN where not known.
type PerformanceRow struct {
	ID, Title, Unit string
	More            bool // more is better
	Values          []float64
}

// Swing says how much of the score hangs on one scored criterion among the
// options compared: the weight, times the distance between the worst and the best
// of them on the criterion's fixed scale.
type Swing struct {
	Criterion    estate.Criterion
	Weight, Span float64
	Best         int // position in Options; the first of equals
}

// Share is the part of a score, 0 to 1, that the criterion decides.
func (s Swing) Share() float64 { return s.Weight * s.Span }

// Rival says how an option stands beside the next one.
type Rival struct {
	Option, Next int // positions in Options
	Lead         float64
	Words        string // a few sentences
}

// Performance puts options beside each other, at least one. A tie is told where
// the bands of the difference hold no difference at all. The error wraps
// estate.ErrNoOption, or is that of ctx.
func (r *Results) Performance(ctx context.Context, env Env, ids ...estate.OptionID) (*Performance, error) {
	if len(ids) == 0 || len(r.Options) == 0 {
		return nil, r.noOption("")
	}
	var at []int
	for _, id := range ids {
		_, k, ok := r.Option(id)
		if !ok {
			return nil, r.noOption(id)
		}
		if !slices.Contains(at, k) {
			at = append(at, k)
		}
	}
	p := &Performance{}
	base := estate.Fit(r.input, r.Options[r.Baseline].Assessment, 0)
	if p.Crowded = r.Spec.Budget.Crowded; p.Crowded == 0 {
		p.Crowded = estate.CrowdingThreshold(base)
	}
	for _, k := range at {
		p.Options = append(p.Options, r.Options[k].Option.ID)
		p.Fits = append(p.Fits, estate.Fit(r.input, r.Options[k].Assessment, p.Crowded))
	}
	r.performanceRows(p, at)
	r.swings(p, at)
	r.dominance(p, at)
	sure, err := r.Appraise(ctx, env)
	if err != nil {
		return nil, err
	}
	tied := map[[2]int]bool{}
	for _, pair := range sure.Uncertainty.Pairs {
		a, b := slices.Index(at, pair.A), slices.Index(at, pair.B)
		for _, d := range pair.Differences {
			if d.Tie && a >= 0 && b >= 0 {
				p.Ties = append(p.Ties, d)
				if d.Figure == estate.FigureInNeed {
					tied[[2]int{a, b}], tied[[2]int{b, a}] = true, true
				}
			}
		}
	}
	r.rivals(p, at, tied)
	return p, nil
}

// performanceRows fills in the table.
func (r *Results) performanceRows(p *Performance, at []int) {
	budget := r.Spec.Budget
	known := func(v float64, ok bool) float64 {
		if !ok {
			return math.NaN()
		}
		return v
	}
	type of = func(n int, o *OptionResult) float64
	add := func(id, title, unit string, more bool, value of) {
		row := PerformanceRow{ID: id, Title: title, Unit: unit, More: more}
		for n, k := range at {
			row.Values = append(row.Values, value(n, &r.Options[k]))
		}
		if slices.ContainsFunc(row.Values, func(v float64) bool { return !math.IsNaN(v) }) {
			p.Rows = append(p.Rows, row)
		}
	}
	const more, less = true, false
	minutes := fmt.Sprintf("within %g minutes", r.Spec.Walk.Minutes)
	add("score", "Score", "", more, func(_ int, o *OptionResult) float64 { return o.Score.Score })
	add("open_sites", "Open hubs", "buildings", less, func(_ int, o *OptionResult) float64 { return float64(len(o.Option.OpenSites())) })
	add("covered_in_need", "People in need "+minutes, "people", more, func(_ int, o *OptionResult) float64 { return o.CoveredInNeed })
	add("covered_0_19", "Aged 0-19 "+minutes, "people", more, func(_ int, o *OptionResult) float64 { return o.Covered })
	add("covered_share_0_19_decile_1", "Of the most deprived tenth", "share", more, func(_ int, o *OptionResult) float64 {
		return known(o.CoveredDecile1/o.PeopleDecile1, o.PeopleDecile1 > 0)
	})
	add("equity_index", "Equity index", "", more, func(_ int, o *OptionResult) float64 { return o.Equity })
	add("mean_walk_min", "Mean walk", "minutes", less, func(_ int, o *OptionResult) float64 { return o.MeanWalkMin })
	add("by_public_transport_in_need", fmt.Sprintf("In need within %g minutes by public transport or on foot", r.Thresholds.TransitMinutes), "people", more,
		func(_ int, o *OptionResult) float64 { return known(o.ByTransitInNeed, o.TransitMin != nil) })
	add("youth_districts", "Districts with an open youth space", fmt.Sprintf("of %d districts", len(r.County.Districts)), more,
		func(_ int, o *OptionResult) float64 { return known(float64(len(o.YouthDistricts)), o.YouthStated) })
	add("in_need_per_place", "People in need a place, over the hubs that state theirs", "people", less, func(n int, _ *OptionResult) float64 { return crowding(p.Fits[n]) })
	add("flagged_sites", "Hubs crowded or not fit for all", "buildings", less, func(n int, _ *OptionResult) float64 { return float64(flagged(p.Fits[n])) })
	add("annual_cost_gbp", "Running and staffing", "pounds a year", less, func(_ int, o *OptionResult) float64 { return known(o.AnnualCost, o.Costed) })
	if budget.Grant != nil {
		add("from_base_budget_gbp", "Left to the base budget after the grant", "pounds a year", less, func(_ int, o *OptionResult) float64 {
			return known(max(0, o.AnnualCost-*budget.Grant), o.Costed)
		})
		if budget.Base != nil {
			add("over_budget_gbp", "Over grant and base budget", "pounds a year", less, func(_ int, o *OptionResult) float64 {
				return known(max(0, o.AnnualCost-*budget.Grant-*budget.Base), o.Costed)
			})
		}
	}
	add("left_in_need", "People in need left to outreach", "people", less, func(_ int, o *OptionResult) float64 { return o.InNeed - o.CoveredInNeed })
	add("outreach_targets", "Target areas for outreach", "areas", less, func(_ int, o *OptionResult) float64 { return float64(len(o.Outreach.Targets)) })
	add("lost_0_19", "Aged 0-19 who lose their hub", "people", less, func(_ int, o *OptionResult) float64 {
		if len(o.Losers) == 0 {
			return 0
		}
		return o.Losers[0].Lost
	})
}

// crowding is the people in need a place over the sites that state their places.
func crowding(fits []estate.SiteFit) float64 {
	people, places := 0.0, 0.0
	for _, f := range fits {
		if f.Places > 0 {
			people += f.InNeed
			places += f.Places
		}
	}
	return people / places // NaN without places
}

func flagged(fits []estate.SiteFit) int {
	n := 0
	for _, f := range fits {
		if len(f.Flags) > 0 {
			n++
		}
	}
	return n
}

// scaled is an option's value on scale number s.
func (r *Results) scaled(option, s int) float64 { return r.Options[option].Score.Values[s].Scaled }

// swings says what decides the score among the options compared, the most first.
func (r *Results) swings(p *Performance, at []int) {
	for s, scale := range r.Scales {
		swing := Swing{Criterion: scale.Criterion, Weight: scale.Weight}
		lo, hi := math.Inf(1), math.Inf(-1)
		for n, k := range at {
			v := r.scaled(k, s)
			if math.IsNaN(v) {
				continue
			}
			if v > hi {
				hi, swing.Best = v, n
			}
			lo = min(lo, v)
		}
		if hi >= lo {
			swing.Span = hi - lo
		}
		p.Swings = append(p.Swings, swing)
	}
	slices.SortStableFunc(p.Swings, func(a, b Swing) int { return cmp.Compare(b.Share(), a.Share()) })
}

// dominance finds the options that another is at least as good as on every scored
// criterion. A value that is not known is never as good.
func (r *Results) dominance(p *Performance, at []int) {
	for a := range at {
		for b := range at {
			as, better := a != b, false
			for s := range r.Scales {
				x, y := r.scaled(at[a], s), r.scaled(at[b], s)
				as = as && x >= y
				better = better || x > y
			}
			if as && better {
				p.Dominate = append(p.Dominate, [2]int{a, b})
			}
		}
	}
}

// rivals says of each option how it stands beside the next one by score.
func (r *Results) rivals(p *Performance, at []int, tied map[[2]int]bool) {
	order := make([]int, len(at))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(r.Options[at[b]].Score.Score, r.Options[at[a]].Score.Score)
	})
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		p.Rivals = append(p.Rivals, r.rival(at, a, b, tied[[2]int{a, b}]))
	}
}

// rival puts two neighbours by score into words.
func (r *Results) rival(at []int, a, b int, tied bool) Rival {
	x, y := &r.Options[at[a]], &r.Options[at[b]]
	rival := Rival{Option: a, Next: b, Lead: x.Score.Score - y.Score.Score}
	var ahead, behind []string
	for s, scale := range r.Scales {
		d := scale.Weight * (r.scaled(at[a], s) - r.scaled(at[b], s))
		name := strings.ReplaceAll(string(scale.Criterion), "_", " ")
		switch {
		case d > 0:
			ahead = append(ahead, fmt.Sprintf("%s (%+.3f)", name, d))
		case d < 0:
			behind = append(behind, fmt.Sprintf("%s (%+.3f)", name, d))
		}
	}
	none := func(parts []string) string {
		if len(parts) == 0 {
			return "nothing"
		}
		return strings.Join(parts, ", ")
	}
	words := fmt.Sprintf("%s scores %.3f more than its closest rival, %s: ahead on %s; behind on %s.", x.Option.ID, rival.Lead, y.Option.ID, none(ahead), none(behind))
	if rival.Lead == 0 {
		words = fmt.Sprintf("%s and %s score the same.", x.Option.ID, y.Option.ID)
	}
	if tied {
		words += " On people in need covered the data cannot tell the two apart."
	}
	words += nearestFlip(r.Scales, []estate.Score{x.Score, y.Score})
	rival.Words = words
	return rival
}

// nearestFlip says which change of one weight would turn two options round with
// the least; empty when none does.
func nearestFlip(scales []estate.Scale, scores []estate.Score) string {
	best, words := math.Inf(1), ""
	for _, f := range estate.FlipWeights(scales, scores) {
		for _, to := range []float64{f.Down, f.Up} {
			if d := math.Abs(to - f.Weight); !math.IsNaN(to) && d < best {
				best = d
				words = fmt.Sprintf(" The order turns when the weight of %s goes from %.2f to %.2f.", strings.ReplaceAll(string(f.Criterion), "_", " "), f.Weight, to)
			}
		}
	}
	if words == "" && len(scales) > 0 {
		return " No change of one weight turns the order."
	}
	return words
}
