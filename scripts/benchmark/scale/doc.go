// Package scale lays copies of one place's streets side by side until they are
// as many as those of a county or of a country, to measure engines on.
//
// A Tile is the built-up middle of a place, cut at a box. A County is columns by
// rows of it, in degrees, every copy with ids of its own. Streets that the box
// cut are joined to the nearest cut street of the neighbouring copy by a short
// unclassified road, so that walks go on from copy to copy.
//
// Nothing here is random: the same streets give the same county, byte for byte.
// A County holds one tile, whatever its size, and hands out the copies one
// after another.
//
// # Why copies of a real place
//
// How long a search takes depends on how streets branch, how long they are and
// how they lie in memory. A lattice has none of that right. Copies of a town
// have all of it but the variety, and give every size the same mix of walks, so
// that time against size shows the machine's memory and nothing else.
package scale
