package report

import (
	"slices"

	"github.com/paulmach/orb"
)

// spot is a place on the picture in tenths of a pixel, right and down.
type spot struct{ x, y int }

// arc is a piece of border that lies between the same areas all along: two
// neighbours, or one area and the outside. Line is never changed; it ends where
// it begins when the border meets no other.
type arc struct {
	line  []spot
	areas []int // ascending, those with the arc in their outline
}

// mesh is the outlines of all areas, each border once. Areas are parted by the
// same line on both sides, however much it is simplified.
type mesh []arc

// side is one straight piece of border between two spots, each side once.
type side struct {
	from, to spot
	areas    []int
	used     bool
}

// newMesh cuts the outlines of shapes, by position, into arcs. place puts a
// vertex on the picture; vertices that fall on one spot become one. A side that
// an outline runs along twice, there and back, is nobody's and is left out.
//
// Why by sides and not by rings: after rounding a ring can touch itself or
// shrink to a line. Sides keep their parity all the same, so that every area,
// and every union of areas, is still closed.
func newMesh(shapes []orb.MultiPolygon, place func(orb.Point) spot) mesh {
	b := meshBuilder{at: map[[2]spot]int{}}
	for i, m := range shapes {
		for _, p := range m {
			for _, ring := range p {
				b.ring(i, ring, place)
			}
		}
	}
	return b.arcs()
}

type meshBuilder struct {
	sides []side
	at    map[[2]spot]int // ends in order, to the position in sides
}

func (b *meshBuilder) ring(area int, ring orb.Ring, place func(orb.Point) spot) {
	for k := 1; k < len(ring); k++ {
		from, to := place(ring[k-1]), place(ring[k])
		if from == to {
			continue
		}
		if before(to, from) {
			from, to = to, from
		}
		key := [2]spot{from, to}
		n, ok := b.at[key]
		if !ok {
			n = len(b.sides)
			b.at[key] = n
			b.sides = append(b.sides, side{from: from, to: to})
		}
		b.sides[n].areas = toggled(b.sides[n].areas, area)
	}
}

func before(a, b spot) bool { return a.x < b.x || a.x == b.x && a.y < b.y }

// toggled adds n to a sorted list, or takes it out.
func toggled(list []int, n int) []int {
	i, found := slices.BinarySearch(list, n)
	if found {
		return slices.Delete(list, i, i+1)
	}
	return slices.Insert(list, i, n)
}

// arcs strings the sides together: first from every spot where borders meet, in
// the order of the outlines, then what is left, which are rings by themselves.
func (b *meshBuilder) arcs() mesh {
	b.sides = slices.DeleteFunc(b.sides, func(s side) bool { return len(s.areas) == 0 })
	ends := map[spot][]int{}
	for n, s := range b.sides {
		ends[s.from] = append(ends[s.from], n)
		ends[s.to] = append(ends[s.to], n)
	}
	through := func(at spot) bool {
		e := ends[at]
		return len(e) == 2 && slices.Equal(b.sides[e[0]].areas, b.sides[e[1]].areas)
	}
	var m mesh
	run := func(n int, from spot) {
		a := arc{line: []spot{from}, areas: b.sides[n].areas}
		at := from
		for {
			s := &b.sides[n]
			s.used = true
			if at == s.from {
				at = s.to
			} else {
				at = s.from
			}
			a.line = append(a.line, at)
			if !through(at) {
				break
			}
			e := ends[at]
			if n = e[0]; b.sides[n].used {
				n = e[1]
			}
			if b.sides[n].used {
				break
			}
		}
		m = append(m, a)
	}
	for _, meeting := range []bool{true, false} {
		for n := range b.sides {
			for _, from := range []spot{b.sides[n].from, b.sides[n].to} {
				if !b.sides[n].used && !(meeting && through(from)) {
					run(n, from)
				}
			}
		}
	}
	return m
}

// simplified returns the mesh with each arc simplified once. Where borders meet
// stays where it is.
func (m mesh) simplified(tolerance float64) mesh {
	out := make(mesh, len(m))
	for i, a := range m {
		out[i] = arc{simplify(a.line, tolerance), a.areas}
	}
	return out
}

// lines returns the arcs that keep holds for.
func (m mesh) lines(keep func(areas []int) bool) [][]spot {
	var out [][]spot
	for _, a := range m {
		if keep(a.areas) {
			out = append(out, a.line)
		}
	}
	return out
}

// outline returns closed lines around the areas that of holds for, to be filled
// by the even-odd rule. Borders between two of them are not in it.
//
// Every spot has an even number of the arcs of an outline, so that whoever walks
// on along arcs not yet walked comes back to where he began; and by the even-odd
// rule it is all one which arc is taken at a spot where several meet.
func (m mesh) outline(of func(area int) bool) [][]spot {
	around := m.lines(func(areas []int) bool {
		n := 0
		for _, a := range areas {
			if of(a) {
				n++
			}
		}
		return n%2 == 1
	})
	ends := map[spot][]int{}
	for n, line := range around {
		ends[line[0]] = append(ends[line[0]], n)
		ends[line[len(line)-1]] = append(ends[line[len(line)-1]], n)
	}
	used := make([]bool, len(around))
	next := func(at spot) int {
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
	var out [][]spot
	for n := range around {
		if used[n] {
			continue
		}
		loop := []spot{around[n][0]}
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
