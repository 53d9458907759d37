package optimise

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Model says what the best set is.
type Model string

// The models.
const (
	// MaximalCovering covers the most weight. Source: R. Church and C. ReVelle,
	// "The maximal covering location problem", Papers of the Regional Science
	// Association 32 (1974), 101-118.
	MaximalCovering Model = "maximal_covering"
	// BackupCover counts a weight once when a site covers it and Theta more when
	// a second one does. Source: K. Hogan and C. ReVelle, "Concepts and
	// applications of backup coverage", Management Science 32 (1986), 1434-1444.
	BackupCover Model = "backup_cover"
	// PMedian has the least sum of weight times time to the nearest open site.
	// Source: S. L. Hakimi, "Optimum locations of switching centers", Operations
	// Research 12 (1964), 450-459.
	PMedian Model = "p_median"
	// FewestSites covers everything that can be covered with the fewest sites.
	// Source: C. Toregas et al., "The location of emergency service facilities",
	// Operations Research 19 (1971), 1363-1373.
	FewestSites Model = "fewest_sites"
	// PCenter has the least longest time to the nearest open site, of the demand
	// that can reach any. Source: as PMedian.
	PCenter Model = "p_center"
)

// models are all models.
var models = []Model{MaximalCovering, BackupCover, PMedian, FewestSites, PCenter}

// covers reports whether the model's value is covered weight, the more the better.
func (m Model) covers() bool { return m == MaximalCovering || m == BackupCover }

// timed reports whether times matter, and not only who is within the limit.
func (m Model) timed() bool { return m == PMedian || m == PCenter }

// Better reports whether value a is better than value b: more for the covering
// models, less for the others.
func (m Model) Better(a, b float64) bool {
	if m.covers() {
		return a > b
	}
	return a < b
}

// Site is a building that may be open.
type Site struct {
	ID       string // shown in messages and in the comments of MPS files
	District int    // position in Rules.Districts; -1: in none
	// Cost is in pounds a year. It is read only when there is a budget, and then
	// Costed must be set: an unknown cost is never zero.
	Cost   float64
	Costed bool
}

// Reach is the way from a demand to a site within the limit. Time is in any one
// unit, minutes in a study, and is read by the timed models only.
type Reach struct {
	Site int32
	Time float64
}

// Demand is people in one place.
type Demand struct {
	Weight float64 // people, zero or more
	Reach  []Reach // sites within the limit, each once, by ascending Site; a site not listed is out of reach
	Floors []int32 // positions in Rules.Floors of the groups that these people belong to, ascending
}

// District is a rule for the sites of one district.
type District struct {
	Name string
	Min  int // fewest open sites; 0: no rule
	Max  int // most open sites; 0: no rule
}

// Needs says that Satellite may be open only with Hub.
type Needs struct{ Satellite, Hub int32 }

// Floor is a share of a group's weight that must be covered, all its weight
// counted, whether it can be covered or not. Exactly Share is enough.
type Floor struct {
	Name  string
	Share float64 // 0 to 1
}

// Rules say which sets of sites are allowed. The zero value allows every set.
type Rules struct {
	Keep   int  // open sites, those forced in counted; 0: no rule
	AtMost bool // Keep is the most, not the exact number

	Districts []District
	Budget    float64 // pounds a year over all open sites, exactly Budget allowed; 0: no rule
	In, Out   []int32 // sites that must be open, and that must not
	OneOf     [][]int32
	Needs     []Needs
	Floors    []Floor // of the covering models
}

// Problem asks for the best set of sites under rules.
type Problem struct {
	Model   Model
	Sites   []Site
	Demands []Demand
	Rules   Rules
	Theta   float64 // BackupCover: worth of the second cover, 0 to 1
	// Longest is the time that PMedian counts for people without an open site
	// within the limit. It is no less than any Reach.Time.
	Longest float64
}

// ErrBadProblem means that a problem makes no sense, whatever its data.
var ErrBadProblem = errors.New("bad problem")

func badf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrBadProblem, fmt.Sprintf(format, args...))
}

// Validate checks a problem. Rules that cannot all be kept are not an error:
// the answer says so. The error wraps ErrBadProblem.
func (p *Problem) Validate() error {
	if !slices.Contains(models, p.Model) {
		return badf("model %q: want one of %v", p.Model, models)
	}
	if p.Theta < 0 || p.Theta > 1 || math.IsNaN(p.Theta) {
		return badf("theta %g: want 0 to 1", p.Theta)
	}
	if math.IsNaN(p.Longest) || math.IsInf(p.Longest, 0) || p.Longest < 0 {
		return badf("longest time %g: want zero or more", p.Longest)
	}
	if (p.Model == PMedian || p.Model == PCenter) && p.Rules.Keep == 0 && p.Rules.Budget == 0 {
		return badf("model %s: want a number of sites to keep, or a budget", p.Model)
	}
	for i, s := range p.Sites {
		if s.District < -1 || s.District >= len(p.Rules.Districts) {
			return badf("site %s: district %d of %d", s.ID, s.District, len(p.Rules.Districts))
		}
		if p.Rules.Budget > 0 && (!s.Costed || !(s.Cost >= 0) || math.IsInf(s.Cost, 0)) {
			return badf("site %s is not costed: a budget needs the running and staffing cost of every site", p.Sites[i].ID)
		}
	}
	if err := p.validateDemands(); err != nil {
		return err
	}
	return p.validateRules()
}

func (p *Problem) validateDemands() error {
	for i, d := range p.Demands {
		if !(d.Weight >= 0) || math.IsInf(d.Weight, 0) {
			return badf("demand %d: weight %g: want zero or more", i, d.Weight)
		}
		before := int32(-1)
		for _, r := range d.Reach {
			if r.Site <= before || int(r.Site) >= len(p.Sites) {
				return badf("demand %d: site %d: want positions of sites, ascending", i, r.Site)
			}
			before = r.Site
			if p.Model.timed() && (!(r.Time >= 0) || math.IsInf(r.Time, 0) || p.Model == PMedian && r.Time > p.Longest) {
				return badf("demand %d: time %g: want zero to the longest, %g", i, r.Time, p.Longest)
			}
		}
		for _, f := range d.Floors {
			if f < 0 || int(f) >= len(p.Rules.Floors) {
				return badf("demand %d: floor %d of %d", i, f, len(p.Rules.Floors))
			}
		}
	}
	return nil
}

func (p *Problem) validateRules() error {
	r := p.Rules
	if r.Keep < 0 || !(r.Budget >= 0) || math.IsInf(r.Budget, 0) {
		return badf("keep %d, budget %g: want zero or more", r.Keep, r.Budget)
	}
	var named []int32
	named = append(append(named, r.In...), r.Out...)
	for _, set := range r.OneOf {
		named = append(named, set...)
	}
	for _, n := range r.Needs {
		named = append(named, n.Satellite, n.Hub)
	}
	for _, s := range named {
		if s < 0 || int(s) >= len(p.Sites) {
			return badf("rules: site %d of %d", s, len(p.Sites))
		}
	}
	for _, d := range r.Districts {
		if d.Min < 0 || d.Max < 0 {
			return badf("district %s: minimum %d, maximum %d: want zero or more", d.Name, d.Min, d.Max)
		}
	}
	for _, f := range r.Floors {
		if !(f.Share >= 0 && f.Share <= 1) {
			return badf("floor %s: share %g: want 0 to 1", f.Name, f.Share)
		}
	}
	if len(r.Floors) > 0 && !p.Model.covers() {
		return badf("floors: want model %s or %s, not %s", MaximalCovering, BackupCover, p.Model)
	}
	return nil
}
