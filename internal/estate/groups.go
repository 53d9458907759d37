package estate

import (
	"math"
	"slices"
)

// Group is a group of people counted by area, such as the residents with a
// disability: one number an area, NaN where it is not known.
type Group struct {
	Dimension string // sex, ethnicity, disability, lone_parents, no_car, ...
	Name      string
	Counts    []float64
}

// Infants stand in for pregnancy and maternity, of which no table by small area
// is published: residents under one year of age.
const Infants = "pregnancy_maternity"

// LosersByGroup is Losers with rows for infants, as a stand-in for pregnancy and
// maternity, and for each of groups, in their order. A group is taken to live
// where all people of its area live, so it loses the share that they lose; an
// area where it is not known counts for nobody.
func LosersByGroup(in Input, baseline, option *Assessment, groups []Group) []LoserRow {
	t := &loserTable{at: map[[2]string]int{}}
	cs := changes(in, baseline, option)
	for i := range cs {
		t.add(Infants, "under 1", in.County.Areas[i].Residents[0], cs[i])
	}
	for _, g := range groups {
		for i := range cs {
			if !math.IsNaN(g.Counts[i]) {
				t.add(g.Dimension, g.Name, g.Counts[i], cs[i])
			}
		}
	}
	return slices.Concat(Losers(in, baseline, option), t.filled())
}
