// Benchmark measures the walk engine on a county or a country, beside the
// engines that Debian and npm give, and prints Markdown tables. scripts/bench
// calls it.
//
// # Why the peers are asked like this
//
// Every peer of the first table gets the very arcs that our own search runs on,
// with the same whole milliseconds, and the same origins in the same run, block
// by block in turn. Each peer measures itself, in its own process, without what it
// takes to hand the question over or the answer back: on the wall clock and on the
// processor, since a busy machine lengthens long calls more than short ones. The
// answers are compared, node by node, before anything is measured.
//
// Valhalla reads the street data itself, with access rules of its own, so its
// outlines are compared with ours by their areas only.
package main
