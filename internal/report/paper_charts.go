package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hubreach/internal/estate"
)

// money says what the options cost, what a year of reach costs a head, and which
// of them another beats. There is nothing to say of fewer than two whose cost is
// known.
func (p *paper) money() []section {
	points, without := p.priced()
	if len(points) < 2 {
		return nil
	}
	s := section{ID: "money", Title: "What the money buys", Level: 3}
	s.Blocks = append(s.Blocks,
		prose("Each point is one option. Further right costs more. Higher up reaches more of those in need. The line is the most that any option reaches for the money. An option under the line is beaten: another reaches as many for the same or less."),
		figure{ID: "figure-money", Chart: points, Caption: "Options by cost a year and by those in need who are reached"},
		p.moneyTable(points))
	if len(without) > 0 {
		s.Blocks = append(s.Blocks, prose("The full cost is not known for these, so they are not drawn: "+strings.Join(without, ", ")+"."))
	}
	return []section{s}
}

// priced are the options of the report whose cost is known, cheapest first, and
// the names of the others.
func (p *paper) priced() (points money, without []string) {
	for _, k := range p.options {
		s := optionPartOf(p.r, p.option(k))
		if s.AnnualCost.kind == unknown || s.CoveredInNeed.kind == unknown {
			without = append(without, p.name(k))
			continue
		}
		form := dotOther
		switch k {
		case p.r.Baseline:
			form = dotToday
		case p.best:
			form = dotOption
		}
		points = append(points, priced{ID: string(s.ID), Name: p.name(k), Cost: s.AnnualCost.number, Reached: s.CoveredInNeed.number, cost: s.AnnualCost, reached: s.CoveredInNeed, Form: form})
	}
	slices.SortStableFunc(points, func(a, b priced) int { return cmp.Compare(a.Cost, b.Cost) })
	return points, without
}

func (p *paper) moneyTable(points money) grid {
	g := grid{ID: "table-money", Sheet: "Money", Caption: "What each option costs, and for each person in need in reach", Head: []string{"Option", "Cost a year", "In need in reach", "Cost a head", "Beaten by"}}
	for _, o := range points {
		head := o.Cost / o.Reached
		beaten := "none"
		if by := points.beating(o); len(by) > 0 {
			beaten = strings.Join(by.ids(), ", ")
		}
		g.Rows = append(g.Rows, []datum{
			cell(o.Name),
			figureOf("options/"+o.ID+"/annual_cost_gbp", o.cost, "£"+thousands(o.Cost)),
			figureOf("options/"+o.ID+"/covered_in_need", o.reached, thousands(o.Reached)),
			numberCell(real(head, 2, o.Reached > 0), "£"+thousands(head)),
			cell(beaten),
		})
	}
	g.Note = "An option beats another if it reaches as many for less, or more for the same money."
	return g
}

// deciles draws who is in reach by deprivation under the baseline and under
// option k. Deciles whose numbers are hidden are left out; with fewer than two
// there is no chart.
func (p *paper) deciles(k int) []block {
	t := decileChart{Before: p.name(p.r.Baseline), After: p.name(k)}
	for _, row := range p.r.EqualityImpact(k).Rows {
		before, after := row.Before(), row.After()
		if row.Dimension != "decile" || row.Group == "not known" || row.People.Suppressed || before.Suppressed || after.Suppressed || row.People.People == 0 {
			continue
		}
		share := func(c estate.Cell) float64 { return min(1, c.People/row.People.People) } // each is rounded by itself
		t.Rows = append(t.Rows, decileRow{"Decile " + row.Group, share(before), share(after)})
	}
	if len(t.Rows) < 2 {
		return nil
	}
	return []block{figure{ID: fmt.Sprintf("figure-deciles-%d", k+1), Chart: t,
		Caption: "Share aged 0-19 in reach by deprivation decile, 1 the most deprived of England: " + p.name(k)}}
}
