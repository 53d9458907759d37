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
// Numbers stand by themselves here, not as points: that halved the time of an
// outline.
type pull struct {
	points []orb.Point
	start  int     // number of the line's first point
	x0, y0 float64 // what is added to a corner to make a point
	x, y   float64 // the last corner
	last   *gate
	// The directions from the corner that pass through all gates up to last lie
	// between left and right. There are none yet when the corner lies in last.
	leftX, leftY, rightX, rightY float64
	begun                        bool
	first                        gate // where the line ends as well
}

// gate is what an outline passes through, from left to right as it sees it.
type gate struct {
	leftX, leftY, rightX, rightY float64
	// best is where it passes best. It and the two sides are shares of the way
	// between the gate's cells.
	left, best, right float64
}

// begin starts a line at the best point of g and appends its corners to points.
// (x0, y0) is added to each.
func (p *pull) begin(g *gate, x0, y0 float64, points []orb.Point) {
	p.points, p.start, p.x0, p.y0 = points, len(points), x0, y0
	x, y := g.at(g.share())
	p.first = gate{leftX: x, leftY: y, rightX: x, rightY: y}
	p.turn(x, y)
}

// turn puts a corner at (x, y).
func (p *pull) turn(x, y float64) {
	p.points = append(p.points, orb.Point{x + p.x0, y + p.y0})
	p.x, p.y, p.begun = x, y, false
}

// through takes the line through the next gate, and keeps it until the one after.
func (p *pull) through(g *gate) {
	lx, ly, rx, ry := g.leftX-p.x, g.leftY-p.y, g.rightX-p.x, g.rightY-p.y
	if p.begun {
		if over(p.leftX, p.leftY, lx, ly) > 0 {
			lx, ly = p.leftX, p.leftY
		}
		if over(p.rightX, p.rightY, rx, ry) < 0 {
			rx, ry = p.rightX, p.rightY
		}
		if over(rx, ry, lx, ly) < 0 {
			p.turn(p.best())
			lx, ly, rx, ry = g.leftX-p.x, g.leftY-p.y, g.rightX-p.x, g.rightY-p.y
		}
	}
	p.leftX, p.leftY, p.rightX, p.rightY = lx, ly, rx, ry
	p.last, p.begun = g, true
}

// best returns the point of the last gate that a straight line from the corner
// comes to and that is nearest to where it passes best.
func (p *pull) best() (x, y float64) {
	from, to := p.meets(p.leftX, p.leftY), p.meets(p.rightX, p.rightY)
	return p.last.at(min(to, max(from, p.last.share())))
}

// meets returns where the line from the corner in a direction meets the last
// gate.
func (p *pull) meets(x, y float64) float64 {
	g := p.last
	wide := over(g.rightX-g.leftX, g.rightY-g.leftY, x, y)
	if wide == 0 {
		return 0
	}
	return min(1, max(0, -over(g.leftX-p.x, g.leftY-p.y, x, y)/wide))
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
	p.x, p.y, p.begun = end.x, end.y, false
}

// fix puts a corner where g passes best: what came before does not move it.
func (p *pull) fix(g *gate) {
	x, y := g.at(g.share())
	*g = gate{leftX: x, leftY: y, rightX: x, rightY: y}
	p.through(g)
	p.turn(x, y)
}

// end closes the line and returns the points.
func (p *pull) end() []orb.Point {
	p.through(&p.first)
	return append(p.points, p.points[p.start])
}

// share returns where the gate is passed best, from 0 on its left to 1 on its
// right.
func (g *gate) share() float64 {
	if g.right > g.left {
		return (g.best - g.left) / (g.right - g.left)
	}
	return 0
}

func (g *gate) at(share float64) (x, y float64) {
	return g.leftX + float64(share*(g.rightX-g.leftX)), g.leftY + float64(share*(g.rightY-g.leftY))
}

// over is above 0 where the direction b turns left of a.
func over(ax, ay, bx, by float64) float64 { return float64(ax*by) - float64(ay*bx) }
