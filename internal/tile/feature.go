package tile

import (
	"bytes"
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
// from the corner of the world. One of faces, lines and spot is there; a line has
// two spots or more, none that repeats the one before.
type figure struct {
	*feature
	order int
	faces []shape.Face
	lines [][]shape.Spot
	spot  *shape.Spot
	box   orb.Bound
	// Rings of the faces meet.
	touching bool
	// What a tile that holds all of it draws: from its first spot on.
	first shape.Spot
	drawn []byte
}

// kind is the kind of geometry.
func (f *figure) kind() uint64 {
	switch {
	case f.spot != nil:
		return kindPoint
	case f.lines != nil:
		return kindLine
	}
	return kindPolygon
}

// ready makes a figure ready to be cut, and reports whether anything of it is
// left at its zoom.
func (f *figure) ready(w *writer) bool {
	switch {
	case f.spot != nil:
	case len(f.lines) > 0:
		f.first = f.lines[0][0]
	case len(f.faces) > 0:
		f.first = f.faces[0][0][0]
	default:
		return false
	}
	f.box, f.touching = f.bound(), touching(f.faces)
	f.draw(w)
	return true
}

// touching reports whether rings of faces meet at a spot.
func touching(faces []shape.Face) bool {
	if len(faces) == 0 || len(faces) == 1 && len(faces[0]) == 1 {
		return false
	}
	seen := map[shape.Spot]bool{}
	for _, face := range faces {
		for _, ring := range face {
			for _, s := range ring[1:] {
				if seen[s] {
					return true
				}
				seen[s] = true
			}
		}
	}
	return false
}

// draw draws lines or faces as a tile that holds all of them does. Only the
// first spot is told from the tile's corner, so that the rest can be kept.
func (f *figure) draw(w *writer) {
	w.begin()
	w.point(f.first, shape.Spot{})
	head := len(w.geometry)
	w.begin()
	for _, line := range f.lines {
		w.line(line, shape.Spot{})
	}
	for _, face := range f.faces {
		for _, ring := range face {
			w.ring(ring, shape.Spot{})
		}
	}
	if len(w.geometry) > 0 {
		f.drawn = bytes.Clone(w.geometry[head:])
	}
}

// identity is the id of what names tell apart: 53 bits, which JavaScript's
// numbers hold, of their FNV-1a hash (G. Fowler, L. C. Noll, K.-P. Vo). It is
// the same in every tile, run and version of a study.
func identity(names ...string) uint64 {
	h := fnv.New64a()
	for _, n := range names {
		_, _ = h.Write([]byte(n)) // never fails
		_, _ = h.Write([]byte{0})
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
	var w writer
	for i := range figures {
		f := &figures[i]
		if f.ready(&w) {
			f.order = len(drawn)
			drawn = append(drawn, f)
		}
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
