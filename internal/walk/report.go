package walk

import (
	"cmp"
	"maps"
	"slices"
)

// Report counts what Build made of the streets.
type Report struct {
	Vertices int // street data nodes that a walkable way uses
	Nodes    int // nodes of the graph: junctions, ends, and places where the rules change
	Edges    int
	Segments int // straight pieces of all edges
	Metres   float64
	Ways     int      // walkable ways
	Barred   []Barred // barred ways by reason, in the order of Reason
	Missing  int      // node references of walkable ways that the file does not hold
	Outside  int      // nodes of walkable ways outside the National Grid
	Repeated int      // nodes or ways whose id came before, left out
	Gates    int      // nodes that stop at least one profile
	Pieces   int      // connected components
	Islands  int      // components under Params.IslandNodes, never snapped to
	IslandKm float64  // length of their streets
	Largest  int      // nodes of the largest component
	Private  int      // edges that a walk may only begin or end on
	BarrierM float64  // length of the lines that no link may cross
	Slope    string   // the slope mode in use, or why there is none
	NoHeight int      // vertices of edges, ends counted once each, whose height is not known: taken as level
}

// Read returns the number of ways that were looked at, each id once.
func (r Report) Read() int {
	n := r.Ways
	for _, b := range r.Barred {
		n += b.Ways
	}
	return n
}

// Barred counts the ways left out for one reason. Reason is the tag that
// decided, "foot=no"; Why says it in words.
type Barred struct {
	Reason string
	Why    string
	Ways   int
}

// tally counts ways by reason.
type tally map[string]*Barred

func (t tally) add(reason, why string) {
	if t[reason] == nil {
		t[reason] = &Barred{Reason: reason, Why: why}
	}
	t[reason].Ways++
}

func (t tally) list() []Barred {
	out := make([]Barred, 0, len(t))
	for _, b := range slices.SortedFunc(maps.Values(t), func(a, b *Barred) int { return cmp.Compare(a.Reason, b.Reason) }) {
		out = append(out, *b)
	}
	return out
}
