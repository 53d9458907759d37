package reach

import (
	"math/bits"

	"github.com/paulmach/orb"
)

// An outline is drawn through squares with a cell's place in each corner. It
// passes through gates: the lines between two neighbouring cells, one within the
// level and one not. It leaves the cell within on its left, so that outer rings
// run anticlockwise and holes clockwise, as RFC 7946 has it.
//
// A square is thought of as two triangles, so that what is joined in it does not
// depend on the level: a cell within and the one diagonally across are joined
// where the line between them is the side of both triangles. It is the diagonal
// from the south-west, unless a junction pulls a corner in so far that only the
// other lies in the square; there the outline passes through that diagonal as
// well, and so it never leaves the square.

// tracer draws the rings of a field, level by level.
type tracer struct {
	f      *field
	least  uint8   // the band of the furthest cells within the level
	millis uint32  // of the level
	gates  [2]gate // the last two made, in turn
	turn   uint8
	pull   pull
	stiff  bool      // every gate is passed where it passes best
	seeds  [][]int32 // of each level, the cells that are not within and whose right neighbour is
	// By cell, one more than the number of the ring that runs past its right
	// side; 0 between levels.
	rings   []int32
	chains  map[uint64]chain // by first gate
	chain   chain
	stopped stopped
	drawn   []int32 // see chain
}

// seed finds the seeds of all levels in one sweep, eight cells at a time.
func (t *tracer) seed(f *field) {
	t.f = f
	for len(t.seeds) < len(f.levels) {
		t.seeds = append(t.seeds, nil)
	}
	for l := range f.levels {
		t.seeds[l] = t.seeds[l][:0]
	}
	if len(t.rings) < len(f.spots) {
		t.rings = make([]int32, len(f.spots))
	}
	if t.chains == nil {
		t.chains = map[uint64]chain{}
	}
	clear(t.chains)
	t.drawn = t.drawn[:0]
	const every = 0x0101010101010101 * uint64(bandBits)
	for j := 1; j < f.height-1; j++ {
		row := f.spots[j*f.stride:][:f.width+8]
		for k := j * f.stride; len(row) > 8; k += 8 {
			differ := (eight(row) ^ eight(row[1:])) & every
			row = row[8:]
			for differ != 0 {
				b := bits.TrailingZeros64(differ) &^ 7
				differ &^= 0xff << b
				t.plant(k + b/8)
			}
		}
	}
}

// plant makes cell k a seed of the levels that its right neighbour lies in and
// itself does not.
func (t *tracer) plant(k int) {
	f := t.f
	for l, near := f.spots[k].band(), f.spots[k+1].band(); l < near; l++ {
		n := len(f.levels) - 1 - int(l)
		t.seeds[n] = append(t.seeds[n], int32(k))
	}
}

// ring is a closed line of the outline of one level.
type ring struct {
	from, to int     // its points
	area     float64 // above 0 when it runs anticlockwise
	// west is the number of the ring that is met first to the west of the ring's
	// southernmost gate: it bounds the same ground from within or from outside.
	// It is -1 where there is none.
	west int32
}

// trace appends the rings of a level in the order of their southernmost gates,
// from west to east, and the points of their lines.
func (t *tracer) trace(level int, rings []ring, points []orb.Point) ([]ring, []orb.Point) {
	t.least, t.millis = uint8(len(t.f.levels)-level), t.f.levels[level]
	first := len(rings)
	for n, k := range t.seeds[level] {
		if t.rings[k] != 0 {
			continue
		}
		r := ring{from: len(points), west: -1}
		if n > 0 {
			if west := t.seeds[level][n-1]; t.f.row(int(west)) == t.f.row(int(k)) {
				r.west = t.rings[west] - 1
			}
		}
		points = t.follow(int(k), int32(len(rings)-first+1), points)
		r.to = len(points)
		r.area = signedArea(points[r.from:r.to])
		rings = append(rings, r)
	}
	for _, k := range t.seeds[level] {
		t.rings[k] = 0
	}
	return rings, points
}

// follow draws the ring through the gate between cell k and its right neighbour,
// which is within, and gives it that number.
//
// Where several levels pass through the same gates, along a river or where the
// verge ends, they are drawn with the very same line, a chain: it begins and ends
// with a corner where they part, and between those corners depends on nothing
// else. So they need no room beside each other, and none crosses another. The
// first level draws the chain for all. A ring that begins on a chain begins where
// that does; where levels never part, the ring is the chain.
func (t *tracer) follow(k int, number int32, points []orb.Point) []orb.Point {
	in, out := k+1, k
	whole := false
	if t.lanes(in, out).several() {
		in, out, whole = t.parting(in, out)
	}
	firstIn, firstOut := in, out
	t.pull.begin(t.gate(in, out), float64(t.f.x)*cellM, float64(t.f.y)*cellM, points)
	lanes := t.lanes(in, out)
	fresh := lanes.several()
	t.chain.on = false
	for {
		if fresh {
			fresh = false
			if c, ok := t.chains[gateKey(in, out)]; ok {
				if in, out = t.again(c, number); whole {
					return t.pull.points
				}
			} else {
				t.chain = chain{on: true, inFirst: in, outFirst: out, from: len(t.pull.points), drawn: len(t.drawn)}
			}
		}
		t.mark(in, out, number)
		lastIn, lastOut := in, out
		var byIn, byOut int
		var together bool
		in, out, byIn, byOut, together = t.step(in, out)
		parts := false
		if byIn != 0 {
			// A chain does not begin or end on a diagonal: it is drawn each time.
			if lanes, parts = t.pass(byIn, byOut, lanes, together); parts {
				t.close(lastIn, lastOut)
			}
			t.chain.on = t.chain.on && !t.breaks(in, out, lanes, together)
		}
		if in == firstIn && out == firstOut {
			if lanes.several() && t.breaks(in, out, lanes, together) {
				t.stop()
				t.close(lastIn, lastOut)
			}
			break
		}
		if lanes, parts = t.pass(in, out, lanes, together); parts {
			t.close(lastIn, lastOut)
			fresh = lanes.several()
		}
	}
	points = t.pull.end()
	if whole {
		t.stopped.points = len(points)
		t.close(in, out)
	}
	return points
}

// mark gives the gate between in and out to the ring of that number.
func (t *tracer) mark(in, out int, number int32) {
	if out == in-1 {
		t.rings[out] = number
		if t.chain.on {
			t.drawn = append(t.drawn, int32(out))
		}
	}
}

// chain is a line that several levels share: its points after the first, the
// cells that it runs past the right side of, and its first and last gate.
type chain struct {
	on                bool // being drawn
	inFirst, outFirst int
	in, out           int
	from              int // of points
	end               stopped
	drawn, drawnTo    int
}

// stopped is where a chain was stopped: how many points there are, and the last
// corner.
type stopped struct {
	points int
	at     place
}

// stop ends a chain in the last gate.
func (t *tracer) stop() {
	t.pull.stop()
	t.stopped = stopped{len(t.pull.points), t.pull.at}
}

func gateKey(in, out int) uint64 { return uint64(in)<<32 | uint64(out) }

// close keeps the chain being drawn, whose last gate this is.
func (t *tracer) close(in, out int) {
	if c := t.chain; c.on {
		c.in, c.out, c.drawnTo, c.end = in, out, len(t.drawn), t.stopped
		t.chains[gateKey(c.inFirst, c.outFirst)] = c
	}
	t.chain.on = false
}

// again draws a chain that another level drew already, and returns its last gate.
func (t *tracer) again(c chain, number int32) (in, out int) {
	for _, k := range t.drawn[c.drawn:c.drawnTo] {
		t.rings[k] = number
	}
	t.pull.again(c.from, c.end)
	return c.in, c.out
}

// parting returns the first gate of a ring from this one on where not the same
// levels pass as through the gate before, or this gate and true when there is
// none.
func (t *tracer) parting(firstIn, firstOut int) (in, out int, never bool) {
	in, out = firstIn, firstOut
	first := t.lanes(in, out)
	for {
		var together bool
		in, out, _, _, together = t.step(in, out)
		if !together || t.lanes(in, out) != first {
			return in, out, false
		}
		if in == firstIn && out == firstOut {
			return in, out, true
		}
	}
}

// lanes says which levels pass through a gate: those that the cell within lies
// in and the other does not.
type lanes struct{ out, in uint8 }

func (t *tracer) lanes(in, out int) lanes {
	return lanes{t.f.spots[out].band(), t.f.spots[in].band()}
}

// several reports whether more than one level passes.
func (l lanes) several() bool { return l.in-l.out > 1 }

// breaks reports whether not all that passed the gate before, these levels, pass
// this one, or others do as well.
func (t *tracer) breaks(in, out int, before lanes, together bool) bool {
	return !together || t.lanes(in, out) != before
}

// pass takes the line through a gate, after one that these levels passed. It
// returns the levels that pass now, and whether they are others.
func (t *tracer) pass(in, out int, before lanes, together bool) (now lanes, parts bool) {
	now = t.lanes(in, out)
	parts = !together || now != before
	if parts && before.several() {
		t.stop()
	}
	if g := t.gate(in, out); parts && now.several() {
		t.pull.fix(g)
	} else {
		t.pull.through(g)
	}
	return now, parts
}

// step returns the way on from the gate between in, on the left, and out: the
// next gate, the diagonal passed on the way, both 0 when there is none, and
// whether all levels that come in pass alike.
func (t *tracer) step(in, out int) (nextIn, nextOut, byIn, byOut int, together bool) {
	f := t.f
	up := f.stride
	ahead := up
	switch out - in {
	case -1:
		ahead = -up
	case up:
		ahead = -1
	case -up:
		ahead = 1
	}
	// Beyond in and out lie a and b.
	a, b := in+ahead, out+ahead
	spotIn, spotOut, spotA, spotB := f.spots[in], f.spots[out], f.spots[a], f.spots[b]
	bandA, bandB := spotA.band(), spotB.band()
	inA, inB := bandA >= t.least, bandB >= t.least
	together = true
	if l := (lanes{spotOut.band(), spotIn.band()}); l.several() {
		together = (bandA <= l.out || bandA >= l.in) && (bandB <= l.out || bandB >= l.in)
	}
	south := min(in, out, a, b)
	joined := in == south || b == south // in and b, whatever the level
	if (spotIn|spotOut|spotA|spotB)&warped != 0 {
		if p := f.pulledIn(south); p >= 0 {
			joined = p == in || p == b
			if joined && !inB {
				byIn, byOut = in, b
			}
			if !joined && inA {
				byIn, byOut = a, out
			}
		}
	}
	switch {
	case inB && (inA || joined):
		return b, out, byIn, byOut, together
	case inA:
		return a, b, byIn, byOut, together
	}
	return in, a, byIn, byOut, together
}

// flat is twice the area in square metres under which a corner of a square is
// taken as pulled in.
const flat = 1

// pulledIn returns the corner of the square north-east of cell k that is pulled
// in so far that the square is not convex, -1 when there is none.
func (f *field) pulledIn(k int) int {
	corners := [4]int{k, k + 1, k + 1 + f.stride, k + f.stride}
	junctions, only := 0, 0
	for i, c := range corners {
		if f.spots[c]&warped != 0 {
			junctions, only = junctions+1, i
		}
	}
	if junctions == 1 && !f.knots[f.millis[corners[only]]].at.deep(only) {
		return -1 // as nearly always
	}
	var at [4]place
	for i, c := range corners {
		at[i] = f.at(c)
	}
	for i, c := range corners {
		if float64(over(at[i].from(at[(i+3)%4]), at[(i+1)%4].from(at[i])))*(grainM*grainM) < flat {
			return c
		}
	}
	return -1
}

// deep reports whether a junction lies so far into the square of which its cell
// is that corner, from the south-west on anticlockwise, that the square may not
// be convex though its other corners are the middles of their cells: close to the
// line between the two beside it.
func (w warp) deep(corner int) bool {
	const line, near = 2 * 255, 10 // in 256ths of a cell, east and north together
	in := [4][2]int{{int(w & 255), int(w >> 8)}, {255 - int(w&255), int(w >> 8)}, {255 - int(w&255), 255 - int(w>>8)}, {int(w & 255), 255 - int(w>>8)}}[corner]
	return in[0]+in[1] > line-near
}

const (
	// nearCell keeps an outline this share of a gate away from the cells.
	nearCell = grains / 20
	// slack is the share of a gate on either side of where the minutes end on a
	// street that a straight outline may pass through: at most a metre or two.
	slack = grains / 10
	// steep is the most milliseconds between two neighbours of which the time
	// between them is told by their own: twice what the slowest walker takes
	// from cell to cell. Past it there is no way straight from one to the other.
	steep = 45_000
)

// gate makes the gate between neighbours, of which in is within the level. Where
// the minutes end on a street, it is narrow. Where one street's ground meets
// another's or the fields, nothing tells where between the two cells the outline
// should pass.
func (t *tracer) gate(in, out int) *gate {
	f := t.f
	from, best, to := nearCell, grains/2, grains-nearCell
	either, both := f.spots[in]|f.spots[out], f.spots[in]&f.spots[out]
	if both&timed != 0 && !t.lanes(in, out).several() {
		if near, far := f.time(in), f.time(out); far-near <= steep {
			best = min(grains-nearCell, max(nearCell, int((t.millis-near)<<grainBits/(far-near))))
			from, to = max(nearCell, best-slack), min(grains-nearCell, best+slack)
		}
	}
	if either&crowded != 0 || t.stiff {
		from, to = best, best
	}
	p, q := f.at(in), f.at(out)
	g := &t.gates[t.turn]
	t.turn ^= 1
	g.left, g.right, g.best = p.toward(q, from), p.toward(q, to), 0
	if to > from {
		g.best = (best - from) << grainBits / (to - from)
	}
	return g
}
