// Package estate holds estate options, the sets of buildings kept open, and
// says what each does: who is covered, who needs the building, who loses, how
// fair it is, and how it scores beside the others.
//
// # Why the anchors of the score are fixed
//
// A score that is stretched between the best and the worst of the options on
// the table moves when a colleague adds an option. Here 0 is an estate with no
// building at all and 1 is a bound that no set of the county's buildings can
// beat, so an option's score depends on that option alone.
//
// # Why a change is followed, and not computed
//
// A planner who drags a building wants the answer while dragging. Live judges
// again only the areas in which the building is within the limit of a point, or
// nearest to one. Every sum is added up in the same order as by Assess, so the
// answer is the same to the last bit and nobody has to wonder which is right.
//
// # Why the band of a difference, and not the difference of bands
//
// Most of what is uncertain about two options is the same in both: they share
// most of their buildings. Two bands laid side by side overlap nearly always and
// would call everything a tie. So each way of telling where people live gives
// its own difference, and only those that disagree about its sign make a tie.
//
// # Why draws are look-ups
//
// A thousand draws of speed and minutes would be as many rounds over the points.
// Curves hold, by area, the people within any walk at all, so that a draw takes
// a few look-ups an area and is exact to the millisecond. Rejected: histograms of
// tenths of a minute, which are no smaller and less exact.
package estate
