package reach

import "github.com/paulmach/orb"

// pull draws a line through gates with as few corners as it can: it goes on
// straight while one straight line passes through all gates since the last
// corner. Between two gates lies a triangle or a convex square, so that no cell
// changes sides, and lines through different gates never cross.
//
// That is the greedy way of stabbing segments in order; it needs at most twice
// the corners of the best line. Source: L. Guibas, J. Hershberger, J. Mitchell
// and J. Snoeyink, "Approximating polygons and subdivisions with minimum-link
// paths", International Journal of Computational Geometry and Applications 3
// (1993), 383-415.
//
// Positions are whole grains. Why: which side of a line a gate ends on is exact
// then, wherever on the grid the line runs, and a processor chooses between whole
// numbers without guessing; with metres in floats six outlines took 4 % longer.
type pull struct {
	points []orb.Point
	start  int     // number of the line's first point
	x0, y0 float64 // metres of the corner of the field
	at     place   // the last corner
	last   *gate
	// The directions from the corner that pass through all gates up to last lie
	// between left and right. There are none yet when the corner lies in last.
	left, right place
	begun       bool
	first       gate // where the line ends as well
}

// place is a position in the field, or a direction, in grains east and north.
type place struct{ x, y int }

const (
	grainBits = 16
	grains    = 1 << grainBits // in the width of a cell
	grainM    = cellM / grains // 0.2 mm
)

// gate is what an outline passes through, from left to right as it sees it.
type gate struct {
	left, right place
	// best is the share of the way from left to right where it passes best, in
	// 65,536ths.
	best int
}

// begin starts a line at the best point of g and appends its corners to points.
// (x0, y0) is added to each.
func (p *pull) begin(g *gate, x0, y0 float64, points []orb.Point) {
	p.points, p.start, p.x0, p.y0 = points, len(points), x0, y0
	at := g.at(g.best)
	p.first = gate{left: at, right: at}
	p.turn(at)
}

// turn puts a corner at a place.
func (p *pull) turn(at place) {
	p.points = append(p.points, orb.Point{p.x0 + float64(float64(at.x)*grainM), p.y0 + float64(float64(at.y)*grainM)})
	p.at, p.begun = at, false
}

// through takes the line through the next gate, and keeps it until the one after.
func (p *pull) through(g *gate) {
	left, right := g.left.from(p.at), g.right.from(p.at)
	if p.begun {
		if over(p.left, left) > 0 {
			left = p.left
		}
		if over(p.right, right) < 0 {
			right = p.right
		}
		if over(right, left) < 0 {
			p.turn(p.best())
			left, right = g.left.from(p.at), g.right.from(p.at)
		}
	}
	p.left, p.right = left, right
	p.last, p.begun = g, true
}

// best returns the point of the last gate that a straight line from the corner
// comes to and that is nearest to where it passes best.
func (p *pull) best() place {
	return p.last.at(min(p.meets(p.right), max(p.meets(p.left), p.last.best)))
}

// meets returns where the line from the corner in a direction meets the last
// gate, as a share of the way from its left to its right.
func (p *pull) meets(direction place) int {
	g := p.last
	wide := over(g.right.from(g.left), direction)
	if wide == 0 {
		return 0
	}
	return int(min(1, max(0, -float64(over(g.left.from(p.at), direction))/float64(wide))) * grains)
}

// stop ends the line in the last gate: what comes does not move it.
func (p *pull) stop() {
	if p.begun {
		p.turn(p.best())
	}
}

// again repeats the points from this one on up to where it was stopped.
func (p *pull) again(from int, end stopped) {
	p.points = append(p.points, p.points[from:end.points]...)
	p.at, p.begun = end.at, false
}

// fix puts a corner where g passes best: what came before does not move it.
func (p *pull) fix(g *gate) {
	at := g.at(g.best)
	*g = gate{left: at, right: at}
	p.through(g)
	p.turn(at)
}

// end closes the line and returns the points.
func (p *pull) end() []orb.Point {
	p.through(&p.first)
	return append(p.points, p.points[p.start])
}

// at returns the place at a share of the way from left to right.
func (g *gate) at(share int) place { return g.left.toward(g.right, share) }

// toward returns the place at a share of the way to q, in 65,536ths.
func (p place) toward(q place, share int) place {
	return place{p.x + (q.x-p.x)*share>>grainBits, p.y + (q.y-p.y)*share>>grainBits}
}

// from returns the direction from q to p.
func (p place) from(q place) place { return place{p.x - q.x, p.y - q.y} }

// over is above 0 where the direction b turns left of a. The walks of MaxMinutes go
// some 2^14 cells far, so that the products fit.
func over(a, b place) int { return a.x*b.y - a.y*b.x }
