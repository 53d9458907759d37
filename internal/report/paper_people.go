package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// losses says who loses and gains against the baseline.
func (p *paper) losses() []section {
	s := section{ID: "losers", Title: "Who loses and who gains", Level: 2}
	s.Blocks = append(s.Blocks, prose(fmt.Sprintf("Every option is held against %s. Numbers under %g are hidden, so that nobody can be picked out. Where that happens, other numbers may be hidden too. The rest are rounded to the nearest %g, each by itself, so they may not quite add up.",
		p.name(p.r.Baseline), p.r.SmallNumber(), p.r.SmallNumber())))
	out := []section{s}
	for _, k := range p.options {
		if k == p.r.Baseline {
			continue
		}
		sub := section{ID: fmt.Sprintf("losers-%d", k+1), Title: p.name(k), Level: 3}
		sub.Blocks = append(sub.Blocks, p.groupTable(k, []string{"county", "age", "need", "decile", "rural_urban"}, fmt.Sprintf("table-losers-%d", k+1), "Losers", "Losers and gainers by group, aged 0-19 but for the rows by age"))
		sub.Blocks = append(sub.Blocks, p.deciles(k)...)
		sub.Blocks = append(sub.Blocks, p.closureTable(k)...)
		out = append(out, sub)
	}
	if len(out) == 1 {
		out[0].Blocks = append(out[0].Blocks, prose("This report has no other option, so nobody loses or gains."))
	}
	return out
}

// groupTable has the rows of some dimensions of option k.
func (p *paper) groupTable(k int, dimensions []string, id, sheet, caption string) grid {
	g := grid{ID: id, Sheet: p.sheet(sheet, k), Caption: caption + ": " + p.name(k), Head: []string{"Group", "People", "In reach before", "Lose", "Gain", "Extra walk of those who lose, minutes"}}
	for _, row := range p.r.EqualityImpact(k).Rows {
		if !slices.Contains(dimensions, row.Dimension) {
			continue
		}
		extra := cell("hidden")
		switch {
		case !row.Lost.Suppressed && row.Lost.People == 0:
			extra = cell("none")
		case !row.Lost.Suppressed:
			extra = minutesCell(row.ExtraMin, "none")
		}
		g.Rows = append(g.Rows, []datum{cell(p.groupName(row.Dimension, row.Group)), hidden(row.People), hidden(row.Before()), hidden(row.Lost), hidden(row.Gained), extra})
	}
	return g
}

// hidden is a cell of people that may be suppressed.
func hidden(c estate.Cell) datum {
	if c.Suppressed {
		return cell("hidden")
	}
	return numberCell(real(c.People, 0, true), thousands(c.People))
}

// groupName returns a group as people say it.
func (p *paper) groupName(dimension, group string) string {
	switch dimension {
	case "county":
		return "Everybody aged 0-19"
	case "need":
		return "Those " + group
	case "rural_urban":
		return capital(group) + " areas"
	case estate.Infants:
		return "Pregnancy and maternity: " + group
	case "decile", "age", "district":
		return capital(p.r.GroupName(dimension, group))
	}
	return capital(strings.ReplaceAll(dimension, "_", " ")) + ": " + group
}

// sheet names a table of option k in a workbook.
func (p *paper) sheet(what string, k int) string {
	return what + " " + string(p.option(k).Option.ID)
}

// tooFar says, in a column of minutes, that a walk was looked for and not found.
func (p *paper) tooFar() string {
	return strings.TrimSuffix(overLimit(p.r.Spec.Walk.LimitMinutes), " minutes")
}

// mostClosures bounds the areas listed for each option; closures.csv has all.
const mostClosures = 20

// closureTable lists where those go who lose a site.
func (p *paper) closureTable(k int) []block {
	g := grid{ID: fmt.Sprintf("table-closures-%d", k+1), Sheet: p.sheet("Closures", k), Caption: "The nearest open hub now, for the areas that lose most by closures: " + p.name(k),
		Head: []string{"Hub that closes", "Area", "Aged 0-19 who lose", "Nearest open hub now", "In a straight line, km", "On foot, minutes"}}
	timetable := p.option(k).TransitMin != nil
	if timetable {
		g.Head = append(g.Head, "On foot or by bus, minutes")
	}
	type loss struct {
		site string
		area study.PublicClosureArea
	}
	var all []loss
	for _, c := range p.r.Closures(k) {
		for _, a := range c.Areas {
			if !a.People.Suppressed && a.People.People > 0 {
				all = append(all, loss{p.r.County.Sites[c.Site].Name, a})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b loss) int {
		return int(math.Ceil(b.area.People.People)) - int(math.Ceil(a.area.People.People))
	})
	for _, l := range all[:min(mostClosures, len(all))] {
		next, line, bus := cell("none is open"), cell(""), cell("not looked at")
		if l.area.Next >= 0 {
			km := real(float64(l.area.NextLine)/1000, 1, true)
			next, line = cell(p.r.County.Sites[l.area.Next].Name), numberCell(km, km.text)
		}
		if l.area.Transit {
			bus = minutesCell(l.area.NextTransitMin, "no journey")
		}
		row := []datum{cell(l.site), cell(p.r.County.Areas[l.area.Area].Name), hidden(l.area.People), next, line, minutesCell(l.area.WalkMin, p.tooFar())}
		if timetable {
			row = append(row, bus)
		}
		g.Rows = append(g.Rows, row)
	}
	if len(g.Rows) == 0 {
		return nil
	}
	if len(all) > mostClosures {
		g.Note = fmt.Sprintf("%d more rows are in closures.csv.", len(all)-mostClosures)
	}
	return []block{g}
}

// equality is the evidence for an equality impact assessment.
func (p *paper) equality() []section {
	s := section{ID: "equality", Title: "Equality", Level: 2}
	s.Blocks = append(s.Blocks, prose("The council must think about nine protected groups before it decides. This table says which of them the data can speak for. A gap is not a finding of no harm."))
	e := p.r.EqualityImpact(p.best)
	g := grid{ID: "table-characteristics", Sheet: "Equality", Caption: "What was assessed", Head: []string{"Characteristic", "Assessed", "From", "Gap"}}
	for _, c := range e.Characteristics {
		done := "no"
		if len(c.Dimensions) > 0 {
			done = "yes"
		}
		g.Rows = append(g.Rows, []datum{cell(capital(c.Name)), cell(done), cell(orDash(c.Source)), cell(orDash(c.Gap))})
	}
	s.Blocks = append(s.Blocks, g)
	var dimensions []string
	for _, c := range e.Characteristics {
		for _, d := range c.Dimensions {
			if d != "age" {
				dimensions = append(dimensions, d)
			}
		}
	}
	for _, k := range p.options {
		if k != p.r.Baseline && len(dimensions) > 0 {
			s.Blocks = append(s.Blocks, p.groupTable(k, dimensions, fmt.Sprintf("table-equality-%d", k+1), "Equality", "Losers and gainers by protected group"))
		}
	}
	return []section{s}
}

func orDash(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// byDistrict has a page for each district.
func (p *paper) byDistrict() []section {
	out := []section{{ID: "districts", Title: "District by district", Level: 2, Blocks: []block{
		prose("One part for each district. People may walk to a hub in the next district. Then they count as in reach."),
	}}}
	in := estate.Input{County: p.r.County, Need: p.r.Need}
	reach := map[int][]estate.DistrictReach{}
	for _, k := range p.options {
		reach[k] = estate.Districts(in, p.option(k).Assessment)
	}
	for n, d := range p.r.County.Districts {
		s := section{ID: "district-" + string(d.Code), Title: p.r.County.DistrictName(d.Code), Level: 3}
		g := grid{ID: "table-district-" + string(d.Code), Sheet: "District " + p.r.County.DistrictName(d.Code), Caption: "Options in " + p.r.County.DistrictName(d.Code),
			Head: []string{"Option", "Hubs open", "Aged 0-19 in reach", "Share", "In need, in reach", "Share of those in need", "Youth space", "Target areas", "Sessions a year"}}
		for _, k := range p.options {
			x := reach[k][n]
			plan := p.r.Plan(k).Districts[n]
			youth := "not stated"
			if p.option(k).YouthStated {
				if youth = "none"; x.YouthSpace {
					youth = "yes"
				}
			}
			g.Rows = append(g.Rows, []datum{
				cell(p.name(k)), numberCell(count(x.OpenSites), fmt.Sprint(x.OpenSites)),
				numberCell(people(x.Covered), thousands(x.Covered)), numberCell(ratio(x.Covered/x.People), percent(ratio(x.Covered/x.People))),
				numberCell(people(x.CoveredInNeed), thousands(x.CoveredInNeed)), numberCell(ratio(x.CoveredInNeed/x.InNeed), percent(ratio(x.CoveredInNeed/x.InNeed))),
				cell(youth), numberCell(count(p.targetsIn(k, d.Code)), fmt.Sprint(p.targetsIn(k, d.Code))),
				figureOf(p.key(k, fmt.Sprintf("outreach_plan/districts/%d/sessions_per_year/planned", n)), people(plan.Planned), thousands(plan.Planned)),
			})
		}
		s.Blocks = append(s.Blocks, g)
		out = append(out, s)
	}
	return out
}

// targetsIn counts the target areas of a district under option k.
func (p *paper) targetsIn(k int, d county.DistrictCode) int {
	n := 0
	for _, t := range p.option(k).Outreach.Targets {
		if t.District == d {
			n++
		}
	}
	return n
}
