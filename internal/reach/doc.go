// Package reach answers who reaches what: the minutes from every population
// point to a place, and the outline of the ground from which a place is reached.
//
// Points are linked to the streets once; one search then gives the time of every
// point as the smaller of the ways in at the two ends of its street. Counts of
// people are sums over points and never read off an outline: see Times. Where
// there are no streets, StraightLine and FromCatchments give the same kind of
// answer from less; the caller says so in its results.
//
// Everything here is sequential. Streets is shared and only read; each goroutine
// takes a Worker of its own.
//
// # Why outlines are drawn on a raster of nearest streets
//
// Every cell near the network belongs to the nearest point of the network,
// reached or not, and takes its time. So the far bank of a river belongs to the
// far bank's path, and no river, railway or motorway is spilled over without a
// bridge, although none of them is looked at. Rejected: hulls of reached nodes
// and buffers of reached streets, which take in several per cent of junctions
// that cannot be reached (convex hull 12 %, concave hull 3 to 9 %, 25 m buffer
// 4 %, against 0.2 % here; TestOutlineTruth).
package reach
