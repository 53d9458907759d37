package report

import (
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/optimise"
	"hubreach/internal/study"
)

// surePart says how sure the coverage figures of an option are; see estate.Bands.
type surePart struct {
	Covered        bandsPart `json:"covered_0_19"`
	CoveredInNeed  bandsPart `json:"covered_in_need"`
	CoveredDecile1 bandsPart `json:"covered_0_19_decile_1"`
}

// bandsPart holds the bands of one figure, in people; lower end first.
type bandsPart struct {
	Hard    [2]value     `json:"hard"`   // whatever the places within each area are
	Method  [2]value     `json:"method"` // between the ways of telling where people live
	Soft    [2]value     `json:"soft"`   // in 19 of 20 cases, by the chance of who lives at which point
	Methods []methodBand `json:"methods"`
}

type methodBand struct {
	Method string `json:"method"`
	People value  `json:"people"`
}

func surePartOf(u *estate.Uncertainty) *surePart {
	return &surePart{bandsPartOf(u.Covered), bandsPartOf(u.CoveredInNeed), bandsPartOf(u.CoveredDecile1)}
}

func bandsPartOf(b estate.Bands) bandsPart {
	p := bandsPart{Hard: bandOf(b.Hard), Method: bandOf(b.Method), Soft: bandOf(b.Soft), Methods: []methodBand{}}
	for _, m := range b.Methods {
		p.Methods = append(p.Methods, methodBand{m.Method, people(m.People)})
	}
	return p
}

func bandOf(b estate.Band) [2]value { return [2]value{people(b.Lo), people(b.Hi)} }

// differencePart says how two options differ on one figure, and whether they can
// be told apart.
type differencePart struct {
	A      estate.OptionID `json:"a"`
	B      estate.OptionID `json:"b"`
	Figure string          `json:"figure"`
	People value           `json:"b_less_a"`
	Method [2]value        `json:"method"`
	Soft   [2]value        `json:"soft"`
	Tie    bool            `json:"tie"`
	Words  string          `json:"words"`
}

func differencesOf(r *study.Results, u *study.Uncertainty) []differencePart {
	parts := []differencePart{}
	for _, p := range u.Pairs {
		a, b := r.Options[p.A].Option.ID, r.Options[p.B].Option.ID
		for _, d := range p.Differences {
			parts = append(parts, differencePart{a, b, d.Figure, people(d.People), bandOf(d.Method), bandOf(d.Soft), d.Tie, d.Words})
		}
	}
	return parts
}

// fairPart says how fair an option is; see estate.Fairness.
type fairPart struct {
	Gap       value        `json:"gap_decile_1_less_10"`
	Slope     value        `json:"slope_index"`
	Erreygers value        `json:"erreygers_index"`
	Wagstaff  value        `json:"wagstaff_index"`
	WalkGini  value        `json:"walk_gini"`
	Beyond    beyondPart   `json:"beyond_the_walk"`
	Deciles   []decilePart `json:"by_decile"`
	Coast     *coastPart   `json:"coast"` // null: the study names no coastal district
}

// beyondPart measures who walks longer than the study's minutes: how many, by how
// much on average, and by how much squared, as shares.
type beyondPart struct {
	Share value `json:"share"`
	Depth value `json:"depth"`
	Harsh value `json:"severity"`
}

type decilePart struct {
	Decile  value `json:"decile"` // null: not known
	People  value `json:"people_0_19"`
	Covered value `json:"covered_0_19"`
	Share   value `json:"covered_share"`
}

// coastPart compares the coastal districts with the others.
type coastPart struct {
	Districts []county.DistrictCode `json:"districts"`
	Coast     sidePart              `json:"coast"`
	Rest      sidePart              `json:"rest"`
	Gap       value                 `json:"gap_0_19"` // covered share of the coast less that of the rest
	GapInNeed value                 `json:"gap_in_need"`
}

type sidePart struct {
	People      value `json:"people_0_19"`
	Covered     value `json:"covered_0_19"`
	InNeed      value `json:"in_need"`
	CovInNeed   value `json:"covered_in_need"`
	MeanWalkMin value `json:"mean_walk_min"`
	Erreygers   value `json:"erreygers_index"`
	OpenSites   int   `json:"open_sites"`
}

func fairPartOf(r *study.Results, f *estate.Fairness) *fairPart {
	p := &fairPart{Gap: ratio(f.Gap), Slope: ratio(f.Slope), Erreygers: ratio(f.Erreygers), Wagstaff: ratio(f.Wagstaff), WalkGini: ratio(f.WalkGini),
		Beyond: beyondPart{ratio(f.Beyond[0]), ratio(f.Beyond[1]), ratio(f.Beyond[2])}, Deciles: []decilePart{}}
	for _, d := range f.Deciles {
		if d.People > 0 {
			p.Deciles = append(p.Deciles, decilePart{count(d.Decile).when(d.Decile > 0), people(d.People), people(d.Covered), ratio(d.Share())})
		}
	}
	if c := f.Coast; c != nil {
		side := func(d estate.DistrictReach, walk, erreygers float64) sidePart {
			return sidePart{people(d.People), people(d.Covered), people(d.InNeed), people(d.CoveredInNeed), minutes(walk), ratio(erreygers), d.OpenSites}
		}
		p.Coast = &coastPart{Districts: []county.DistrictCode{}, Coast: side(c.Coast, c.WalkCoast, c.ErreygersCoast), Rest: side(c.Rest, c.WalkRest, c.ErreygersRest),
			Gap: ratio(c.Gap), GapInNeed: ratio(c.GapInNeed)}
		for _, d := range r.Spec.Equality.Coastal {
			p.Coast.Districts = append(p.Coast.Districts, county.DistrictCode(d))
		}
	}
	return p
}

// bestPart says how far an option is from the best set of as many buildings, by
// people in need within the walk.
type bestPart struct {
	Buildings int   `json:"buildings"`
	Reached   value `json:"covered_in_need"`
	Best      value `json:"best_covered_in_need"`
	Bound     value `json:"bound"` // no set of as many reaches more
	Share     value `json:"share_of_best"`
	// Tier is "proven" where a solver proved the best, else "certified": Bound
	// limits how much better another set could be.
	Tier optimise.Tier `json:"tier"`
	// Elsewhere counts open buildings that only options propose; their reach is
	// not compared.
	Elsewhere int `json:"proposed_buildings_left_out"`
}

func bestPartOf(d *study.OptionDistance) *bestPart {
	if d.Best.Verdict != optimise.Found {
		return nil
	}
	return &bestPart{d.Open, people(d.Value), people(d.Best.Value), people(d.Best.Bound), ratio(d.Share), d.Best.Tier, d.Elsewhere}
}

// appraise adds what an appraisal says of option k; nothing without one.
func (p *optionPart) appraise(r *study.Results, a *study.Appraisal, k int) {
	if a == nil {
		return
	}
	p.Sure, p.Fair = surePartOf(&a.Uncertainty.Options[k]), fairPartOf(r, &a.Fairness[k])
	if a.Best != nil {
		p.Best = bestPartOf(&a.Best[k])
	}
}
