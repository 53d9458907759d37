package walk

import "hubreach/geo"

// Place is a position on the network: a fraction, 0 to 1, of one straight
// segment of an edge, segments counted from 0.
type Place struct {
	Edge     EdgeID
	Segment  uint32
	Fraction float64
}

// Position returns where pl is.
func (g *Graph) Position(pl Place) geo.Grid {
	return between(g.vertex(pl.Edge, pl.Segment).grid(), g.vertex(pl.Edge, pl.Segment+1).grid(), pl.Fraction)
}

// Offset returns the milliseconds along pl's edge from its first node to pl,
// or Never when the profile is barred from the edge. The rest of the edge takes
// Cost less Offset, to the millisecond.
func (g *Graph) Offset(profile int, pl Place) uint32 {
	ahead, _ := g.offsets(profile, pl)
	return ahead
}

// offsets returns the milliseconds from the first node of pl's edge to pl, and
// back from pl to it; both are Never when the profile is barred.
func (g *Graph) offsets(profile int, pl Place) (ahead, back uint32) {
	if g.costs[profile][pl.Edge] == Never {
		return Never, Never
	}
	t := g.timer(profile, pl.Edge)
	p := g.vertex(pl.Edge, 0)
	for k := uint32(0); ; k++ {
		q := g.vertex(pl.Edge, k+1)
		a, b := t.segment(k, p, q)
		if k == pl.Segment {
			return ahead + part32(a, pl.Fraction), back + part32(b, pl.Fraction)
		}
		ahead, back, p = ahead+a, back+b, q
	}
}

func part32(whole uint32, fraction float64) uint32 { return uint32(float64(whole)*fraction + 0.5) }

// Reach holds the milliseconds between a place and the two ends of its edge,
// Never where there is no such walk: against a one-way path, or through a gate
// at the end that stops the profile.
type Reach struct {
	From, To   NodeID
	FromMillis uint32
	ToMillis   uint32
}

// Reach returns the walks between pl and its edge's ends: to the ends when pl
// is an Origin, from them when it is a Destination.
func (g *Graph) Reach(profile int, pl Place, r Role) Reach {
	out := Reach{FromMillis: Never, ToMillis: Never}
	out.From, out.To = g.Ends(pl.Edge, r)
	ahead, back := g.offsets(profile, pl)
	if ahead == Never {
		return out
	}
	forward, backward := g.directions(pl.Edge)
	toFrom, toTo := back, g.Cost(profile, pl.Edge)-ahead
	if r == Destination {
		forward, backward = backward, forward
		toFrom, toTo = ahead, g.CostBack(profile, pl.Edge)-back
	}
	if backward && g.passable(profile, out.From) {
		out.FromMillis = toFrom
	}
	if forward && g.passable(profile, out.To) {
		out.ToMillis = toTo
	}
	return out
}

// Direct returns the milliseconds of the walk along one edge from origin to
// destination, or Never when they are not on one edge or it is one-way against
// the walk.
func (g *Graph) Direct(profile int, origin, destination Place) uint32 {
	if origin.Edge != destination.Edge {
		return Never
	}
	a, aBack := g.offsets(profile, origin)
	b, bBack := g.offsets(profile, destination)
	forward, backward := g.directions(origin.Edge)
	switch {
	case a == Never:
		return Never
	case a <= b && forward, a == b:
		return b - a
	case a > b && backward:
		return aBack - bBack
	}
	return Never
}
