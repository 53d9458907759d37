// Package walk turns street data into a graph that people walk along, and
// answers how long the walks from or to one place are.
//
// A Graph is built once and never changed; any number of goroutines may read
// it, each with a Search of its own. Lengths are metres of the British National
// Grid taken as metres on the ground (the grid's scale is within 0.04 % of
// true everywhere in England). Times are whole milliseconds: each straight
// piece of street is rounded once, and every longer walk is a sum of such
// pieces, so that a time does not depend on how the graph is put together.
//
// # Why nodes of degree two are contracted
//
// Nearly three quarters of the vertices of street data only bend a street (of
// Newport's 48,106, all but 12,909). A search that skips them visits a third of
// the nodes for the same answer. Their positions
// stay in the edge's shape, for snapping, partial streets and outlines. A bend
// where the rules change (steps begin, a private road begins, a gate stands)
// remains a node, so that one edge has one pace from end to end.
//
// # Why a bucket queue
//
// Times are integers with a small bound, so a node is queued by its four seconds
// in constant time. Within a bucket the order is free: a node that improves is
// queued again, which keeps the result exact whatever the shortest edge is.
//
// # Why memory comes first
//
// A search of 20 minutes visits some 1,300 nodes of half a million and does
// little with each: on a county it waits for memory. So nodes lie along a
// Hilbert curve, an arc is one word where it can be, what a search reads of a
// node lies in one line, and the arcs of a node are asked for as soon as it is
// met. The same search takes 50 microseconds all over a county and 20 in one
// place again and again; with arcs of two words, rows apart and nothing asked
// for ahead it took 80 and 19.
//
// A graph takes 51 bytes for each vertex of the street data that a walkable way
// uses, of which arcs of four profiles 12, edges 8, shapes 6, times of whole
// edges 6, and the index that doors are linked by 3 (BenchmarkCounty prints
// them). Three more things make it so: profiles share the rows of their arcs, an
// arc that may be taken both ways is kept once for searches in either direction,
// and the streets are their own index, in runs of twelve segments.
//
// # Why building runs on all processors
//
// A county should be there in two seconds, a country in half a minute. Stages
// that work item by item run on several goroutines, each writing what belongs to
// its own items; what has an order (numbers of kinds, chains, sums of metres) is
// done by one. So the graph is the same, to the last byte as stored, for any
// number of goroutines (TestWorkers) and any order of the input.
//
// # Why buildings are no barriers
//
// A link never crosses a river, a railway or a motorway, but it may cross a
// building. Doors lie in buildings, in terraces and in yards between them, so that
// hardly any link leaves without crossing a wall, and its own house's wall is not
// told from its neighbour's: a door in a closed yard would be refused, and its
// people lost. The way round a building is some tens of metres. Newport has 34,056
// buildings with 138,141 corners, three times the vertices of its streets.
//
// # Why private ground has nodes of its own
//
// A private road may be the first and the last part of a walk but never the
// middle. Where a private road joins the public streets at two nodes or more,
// its nodes appear twice more in the graph: once for walks that begin there and
// once for walks that end there, with no way back from the second to the
// streets. A private road that joins them once is a dead end already and costs
// nothing extra. Rejected: a rule inside the search, which every arc would pay.
package walk
