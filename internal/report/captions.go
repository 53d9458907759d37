package report

import (
	"fmt"
	"strings"

	"hubreach/internal/outreach"
	"hubreach/internal/study"
	"hubreach/internal/walk"
)

// titleOf returns the title of a study, its name when it has none.
func titleOf(r *study.Results) string {
	if r.Spec.Title != "" {
		return r.Spec.Title
	}
	return r.Spec.Name
}

// walked says in a line how walks were measured.
func walked(r *study.Results) string {
	note := r.Walk.Note
	if note == "" {
		note = "walk: along streets"
	}
	if r.Walk.Slope != walk.Level {
		note += ", longer uphill by the rule of " + capital(string(r.Walk.Slope))
	}
	note = fmt.Sprintf("%s; up to %g minutes", note, r.Thresholds.Minutes)
	if r.Walk.PointsFrom != "" {
		note += "; population points: " + r.Walk.PointsFrom
	}
	return capital(note)
}

// requiredSites counts the sites that are required under an option.
func requiredSites(o *study.OptionResult) int {
	n := 0
	for _, required := range o.Required {
		if required {
			n++
		}
	}
	return n
}

// optionName names the option and says which one it is.
func (p *picture) optionName() string {
	name := fmt.Sprintf("option %s, %s", p.o.Option.ID, p.o.Option.Name)
	if p.baseline {
		name += " (baseline)"
	}
	return name
}

// room is how wide a line across the picture is. It leaves some for a viewer
// whose only fonts are wide ones.
const room = mapWidth - 2*mapMargin - 40

// heading writes what the picture shows, and returns where it ends.
func (p *picture) heading(y int) int {
	y = p.paragraph(mapMargin, y-12, room, words{size: 30, weight: "bold"}, titleOf(p.r))
	y = p.paragraph(mapMargin, y, room, words{size: 22}, capital(p.optionName()))
	y = p.paragraph(mapMargin, y+6, room, words{size: 18}, fmt.Sprintf("%s of %s residents aged 0-19 (%s) live within a %g-minute walk of one of the %s open sites.",
		thousands(p.o.Covered), thousands(p.o.People), percent(ratio(p.o.CoveredShare())), p.r.Thresholds.Minutes, thousands(float64(len(p.o.Option.OpenSites())))))
	return p.paragraph(mapMargin, y+3, room, words{size: 15, ink: quiet}, walked(p.r)) + 16
}

// footing writes whose data it is and which run the picture is of, and returns
// where it ends.
func (p *picture) footing(y int) int {
	w := words{size: 12, ink: quiet}
	line := func(s string) { y = p.paragraph(mapMargin, y, room, w, s) }
	for _, l := range p.r.Spec.Licences {
		line(l.Text)
	}
	print := p.r.Fingerprint
	line(fmt.Sprintf("Study %s, fingerprint %s.", p.r.Spec.Name, print[:min(12, len(print))]))
	return y
}

// describe says in words what summary.json says of an option, for whoever does
// not see the picture. People are rounded to whole people.
func describe(r *study.Results, o *study.OptionResult) string {
	s := optionPartOf(r, o)
	var b strings.Builder
	fmt.Fprintf(&b, "Map of %d small areas in %d districts. Option %s ranks %d of %d, with a score of %s. ",
		len(r.County.Areas), len(r.County.Districts), s.ID, s.Rank, len(r.Options), orUnknown(s.Score.text))
	fmt.Fprintf(&b, "%d sites are open, %d of them required. Within the walk live %s of %s residents aged 0-19 (share %s), among them %s people in need. ",
		s.OpenSites, len(s.HubRequired), thousands(o.Covered), thousands(o.People), orUnknown(s.CoveredShare.text), thousands(o.CoveredInNeed))
	fmt.Fprintf(&b, "%s. ", walked(r))
	var parts []string
	for i, t := range tallies(r, o) {
		parts = append(parts, fmt.Sprintf("%s: %d areas, %s residents aged 0-19", looks[i].label, t.areas, thousands(t.people)))
	}
	fmt.Fprintf(&b, "Colours: %s. ", strings.Join(parts, "; "))
	parts = nil
	for _, c := range outreach.Categories {
		parts = append(parts, fmt.Sprintf("%s %d", strings.ToLower(c.Title()), o.Outreach.Count(c)))
	}
	fmt.Fprintf(&b, "Areas that call for outreach, each in every category that applies: %s. ", strings.Join(parts, ", "))
	if towns := warranted(o.Outreach.Towns); towns != "" {
		fmt.Fprintf(&b, "Building warranted: %s people in need out of reach.", towns)
	} else {
		b.WriteString("A building is warranted nowhere.")
	}
	return b.String()
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}
