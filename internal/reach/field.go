package reach

import (
	"math"
	"math/bits"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// field holds how near the cells of a rectangle are: the band of a cell is the
// number of levels that its walk is within, 0 where no walk comes. The outermost
// cells never lie within any, so that every outline is closed.
//
// Rows come from the south and are stride cells apart. What a cell has
// beyond its spot is only valid where that says so, which saves clearing it.
type field struct {
	x, y          int // of the cell in the corner, counted from the false origin
	width, height int
	stride        int
	inverse       uint64   // 2^64 / stride, rounded up
	levels        []uint32 // ascending, in milliseconds
	spots         []spot
	millis        []uint32 // of a cell that is timed; of one that is warped, its number in knots
	knots         []knot
}

// knot is a junction in its cell and the walk to it, walk.Never until it is met.
type knot struct {
	at     warp
	millis uint32
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

// reset makes the field cover the tiles of the ground and two cells around them,
// with no walk anywhere.
func (f *field) reset(levels []uint32, g *ground) {
	const margin = 2
	f.levels = levels
	f.x, f.y = (g.r.x0+g.west)*tileCells-margin, (g.r.y0+g.south)*tileCells-margin
	f.width, f.height = (g.east-g.west+1)*tileCells+2*margin, (g.north-g.south+1)*tileCells+2*margin
	f.setStride((f.width+15)&^15 + 8)
	n := f.height*f.stride + 16 // what is read eight cells at a time may go past the end
	if cap(f.spots) < n {
		f.spots, f.millis = make([]spot, n), make([]uint32, n)
	}
	f.spots, f.millis, f.knots = f.spots[:n], f.millis[:n], f.knots[:0]
	clear(f.spots)
}

// setStride sets the distance of the rows. Why not a power of two: neighbours in
// a column would want the same place in the cache.
func (f *field) setStride(cells int) {
	f.stride, f.inverse = cells, math.MaxUint64/uint64(cells)+1
}

// row returns the row that cell k lies in.
func (f *field) row(k int) int {
	row, _ := bits.Mul64(uint64(k), f.inverse)
	return int(row)
}

// draw draws the reached edges of a tile whose first cell is (x, y), counted from
// the false origin, over what is there. It returns the ends of edges that walks
// come up to although the search did not, after those given.
func (f *field) draw(t *tile, x, y int, b *bands, ends []end) []end {
	k := (y-f.y)*f.stride + x - f.x
	for i := range len(t.plots) - 1 {
		p := &t.plots[i]
		if p.from == nowhere {
			ends = f.drawAny(t, i, k, b, ends)
		} else if b.plain(&b.w, p.edge, p.from, p.to) {
			f.drawPlot(t, i, k, b, &b.w)
		}
	}
	for e := range b.search.Seeds {
		if i, ok := t.plotOf(e); ok {
			ends = f.drawAny(t, i, k, b, ends)
		}
	}
	return ends
}

// end is an end of an edge, and the walk up to it.
type end struct {
	node   walk.NodeID
	millis uint32
}

// drawAny draws plot i of any edge, in a tile whose first cell is cell k.
func (f *field) drawAny(t *tile, i, k int, b *bands, ends []end) []end {
	e := t.plots[i].edge
	ok, stops := b.any(&b.w, e)
	if ok {
		f.drawPlot(t, i, k, b, &b.w)
	}
	if stops {
		st := b.search.Stretch(e)
		first, last := b.search.Ends(e)
		ends = append(ends, end{first, st.At(0)}, end{last, st.At(1)})
	}
	return ends
}

// drawPlot draws plot i with the walks along its edge.
func (f *field) drawPlot(t *tile, i, k int, b *bands, w *walks) {
	p, next := &t.plots[i], &t.plots[i+1]
	runs := t.runs[p.runs:next.runs]
	if !w.mixed() {
		for _, r := range runs {
			f.fill(k+int(r.row)*f.stride+int(r.first), int(r.n), spot(w.near))
		}
		return
	}
	shares := t.shares[p.shares:next.shares]
	for _, r := range runs {
		f.mix(k+int(r.row)*f.stride+int(r.first), b, w, shares[:r.n])
		shares = shares[r.n:]
	}
}

// eight returns the first eight spots, the first one lowest.
func eight(s []spot) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// putEight sets the first eight spots.
func putEight(s []spot, v uint64) {
	_ = s[7]
	s[0], s[1], s[2], s[3] = spot(v), spot(v>>8), spot(v>>16), spot(v>>24)
	s[4], s[5], s[6], s[7] = spot(v>>32), spot(v>>40), spot(v>>48), spot(v>>56)
}

// fill draws cells of an edge that lies in one band, from cell k on: eight at a
// time, of which those past the last are left as they are.
func (f *field) fill(k, cells int, s spot) {
	const every = 0x0101010101010101
	row := f.spots[k : k+cells+8 : k+cells+8]
	for ; cells > 8; cells -= 8 {
		putEight(row, every*uint64(s))
		row = row[8:]
	}
	these := ^uint64(0) >> (64 - 8*uint(cells))
	putEight(row, eight(row)&^these|every*uint64(s)&these)
}

// mix draws cells of an edge that lies in more than one band, from cell k on.
func (f *field) mix(k int, b *bands, w *walks, shares []uint16) {
	n := len(shares)
	spots, times := f.spots[k:k+n], f.millis[k:k+n]
	if w.level == 0 {
		for i, share := range shares {
			times[i] = w.at(share)
			spots[i] = timed | spot(b.of(times[i]))
		}
		return
	}
	from, whole, last, back := w.from, uint64(w.whole), w.to+w.back, uint64(w.back)
	base, within := timed|spot(w.far), uint64(w.level)+1
	for i, share := range shares {
		s := uint64(share)
		millis := min(from+uint32(whole*s>>16), last-uint32(back*s>>16))
		times[i] = millis
		spots[i] = base + spot((uint64(millis)-within)>>63)
	}
}

// bend takes the time of the cells that hold a junction there: no walk comes to
// one that the search did not come to. All tiles are drawn by then: what is
// crowded may be a cell of the next one.
func (f *field) bend(t *tile, x, y int, b *bands) {
	first := (y-f.y)*f.stride + x - f.x
	for _, j := range t.joints {
		cell := int(j.cell & jointCell)
		k := first + cell/tileCells*f.stride + cell%tileCells
		if j.cell&jointAgain == 0 {
			f.millis[k] = uint32(len(f.knots))
			f.knots = append(f.knots, knot{j.at, walk.Never})
			f.spots[k] = f.spots[k]&crowded | warped
			if j.cell&jointCrowded != 0 {
				for _, n := range [...]int{-f.stride, 0, f.stride} {
					f.spots[k+n-1] |= crowded
					f.spots[k+n] |= crowded
					f.spots[k+n+1] |= crowded
				}
			}
		}
		f.come(k, b.search.Node(j.node), b)
	}
}

// meet gives the walk to the junction at p to its cell, if the cell's time is
// taken there.
func (f *field) meet(p geo.Grid, millis uint32, b *bands) {
	x, y := cellOf(p)
	i, j := x-f.x, y-f.y
	if i < 1 || j < 1 || i >= f.width-1 || j >= f.height-1 {
		return
	}
	k := j*f.stride + i
	if f.spots[k]&warped != 0 && f.knots[f.millis[k]].at == warpOf(p, x, y) {
		f.come(k, millis, b)
	}
}

// come gives a walk to the junction of a cell to it, if it is the shortest.
func (f *field) come(k int, millis uint32, b *bands) {
	if at := &f.knots[f.millis[k]]; millis < at.millis && b.of(millis) > 0 {
		at.millis = millis
		f.spots[k] = f.spots[k]&^bandBits | timed | spot(b.of(millis))
	}
}

// time returns the walk of a cell that is timed.
func (f *field) time(k int) uint32 {
	if f.spots[k]&warped != 0 {
		return f.knots[f.millis[k]].millis
	}
	return f.millis[k]
}

// at returns where the time of cell k is taken, from the south-west corner of the
// field.
func (f *field) at(k int) place {
	row := f.row(k)
	p := place{(k - row*f.stride) << grainBits, row << grainBits}
	if f.spots[k]&warped != 0 {
		w := f.knots[f.millis[k]].at
		return place{p.x + int(w&255)<<8 + 128, p.y + int(w>>8)<<8 + 128}
	}
	return place{p.x + grains/2, p.y + grains/2}
}
