package main

// What the tests of the parts need to see.

// Degrees is degrees, of metres from the plan's corner.
func Degrees(x, y float64) (lon, lat float64) { return degrees(point{x, y}) }

// Corner is the plan's corner on the National Grid.
const (
	CornerEasting  = cornerEasting
	CornerNorthing = cornerNorthing
)

var (
	Normal      = normal
	Share       = share
	SpreadRanks = spreadRanks
)

// Noise is noise, at x, y.
func Noise(x, y, wave float64, salt uint64) float64 { return noise(point{x, y}, wave, salt) }

// Throws returns the first n throws of a stream of dice.
func Throws(seed uint64, name string, n int) []float64 {
	d := newDice(seed, name)
	out := make([]float64, n)
	for i := range out {
		out[i] = d.unit()
	}
	return out
}

// Outline draws the labels on a sheet of width by height metres and returns the
// rings of each and the area of a cell in square metres.
func Outline(width, height float64, n int, label func(x, y float64) int) (rings [][][][2]float64, cell float64) {
	c := newCells(width, height)
	labels := make([]int, c.count())
	for i := range labels {
		labels[i] = -1
		if !c.margin(i) {
			p := c.centre(i)
			labels[i] = label(p.X, p.Y)
		}
	}
	for _, rs := range outline(c, labels, n, 12, 46) {
		var of [][][2]float64
		for _, r := range rs {
			var ring [][2]float64
			for _, p := range r {
				ring = append(ring, [2]float64{p.X, p.Y})
			}
			of = append(of, ring)
		}
		rings = append(rings, of)
	}
	return rings, cellSpan * rowSpan
}

// Join draws lines on an empty network and returns its nodes and, per line, the
// nodes along it.
func Join(lines ...[][2]float64) (nodes [][2]float64, streets [][]int) {
	j := &joiner{}
	for _, l := range lines {
		s := stroke{loose: true}
		for _, p := range l {
			s.line = append(s.line, point{p[0], p[1]})
		}
		j.strokes = append(j.strokes, s)
	}
	n := &network{}
	j.join(n, func(p point) point { return p })
	for _, x := range n.nodes {
		nodes = append(nodes, [2]float64{x.at.X, x.at.Y})
	}
	for _, s := range n.streets {
		streets = append(streets, s.nodes)
	}
	return nodes, streets
}
