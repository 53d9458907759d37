package outreach

import (
	"fmt"
	"math"
	"slices"
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
	slices.Sort(found)
	return found
}

// targets joins areas of one category, by primary category; the areas of
// detached youth make targets of their own beside these.
func (c *classifier) targets() {
	for _, category := range Categories {
		in := func(i int) bool {
			if category == DetachedYouth {
				return slices.Contains(c.r.Areas[i].Categories, DetachedYouth)
			}
			return c.r.Areas[i].Primary == category
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
			c.r.Targets = append(c.r.Targets, c.target(category, areas))
		}
	}
	c.sessions(c.r.Targets)
}

// target describes one target.
func (c *classifier) target(category Category, areas []int) Target {
	first := &c.in.County.Areas[areas[0]]
	t := Target{ID: string(category) + "-" + string(first.Code), Category: category, Areas: areas, Mode: modeOf(category)}
	districts, nearest := map[county.DistrictCode]float64{}, map[int]float64{}
	var walk, transit mean
	most := -1.0
	for _, i := range areas {
		area, n := &c.in.County.Areas[i], c.in.Need.Areas[i]
		outside := 1.0
		if category != DetachedYouth {
			outside -= c.in.Covered[i]
		}
		people := c.young[i] * outside
		t.People += people
		t.InNeed += n.InNeed * outside
		t.Youth += area.Residents.Between(10, 19) * outside
		walk.add(c.in.WalkMin[i], people)
		if c.in.Transit != nil {
			transit.add(c.in.Transit[i], people)
		}
		districts[area.District] += people
		nearest[c.in.Nearest[i]] += people
		if n.InNeed > most {
			most, t.Place = n.InNeed, area.Name
		}
	}
	if first.Settlement != "" {
		t.Place = c.townName(first.Settlement)
	}
	t.WalkMin, t.Transit = walk.value(), transit.value()
	t.District, t.Nearest = heaviest(districts), heaviest(nearest)
	t.Venue, t.VenueShare = c.venue(&t)
	t.Reason = c.reason(&t)
	return t
}

// mean is a mean of minutes, weighted by people. What is not known makes it not
// known, unless nobody is there.
type mean struct {
	sum, weight, plain float64
	n                  int
}

func (m *mean) add(v, weight float64) {
	if weight > 0 {
		m.sum += v * weight
		m.weight += weight
	}
	m.plain += v
	m.n++
}

// value returns the mean, the plain one when nobody lives there, NaN for none.
func (m *mean) value() float64 {
	switch {
	case m.weight > 0:
		return m.sum / m.weight
	case m.n > 0:
		return m.plain / float64(m.n)
	}
	return math.NaN()
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

// reason says in a few sentences why the target is one.
func (c *classifier) reason(t *Target) string {
	var words []string
	say := func(format string, args ...any) { words = append(words, fmt.Sprintf(format, args...)) }
	if t.Category == DetachedYouth {
		say("Detached youth: %s with %s aged 10-19, among the county's highest youth need, and no open youth space on foot.", areas(len(t.Areas)), residents(t.Youth))
	} else {
		say("%s: %s with %s aged 0-19 out of reach, %s.", capital(t.Category.Title()), areas(len(t.Areas)), residents(t.People), ofThem(t))
	}
	switch {
	case t.Nearest < 0:
		say("No open hub is near enough to walk to.")
	case math.IsNaN(t.WalkMin):
		say("The nearest open hub is %s, too far for some to walk.", c.in.County.Sites[t.Nearest].Name)
	default:
		say("The nearest open hub is %s, typically %s on foot.", c.in.County.Sites[t.Nearest].Name, minutes(t.WalkMin, c.p.Minutes))
	}
	switch {
	case c.in.Transit == nil:
		say("Public transport: not assessed.")
	case math.IsNaN(t.Transit):
		say("By public transport no open hub can be reached from all of it.")
	default:
		say("By public transport an open hub is typically %s away.", minutes(t.Transit, c.p.TransitMinutes))
	}
	switch {
	case t.Category == DetachedYouth:
	case c.in.Venues == nil || len(c.in.County.Venues) == 0:
		say("Venues: not assessed.")
	case t.Venue >= 0:
		used := ""
		if c.in.County.Venues[t.Venue].Used == county.Yes {
			used = ", which is used for outreach already"
		}
		say("%s of %s can walk to %s within %g minutes%s.", percent(t.VenueShare), venuePeople(t), c.in.County.Venues[t.Venue].Name, c.p.VenueMinutes, used)
	default:
		say("No known venue is within %g minutes' walk: a mobile stop.", c.p.VenueMinutes)
	}
	if c.in.Need.NoRate && t.Category != DetachedYouth {
		say(everybody)
	}
	return strings.Join(words, " ")
}

// ofThem says how many of a target's people are in need.
func ofThem(t *Target) string {
	if n := fewest(whole(t.InNeed)); n != "no" {
		return n + " of them in need"
	}
	return "none of them in need"
}

func venuePeople(t *Target) string {
	if t.InNeed > 0 {
		return "those in need"
	}
	return "them"
}
