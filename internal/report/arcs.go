package report

import (
	"fmt"
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

// newMesh cuts the outlines of shapes, by position, into arcs. place puts a
// vertex on the picture; vertices that fall on one spot become one. A side that
// an outline runs along twice, there and back, is nobody's and is left out.
//
// Why by sides and not by rings: after rounding a ring can touch itself or
// shrink to a line. Sides keep their parity all the same, so that every area,
// and every union of areas, is still closed.
func newMesh(shapes []orb.MultiPolygon, place func(orb.Point) spot) mesh {
	b := sides{numbers: map[spot]int32{}, at: map[[2]int32]int32{}, sets: newSets()}
	for i, m := range shapes {
		for _, p := range m {
			for _, ring := range p {
				b.ring(i, ring, place)
			}
		}
	}
	return b.arcs()
}

// sides are the straight pieces of all outlines, each once. Spots, sides and
// sets of areas are known by their numbers, which makes a mesh of a million
// vertices a matter of a second.
type sides struct {
	spots   []spot
	numbers map[spot]int32 // of spots
	list    []side
	at      map[[2]int32]int32 // two spots, the lower first, to the side between them
	sets    *sets
}

// side is one straight piece between two spots.
type side struct {
	from, to int32
	set      int32 // the areas that have it in their outline
	used     bool
}

func (s side) other(end int32) int32 { return s.from + s.to - end }

func (b *sides) ring(area int, ring orb.Ring, place func(orb.Point) spot) {
	last := int32(-1)
	for _, v := range ring {
		at := place(v)
		n, ok := b.numbers[at]
		if !ok {
			n = int32(len(b.spots))
			b.numbers[at] = n
			b.spots = append(b.spots, at)
		}
		if last >= 0 && n != last {
			b.toggle(min(n, last), max(n, last), area)
		}
		last = n
	}
}

func (b *sides) toggle(from, to int32, area int) {
	key := [2]int32{from, to}
	n, ok := b.at[key]
	if !ok {
		n = int32(len(b.list))
		b.at[key] = n
		b.list = append(b.list, side{from: from, to: to})
	}
	b.list[n].set = b.sets.toggled(b.list[n].set, area)
}

// sets are sets of areas, each once. Set 0 is empty.
type sets struct {
	areas [][]int // ascending
	after map[[2]int32]int32
	known map[string]int32
}

func newSets() *sets {
	return &sets{areas: [][]int{nil}, after: map[[2]int32]int32{}, known: map[string]int32{"[]": 0}}
}

// toggled returns the set that has area when set has not, and otherwise is the
// same.
func (s *sets) toggled(set int32, area int) int32 {
	key := [2]int32{set, int32(area)}
	if next, ok := s.after[key]; ok {
		return next
	}
	list := slices.Clone(s.areas[set])
	if i, found := slices.BinarySearch(list, area); found {
		list = slices.Delete(list, i, i+1)
	} else {
		list = slices.Insert(list, i, area)
	}
	name := fmt.Sprint(list)
	next, ok := s.known[name]
	if !ok {
		next = int32(len(s.areas))
		s.known[name] = next
		s.areas = append(s.areas, list)
	}
	s.after[key] = next
	return next
}

// arcs strings the sides together: first from every spot where borders meet, in
// the order of the outlines, then what is left, which are rings by themselves.
func (b *sides) arcs() mesh {
	b.list = slices.DeleteFunc(b.list, func(s side) bool { return s.set == 0 })
	ends := b.ends()
	// through reports whether one border runs through a spot and no other is there.
	through := func(at int32) bool {
		e := ends[at]
		return len(e) == 2 && b.list[e[0]].set == b.list[e[1]].set
	}
	var m mesh
	for _, meeting := range []bool{true, false} {
		for n := range b.list {
			for _, from := range []int32{b.list[n].from, b.list[n].to} {
				if !b.list[n].used && !(meeting && through(from)) {
					m = append(m, b.run(int32(n), from, ends, through))
				}
			}
		}
	}
	return m
}

// run follows a border from a side's end to where it meets others.
func (b *sides) run(n, from int32, ends [][]int32, through func(int32) bool) arc {
	a := arc{line: []spot{b.spots[from]}, areas: b.sets.areas[b.list[n].set]}
	for at := from; !b.list[n].used; {
		b.list[n].used = true
		at = b.list[n].other(at)
		a.line = append(a.line, b.spots[at])
		if !through(at) {
			break
		}
		e := ends[at]
		n = e[0] + e[1] - n
	}
	return a
}

// ends lists the sides at each spot, ascending.
func (b *sides) ends() [][]int32 {
	counts := make([]int32, len(b.spots))
	for _, s := range b.list {
		counts[s.from]++
		counts[s.to]++
	}
	all := make([]int32, 2*len(b.list))
	ends := make([][]int32, len(b.spots))
	for i, n := range counts {
		ends[i], all = all[:0:n], all[n:]
	}
	for n, s := range b.list {
		ends[s.from] = append(ends[s.from], int32(n))
		ends[s.to] = append(ends[s.to], int32(n))
	}
	return ends
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
