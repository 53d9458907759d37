package outreach

import (
	"cmp"
	"fmt"
	"slices"

	"hubreach/internal/county"
)

// sessions gives every target a frequency by its people in need, and the reason
// for it. Where the district's sessions are stated, the targets with the most
// people in need come first, of equals the first in the list, and one for which
// too few sessions are left steps down.
func (c *classifier) sessions(ts []Target) {
	order := make([]*Target, len(ts))
	for i := range ts {
		order[i] = &ts[i]
	}
	slices.SortStableFunc(order, func(a, b *Target) int { return cmp.Compare(b.InNeed, a.InNeed) })
	left := map[county.DistrictCode]float64{}
	stated := map[county.DistrictCode]bool{}
	for _, d := range c.in.County.Districts {
		perWeek, ok := c.p.Staffed(d.Code)
		left[d.Code], stated[d.Code] = perWeek*Weekly.PerYear(), ok
	}
	for _, t := range order {
		wanted := c.wanted(t.InNeed)
		t.Frequency = wanted
		if stated[t.District] {
			for t.Frequency != Unmet && t.Frequency.PerYear() > left[t.District] {
				t.Frequency = stepDown(t.Frequency)
			}
			left[t.District] -= t.Frequency.PerYear()
		}
		t.Reason += " " + c.whyOften(t, wanted)
		t.Mode = c.mode(t)
	}
}

// mode is how a target is worked with, of the modes of the cabinet paper,
// paragraph 7.8.2: alongside the group that a venue has already, else the
// declared one of the category. Where no session can be staffed a virtual group
// stands in, which is not a session: digital adds to face to face (paragraph
// 7.6.3).
func (c *classifier) mode(t *Target) string {
	switch {
	case t.Category == DetachedYouth:
		return modeOf(t.Category)
	case t.Frequency == Unmet:
		return "virtual group"
	case t.Venue >= 0 && c.in.County.Venues[t.Venue].Used == county.Yes:
		return "alongside an existing group"
	}
	return modeOf(t.Category)
}

// wanted returns the frequency that a number of people in need calls for. A
// threshold of 0 is one that could not be told, and never met.
func (c *classifier) wanted(inNeed float64) Frequency {
	switch {
	case c.p.WeeklyInNeed > 0 && inNeed >= c.p.WeeklyInNeed:
		return Weekly
	case c.p.MonthlyInNeed > 0 && inNeed >= c.p.MonthlyInNeed:
		return Monthly
	}
	return Termly
}

// whyOften says what the frequency follows from.
func (c *classifier) whyOften(t *Target, wanted Frequency) string {
	least := map[Frequency]float64{Weekly: c.p.WeeklyInNeed, Monthly: c.p.MonthlyInNeed}[wanted]
	found, limit := apart(t.InNeed, least)
	why := fmt.Sprintf("%s: %s people in need, and %s or more call for it", capital(string(wanted)), fewest(found), limit)
	if wanted == Termly {
		found, limit = apart(t.InNeed, c.p.MonthlyInNeed)
		why = fmt.Sprintf("Once a term: %s people in need, and a monthly session wants %s", fewest(found), limit)
	}
	switch {
	case t.Frequency == Unmet && t.Category == DetachedYouth:
		return why + "; but the district has no staffed session left, so none is planned."
	case t.Frequency == Unmet:
		return why + "; but the district has no staffed session left, so none is planned: a virtual group stands in and does not replace it."
	case t.Frequency != wanted:
		return why + fmt.Sprintf("; but too few of the district's staffed sessions are left, so %s.", t.Frequency)
	}
	return why + "."
}

func stepDown(f Frequency) Frequency {
	switch f {
	case Weekly:
		return Monthly
	case Monthly:
		return Termly
	}
	return Unmet
}
