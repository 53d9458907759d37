package draft

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

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
	c.settle(best)
	for _, o := range all[1:] {
		switch {
		case c.stranded(o) && !c.stranded(best):
			o.refuse("no count of people fits areas of %s", o.areas)
		case o.areas != best.areas:
			o.refuse("areas of %s; those of %s are taken", editionWord(o.areas), editionWord(best.areas))
		case commonCodes(o.codes, best.codes) == len(best.codes) && len(o.codes) == len(best.codes):
			o.refuse("the same %d areas as %s", len(o.codes), best.label())
		case commonCodes(o.codes, best.codes) == 0:
			o.refuse("%d other areas than those of %s, which more files are about", len(o.codes), best.label())
			c.decide("which county: %s has %d areas (taken), %s has %d others; give each county a folder of its own", best.label(), len(best.codes), o.label(), len(o.codes))
		default:
			o.refuse("%d of its %d areas are in %s", commonCodes(o.codes, best.codes), len(o.codes), best.label())
		}
	}
}

// settle makes boundaries those of the study.
func (c *chooser) settle(best *offer) {
	best.taken, c.boundaries, c.codes = true, best, best.codes
	if best.areas == "" {
		c.decide("the edition of the areas in %s: add areas = \"2011\" or \"2021\" to its block", best.label())
	}
	if len(best.rows) > countyMost {
		c.decide("which districts: %s holds %d areas or more, and no county has so many; name the county's districts under districts", best.label(), len(best.rows))
	}
	const margin = 2_000 // metres: a county's own postcodes and piers
	c.box = best.box.Pad(margin)
	if columns := best.columnsOf("district"); len(columns) > 0 {
		for _, row := range best.rows {
			if code := row[columns[0]]; code != "" {
				c.districts[code] = ""
			}
		}
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
	before := c.olderCodes()
	for _, o := range c.offers {
		switch {
		case o.role == "" || o.role == "boundaries":
		case o.codes != nil && o.whole && c.boundaries.whole && commonCodes(o.codes, c.codes) == 0 && (c.older(o) == 0 || commonCodes(o.codes, before) == 0):
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

// olderCodes are the codes that the look-ups carry to areas of the study.
func (c *chooser) olderCodes() map[string]bool {
	codes := map[string]bool{}
	for _, o := range c.of("lookup") {
		for _, row := range o.rows {
			if !c.codes[row[o.key]] {
				continue
			}
			for _, i := range o.columnsOf("lsoa") {
				codes[row[i]] = true
			}
		}
	}
	return codes
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
