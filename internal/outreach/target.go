package outreach

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"hubreach/internal/county"
)

// cluster returns area i and the areas that hold and touch it, directly or
// through each other, in the same settlement; ascending. Outside settlements an
// area stands for itself.
func (c *classifier) cluster(i int, holds func(int) bool) []int {
	settlement := c.in.County.Areas[i].Settlement
	if settlement == "" {
		return []int{i}
	}
	found := []int{i}
	seen := map[int]bool{i: true}
	for k := 0; k < len(found); k++ {
		for _, j := range c.in.County.Neighbours[found[k]] {
			if !seen[j] && c.in.County.Areas[j].Settlement == settlement && holds(j) {
				seen[j] = true
				found = append(found, j)
			}
		}
	}
	sort.Ints(found)
	return found
}

// targets joins areas of one category, by primary category; the areas of
// detached youth make targets of their own beside these.
func (c *classifier) targets() []Target {
	var out []Target
	for _, category := range Categories {
		in := func(i int) bool {
			if category != DetachedYouth {
				return c.r.Areas[i].Primary == category
			}
			for _, k := range c.r.Areas[i].Categories {
				if k == DetachedYouth {
					return true
				}
			}
			return false
		}
		done := map[int]bool{}
		for i := range c.r.Areas {
			if done[i] || !in(i) {
				continue
			}
			areas := c.cluster(i, in)
			for _, j := range areas {
				done[j] = true
			}
			out = append(out, c.target(category, areas))
		}
	}
	c.sessions(out)
	return out
}

// target describes one target. Its people are those of its areas who are out of
// reach, but for detached youth, which works with everybody.
func (c *classifier) target(category Category, areas []int) Target {
	first := c.in.County.Areas[areas[0]]
	t := Target{ID: string(category) + "-" + string(first.Code), Category: category, Areas: areas, Nearest: -1, Venue: -1, Transit: math.NaN()}
	districts, nearest := map[county.DistrictCode]float64{}, map[int]float64{}
	walk, transit, most := 0.0, 0.0, -1.0
	for _, i := range areas {
		area, n := c.in.County.Areas[i], c.in.Need.Areas[i]
		outside := 1 - c.in.Covered[i]
		if category == DetachedYouth {
			outside = 1
		}
		people := area.Residents.Between(0, 19)
		t.People += people * outside
		t.InNeed += n.InNeed * outside
		t.Youth += area.Residents.Between(10, 19) * outside
		walk += people * outside * c.in.WalkMin[i]
		districts[area.District] += people
		nearest[c.in.Nearest[i]] += people
		if c.in.Transit != nil {
			transit += people * outside * c.in.Transit[i]
		}
		if n.InNeed > most {
			most, t.Place = n.InNeed, area.Name
		}
	}
	if t.People > 0 {
		t.WalkMin = walk / t.People
		if c.in.Transit != nil {
			t.Transit = transit / t.People
		}
	}
	if first.Settlement != "" {
		t.Place = c.in.County.SettlementName(first.Settlement)
	}
	t.District = heaviest(districts)
	t.Nearest = heaviest(nearest)
	t.Mode = modeOf(category)
	c.venue(&t)
	t.Reason = c.reason(t)
	return t
}

// heaviest returns the key with the most weight, the lowest of equals.
func heaviest[K county.DistrictCode | int](m map[K]float64) K {
	var best K
	found := false
	for k, w := range m {
		if !found || w > m[best] || w == m[best] && k < best {
			best, found = k, true
		}
	}
	return best
}

// modeOf is the declared default mode of each category: the modes are those of
// the cabinet paper, paragraph 7.8.2.
func modeOf(c Category) string {
	switch c {
	case EdgeOfTown:
		return "targeted group"
	case WholeTown:
		return "drop-in surgery"
	case Rural:
		return "joint session with partners"
	}
	return "detached youth work"
}

// venue picks the building that the most people in need of the target reach on
// foot; of equals the first by id. Detached youth work never gets a building.
func (c *classifier) venue(t *Target) {
	if t.Category == DetachedYouth || c.in.Venues == nil || len(c.in.County.Venues) == 0 || t.InNeed == 0 {
		return
	}
	limit := uint32(math.Round(c.p.VenueMinutes * 60_000))
	reached := map[int]float64{}
	whole := 0.0
	inTarget := map[int]bool{}
	for _, i := range t.Areas {
		inTarget[i] = true
	}
	for p, point := range c.in.County.Points {
		if !inTarget[point.Area] {
			continue
		}
		inNeed := c.in.Need.Areas[point.Area].InNeed * point.Share
		whole += inNeed
		for _, v := range c.in.Venues.At(p) {
			if v.Millis <= limit {
				reached[int(v.Place)] += inNeed
			}
		}
	}
	if len(reached) > 0 && whole > 0 {
		t.Venue = heaviest(reached)
		t.VenueShare = min(1, reached[t.Venue]/whole)
	}
}

// reason says in a sentence or two why the target is one.
func (c *classifier) reason(t Target) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d area(s) with %.0f residents aged 0-19 out of reach, %.0f of them in need.", capital(t.Category.Title()), len(t.Areas), t.People, t.InNeed)
	if t.Category == DetachedYouth {
		b.Reset()
		fmt.Fprintf(&b, "Detached youth: %d area(s) with %.0f residents aged 10-19, among the county's highest youth need, and no youth space on foot.", len(t.Areas), t.Youth)
	}
	if t.Nearest >= 0 && !math.IsNaN(t.WalkMin) {
		fmt.Fprintf(&b, " The nearest open hub is %s, %.0f minutes' walk.", c.in.County.Sites[t.Nearest].Name, t.WalkMin)
	} else {
		b.WriteString(" No open hub within the longest walk looked for.")
	}
	if c.in.Transit == nil {
		b.WriteString(" Public transport: not assessed.")
	}
	switch {
	case t.Category == DetachedYouth:
	case t.Venue >= 0:
		fmt.Fprintf(&b, " %s of those in need can walk to %s within %g minutes.", percent(t.VenueShare), c.in.County.Venues[t.Venue].Name, c.p.VenueMinutes)
	case len(c.in.County.Venues) == 0:
		b.WriteString(" Venues: not assessed.")
	default:
		fmt.Fprintf(&b, " No known venue is within %g minutes' walk: a mobile stop.", c.p.VenueMinutes)
	}
	return b.String()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// sessions gives every target a frequency by its people in need. Where the
// district's sessions are stated, the targets with the most people in need come
// first, and one for which too few are left steps down.
func (c *classifier) sessions(ts []Target) {
	order := make([]int, len(ts))
	for i := range ts {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return ts[order[a]].InNeed > ts[order[b]].InNeed })
	left := map[county.DistrictCode]float64{}
	for _, d := range c.in.County.Districts {
		left[d.Code] = c.p.SessionsPerWeek * Weekly.PerYear()
	}
	for _, i := range order {
		t := &ts[i]
		t.Frequency = c.wanted(t.InNeed)
		if c.p.SessionsPerWeek == 0 {
			continue
		}
		for t.Frequency != Unmet && t.Frequency.PerYear() > left[t.District] {
			t.Frequency = stepDown(t.Frequency)
		}
		left[t.District] -= t.Frequency.PerYear()
	}
}

func (c *classifier) wanted(inNeed float64) Frequency {
	switch {
	case inNeed >= c.p.WeeklyInNeed:
		return Weekly
	case inNeed >= c.p.MonthlyInNeed:
		return Monthly
	}
	return Termly
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
