package draft

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/internal/source"
	"hubreach/internal/study"
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
	indicators map[string]study.Indicator
	inNeed     []string // indicators that give a share of people, best first

	missing   []string
	questions []string
}

func newChooser(offers []*offer, manifests map[string]manifestEntry) *chooser {
	return &chooser{offers: slices.Clone(offers), manifests: manifests, districts: map[string]string{}, indicators: map[string]study.Indicator{}}
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
	c.chooseHeights()
	c.chooseSites()
	c.chooseVenues()
	for _, role := range []string{"options", "costs", "services"} {
		c.ofSites(role)
		c.takeBest(role, level)
	}
	c.chooseCatchments()
	c.chooseGroups()
	for _, role := range study.RequiredRoles() {
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

// label names an offer.
func (o *offer) label() string {
	if o.layer != "" {
		return o.file + " (" + o.layer + ")"
	}
	return o.file
}
