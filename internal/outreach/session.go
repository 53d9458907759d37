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
	for _, d := range c.in.County.Districts {
		left[d.Code] = c.p.SessionsPerWeek * Weekly.PerYear()
	}
	for _, t := range order {
		wanted := c.wanted(t.InNeed)
		t.Frequency = wanted
		if c.p.SessionsPerWeek > 0 {
			for t.Frequency != Unmet && t.Frequency.PerYear() > left[t.District] {
				t.Frequency = stepDown(t.Frequency)
			}
			left[t.District] -= t.Frequency.PerYear()
		}
		t.Reason += " " + c.whyOften(t, wanted)
	}
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
	case t.Frequency == Unmet:
		return why + "; but the district has no staffed session left, so none is planned."
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
