package walk

import (
	"math"

	"github.com/paulmach/orb"

	"hubreach/geo"
)

// box is a rectangle in millimetres of the grid, edges included.
type box struct{ low, high point }

func boxOf(p point) box { return box{p, p} }

func (b box) with(p point) box {
	return box{point{min(b.low.x, p.x), min(b.low.y, p.y)}, point{max(b.high.x, p.x), max(b.high.y, p.y)}}
}

func (b box) join(c box) box { return b.with(c.low).with(c.high) }

// meets reports whether b and c share a point.
func (b box) meets(c box) bool {
	return b.low.x <= c.high.x && c.low.x <= b.high.x && b.low.y <= c.high.y && c.low.y <= b.high.y
}

// metres returns the distance from p to b.
func (b box) metres(p geo.Grid) float64 {
	low, high := b.low.grid(), b.high.grid()
	dx := max(0, low[0]-p[0], p[0]-high[0])
	dy := max(0, low[1]-p[1], p[1]-high[1])
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

func (b box) bound() orb.Bound {
	return orb.Bound{Min: orb.Point(b.low.grid()), Max: orb.Point(b.high.grid())}
}

// boxAround returns the smallest box of whole millimetres around b; ok is false
// when b is empty or not a number.
func boxAround(b orb.Bound) (_ box, ok bool) {
	if !(b.Min[0] <= b.Max[0] && b.Min[1] <= b.Max[1]) {
		return box{}, false
	}
	floor := func(m float64) int32 { return int32(math.Floor(max(-maxMetres, min(maxMetres, m)) * 1000)) }
	ceil := func(m float64) int32 { return int32(math.Ceil(max(-maxMetres, min(maxMetres, m)) * 1000)) }
	return box{point{floor(b.Min[0]), floor(b.Min[1])}, point{ceil(b.Max[0]), ceil(b.Max[1])}}, true
}

// boxes is a tree of boxes over leaves that lie near each other when they come
// one after the other: levels[0] are the leaves, a box of levels[k+1] holds
// boxFan boxes in a row of levels[k], and the last level is one box.
//
// Why not geo/index: it keeps 32 bytes of bound and a pointer's share for each
// item, in the order of its own splits. Streets come in the order of a curve
// already, so that a box around a run of them is as tight for a tenth of the
// memory, and is stored and read back as it is.
type boxes struct{ levels [][]box }

const boxFan = 8

func newBoxes(leaves []box) boxes {
	if len(leaves) == 0 {
		return boxes{}
	}
	t := boxes{levels: [][]box{leaves}}
	for level := leaves; len(level) > 1; {
		up := make([]box, 0, (len(level)+boxFan-1)/boxFan)
		for first := 0; first < len(level); first += boxFan {
			b := level[first]
			for _, c := range level[first+1 : min(len(level), first+boxFan)] {
				b = b.join(c)
			}
			up = append(up, b)
		}
		t.levels = append(t.levels, up)
		level = up
	}
	return t
}

// whole returns the box around everything, and false when there is nothing.
func (t *boxes) whole() (box, bool) {
	if len(t.levels) == 0 {
		return box{}, false
	}
	return t.levels[len(t.levels)-1][0], true
}

// meeting calls yield with each leaf whose box meets b, in their order, until
// yield returns false.
func (t *boxes) meeting(b orb.Bound, yield func(leaf int) bool) {
	around, ok := boxAround(b)
	if !ok || len(t.levels) == 0 {
		return
	}
	t.visit(len(t.levels)-1, 0, around, yield)
}

func (t *boxes) visit(level, i int, b box, yield func(leaf int) bool) bool {
	if !t.levels[level][i].meets(b) {
		return true
	}
	if level == 0 {
		return yield(i)
	}
	for k := i * boxFan; k < min(len(t.levels[level-1]), (i+1)*boxFan); k++ {
		if !t.visit(level-1, k, b, yield) {
			return false
		}
	}
	return true
}
