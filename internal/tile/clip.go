package tile

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// clipper cuts polygons at the edges of a window, on whole units. Its memory
// serves one polygon after another.
//
// What is left of a ring is chains, from where it comes into the window to where
// it goes out. The ground is on their left, and so it is on the left of whoever
// walks around the window anticlockwise (Y pointing up): on from the end of each
// chain along the edge to the next beginning. What comes of it are valid
// polygons, where cutting ring by ring (I. Sutherland and G. Hodgman, "Reentrant
// polygon clipping", Communications of the ACM 17 (1974), 32-42) leaves the parts
// of a ring hanging together along the edge.
//
// Only rounding can make sides meet now, near the edges, and rings that met at a
// spot before: then shape.Noded puts it right, at many times the price.
type clipper struct {
	low, high shape.Spot
	memory    []shape.Spot
	chains    []chain
	ends      []end
	next      []int          // the chain after each
	whole     [][]shape.Spot // rings that lie inside
	rings     [][]shape.Spot
}

// chain is a piece of a ring inside, and where it begins and ends: how far around
// the window, before rounding, which may put two of them on one spot.
type chain struct {
	spots    []shape.Spot
	from, to float64
}

// end is where a chain begins or ends.
type end struct {
	at     float64
	chain  int
	begins bool
}

// clipped returns the rings of what of valid faces lies in a window: of each
// polygon the outer ring, then its holes. They are good until the next call.
// touching says that rings of theirs meet, which is allowed at a spot until
// clipping makes one ring of two.
func (c *clipper) clipped(faces []shape.Face, touching bool, window orb.Bound) [][]shape.Spot {
	c.low = shape.Spot{X: int(window.Min[0]), Y: int(window.Min[1])}
	c.high = shape.Spot{X: int(window.Max[0]), Y: int(window.Max[1])}
	c.rings, c.memory = c.rings[:0], c.memory[:0]
	for _, face := range faces {
		if !c.face(face) {
			c.rings = append(c.rings, face...) // whole, which is too much and still right
		}
	}
	if touching || shape.Tangled(c.rings, c.onEdge) {
		faces := shape.Fill(shape.Noded(c.rings))
		c.rings = c.rings[:0]
		for _, face := range faces {
			c.rings = append(c.rings, face...)
		}
	}
	return c.rings
}

// face cuts one polygon. It reports false when it cannot tell the ground from
// what is around it.
func (c *clipper) face(face shape.Face) bool {
	c.chains, c.whole = c.chains[:0], c.whole[:0]
	around := false // the middle of the window is in an odd number of rings that are not whole
	for k, ring := range face {
		switch inside := c.ring(ring); {
		case inside && k == 0:
			c.rings = append(c.rings, face...)
			return true
		case inside:
			c.whole = append(c.whole, ring)
		case c.holdsMiddle(ring):
			around = !around
		}
	}
	if len(c.chains) == 0 {
		if around {
			c.rings = append(append(c.rings, c.frame()), c.whole...)
		}
		return true
	}
	if !c.link() {
		return false
	}
	c.loops()
	return true
}

// ring adds the chains of a ring, and reports whether it lies whole inside.
func (c *clipper) ring(ring []shape.Spot) bool {
	n := len(ring) - 1
	first := slices.IndexFunc(ring, func(s shape.Spot) bool { return c.side(s) != 0 })
	if first < 0 {
		return true
	}
	at, from := -1, 0.0 // where the chain under way begins in memory and around the window
	b := ring[first]
	there := c.side(b)
	for i := range n {
		a, here := b, there
		b = ring[(first+i+1)%n]
		switch there = c.side(b); {
		case here&there != 0:
			continue
		case here|there == 0: // the chain is under way
			c.memory = append(c.memory, b)
			continue
		}
		in, out, ok := c.span(a, b)
		if !ok {
			continue
		}
		if at < 0 {
			at, from = len(c.memory), c.around(in)
			c.memory = append(c.memory, c.spot(in))
		}
		if s := c.spot(out); s != c.memory[len(c.memory)-1] {
			c.memory = append(c.memory, s)
		}
		if there == 0 {
			continue
		}
		if spots := c.memory[at:]; len(spots) > 1 {
			c.chains = append(c.chains, chain{spots[:len(spots):len(spots)], from, c.around(out)})
		}
		at = -1
	}
	return false
}

// side tells on which sides of the window a spot is outside; 0: it is inside.
func (c *clipper) side(s shape.Spot) (sides int) {
	if s.X < c.low.X {
		sides = 1
	} else if s.X > c.high.X {
		sides = 2
	}
	if s.Y < c.low.Y {
		sides |= 4
	} else if s.Y > c.high.Y {
		sides |= 8
	}
	return sides
}

// span returns the first and the last point inside on the way from a to b, one of
// which is outside, from the corner of the window on; false for none.
//
// Source: Y.-D. Liang and B. Barsky, "A new concept and method for line clipping",
// ACM Transactions on Graphics 3 (1984), 1-22.
func (c *clipper) span(a, b shape.Spot) (in, out orb.Point, ok bool) {
	in = orb.Point{float64(a.X - c.low.X), float64(a.Y - c.low.Y)}
	out = orb.Point{float64(b.X - c.low.X), float64(b.Y - c.low.Y)}
	start, way := in, orb.Point{out[0] - in[0], out[1] - in[1]}
	from, to := 0.0, 1.0
	for axis, size := range [...]float64{float64(c.high.X - c.low.X), float64(c.high.Y - c.low.Y)} {
		for _, edge := range [...]float64{0, size} {
			if way[axis] == 0 {
				continue // beyond the edge both ends are, and both are on one side
			}
			t := (edge - start[axis]) / way[axis]
			at := orb.Point{start[0] + t*way[0], start[1] + t*way[1]}
			at[axis] = edge
			switch inward := (edge == 0) == (way[axis] > 0); {
			case inward && t >= from:
				from, in = t, at
			case !inward && t <= to:
				to, out = t, at
			}
		}
	}
	return in, out, from <= to
}

// spot puts a point on the nearest spot.
func (c *clipper) spot(p orb.Point) shape.Spot {
	return shape.Spot{X: c.low.X + int(math.Round(p[0])), Y: c.low.Y + int(math.Round(p[1]))}
}

// around tells how far a point on the edge is on the way around the window.
func (c *clipper) around(p orb.Point) float64 {
	wide, tall := float64(c.high.X-c.low.X), float64(c.high.Y-c.low.Y)
	switch {
	case p[1] == 0:
		return p[0]
	case p[0] == wide:
		return wide + p[1]
	case p[1] == tall:
		return wide + tall + wide - p[0]
	}
	return 2*wide + tall + tall - p[1]
}

// frame is the window as a ring.
func (c *clipper) frame() []shape.Spot {
	return []shape.Spot{c.low, {X: c.high.X, Y: c.low.Y}, c.high, {X: c.low.X, Y: c.high.Y}, c.low}
}

// link finds the chain after each: the one that begins next on the way around.
// Ends and beginnings take turns there; where several are on one spot they are
// put in the order in which they do. It reports false when they do not.
func (c *clipper) link() bool {
	c.ends, c.next = c.ends[:0], c.next[:0]
	for i, chain := range c.chains {
		c.ends = append(c.ends, end{chain.from, i, true}, end{chain.to, i, false})
		c.next = append(c.next, -1)
	}
	slices.SortFunc(c.ends, func(a, b end) int { return cmp.Compare(a.at, b.at) })
	if !c.alternate(true) && !c.alternate(false) {
		return false
	}
	for k, e := range c.ends {
		if !e.begins {
			c.next[e.chain] = c.ends[(k+1)%len(c.ends)].chain
		}
	}
	return true
}

// alternate has ends and beginnings take turns, a beginning first or not.
func (c *clipper) alternate(begins bool) bool {
	for k := range c.ends {
		other := k
		for other < len(c.ends) && c.ends[other].at == c.ends[k].at && c.ends[other].begins != begins {
			other++
		}
		if other == len(c.ends) || c.ends[other].at != c.ends[k].at {
			return false
		}
		c.ends[k], c.ends[other] = c.ends[other], c.ends[k]
		begins = !begins
	}
	return true
}

// loops strings chains together along the edge, and puts the holes that lie
// whole inside after the ring that is around them.
func (c *clipper) loops() {
	begun := len(c.rings)
	for i := range c.chains {
		if c.next[i] < 0 {
			continue
		}
		from := len(c.memory)
		for k := i; c.next[k] >= 0; {
			c.memory = append(c.memory, c.chains[k].spots...)
			next := c.next[k]
			c.along(c.chains[k].to, c.chains[next].from)
			c.next[k] = -1
			k = next
		}
		c.memory = append(c.memory, c.memory[from])
		loop := slices.Compact(c.memory[from:])
		c.memory = c.memory[:from+len(loop)]
		if len(loop) > 3 && shape.TwiceArea(loop) != 0 {
			c.rings = append(c.rings, loop[:len(loop):len(loop)])
		}
	}
	for _, hole := range c.whole {
		at := slices.IndexFunc(c.rings[begun:], func(ring []shape.Spot) bool { return shape.TwiceArea(ring) > 0 && shape.Holds(ring, hole) })
		if at >= 0 {
			c.rings = slices.Insert(c.rings, begun+at+1, hole)
		}
	}
}

// along adds the corners on the way around the window from one place to another.
func (c *clipper) along(from, to float64) {
	wide, tall := float64(c.high.X-c.low.X), float64(c.high.Y-c.low.Y)
	length := 2 * (wide + tall)
	if to < from {
		to += length
	}
	corners := [...]float64{0, wide, wide + tall, 2*wide + tall}
	for k := range 2 * len(corners) {
		if at := corners[k%4] + float64(k/4)*length; from < at && at < to {
			c.memory = append(c.memory, c.frame()[k%4])
		}
	}
}

// holdsMiddle reports whether the middle of the window is inside a ring.
func (c *clipper) holdsMiddle(ring []shape.Spot) bool {
	return shape.Inside(ring, shape.Spot{X: (c.low.X + c.high.X) / 2, Y: (c.low.Y + c.high.Y) / 2})
}

// onEdge reports whether a spot is on the edge, where clipping puts spots that no
// outline has.
func (c *clipper) onEdge(s shape.Spot) bool {
	return s.X == c.low.X || s.X == c.high.X || s.Y == c.low.Y || s.Y == c.high.Y
}
