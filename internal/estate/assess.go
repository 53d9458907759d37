package estate

import (
	"fmt"

	"hubreach/internal/county"
	"hubreach/internal/need"
	"hubreach/internal/reach"
)

// Input is what every option of a study is judged by.
type Input struct {
	County *county.County
	Need   need.Result
	// Walks decides who is covered; Pushchair, when there is one, is reported
	// beside it. Places are the county's sites, in its order.
	Walks, Pushchair *reach.Matrix
	// Limit is the longest walk that counts, in milliseconds: a walk of exactly
	// Limit is inside. Longest is the longest walk that was looked for.
	Limit, Longest uint32
	// Journeys are those by public transport or on foot of up to JourneyLimit
	// milliseconds; nil: not assessed.
	Journeys     *Journeys
	JourneyLimit uint32
}

// AreaReach is what an option does for one area.
type AreaReach struct {
	// CoveredShare is the share of the area's people within the limit of an open
	// site, 0 to 1, and Covered its residents aged 0-19 times that.
	CoveredShare float64
	Covered      float64
	// YouthShare is the share of the area's people within the limit of an open
	// site that has a youth space.
	YouthShare float64
	// Nearest is the open site that is nearest to most of the area's people
	// (ties: the lower position), -1 when no walk to any was found.
	Nearest int
	// WalkMin is the least walk, in minutes, that more than half of the area's
	// people do not exceed, and PushchairMin the same with a pushchair; NaN when
	// it is longer than the longest walk looked for.
	WalkMin, PushchairMin float64
}

// SiteReach is what one site does under an option. For a site that is not open
// everything is zero.
type SiteReach struct {
	Reached, ReachedInNeed   float64 // aged 0-19 within the limit of the site
	OnlyHere, OnlyHereInNeed float64 // and of no other open site
}

// Assessment is what an option does for a county.
type Assessment struct {
	Option Option
	Areas  []AreaReach // one per area
	Sites  []SiteReach // one per site
	// Millis is, per population point, the walk to the nearest open site;
	// reach.NoWalk where none was found.
	Millis []uint32

	People, Covered               float64 // residents aged 0-19
	InNeed, CoveredInNeed         float64
	PeopleDecile1, CoveredDecile1 float64 // of areas in published decile 1
	// ByTransit are residents aged 0-19, and ByTransitInNeed those of them in need,
	// who reach an open site by public transport or on foot within the input's
	// JourneyLimit; 0 where that was not assessed.
	ByTransit, ByTransitInNeed float64
	Equity                     float64 // Erreygers index, see Erreygers
	MeanWalkMin                float64 // walks over Longest, or not found, count as Longest
	// AnnualCost is what is known of the open sites' running and staffing costs,
	// in pounds; Costed is set when that is all of it.
	AnnualCost float64
	Costed     bool

	YouthDistricts []county.DistrictCode // districts with an open youth space
	YouthStated    bool                  // at least one site says whether it has a youth space
}

// CoveredShare returns the share of residents aged 0-19 within the limit.
func (a *Assessment) CoveredShare() float64 { return ratio(a.Covered, a.People) }

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// Assess says what an option does, with the sites as it plans them. It depends on
// in and o alone, and opening a site in o never lowers any coverage. It panics
// when o does not have one status for each site of the county.
func Assess(in Input, o Option) *Assessment {
	if len(o.Status) != len(in.County.Sites) {
		panic(fmt.Sprintf("estate: option %s has %d statuses for %d sites", o.ID, len(o.Status), len(in.County.Sites)))
	}
	in.County = o.In(in.County)
	a := &Assessment{
		Option: o,
		Areas:  make([]AreaReach, len(in.County.Areas)),
		Sites:  make([]SiteReach, len(in.County.Sites)),
		Millis: make([]uint32, len(in.County.Points)),
	}
	young := youngResidents(in.County)
	a.reach(in, young)
	a.totals(in, young)
	return a
}

// youngResidents returns the residents aged 0-19 of each area.
func youngResidents(c *county.County) []float64 {
	young := make([]float64, len(c.Areas))
	for i := range young {
		young[i] = c.Areas[i].Residents.Between(0, 19)
	}
	return young
}

// Minutes turns milliseconds into minutes.
func Minutes(millis uint32) float64 { return float64(millis) / 60_000 }

// totals adds the areas up.
func (a *Assessment) totals(in Input, young []float64) {
	walked := 0.0
	for p, point := range in.County.Points {
		walked += young[point.Area] * point.Share * Minutes(min(a.Millis[p], in.Longest))
	}
	for i := range a.Areas {
		r, n := &a.Areas[i], &in.Need.Areas[i]
		a.People += young[i]
		a.Covered += r.Covered
		a.InNeed += n.InNeed
		a.CoveredInNeed += n.InNeed * r.CoveredShare
		if n.DeprivationDecile == 1 {
			a.PeopleDecile1 += young[i]
			a.CoveredDecile1 += r.Covered
		}
	}
	a.MeanWalkMin = ratio(walked, a.People)
	a.Equity = Erreygers(equityRows(in, a.Areas, young))
	a.journeys(in, young)
	a.money(in.County)
	a.youthSpaces(in.County)
}

// money adds up what the open sites cost in a year.
func (a *Assessment) money(c *county.County) {
	a.Costed = true
	for _, i := range a.Option.OpenSites() {
		cost, known := c.Sites[i].Cost.Annual()
		a.AnnualCost += cost
		a.Costed = a.Costed && known
	}
}

// youthSpaces finds the districts with an open youth space.
func (a *Assessment) youthSpaces(c *county.County) {
	has := map[county.DistrictCode]bool{}
	for i, s := range c.Sites {
		a.YouthStated = a.YouthStated || s.YouthSpace != county.NotStated
		if s.YouthSpace == county.Yes && a.Option.Status[i].Open() {
			has[s.District] = true
		}
	}
	for _, d := range c.Districts {
		if has[d.Code] {
			a.YouthDistricts = append(a.YouthDistricts, d.Code)
		}
	}
}
