package walk

import (
	"math"

	"hubreach/geo"
)

// foot is the point of a segment nearest to a door.
type foot struct {
	edge     EdgeID
	segment  uint32
	fraction float64
	metres   float64 // to the millimetre, so that a limit is met exactly
}

// nearest calls yield with the nearest point of each segment of street, nearest
// first, those at the same millimetre in the order of edges and along them,
// until yield returns false.
func (g *Graph) nearest(p geo.Grid, yield func(foot) bool) {
	if _, ok := g.boxes.whole(); !ok {
		return
	}
	q := make(frontier, 0, 128) // most doors need no more
	top := len(g.boxes.levels) - 1
	q.push(seen{metres: g.boxes.levels[top][0].metres(p), level: int32(top)})
	for len(q) > 0 {
		x := q.pop()
		switch {
		case x.level < 0:
			a, b := g.vertex(x.i, x.segment), g.vertex(x.i, x.segment+1)
			f, _ := nearestOn(p, a.grid(), b.grid())
			if !yield(foot{x.i, x.segment, f, x.metres}) {
				return
			}
		case x.level == 0:
			g.eachSegment(int(x.i), func(e EdgeID, k uint32, a, b point) {
				_, m := nearestOn(p, a.grid(), b.grid())
				q.push(seen{metres: math.Round(m*1000) / 1000, level: -1, i: e, segment: k})
			})
		default:
			below := g.boxes.levels[x.level-1]
			for i := int(x.i) * boxFan; i < min(len(below), (int(x.i)+1)*boxFan); i++ {
				// A millimetre less, because the distance to what is in it is rounded.
				q.push(seen{metres: below[i].metres(p) - 0.001, level: x.level - 1, i: uint32(i)})
			}
		}
	}
}

// seen is a box or, at level -1, a segment of edge i on the way to the nearest.
type seen struct {
	metres  float64
	level   int32
	i       uint32
	segment uint32
}

// before reports whether x comes out first: boxes before the segments as near,
// because what is in them may be as near and come earlier in order.
func (x *seen) before(y *seen) bool {
	switch {
	case x.metres != y.metres:
		return x.metres < y.metres
	case x.level != y.level:
		return x.level > y.level
	case x.i != y.i:
		return x.i < y.i
	}
	return x.segment < y.segment
}

// frontier is a heap of what was seen, the nearest on top.
type frontier []seen

func (q *frontier) push(x seen) {
	*q = append(*q, x)
	h := *q
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if !h[i].before(&h[up]) {
			return
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

func (q *frontier) pop() seen {
	h := *q
	x := h[0]
	n := len(h) - 1
	h[0] = h[n]
	h = h[:n]
	*q = h
	for i := 0; ; {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < n; c++ {
			if h[c].before(&h[least]) {
				least = c
			}
		}
		if least == i {
			return x
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}
