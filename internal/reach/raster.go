package reach

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// Cell is the width of a cell of the raster that outlines are drawn on. The
// package's introduction says what other widths cost and gain.
const Cell geo.Metres = 15

// Verge is how far from the network a cell may be and still belong to it.
const Verge geo.Metres = 50

const (
	cellM     = float64(Cell)
	tileCells = 64 // in the width of a tile, 800 m
	tileM     = tileCells * cellM
	shares    = 1 << 16 // in the length of an edge
)

// tile says for each cell of a square of 800 m which edge of the network is
// nearest to its middle, and where along the edge the nearest point is. Cells
// past Verge belong to none. Rows come from the south, cells from the west.
//
// Why by edge and not by row: a search comes to an edge or not, and whole edges
// are passed over or drawn alike. It takes a quarter less memory, too.
type tile struct {
	plots  []plot   // by ascending edge, and one more that ends the last
	runs   []run    // runs[plots[i].runs:plots[i+1].runs] are the cells of plot i
	shares []uint16 // of the cells of the runs, in their order: 65,536ths of the edge's length
	joints []joint
}

// plot is the cells that belong to one edge. An edge that is not plain has one in
// every tile that it is near, if only to say so: what stops a walk at its end
// matters there even if all of its cells belong to others.
type plot struct {
	edge     walk.EdgeID
	from, to walk.NodeID // its ends, nowhere when it is not plain; see walk.Graph.Plain
	runs     uint16      // number of its first run
	shares   uint16      // number of its first share
}

// run is some neighbouring cells of a row.
type run struct{ row, first, n uint8 }

// joint is a node and its position in its cell. Of the junctions in a cell it is
// the one where most edges meet.
type joint struct {
	node walk.NodeID
	at   warp
	cell uint16 // and the flags below
}

const (
	jointCell    uint16 = tileCells*tileCells - 1
	jointCrowded uint16 = 1 << 15 // there are more junctions in the cell
	jointAgain   uint16 = 1 << 14 // another node at the place of the joint before
)

// warp is where in its cell the time of the cell is taken: dx + 256 dy.
type warp uint16

// warpOf returns the warp of a position that lies in the cell at column x and
// row y of the grid.
func warpOf(p geo.Grid, x, y int) warp {
	const quanta = 256
	dx := int((p[0] - float64(x)*cellM) * (quanta / cellM))
	dy := int((p[1] - float64(y)*cellM) * (quanta / cellM))
	return warp(min(quanta-1, max(0, dx)) + quanta*min(quanta-1, max(0, dy)))
}

// cellOf returns the column and row of the cell that holds p, counted from the
// grid's false origin.
func cellOf(p geo.Grid) (x, y int) {
	return int(math.Floor(p[0] / cellM)), int(math.Floor(p[1] / cellM))
}

// rasterBytes is how much of the raster is kept: some 7,000 km2 of streets.
const rasterBytes = 64 << 20

// raster is the tiles of a graph. They are drawn when first asked for, and of
// those the latest are kept, up to a bound in bytes. A tile depends on nothing
// but the graph, so that no outline tells what was kept. Any number of
// goroutines may ask: two that draw the same tile draw equal ones.
type raster struct {
	g             *walk.Graph
	x0, y0        int // tile in the corner
	width, height int // in tiles
	tiles         []atomic.Pointer[tile]

	once  sync.Once
	spans []uint16 // see span

	mu    sync.Mutex
	kept  []int // numbers of the tiles kept, the oldest first
	bytes int
	most  int
}

// emptyTile stands for ground without streets.
var emptyTile = new(tile)

func newRaster(g *walk.Graph) *raster {
	r := &raster{g: g, most: rasterBytes}
	b, ok := g.Bound()
	if !ok {
		return r
	}
	verge := float64(Verge)
	r.x0, r.y0 = int(math.Floor((b.Min[0]-verge)/tileM)), int(math.Floor((b.Min[1]-verge)/tileM))
	r.width = int(math.Floor((b.Max[0]+verge)/tileM)) - r.x0 + 1
	r.height = int(math.Floor((b.Max[1]+verge)/tileM)) - r.y0 + 1
	r.tiles = make([]atomic.Pointer[tile], r.width*r.height)
	return r
}

// tileAt returns the column and row of the tile at (x, y) in millimetres, the
// nearest one where there is none.
func (r *raster) tileAt(x, y int) (column, row int) {
	const tileMM = int(1000 * tileM)
	return max(0, min(r.width-1, (x-r.x0*tileMM)/tileMM)), max(0, min(r.height-1, (y-r.y0*tileMM)/tileMM))
}

// span returns, by node, the metres of the longest edge that meets it, rounded up
// and at most 65,535. They are found when first asked for.
func (r *raster) span() []uint16 {
	r.once.Do(func() {
		r.spans = make([]uint16, r.g.Nodes())
		for i := range r.g.Edges() {
			e := walk.EdgeID(i)
			by := uint16(min(math.MaxUint16, math.Ceil(float64(r.g.Length(e)))))
			for _, role := range []walk.Role{walk.Origin, walk.Destination} {
				from, to := r.g.Ends(e, role)
				r.spans[from], r.spans[to] = max(r.spans[from], by), max(r.spans[to], by)
			}
		}
	})
	return r.spans
}

// tile returns tile n, drawn on c if need be.
func (r *raster) tile(n int, c *canvas) *tile {
	if t := r.tiles[n].Load(); t != nil {
		return t
	}
	t := c.draw(r.g, r.x0+n%r.width, r.y0+n/r.width)
	r.keep(n, t)
	return t
}

// corner returns the column and row of the first cell of tile n, counted from
// the false origin.
func (r *raster) corner(n int) (x, y int) {
	return (r.x0 + n%r.width) * tileCells, (r.y0 + n/r.width) * tileCells
}

// plotOf returns the number of the plot of edge e, and whether there is one.
func (t *tile) plotOf(e walk.EdgeID) (int, bool) {
	return slices.BinarySearchFunc(t.plots[:len(t.plots)-1], e, func(p plot, e walk.EdgeID) int { return cmp.Compare(p.edge, e) })
}

// keep puts tile n by, and lets the oldest go while there are too many.
func (r *raster) keep(n int, t *tile) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tiles[n].Load() != nil {
		return
	}
	r.tiles[n].Store(t)
	r.kept = append(r.kept, n)
	r.bytes += t.bytes()
	for r.bytes > r.most && len(r.kept) > 1 {
		oldest := r.kept[0]
		r.kept = r.kept[1:]
		r.bytes -= r.tiles[oldest].Swap(nil).bytes()
	}
}

// bytes returns the memory that t takes.
func (t *tile) bytes() int {
	if t == emptyTile {
		return 0
	}
	return 16*len(t.plots) + 3*len(t.runs) + 2*len(t.shares) + 8*len(t.joints) + 96
}
