package report

import (
	"fmt"
	"strings"
)

// summary is the first page: the answer in a few short sentences.
func (p *paper) summary() []section {
	o := p.option(p.best)
	s := section{ID: "summary", Title: "Summary", Level: 2}
	say := func(format string, args ...any) { s.Blocks = append(s.Blocks, prose(fmt.Sprintf(format, args...))) }
	c := p.r.County
	say("This report is about who can walk to a family hub. It looks at %s aged 0 to 19 in %s small areas.", thousands(o.People)+" people", thousands(float64(len(c.Areas))))
	if len(p.options) > 1 {
		say("It compares %d options. An option is a set of buildings that stay open. The option with the best score is %s.", len(p.options), p.name(p.best))
	} else {
		say("The option is %s. An option is a set of buildings that stay open.", p.name(p.best))
	}
	say("With %d hubs open, %s children and young people live within a %g-minute walk of a hub. That is %s of all. Among those in need it is %s.",
		len(o.Option.OpenSites()), thousands(o.Covered), p.r.Thresholds.Minutes, percent(ratio(o.CoveredShare())), percent(ratio(o.CoveredInNeed/o.InNeed)))
	if p.best != p.r.Baseline {
		lost := losersOf(o.Losers)
		say("Next to today's plan, %s of them lose their walk to a hub and %s gain one.", thousands(lost.Lost.number), thousands(lost.Gained.number))
	}
	if len(p.options) > 1 {
		s.Blocks = append(s.Blocks, p.shortTable())
	}
	t := p.r.Plan(p.best).Totals
	say("%s children in need live too far from a hub under this option. Outreach would meet %s of them close to home. %s live where no type of outreach fits.",
		thousands(t.Outside), thousands(t.Planned), thousands(t.Below))
	if t.Unmet >= 0.5 {
		say("For %s of them the districts have no session left.", thousands(t.Unmet))
	}
	if towns := warranted(o.Outreach.Towns); towns != "" {
		say("In some towns so many are out of reach that a building would be fair: %s.", towns)
	}
	if p.r.Walk.Approximate() {
		say("There is no street map in this study. Walks are straight lines made longer by a fixed factor. Treat them as close, not exact.")
	}
	if o.TransitMin == nil {
		say("Buses and trains were not looked at: the study has no timetable.")
	}
	say("“In need” is an estimate: people times a published rate. It is not a count of real families.")
	return []section{s}
}

// shortTable is the answer in one table.
func (p *paper) shortTable() grid {
	g := grid{ID: "table-summary", Sheet: "Summary", Caption: "The options in short, best first", Head: []string{"Option", "Rank", "Hubs open", "Aged 0-19 in reach", "Share", "In need in reach", "Cost a year"}}
	for _, k := range p.options {
		s := optionPartOf(p.r, p.option(k))
		g.Rows = append(g.Rows, []datum{
			cell(p.name(k)),
			figureOf(p.key(k, "rank"), count(s.Rank), fmt.Sprint(s.Rank)),
			figureOf(p.key(k, "open_sites"), count(s.OpenSites), fmt.Sprint(s.OpenSites)),
			figureOf(p.key(k, "covered_0_19"), s.Covered, thousands(s.Covered.number)),
			figureOf(p.key(k, "covered_share_0_19"), s.CoveredShare, percent(s.CoveredShare)),
			figureOf(p.key(k, "covered_in_need"), s.CoveredInNeed, thousands(s.CoveredInNeed.number)),
			figureOf(p.key(k, "annual_cost_gbp"), s.AnnualCost, "£"+thousands(s.AnnualCost.number)),
		})
	}
	return g
}

// compared is the table of all figures of the options, and what they score.
func (p *paper) compared() []section {
	s := section{ID: "options", Title: "The options side by side", Level: 2}
	s.Blocks = append(s.Blocks, prose("Each row is one thing we measured. Each column is one option. The words below the table say what each row means."))
	g := grid{ID: "table-options", Sheet: "Options", Caption: "What each option does", Head: []string{"Measure"}}
	for _, k := range p.options {
		g.Head = append(g.Head, p.name(k))
	}
	for _, row := range []struct {
		name, key string
		of        func(optionPart) (value, string)
	}{
		{"Rank", "rank", func(o optionPart) (value, string) { return count(o.Rank), fmt.Sprint(o.Rank) }},
		{"Score", "score", func(o optionPart) (value, string) { return o.Score, real(o.Score.number, 3, true).text }},
		{"Hubs open", "open_sites", func(o optionPart) (value, string) { return count(o.OpenSites), fmt.Sprint(o.OpenSites) }},
		{"Aged 0-19 in reach", "covered_0_19", func(o optionPart) (value, string) { return o.Covered, thousands(o.Covered.number) }},
		{"Share in reach", "covered_share_0_19", func(o optionPart) (value, string) { return o.CoveredShare, percent(o.CoveredShare) }},
		{"Share in reach, worst tenth", "covered_share_0_19_decile_1", func(o optionPart) (value, string) { return o.CoveredShareD1, percent(o.CoveredShareD1) }},
		{"In need, in reach", "covered_in_need", func(o optionPart) (value, string) { return o.CoveredInNeed, thousands(o.CoveredInNeed.number) }},
		{"Share of those in need", "covered_share_in_need", func(o optionPart) (value, string) { return o.CoveredNeedShare, percent(o.CoveredNeedShare) }},
		{"Fairness index", "equity_index", func(o optionPart) (value, string) { return o.Equity, real(o.Equity.number, 3, true).text }},
		{"Mean walk, minutes", "mean_walk_min", func(o optionPart) (value, string) { return o.MeanWalkMin, o.MeanWalkMin.text }},
		{"Aged 0-19 in reach on foot or by bus", "by_public_transport_0_19", func(o optionPart) (value, string) { return o.ByTransit, thousands(o.ByTransit.number) }},
		{"Cost a year", "annual_cost_gbp", func(o optionPart) (value, string) { return o.AnnualCost, "£" + thousands(o.AnnualCost.number) }},
		{"Areas: edge of town", "outreach/edge_of_town", func(o optionPart) (value, string) {
			return count(o.Outreach.EdgeOfTown), fmt.Sprint(o.Outreach.EdgeOfTown)
		}},
		{"Areas: whole town", "outreach/whole_town", func(o optionPart) (value, string) {
			return count(o.Outreach.WholeTown), fmt.Sprint(o.Outreach.WholeTown)
		}},
		{"Areas: rural", "outreach/rural", func(o optionPart) (value, string) { return count(o.Outreach.Rural), fmt.Sprint(o.Outreach.Rural) }},
		{"Areas: detached youth work", "outreach/detached_youth", func(o optionPart) (value, string) {
			return count(o.Outreach.DetachedYouth), fmt.Sprint(o.Outreach.DetachedYouth)
		}},
		{"Aged 0-19 who lose a hub", "losers/lost_0_19", func(o optionPart) (value, string) { return o.Losers.Lost, thousands(o.Losers.Lost.number) }},
		{"Aged 0-19 who gain one", "losers/gained_0_19", func(o optionPart) (value, string) { return o.Losers.Gained, thousands(o.Losers.Gained.number) }},
	} {
		cells := []datum{cell(row.name)}
		for _, k := range p.options {
			v, show := row.of(optionPartOf(p.r, p.option(k)))
			cells = append(cells, figureOf(p.key(k, row.key), v, show))
		}
		g.Rows = append(g.Rows, cells)
	}
	s.Blocks = append(s.Blocks, g, points{Items: []string{
		fmt.Sprintf("In reach means a walk of %g minutes or less, one way, from home to a hub.", p.r.Thresholds.Minutes),
		"The worst tenth are the areas that are among the most deprived tenth in England.",
		"The fairness index is above 0 when poorer areas are reached more than richer ones.",
		"The mean walk counts everybody aged 0 to 19, also those who live far away.",
		"Areas are small places of about 1,500 people. One area can need more than one type of outreach.",
		"To lose a hub means to have one in reach under today's plan and none under the option.",
	}})
	return append([]section{s, p.scores()}, p.money()...)
}

// scores says how the score is made, and draws who is reached.
func (p *paper) scores() section {
	s := section{ID: "scores", Title: "How the score is made", Level: 3}
	s.Blocks = append(s.Blocks, prose("Each measure is put on a scale. On it, 0 means no building at all. 1 means the best that any set of these buildings could do. The score is the weighted mean. Adding an option never moves the score of another."))
	g := grid{ID: "table-scores", Sheet: "Scores", Caption: "Measures on a scale of 0 to 1, and their weights", Head: []string{"Measure", "Weight"}}
	for _, k := range p.options {
		g.Head = append(g.Head, p.name(k))
	}
	for i, scale := range p.r.Scales {
		cells := []datum{cell(criterionName(string(scale.Criterion))), figureOf(fmt.Sprintf("scales/%d/weight", i), ratio(scale.Weight), percent(ratio(scale.Weight)))}
		for _, k := range p.options {
			v := ratio(p.option(k).Score.Values[i].Scaled)
			cells = append(cells, figureOf(p.key(k, fmt.Sprintf("score_values/%d/scaled", i)), v, real(v.number, 2, true).text))
		}
		g.Rows = append(g.Rows, cells)
	}
	var shares bars
	for _, k := range p.options {
		o := p.option(k)
		share := ratio(o.CoveredInNeed / o.InNeed)
		shares = append(shares, bar{p.name(k), share.number, percent(share)})
	}
	s.Blocks = append(s.Blocks, g, figure{ID: "figure-need", Chart: shares, Caption: "Share of those in need who live within the walk of a hub"})
	return s
}

// criterionName returns a criterion as people say it.
func criterionName(c string) string {
	switch c {
	case "covered_in_need":
		return "Those in need who are reached"
	case "equity":
		return "Fairness"
	case "walking_time":
		return "Walking time"
	case "youth_space":
		return "Districts with a youth space"
	case "public_transport":
		return "Those in need who are reached on foot or by bus"
	case "cost":
		return "Cost"
	}
	return strings.ReplaceAll(c, "_", " ")
}

// maps has a map of every option.
func (p *paper) maps() []section {
	all := section{ID: "maps", Title: "Maps", Level: 2, Blocks: []block{
		prose("Blue areas are within the walk. The others are outside. Their colour and pattern say which type of outreach they call for. The legend counts areas and people. The table of options has the same numbers."),
	}}
	out := []section{all}
	for _, k := range p.options {
		o := p.option(k)
		out = append(out, section{ID: fmt.Sprintf("map-%d", k+1), Title: p.name(k), Level: 3, Blocks: []block{
			figure{ID: fmt.Sprintf("figure-map-%d", k+1), Map: k, Caption: "Map of " + p.name(k), Alt: describe(p.r, o)},
		}})
	}
	return out
}
