package tile

import (
	"hash/fnv"
	"math"

	"github.com/paulmach/orb"

	"hubreach/geo/index"
	"hubreach/geo/shape"
)

// feature is one thing of a set, at every zoom.
type feature struct {
	layer string
	id    uint64
	tags  []uint32 // attributes, as the set's dictionary numbers them
	from  uint8    // least zoom at which it is drawn
}

// figure is a feature as it is drawn at a zoom, in units of that zoom counted
// from the corner of the world. One of faces, lines and spot is there.
type figure struct {
	*feature
	order int
	faces []shape.Face
	lines [][]shape.Spot
	spot  *shape.Spot
	box   orb.Bound
}

// identity is the id of what names tell apart: 53 bits, which JavaScript's
// numbers hold, of their FNV-1a hash (G. Fowler, L. C. Noll, K.-P. Vo). It is
// the same in every tile, run and version of a study.
func identity(names ...string) uint64 {
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n)) // never fails
		h.Write([]byte{0})
	}
	const exact = 1<<53 - 1
	return h.Sum64() & exact
}

// level is a set at one zoom.
type level struct {
	figures *index.Index[*figure]
	words   *dictionary
}

// newLevel indexes figures; those without geometry are left out.
func newLevel(figures []figure, words *dictionary) *level {
	var drawn []*figure
	for i := range figures {
		f := &figures[i]
		if len(f.faces) == 0 && len(f.lines) == 0 && f.spot == nil {
			continue
		}
		f.order = len(drawn)
		f.box = f.bound()
		drawn = append(drawn, f)
	}
	return &level{index.New(drawn, func(f *figure) orb.Bound { return f.box }), words}
}

func (f *figure) bound() orb.Bound {
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	grow := func(line []shape.Spot) {
		for _, s := range line {
			x, y := float64(s.X), float64(s.Y)
			b.Min = orb.Point{min(b.Min[0], x), min(b.Min[1], y)}
			b.Max = orb.Point{max(b.Max[0], x), max(b.Max[1], y)}
		}
	}
	for _, face := range f.faces {
		grow(face[0])
	}
	for _, line := range f.lines {
		grow(line)
	}
	if f.spot != nil {
		grow([]shape.Spot{*f.spot})
	}
	return b
}
