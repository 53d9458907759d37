package scale

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/internal/source"
)

// side is a side of the box.
type side int

const (
	east side = iota
	west
	north
	south
)

// cutter fills a tile.
type cutter struct {
	tile   *Tile
	at     map[int64]source.Node
	number map[int64]int // of the nodes taken so far
	ends   [4][]int      // nodes at which a street leaves the box, by side
}

// cut adds the parts of w inside the box that are lines.
func (c *cutter) cut(w whole) {
	var run []source.Node
	var before *source.Node // the vertex outside, from which the run comes in
	flush := func(after *source.Node) {
		if len(run) > 1 {
			c.add(w, run, before, after)
		}
		run, before = nil, nil
	}
	var last *source.Node
	for _, id := range w.Nodes {
		n, ok := c.at[id]
		if !ok {
			flush(nil)
			last = nil
			continue
		}
		if !c.tile.box.Contains(n.At) {
			flush(&n)
			last = &n
			continue
		}
		if len(run) == 0 {
			before = last
		}
		run, last = append(run, n), nil
	}
	flush(nil)
}

func (c *cutter) add(w whole, run []source.Node, before, after *source.Node) {
	l := line{tags: w.Tags, street: w.street, barrier: w.barrier}
	for _, n := range run {
		l.nodes = append(l.nodes, c.take(n))
	}
	c.tile.lines = append(c.tile.lines, l)
	if !w.street || !joinable[w.Tags["highway"]] {
		return
	}
	if before != nil {
		c.end(l.nodes[0], before.At)
	}
	if after != nil {
		c.end(l.nodes[len(l.nodes)-1], after.At)
	}
}

func (c *cutter) take(n source.Node) int {
	k, ok := c.number[n.ID]
	if !ok {
		k = len(c.tile.nodes)
		c.number[n.ID] = k
		c.tile.nodes = append(c.tile.nodes, source.Node{ID: int64(k + 1), At: n.At, Tags: n.Tags})
	}
	return k
}

// end notes that a street leaves the box at node n towards out.
func (c *cutter) end(n int, out orb.Point) {
	b := c.tile.box
	over := [4]float64{out[0] - b.Max[0], b.Min[0] - out[0], out[1] - b.Max[1], b.Min[1] - out[1]}
	furthest := east
	for s := range over {
		if over[s] > over[furthest] {
			furthest = side(s)
		}
	}
	if !slices.Contains(c.ends[furthest], n) {
		c.ends[furthest] = append(c.ends[furthest], n)
	}
}

// joinable are the streets that are led on into the next copy: those that
// people walk along on their way to somewhere else.
var joinable = map[string]bool{
	"primary": true, "secondary": true, "tertiary": true, "unclassified": true,
	"residential": true, "footway": true, "path": true, "cycleway": true,
}

// reach is how far apart, in degrees along the shared side, two ends may be:
// about 340 m of longitude, 560 m of latitude.
const reach = 0.005

// pair joins each end of one side with one of the opposite side, the nearest
// along the side first; axis is the coordinate that runs along it. An end
// without a partner within reach stays a dead end.
func pair(here, there []int, nodes []source.Node, axis int) []join {
	type offer struct {
		join
		apart float64
	}
	var offers []offer
	for _, h := range here {
		for _, t := range there {
			if d := math.Abs(nodes[h].At[axis] - nodes[t].At[axis]); d <= reach {
				offers = append(offers, offer{join{h, t}, d})
			}
		}
	}
	slices.SortFunc(offers, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.apart, b.apart), cmp.Compare(a.here, b.here), cmp.Compare(a.there, b.there))
	})
	var out []join
	from, to := map[int]bool{}, map[int]bool{}
	for _, o := range offers {
		if !from[o.here] && !to[o.there] {
			from[o.here], to[o.there] = true, true
			out = append(out, o.join)
		}
	}
	return out
}
