package report

import (
	"fmt"
	"math"
	"strings"

	"hubreach/internal/outreach"
)

// transit says what buses and trains add.
func (p *paper) transit() []section {
	s := section{ID: "transport", Title: "Buses and trains", Level: 2}
	if p.r.Transit == nil || len(p.r.Transit.Windows) == 0 {
		s.Blocks = append(s.Blocks, prose("Buses and trains were not looked at. The study has no timetable for this place. So a place counts as cut off when no hub is within the walk."))
		return []section{s}
	}
	s.Blocks = append(s.Blocks, prose(fmt.Sprintf("This table counts who reaches a hub within %g minutes. A walk counts as a trip too. Times are from door to door, with the wait. Half of all times to set out are no slower than this. Fares are not part of it.", p.r.Spec.Outreach.TransitMinutes)))
	g := grid{ID: "table-transport", Sheet: "Buses and trains", Caption: "Who reaches an open hub, on foot only and with buses and trains", Head: []string{"Option", "When", "Profile", "Vehicles run", "On foot only", "With buses", "Hubs on foot", "Hubs with buses", "There and back in a day"}}
	for _, k := range p.options {
		for n, t := range transitPartsOf(p.r, k) {
			at := func(name string) string { return p.key(k, fmt.Sprintf("public_transport/%d/%s", n, name)) }
			g.Rows = append(g.Rows, []datum{
				cell(p.name(k)), cell(fmt.Sprintf("%s, %s to %s (%s)", capital(strings.ReplaceAll(t.Window, "_", " ")), t.From, t.To, t.Date)), cell(strings.ReplaceAll(t.Profile, "_", " ")),
				figureOf(at("trips"), count(t.Trips), thousands(float64(t.Trips))),
				figureOf(at("on_foot/share_0_19"), t.OnFoot.Share, percentTenth(t.OnFoot.Share)), figureOf(at("with_public_transport/share_0_19"), t.Both.Share, percentTenth(t.Both.Share)),
				figureOf(at("on_foot/mean_hubs"), t.OnFoot.Hubs, real(t.OnFoot.Hubs.number, 2, true).text), figureOf(at("with_public_transport/mean_hubs"), t.Both.Hubs, real(t.Both.Hubs.number, 2, true).text),
				figureOf(at("round_trip_share_0_19"), t.RoundTrip, percentTenth(t.RoundTrip)),
			})
		}
	}
	s.Blocks = append(s.Blocks, g, points{Items: p.r.Transit.Notes, Quoted: true})
	if len(p.r.Transit.Findings) > 0 {
		s.Blocks = append(s.Blocks, prose("We found these faults in the timetable:"), points{Items: p.r.Transit.Findings, Quoted: true})
	}
	return []section{s}
}

// percentTenth writes a share to a tenth of a per cent.
func percentTenth(v value) string {
	if v.kind == unknown {
		return "-"
	}
	return fmt.Sprintf("%.1f%%", v.number*100)
}

// outreach is the plan for those who live too far away.
func (p *paper) outreach() []section {
	s := section{ID: "outreach", Title: "Outreach", Level: 2}
	s.Blocks = append(s.Blocks,
		prose("Some children will always live too far from a hub. For them, staff go out to meet families close to home. There are four types of outreach."),
		points{Items: []string{
			"Edge of town: the town has a hub, but this part of it is too far away, and need is high.",
			"Whole town: a town with no hub in reach, where need adds up across the town, but not to a building.",
			"Rural: a country place with high need that is cut off, on foot and by bus.",
			"Detached youth work: youth workers on the streets, never in a building.",
		}},
		p.planTable())
	out := []section{s}
	for _, k := range p.options {
		out = append(out, section{ID: fmt.Sprintf("outreach-%d", k+1), Title: p.name(k), Level: 3, Blocks: []block{p.targetTable(k)}})
	}
	return out
}

// planTable shares out the people in need who are out of reach.
func (p *paper) planTable() grid {
	g := grid{ID: "table-plan", Sheet: "Outreach plan", Caption: "Those in need who live out of reach, and who plans for them", Head: []string{"Option", "Out of reach", "With sessions", "No session left", "No type applies", "Sessions a year", "Sessions staffed"}}
	for _, k := range p.options {
		t := planPartOf(p.r, k)
		at := func(name string) string { return p.key(k, "outreach_plan/"+name) }
		staffed := figureOf(at("sessions_per_year/staffed"), t.Sessions.Staffed, thousands(t.Sessions.Staffed.number))
		if t.Sessions.Staffed.kind == unknown {
			staffed.Text = "not stated"
		}
		g.Rows = append(g.Rows, []datum{
			cell(p.name(k)),
			figureOf(at("in_need_outside"), t.Outside, thousands(t.Outside.number)), figureOf(at("in_need_planned"), t.Planned, thousands(t.Planned.number)),
			figureOf(at("in_need_unmet"), t.Unmet, thousands(t.Unmet.number)), figureOf(at("in_need_no_category"), t.Below, thousands(t.Below.number)),
			figureOf(at("sessions_per_year/planned"), t.Sessions.Planned, thousands(t.Sessions.Planned.number)), staffed,
		})
	}
	return g
}

// targetTable lists the target areas of an option.
func (p *paper) targetTable(k int) block {
	g := grid{ID: fmt.Sprintf("table-outreach-%d", k+1), Sheet: p.sheet("Outreach", k), Caption: "Target areas: " + p.name(k), Head: []string{"Place", "District", "Type", "Aged 0-19", "In need", "How often", "How", "Where", "Nearest hub", "On foot, minutes"}}
	timetable := p.option(k).TransitMin != nil
	if timetable {
		g.Head = append(g.Head, "On foot or by bus, minutes")
	}
	for t := range targetRowsOf(p.r, k) {
		where := t.venue().Name
		switch {
		case t.Category == outreach.DetachedYouth:
			where = "on the streets"
		case where == "" && len(t.detail.Stops) > 0:
			where = "mobile stop near " + t.stops()[0]
		case where == "":
			where = "none known in reach"
		}
		hub, walk, bus := cell("not known"), cell("not known"), cell("not known")
		if len(t.detail.Hubs) > 0 {
			h := t.detail.Hubs[0]
			hub, walk, bus = cell(p.r.County.Sites[h.Site].Name), minutesCell(h.WalkMin, p.tooFar()), cell(t.byTransit(0))
			if inMinutes, ok := strings.CutSuffix(bus.Text, " minutes"); ok {
				bus = minutesCell(h.TransitMin, inMinutes)
			}
		}
		row := []datum{cell(t.Place), cell(p.r.County.DistrictName(t.District)), cell(capital(t.Category.Title())),
			peopleCell(t.People), peopleCell(t.InNeed), cell(string(t.Frequency)), cell(t.Mode), cell(where), hub, walk}
		if timetable {
			row = append(row, bus)
		}
		g.Rows = append(g.Rows, row)
	}
	if len(g.Rows) == 0 {
		return prose("This option has no target area.")
	}
	g.Note = "People are rounded to 5. They are those out of reach. Youth work counts all. The printed sheets have a page for each place."
	return g
}

// sure says how sure the ranking is.
func (p *paper) sure() []section {
	s := section{ID: "robustness", Title: "How sure is the ranking?", Level: 2}
	if p.robust == nil || len(p.r.Options) < 2 {
		s.Blocks = append(s.Blocks, prose("The ranking was not tested for this report."))
		return []section{s}
	}
	x := p.robust
	s.Blocks = append(s.Blocks, prose(fmt.Sprintf("Nobody knows exactly how fast people walk or what matters most. So we drew %s other worlds. In each, walks are faster or slower. The weights differ. People are placed in another way. Then we ranked the options again.", thousands(float64(x.Params.Draws)))))
	g := grid{ID: "table-robustness", Sheet: "Robustness", Caption: "How often each option comes first, over all draws", Head: []string{"Option", "Comes first", "Mean score", "Score in 9 draws of 10", "Most behind the best"}}
	var shares bars
	for _, k := range p.options {
		o := x.Options[k]
		first := ratio(o.First())
		g.Rows = append(g.Rows, []datum{cell(p.name(k)), numberCell(first, percentTenth(first)), numberCell(ratio(o.Score), real(o.Score, 3, true).text),
			cell(real(o.ScoreLo, 3, true).text + " to " + real(o.ScoreHi, 3, true).text), numberCell(ratio(o.RegretMax), real(o.RegretMax, 3, true).text)})
		shares = append(shares, bar{p.name(k), o.First(), percentTenth(first)})
	}
	f := figure{ID: "figure-robustness", Chart: shares, Caption: "Share of draws in which each option comes first"}
	s.Blocks = append(s.Blocks, g, f, prose("The winner may also change when one measure counts for more or for less:"), points{Items: p.flips()})
	return []section{s}
}

// flips says at which weights the winner changes.
func (p *paper) flips() []string {
	var items []string
	for _, f := range p.robust.Flips {
		name := criterionName(string(f.Criterion))
		words := fmt.Sprintf("%s: the weight is %s. No other weight changes the winner.", name, percent(ratio(f.Weight)))
		switch down, up := !math.IsNaN(f.Down), !math.IsNaN(f.Up); {
		case down && up:
			words = fmt.Sprintf("%s: the weight is %s. Below %s, %s wins. Above %s, %s wins.", name, percent(ratio(f.Weight)), percent(ratio(f.Down)), f.DownTo, percent(ratio(f.Up)), f.UpTo)
		case down:
			words = fmt.Sprintf("%s: the weight is %s. Below %s, %s wins.", name, percent(ratio(f.Weight)), percent(ratio(f.Down)), f.DownTo)
		case up:
			words = fmt.Sprintf("%s: the weight is %s. Above %s, %s wins.", name, percent(ratio(f.Weight)), percent(ratio(f.Up)), f.UpTo)
		}
		items = append(items, words)
	}
	return items
}
