package outreach

import (
	"sort"

	"hubreach/internal/county"
	"hubreach/internal/need"
	"hubreach/internal/reach"
)

// Category is one of the four outreach categories.
type Category string

// The categories, in the order of the paper. The first that applies to an area
// is its primary category.
const (
	EdgeOfTown    Category = "edge_of_town"
	WholeTown     Category = "whole_town"
	Rural         Category = "rural"
	DetachedYouth Category = "detached_youth"
)

// Categories lists the categories in the order of the paper.
var Categories = [...]Category{EdgeOfTown, WholeTown, Rural, DetachedYouth}

// Title returns the category as people say it.
func (c Category) Title() string {
	switch c {
	case EdgeOfTown:
		return "edge of town"
	case WholeTown:
		return "whole town"
	case Rural:
		return "rural"
	case DetachedYouth:
		return "detached youth"
	}
	return string(c)
}

// Params are the thresholds. Every one is printed with the results.
type Params struct {
	Minutes           float64 // the walk that counts as in reach; for the words only
	BuildingThreshold float64 // B: people in need aged 0-19 that warrant a building; B itself does
	OutreachThreshold float64 // U: fewer do not call for outreach of their own; U itself does
	UncoveredShare    float64 // an area with this share outside, or more, is uncovered
	NeedDecile        int     // this decile of need, or a lower number, is high need
	TownResidents     float64 // a settlement of this many residents, or more, can be a whole town
	YouthShare        float64 // this share of the areas, those with the most youth need, has high youth need
	TransitMinutes    float64 // an area this near a hub by public transport, or nearer, is not cut off
	VenueMinutes      float64 // a venue's reach; exactly on it is within
	VenueGain         float64 // a venue used already keeps its session unless another reaches this share more of the people, or more
	StopMPerMin       float64 // metres of straight line walked in a minute to a mobile stop; 0: no stops are looked for
	WeeklyInNeed      float64 // a target with this many people in need, or more, gets a weekly session
	MonthlyInNeed     float64 // likewise monthly; fewer get one a term
	SessionsPerWeek   float64 // staffed outreach sessions of a district; 0: not stated
	// DistrictSessions are those of single districts, in place of SessionsPerWeek;
	// 0 is none at all.
	DistrictSessions map[county.DistrictCode]float64
}

// Staffed returns the outreach sessions that a district staffs in a week, false
// when that is not stated.
func (p Params) Staffed(d county.DistrictCode) (float64, bool) {
	if n, ok := p.DistrictSessions[d]; ok {
		return n, true
	}
	return p.SessionsPerWeek, p.SessionsPerWeek > 0
}

// Thresholds returns the building threshold B and the outreach threshold U.
// inNeed holds the people in need aged 0-19 within reach of each open hub of
// the baseline; b and u, when not zero, are the study's own.
//
// The default of B is the lower quartile of inNeed (linear between order
// statistics: Hyndman and Fan's type 7), and the default of U is B / 10.
func Thresholds(inNeed []float64, b, u float64) (float64, float64) {
	if b == 0 && len(inNeed) > 0 {
		sorted := append([]float64(nil), inNeed...)
		sort.Float64s(sorted)
		at := 0.25 * float64(len(sorted)-1)
		lo := int(at)
		hi := min(lo+1, len(sorted)-1)
		b = sorted[lo] + (at-float64(lo))*(sorted[hi]-sorted[lo])
	}
	if u == 0 {
		u = b / 10
	}
	return b, u
}

// Input is the county under one option. Slices by area follow the county's areas.
type Input struct {
	County *county.County
	Need   need.Result
	// Open says which sites families can walk into, in the county's order.
	Open []bool
	// Covered is the share of each area's people within reach of an open site.
	Covered []float64
	// Youth is the same for open youth spaces; nil when no site says whether it
	// has one, and then any open site counts.
	Youth []float64
	// Nearest is the site nearest to each area (-1: none) and WalkMin the walk
	// there in minutes (NaN: none found).
	Nearest []int
	WalkMin []float64
	// Transit is the time by public transport to the nearest open site, in
	// minutes; nil when it was not assessed.
	Transit []float64
	// Venues are the walks from the population points to the county's venues;
	// nil without venues.
	Venues *reach.Matrix
	// Walks are the walks from the population points to the county's sites, for
	// a plan; nil: the plan names no hubs.
	Walks *reach.Matrix
	// Journeys are the same by public transport or on foot; nil: not assessed.
	Journeys *reach.Matrix
	// Inside says which population points are within reach of an open site, in
	// the county's order. A venue is chosen for the people of the others; nil:
	// for everybody in the target.
	Inside []bool
}

// Step is one question of a rule and its answer.
type Step struct {
	Category Category
	Question string
	Holds    bool
	Found    string // what the data say
}

// Area is what the rules say of one area.
type Area struct {
	Uncovered  bool
	Categories []Category // in the order of the paper
	Primary    Category   // empty when there is none
	Reason     string     // one or more sentences
	Trace      []Step     // every question asked; empty for an area that is covered
}

// Town is what the whole-town rule says of one settlement.
type Town struct {
	Settlement    county.SettlementID
	Name          string
	Residents     float64 // all ages, the county's part
	People        float64 // aged 0-19
	CoveredShare  float64 // of People
	InNeedOutside float64 // people in need aged 0-19 out of reach
	// Warrants is set when that is B or more: the finding is then a building.
	Warrants bool
	Crosses  bool // judged on the county's part only
}

// Frequency is how often a session is held.
type Frequency string

// The frequencies. Unmet means that the district has no session left to give.
const (
	Weekly  Frequency = "weekly"
	Monthly Frequency = "monthly"
	Termly  Frequency = "termly"
	Unmet   Frequency = "unmet"
)

// PerYear returns the sessions of a year: 48 working weeks, 12 months, 3 terms
// (a declared assumption).
func (f Frequency) PerYear() float64 {
	switch f {
	case Weekly:
		return 48
	case Monthly:
		return 12
	case Termly:
		return 3
	}
	return 0
}

// Target is a place to send outreach to: touching areas of one category in one
// settlement. The targets of the first three categories never share an area;
// those of detached youth may lie over them.
type Target struct {
	ID       string
	Category Category
	Place    string
	District county.DistrictCode
	Areas    []int // positions in the county, ascending
	// People are residents aged 0-19, InNeed those of them in need and Youth
	// residents aged 10-19, all of them out of reach; of detached youth, which
	// works with everybody, all residents.
	People, InNeed, Youth float64
	Nearest               int     // site nearest to most of the target's people, -1: none
	WalkMin               float64 // mean over the areas by people; NaN when any is not known
	Transit               float64 // likewise; NaN when it was not assessed
	Frequency             Frequency
	Mode                  string
	Venue                 int // position in the county's venues, -1: none
	// VenueShare is the share of the target's people in need aged 0-19 within
	// reach of the venue; of all its people aged 0-19 when nobody is in need.
	VenueShare float64
	Reason     string
}

// Result is the outreach of one option.
type Result struct {
	Areas       []Area
	Towns       []Town // settlements of town size with less than half in reach, by id
	Targets     []Target
	NotAssessed []string
}

// Count returns the number of areas in a category, primary or not.
func (r *Result) Count(c Category) int {
	n := 0
	for _, a := range r.Areas {
		for _, k := range a.Categories {
			if k == c {
				n++
			}
		}
	}
	return n
}
