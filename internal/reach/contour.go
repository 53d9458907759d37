package reach

import (
	"hubreach/internal/walk"

	"github.com/paulmach/orb"
)

// A contour is drawn through squares of four neighbouring cells (marching
// squares). It crosses a side of a square between a cell inside, whose time is
// at most the level, and one outside. Every crossing is left once and come to
// once, so that the steps join up to rings; the inside is always on the left,
// so outer rings run anticlockwise and holes clockwise, as RFC 7946 has it.

// crossing numbers the sides: 2 (j width + i) is the one from cell (i, j) to its
// right neighbour, one more that to the neighbour above.
type crossing = int32

// Sides of a square in the order of the table below.
const (
	south = iota
	east
	north
	west
)

// steps holds, for each set of corners inside (1 south-west, 2 south-east,
// 4 north-east, 8 north-west), the sides that the contour goes from and to. The
// sets 5 and 10 are the saddles, here with the middle outside.
var steps = [16][][2]int{
	1: {{south, west}}, 2: {{east, south}}, 3: {{east, west}}, 4: {{north, east}},
	5: {{south, west}, {north, east}}, 6: {{north, south}}, 7: {{north, west}}, 8: {{west, north}},
	9: {{south, north}}, 10: {{east, south}, {west, north}}, 11: {{east, north}}, 12: {{west, east}},
	13: {{south, east}}, 14: {{west, south}},
}

// saddles holds the same for the saddles with the middle inside.
var saddles = map[int][][2]int{5: {{south, east}, {north, west}}, 10: {{west, south}, {east, north}}}

// tracer holds what drawing contours needs from place to place.
type tracer struct {
	squares [][]int32  // of each level, the squares that its contour runs through
	next    []crossing // the crossing that follows each; none where no contour runs
	order   []crossing
}

const none crossing = -1

// find lists the squares of each level in one sweep.
func (t *tracer) find(f *field, levels []uint32) {
	for len(t.squares) < len(levels) {
		t.squares = append(t.squares, nil)
	}
	for l := range levels {
		t.squares[l] = t.squares[l][:0]
	}
	for j := range f.height - 1 {
		low, high := f.millis[j*f.width:(j+1)*f.width], f.millis[(j+1)*f.width:(j+2)*f.width]
		least, most := min(low[0], high[0]), max(low[0], high[0])
		for i := 1; i < f.width; i++ {
			nextLeast, nextMost := min(low[i], high[i]), max(low[i], high[i])
			least, most = min(least, nextLeast), max(most, nextMost)
			if least != most {
				for l, level := range levels {
					if least <= level && most > level {
						t.squares[l] = append(t.squares[l], int32(j*f.width+i-1))
					}
				}
			}
			least, most = nextLeast, nextMost
		}
	}
	for len(t.next) < 2*len(f.millis) {
		t.next = append(t.next, none)
	}
}

// rings returns the closed lines around the ground within one level, numbered as
// find was told.
func (t *tracer) rings(f *field, number int, level uint32) []orb.Ring {
	t.order = t.order[:0]
	for _, k := range t.squares[number] {
		for _, s := range f.square(int(k), f.corners(int(k), level), level) {
			from := f.side(int(k), s[0])
			t.next[from] = f.side(int(k), s[1])
			t.order = append(t.order, from)
		}
	}
	var out []orb.Ring
	for _, start := range t.order {
		if t.next[start] == none {
			continue
		}
		var ring orb.Ring
		for at := start; t.next[at] != none; {
			ring = append(ring, f.point(at, level))
			at, t.next[at] = t.next[at], none
		}
		out = append(out, append(ring, ring[0]))
	}
	return out
}

func (f *field) corners(k int, level uint32) int {
	set := 0
	for bit, c := range [4]int{k, k + 1, k + f.width + 1, k + f.width} {
		if f.millis[c] <= level {
			set |= 1 << bit
		}
	}
	return set
}

// square returns the steps of a square. The middle of a saddle is inside when
// the mean of the corners is within level: as the level rises it joins once and
// never parts again.
func (f *field) square(k, set int, level uint32) [][2]int {
	if set != 5 && set != 10 {
		return steps[set]
	}
	var sum uint64
	for _, c := range [4]int{k, k + 1, k + f.width + 1, k + f.width} {
		if f.millis[c] == walk.Never {
			return steps[set]
		}
		sum += uint64(f.millis[c])
	}
	if sum <= 4*uint64(level) {
		return saddles[set]
	}
	return steps[set]
}

// side returns the crossing of one side of the square with corner cell k.
func (f *field) side(k, side int) crossing {
	switch side {
	case south:
		return crossing(2 * k)
	case north:
		return crossing(2 * (k + f.width))
	case west:
		return crossing(2*k + 1)
	}
	return crossing(2*(k+1) + 1)
}

// nearEnd keeps a crossing this share of a cell away from the cells' middles,
// so that no two crossings share a position and every ring is simple.
const nearEnd = 0.05

// point returns where the contour crosses: in proportion to the times where
// both are known, and half-way where no walk comes to one of them.
func (f *field) point(c crossing, level uint32) orb.Point {
	k := int(c / 2)
	a, b := f.middle(k%f.width, k/f.width), f.middle(k%f.width+1, k/f.width)
	other := k + 1
	if c%2 == 1 {
		b = f.middle(k%f.width, k/f.width+1)
		other = k + f.width
	}
	ta, tb := f.millis[k], f.millis[other]
	share := 0.5
	if ta != walk.Never && tb != walk.Never {
		share = (float64(level) - float64(ta)) / (float64(tb) - float64(ta))
		share = min(1-nearEnd, max(nearEnd, share))
	}
	return orb.Point{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
}
