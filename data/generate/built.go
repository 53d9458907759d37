package main

import "fmt"

// builtUp is a built-up area: the ground of a settlement as one published
// outline. Hamlets and the smallest villages have none.
type builtUp struct {
	code, name string
	settlement int
	rings      [][]point
}

// leastBuiltUp is how many people a settlement with an outline has.
const leastBuiltUp = 500

// builtUpAreas outlines the larger settlements.
func (c *country) builtUpAreas(areas []area21, homes []home) []builtUp {
	label := make([]int, c.count())
	for i := range label {
		label[i] = -1
	}
	var out []builtUp
	number := make([]int, len(c.settlements))
	for k, s := range c.settlements {
		number[k] = -1
		if s.people >= leastBuiltUp {
			number[k] = len(out)
			out = append(out, builtUp{code: fmt.Sprintf("E63900%03d", len(out)+1), name: s.name, settlement: k})
		}
	}
	mark := func(i, k int) {
		if k >= 0 && number[k] >= 0 && c.dry[i] && label[i] < 0 {
			label[i] = number[k]
		}
	}
	for i, k := range c.built {
		mark(i, k)
	}
	for _, h := range homes { // houses just over the rim belong to the town too
		mark(c.at(h.at), h.settlement)
	}
	rings := outline(c.cells, label, len(out), 20, 40)
	for k := range out {
		out[k].rings = rings[k]
	}
	return out
}
