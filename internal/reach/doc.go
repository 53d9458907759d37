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
// bridge, although none of them is looked at. Over twenty places in Newport the
// 20-minute outline takes in 0.13 % of the reached junctions wrongly and leaves
// out 0.33 % (TestOutlineTruth). Rejected: hulls of reached nodes and buffers of
// reached streets, which in the project's comparison on the same streets took in
// 12 % (convex hull), 3 to 9 % (concave hull) and 4 % (25 m buffer).
package reach
