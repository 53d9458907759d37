package report

import (
	"hubreach/internal/outreach"
	"hubreach/internal/study"
)

// class is what the map says of an area. Every area has one.
type class uint8

// The classes, in the order of the legend. An area with several categories has
// the class of its primary one.
const (
	classInside class = iota
	classEdge
	classTown
	classRural
	classYouth
	classNone // outside, and no category applies
)

// classes lists every class.
var classes = [...]class{classInside, classEdge, classTown, classRural, classYouth, classNone}

// look is how a class is drawn. No two classes differ by colour alone: each has
// a hatch of its own, and their greys lie apart in print.
//
// The colours keep apart for people who see no red or no green: sky blue,
// orange, vermilion, bluish green and purple are hues of the set of M. Okabe and
// K. Ito, "Color universal design" (2008), lightened to stand under text.
type look struct {
	name  string // in ids
	label string
	fill  string
	ink   string // of the hatch
	tile  int    // side of the hatch's square tile, pixels
	hatch string // SVG path in the tile
	thick string // stroke width of the hatch, pixels
}

var looks = [...]look{
	classInside: {"inside", "Inside the walk", "#a9d3ee", "", 0, "", ""},
	classEdge:   {"edge", "Outside: edge of town", "#f5a623", "#5f3a00", 6, "M-1 1L1-1M0 6L6 0M5 7L7 5", "1.3"},
	classTown:   {"town", "Outside: whole town", "#e2703a", "#4a1500", 7, "M0 0L7 7M7 0L0 7", "1"},
	classRural:  {"rural", "Outside: rural", "#cfe8dc", "#5a9c82", 9, "M-1 8L1 10M0 0L9 9M8-1L10 1", ".9"},
	classYouth:  {"youth", "Outside: detached youth work only", "#d3b3e0", "#51226b", 5, "M2.5 0V5", "1.6"},
	classNone:   {"none", "Outside: no category applies", "#f4f1ea", "#a9a294", 9, "M4 4.5H5.4", "1.4"},
}

// classOf returns the class of an area.
func classOf(a outreach.Area) class {
	switch {
	case a.Primary == outreach.EdgeOfTown:
		return classEdge
	case a.Primary == outreach.WholeTown:
		return classTown
	case a.Primary == outreach.Rural:
		return classRural
	case a.Primary == outreach.DetachedYouth:
		return classYouth
	case a.Uncovered:
		return classNone
	}
	return classInside
}

// tally counts areas, and residents aged 0-19 in them.
type tally struct {
	areas  int
	people float64
}

// tallies counts the areas of each class under an option. They add up to the
// county.
func tallies(r *study.Results, o *study.OptionResult) [len(classes)]tally {
	var t [len(classes)]tally
	for i, a := range o.Outreach.Areas {
		c := classOf(a)
		t[c].areas++
		t[c].people += r.County.Areas[i].Residents.Between(0, 19)
	}
	return t
}
