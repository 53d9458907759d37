package reach

import (
	"math/bits"

	"hubreach/geo"
)

// field holds how near the cells of a rectangle are: the band of a cell is the
// number of levels that its walk is within, 0 where no walk comes. The outermost
// cells never lie within any, so that every outline is closed.
//
// Rows come from the south and are 1 << shift cells apart. What a cell has
// beyond its spot is only valid where that says so, which saves clearing it.
type field struct {
	x, y          int // of the cell in the corner, counted from the false origin
	width, height int
	shift         int
	levels        []uint32 // ascending, in milliseconds
	spots         []spot
	warps         []warp
	millis        []uint32
}

// spot is the band of a cell and what else is known of it, in one byte so that
// eight cells are compared at a time.
type spot uint8

const (
	bandBits spot = 1<<5 - 1
	timed    spot = 1 << 5 // the walk of the cell is in millis
	warped   spot = 1 << 6 // the time is taken at a junction, not at the cell's middle
	crowded  spot = 1 << 7 // this cell or a neighbour holds more than one junction
)

func (s spot) band() uint8 { return uint8(s & bandBits) }

// maxLevels is the most levels of one field.
const maxLevels = int(bandBits)

// reset makes the field cover the cells from column x0 and row y0 up to, not
// including, x1 and y1, and two more around them, with no walk anywhere.
func (f *field) reset(levels []uint32, x0, y0, x1, y1 int) {
	const margin = 2
	f.levels = levels
	f.x, f.y = x0-margin, y0-margin
	f.width, f.height = x1-x0+2*margin, y1-y0+2*margin
	f.shift = bits.Len(uint(f.width - 1))
	n := f.height<<f.shift + 16 // what is read eight cells at a time may go past the end
	if cap(f.spots) < n {
		f.spots, f.warps, f.millis = make([]spot, n), make([]warp, n), make([]uint32, n)
	}
	f.spots, f.warps, f.millis = f.spots[:n], f.warps[:n], f.millis[:n]
	clear(f.spots)
}

// bandOf returns the number of levels that millis is within; exactly a level is.
func bandOf(levels []uint32, millis uint32) (b uint8) {
	for i := len(levels) - 1; i >= 0 && millis <= levels[i]; i-- {
		b++
	}
	return b
}

// draw draws the reached edges of a tile whose first cell is (x, y), counted from
// the false origin, over what is there.
func (f *field) draw(t *tile, x, y int, e *edges) {
	x, y = x-f.x, y-f.y
	if len(t.plots) == 0 {
		return
	}
	if x >= 1 && y >= 1 && x+tileCells < f.width && y+tileCells < f.height {
		f.drawWhole(t, y<<f.shift+x, e)
		return
	}
	for i, p := range t.plots[:len(t.plots)-1] {
		band := e.of(p.edge)
		if band == 0 {
			continue
		}
		runs := t.runs[p.runs:t.plots[i+1].runs]
		if band&mixed == 0 {
			for _, r := range runs {
				if k, _, cells := f.clip(r, x, y); cells > 0 {
					f.fill(k, cells, spot(band))
				}
			}
			continue
		}
		shares := t.shares[p.shares:t.plots[i+1].shares]
		for _, r := range runs {
			if k, first, cells := f.clip(r, x, y); cells > 0 {
				f.mix(k, &e.mixed[band&^mixed], shares[first:first+cells])
			}
			shares = shares[r.n:]
		}
	}
}

// drawWhole is draw for a tile that lies inside the field with all its cells, as
// most do. Its first cell is cell k.
func (f *field) drawWhole(t *tile, k int, e *edges) {
	for i, p := range t.plots[:len(t.plots)-1] {
		band := e.of(p.edge)
		if band == 0 {
			continue
		}
		runs := t.runs[p.runs:t.plots[i+1].runs]
		if band&mixed == 0 {
			for _, r := range runs {
				f.fill(k+int(r.row)<<f.shift+int(r.first), int(r.n), spot(band))
			}
			continue
		}
		shares := t.shares[p.shares:t.plots[i+1].shares]
		for _, r := range runs {
			f.mix(k+int(r.row)<<f.shift+int(r.first), &e.mixed[band&^mixed], shares[:r.n])
			shares = shares[r.n:]
		}
	}
}

// fill draws cells of an edge that lies in one band, from cell k on.
func (f *field) fill(k, cells int, s spot) {
	row := f.spots[k : k+cells]
	for i := range row {
		row[i] = s
	}
}

// clip returns the first cell of what of a run lies in the field, how many cells
// of the run come before it, and how many it is, in a tile whose first cell is
// (x, y). The field's outermost cells stay clear.
func (f *field) clip(r run, x, y int) (k, first, cells int) {
	i, j := x+int(r.first), y+int(r.row)
	if uint(j-1) >= uint(f.height-2) {
		return 0, 0, 0
	}
	first = max(0, 1-i)
	return j<<f.shift + i + first, first, min(int(r.n), f.width-1-i) - first
}

// mix draws cells of an edge that lies in more than one band, from cell k on.
func (f *field) mix(k int, e *mixedEdge, shares []uint16) {
	n := len(shares)
	spots, times := f.spots[k:k+n], f.millis[k:k+n]
	if e.level == 0 {
		for i, share := range shares {
			times[i] = e.at(share)
			spots[i] = timed | spot(bandOf(f.levels, times[i]))
		}
		return
	}
	from, whole, last, back := e.from, uint64(e.whole), e.to+e.back, uint64(e.back)
	for i, share := range shares {
		s := uint64(share)
		millis := min(from+uint32(whole*s>>16), last-uint32(back*s>>16))
		times[i] = millis
		b := e.low
		if millis <= e.level {
			b++
		}
		spots[i] = timed | spot(b)
	}
}

// bend takes the time of the cells that hold a junction there. Until a junction
// is met, no walk comes to it. All tiles are drawn by then: what is crowded may be
// a cell of the next one.
func (f *field) bend(t *tile, x, y int) {
	x, y = x-f.x, y-f.y
	for _, j := range t.joints {
		i, row := x+int(j.cell)%tileCells, y+int(j.cell)/tileCells
		if i < 1 || row < 1 || i >= f.width-1 || row >= f.height-1 {
			continue
		}
		k := row<<f.shift + i
		f.warps[k] = j.at
		f.spots[k] = f.spots[k]&crowded | warped
		if j.crowded {
			for _, n := range [...]int{-1 << f.shift, 0, 1 << f.shift} {
				f.spots[k+n-1] |= crowded
				f.spots[k+n] |= crowded
				f.spots[k+n+1] |= crowded
			}
		}
	}
}

// meet gives the walk to the junction at p to its cell, if the cell's time is
// taken there.
func (f *field) meet(p geo.Grid, millis uint32) {
	i, j := int((p[0]-float64(f.x)*cellM)/cellM), int((p[1]-float64(f.y)*cellM)/cellM)
	if i < 1 || j < 1 || i >= f.width-1 || j >= f.height-1 {
		return
	}
	k := j<<f.shift + i
	if f.spots[k]&warped == 0 || f.warps[k] != warpOf(p, f.x+i, f.y+j) {
		return
	}
	if f.spots[k]&timed == 0 || millis < f.millis[k] {
		f.millis[k] = millis
		f.spots[k] = f.spots[k]&^bandBits | timed | spot(bandOf(f.levels, millis))
	}
}

// at returns where the time of cell k is taken, in metres from the south-west
// corner of the field.
func (f *field) at(k int) (x, y float64) {
	x, y = float64(k&(1<<f.shift-1))*cellM, float64(k>>f.shift)*cellM
	if f.spots[k]&warped != 0 {
		dx, dy := f.warps[k].within()
		return x + dx, y + dy
	}
	return x + cellM/2, y + cellM/2
}
