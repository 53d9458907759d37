package reach

import "github.com/paulmach/orb"

// pull draws a line through gates with as few corners as it can: it goes on
// straight while one straight line passes through all gates since the last
// corner. Between two gates lies a triangle or a convex square and no other
// line crosses there, so that lines which pass through gates of their own never
// meet, and no cell changes sides.
//
// That is the greedy way of stabbing segments in order; it needs at most twice
// the corners of the best line. Source: L. Guibas, J. Hershberger, J. Mitchell
// and J. Snoeyink, "Approximating polygons and subdivisions with minimum-link
// paths", International Journal of Computational Geometry and Applications 3
// (1993), 383-415.
type pull struct {
	points []orb.Point
	start  int  // number of the line's first point
	first  gate // where the line ends as well
	corner orb.Point
	last   gate
	// left and right bound the directions from the corner that pass through all
	// gates up to last. There are none when the corner lies in last.
	left, right orb.Point
	begun       bool
	x, y        float64 // of the corner of the field
}

// begin starts a line in the middle of g and appends its corners to points.
func (p *pull) begin(g gate, f *field, points []orb.Point) {
	p.x, p.y = float64(f.x)*cellM, float64(f.y)*cellM
	p.points, p.start = points, len(points)
	at := g.at(g.middle)
	p.first = gate{left: at, right: at}
	p.turn(at)
}

// turn puts a corner at at.
func (p *pull) turn(at orb.Point) {
	p.points = append(p.points, orb.Point{at[0] + p.x, at[1] + p.y})
	p.corner, p.begun = at, false
}

// through takes the line through the next gate.
func (p *pull) through(g gate) {
	left, right := minus(g.left, p.corner), minus(g.right, p.corner)
	if p.begun {
		if over(p.left, left) > 0 {
			left = p.left
		}
		if over(p.right, right) < 0 {
			right = p.right
		}
		if over(right, left) < 0 {
			p.turn(p.best())
			left, right = minus(g.left, p.corner), minus(g.right, p.corner)
		}
	}
	p.left, p.right, p.last, p.begun = left, right, g, true
}

// best returns the point of the last gate that a straight line from the corner
// comes to and that is nearest to where it passes best.
func (p *pull) best() orb.Point {
	from, to := p.meets(p.left), p.meets(p.right)
	return p.last.at(min(to, max(from, p.last.middle)))
}

// meets returns where the line from the corner in a direction meets the last
// gate.
func (p *pull) meets(direction orb.Point) float64 {
	wide := over(minus(p.last.right, p.last.left), direction)
	if wide == 0 {
		return p.last.middle
	}
	return min(1, max(0, -over(minus(p.last.left, p.corner), direction)/wide))
}

// end closes the line and returns the points.
func (p *pull) end() []orb.Point {
	p.through(p.first)
	return append(p.points, p.points[p.start])
}

func (g gate) at(share float64) orb.Point {
	return orb.Point{
		g.left[0] + float64(share*(g.right[0]-g.left[0])),
		g.left[1] + float64(share*(g.right[1]-g.left[1])),
	}
}

func minus(a, b orb.Point) orb.Point { return orb.Point{a[0] - b[0], a[1] - b[1]} }

// over is above 0 where b turns left of a.
func over(a, b orb.Point) float64 { return float64(a[0]*b[1]) - float64(a[1]*b[0]) }
