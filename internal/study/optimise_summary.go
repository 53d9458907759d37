package study

import (
	"math"

	"hubreach/internal/optimise"
)

// OptimiseSummary is an answer by the ids of its sites, as it is printed,
// written and served. Values, bounds and prices are in Unit; a nil number is
// one that does not exist. Ratios are 0 to 1.
type OptimiseSummary struct {
	Study       string                `json:"study"`
	Fingerprint string                `json:"fingerprint"`
	Walk        string                `json:"walk"`
	WalkNote    string                `json:"walk_note,omitempty"`
	Request     OptimiseRequest       `json:"request"`
	Unit        string                `json:"unit"`
	Answer      OptimiseAnswer        `json:"answer"`
	Size        OptimiseSize          `json:"size"`
	Options     []OptimiseDistance    `json:"options"`
	Sites       []OptimiseSite        `json:"sites"` // every candidate, by id
	Closing     []OptimiseClosing     `json:"closing,omitempty"`
	Changes     *OptimiseChanges      `json:"fewest_changes,omitempty"`
	Front       []OptimiseFrontSample `json:"front,omitempty"`
}

// OptimiseAnswer is how good the best set is, and how sure that is.
type OptimiseAnswer struct {
	Tier    optimise.Tier    `json:"tier"` // what the answer is, not what was asked for
	Verdict optimise.Verdict `json:"verdict"`
	Open    int              `json:"open_sites"`
	Value   *float64         `json:"value"`
	Bound   *float64         `json:"bound"` // no allowed set is better
	Gap     *float64         `json:"gap"`
	Share   *float64         `json:"share_of_all"` // maximal covering: of everyone who counts
	Solver  string           `json:"solver,omitempty"`
	Says    string           `json:"solver_says,omitempty"`
	Clashes []optimise.Clash `json:"clashes,omitempty"`
}

// OptimiseSize says how big the problem is. People are those who count.
type OptimiseSize struct {
	Candidates int     `json:"candidates"`
	Points     int     `json:"points"`
	CoverSets  int     `json:"cover_sets"` // after merging
	People     float64 `json:"people"`
	OutOfReach float64 `json:"people_out_of_reach"` // of every candidate
	PeopleAre  string  `json:"people_are"`
}

// OptimiseDistance is an OptionDistance in numbers.
type OptimiseDistance struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Open      int           `json:"open_sites"`
	Elsewhere int           `json:"open_elsewhere,omitempty"`
	Value     float64       `json:"value"`
	Best      *float64      `json:"best_value"`
	Tier      optimise.Tier `json:"best_tier"`
	Gap       *float64      `json:"best_gap"`
	Share     float64       `json:"share_of_best"`
	Breaks    bool          `json:"breaks_rules"`
}

// OptimiseSite is a candidate, with its price if that was asked for.
type OptimiseSite struct {
	ID       string           `json:"site_id"`
	Name     string           `json:"name"`
	District string           `json:"district_code"`
	Chosen   bool             `json:"chosen"`
	Price    *float64         `json:"price"`
	Forced   optimise.Verdict `json:"price_verdict,omitempty"`
	Tier     optimise.Tier    `json:"price_tier,omitempty"`
	Opens    []string         `json:"price_opens,omitempty"` // others that would open
	Closes   []string         `json:"price_closes,omitempty"`
}

// OptimiseClosing is a step of the closing order.
type OptimiseClosing struct {
	ID    string        `json:"site_id"`
	Left  int           `json:"open_sites"` // after it
	Value float64       `json:"value"`
	Best  *float64      `json:"best_value,omitempty"` // of any set of as many
	Tier  optimise.Tier `json:"best_tier,omitempty"`
}

// OptimiseChanges is the set nearest to the baseline that is good enough.
type OptimiseChanges struct {
	Tier   optimise.Tier `json:"tier"`
	Fewest int           `json:"fewest_possible"`
	Opens  []string      `json:"opens"`
	Closes []string      `json:"closes"`
	Value  float64       `json:"value"`
}

// OptimiseFrontSample is the best that a budget buys.
type OptimiseFrontSample struct {
	Budget  float64          `json:"budget_gbp"`
	Cost    float64          `json:"cost_gbp"`
	Open    int              `json:"open_sites"`
	Tier    optimise.Tier    `json:"tier"`
	Verdict optimise.Verdict `json:"verdict"`
	Value   *float64         `json:"value"`
	Bound   *float64         `json:"bound"`
}

// unitOf says what the value of a model counts.
func unitOf(m optimise.Model) string {
	switch m {
	case optimise.BackupCover:
		return "people covered, and theta times those covered twice"
	case optimise.PMedian:
		return "person-minutes of walking"
	case optimise.FewestSites:
		return "sites"
	case optimise.PCenter:
		return "minutes of the longest walk"
	}
	return "people covered"
}

// Summary puts the result into the ids and names of the study that it is of.
func (o *OptimiseResult) Summary(r *Results) *OptimiseSummary {
	a := o.Answer
	s := &OptimiseSummary{
		Study: r.Spec.Name, Fingerprint: r.Fingerprint, Walk: r.Walk.Method, WalkNote: r.Walk.Note,
		Request: o.Request, Unit: unitOf(a.Model),
		Answer:  OptimiseAnswer{Tier: a.Tier, Verdict: a.Verdict, Open: len(a.Open), Solver: a.Solver, Says: a.Says, Clashes: a.Clashes},
		Size:    OptimiseSize{a.Size.Sites, a.Size.Demands, a.Size.Rows, a.Size.Weight, a.Size.Aside, "residents aged 0-19 in need"},
		Options: []OptimiseDistance{},
	}
	if o.Request.Weight == WeightYoung {
		s.Size.PeopleAre = "residents aged 0-19"
	}
	s.Answer.Value, s.Answer.Bound = numbers(a)
	if a.Verdict == optimise.Found {
		s.Answer.Gap = finite(a.Gap())
		if a.Model == optimise.MaximalCovering && a.Size.Weight > 0 {
			s.Answer.Share = finite(a.Value / a.Size.Weight)
		}
	}
	for _, d := range o.Options {
		x := OptimiseDistance{ID: string(d.ID), Name: d.Name, Open: d.Open, Elsewhere: d.Elsewhere, Value: d.Value, Tier: d.Best.Tier, Share: d.Share, Breaks: d.Breaks}
		if d.Best.Verdict == optimise.Found {
			x.Best, x.Gap = finite(d.Best.Value), finite(d.Best.Gap())
		}
		s.Options = append(s.Options, x)
	}
	for _, f := range o.Front {
		x := OptimiseFrontSample{Budget: f.Budget, Cost: f.Cost, Open: len(f.Answer.Open), Tier: f.Answer.Tier, Verdict: f.Answer.Verdict}
		x.Value, x.Bound = numbers(f.Answer)
		s.Front = append(s.Front, x)
	}
	s.sites(o, r)
	return s
}

// sites fills in what is said of each candidate.
func (s *OptimiseSummary) sites(o *OptimiseResult, r *Results) {
	id := func(position int) string { return string(r.County.Sites[o.Candidates[position]].ID) }
	ids := func(positions []int) []string {
		out := []string{}
		for _, p := range positions {
			out = append(out, id(p))
		}
		return out
	}
	for _, i := range o.Candidates {
		site := r.County.Sites[i]
		s.Sites = append(s.Sites, OptimiseSite{ID: string(site.ID), Name: site.Name, District: string(site.District)})
	}
	for _, i := range o.Answer.Open {
		s.Sites[i].Chosen = true
	}
	for i, p := range o.Prices {
		x := &s.Sites[i]
		x.Price, x.Forced, x.Tier, x.Opens, x.Closes = finite(p.Price), p.Forced, p.Tier, ids(p.Opens), ids(p.Closes)
	}
	for _, c := range o.Closing {
		x := OptimiseClosing{ID: id(c.Site), Left: c.Left, Value: c.Value}
		if c.Best != nil {
			x.Best, _ = numbers(*c.Best)
			x.Tier = c.Best.Tier
		}
		s.Closing = append(s.Closing, x)
	}
	if c := o.Changes; c != nil {
		s.Changes = &OptimiseChanges{c.Tier, c.Fewest, ids(c.Opens), ids(c.Closes), c.Value}
	}
}

// numbers returns the value and the bound of an answer, nil where there is none.
func numbers(a optimise.Answer) (value, bound *float64) {
	if a.Verdict == optimise.Found {
		value = finite(a.Value)
	}
	if a.Verdict != optimise.Impossible {
		bound = finite(a.Bound)
	}
	return value, bound
}

// finite returns a number that JSON has, or nil.
func finite(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
