package shape

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

// sides are the straight pieces of all outlines, each once. Spots, sides and
// sets of shapes are known by their numbers, which makes a mesh of a million
// vertices a matter of a second.
type sides struct {
	spots   []Spot
	numbers map[Spot]int32 // of spots
	list    []side
	at      map[[2]int32]int32 // two spots, the lower first, to the side between them
	sets    *sets
}

// side is one straight piece between two spots.
type side struct {
	from, to int32
	set      int32 // the shapes that have it in their outline
	used     bool
}

func (s side) other(end int32) int32 { return s.from + s.to - end }

func newSides() *sides {
	return &sides{numbers: map[Spot]int32{}, at: map[[2]int32]int32{}, sets: newSets()}
}

func (b *sides) ring(shape int, ring orb.Ring, place func(orb.Point) Spot) {
	last := int32(-1)
	for _, v := range ring {
		last = b.to(shape, last, place(v))
	}
}

// to runs the outline of a shape on from one spot, by its number, or -1, to
// another, whose number it returns.
func (b *sides) to(shape int, last int32, at Spot) int32 {
	n, ok := b.numbers[at]
	if !ok {
		n = int32(len(b.spots))
		b.numbers[at] = n
		b.spots = append(b.spots, at)
	}
	if last >= 0 && n != last {
		b.toggle(min(n, last), max(n, last), shape)
	}
	return n
}

func (b *sides) toggle(from, to int32, shape int) {
	key := [2]int32{from, to}
	n, ok := b.at[key]
	if !ok {
		n = int32(len(b.list))
		b.at[key] = n
		b.list = append(b.list, side{from: from, to: to})
	}
	b.list[n].set = b.sets.toggled(b.list[n].set, shape)
}

// sets are sets of shapes, each once. Set 0 is empty.
type sets struct {
	members [][]int // ascending
	after   map[[2]int32]int32
	known   map[string]int32
}

func newSets() *sets {
	return &sets{members: [][]int{nil}, after: map[[2]int32]int32{}, known: map[string]int32{"[]": 0}}
}

// toggled returns the set that has shape when set has not, and otherwise is the
// same.
func (s *sets) toggled(set int32, shape int) int32 {
	key := [2]int32{set, int32(shape)}
	if next, ok := s.after[key]; ok {
		return next
	}
	list := slices.Clone(s.members[set])
	if i, found := slices.BinarySearch(list, shape); found {
		list = slices.Delete(list, i, i+1)
	} else {
		list = slices.Insert(list, i, shape)
	}
	name := fmt.Sprint(list)
	next, ok := s.known[name]
	if !ok {
		next = int32(len(s.members))
		s.known[name] = next
		s.members = append(s.members, list)
	}
	s.after[key] = next
	return next
}

// arcs strings the sides together: first from every spot where borders meet, in
// the order of the outlines, then what is left, which are rings by themselves.
func (b *sides) arcs() Mesh {
	b.list = slices.DeleteFunc(b.list, func(s side) bool { return s.set == 0 })
	ends := b.ends()
	// through reports whether one border runs through a spot and no other is there.
	through := func(at int32) bool {
		e := ends[at]
		return len(e) == 2 && b.list[e[0]].set == b.list[e[1]].set
	}
	var m Mesh
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
func (b *sides) run(n, from int32, ends [][]int32, through func(int32) bool) Arc {
	a := Arc{Line: []Spot{b.spots[from]}, Of: b.sets.members[b.list[n].set]}
	for at := from; !b.list[n].used; {
		b.list[n].used = true
		at = b.list[n].other(at)
		a.Line = append(a.Line, b.spots[at])
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
