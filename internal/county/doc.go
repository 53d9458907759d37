// Package county holds the model of a county: its small areas with their people
// and indicators, its population points, sites and venues, joined by code,
// projected to the British National Grid, checked, and then never changed.
//
// # Why the people of an area live on points
//
// An area can be 69 square kilometres with everyone at one end. So each area's
// people are shared over its population points (postcodes, stretches of
// residential street, or a centroid), the shares of an area add up to one, and
// whoever sums over points gets the published number of the area back.
//
// # Why the parts of an area outside the county are kept until the end
//
// When people of 2011 are carried to 2021, an older area may have become two, of
// which one lies in another county or district than those asked for. If only
// the look-up's rows of this county were read, its part would get everybody. So
// all parts of an older area take their share, and those outside are then left.
//
// # Why odd data are checks, and few are errors
//
// A decile of 11 or a site that stands twice would make wrong numbers without a
// sign, and stops the run with the file, the line and the value. A blank cell, a
// site in the sea or a row of another county is what published data are like: it
// is left out, counted and listed, and the rest of the county is planned for.
package county
