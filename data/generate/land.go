package main

import (
	"math"
	"slices"
)

// barrierKind is a line that streets do not cross unless there is a bridge.
type barrierKind int

const (
	overRiver barrierKind = iota
	overMotorway
	overRail
)

// barrier is a river, motorway or railway as a line of the plan.
type barrier struct {
	kind barrierKind
	name string
	line []point
}

// land is the ground before people came: which cells are dry, and the barriers.
type land struct {
	cells
	dry      []bool // per cell
	isle     []bool // per cell: on the island
	barriers []barrier
	sides    []side // every segment of every barrier
	bySquare *buckets
}

// side is one segment of a barrier.
type side struct {
	kind barrierKind
	a, b point
}

// newLand lays the plan's coast out on the cells and draws the barriers.
func newLand(seed uint64) *land {
	l := &land{cells: newCells(planWidth, planHeight)}
	l.dry, l.isle = make([]bool, l.count()), make([]bool, l.count())
	mainland, isle := metres(coast), metres(island)
	for i := range l.count() {
		if l.margin(i) {
			continue
		}
		p := l.centre(i)
		// The drawn coast is bent by several hundred metres, so that it has
		// bays and points.
		q := p.plus(point{noise(p, 3300, seed+1), noise(p, 3300, seed+3)}.times(620)).
			plus(point{noise(p, 1100, seed+2), noise(p, 1100, seed+4)}.times(210))
		l.isle[i] = inside(q, isle)
		l.dry[i] = l.isle[i] || inside(q, mainland)
	}
	l.keepTwo()

	wander := func(through []point, amp float64) []point {
		smooth := curve(metres(through), 70)
		line := slices.Clone(smooth)
		for i, p := range smooth {
			d := smooth[min(i+1, len(smooth)-1)].minus(smooth[max(i-1, 0)]).unit().left()
			line[i] = p.plus(d.times(amp * (noise(p, 1300, seed+5) + 0.4*noise(p, 420, seed+6)))).rounded()
		}
		return line
	}
	l.barriers = []barrier{
		{overRiver, "River Wen", wander(riverWen, 170)},
		{overRiver, "River Mere", wander(riverMere, 150)},
		{overMotorway, "M99", wander(motorway, 0)},
		{overRail, "Estermere Main Line", wander(mainLine, 0)},
		{overRail, "Wen Valley Line", wander(northLine, 0)},
		{overRail, "Pellingham Line", wander(southLine, 0)},
	}
	l.bySquare = newBuckets(250)
	for _, b := range l.barriers {
		lines := [][]point{b.line}
		if b.kind == overMotorway { // a bridge spans both carriageways
			lines = append(lines, b.carriageway(-1), b.carriageway(1))
		}
		for _, line := range lines {
			for i := 1; i < len(line); i++ {
				l.bySquare.addBox(len(l.sides), line[i-1], line[i])
				l.sides = append(l.sides, side{b.kind, line[i-1], line[i]})
			}
		}
	}
	return l
}

// carriageway returns the middle of one side of a motorway, 11 m to the right
// (-1) or left (1) of its line.
func (b barrier) carriageway(hand float64) []point {
	out := make([]point, len(b.line))
	for i, p := range b.line {
		w := b.line[min(i+1, len(b.line)-1)].minus(b.line[max(i-1, 0)]).unit().left()
		out[i] = p.plus(w.times(11 * hand))
	}
	return out
}

// metres turns the plan's kilometres into metres.
func metres(km []point) []point {
	out := make([]point, len(km))
	for i, p := range km {
		out[i] = p.times(1000)
	}
	return out
}

// keepTwo drops all dry cells but the largest piece of mainland and of island,
// and fills the lakes.
func (l *land) keepTwo() {
	for _, onIsle := range []bool{false, true} {
		pieces := l.pieces(func(i int) bool { return l.dry[i] && l.isle[i] == onIsle })
		for k, piece := range pieces {
			for _, i := range piece {
				l.dry[i] = k == 0
			}
		}
	}
	// A bridge of one cell between the two would make the island a headland.
	for i := range l.count() {
		if l.dry[i] && l.isle[i] {
			for _, n := range l.neighbours(i) {
				if l.dry[n] && !l.isle[n] {
					l.dry[i] = false
				}
			}
		}
	}
	for k, piece := range l.pieces(func(i int) bool { return !l.dry[i] }) {
		for _, i := range piece {
			l.dry[i] = k > 0
		}
	}
}

// pieces returns the connected pieces of the chosen cells, the largest first.
func (l *land) pieces(chosen func(int) bool) [][]int {
	seen := make([]bool, l.count())
	var out [][]int
	for start := range l.count() {
		if seen[start] || l.margin(start) || !chosen(start) {
			continue
		}
		piece := []int{start}
		seen[start] = true
		for k := 0; k < len(piece); k++ {
			for _, n := range l.neighbours(piece[k]) {
				if !seen[n] && !l.margin(n) && chosen(n) {
					seen[n] = true
					piece = append(piece, n)
				}
			}
		}
		out = append(out, piece)
		if k := len(out) - 1; len(out[k]) > len(out[0]) {
			out[0], out[k] = out[k], out[0]
		}
	}
	return out
}

// onLand reports whether the cell of p is dry.
func (l *land) onLand(p point) bool { return l.dry[l.at(p)] }

// compass is eight directions around a place.
var compass = [8]point{{1, 0}, {.7, .7}, {0, 1}, {-.7, .7}, {-1, 0}, {-.7, -.7}, {0, -1}, {.7, -.7}}

// inland reports whether p and everything within about r metres of it is dry.
func (l *land) inland(p point, r float64) bool {
	for _, a := range compass {
		if !l.onLand(p.plus(a.times(r))) {
			return false
		}
	}
	return l.onLand(p)
}

// crossed returns the barriers that the segment a-b crosses, as flags by kind.
func (l *land) crossed(a, b point) (kinds [3]bool, any bool) {
	for _, i := range l.bySquare.near(a, b, 0) {
		s := l.sides[i]
		if _, _, ok := crossing(a, b, s.a, s.b); ok {
			kinds[s.kind], any = true, true
		}
	}
	return kinds, any
}

// toBarrier returns how far p is from the nearest barrier, up to 400 m.
func (l *land) toBarrier(p point) float64 {
	best := 400.0
	for _, i := range l.bySquare.near(p, p, best) {
		d, _ := offSegment(p, l.sides[i].a, l.sides[i].b)
		best = math.Min(best, d)
	}
	return best
}
