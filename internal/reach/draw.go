package reach

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/internal/walk"
)

const (
	nowhere walk.EdgeID = math.MaxUint32
	nobody  int32       = -1
)

// canvas is the memory in which tiles are drawn. It belongs to one goroutine.
type canvas struct {
	square [tileCells * tileCells]float32 // of the metres from the middle of each cell to its owner
	owner  [tileCells * tileCells]int32   // the number of the piece that is nearest, or nobody

	found     []uint64          // the first cells of the runs, after the edge
	open      [tileCells]uint64 // by row, a bit for each cell that is still shown pieces
	pieces    []piece
	edges     []walk.EdgeID // of the segments drawn, in order
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
//
// Each segment is shown the cells close to it first, then those within the verge
// that have nothing close. Why: in a town that is a third of the cells within
// the verge, and halves the time.
func (c *canvas) draw(g *walk.Graph, tx, ty int) *tile {
	verge := float64(Verge)
	for i := range c.square {
		c.square[i], c.owner[i] = float32(verge*verge), nobody
	}
	c.edges, c.pieces = c.edges[:0], c.pieces[:0]
	x0, y0 := float64(tx)*tileM, float64(ty)*tileM
	b := orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x0 + tileM, y0 + tileM}}
	g.Segments(b.Pad(verge), func(s walk.Segment) {
		if n := len(c.edges); n == 0 || c.edges[n-1] != s.Edge {
			c.edges = append(c.edges, s.Edge)
		}
		c.pieces = append(c.pieces, pieceOf(s, x0, y0))
	})
	if len(c.edges) == 0 {
		return emptyTile
	}
	for j := range c.open {
		c.open[j] = math.MaxUint64
	}
	for i := range c.pieces {
		c.show(int32(i), closeM)
	}
	for k, square := range c.square {
		if square <= closeM*closeM {
			c.open[k/tileCells] &^= 1 << (k % tileCells)
		}
	}
	for i := range c.pieces {
		c.show(int32(i), verge)
	}
	slices.Sort(c.edges)
	c.edges = slices.Compact(c.edges)
	t := c.pack(g)
	t.joints = c.joints(g, tx*tileCells, ty*tileCells)
	return t
}

// closeM is how many metres from a street a cell is close to it.
const closeM = 20

// piece is a straight piece of street in metres from a tile's corner.
type piece struct {
	edge        walk.EdgeID
	x, y        float64
	dx, dy      float64
	scale       float64 // 1 over the square of its length, 0 when it has none
	from, share float64 // of the edge's length, before the piece and along it
}

func pieceOf(s walk.Segment, x0, y0 float64) piece {
	p := piece{edge: s.Edge, x: s.A[0] - x0, y: s.A[1] - y0, dx: s.B[0] - s.A[0], dy: s.B[1] - s.A[1], from: s.From, share: s.To - s.From}
	if l := float64(p.dx*p.dx) + float64(p.dy*p.dy); l > 0 {
		p.scale = 1 / l
	}
	return p
}

// show gives a piece of street the open cells within radius that it is nearest
// to. The sums are rounded one by one, so that every processor draws the same.
func (c *canvas) show(number int32, radius float64) {
	p := &c.pieces[number]
	dx, dy, scale := p.dx, p.dy, p.scale
	first, last := cellRange(p.y, p.y+dy, radius)
	west, east := cellRange(p.x, p.x+dx, radius)
	// A long piece that slants is near to a part of each row only.
	const long = 40
	slants := (dx > long || dx < -long) && (dy > long || dy < -long)
	for j := first; j < last; j++ {
		py := (float64(j)+0.5)*cellM - p.y
		i, end := west, east
		if slants {
			f, g := (py-radius)/dy, (py+radius)/dy
			i, end = cellRange(p.x+float64(max(0, min(f, g))*dx), p.x+float64(min(1, max(f, g))*dx), radius)
		}
		if i >= end {
			continue
		}
		up := float64(py * dy)
		squares := (*[tileCells]float32)(c.square[j*tileCells:])
		for open := c.open[j] >> i << i << (tileCells - end) >> (tileCells - end); open != 0; open &= open - 1 {
			i := bits.TrailingZeros64(open) % tileCells
			px := (float64(i)+0.5)*cellM - p.x
			along := (float64(px*dx) + up) * scale
			if !(along > 0) {
				along = 0
			} else if along > 1 {
				along = 1
			}
			x, y := px-float64(along*dx), py-float64(along*dy)
			square := float32(float64(x*x) + float64(y*y))
			if square > squares[i] {
				continue
			}
			if k := j*tileCells + i; square < squares[i] || c.before(number, k, px, py) {
				squares[i], c.owner[k] = square, number
			}
		}
	}
}

// before reports whether piece number comes before the owner of cell k, to which
// it is as near. The cell is (px, py) from the beginning of the piece.
func (c *canvas) before(number int32, k int, px, py float64) bool {
	if c.owner[k] == nobody {
		return true
	}
	p, q := &c.pieces[number], &c.pieces[c.owner[k]]
	return p.edge < q.edge || p.edge == q.edge && p.shareAt(px+p.x, py+p.y) < q.shareAt(px+p.x, py+p.y)
}

// shareAt returns the share of the edge's length at which p is nearest to (x, y),
// in 65,536ths.
func (p *piece) shareAt(x, y float64) uint16 {
	along := min(1, max(0, (float64((x-p.x)*p.dx)+float64((y-p.y)*p.dy))*p.scale))
	return uint16(min(shares-1, (p.from+float64(along*p.share))*shares))
}

// cellRange returns the cells of a tile, first to before last, whose middle lies
// within radius of the range between a and b, and perhaps one more.
func cellRange(a, b, radius float64) (first, last int) {
	if a > b {
		a, b = b, a
	}
	return max(0, firstCell(a-radius)), min(tileCells, firstCell(b+radius)+1)
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

// pack puts the cells in runs, and the runs in plots, one for each edge that has
// cells or is not plain.
func (c *canvas) pack(g *walk.Graph) *tile {
	c.found = c.found[:0]
	cells := 0
	for j := range tileCells {
		last := nowhere
		for i := range tileCells {
			e := c.edgeAt(j*tileCells + i)
			if e != nowhere {
				cells++
				if e != last {
					c.found = append(c.found, uint64(e)<<16|uint64(j*tileCells+i))
				}
			}
			last = e
		}
	}
	slices.Sort(c.found)
	t := &tile{plots: make([]plot, 0, len(c.edges)+1), runs: make([]run, 0, len(c.found)), shares: make([]uint16, 0, cells)}
	found := c.found
	for _, e := range c.edges {
		p := plot{e, nowhere, nowhere, uint16(len(t.runs)), uint16(len(t.shares))}
		for len(found) > 0 && walk.EdgeID(found[0]>>16) == e {
			c.packRun(t, e, int(found[0]&math.MaxUint16))
			found = found[1:]
		}
		plain := g.Plain(e)
		if plain {
			p.from, p.to = g.Ends(e, walk.Destination)
		}
		if !plain || int(p.runs) < len(t.runs) {
			t.plots = append(t.plots, p)
		}
	}
	t.plots = append(t.plots, plot{nowhere, nowhere, nowhere, uint16(len(t.runs)), uint16(len(t.shares))})
	t.plots = slices.Clip(t.plots)
	return t
}

// packRun packs the cells of e from cell k on.
func (c *canvas) packRun(t *tile, e walk.EdgeID, k int) {
	first, j := k%tileCells, k/tileCells
	i := first
	for ; i < tileCells && c.edgeAt(j*tileCells+i) == e; i++ {
		p := &c.pieces[c.owner[j*tileCells+i]]
		t.shares = append(t.shares, p.shareAt((float64(i)+0.5)*cellM, (float64(j)+0.5)*cellM))
	}
	t.runs = append(t.runs, run{uint8(j), uint8(first), uint8(i - first)})
}

// edgeAt returns the edge that cell k belongs to, or nowhere.
func (c *canvas) edgeAt(k int) walk.EdgeID {
	if c.owner[k] == nobody {
		return nowhere
	}
	return c.pieces[c.owner[k]].edge
}

// joints returns the junctions of the tile with cell (x, y) in its corner, one
// a cell, by ascending cell, and after each the other nodes at its place.
func (c *canvas) joints(g *walk.Graph, x, y int) []joint {
	c.nodes = c.nodes[:0]
	for _, e := range c.edges {
		from, to := g.Ends(e, walk.Destination)
		c.nodes = append(c.nodes, from, to)
		if begin, end := g.Ends(e, walk.Origin); begin != from {
			c.nodes = append(c.nodes, begin, end)
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
		if a.cell != b.cell {
			return int(a.cell) - int(b.cell)
		}
		return cmp.Or(cmp.Compare(b.meet, a.meet), cmp.Compare(a.off, b.off), cmp.Compare(a.node, b.node))
	})
	var out []joint
	first := 0 // of the cell
	for _, j := range c.junctions {
		switch {
		case len(out) == 0 || out[first].cell&jointCell != j.cell:
			first = len(out)
			out = append(out, joint{j.node, j.at, j.cell})
		case out[first].at != j.at:
			out[first].cell |= jointCrowded
		default:
			out = append(out, joint{j.node, j.at, j.cell | jointAgain})
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
