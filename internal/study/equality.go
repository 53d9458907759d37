package study

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
)

// EqualityImpact is what an option does to groups of people, as it may be
// published: the evidence for an equality impact assessment under section 149 of
// the Equality Act 2010. Small numbers are hidden and others rounded, see estate.Publish.
type EqualityImpact struct {
	Option    estate.OptionID
	Baseline  estate.OptionID
	Threshold float64 // numbers over 0 and under it are hidden, others rounded to it
	Rows      []estate.PublicRow
	// Characteristics are the nine that the Act protects, and after them what else
	// the study has tables for.
	Characteristics []Characteristic
	Closures        []PublicClosure // by site; empty for the baseline itself
}

// Characteristic says whether, and from what, one characteristic was assessed.
type Characteristic struct {
	Name       string
	Protected  bool     // by section 4 of the Equality Act 2010
	Dimensions []string // of the rows that assess it; empty: none
	Source     string   // the inputs and their editions
	Gap        string   // what is missing, a sentence; empty: nothing
}

// PublicClosure is a closure as it may be published.
type PublicClosure struct {
	Site   int // position in the county's sites
	People estate.Cell
	// Withheld is set when the losers are too few to be told apart: Areas and
	// Groups are then empty.
	Withheld bool
	Areas    []PublicClosureArea
	Groups   []estate.PublicRow
}

// PublicClosureArea is an area that loses by a closure: people aged 0-19 who
// lose, where they can go now, and how long it takes. Next, WalkMin and Found are
// those of estate.ClosureArea, but that Next is the open site nearest in a
// straight line where no walk to one was found, and WalkMin then NaN; TransitMin is that of the option by public
// transport or on foot, for the whole area, NaN when there is none within the
// limit; Transit is set when that was assessed.
type PublicClosureArea struct {
	Area       int
	People     estate.Cell
	Next       int
	WalkMin    float64
	Found      float64
	NextLine   geo.Metres // from the middle of the area's people to Next, in a straight line
	TransitMin float64
	Transit    bool
	// NextTransitMin is the time by public transport or on foot to Next itself, of
	// the area's people who are out of reach on foot; NaN where there is none within
	// the limit, or no Next.
	NextTransitMin float64
}

// characteristics are those of section 4 of the Act, with the dimensions that
// assess them and what to add where there is none.
var characteristics = []struct{ name, dimension, add string }{
	{"Age", "age", ""},
	{"Disability", "disability", "Census 2021 TS038"},
	{"Gender reassignment", "gender_identity", "Census 2021 TS078 is not published for small areas"},
	{"Marriage and civil partnership", "marital_status", "Census 2021 TS002"},
	{"Pregnancy and maternity", estate.Infants, ""},
	{"Race", "ethnicity", "Census 2021 TS021"},
	{"Religion or belief", "religion", "Census 2021 TS030"},
	{"Sex", "sex", "Census 2021 TS008, or a population table by sex"},
	{"Sexual orientation", "sexual_orientation", "Census 2021 TS077"},
}

// EqualityImpact says what option number k does to groups of people, against the
// study's baseline. It panics when there is no such option.
func (r *Results) EqualityImpact(k int) *EqualityImpact {
	o, base := r.Options[k], r.Options[r.Baseline]
	e := &EqualityImpact{Option: o.Option.ID, Baseline: base.Option.ID, Threshold: r.SmallNumber()}
	e.Characteristics = r.characteristics()
	if r.measured == nil { // results that Run did not make: what they say of losers, and no more
		e.Rows = estate.Publish(o.Losers, e.Threshold)
		return e
	}
	rows := estate.LosersByGroup(r.input, base.Assessment, o.Assessment, r.groups())
	e.Rows = estate.Publish(rows, e.Threshold)
	e.Closures = r.publicClosures(k, rows[0], e.Threshold)
	return e
}

// Closures says who loses by each site that option number k closes, as
// EqualityImpact does. It is nil for the baseline, and for results that Run did
// not make.
func (r *Results) Closures(k int) []PublicClosure {
	if r.input.County == nil || k == r.Baseline {
		return nil
	}
	threshold := r.SmallNumber()
	rows := estate.LosersByGroup(r.input, r.Options[r.Baseline].Assessment, r.Options[k].Assessment, r.groups())
	return r.publicClosures(k, rows[0], threshold)
}

// SmallNumber is the threshold under which numbers of people are hidden: the
// study's, or estate.SmallNumber.
func (r *Results) SmallNumber() float64 {
	if n := r.Spec.Equality.SmallNumber; n > 0 {
		return n
	}
	return estate.SmallNumber
}

// characteristics says what was assessed and what was not.
func (r *Results) characteristics() []Characteristic {
	have := map[string]bool{}
	for _, g := range r.Groups {
		have[g.Dimension] = true
	}
	var all []Characteristic
	for _, c := range characteristics {
		row := Characteristic{Name: c.name, Protected: true}
		switch {
		case c.dimension == "age":
			row.Dimensions, row.Source = []string{"age"}, r.editions("population")
		case c.dimension == estate.Infants:
			row.Dimensions, row.Source = []string{estate.Infants}, r.editions("population")
			row.Gap = "Residents under one year of age stand in: no table counts pregnant women by small area."
		case have[c.dimension]:
			row.Dimensions, row.Source = []string{c.dimension}, r.groupSource(c.dimension)
		default:
			row.Gap = fmt.Sprintf("Not assessed: the study has no table of it by small area (%s).", c.add)
		}
		delete(have, c.dimension)
		all = append(all, row)
	}
	for _, g := range r.Groups {
		if have[g.Dimension] {
			delete(have, g.Dimension)
			all = append(all, Characteristic{Name: strings.ReplaceAll(g.Dimension, "_", " "), Dimensions: []string{g.Dimension}, Source: r.groupSource(g.Dimension)})
		}
	}
	return all
}

// editions names the inputs of a role and their editions.
func (r *Results) editions(role string) string {
	var texts []string
	for _, u := range r.Inputs {
		if u.Role == role {
			texts = append(texts, sourceOf(u))
		}
	}
	return strings.Join(texts, "; ")
}

func sourceOf(u InputUse) string {
	file := u.File
	if filepath.IsAbs(file) { // no result holds a path of a machine
		file = filepath.Base(file)
	}
	if u.Edition == "" {
		return file
	}
	return fmt.Sprintf("%s (%s)", file, u.Edition)
}

// groupSource names the inputs of a dimension.
func (r *Results) groupSource(dimension string) string {
	var texts []string
	for _, g := range r.Groups {
		k := slices.IndexFunc(r.Inputs, func(u InputUse) bool { return u.Name == g.Input })
		if g.Dimension != dimension || k < 0 {
			continue
		}
		text := sourceOf(r.Inputs[k])
		if g.Carried {
			text += ", carried from areas of an older edition"
		}
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "; ")
}

// publicClosures hides the small numbers of the closures: first among their
// totals, which add up to what the option loses, then within each.
func (r *Results) publicClosures(k int, option estate.LoserRow, threshold float64) []PublicClosure {
	closures := estate.Closures(r.input, r.Options[r.Baseline].Assessment, r.Options[k].Assessment, r.groups())
	totals := []estate.LoserRow{lostOnly("county", option.Lost, option.Lost)}
	for _, c := range closures {
		totals = append(totals, lostOnly("district", c.People, c.People))
	}
	public := make([]PublicClosure, len(closures))
	hidden := estate.Publish(totals, threshold)[1:]
	for n, c := range closures {
		p := &public[n]
		p.Site, p.People, p.Withheld = c.Site, hidden[n].Lost, hidden[n].Lost.Suppressed
		if !p.Withheld && len(c.Areas) > 0 {
			r.within(p, &c, k, threshold)
		}
	}
	return public
}

// lostOnly is a row of people who all had a site, of whom lost have none any more.
func lostOnly(dimension string, people, lost float64) estate.LoserRow {
	return estate.LoserRow{Dimension: dimension, People: people, Before: people, After: people - lost, Lost: lost}
}

// within hides the small numbers of one closure: its areas and its groups both
// add up to its total.
func (r *Results) within(p *PublicClosure, c *estate.Closure, k int, threshold float64) {
	whole := estate.LoserRow{Dimension: "county", Before: c.People, Lost: c.People}
	var rows []estate.LoserRow
	for _, a := range c.Areas {
		people := r.County.Areas[a.Area].Residents.Between(0, 19)
		whole.People += people
		rows = append(rows, estate.LoserRow{Dimension: "district", Group: string(r.County.Areas[a.Area].Code), People: people, Before: a.People, Lost: a.People})
	}
	public := estate.Publish(slices.Concat([]estate.LoserRow{whole}, rows, c.Groups), threshold)
	if p.Withheld = public[0].Lost.Suppressed; p.Withheld {
		return // the total is said, and nothing that it is made of
	}
	transit := r.Options[k].TransitMin
	for n, a := range c.Areas {
		area := PublicClosureArea{Area: a.Area, People: public[1+n].Lost, Next: a.Next, WalkMin: a.WalkMin, Found: a.Found}
		middle := r.middle(a.Area)
		if area.Next < 0 {
			area.Next = nearestInLine(r.County.Sites, r.Options[k].Option.Status, middle)
		}
		if area.Next >= 0 {
			area.NextLine = middle.Distance(r.County.Sites[area.Next].At)
		}
		if transit != nil {
			area.Transit, area.TransitMin, area.NextTransitMin = true, transit[a.Area], math.NaN()
			if area.Next >= 0 {
				area.NextTransitMin = r.WaysTo(k, []int{a.Area}, false, area.Next)[0].Median
			}
		}
		p.Areas = append(p.Areas, area)
	}
	p.Groups = public[1+len(c.Areas):]
}

// middle is the middle of an area's people.
func (r *Results) middle(area int) geo.Grid {
	var at geo.Grid
	all := 0.0
	for p := r.firstPoint(area); p < len(r.County.Points) && r.County.Points[p].Area == area; p++ {
		point := &r.County.Points[p]
		at[0] += point.At[0] * point.Share
		at[1] += point.At[1] * point.Share
		all += point.Share
	}
	return geo.Grid{at[0] / all, at[1] / all} // every area has a point
}

// nearestInLine returns the open site that is nearest to a place in a straight
// line, the lower of equals, -1 for none.
func nearestInLine(sites []county.Site, status []estate.Status, from geo.Grid) int {
	best, least := -1, geo.Unreachable
	for i, s := range status {
		if d := from.Distance(sites[i].At); s.Open() && d < least {
			best, least = i, d
		}
	}
	return best
}
