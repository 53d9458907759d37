package estate

import (
	"math"
	"sort"

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
	// WalkMin is the walk, in minutes, that half of the area's people do not
	// exceed and PushchairMin the same with a pushchair; NaN when it is longer
	// than the longest walk looked for.
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
	Equity                        float64 // Erreygers index, see Erreygers
	MeanWalkMin                   float64 // walks over Longest, or not found, count as Longest
	AnnualCost                    float64
	Costed                        bool                  // every open site has a running and a staffing cost
	YouthDistricts                []county.DistrictCode // districts with an open youth space
	YouthStated                   bool                  // at least one site says whether it has a youth space
}

// CoveredShare returns the share of residents aged 0-19 within the limit.
func (a *Assessment) CoveredShare() float64 { return ratio(a.Covered, a.People) }

func ratio(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// Assess says what an option does. It depends on in and o alone, and opening a
// site in o never lowers any coverage.
func Assess(in Input, o Option) *Assessment {
	a := &Assessment{
		Option: o,
		Areas:  make([]AreaReach, len(in.County.Areas)),
		Sites:  make([]SiteReach, len(in.County.Sites)),
		Millis: make([]uint32, len(in.County.Points)),
	}
	points := in.County.Points
	for from := 0; from < len(points); {
		to := from
		for to < len(points) && points[to].Area == points[from].Area {
			to++
		}
		a.area(in, from, to)
		from = to
	}
	a.totals(in)
	return a
}

// area judges the points from..to, which are those of one area.
func (a *Assessment) area(in Input, from, to int) {
	i := in.County.Points[from].Area
	people := in.County.Areas[i].Residents.Between(0, 19)
	rate := in.Need.Areas[i].Rate
	walks := make([]weighted, 0, to-from)
	pushes := make([]weighted, 0, to-from)
	nearest := map[int]float64{}
	r := &a.Areas[i]
	var atLimit []int // open sites within the limit of one point
	for p := from; p < to; p++ {
		share := in.County.Points[p].Share
		best := -1
		a.Millis[p] = reach.NoWalk
		atLimit = atLimit[:0]
		for _, t := range in.Walks.At(p) {
			if !a.Option.Status[t.Place].Open() {
				continue
			}
			if best < 0 || t.Millis < a.Millis[p] || t.Millis == a.Millis[p] && int(t.Place) < best {
				best, a.Millis[p] = int(t.Place), t.Millis
			}
			if t.Millis <= in.Limit {
				atLimit = append(atLimit, int(t.Place))
			}
		}
		if best >= 0 {
			nearest[best] += share
		}
		walks = append(walks, weighted{a.Millis[p], share})
		if len(atLimit) > 0 {
			r.CoveredShare += share
		}
		if youthWithin(in.County, atLimit) {
			r.YouthShare += share
		}
		for _, s := range atLimit {
			site := &a.Sites[s]
			site.Reached += people * share
			site.ReachedInNeed += people * share * rate
			if len(atLimit) == 1 {
				site.OnlyHere += people * share
				site.OnlyHereInNeed += people * share * rate
			}
		}
		if in.Pushchair != nil {
			push := uint32(reach.NoWalk)
			for _, t := range in.Pushchair.At(p) {
				if a.Option.Status[t.Place].Open() {
					push = min(push, t.Millis)
				}
			}
			pushes = append(pushes, weighted{push, share})
		}
	}
	r.CoveredShare = min(r.CoveredShare, 1)
	r.Covered = people * r.CoveredShare
	r.WalkMin = median(walks)
	r.PushchairMin = median(pushes)
	r.Nearest = -1
	for s, share := range nearest {
		if r.Nearest < 0 || share > nearest[r.Nearest] || share == nearest[r.Nearest] && s < r.Nearest {
			r.Nearest = s
		}
	}
}

func youthWithin(c *county.County, sites []int) bool {
	for _, s := range sites {
		if c.Sites[s].YouthSpace == county.Yes {
			return true
		}
	}
	return false
}

// weighted is a walk and the share of an area's people who have it.
type weighted struct {
	millis uint32
	share  float64
}

// median returns the least walk, in minutes, that more than half of the people
// do not exceed; NaN when that is no walk at all, or for nobody. With it, an
// area is outside by its median exactly when half or more of its people are.
func median(ws []weighted) float64 {
	sort.Slice(ws, func(i, j int) bool { return ws[i].millis < ws[j].millis })
	sum := 0.0
	for _, w := range ws {
		if w.millis == reach.NoWalk {
			break
		}
		sum += w.share
		if sum > 0.5+1e-9 {
			return Minutes(w.millis)
		}
	}
	return math.NaN()
}

// Minutes turns milliseconds into minutes.
func Minutes(millis uint32) float64 { return float64(millis) / 60_000 }

// totals adds the areas up.
func (a *Assessment) totals(in Input) {
	walked := 0.0
	for p, point := range in.County.Points {
		people := in.County.Areas[point.Area].Residents.Between(0, 19) * point.Share
		walked += people * Minutes(min(a.Millis[p], in.Longest))
	}
	for i, area := range in.County.Areas {
		people := area.Residents.Between(0, 19)
		r, n := a.Areas[i], in.Need.Areas[i]
		a.People += people
		a.Covered += r.Covered
		a.InNeed += n.InNeed
		a.CoveredInNeed += n.InNeed * r.CoveredShare
		if n.DeprivationDecile == 1 {
			a.PeopleDecile1 += people
			a.CoveredDecile1 += r.Covered
		}
	}
	a.MeanWalkMin = ratio(walked, a.People)
	a.Equity = Erreygers(equityRows(in, a))
	a.money(in.County)
	a.youthSpaces(in.County)
}

func (a *Assessment) money(c *county.County) {
	a.Costed = true
	for _, i := range a.Option.OpenSites() {
		cost, known := c.Sites[i].Cost.Annual()
		a.AnnualCost += cost
		a.Costed = a.Costed && known
	}
}

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
