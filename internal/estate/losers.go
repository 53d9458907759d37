package estate

import (
	"strconv"

	"hubreach/internal/county"
)

// LoserRow says, for one group of people, how many have a site within the limit
// under the baseline and under an option.
type LoserRow struct {
	Dimension string // county, district, decile, age, need, rural_urban
	Group     string
	People    float64 // residents of the group
	Before    float64 // covered under the baseline
	After     float64 // covered under the option
	Lost      float64 // covered before, not after
	Gained    float64 // covered after, not before
	// ExtraMin is the mean extra walk of those who lose, in minutes; walks that
	// were not found count as Longest. Zero when nobody loses.
	ExtraMin float64
}

// Losers compares an option with the baseline, group by group. In every row
// Before + Gained - Lost = After. People aged 0-19, but for the rows by age.
//
// The rows come by county, age, need, decile, district and kind of place; a
// group that no area belongs to has no row. The rows by decile, by district and
// by kind of place each add up to that of the county.
func Losers(in Input, baseline, option *Assessment) []LoserRow {
	t := newLoserTable(in.County)
	for i, change := range changes(in, baseline, option) {
		area, n := &in.County.Areas[i], &in.Need.Areas[i]
		people := area.Residents.Between(0, 19)
		t.add("county", "aged 0-19", people, change)
		for _, band := range ageBands {
			t.add("age", band.name, area.Residents.Between(band.from, band.to), change)
		}
		t.add("need", "in need", n.InNeed, change)
		t.add("decile", decileGroup(n.DeprivationDecile), people, change)
		t.add("district", string(area.District), people, change)
		t.add("rural_urban", ruralGroup(area), people, change)
	}
	return t.filled()
}

// change is what an option does to the people of one area, as shares of them.
type change struct {
	before, after, lost, gained float64
	extra                       float64 // share-weighted extra minutes of those who lose
}

// changes returns the change of every area.
func changes(in Input, baseline, option *Assessment) []change {
	cs := make([]change, len(in.County.Areas))
	for p, point := range in.County.Points {
		c, b, a := &cs[point.Area], baseline.Millis[p], option.Millis[p]
		had, has := b <= in.Limit, a <= in.Limit
		if had {
			c.before += point.Share
		}
		if has {
			c.after += point.Share
		}
		switch {
		case had && !has:
			c.lost += point.Share
			c.extra += point.Share * (Minutes(min(a, in.Longest)) - Minutes(b))
		case has && !had:
			c.gained += point.Share
		}
	}
	return cs
}

// ageBands are the ages that services are planned for: before school, primary,
// secondary, and after.
var ageBands = [...]struct {
	from, to int
	name     string
}{{0, 4, "0-4"}, {5, 10, "5-10"}, {11, 15, "11-15"}, {16, 19, "16-19"}}

const notKnown = "not known"

func decileGroup(decile int) string {
	if decile == 0 {
		return notKnown
	}
	return strconv.Itoa(decile)
}

func ruralGroup(a *county.Area) string {
	switch {
	case a.RuralUrban == "":
		return notKnown
	case a.Rural:
		return "rural"
	}
	return "urban"
}

// loserTable holds the rows in the order of the report.
type loserTable struct {
	rows []LoserRow
	used []bool // an area belongs to the group
	at   map[[2]string]int
}

func newLoserTable(c *county.County) *loserTable {
	t := &loserTable{at: map[[2]string]int{}}
	t.row("county", "aged 0-19")
	for _, band := range ageBands {
		t.row("age", band.name)
	}
	t.row("need", "in need")
	for d := 1; d <= 10; d++ {
		t.row("decile", decileGroup(d))
	}
	t.row("decile", notKnown)
	for _, d := range c.Districts {
		t.row("district", string(d.Code))
	}
	for _, g := range []string{"rural", "urban", notKnown} {
		t.row("rural_urban", g)
	}
	return t
}

// row returns the position of a group's row, made when it is first asked for.
func (t *loserTable) row(dimension, group string) int {
	key := [2]string{dimension, group}
	i, ok := t.at[key]
	if !ok {
		i = len(t.rows)
		t.at[key] = i
		t.rows = append(t.rows, LoserRow{Dimension: dimension, Group: group})
		t.used = append(t.used, false)
	}
	return i
}

// add counts people of an area into a group. ExtraMin is a sum until filled.
func (t *loserTable) add(dimension, group string, people float64, c change) {
	i := t.row(dimension, group)
	t.used[i] = true
	r := &t.rows[i]
	r.People += people
	r.Before += people * c.before
	r.After += people * c.after
	r.Lost += people * c.lost
	r.Gained += people * c.gained
	r.ExtraMin += people * c.extra
}

// filled returns the rows of groups that an area belongs to, with the mean
// extra walk.
func (t *loserTable) filled() []LoserRow {
	var rows []LoserRow
	for i, r := range t.rows {
		if !t.used[i] {
			continue
		}
		if r.Lost > 0 {
			r.ExtraMin /= r.Lost
		}
		rows = append(rows, r)
	}
	return rows
}
