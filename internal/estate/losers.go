package estate

import (
	"fmt"

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
func Losers(in Input, baseline, option *Assessment) []LoserRow {
	t := &loserTable{at: map[[2]string]int{}}
	for p, point := range in.County.Points {
		area := in.County.Areas[point.Area]
		before, after := baseline.Millis[p], option.Millis[p]
		extra := Minutes(min(after, in.Longest)) - Minutes(min(before, in.Longest))
		add := func(dimension, group string, people float64) {
			t.add(dimension, group, people*point.Share, before <= in.Limit, after <= in.Limit, extra)
		}
		people := area.Residents.Between(0, 19)
		add("county", "aged 0-19", people)
		for _, band := range ageBands {
			add("age", fmt.Sprintf("%d-%d", band[0], band[1]), area.Residents.Between(band[0], band[1]))
		}
		add("need", "in need", in.Need.Areas[point.Area].InNeed)
		add("district", string(area.District), people)
		add("decile", decileGroup(in.Need.Areas[point.Area].DeprivationDecile), people)
		add("rural_urban", ruralGroup(area), people)
	}
	return t.sorted(in.County)
}

// ageBands are the ages that services are planned for: before school, primary,
// secondary, and after.
var ageBands = [][2]int{{0, 4}, {5, 10}, {11, 15}, {16, 19}}

func decileGroup(decile int) string {
	if decile == 0 {
		return "not known"
	}
	return fmt.Sprintf("%d", decile)
}

func ruralGroup(a county.Area) string {
	switch {
	case a.RuralUrban == "":
		return "not known"
	case a.Rural:
		return "rural"
	}
	return "urban"
}

type loserTable struct {
	rows []LoserRow
	at   map[[2]string]int
}

func (t *loserTable) add(dimension, group string, people float64, before, after bool, extra float64) {
	key := [2]string{dimension, group}
	i, ok := t.at[key]
	if !ok {
		i = len(t.rows)
		t.at[key] = i
		t.rows = append(t.rows, LoserRow{Dimension: dimension, Group: group})
	}
	r := &t.rows[i]
	r.People += people
	if before {
		r.Before += people
	}
	if after {
		r.After += people
	}
	switch {
	case before && !after:
		r.Lost += people
		r.ExtraMin += people * extra
	case after && !before:
		r.Gained += people
	}
}

// sorted returns the rows in the order of the report, with the mean extra walk.
func (t *loserTable) sorted(c *county.County) []LoserRow {
	var order [][2]string
	order = append(order, [2]string{"county", "aged 0-19"})
	for _, b := range ageBands {
		order = append(order, [2]string{"age", fmt.Sprintf("%d-%d", b[0], b[1])})
	}
	order = append(order, [2]string{"need", "in need"})
	for d := 1; d <= 10; d++ {
		order = append(order, [2]string{"decile", decileGroup(d)})
	}
	order = append(order, [2]string{"decile", "not known"})
	for _, d := range c.Districts {
		order = append(order, [2]string{"district", string(d.Code)})
	}
	for _, g := range []string{"rural", "urban", "not known"} {
		order = append(order, [2]string{"rural_urban", g})
	}
	var rows []LoserRow
	for _, key := range order {
		if i, ok := t.at[key]; ok {
			r := t.rows[i]
			if r.Lost > 0 {
				r.ExtraMin /= r.Lost
			}
			rows = append(rows, r)
		}
	}
	return rows
}
