package reach

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/internal/walk"
)

const nowhere = ^uint32(0)

// canvas is the memory in which tiles are drawn. It belongs to one goroutine.
type canvas struct {
	square [tileCells * tileCells]float32 // of the metres from the middle of each cell to its edge
	edge   [tileCells * tileCells]walk.EdgeID
	share  [tileCells * tileCells]uint16

	found     []uint64      // the first cells of the runs, after the edge
	edges     []walk.EdgeID // of the segments drawn, in order, some repeated
	nodes     []walk.NodeID
	junctions []junction
}

// junction is a node that is a candidate for a joint.
type junction struct {
	cell uint16
	at   warp
	meet int     // edges that meet there
	off  float64 // square of the metres from the middle of the cell
	node walk.NodeID
}

// draw finds the nearest point of the network to each cell of a tile. Of equal
// ones the lower edge, then the lower share, so that the order in which the
// segments come does not matter.
func (c *canvas) draw(g *walk.Graph, tx, ty int) *tile {
	verge := float64(Verge)
	for i := range c.square {
		c.square[i], c.edge[i] = float32(verge*verge), nowhere
	}
	c.edges = c.edges[:0]
	x0, y0 := float64(tx)*tileM, float64(ty)*tileM
	b := orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x0 + tileM, y0 + tileM}}
	g.Segments(b.Pad(verge), func(s walk.Segment) {
		if n := len(c.edges); n == 0 || c.edges[n-1] != s.Edge {
			c.edges = append(c.edges, s.Edge)
		}
		c.segment(s, x0, y0)
	})
	if len(c.edges) == 0 {
		return emptyTile
	}
	t := c.pack()
	t.joints = c.joints(g, tx*tileCells, ty*tileCells)
	return t
}

// segment gives a straight piece of street the cells that it is nearest to. The
// sums are rounded one by one, so that every processor draws the same.
//
// In each row there are up to three kinds of cells: some whose nearest point is
// the western end, some that lie abreast of the segment, some whose nearest point
// is the eastern end. The distance of those abreast changes evenly from cell to
// cell, and so they take one product each.
func (c *canvas) segment(s walk.Segment, x0, y0 float64) {
	p := piece{edge: s.Edge, ax: s.A[0] - x0, ay: s.A[1] - y0, bx: s.B[0] - x0, by: s.B[1] - y0, from: s.From, to: s.To}
	if p.ax > p.bx {
		p.ax, p.ay, p.bx, p.by, p.from, p.to = p.bx, p.by, p.ax, p.ay, p.to, p.from
	}
	p.dx, p.dy = p.bx-p.ax, p.by-p.ay
	verge := float64(Verge)
	if l := float64(p.dx*p.dx) + float64(p.dy*p.dy); l > 0 {
		p.scale = 1 / l
	}
	per := math.Sqrt(p.scale)
	// Abreast lies who has 0 <= (x - ax) dx + (y - ay) dy <= length squared: from
	// the western edge of the strip, which moves by lean from row to row.
	lean, wide, perRow := 0.0, 0.0, 1/p.dy
	if p.dx > 0 {
		lean, wide = -p.dy/p.dx, 1/float64(p.scale*p.dx)
	}
	first, last := cellRange(min(p.ay, p.by), max(p.ay, p.by), verge)
	for j := first; j < last; j++ {
		y := (float64(j) + 0.5) * cellM
		py, qy := y-p.ay, y-p.by
		// The part of the segment within verge of the row spans x from west to east.
		west, east := p.ax, p.bx
		if p.dy != 0 {
			f, g := float64((py-verge)*perRow), float64((py+verge)*perRow)
			west, east = p.ax+float64(max(0, min(f, g))*p.dx), p.ax+float64(min(1, max(f, g))*p.dx)
		}
		i, end := cellRange(west, east, verge)
		// Cells from i to abreast are nearest to the western end, those from past
		// on to the eastern. A segment that runs north or south has the whole row
		// in one of the three.
		abreast, past := i, i
		switch {
		case p.dx > 0:
			x := p.ax + float64(lean*py)
			abreast = min(end, max(i, firstCell(x)))
			past = min(end, max(abreast, firstCell(x+wide)))
		case float64(py*p.dy) < 0:
			abreast, past = end, end
		case p.scale > 0 && float64(py*p.dy)*p.scale <= 1:
			past = end
		}
		row := j * tileCells
		for dx := (float64(i)+0.5)*cellM - p.ax; i < abreast; i++ {
			if square := float32(float64(dx*dx) + float64(py*py)); square <= c.square[row+i] {
				c.take(row+i, square, &p, 0)
			}
			dx += cellM
		}
		if i < past {
			dx := (float64(i)+0.5)*cellM - p.ax
			off := (float64(dx*p.dy) - float64(py*p.dx)) * per
			step := cellM * p.dy * per
			for ; i < past; i++ {
				if square := float32(float64(off * off)); square <= c.square[row+i] {
					along := (float64(((float64(i)+0.5)*cellM-p.ax)*p.dx) + float64(py*p.dy)) * p.scale
					c.take(row+i, square, &p, min(1, max(0, along)))
				}
				off += step
			}
		}
		for dx := (float64(i)+0.5)*cellM - p.bx; i < end; i++ {
			if square := float32(float64(dx*dx) + float64(qy*qy)); square <= c.square[row+i] {
				c.take(row+i, square, &p, 1)
			}
			dx += cellM
		}
	}
}

// piece is a straight piece of street in metres from a tile's corner, from its
// western end a to its eastern end b.
type piece struct {
	edge           walk.EdgeID
	ax, ay, bx, by float64
	dx, dy         float64
	scale          float64 // 1 over the square of its length, 0 when it has none
	from, to       float64 // shares of the edge's length at a and b
}

// take gives cell k to the edge of p, unless another is as near and comes first.
func (c *canvas) take(k int, square float32, p *piece, along float64) {
	share := uint16(min(shares-1, (p.from+float64(along*(p.to-p.from)))*shares))
	if square == c.square[k] && c.edge[k] != nowhere &&
		(c.edge[k] < p.edge || c.edge[k] == p.edge && c.share[k] <= share) {
		return
	}
	c.square[k], c.edge[k], c.share[k] = square, p.edge, share
}

// cellRange returns the cells of a tile, first to before last, whose middle lies
// within verge of the range from a to b.
func cellRange(a, b, verge float64) (first, last int) {
	return max(0, firstCell(a-verge)), min(tileCells, firstCell(b+verge)+1)
}

// firstCell returns the first cell whose middle is at x or past it; x is within
// some kilometres of the tile.
func firstCell(x float64) int {
	const far = 1 << 20
	v := x*(1/cellM) - 0.5 + far
	n := int(v)
	if float64(n) < v {
		n++
	}
	return n - far
}

// pack puts the cells in runs, and the runs in plots.
func (c *canvas) pack() *tile {
	c.found = c.found[:0]
	cells := 0
	for k, e := range c.edge {
		if e == nowhere {
			continue
		}
		cells++
		if k%tileCells == 0 || c.edge[k-1] != e {
			c.found = append(c.found, uint64(e)<<16|uint64(k))
		}
	}
	slices.Sort(c.found)
	plots := 0
	for i, f := range c.found {
		if i == 0 || c.found[i-1]>>16 != f>>16 {
			plots++
		}
	}
	t := &tile{plots: make([]plot, 0, plots+1), runs: make([]run, 0, len(c.found)), shares: make([]uint16, 0, cells)}
	for i, f := range c.found {
		k, e := int(f&math.MaxUint16), walk.EdgeID(f>>16)
		if i == 0 || c.found[i-1]>>16 != f>>16 {
			t.plots = append(t.plots, plot{e, uint16(i), uint16(len(t.shares))})
		}
		n := 1
		for (k+n)%tileCells > 0 && c.edge[k+n] == e {
			n++
		}
		t.runs = append(t.runs, run{uint8(k / tileCells), uint8(k % tileCells), uint8(n)})
		t.shares = append(t.shares, c.share[k:k+n]...)
	}
	t.plots = append(t.plots, plot{nowhere, uint16(len(t.runs)), uint16(len(t.shares))})
	return t
}

// joints returns the junctions of the tile with cell (x, y) in its corner, one
// a cell, by ascending cell.
func (c *canvas) joints(g *walk.Graph, x, y int) []joint {
	slices.Sort(c.edges)
	c.nodes = c.nodes[:0]
	for i, e := range c.edges {
		if i == 0 || c.edges[i-1] != e {
			from, to := g.Ends(e, walk.Destination)
			c.nodes = append(c.nodes, from, to)
		}
	}
	slices.Sort(c.nodes)
	c.junctions = c.junctions[:0]
	for i, n := range c.nodes {
		if i == 0 || c.nodes[i-1] != n {
			c.junction(g, n, x, y)
		}
	}
	slices.SortFunc(c.junctions, func(a, b junction) int {
		return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(b.meet, a.meet), cmp.Compare(a.off, b.off), cmp.Compare(a.node, b.node))
	})
	var out []joint
	for _, j := range c.junctions {
		n := len(out) - 1
		switch {
		case n < 0 || out[n].cell != j.cell:
			out = append(out, joint{cell: j.cell, at: j.at})
		case out[n].at != j.at:
			out[n].crowded = true
		}
	}
	return slices.Clip(out)
}

func (c *canvas) junction(g *walk.Graph, n walk.NodeID, x, y int) {
	p := g.At(n)
	i, j := cellOf(p)
	if i < x || j < y || i >= x+tileCells || j >= y+tileCells {
		return
	}
	dx, dy := p[0]-(float64(i)+0.5)*cellM, p[1]-(float64(j)+0.5)*cellM
	c.junctions = append(c.junctions, junction{
		cell: uint16((j-y)*tileCells + i - x), at: warpOf(p, i, j),
		meet: len(g.Incident(n)), off: float64(dx*dx) + float64(dy*dy), node: n,
	})
}
