package study

import (
	"fmt"
	"slices"
	"time"

	"hubreach/internal/county"
	"hubreach/internal/need"
	"hubreach/internal/optimise"
	"hubreach/internal/reach"
)

// OptimiseRequest asks for the best set of a study's sites. The candidates are
// the sites that the study's options may open: those in the county, and those
// outside when the study counts them. The zero value of a field means no such
// rule, or the default that stands beside it.
type OptimiseRequest struct {
	Model optimise.Model `json:"model"` // default: maximal_covering
	Tier  optimise.Tier  `json:"tier"`  // default: certified
	// Weight says who counts: "in_need", residents aged 0-19 in need, the default,
	// or "0_19", all residents of that age.
	Weight  string  `json:"weight"`
	Minutes float64 `json:"minutes"` // the walk that counts, exactly that included; default: the study's
	Theta   float64 `json:"theta,omitempty"`

	Keep        int                `json:"keep,omitempty"`
	AtMost      bool               `json:"at_most,omitempty"` // Keep is the most, not the exact number
	DistrictMin int                `json:"district_min,omitempty"`
	DistrictMax int                `json:"district_max,omitempty"`
	Budget      float64            `json:"budget_gbp,omitempty"` // running and staffing, a year
	In          []county.SiteID    `json:"in,omitempty"`         // must be open; they count among Keep
	Out         []county.SiteID    `json:"out,omitempty"`
	OneOf       [][]county.SiteID  `json:"one_of,omitempty"` // at most one of each list
	Needs       [][2]county.SiteID `json:"needs,omitempty"`  // the first only with the second
	// DeprivedFloor is the share of the people who count in areas of published
	// deprivation deciles 1 and 2, the most deprived fifth of England, that must
	// be covered; DistrictFloor the same for each district.
	DeprivedFloor float64 `json:"deprived_floor,omitempty"`
	DistrictFloor float64 `json:"district_floor,omitempty"`

	// Limit is that of each exact solve. An answer that it stops says so.
	Limit  time.Duration `json:"-"`
	Alone  bool          `json:"alone,omitempty"` // leave out how far the study's options are from the best
	Prices bool          `json:"prices,omitempty"`
	// Closing asks for the order in which to close the best set, ClosingBest for
	// the best set of each number beside it.
	Closing     bool      `json:"closing,omitempty"`
	ClosingBest bool      `json:"closing_best,omitempty"`
	Within      float64   `json:"within,omitempty"`    // also the fewest changes from the baseline within this share of the best value
	Front       []float64 `json:"front_gbp,omitempty"` // also the best under each of these budgets
}

// The values of OptimiseRequest.Weight.
const (
	WeightInNeed = "in_need"
	WeightYoung  = "0_19"
)

func (q OptimiseRequest) withDefaults(r *Results) OptimiseRequest {
	if q.Model == "" {
		q.Model = optimise.MaximalCovering
	}
	if q.Tier == "" {
		q.Tier = optimise.Certified
	}
	if q.Weight == "" {
		q.Weight = WeightInNeed
	}
	if q.Minutes == 0 {
		q.Minutes = r.Spec.Walk.Minutes
	}
	return q
}

// problem builds what is solved, and the candidates: positions in the county's
// sites.
func (q OptimiseRequest) problem(r *Results) (*optimise.Problem, []int, error) {
	bad := func(format string, args ...any) (*optimise.Problem, []int, error) {
		return nil, nil, fmt.Errorf("%w: %s", optimise.ErrBadProblem, fmt.Sprintf(format, args...))
	}
	if !(q.Minutes > 0 && q.Minutes <= r.Spec.Walk.LimitMinutes) {
		return bad("minutes %g: want more than 0, and at most walk.limit_minutes, %g", q.Minutes, r.Spec.Walk.LimitMinutes)
	}
	if q.Weight != WeightInNeed && q.Weight != WeightYoung {
		return bad("weight %.40q: want %s or %s", q.Weight, WeightInNeed, WeightYoung)
	}
	if q.DeprivedFloor > 0 && !slices.ContainsFunc(r.Need.Areas, func(a need.Area) bool { return a.DeprivationDecile > 0 }) {
		return bad("a floor for the most deprived fifth needs need.decile: no area has a published decile")
	}
	if q.Prices && q.Model == optimise.FewestSites {
		return bad("prices need a model other than %s: there a building costs one building or none", q.Model)
	}
	all := candidates(r.County, r.Spec.Walk.OutsideSites)
	if len(all) == 0 {
		return bad("the study has no site in the county")
	}
	p := &optimise.Problem{Model: q.Model, Theta: q.Theta, Longest: r.Spec.Walk.LimitMinutes}
	p.Rules = optimise.Rules{Keep: q.Keep, AtMost: q.AtMost, Budget: q.Budget}
	district := map[county.DistrictCode]int{}
	for i, d := range r.County.Districts {
		district[d.Code] = i
		p.Rules.Districts = append(p.Rules.Districts, optimise.District{Name: r.County.DistrictName(d.Code), Min: q.DistrictMin, Max: q.DistrictMax})
	}
	for _, i := range all {
		s := r.County.Sites[i]
		d, ok := district[s.District]
		if !ok || s.Outside() {
			d = -1
		}
		cost, costed := s.Cost.Annual()
		p.Sites = append(p.Sites, optimise.Site{ID: string(s.ID), District: d, Cost: cost, Costed: costed})
	}
	if err := q.siteRules(r, p, all); err != nil {
		return nil, nil, err
	}
	q.demands(r, p, all, district)
	return p, all, p.Validate()
}

// siteRules turns the ids of sites into positions.
func (q OptimiseRequest) siteRules(r *Results, p *optimise.Problem, all []int) error {
	at := map[county.SiteID]int32{}
	for i, s := range all {
		at[r.County.Sites[s].ID] = int32(i)
	}
	var fault error
	find := func(id county.SiteID) int32 {
		i, ok := at[id]
		if !ok && fault == nil {
			fault = fmt.Errorf("%w: site %.80q: want the id of a site in the county; %s", optimise.ErrBadProblem, id, nearestIDs(string(id), r.County))
		}
		return i
	}
	list := func(ids []county.SiteID) (out []int32) {
		for _, id := range ids {
			out = append(out, find(id))
		}
		return out
	}
	p.Rules.In, p.Rules.Out = list(q.In), list(q.Out)
	for _, ids := range q.OneOf {
		p.Rules.OneOf = append(p.Rules.OneOf, list(ids))
	}
	for _, n := range q.Needs {
		p.Rules.Needs = append(p.Rules.Needs, optimise.Needs{Satellite: find(n[0]), Hub: find(n[1])})
	}
	return fault
}

// demands turns the population points into demand: the sites within the minutes
// of each, or, for a model of times, within the longest walk looked for.
func (q OptimiseRequest) demands(r *Results, p *optimise.Problem, all []int, district map[county.DistrictCode]int) {
	site := make([]int32, len(r.County.Sites))
	for i := range site {
		site[i] = -1
	}
	for i, s := range all {
		site[s] = int32(i)
	}
	limit := millis(q.Minutes)
	if q.Model == optimise.PMedian || q.Model == optimise.PCenter {
		limit = millis(r.Spec.Walk.LimitMinutes)
	}
	floors := q.floors(r, p, district)
	weight := make([]float64, len(r.County.Areas))
	for i, a := range r.County.Areas {
		weight[i] = r.Need.Areas[i].InNeed
		if q.Weight == WeightYoung {
			weight[i] = a.Residents.Between(0, 19)
		}
	}
	p.Demands = make([]optimise.Demand, 0, len(r.County.Points))
	for i, point := range r.County.Points {
		d := optimise.Demand{Weight: weight[point.Area] * point.Share, Floors: floors[point.Area]}
		if d.Weight > 0 {
			d.Reach = reachOf(r.input.Walks.At(i), site, limit)
			p.Demands = append(p.Demands, d)
		}
	}
}

func reachOf(times []reach.PlaceTime, site []int32, limit uint32) []optimise.Reach {
	var out []optimise.Reach
	for _, t := range times {
		if s := site[t.Place]; s >= 0 && t.Millis <= limit {
			out = append(out, optimise.Reach{Site: s, Time: float64(t.Millis) / 60_000})
		}
	}
	return out
}

// floors adds the floors to the rules and returns, by area, those it counts for.
func (q OptimiseRequest) floors(r *Results, p *optimise.Problem, district map[county.DistrictCode]int) [][]int32 {
	const mostDeprivedFifth = 2 // deciles
	by := make([][]int32, len(r.County.Areas))
	if q.DeprivedFloor > 0 {
		p.Rules.Floors = append(p.Rules.Floors, optimise.Floor{Name: "the most deprived fifth", Share: q.DeprivedFloor})
		for i := range by {
			if d := r.Need.Areas[i].DeprivationDecile; d > 0 && d <= mostDeprivedFifth {
				by[i] = append(by[i], 0)
			}
		}
	}
	if q.DistrictFloor > 0 {
		first := int32(len(p.Rules.Floors))
		for _, d := range p.Rules.Districts {
			p.Rules.Floors = append(p.Rules.Floors, optimise.Floor{Name: d.Name, Share: q.DistrictFloor})
		}
		for i, a := range r.County.Areas {
			if d, ok := district[a.District]; ok {
				by[i] = append(by[i], first+int32(d))
			}
		}
	}
	return by
}

// withoutLimits returns districts without a minimum or maximum.
func withoutLimits(ds []optimise.District) []optimise.District {
	out := slices.Clone(ds)
	for i := range out {
		out[i].Min, out[i].Max = 0, 0
	}
	return out
}

func withoutFloors(ds []optimise.Demand) []optimise.Demand {
	out := slices.Clone(ds)
	for i := range out {
		out[i].Floors = nil
	}
	return out
}
