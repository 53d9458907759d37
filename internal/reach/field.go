package reach

import (
	"math"
	"math/bits"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// field holds how far out the cells of a rectangle are: the band of a cell is
// the number of levels that its walk takes longer than, so that it lies within
// level l when its band is at most l. Where no walk comes the band is the number
// of levels. The outermost cells never lie within any, so that every outline is
// closed.
//
// Rows come from the south and are 1 << shift cells apart. What a cell has
// beyond its band is only valid where its marks say so, which saves clearing it.
type field struct {
	x, y          int // of the cell in the corner, counted from the false origin
	width, height int
	shift         int
	levels        []uint32 // ascending, in milliseconds
	band          []uint8
	marks         []mark
	warps         []warp
	millis        []uint32
}

// mark says what is known of a cell.
type mark uint8

const (
	timed   mark = 1 << iota // the walk of the cell is in millis
	warped                   // the time is taken at a junction, not at the cell's middle
	crowded                  // this cell or a neighbour holds more than one junction
)

// maxLevels is the most levels of one field: a band fits a byte with room.
const maxLevels = 64

// reset makes the field cover the cells from column x0 and row y0 up to, not
// including, x1 and y1, and two more around them, with no walk anywhere.
func (f *field) reset(levels []uint32, x0, y0, x1, y1 int) {
	const margin = 2
	f.levels = levels
	f.x, f.y = x0-margin, y0-margin
	f.width, f.height = x1-x0+2*margin, y1-y0+2*margin
	f.shift = bits.Len(uint(f.width - 1))
	n := f.height<<f.shift + 16 // what is read eight cells at a time may go past the end
	if cap(f.band) < n {
		f.band, f.marks = make([]uint8, n), make([]mark, n)
		f.warps, f.millis = make([]warp, n), make([]uint32, n)
	}
	f.band, f.marks, f.warps, f.millis = f.band[:n], f.marks[:n], f.warps[:n], f.millis[:n]
	clear(f.marks)
	out := uint8(len(levels))
	for i := range f.band {
		f.band[i] = out
	}
}

// bandOf returns the number of levels below millis.
func bandOf(levels []uint32, millis uint32) (b uint8) {
	for _, l := range levels {
		if millis <= l {
			return b
		}
		b++
	}
	return b
}

// fill draws the reached edges, tile by tile, and the junctions.
func (f *field) fill(r *raster, c *canvas, e *edges) {
	for ty := floorDiv(f.y, tileCells); ty*tileCells < f.y+f.height; ty++ {
		for tx := floorDiv(f.x, tileCells); tx*tileCells < f.x+f.width; tx++ {
			t := r.tile(tx, ty, c)
			f.draw(t, tx*tileCells-f.x, ty*tileCells-f.y, e)
			f.bend(t, tx*tileCells-f.x, ty*tileCells-f.y)
		}
	}
}

// draw draws the reached edges of a tile whose first cell is (x, y).
func (f *field) draw(t *tile, x, y int, e *edges) {
	for j := max(0, 1-y); j < min(tileCells, f.height-1-y); j++ {
		row := (y + j) << f.shift
		for _, r := range t.runs[t.rows[j]:t.rows[j+1]] {
			edge := e.of(r.edge)
			if edge == nil {
				continue
			}
			from, to := max(1, x+int(r.x)), min(f.width-1, x+int(r.x)+int(r.n))
			if from >= to {
				continue
			}
			if edge.even {
				for k := row + from; k < row+to; k++ {
					f.band[k] = edge.band
				}
				continue
			}
			shares := t.shares[int(r.shares)+from-x-int(r.x):]
			for i := range to - from {
				k := row + from + i
				millis := edge.at(shares[i])
				f.millis[k] = millis
				f.marks[k] |= timed
				f.band[k] = bandOf(f.levels, millis)
			}
		}
	}
}

// bend takes the time of the cells that hold a junction there. Until a junction
// is met, no walk comes to it.
func (f *field) bend(t *tile, x, y int) {
	out := uint8(len(f.levels))
	for _, j := range t.joints {
		i, row := x+int(j.cell)%tileCells, y+int(j.cell)/tileCells
		if i < 1 || row < 1 || i >= f.width-1 || row >= f.height-1 {
			continue
		}
		k := row<<f.shift + i
		f.warps[k], f.band[k] = j.at, out
		f.marks[k] = f.marks[k]&^timed | warped
		if j.crowded {
			for _, n := range [...]int{-1 << f.shift, 0, 1 << f.shift} {
				f.marks[k+n-1] |= crowded
				f.marks[k+n] |= crowded
				f.marks[k+n+1] |= crowded
			}
		}
	}
}

// meet gives the walk to the junction at p to its cell, if the cell's time is
// taken there.
func (f *field) meet(p geo.Grid, millis uint32) {
	x, y := cellOf(p)
	i, j := x-f.x, y-f.y
	if i < 1 || j < 1 || i >= f.width-1 || j >= f.height-1 {
		return
	}
	k := j<<f.shift + i
	if f.marks[k]&warped == 0 || f.warps[k] != warpOf(p, x, y) {
		return
	}
	if f.marks[k]&timed == 0 || millis < f.millis[k] {
		f.marks[k] |= timed
		f.millis[k] = millis
		f.band[k] = bandOf(f.levels, millis)
	}
}

// at returns where the time of cell k is taken, in metres from the south-west
// corner of the field.
func (f *field) at(k int) (x, y float64) {
	x, y = float64(k&(1<<f.shift-1))*cellM, float64(k>>f.shift)*cellM
	if f.marks[k]&warped != 0 {
		dx, dy := f.warps[k].within()
		return x + dx, y + dy
	}
	return x + cellM/2, y + cellM/2
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// edges holds the walks along every edge that a search came to. It keeps its
// memory from search to search.
type edges struct {
	// numbers[e] is base + the number of edge e in list, for the edges of this
	// search; those of earlier ones are below base.
	numbers []uint32
	base    uint32
	list    []reachedEdge
}

// reachedEdge is the walks along one edge.
type reachedEdge struct {
	from, to uint32 // the walks to its two ends
	whole    uint32
	band     uint8
	even     bool // all of the edge is in band
	stretch  *walk.Stretch
}

func newEdges(n int) edges { return edges{numbers: make([]uint32, n), base: 1} }

func (e *edges) reset() {
	if e.base > math.MaxUint32-2*uint32(len(e.numbers)) {
		clear(e.numbers)
		e.base = 1
	}
	e.base += uint32(len(e.list))
	e.list = e.list[:0]
}

// of returns the walks along an edge, or nil when the search did not come there.
func (e *edges) of(id walk.EdgeID) *reachedEdge {
	if n := e.numbers[id] - e.base; n < uint32(len(e.list)) {
		return &e.list[n]
	}
	return nil
}

// add takes up an edge that is not there yet and returns the walks to its ends,
// walk.Never where none comes.
func (e *edges) add(s *walk.Search, g *walk.Graph, profile int, id walk.EdgeID, levels []uint32, linked bool) *reachedEdge {
	st := s.Stretch(id)
	r := reachedEdge{from: st.At(0), to: st.At(1), whole: g.Cost(profile, id)}
	e.numbers[id] = e.base + uint32(len(e.list))
	switch {
	case linked:
		// Walks begin in the middle of the edge.
		kept := st
		r.stretch = &kept
	case r.from == walk.Never:
		r.even, r.band = true, uint8(len(levels))
	default:
		// Where the walks from both ends meet is the furthest point.
		furthest := uint32((uint64(r.from) + uint64(r.to) + uint64(r.whole) + 1) / 2)
		r.band = bandOf(levels, min(r.from, r.to))
		r.even = r.band == bandOf(levels, furthest)
	}
	e.list = append(e.list, r)
	return &e.list[len(e.list)-1]
}

// at returns the walk to a share of the edge's length, in 65,535ths.
func (r *reachedEdge) at(share uint16) uint32 {
	along := float64(share) * (1.0 / math.MaxUint16)
	if r.stretch != nil {
		return r.stretch.At(along)
	}
	offset := uint32(along*float64(r.whole) + 0.5)
	return min(r.from+offset, r.to+r.whole-offset)
}
