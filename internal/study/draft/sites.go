package draft

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

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

// chooseSites takes the list that speaks most of hubs, lists with coordinates
// first, and keeps the county's own rows where it says whose a place is.
func (c *chooser) chooseSites() {
	all := c.of("sites")
	slices.SortStableFunc(all, func(a, b *offer) int {
		return cmp.Or(boolOrder(a.level == spoilt, b.level == spoilt), boolOrder(len(a.at) == 0, len(b.at) == 0),
			cmp.Compare(a.level, b.level), -cmp.Compare(len(a.rows), len(b.rows)))
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
			if postcodes := slices.ContainsFunc(c.offers, func(x *offer) bool { return x.role == "points" && x.taken }); len(o.at) == 0 && !postcodes {
				c.decide("where the sites of %s are: it has no coordinates; add a file of postcodes with role = \"points\", or columns easting and northing", o.label())
			}
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
