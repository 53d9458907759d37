package shape

import (
	"cmp"
	"math"
	"slices"
)

// Noded returns closed lines around the ground that the given ones bound by the
// even-odd rule, such that no two of their sides have more in common than an
// end: where sides cross, both go through the nearest spot, and what is walked
// there and back is left out. Filled, they are valid polygons.
func Noded(lines [][]Spot) [][]Spot {
	b := newSides()
	for _, line := range lines {
		last := int32(-1)
		for _, s := range line {
			last = b.to(0, last, s)
		}
	}
	b.node()
	return b.arcs().Outline(func(int) bool { return true })
}

// mostRounds bounds how often sides are parted. Kent's borders need three
// rounds at most on any zoom, and random tangles (TestNoded) six.
const mostRounds = 50

// node parts sides until none has more in common with another than an end. A
// crossing is put on the nearest spot, which moves both sides by less than a
// spot, so that they may meet others: hence the rounds.
//
// Why not by GEOS: its snap-rounding noder takes lines and gives lines, and
// forgets which shapes each piece bounds. Parted here, a border is the same for
// all who share it.
func (b *sides) node() {
	for range mostRounds {
		at := b.meetings()
		if len(at) == 0 {
			return
		}
		for _, m := range at {
			b.part(m.side, m.spots)
		}
	}
}

// meeting is a side and the spots between its ends that it has to go through.
type meeting struct {
	side  int32
	spots []Spot
}

// meetings returns the sides that touch or cross others, in their order.
func (b *sides) meetings() []meeting {
	pieces := make([]piece, 0, len(b.list))
	for n, s := range b.list {
		if s.set != 0 {
			pieces = append(pieces, piece{b.spots[s.from], b.spots[s.to], int32(n)})
		}
	}
	through := map[int32][]Spot{}
	newRaster(pieces).pairs(func(i, k int32) {
		p, q := pieces[i], pieces[k]
		if i == k || !p.meets(q) {
			return
		}
		for _, s := range p.common(q) {
			for _, side := range []piece{p, q} {
				if s != side.a && s != side.b {
					through[side.arc] = append(through[side.arc], s)
				}
			}
		}
	})
	out := make([]meeting, 0, len(through))
	for n, spots := range through {
		from := b.spots[b.list[n].from]
		slices.SortFunc(spots, func(s, t Spot) int {
			return cmp.Or(cmp.Compare(squared(from, s), squared(from, t)), cmp.Compare(s.X, t.X), cmp.Compare(s.Y, t.Y))
		})
		out = append(out, meeting{n, slices.Compact(spots)})
	}
	slices.SortFunc(out, func(a, b meeting) int { return cmp.Compare(a.side, b.side) })
	return out
}

// part puts a side through spots, in the order in which it comes to them.
func (b *sides) part(n int32, through []Spot) {
	from, to, set := b.list[n].from, b.list[n].to, b.list[n].set
	b.list[n].set = 0
	for _, shape := range b.sets.members[set] {
		last := from
		for _, s := range append(slices.Clone(through), b.spots[to]) {
			last = b.to(shape, last, s)
		}
	}
}

// common returns where two pieces that meet have to go through: the ends that
// lie on the other, else the spot nearest to where they cross.
func (p piece) common(q piece) []Spot {
	var on []Spot
	for _, s := range []Spot{p.a, p.b} {
		if q.has(s) {
			on = append(on, s)
		}
	}
	for _, s := range []Spot{q.a, q.b} {
		if p.has(s) {
			on = append(on, s)
		}
	}
	if len(on) > 0 {
		return on
	}
	a, b := turn(q.a, q.b, p.a), turn(q.a, q.b, p.b)
	t := float64(a) / float64(a-b) // they cross, so that a and b differ
	return []Spot{{p.a.X + int(math.Round(t*float64(p.b.X-p.a.X))), p.a.Y + int(math.Round(t*float64(p.b.Y-p.a.Y)))}}
}

// has reports whether a spot lies on a piece, its ends included.
func (p piece) has(s Spot) bool {
	low, high := p.box()
	return turn(p.a, p.b, s) == 0 && s.X >= low.X && s.X <= high.X && s.Y >= low.Y && s.Y <= high.Y
}

func squared(a, b Spot) int { return (b.X-a.X)*(b.X-a.X) + (b.Y-a.Y)*(b.Y-a.Y) }
