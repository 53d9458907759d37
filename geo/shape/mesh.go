package shape

import (
	"slices"

	"github.com/paulmach/orb"
)

// Spot is a place on a lattice: a picture's pixels, a tile's units. Coordinates
// stay below 2^31 either way, so that products are exact.
type Spot struct{ X, Y int }

// Arc is a piece of border that lies between the same shapes all along: two
// neighbours, or one shape and the outside. Line is never changed; it ends where
// it begins when the border meets no other.
type Arc struct {
	Line []Spot
	Of   []int // positions of the shapes with the arc in their outline, ascending
}

// Mesh is the outlines of all shapes, each border once. Shapes are parted by the
// same line on both sides, however much it is simplified.
type Mesh []Arc

// NewMesh cuts the outlines of shapes into arcs. place puts a vertex on the
// lattice; vertices that fall on one spot become one. A side that an outline
// runs along twice, there and back, is nobody's and is left out. Sides that
// rounding laid across one another are put through the nearest spot, so that
// borders meet only where they end.
//
// Why by sides and not by rings: after rounding a ring can touch itself or
// shrink to a line. Sides keep their parity all the same, so that every shape,
// and every union of shapes, is still closed.
func NewMesh(shapes []orb.MultiPolygon, place func(orb.Point) Spot) Mesh {
	b := newSides()
	for i, m := range shapes {
		for _, p := range m {
			for _, ring := range p {
				b.ring(i, ring, place)
			}
		}
	}
	b.node()
	return b.arcs()
}

// Simplified returns the mesh with each arc simplified once, by SimplifyLine.
// Where borders meet stays where it is. Arcs that would then touch or cross are
// simplified less, to half the tolerance, a quarter and so on, and at last not at
// all: what is a polygon stays one.
func (m Mesh) Simplified(tolerance float64) Mesh {
	out := make(Mesh, len(m))
	for i, a := range m {
		out[i] = Arc{SimplifyLine(a.Line, tolerance), a.Of}
	}
	for again := tolerance > 0; again; {
		tolerance /= 2
		if tolerance < finest {
			tolerance = 0
		}
		again = false
		for i, crossed := range out.crossed() {
			if full := m[i].Line; crossed && len(out[i].Line) < len(full) {
				if tolerance > 0 {
					full = SimplifyLine(full, tolerance)
				}
				out[i].Line, again = full, true
			}
		}
	}
	return out
}

// finest is the least tolerance that leaves anything out on a lattice.
const finest = 0.5

// Lines returns the arcs that keep holds for.
func (m Mesh) Lines(keep func(of []int) bool) [][]Spot {
	var out [][]Spot
	for _, a := range m {
		if keep(a.Of) {
			out = append(out, a.Line)
		}
	}
	return out
}

// Outline returns closed lines around the shapes that of holds for, to be filled
// by the even-odd rule. Borders between two of them are not in it.
func (m Mesh) Outline(of func(shape int) bool) [][]Spot {
	return loops(m.Lines(func(shapes []int) bool {
		n := 0
		for _, s := range shapes {
			if of(s) {
				n++
			}
		}
		return n%2 == 1
	}))
}

// Outlines returns the Outline of each of the first n shapes alone.
func (m Mesh) Outlines(n int) [][][]Spot {
	alone := make([][]int, n)
	for s := range alone {
		alone[s] = []int{s}
	}
	return m.Unions(alone)
}

// Unions returns the Outline of each group of shapes. A shape may stand in
// several groups, once in each.
func (m Mesh) Unions(groups [][]int) [][][]Spot {
	with := map[int][]int{} // shape to its groups
	for g, shapes := range groups {
		for _, s := range shapes {
			with[s] = append(with[s], g)
		}
	}
	around := make([][][]Spot, len(groups))
	odd := map[int]bool{}
	for _, a := range m {
		clear(odd)
		for _, s := range a.Of {
			for _, g := range with[s] {
				odd[g] = !odd[g]
			}
		}
		for g, bounds := range odd {
			if bounds {
				around[g] = append(around[g], a.Line)
			}
		}
	}
	for g, lines := range around {
		around[g] = loops(lines)
	}
	return around
}

// loops strings the lines of an outline together, end to end.
//
// Every spot has an even number of them, so that whoever walks on along lines
// not yet walked comes back to where he began; and by the even-odd rule it is
// all one which line is taken at a spot where several meet.
func loops(around [][]Spot) [][]Spot {
	ends := map[Spot][]int{}
	for n, line := range around {
		ends[line[0]] = append(ends[line[0]], n)
		ends[line[len(line)-1]] = append(ends[line[len(line)-1]], n)
	}
	used := make([]bool, len(around))
	next := func(at Spot) int {
		e := ends[at]
		for len(e) > 0 && used[e[0]] {
			e = e[1:]
		}
		ends[at] = e
		if len(e) == 0 {
			return -1
		}
		return e[0]
	}
	var out [][]Spot
	for n := range around {
		if used[n] {
			continue
		}
		loop := []Spot{around[n][0]}
		for k := n; k >= 0; k = next(loop[len(loop)-1]) {
			used[k] = true
			line := around[k]
			if line[0] != loop[len(loop)-1] {
				line = slices.Clone(line)
				slices.Reverse(line)
			}
			loop = append(loop, line[1:]...)
		}
		out = append(out, loop)
	}
	return out
}
