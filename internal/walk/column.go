package walk

import (
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"unsafe"
)

// column is a slice of numbers as it is stored.
type column interface {
	// raw returns the bytes as stored: a view of memory, not to be changed.
	raw() []byte
	// take reads that many bytes. Memory is taken in one go when sure says that
	// they are there, else as they come.
	take(r io.Reader, bytes uint64, sure bool) error
}

// number is what columns hold: whole numbers, and structs of nothing but numbers
// of four bytes.
type number interface {
	uint32 | int32 | uint64 | int64 | row | point | stop | edge | part | longRow | block | box | wall
}

// of is a column of T.
type of[T number] struct{ at *[]T }

// word returns the size of the numbers in T.
func (c of[T]) word() int {
	switch any(*new(T)).(type) {
	case uint64, int64:
		return 8
	}
	return 4
}

var bigEndian = binary.NativeEndian.Uint16([]byte{1, 0}) != 1

func (c of[T]) raw() []byte {
	b := view(*c.at)
	if bigEndian {
		b = append([]byte(nil), b...)
		turnWords(b, c.word())
	}
	return b
}

// view returns the memory of s as bytes. T holds no pointers and no gaps.
func view[T number](s []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(*new(T)))) // #nosec G103 -- plain numbers, as many bytes as s has
}

// turnWords reverses the bytes of every word.
func turnWords(b []byte, word int) {
	for ; len(b) >= word; b = b[word:] {
		for i, j := 0, word-1; i < j; i, j = i+1, j-1 {
			b[i], b[j] = b[j], b[i]
		}
	}
}

func (c of[T]) take(r io.Reader, bytes uint64, sure bool) error {
	size := uint64(unsafe.Sizeof(*new(T)))
	n := bytes / size
	if n*size != bytes || n > 1<<32 {
		return fmt.Errorf("a column of %d bytes in items of %d: %w", bytes, size, ErrStored)
	}
	const atOnce = 1 << 20
	var s []T
	for got := uint64(0); got < n; {
		upTo := n
		if !sure {
			upTo = min(n, max(atOnce, 2*got))
		}
		grown := make([]T, upTo)
		copy(grown, s)
		if err := fill(r, view(grown[got:])); err != nil {
			return err
		}
		s, got = grown, upTo
	}
	if bigEndian {
		turnWords(view(s), c.word())
	}
	*c.at = s
	return nil
}

// sizeOf returns how many bytes r still holds, if it says so, else -1.
func sizeOf(r io.Reader) int64 {
	switch r := r.(type) {
	case interface{ Len() int }:
		return int64(r.Len())
	case interface{ Stat() (fs.FileInfo, error) }:
		if about, err := r.Stat(); err == nil && about.Mode().IsRegular() {
			return about.Size()
		}
	}
	return -1
}

// makeTables makes room for what there is one of per profile.
func (g *Graph) makeTables(profiles int) {
	g.costs, g.costsBack, g.arcs = make([][]uint32, profiles), make([][]uint32, profiles), make([][]uint32, profiles)
	g.boxes.levels = make([][]box, 1)
}

// named is a column with a name, for messages and measurements.
type named struct {
	name string
	column
}

// columns lists what is stored, always in the same order. What is empty because
// the ground is level is stored empty.
func (g *Graph) columns() []named {
	leaves := &[]box{}
	if len(g.boxes.levels) > 0 {
		leaves = &g.boxes.levels[0]
	}
	all := []named{
		{"nodes", of[point]{&g.position}}, {"components", of[int32]{&g.piece}}, {"islands", of[uint64]{(*[]uint64)(&g.island)}},
		{"gates", of[stop]{&g.stops}}, {"edges", of[edge]{&g.edges}}, {"shapes", of[point]{&g.shape}},
		{"way ids", of[int64]{&g.ids}}, {"parts of ways", of[part]{&g.parts}},
		{"incidence", of[uint32]{&g.incidentFirst}}, {"incidence", of[EdgeID]{&g.incidentEdges}},
		{"heights", of[int32]{&g.nodeHeights}}, {"heights", of[int32]{&g.shapeHeights}},
		{"rows", of[row]{&g.rows[Towards]}}, {"rows", of[row]{&g.rows[From]}},
		{"long rows", of[longRow]{&g.long[Towards]}}, {"long rows", of[longRow]{&g.long[From]}},
		{"index", of[block]{&g.blocks}}, {"index", of[box]{leaves}}, {"walls", of[wall]{&g.walls.walls}},
	}
	for p := range g.params.Profiles {
		back := &[]uint32{}
		if g.costsBack != nil {
			back = &g.costsBack[p]
		}
		all = append(all, named{"times", of[uint32]{&g.costs[p]}}, named{"times", of[uint32]{back}}, named{"arcs", of[uint32]{&g.arcs[p]}})
	}
	return all
}

// derive makes what is not stored.
func (g *Graph) derive() {
	if len(g.costsBack[0]) == 0 {
		g.costsBack = nil
	}
	if g.nodeHeights == nil {
		g.shapeHeights = nil
	}
	g.markStops()
	g.boxes = newBoxes(g.boxes.levels[0])
	g.walls.lay()
}
