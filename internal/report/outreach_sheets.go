package report

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"math"
	"strings"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// sheetNames names the printable sheets of each option, as mapNames does maps.
func sheetNames(options []estate.OptionID) []string {
	names := make([]string, len(options))
	for k, name := range mapNames(options) {
		names[k] = "sheets_" + name[len("map_"):len(name)-len("svg")] + "html"
	}
	return names
}

// sheetPage is what the template of the sheets of one option is filled with.
type sheetPage struct {
	Title, Option, About string
	Totals               []sheetRow
	Sheets               []sheet
	Note, Dates, Print   string
	Licences             []study.Licence
}

// sheetRow is a label and what stands beside it.
type sheetRow struct{ Name, Text string }

// sheet is the page of one target.
type sheet struct {
	ID, Place, Category, District, Reason, Near string
	Areas, Also                                 string
	People, When                                []sheetRow
	Hubs, Places, Ways                          sheetTable
}

// sheetTable is a table of a sheet; Empty stands for it when it has no row.
type sheetTable struct {
	Caption, Empty string
	Head           []string
	Rows           [][]string
}

// writeSheets writes the sheets of option k: a page a target, to be printed or
// read on a screen, without scripts. People are rounded to 5, and 1 to 4 are
// "fewer than 5"; minutes to the unit.
func writeSheets(k int) func(context.Context, io.Writer, *study.Results) error {
	return func(ctx context.Context, w io.Writer, r *study.Results) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return sheetTemplate.Execute(w, sheetPageOf(r, k))
	}
}

func sheetPageOf(r *study.Results, k int) sheetPage {
	o, plan := &r.Options[k], r.Plan(k)
	p := sheetPage{
		Title: firstOf(r.Spec.Title, r.Spec.Name), Option: firstOf(o.Option.Name, string(o.Option.ID)), About: o.Option.About,
		Dates: strings.ReplaceAll(editions(r.Inputs, "population", "indicators").text, ";", "; "), Note: r.Walk.Note, Print: fmt.Sprintf("%.12s", r.Fingerprint), Licences: r.Spec.Licences,
		Totals: []sheetRow{
			{"People in need aged 0-19 out of reach of a hub", roundPeople(plan.Totals.Outside)},
			{"of these in a target area with sessions", roundPeople(plan.Totals.Planned)},
			{"of these in a target area without a session", roundPeople(plan.Totals.Unmet)},
			{"of these where no outreach category applies", roundPeople(plan.Totals.Below)},
		},
	}
	for t := range targetRowsOf(r, k) {
		p.Sheets = append(p.Sheets, sheetOf(t))
	}
	return p
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// sheetOf makes the page of one target.
func sheetOf(t targetRow) sheet {
	c := t.r.County
	s := sheet{
		ID: t.ID, Place: t.Place, Category: capital(t.Category.Title()), District: c.DistrictName(t.District), Reason: t.Reason,
		Near: t.plan.Nearby(c, t.Target, 3),
		Hubs: sheetTable{Caption: "Nearest open hubs", Empty: "Which hubs are nearest is not known.", Head: []string{"Hub", "On foot", "By public transport", "In a straight line"}},
	}
	for i, a := range t.Areas {
		if i > 0 {
			s.Areas += "; "
		}
		s.Areas += fmt.Sprintf("%s (%s)", c.Areas[a].Name, c.Areas[a].Code)
	}
	who := "Aged 0-19, out of reach of a hub"
	if t.Category == outreach.DetachedYouth {
		who = "Aged 0-19"
	}
	s.People = []sheetRow{{who, roundPeople(t.People)}, {"of them in need", roundPeople(t.InNeed)}}
	for b, band := range outreach.Bands {
		s.People = append(s.People, sheetRow{"aged " + band.Name, roundPeople(t.detail.Ages[b])})
	}
	s.People = append(s.People, sheetRow{"aged 10-19", roundPeople(t.Youth)})
	s.When = []sheetRow{{"Frequency", string(t.Frequency)}, {"Sessions a year", fmt.Sprintf("%.0f", t.Frequency.PerYear())}, {"How", t.Mode}}
	if t.detail.Wanted != t.Frequency {
		s.When = append(s.When, sheetRow{"Called for by need", string(t.detail.Wanted)})
	}
	for n, h := range t.detail.Hubs {
		s.Hubs.Rows = append(s.Hubs.Rows, []string{c.Sites[h.Site].Name, t.onFoot(h), t.byTransit(n), fmt.Sprintf("%.1f km", float64(h.Line)/1000)})
	}
	s.Ways = t.waysTable()
	s.Places = placesOf(t)
	if route := t.route(); len(route) > 0 {
		s.Also = fmt.Sprintf("A round on foot: %s; %.1f km in straight lines.", strings.Join(route, ", then "), float64(t.detail.RouteLine)/1000)
	}
	if n := len(t.detail.Fewest); n > 0 {
		var names []string
		for _, v := range t.detail.Fewest {
			names = append(names, c.Venues[v].Name)
		}
		few := "Fewest venues"
		if !t.detail.Exact {
			few = "Few venues (picked one by one; fewer may do)"
		}
		s.Also = fmt.Sprintf("%s for four fifths, or for all who can be reached: %s; together %s.", few, strings.Join(names, ", "), percentOf(t.detail.FewestShare))
	}
	return s
}

// onFoot writes the walk to a hub.
func (t targetRow) onFoot(h outreach.Hub) string {
	if math.IsNaN(h.WalkMin) {
		return overLimit(t.r.Spec.Walk.LimitMinutes)
	}
	return fmt.Sprintf("%.0f minutes", h.WalkMin)
}

// byTransit writes the journey to hub n in the deciding window.
func (t targetRow) byTransit(n int) string {
	switch h := t.detail.Hubs[n]; {
	case len(t.ways[n]) == 0:
		return "not assessed"
	case t.ways[n][0].Share == 0:
		return "no journey"
	case math.IsNaN(h.TransitMin):
		return "not from all of it"
	default:
		return fmt.Sprintf("%.0f minutes", h.TransitMin)
	}
}

// overLimit says that a walk was looked for and not found.
func overLimit(minutes float64) string {
	if minutes > 0 {
		return fmt.Sprintf("over %g minutes", minutes)
	}
	return "longer than an hour, or not found"
}

// waysTable says how the nearest hub that a ride is of use for is reached in every
// window, and with a pushchair in the first; an empty table without one.
func (t targetRow) waysTable() sheetTable {
	table := sheetTable{Head: []string{"When", "Half of departures within", "Nine in ten within", "Usable departures", "Last ride home", "There and back in a day"}}
	for n, ways := range t.ways {
		table.Caption = "By public transport to " + t.r.County.Sites[t.detail.Hubs[n].Site].Name
		for k, w := range ways {
			window := &t.r.Transit.Windows[k]
			other := window.Profile != t.r.Transit.Windows[0].Profile
			if !(w.PerHour > 0) || other && window.Name != t.r.Transit.Windows[0].Name {
				continue
			}
			when := fmt.Sprintf("%s, %s to %s", capital(strings.ReplaceAll(window.Name, "_", " ")), window.From, window.To)
			if other {
				when += ", " + strings.ReplaceAll(window.Profile, "_", " ")
			}
			table.Rows = append(table.Rows, []string{when, minutesOr(w.Median), minutesOr(w.P90), perHour(w.PerHour), orNone(clock(w.LastHome)), percentOf(w.RoundTrip)})
		}
		if len(table.Rows) > 0 {
			return table
		}
	}
	return sheetTable{}
}

// minutesOr writes minutes, in words where half of the people have none.
func minutesOr(m float64) string {
	if math.IsNaN(m) {
		return "not for half of people"
	}
	return fmt.Sprintf("%.0f minutes", m)
}

// perHour writes usable departures an hour.
func perHour(n float64) string {
	if n < 0.1 {
		return "fewer than 0.1 an hour"
	}
	return fmt.Sprintf("%.1f an hour", n)
}

// placesOf makes the table of where to meet.
func placesOf(t targetRow) sheetTable {
	c := t.r.County
	if t.Category == outreach.DetachedYouth {
		p := sheetTable{Caption: "Where to start, on the streets: never a building", Empty: "Nothing is known of where young people live here.", Head: []string{"Place", "What", "Aged 10-19 near it"}}
		for k, name := range t.stops() {
			p.Rows = append(p.Rows, []string{"around " + name, "homes within 5 minutes (straight line, approximate)", roundPeople(t.detail.Stops[k].People)})
		}
		for _, v := range t.detail.Youth {
			p.Rows = append(p.Rows, []string{c.Venues[v.Venue].Name, "youth place of another provider", roundPeople(v.People)})
		}
		return p
	}
	p := sheetTable{Caption: "Where to meet", Empty: "No known venue is within reach.", Head: []string{"Place", "What", "In need and in reach on foot"}}
	for _, v := range t.detail.Venues {
		venue := c.Venues[v.Venue]
		what := strings.ReplaceAll(venue.Kind, "_", " ")
		for _, more := range []struct {
			say  bool
			text string
		}{{v.Venue == t.Venue, "chosen"}, {venue.Used == county.Yes, "used already"}, {venue.Hours != "", "open " + venue.Hours}} {
			if more.say {
				what += ", " + more.text
			}
		}
		p.Rows = append(p.Rows, []string{venue.Name, what, percentOf(v.Share)})
	}
	for k, name := range t.stops() {
		p.Rows = append(p.Rows, []string{"around " + name, "mobile stop (straight line, approximate)", percentOf(t.detail.Stops[k].Share)})
	}
	return p
}

func percentOf(share float64) string { return fmt.Sprintf("%.0f%%", share*100) }

// roundPeople writes a number of people to the nearest 5; "none" and "fewer than 5"
// below that.
func roundPeople(n float64) string {
	switch {
	case math.IsNaN(n):
		return "not known"
	case n < 0.5:
		return "none"
	case n < 5:
		return "fewer than 5"
	}
	return thousandsOf(math.Round(n/5) * 5)
}

func thousandsOf(n float64) string {
	s := fmt.Sprintf("%.0f", n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// sheetTemplate lays out the sheets. Its colours have a contrast of 7 to 1 or
// more on white.
var sheetTemplate = template.Must(template.New("sheets").Parse(`<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outreach sheets: {{.Option}}. {{.Title}}</title>
<style>
@page { size: A4; margin: 14mm; }
body { font: 11pt/1.4 Arial, Helvetica, sans-serif; color: #111; background: #fff; max-width: 46em; margin: 1em auto; padding: 0 1em; }
h1, h2, h3 { line-height: 1.2; color: #12324a; }
h2 { font-size: 1.5em; margin: 0; }
h3 { font-size: 1.05em; margin: 1em 0 .3em; }
.what { font-weight: bold; margin: .2em 0 .6em; }
.sheet { border-top: 3px solid #12324a; padding-top: .8em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; margin: .6em 0; break-inside: avoid; }
caption { text-align: left; font-weight: bold; color: #12324a; padding: .3em 0; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #767676; padding: .25em .5em .25em 0; }
td.n { text-align: right; white-space: nowrap; }
.small { font-size: .85em; color: #333; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.3; } h3, table { margin-top: .5em; } .sheet { break-before: page; border-top: 0; margin-top: 0; padding-top: 0; } nav { display: none; } }
@media (max-width: 36em) { table { display: block; overflow-x: auto; } }
</style>
</head>
<body>
<main>
<h1>Outreach sheets: {{.Option}}</h1>
<p>{{.Title}}.{{with .About}} {{.}}{{end}}</p>
<table><caption>Who is out of reach, and who is planned for</caption><tbody>
{{range .Totals}}<tr><th scope="row">{{.Name}}</th><td class="n">{{.Text}}</td></tr>
{{end}}</tbody></table>
<p class="small">People in need are estimates (residents times a published rate), not counts of real families; rounded to 5.
{{with .Note}}Walks: {{.}}. {{end}}{{with .Dates}}Data: {{.}}. {{end}}Fingerprint {{.Print}}.</p>
{{if .Sheets}}<nav aria-label="Target areas"><h2>Target areas</h2><ul>
{{range .Sheets}}<li><a href="#{{.ID}}">{{.Place}}, {{.District}}: {{.Category}}</a></li>
{{end}}</ul></nav>{{else}}<p>No target area.</p>{{end}}
{{range .Sheets}}<section class="sheet" id="{{.ID}}" aria-labelledby="{{.ID}}-place">
<h2 id="{{.ID}}-place">{{.Place}}</h2>
<p class="what">{{.Category}} outreach, {{.District}}. Option: {{$.Option}}</p>
<h3>Why</h3>
<p>{{.Reason}}</p>
{{with .Near}}<p><strong>Near a threshold.</strong> {{.}}</p>{{end}}
<table><caption>Who</caption><thead><tr>{{range .People}}<th scope="col">{{.Name}}</th>{{end}}</tr></thead>
<tbody><tr>{{range .People}}<td>{{.Text}}</td>{{end}}</tr></tbody></table>
<table><caption>When and how</caption><thead><tr>{{range .When}}<th scope="col">{{.Name}}</th>{{end}}</tr></thead>
<tbody><tr>{{range .When}}<td>{{.Text}}</td>{{end}}</tr></tbody></table>
{{template "table" .Places}}
{{with .Also}}<p>{{.}}</p>{{end}}
{{template "table" .Hubs}}
{{if .Ways.Rows}}{{template "table" .Ways}}{{end}}
<h3>Where</h3>
<p class="small">{{.Areas}}. Target {{.ID}}; option {{$.Option}}; fingerprint {{$.Print}}.{{with $.Dates}} Data: {{.}}.{{end}} People rounded to 5.{{with $.Note}} Walks: {{.}}.{{end}}</p>
</section>
{{end}}</main>
<footer class="small">{{range .Licences}}<p>{{.Text}}</p>
{{end}}</footer>
</body>
</html>
{{define "table"}}{{if .Rows}}<table><caption>{{.Caption}}</caption><thead><tr>{{range .Head}}<th scope="col">{{.}}</th>{{end}}</tr></thead><tbody>
{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>
{{end}}</tbody></table>{{else}}<h3>{{.Caption}}</h3><p>{{.Empty}}</p>{{end}}{{end}}`))
