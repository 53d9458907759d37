// Package village draws counties as text, for tests only: the walk that a test
// expects is counted off the drawing.
//
//	A---B---C
//	|   ~
//	D   E
//
// Every character is a cell of 50 m by 50 m, and everything runs through the
// middle of its cell: from A to B are four cells, 200 m; from A to D two, 100 m;
// nothing leads to E. The first line is the northernmost. The cell at the left
// end of the first line stands at Origin; lines may be indented together, and
// empty lines before and after the drawing do not count.
//
// # Places and junctions
//
// These join whatever line ends at them from any of the four sides. Two of them
// side by side are not joined: a line must lie between. The tags are those of
// the node.
//
//	A to Z, 0 to 9   a place, each once; not H, which is a motorway
//	+                a junction or a corner
//	g                a gate                barrier=gate
//	l                a locked gate         barrier=gate, access=private
//	s                a stile               barrier=stile
//	k                a kissing gate        barrier=kissing_gate
//	o                a raised kerb         barrier=kerb, kerb=raised
//
// # Lines
//
// A line joins two neighbours, left and right or above and below; it turns only
// at a junction. One that meets nothing it can join ends there, at the edge of
// its cell. A line of letters or # runs across if it can join as many of its
// neighbours left and right as above and below, else up and down.
//
//   - and |          a street, across and up-down      highway=residential
//     = and H          a motorway, across and up-down    highway=motorway; also a barrier
//     > < ^ v          one-way for feet, as it points    highway=footway, oneway:foot=yes
//     #                steps                             highway=steps
//     p                a private drive                   highway=service, service=driveway, access=private
//     c                a cycleway                        highway=cycleway
//     f                a ferry                           route=ferry, foot=yes
//     x                a road barred to walkers          highway=secondary, foot=no
//     t                a trunk road without pavement     highway=trunk, sidewalk=no
//     r                a rough track                     highway=track, tracktype=grade5, surface=mud
//     i                a narrow path                     highway=path, width=0.6
//     u                an unlit path                     highway=footway, lit=no
//     w                a street under construction       highway=construction
//     %                a crossing without a junction: what comes from the left goes on
//     to the right and what comes from above goes on below, one over
//     the other; a bridge over a river, a footbridge over a motorway
//
// Where two kinds of line meet without a junction, each has its own cells: in
// A-##-B the steps are 100 m long, from 75 m to 175 m after A.
//
// # Barriers and nothing
//
//	~                water    waterway=river in Streets.Barriers
//	:                railway  railway=rail in Streets.Barriers
//	space or .       nothing
//
// A barrier joins its own kind on all four sides and passes under a %. Its ends
// reach to the edge of their cell; a cell alone is a ring 25 m around its middle.
package village
