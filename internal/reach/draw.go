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

	found     []foundRun
	edges     []walk.EdgeID // of the segments drawn, in order, some repeated
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
func (c *canvas) segment(s walk.Segment, x0, y0 float64) {
	ax, ay := s.A[0]-x0, s.A[1]-y0
	dx, dy := s.B[0]-s.A[0], s.B[1]-s.A[1]
	verge, scale := float64(Verge), 0.0
	if l := float64(dx*dx) + float64(dy*dy); l > 0 {
		scale = 1 / l
	}
	first, last := cellRange(ay, ay+dy, verge)
	for j := first; j < last; j++ {
		y := (float64(j) + 0.5) * cellM
		py := y - ay
		// The part of the segment within verge of the row spans x from low to high.
		from, to := 0.0, 1.0
		if dy != 0 {
			p, q := (py-verge)/dy, (py+verge)/dy
			from, to = max(0, min(p, q)), min(1, max(p, q))
		}
		i, end := cellRange(ax+float64(from*dx), ax+float64(to*dx), verge)
		up := float64(py * dy)
		row := j * tileCells
		for ; i < end; i++ {
			px := (float64(i)+0.5)*cellM - ax
			along := min(1, max(0, (float64(px*dx)+up)*scale))
			ex, ey := px-float64(along*dx), py-float64(along*dy)
			square := float32(float64(ex*ex) + float64(ey*ey))
			if k := row + i; square <= c.square[k] {
				c.take(k, square, s, along)
			}
		}
	}
}

// take gives cell k to the edge of s, unless another is as near and comes first.
func (c *canvas) take(k int, square float32, s walk.Segment, along float64) {
	share := uint16(min(shares-1, (s.From+float64(along*(s.To-s.From)))*shares))
	if square == c.square[k] && c.edge[k] != nowhere &&
		(c.edge[k] < s.Edge || c.edge[k] == s.Edge && c.share[k] <= share) {
		return
	}
	c.square[k], c.edge[k], c.share[k] = square, s.Edge, share
}

// cellRange returns the cells of a tile, first to before last, whose middle may
// lie within verge of the range from a to b.
func cellRange(a, b, verge float64) (first, last int) {
	low, high := min(a, b)-verge, max(a, b)+verge
	return max(0, int(math.Ceil(low/cellM-0.5))), min(tileCells, int(math.Floor(high/cellM-0.5))+1)
}

// pack puts the cells in runs, and the runs in plots.
func (c *canvas) pack() *tile {
	c.found = c.found[:0]
	cells, plots := 0, 0
	for k, e := range c.edge {
		if e == nowhere {
			continue
		}
		cells++
		if n := len(c.found); n > 0 && k%tileCells > 0 && c.edge[k-1] == e {
			c.found[n-1].n++
			continue
		}
		c.found = append(c.found, foundRun{e, uint16(k), run{uint8(k / tileCells), uint8(k % tileCells), 1}})
	}
	slices.SortFunc(c.found, func(a, b foundRun) int { return cmp.Or(cmp.Compare(a.edge, b.edge), cmp.Compare(a.cell, b.cell)) })
	for i, f := range c.found {
		if i == 0 || c.found[i-1].edge != f.edge {
			plots++
		}
	}
	t := &tile{plots: make([]plot, 0, plots+1), runs: make([]run, 0, len(c.found)), shares: make([]uint16, 0, cells)}
	for i, f := range c.found {
		if i == 0 || c.found[i-1].edge != f.edge {
			t.plots = append(t.plots, plot{f.edge, uint16(i), uint16(len(t.shares))})
		}
		t.runs = append(t.runs, f.run)
		t.shares = append(t.shares, c.share[f.cell:f.cell+uint16(f.n)]...)
	}
	t.plots = append(t.plots, plot{nowhere, uint16(len(t.runs)), uint16(len(t.shares))})
	return t
}

// foundRun is a run on its way into a plot, with the number of its first cell.
type foundRun struct {
	edge walk.EdgeID
	cell uint16
	run
}

// joints returns the junctions of the tile with cell (x, y) in its corner, one
// a cell, by ascending cell.
func (c *canvas) joints(g *walk.Graph, x, y int) []joint {
	slices.Sort(c.edges)
	c.edges = slices.Compact(c.edges)
	c.junctions = c.junctions[:0]
	for _, e := range c.edges {
		from, to := g.Ends(e, walk.Destination)
		c.junction(g, from, x, y)
		c.junction(g, to, x, y)
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
