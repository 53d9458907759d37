package study

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/internal/source"
)

// chooser takes the best offer for each role.
type chooser struct {
	offers    []*offer
	manifests map[string]manifestEntry

	boundaries *offer // nil: none
	codes      map[string]bool
	box        orb.Bound         // of the areas, on the national grid, with a margin
	lookup     bool              // areas of 2011 can be carried to those of the study
	districts  map[string]string // code to name, of the boundaries' districts
	county     string            // its name, when a table gives it
	sites      []source.Place
	indicators map[string]Indicator
	inNeed     []string // indicators that give a share of people, best first

	missing   []string
	questions []string
}

func newChooser(offers []*offer, manifests map[string]manifestEntry) *chooser {
	return &chooser{offers: slices.Clone(offers), manifests: manifests, districts: map[string]string{}, indicators: map[string]Indicator{}}
}

func (c *chooser) decide(format string, args ...any) {
	c.questions = append(c.questions, fmt.Sprintf(format, args...))
}

// of lists the offers for a role that are not ruled out, in the order of their files.
func (c *chooser) of(role string) (all []*offer) {
	for _, o := range c.offers {
		if o.role == role && !o.out {
			all = append(all, o)
		}
	}
	return all
}

// refuse rules an offer out.
func (o *offer) refuse(format string, args ...any) {
	o.out = true
	o.refused = fmt.Sprintf(format, args...)
}

// choose decides role by role: the areas first, since everything else has to
// fit them.
func (c *chooser) choose() {
	c.chooseBoundaries()
	c.fit()
	c.chooseLookup()
	c.carried()
	c.choosePopulation()
	c.chooseIndicators()
	c.chooseDistricts()
	own := func(o *offer) int { return c.older(o) }
	c.takeBest("rural_urban", own)
	c.takeBest("settlements", own)
	c.takeBest("centroids", own)
	level := func(o *offer) int { return o.level }
	c.takeBest("points", level)
	c.narrowPoints()
	for _, role := range []string{"streets", "timetable"} {
		if all := c.of(role); len(all) > 1 {
			c.decide("which %s: %s is taken, and a study has one of them; %s is left out", role, all[0].label(), all[1].label())
		}
		c.takeBest(role, func(*offer) int { return 0 })
	}
	c.chooseSites()
	c.chooseVenues()
	for _, role := range []string{"options", "costs", "services"} {
		c.ofSites(role)
		c.takeBest(role, level)
	}
	c.chooseCatchments()
	for _, role := range roles[:required] {
		if !slices.ContainsFunc(c.offers, func(o *offer) bool { return o.role == role && o.taken }) {
			c.missing = append(c.missing, role)
		}
	}
	for _, o := range c.offers {
		if o.refused != "" {
			o.why += "; not taken: " + o.refused
		}
	}
	c.describe()
}

// The size of a county: the largest, Greater London, has 4,994 LSOAs of 2021.
// Source: ONS, LSOA (2021) boundaries, counted by region.
const countyMost = 5_500

// chooseBoundaries prefers the newest areas, then the set that most other files
// are about, then the larger one, and of copies the one that names districts.
func (c *chooser) chooseBoundaries() {
	all := c.of("boundaries")
	if len(all) == 0 {
		return
	}
	support := map[*offer]int{}
	for _, b := range all {
		for _, o := range c.offers {
			if o != b && o.codes != nil && o.role != "boundaries" && commonCodes(b.codes, o.codes) > 0 {
				support[b]++
			}
		}
	}
	formats := []string{"geojson", "gpkg", "shp"}
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(
			boolOrder(len(a.rows) > countyMost, len(b.rows) > countyMost),
			boolOrder(c.stranded(a), c.stranded(b)),
			-cmp.Compare(a.areas, b.areas),
			-cmp.Compare(support[a], support[b]),
			-cmp.Compare(len(a.rows), len(b.rows)),
			boolOrder(!a.has("district"), !b.has("district")),
			cmp.Compare(slices.Index(formats, a.format), slices.Index(formats, b.format)),
		)
	})
	best := all[0]
	best.taken, c.boundaries, c.codes = true, best, best.codes
	if best.areas == "" {
		c.decide("the edition of the areas in %s: add areas = \"2011\" or \"2021\" to its block", best.file)
	}
	const margin = 2_000 // metres: a county's own postcodes and piers
	c.box = best.box.Pad(margin)
	for _, column := range best.columnsOf("district") {
		for _, row := range best.rows {
			if row[column] != "" {
				c.districts[row[column]] = ""
			}
		}
		break
	}
	for _, o := range all[1:] {
		switch {
		case c.stranded(o) && !c.stranded(best):
			o.refuse("no count of people fits areas of %s", o.areas)
		case o.areas != best.areas:
			o.refuse("areas of %s; the newest, of %s, are taken", editionWord(o.areas), editionWord(best.areas))
		case commonCodes(o.codes, best.codes) == len(best.codes) && len(o.codes) == len(best.codes):
			o.refuse("the same %d areas as %s", len(o.codes), best.file)
		case commonCodes(o.codes, best.codes) == 0:
			o.refuse("%d other areas than those of %s, which more files are about", len(o.codes), best.file)
			c.decide("which county: %s has %d areas (taken), %s has %d others; give each county a folder of its own", best.file, len(best.codes), o.file, len(o.codes))
		default:
			o.refuse("%d of its %d areas are in %s", commonCodes(o.codes, best.codes), len(o.codes), best.file)
		}
	}
	if len(best.rows) > countyMost {
		c.decide("which districts: %s holds %d areas or more, and no county has so many; name the county's districts under districts", best.file, len(best.rows))
	}
}

// stranded tells whether no count of people could be used with boundaries: none
// is keyed to their edition, nor can be carried to it, though one is to another.
func (c *chooser) stranded(b *offer) bool {
	people := slices.DeleteFunc(c.of("population"), func(o *offer) bool { return o.level > 1 })
	fits := func(o *offer) bool {
		return o.areas == "" || b.areas == "" || o.areas == b.areas || o.areas < b.areas && len(c.of("lookup")) > 0
	}
	return len(people) > 0 && !slices.ContainsFunc(people, fits)
}

func editionWord(areas string) string { return cmp.Or(areas, "an unknown edition") }

// boolOrder puts false before true.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// commonCodes counts the codes that both sets have.
func commonCodes(a, b map[string]bool) int {
	n := 0
	for code := range a {
		if b[code] {
			n++
		}
	}
	return n
}

// fit rules out what lies elsewhere: tables keyed to other areas and places
// outside the county. Only a file that was read whole can be ruled out by its
// codes.
func (c *chooser) fit() {
	if c.boundaries == nil {
		return
	}
	for _, o := range c.offers {
		switch {
		case o.role == "" || o.role == "boundaries":
		case o.codes != nil && o.whole && c.boundaries.whole && commonCodes(o.codes, c.codes) == 0:
			o.refuse("none of its %d areas is in %s", len(o.codes), c.boundaries.file)
		case o.codes != nil:
		case o.role == "districts" && len(c.districts) > 0 && c.inDistricts(o) == 0:
			o.refuse("none of its districts is in %s", c.boundaries.file)
		case !o.whole && o.text != nil: // the county may come later in it
		case len(o.at)+o.abroad > 0 && !c.around(o):
			inside := c.inside(o)
			o.refuse("%d of %d places looked at are in the county", inside, len(o.at)+o.abroad)
		}
	}
}

// inDistricts counts the districts of a list that the boundaries have.
func (c *chooser) inDistricts(o *offer) int {
	n := 0
	for _, column := range o.columnsOf("district") {
		for _, row := range o.rows {
			if _, ok := c.districts[row[column]]; ok {
				n++
			}
		}
	}
	return n
}

func (c *chooser) inside(o *offer) int {
	n := 0
	for _, at := range o.at {
		if c.box.Contains(orb.Point(at)) {
			n++
		}
	}
	return n
}

// around tells whether places are about the county: half of them, or as many as
// a national file has in one county.
func (c *chooser) around(o *offer) bool {
	const many = 200 // places
	n := c.inside(o)
	if o.role == "sites" || o.role == "venues" || o.role == "points" {
		return n > 0
	}
	return n >= many || 2*n >= len(o.at)+o.abroad
}

// chooseLookup takes the look-up from 2011 to 2021, when the areas are of 2021.
func (c *chooser) chooseLookup() {
	all := c.of("lookup")
	if c.boundaries != nil && c.boundaries.areas == "2011" {
		for _, o := range all {
			o.refuse("the areas are of 2011, and nothing is carried back")
		}
		return
	}
	c.takeBest("lookup", func(*offer) int { return 0 })
	c.lookup = len(all) > 0
}

// older is 1 for an offer keyed to an older edition than the areas, else 0.
func (c *chooser) older(o *offer) int {
	if c.boundaries != nil && o.areas != "" && o.areas < c.boundaries.areas {
		return 1
	}
	return 0
}

// carried rules out what is keyed to an edition that cannot be carried to the
// study's, and writes the edition of the rest.
func (c *chooser) carried() {
	for _, o := range c.offers {
		if o.codes == nil || o.role == "lookup" || o.role == "" {
			continue
		}
		o.input.Areas = o.areas
		if o.role == "boundaries" || o.out || c.boundaries == nil || o.areas == "" {
			continue
		}
		switch {
		case o.areas > c.boundaries.areas && c.boundaries.areas != "":
			o.refuse("keyed to areas of %s, newer than the boundaries: values are carried from 2011 to 2021 only", o.areas)
		case c.older(o) == 1 && o.role == "districts":
			o.refuse("keyed to areas of %s; the areas are of %s", o.areas, c.boundaries.areas)
		case c.older(o) == 1 && !c.lookup:
			o.refuse("keyed to areas of %s, and there is no look-up to those of %s", o.areas, c.boundaries.areas)
		}
	}
}

// takeBest takes the offer of the lowest grade, then the newest, then the
// first; the others are ruled out in its favour.
func (c *chooser) takeBest(role string, grade func(*offer) int) {
	all := c.of(role)
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(boolOrder(a.level == spoilt, b.level == spoilt), cmp.Compare(grade(a), grade(b)), cmp.Compare(a.level, b.level),
			-cmp.Compare(a.areas, b.areas), -cmp.Compare(a.year, b.year))
	})
	for i, o := range all {
		switch {
		case o.level == spoilt:
			o.refuse("it cannot be read as it stands")
		case i == 0:
			o.taken = true
		default:
			o.refuse("%s is taken", all[0].label())
		}
	}
}

// narrowPoints keeps the county's own rows of a file of postcodes that is larger
// than one county's, such as a national directory.
func (c *chooser) narrowPoints() {
	for _, o := range c.offers {
		if o.role != "points" || !o.taken || o.whole || len(c.districts) == 0 {
			continue
		}
		if column := o.column(`lad\d\dcd|oslaua|laua|ladcd|admindistrictcode`); column >= 0 {
			o.keep(column, slices.Sorted(maps.Keys(c.districts))...)
			o.remarks = append(o.remarks, "Only the rows of the county's districts are kept: the file is larger than a county's. DECIDE whether its codes of the districts are of the same year.")
		}
	}
}

// ofSites rules out tables about other sites than the study's.
func (c *chooser) ofSites(role string) {
	ids := map[string]bool{}
	for _, p := range c.sites {
		ids[p.ID] = true
	}
	for _, o := range c.of(role) {
		column := o.column("siteid")
		if column < 0 || len(ids) == 0 {
			continue
		}
		named := map[string]bool{}
		for _, row := range o.rows {
			named[row[column]] = true
		}
		switch known := commonCodes(named, ids); {
		case known == 0:
			o.refuse("none of its sites is in the list of sites")
		case known < len(named) && o.whole:
			o.remarks = append(o.remarks, fmt.Sprintf("DECIDE: %d of its %d sites are not in the list of sites.", len(named)-known, len(named)))
			c.decide("the sites of %s: %d of its %d are not in the list of sites", o.label(), len(named)-known, len(named))
		}
	}
}

// label names an offer.
func (o *offer) label() string {
	if o.layer != "" {
		return o.file + " (" + o.layer + ")"
	}
	return o.file
}

// choosePopulation takes single years of age before bands, and areas of the
// study's edition before older ones. When the best is keyed to older areas, the
// finest table of the study's own areas goes with it, to share split areas out.
func (c *chooser) choosePopulation() {
	all := c.of("population")
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(c.older(a), c.older(b)), -cmp.Compare(a.year, b.year))
	})
	var first, weights *offer
	for _, o := range all {
		const total, denominators = 2, 3
		switch {
		case first == nil && o.level < total:
			first, o.taken = o, true
		case first != nil && weights == nil && c.older(first) == 1 && c.older(o) == 0 && o.level < denominators:
			weights, o.taken = o, true
			o.remarks = append(o.remarks, "It shares out the people of areas that were split since: "+first.label()+" counts them.")
		case o.level == denominators:
			o.refuse("the denominators of the Indices count no child by age")
		case o.level == total:
			o.refuse("it has no ages: a study needs every age from 0 to 19")
		default:
			o.refuse("%s is taken", first.label())
		}
	}
	if weights != nil { // the first of a study counts the people
		c.moveAfter(weights, first)
	}
}

// moveAfter puts an offer behind another in the draft.
func (c *chooser) moveAfter(o, first *offer) {
	c.offers = slices.DeleteFunc(c.offers, func(x *offer) bool { return x == o })
	at := slices.Index(c.offers, first)
	c.offers = slices.Insert(c.offers, at+1, o)
}

// chooseDistricts takes a table only for what the boundaries lack: the district
// of each area, or the districts' names.
func (c *chooser) chooseDistricts() {
	all := c.of("districts")
	for _, o := range c.offers { // the county's name, wherever it stands
		if o.role == "districts" && !o.out && c.county == "" {
			c.county = o.countyName()
		}
	}
	named := func(o *offer) bool { return o.named(o.columnsOf("district")[0]) >= 0 }
	assigned := c.boundaries != nil && c.boundaries.has("district")
	slices.SortStableFunc(all, func(a, b *offer) int {
		names := 0
		if assigned { // a short list of names says it all
			names = -cmp.Compare(a.level, b.level)
		}
		return cmp.Or(names, cmp.Compare(a.level, b.level), boolOrder(!named(a), !named(b)))
	})
	haveArea, haveNames := assigned, false
	for _, o := range all {
		isArea := o.level == 0
		switch {
		case !haveArea && isArea, !haveNames && named(o) && (haveArea || isArea || c.boundaries == nil):
			o.taken = true
			haveArea = haveArea || isArea
			haveNames = haveNames || named(o)
		default:
			o.refuse("the district of each area, and its name, are known without it")
			continue
		}
		c.nameDistricts(o)
	}
	if !haveArea && c.boundaries != nil && !c.lookup {
		c.decide("the district of each area: %s has no column of districts; add a look-up from LSOA to local authority district with role = \"districts\"", c.boundaries.file)
	}
}

// nameDistricts learns codes and names of the districts from a table.
func (c *chooser) nameDistricts(o *offer) {
	column := o.columnsOf("district")[0]
	name := o.named(column)
	for _, row := range o.rows {
		if o.key >= 0 && c.codes != nil && !c.codes[row[o.key]] {
			continue
		}
		if _, known := c.districts[row[column]]; row[column] == "" || !known && o.key < 0 && len(c.districts) > 0 {
			continue
		}
		c.districts[row[column]] = cmp.Or(c.districts[row[column]], "")
		if name >= 0 && c.districts[row[column]] == "" {
			c.districts[row[column]] = row[name]
		}
	}
}

// countyName returns the name of the one county that a table names, or nothing.
func (o *offer) countyName() string {
	for _, code := range o.columnsOf("county") {
		name := o.named(code)
		if name < 0 {
			continue
		}
		names := map[string]bool{}
		for _, row := range o.rows {
			names[row[name]] = true
		}
		if len(names) == 1 {
			return slices.Collect(maps.Keys(names))[0]
		}
	}
	return ""
}

// chooseIndicators takes the tables of one edition of the Indices: those of the
// areas' own edition, else the newest that can be carried.
func (c *chooser) chooseIndicators() {
	all := c.of("indicators")
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(cmp.Compare(c.older(a), c.older(b)), -cmp.Compare(a.year, b.year), -cmp.Compare(len(a.input.Indicators), len(b.input.Indicators)))
	})
	for _, o := range all {
		switch {
		case len(o.input.Indicators) == 0:
			o.refuse("its ranks need a decision")
		case o.areas != all[0].areas && o.areas != "":
			o.refuse("an older edition of the Indices than %s, which is taken", all[0].label())
		case !c.addIndicators(o):
			o.refuse("its indicators are in other tables that are taken")
		default:
			o.taken = true
		}
	}
	for _, id := range []string{"idaci", "income", "income_rate", "imd"} {
		if ind, ok := c.indicators[id]; ok && (ind.Rate != "" || ind.Numerator != "") {
			c.inNeed = append(c.inNeed, id)
		}
	}
}

// addIndicators takes from a table the indicators that the study does not have,
// and the shares of people of those that it has by rank only.
func (c *chooser) addIndicators(o *offer) bool {
	var take []Indicator
	for _, ind := range o.input.Indicators {
		old, have := c.indicators[ind.ID]
		_, haveRate := c.indicators[ind.ID+"_rate"]
		switch {
		case ind.ID == "education" && c.hasChildrensEducation():
			continue
		case !have:
		case !haveRate && old.Rate == "" && old.Numerator == "" && (ind.Rate != "" || ind.Numerator != ""):
			ind = Indicator{ID: ind.ID + "_rate", Title: ind.Title + ", share of people", Rate: ind.Rate, Percent: ind.Percent, Numerator: ind.Numerator, Ages: ind.Ages}
		default:
			continue
		}
		c.indicators[ind.ID] = ind
		take = append(take, ind)
	}
	if len(take) > 0 {
		o.input.Indicators = take
	}
	return len(take) > 0
}

// hasChildrensEducation tells whether any table offers the children's part of
// the education domain, which is nearer to the question than the whole.
func (c *chooser) hasChildrensEducation() bool {
	return slices.ContainsFunc(c.of("indicators"), func(o *offer) bool {
		return slices.ContainsFunc(o.input.Indicators, func(ind Indicator) bool { return ind.ID == "children_education" && ind.Rank != "" })
	})
}

// chooseSites takes the list that speaks most of hubs, and keeps the county's
// own rows where the list says whose a place is.
func (c *chooser) chooseSites() {
	all := c.of("sites")
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(cmp.Compare(a.level, b.level), -cmp.Compare(len(a.rows), len(b.rows)))
	})
	var taken *offer
	for _, o := range all {
		c.own(o)
		switch {
		case o.level == spoilt:
			o.refuse("it cannot be read as it stands")
		case taken == nil:
			taken, o.taken = o, true
			c.sites = o.places
		default:
			o.refuse("%s is taken; a study may have both, if no place is in both", taken.label())
			c.decide("which list of sites: %s is taken, %s is left out", taken.label(), o.label())
		}
	}
}

// own keeps a list's rows of the county's own authority: those of the column
// that names the authority in words, when the county's name is among them.
func (c *chooser) own(o *offer) {
	column := o.column(authorityForm)
	if column < 0 {
		return
	}
	count := map[string]int{}
	for _, row := range o.rows {
		count[row[column]]++
	}
	if len(count) < 2 {
		return
	}
	o.authority, o.authorities = o.header[column], slices.Sorted(maps.Keys(count))
	var mine []string
	for _, name := range slices.Sorted(maps.Keys(count)) {
		if name != "" && c.isOurs(name) {
			mine = append(mine, name)
		}
	}
	if len(mine) == 0 && !o.whole && c.county != "" {
		o.keep(column, c.county)
		o.remarks = append(o.remarks, fmt.Sprintf("Only the rows of %s are kept. It was not among the first of the file: DECIDE whether %s spells it so.", c.county, o.header[column]))
		return
	}
	if len(mine) > 0 {
		o.keep(column, mine...)
		o.remarks = append(o.remarks, fmt.Sprintf("Only the rows of %s are kept, of %d authorities in %s.", strings.Join(mine, ", "), len(count), o.header[column]))
		return
	}
	o.remarks = append(o.remarks, fmt.Sprintf("DECIDE: it lists places of %d authorities. Keep the county's own, with keep = { %s = [\"...\"] }: %s.",
		len(count), tomlKey(o.header[column]), firstNames(o.authorities)))
	c.decide("whose places to keep in %s: it lists those of %d authorities in %s", o.label(), len(count), o.header[column])
}

// isOurs tells whether an authority's name is that of the county or of one of
// its districts.
func (c *chooser) isOurs(name string) bool {
	plain := func(s string) string {
		s = strings.ToLower(s)
		for _, tail := range []string{" county council", " borough council", " city council", " district council", " council"} {
			s = strings.TrimSuffix(s, tail)
		}
		return s
	}
	if c.county != "" && plain(name) == plain(c.county) {
		return true
	}
	for _, district := range c.districts {
		if district != "" && plain(name) == plain(district) {
			return true
		}
	}
	return false
}

func firstNames(names []string) string {
	const most = 8
	text := strings.Join(names[:min(most, len(names))], ", ")
	if len(names) > most {
		text += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return oneLine(text)
}

// chooseVenues takes every list of known venues, and none of unknown kind or
// whose places are mostly in another.
func (c *chooser) chooseVenues() {
	all := c.of("venues")
	slices.SortStableFunc(all, func(a, b *offer) int { return -cmp.Compare(len(a.places), len(b.places)) })
	names := map[string]bool{}
	for _, o := range all {
		c.own(o)
		again := 0
		for _, p := range o.places {
			if p.Name != "" && names[p.Name] {
				again++
			}
		}
		switch {
		case o.level == spoilt:
			o.refuse("it cannot be read as it stands")
		case o.level > 0:
			o.refuse("nothing says that these are buildings where outreach can meet; remove the marks if they are")
		case 2*again > len(o.places):
			o.refuse("%d of its %d places are in other lists that are taken", again, len(o.places))
		default:
			o.taken = true
			for _, p := range o.places {
				names[p.Name] = true
			}
		}
	}
}

// chooseCatchments takes ready-made catchments only where there are no streets
// and they are those of the study's sites.
func (c *chooser) chooseCatchments() {
	streets := slices.ContainsFunc(c.offers, func(o *offer) bool { return o.role == "streets" && o.taken })
	names := map[string]bool{}
	for _, p := range c.sites {
		names[p.ID], names[p.Name] = true, true
	}
	for _, o := range c.of("catchments") {
		column := o.column("siteid|site|library|slug|name")
		with := map[string]bool{}
		for _, row := range o.rows {
			if names[row[column]] {
				with[row[column]] = true
			}
		}
		switch {
		case streets:
			o.refuse("walks are measured on the streets")
		case 2*len(with) < len(c.sites) || len(with) == 0:
			o.refuse("%d of the study's %d sites have one", len(with), len(c.sites))
		case slices.ContainsFunc(c.offers, func(x *offer) bool { return x.role == "catchments" && x.taken }):
			o.refuse("another file of catchments is taken")
		default:
			o.taken = true
		}
	}
}
