//go:build (amd64 || arm64) && !noasm

package walk

import "unsafe"

// prefetch asks for the line of memory at p and does not wait for it. p may
// point anywhere.
//
// Why assembly: Go has no word for it. On a county the search spends most of its
// time waiting; to ask for a node's arcs when the node is first met, instead of
// when it is left, took a fifth off (BenchmarkCounty/search, 80 to 62
// microseconds). Other processors do without.
//
//go:noescape
func prefetch(p unsafe.Pointer)
