package county

import (
	"github.com/paulmach/orb"

	"hubreach/geo"
)

// AreaCode is the code of a small area, such as E01024663.
type AreaCode string

// DistrictCode is the code of a local authority district, such as E07000114.
type DistrictCode string

// SettlementID is the code of a town or village; empty means open country.
type SettlementID string

// SiteID is the id of a site or venue in the study's own files.
type SiteID string

// Basis says where a value of an area comes from. The zero value means that
// there is no value.
type Basis string

// The bases, best first.
const (
	Unknown   Basis = ""
	Measured  Basis = "measured"  // published for this very area
	Carried   Basis = "carried"   // taken over from an area of an older edition
	Estimated Basis = "estimated" // derived by a declared assumption
)

// Value is a number of an area and where it comes from.
type Value struct {
	Number float64
	Basis  Basis
}

// Known reports whether there is a value.
func (v Value) Known() bool { return v.Basis != Unknown }

// District is one local authority district of the county.
type District struct {
	Code DistrictCode
	Name string
}

// Settlement is a town or village as the study's settlement table has it.
type Settlement struct {
	ID   SettlementID
	Name string
	// Crosses is set when part of the settlement is known to lie outside the
	// county; only the county's part is counted anywhere.
	Crosses bool
}

// Indicator describes one measure of deprivation.
type Indicator struct {
	ID    string
	Title string
	// Of is the number of areas the rank counts: 33,755 for the Indices of
	// Deprivation 2025. Zero: the indicator has no rank.
	Of int
	// Local is set when there is no national rank, and the county's own areas
	// with a value were ranked among themselves; Of then counts those.
	Local bool
}

// Measure is the value of one indicator in one area. Rank 1 and decile 1 are
// the most deprived. Rate is a share of people, 0 to 1.
type Measure struct {
	Rank, Decile, Score, Rate Value
}

// Area is one small area.
type Area struct {
	Code       AreaCode
	Name       string
	District   DistrictCode
	Settlement SettlementID
	RuralUrban string // class as published, such as UN1 or D1; empty when not known
	Rural      bool
	Shape      orb.MultiPolygon // valid, British National Grid
	Residents  Ages
	Measures   []Measure // one per County.Indicators, in that order

	// Where Residents, Settlement and RuralUrban come from; Unknown where there
	// are none.
	People, SettlementFrom, RuralUrbanFrom Basis
}

// Point is a place where people of an area live. The shares of an area's points
// add up to one.
type Point struct {
	ID    string // postcode, where there is one
	Area  int    // index into County.Areas
	At    geo.Grid
	Share float64
}

// Tri is a yes, a no, or an answer that nobody gave.
type Tri uint8

// The three answers. The zero value is NotStated.
const (
	NotStated Tri = iota
	No
	Yes
)

// String returns "yes", "no" or "".
func (t Tri) String() string { return [...]string{"", "no", "yes"}[t] }

// Site is a building that is or could be a hub.
type Site struct {
	ID         SiteID
	Name       string
	Kind       string
	Postcode   string
	At         geo.Grid
	Area       int // index into County.Areas, -1 outside the county
	District   DistrictCode
	Settlement SettlementID
	YouthSpace Tri
	Cost       Cost
	Attributes map[string]string // every other column of the file, as published
	// Services are all that an option has the site offer, by name; nil: whatever its
	// rooms allow.
	Services []string
	// StandsFor is set for a place that an option proposes, and that is no site of
	// the study's tables: the id that the option gives it, which is that of a site
	// of the tables when the option moves that site here. Other options leave it
	// closed, and it is no candidate for rules, anchors or the optimiser.
	StandsFor SiteID
}

// Proposed reports whether the site is a place that an option proposes.
func (s Site) Proposed() bool { return s.StandsFor != "" }

// Outside reports whether the site lies outside the county.
func (s Site) Outside() bool { return s.Area < 0 }

// Cost is what a site costs in a year, in pounds. A part that nobody gave is
// Unknown, and is never zero.
type Cost struct {
	Running, Staffing, Backlog, OneOff Value
}

// Annual returns running plus staffing cost, and whether both are known.
func (c Cost) Annual() (float64, bool) {
	return c.Running.Number + c.Staffing.Number, c.Running.Known() && c.Staffing.Known()
}

// Venue is a building where outreach could meet.
type Venue struct {
	ID   SiteID
	Name string
	Kind string
	At   geo.Grid
	Area int // index into County.Areas, -1 outside the county
	// Used says whether outreach meets there already: a column used_for_outreach
	// or used of the file. Hours are its opening_hours as published.
	Used  Tri
	Hours string
}

// County is the whole model. Areas and Districts are sorted by code, Points by
// area, Settlements, Sites and Venues by id, proposed sites last. Nothing in it is changed after
// Build, so any number of goroutines may read it.
type County struct {
	Districts   []District
	Settlements []Settlement
	Indicators  []Indicator
	Areas       []Area
	// Neighbours lists, for each area, the areas that touch it, ascending.
	Neighbours [][]int
	Points     []Point
	PointsFrom string // what the points are, in words
	Sites      []Site
	Venues     []Venue
	Checks     []Check
	Used       []Use // one per table read, by role, then in the order of the study file
}

// Use says what became of the rows of one input.
type Use struct {
	Input   string // the input's name in the study file
	Read    int    // rows of the file, filtered ones included
	Used    int
	Dropped int // rows that were neither filtered by the study nor used
	// Codes are the codes of the dropped rows as published, ascending, each once,
	// the first MaxCodes of them. Rows of other counties are dropped like any.
	Codes []string
}

// MaxCodes is how many codes of dropped rows are kept for each input.
const MaxCodes = 100

// AreaIndex returns the position of each code in Areas.
func (c *County) AreaIndex() map[AreaCode]int {
	at := make(map[AreaCode]int, len(c.Areas))
	for i, a := range c.Areas {
		at[a.Code] = i
	}
	return at
}

// DistrictName returns the name of a district, or its code when it has none.
func (c *County) DistrictName(code DistrictCode) string {
	for _, d := range c.Districts {
		if d.Code == code && d.Name != "" {
			return d.Name
		}
	}
	return string(code)
}

// SettlementName returns the name of a settlement, or its id when it has none.
func (c *County) SettlementName(id SettlementID) string {
	for _, s := range c.Settlements {
		if s.ID == id && s.Name != "" {
			return s.Name
		}
	}
	return string(id)
}

// People returns the residents of the whole county from age from to age to,
// both included.
func (c *County) People(from, to int) float64 {
	sum := 0.0
	for i := range c.Areas {
		sum += c.Areas[i].Residents.Between(from, to)
	}
	return sum
}

// Bound returns the box around all areas, empty when there are none.
func (c *County) Bound() orb.Bound {
	bound := orb.MultiPolygon{}.Bound()
	for i := range c.Areas {
		bound = bound.Union(c.Areas[i].Shape.Bound())
	}
	return bound
}
