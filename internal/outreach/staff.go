package outreach

import (
	"cmp"
	"math"
	"slices"

	"hubreach/internal/county"
)

// Totals shares out the people in need aged 0-19 who live out of reach: each of
// them is in exactly one of Planned, Unmet and Below, so the three add up to
// Outside, but for rounding. A child is in the plan of the target of its area's
// primary category; no other target counts it again.
type Totals struct {
	Outside float64 // people in need aged 0-19 out of reach
	Planned float64 // in a target area with a session
	Unmet   float64 // in a target area for which the district has no session left
	Below   float64 // where no outreach category applies
	// Of Below: where the finding is a building, and in areas that count as in
	// reach because most of their people are.
	Building, Mostly float64
}

func (t *Totals) add(o Totals) {
	t.Outside += o.Outside
	t.Planned += o.Planned
	t.Unmet += o.Unmet
	t.Below += o.Below
	t.Building += o.Building
	t.Mostly += o.Mostly
}

// DistrictPlan is what a district can staff and what it would take. A target
// that lies in two districts belongs to one, with all its people.
type DistrictPlan struct {
	District county.DistrictCode
	// Staffed are the sessions that the district's staff can hold in a year; NaN
	// when that was not stated, and then every target has the sessions it calls
	// for. Planned never exceeds Staffed. Wanted are those that the people in
	// need call for.
	Staffed, Planned, Wanted float64
	Totals
	Next Next
}

// Next is what one more session a week (Weekly.PerYear a year) would do in a
// district, taking nothing from what is planned: targets step up, those with the
// most people in need first, each as far as the sessions last and it calls for.
type Next struct {
	// Reached are the people in need aged 0-19 of targets that would get a first
	// session, and Targets how many those are; of areas that two targets share,
	// as in Totals.
	Reached float64
	Targets int
	// Oftener are the targets with a session that would get more of them, and
	// OftenerInNeed their people in need.
	Oftener       int
	OftenerInNeed float64
}

// districts adds up the plans of the districts and the totals of the county.
func (c *classifier) districts(details []Detail) ([]DistrictPlan, Totals) {
	ds := make([]DistrictPlan, len(c.in.County.Districts))
	at := map[county.DistrictCode]int{}
	for k, d := range c.in.County.Districts {
		at[d.Code] = k
		ds[k] = DistrictPlan{District: d.Code, Staffed: math.NaN()}
		if perWeek, ok := c.p.Staffed(d.Code); ok {
			ds[k].Staffed = perWeek * Weekly.PerYear()
		}
	}
	for k := range c.r.Targets {
		t := &c.r.Targets[k]
		d := &ds[at[t.District]]
		d.Planned += t.Frequency.PerYear()
		d.Wanted += details[k].Wanted.PerYear()
	}
	var all Totals
	served := c.served()
	for i := range c.r.Areas {
		sum := c.share(i, served)
		district := c.in.County.Areas[i].District
		if k := served[i]; k >= 0 {
			district = c.r.Targets[k].District
		}
		ds[at[district]].Totals.add(sum)
		all.add(sum)
	}
	for k := range ds {
		if !math.IsNaN(ds[k].Staffed) {
			ds[k].Next = c.next(ds[k], details)
		}
	}
	return ds, all
}

// served returns the target that each area's people are counted in: that of its
// primary category, -1 for none.
func (c *classifier) served() []int {
	in := make([]int, len(c.r.Areas))
	for i := range in {
		in[i] = -1
	}
	for k := range c.r.Targets {
		for _, i := range c.r.Targets[k].Areas {
			if c.r.Areas[i].Primary == c.r.Targets[k].Category {
				in[i] = k
			}
		}
	}
	return in
}

// share shares out the people in need of one area.
func (c *classifier) share(i int, served []int) Totals {
	n := c.outsideInNeed(i)
	t := Totals{Outside: n}
	switch k := served[i]; {
	case k >= 0 && c.r.Targets[k].Frequency != Unmet:
		t.Planned = n
	case k >= 0:
		t.Unmet = n
	default:
		t.Below = n
		town := c.town[c.in.County.Areas[i].Settlement]
		switch {
		case !c.r.Areas[i].Uncovered:
			t.Mostly = n
		case town != nil && c.whole[town.Settlement] && town.Warrants:
			t.Building = n
		}
	}
	return t
}

// outsideInNeed returns the people in need aged 0-19 of area i who are out of
// reach.
func (c *classifier) outsideInNeed(i int) float64 {
	return c.in.Need.Areas[i].InNeed * (1 - c.in.Covered[i])
}

// next gives one more session a week to a district.
func (c *classifier) next(d DistrictPlan, details []Detail) Next {
	var order []int
	for k := range c.r.Targets {
		if c.r.Targets[k].District == d.District {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.r.Targets[b].InNeed, c.r.Targets[a].InNeed) })
	left := math.Max(0, d.Staffed-d.Planned) + Weekly.PerYear()
	var n Next
	for _, k := range order {
		t := &c.r.Targets[k]
		now := t.Frequency
		step := details[k].Wanted
		for step != now && step.PerYear()-now.PerYear() > left {
			step = stepDown(step)
		}
		if step == now {
			continue
		}
		left -= step.PerYear() - now.PerYear()
		if now != Unmet {
			n.Oftener++
			n.OftenerInNeed += t.InNeed
			continue
		}
		n.Targets++
		for _, i := range t.Areas {
			if c.r.Areas[i].Primary == t.Category {
				n.Reached += c.outsideInNeed(i)
			}
		}
	}
	return n
}
