// Package reach answers who reaches what: the minutes from every population
// point to a place, and the outline of the ground from which a place is reached.
//
// Points are linked to the streets once; one search then gives the time of every
// point as the smaller of the ways in at the two ends of its street. Counts of
// people are sums over points and never read off an outline: see Times. Where
// there are no streets, StraightLine and Points.FromCatchments give the same kind of
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
// and buffers of reached streets, which in the project's comparison on the same
// streets took in 12 % of the junctions wrongly (convex hull), 3 to 9 % (concave
// hull) and 4 % (25 m buffer).
//
// # Why cells bend to junctions
//
// A cell that holds a junction has its time and its place there, not at its
// middle: a junction is inside exactly when it is reached, however coarse the
// cells are. On sixty places of Newport, 20 minutes (BenchmarkTruth; spill is
// what is taken in wrongly, miss what is left out, as shares of the junctions
// reached), with the processor time of six outlines from 5 to 30 minutes on a
// county, as a share of what it was with cells of 12.5 m:
//
//	cells    spill     miss      time
//	10 m     0.036 %   0.029 %   1.21
//	12.5 m   0.037 %   0.042 %   1
//	15 m     0.058 %   0.061 %   0.88
//	16 m     0.089 %   0.067 %   0.87
//	10 m     0.16 %    0.37 %            without bending
//
// # Why lines are pulled through gates
//
// An outline may pass anywhere between a cell within and one that is not, but not
// past either. The line with the fewest corners through all these gates is
// straight where a border is straight, needs no check against other lines, and
// cannot move a junction across. Rejected: leaving out vertices of a finished line
// and checking each against all that lies near, which took three times as long
// and left half as many vertices again.
package reach
