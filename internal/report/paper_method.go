package report

import (
	"fmt"
	"strings"
)

// method says in plain English how the numbers were made.
func (p *paper) method() []section {
	t := p.r.Thresholds
	s := section{ID: "method", Title: "How we worked it out", Level: 2}
	s.Blocks = append(s.Blocks,
		prose(fmt.Sprintf("First we place people. Each small area has a known number of people of each age. We share them out over the homes in it (%s).", orDash(p.r.Walk.PointsFrom))),
		prose(fmt.Sprintf("Then we walk. From each home we find the way to every hub at %g km an hour. A walk of %g minutes or less counts as in reach. Just on the line is in.", p.r.Spec.Walk.Profiles[0].SpeedKmh, t.Minutes)),
		prose("Then we look at need. Each area has a place in the national list of need. People in need are people times the share of low-income homes."),
		prose("Then we sort the areas that are out of reach. Each gets the types of outreach that its numbers call for. Each has the reason beside it, in the files of the study."),
		prose("Last, we score the options and test the ranking."),
	)
	if t.BuildingThreshold > 0 {
		s.Blocks = append(s.Blocks, prose(fmt.Sprintf("A building is fair where %s or more people in need are out of reach. Outreach starts at %s. Both numbers come from today's hubs, or from the council.", tenths(t.BuildingThreshold), tenths(t.OutreachThreshold))))
	}
	limits := section{ID: "limits", Title: "What this study cannot say", Level: 3, Blocks: []block{
		points{Items: []string{
			"It counts modelled people. It does not count real families.",
			"It does not know who would come.",
			"It does not know how full a hub is.",
			"Fares, hills at night and bad weather are left out, unless a line below says otherwise.",
		}},
		prose("These parts were not assessed, or not in full:"), points{Items: p.r.NotAssessed, Quoted: true},
	}}
	return []section{s, limits, p.parameters()}
}

// parameters lists the numbers that decide.
func (p *paper) parameters() section {
	t := thresholdPartOf(p.r.Thresholds)
	g := grid{ID: "table-parameters", Sheet: "Parameters", Caption: "The numbers that decide", Head: []string{"Parameter", "Value", "Unit"}}
	for _, row := range []struct {
		name, key string
		v         value
		unit      string
	}{
		{"A walk that counts", "walk_min", t.WalkMin, "minutes"},
		{"People in need who call for a building", "building_threshold", t.Building, "aged 0-19"},
		{"People in need who call for outreach", "outreach_threshold", t.Outreach, "aged 0-19"},
		{"Share outside that makes an area uncovered", "uncovered_share", t.UncoveredShare, "share"},
		{"High need: this tenth or worse", "need_decile", count(t.NeedDecile), "tenth"},
		{"A town has this many people or more", "town_residents", t.TownResidents, "residents"},
		{"Areas with high youth need", "youth_share", t.YouthShare, "share"},
		{"Near enough by bus", "transit_min", t.TransitMin, "minutes"},
		{"A venue's reach", "venue_min", t.VenueMin, "minutes"},
		{"Weekly sessions from", "weekly_in_need", t.WeeklyInNeed, "people in need"},
		{"Monthly sessions from", "monthly_in_need", t.MonthlyInNeed, "people in need"},
		{"Sessions a district staffs in a week", "district_sessions_per_week", t.SessionsPerWeek, "sessions"},
	} {
		d := figureOf("thresholds/"+row.key, row.v, row.v.text)
		if row.v.kind == unknown {
			d.Text = "not stated"
		}
		g.Rows = append(g.Rows, []datum{cell(row.name), d, cell(row.unit)})
	}
	return section{ID: "parameters", Title: "Parameters", Level: 3, Blocks: []block{g}}
}

// sources says what the report was made from.
func (p *paper) sources() []section {
	s := section{ID: "data", Title: "Data and licences", Level: 2}
	g := grid{ID: "table-inputs", Sheet: "Inputs", Caption: "What the study was made from", Head: []string{"Input", "File", "Edition", "Publisher", "Rows used", "SHA-256 begins"}}
	for i, in := range p.r.Inputs {
		x := inputPartOf(in)
		g.Rows = append(g.Rows, []datum{cell(x.Name), cell(x.File), cell(orDash(in.Edition)), cell(orDash(in.Publisher)),
			figureOf(fmt.Sprintf("inputs/%d/rows_used", i), count(x.Used), thousands(float64(x.Used))), cell(fmt.Sprintf("%.12s", x.SHA256))})
	}
	checks := grid{ID: "table-checks", Sheet: "Checks", Caption: "Checks of the data", Head: []string{"Check", "Result", "Found"}}
	for _, c := range p.r.Checks {
		result := "not run"
		switch {
		case c.Ran && c.Passed:
			result = "passed"
		case c.Ran:
			result = "failed"
		}
		checks.Rows = append(checks.Rows, []datum{cell(c.Title), cell(result), cell(c.Detail)})
	}
	var licences []string
	for _, l := range p.r.Spec.Licences {
		licences = append(licences, l.Text)
	}
	s.Blocks = append(s.Blocks, g, checks)
	if len(licences) > 0 {
		s.Blocks = append(s.Blocks, points{Items: licences, Quoted: true})
	}
	about := section{ID: "about", Title: "About this report", Level: 2}
	about.Blocks = append(about.Blocks,
		prose("Anybody can run this study again. The same inputs give the same report, byte for byte."),
		points{Quoted: true, Items: []string{
			"Study: " + p.Study, "Fingerprint: " + p.Print, "Walks: " + walked(p.r), "Coordinates: " + orDash(p.r.Projection), "Method version: " + methodVersion(),
		}})
	grade := p.grade()
	about.Blocks = append(about.Blocks, prose(fmt.Sprintf("The plain-English parts were written for a reading age of %d. They were measured at %.0f (Flesch-Kincaid grade %.1f, plus five).", ReadingAge, grade+5, grade)))
	return []section{s, about}
}

// ReadingAge is the age at which most people can read the prose of a report with
// ease: a declared target, the one that the government sets its own pages.
const ReadingAge = 9

// grade measures the report's own prose.
func (p *paper) grade() float64 {
	var b strings.Builder
	for _, s := range p.Sections {
		for _, x := range s.Blocks {
			switch x := x.(type) {
			case prose:
				b.WriteString(string(x) + "\n")
			case points:
				if !x.Quoted {
					b.WriteString(strings.Join(x.Items, "\n") + "\n")
				}
			}
		}
	}
	return ReadingGrade(b.String())
}
