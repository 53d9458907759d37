package draft

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hubreach/internal/study"
)

// writer writes a study file. Lines of settings that are switched off begin
// with a mark and no blank; sentences begin with a mark and a blank.
type writer struct{ b bytes.Buffer }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// say writes a sentence as a comment, broken at 100 letters.
func (w *writer) say(format string, args ...any) {
	const width = 100
	line := "#"
	for _, word := range strings.Fields(oneLine(fmt.Sprintf(format, args...))) {
		if len(line) > 1 && len(line)+1+len(word) > width {
			w.line("%s", line)
			line = "#"
		}
		line += " " + word
	}
	w.line("%s", line)
}

// off switches off what write writes.
func (w *writer) off(write func(*writer)) {
	var inner writer
	write(&inner)
	for _, line := range strings.Split(strings.TrimRight(inner.b.String(), "\n"), "\n") {
		switch {
		case line == "":
			w.line("#")
		case strings.HasPrefix(line, "#"):
			w.line("%s", line)
		default:
			w.line("#%s", line)
		}
	}
}

// write writes the draft.
func (c *chooser) write() []byte {
	w := &writer{}
	c.writeHead(w)
	for _, role := range order {
		c.writeRole(w, role)
	}
	c.writeParameters(w)
	c.writeOptions(w)
	c.writeLicences(w)
	c.writeRest(w)
	return w.b.Bytes()
}

func (c *chooser) writeHead(w *writer) {
	name, known := c.countyTitle()
	w.say("A study file drafted by hubreach init from what a folder holds. Read it through, settle every line with DECIDE in it, and run it.")
	w.say("A line that begins with # and a blank is a note. A line that begins with # and no blank is a setting that is switched off: remove the # to switch it on.")
	if len(c.missing)+len(c.questions) > 0 {
		w.line("#")
		for _, role := range c.missing {
			w.say("DECIDE: no file fits the role %s, and nothing runs without one: see its block below.", role)
		}
		for _, q := range c.questions {
			w.say("DECIDE: %s.", q)
		}
	}
	w.line("")
	if !known {
		w.say("DECIDE: the name of the place. No file says it.")
	}
	w.line("name = %s", tomlText(name))
	w.line("title = %s", tomlText("Family hubs in "+name))
	w.line("about = %s", tomlText("Drafted from the files of a folder."))
	w.line("")
	if len(c.districts) > 0 {
		w.say("The districts of the boundaries. Switched on, only the areas of those listed are kept.")
		w.off(func(w *writer) {
			w.line("districts = [")
			for _, code := range slices.Sorted(maps.Keys(c.districts)) {
				note := ""
				if n := oneLine(c.districts[code]); n != "" {
					note = " # " + n
				}
				w.line("%s,%s", tomlText(code), note)
			}
			w.line("]")
		})
	} else {
		w.say("Switched on, only the areas of the districts listed are kept.")
		w.off(func(w *writer) { w.line(`districts = ["E07000105"]`) })
	}
}

// writeRole writes the inputs of one role.
func (c *chooser) writeRole(w *writer, role roleWords) {
	w.line("")
	w.say("---- %s: %s.", role.role, role.is)
	taken, others := 0, 0
	for _, o := range c.offers {
		if o.role == role.role && o.taken {
			taken++
			w.line("")
			w.say("%s: %s.", o.label(), sentence(o.why))
			for _, r := range o.remarks {
				w.say("%s", r)
			}
			writeInput(w, o.input)
		}
	}
	for _, o := range c.offers {
		if o.role == role.role && !o.taken {
			others++
			w.line("")
			w.say("%s: %s.", o.label(), sentence(o.why))
			for _, r := range o.remarks {
				w.say("%s", r)
			}
			w.off(func(w *writer) { writeInput(w, o.input) })
		}
	}
	if taken == 0 {
		c.writeMissing(w, role, others)
	}
	c.writeAside(w, role.role, taken)
}

// sentence takes the full stop off.
func sentence(s string) string { return strings.TrimRight(oneLine(s), ".") }

// writeMissing says what to look for, where nothing was taken.
func (c *chooser) writeMissing(w *writer, role roleWords, others int) {
	w.line("")
	found := "No file fits."
	if others > 0 {
		found = "No file was taken."
	}
	w.say("%s %s", found, role.without)
	for _, s := range role.seek {
		w.say("%s", s)
	}
	if others > 0 {
		return
	}
	in := study.Input{Role: role.role, File: role.file}
	if role.role == "boundaries" || role.role == "population" || role.role == "indicators" || role.role == "centroids" {
		in.Areas = "2021"
	}
	if role.role == "indicators" {
		in.Indicators = []study.Indicator{{ID: "idaci", Title: "Income deprivation affecting children", Of: ranked2021,
			Rank: "Income Deprivation Affecting Children Index (IDACI) Rank (where 1 is most deprived)",
			Rate: "Income Deprivation Affecting Children Index (IDACI) Score (rate)"}}
	}
	if role.role == "groups" {
		in.Areas = "2021"
		in.Groups = []study.Group{{Dimension: "ethnicity", Name: "Asian", Columns: []string{"Ethnic group: Asian, Asian British or Asian Welsh"}}}
	}
	in.Licence = placeholder
	w.off(func(w *writer) { writeInput(w, in) })
}

// placeholder is the licence of a file that is not there.
const placeholder = " "

// The tags of OpenStreetMap for buildings where outreach can meet, and for
// those that can stand in for hubs in a trial. Source: OpenStreetMap wiki, "Key:amenity".
var (
	meetingAmenities = []string{"community_centre", "library", "place_of_worship", "school", "social_centre", "townhall", "youth_centre"}
	standInAmenities = []string{"community_centre", "library"}
)

// writeAside writes what else can be had from the files that were taken.
func (c *chooser) writeAside(w *writer, role string, taken int) {
	at := slices.IndexFunc(c.offers, func(o *offer) bool { return o.role == "streets" && o.taken })
	if at >= 0 && (role == "venues" || role == "sites" && taken == 0) {
		amenities := meetingAmenities
		w.line("")
		if role == "sites" {
			amenities = standInAmenities
			w.say("For a trial without a list of sites: the libraries and community centres of the street extract stand in for hubs.")
		} else {
			w.say("Buildings in the street extract where outreach can meet.")
		}
		in := study.Input{Role: role, Name: "streets_" + role, File: c.offers[at].file, Format: "pbf", Keep: map[string][]string{"amenity": amenities}}
		w.off(func(w *writer) { writeInput(w, in) })
	}
	for _, o := range c.offers {
		if role != "sites" || o.role != "sites" || !o.taken || len(o.input.Keep[o.authority]) == 0 {
			continue
		}
		in := o.input
		in.Role, in.Name, in.Keep = "neighbour_sites", "neighbour_sites", maps.Clone(o.input.Keep)
		in.Keep[o.authority] = slices.DeleteFunc(slices.Clone(o.authorities), func(a string) bool { return slices.Contains(o.input.Keep[o.authority], a) })
		w.line("")
		w.say("The neighbours' sites of the same list: families near the border may use them. Keep the authorities that touch the county.")
		w.off(func(w *writer) { writeInput(w, in) })
	}
}

func (c *chooser) writeOptions(w *writer) {
	w.line("")
	current := func(w *writer) {
		w.line("[[option]]")
		w.line(`id = "current"`)
		w.line(`name = "Every current site"`)
	}
	if slices.ContainsFunc(c.offers, func(o *offer) bool { return o.role == "options" && o.taken }) {
		w.say("The options are those of the table of options, and the first of them is the baseline. This one would have every site of the list open, proposed ones too.")
		w.off(current)
		return
	}
	w.say("The options to compare. The first is the baseline that losers are counted against.")
	current(w)
	w.line("")
	w.say("More options: sites by their id closed, or opened; or picked by a rule.")
	w.off(func(w *writer) {
		w.line("[[option]]")
		w.line(`id = "fewer"`)
		w.line(`name = "Less two"`)
		w.line(`close = ["site-a", "site-b"]`)
		w.line("")
		w.line("[[option]]")
		w.line(`id = "by_need"`)
		w.line(`name = "Ten sites by need"`)
		w.line(`rule = { kind = "greedy", keep = 10 }`)
	})
}

// writeLicences writes the lines to show with results: those of the manifest,
// else one switched off.
func (c *chooser) writeLicences(w *writer) {
	lines := map[string]string{}
	for _, o := range c.offers {
		if m := c.manifests[o.file]; o.taken && m.licence != "" && m.attribution != "" {
			lines[m.licence] = m.attribution
		}
	}
	w.line("")
	w.say("The lines to show with every result, as the licences of the data ask. Data of the ONS, MHCLG and DfE are under the Open Government Licence v3.0, those of OpenStreetMap under the ODbL.")
	for _, id := range slices.Sorted(maps.Keys(lines)) {
		w.line("[[licence]]")
		w.line("id = %s", tomlText(id))
		w.line("text = %s", tomlText(lines[id]))
		w.line("")
	}
	if len(lines) == 0 {
		w.off(func(w *writer) {
			w.line("[[licence]]")
			w.line(`id = "OGL"`)
			w.line(`text = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data © Crown copyright and database right."`)
		})
	}
}

// writeRest lists the files that no role fits.
func (c *chooser) writeRest(w *writer) {
	var rest []*offer
	for _, o := range c.offers {
		if o.role == "" {
			rest = append(rest, o)
		}
	}
	if len(rest) == 0 {
		return
	}
	w.line("")
	w.say("Files that are no input:")
	const most = 60
	for _, o := range rest[:min(most, len(rest))] {
		w.say("%s: %s", o.label(), sentence(o.why))
	}
	if len(rest) > most {
		w.say("and %d more", len(rest)-most)
	}
}
