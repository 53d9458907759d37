package source

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
)

// Heights are the heights of the ground on the posts of a square grid, in the
// British National Grid. They are never changed once read, and many goroutines
// may ask at once.
type Heights struct {
	cell            float64 // metres between posts
	east, north     float64 // where post 0, 0 is: within a cell of the false origin
	tiles           []heightTile
	near            map[heightSquare][]int32 // tiles by the squares that they touch
	lowest, highest float64
	posts           int
}

// heightTile is a rectangle of posts, west to east, then south to north. A
// height that is not known is not a number.
type heightTile struct {
	x, y          int // of the post in the south-west
	width, height int
	metres        []float32
}

// heightSquare numbers squares of squarePosts posts a side.
type heightSquare struct{ x, y int }

const squarePosts = 128

// ReadHeights reads an elevation grid of bare ground: an ESRI ASCII grid, a
// GeoTIFF of one band, or a ZIP that holds any number of them, also in ZIP files
// of their own, as OS Terrain 50 comes. All grids of a file have posts the same
// distance apart, on one lattice, in EPSG:27700; where two overlap, the first by
// name counts. Heights are metres.
//
// An ASCII grid does not say its reference system and is taken at its word. A
// GeoTIFF has whole or floating numbers of 16 or 32 bits, stored plain or with
// deflate, without predictor. Options.Layer picks one grid of a ZIP. Errors are
// *RowError.
func ReadHeights(r io.Reader, file string, o Options) (*Heights, error) {
	c, err := open(r, file, o)
	if err != nil {
		return nil, err
	}
	if o.CRS != "" && o.CRS != BritishNationalGrid {
		return nil, &RowError{File: file, Field: "crs", Found: string(o.CRS), Want: string(BritishNationalGrid), Do: toGrid}
	}
	grids := heightReader{o: o, left: o.limit()}
	if err := grids.read(c); err != nil {
		return nil, err
	}
	if len(grids.found) == 0 {
		return nil, &RowError{File: file, Want: "an ESRI ASCII grid or a GeoTIFF", Do: refetch}
	}
	return newHeights(grids.found)
}

// toGrid is the step to take with heights in another reference system or form.
const toGrid = "write it anew with gdalwarp -t_srs EPSG:27700 -co COMPRESS=DEFLATE"

// heightGrid is a grid as published.
type heightGrid struct {
	file        string
	cell        float64
	west, south float64 // of the post in the south-west
	width       int
	metres      []float32 // west to east, then south to north
}

type heightReader struct {
	o     Options
	left  int64 // bytes that heights may still take
	found []heightGrid
}

// read adds the grids of a file.
func (h *heightReader) read(c content) error {
	switch {
	case c.archive != nil:
		return h.readArchive(c)
	case bytes.HasPrefix(c.data, []byte("II*\x00")), bytes.HasPrefix(c.data, []byte("MM\x00*")):
		g, err := parseGeoTIFF(c.data, c.file, h.left)
		return h.add(g, err)
	}
	g, err := parseASCIIGrid(c.data, c.file, h.left)
	return h.add(g, err)
}

func (h *heightReader) add(g heightGrid, err error) error {
	if errors.Is(err, errTooLarge) {
		return sizeError(g.file, h.o, err)
	}
	if err != nil {
		return err
	}
	h.left -= 4 * int64(len(g.metres))
	h.found = append(h.found, g)
	return nil
}

func (h *heightReader) readArchive(c content) error {
	for _, f := range members(c.archive, "") {
		name := strings.ToLower(f.Name)
		inner := strings.HasSuffix(name, ".zip")
		grid := strings.HasSuffix(name, ".asc") || strings.HasSuffix(name, ".tif") || strings.HasSuffix(name, ".tiff")
		if !inner && !grid || grid && h.o.Layer != "" && !isMember(f, h.o.Layer) {
			continue
		}
		data, err := readMember(f, c.file, h.o)
		if err != nil {
			return err
		}
		file := c.file + "/" + f.Name
		if inner && strings.Count(file, ".zip/") > 1 {
			return &RowError{File: file, Want: "at most two ZIP files in each other", Do: refetch}
		}
		part, err := open(bytes.NewReader(data), file, h.o)
		if err != nil {
			return err
		}
		if err := h.read(part); err != nil {
			return err
		}
	}
	return nil
}

// sameLattice is how far, as a share of a cell, two grids may disagree on where
// the posts are.
const sameLattice = 0.01

// newHeights lays grids on one lattice.
func newHeights(grids []heightGrid) (*Heights, error) {
	first := grids[0]
	h := &Heights{cell: first.cell, near: map[heightSquare][]int32{}, lowest: math.Inf(1), highest: math.Inf(-1)}
	h.east, h.north = math.Mod(first.west, h.cell), math.Mod(first.south, h.cell)
	for _, g := range grids {
		x, y := (g.west-h.east)/h.cell, (g.south-h.north)/h.cell
		if math.Abs(g.cell-h.cell) > 1e-9*h.cell || math.Abs(x-math.Round(x)) > sameLattice || math.Abs(y-math.Round(y)) > sameLattice {
			return nil, &RowError{File: g.file, Want: "posts on the lattice of " + first.file, Do: "join the grids with gdalwarp"}
		}
		t := heightTile{x: int(math.Round(x)), y: int(math.Round(y)), width: g.width, height: len(g.metres) / g.width, metres: g.metres}
		h.add(t)
	}
	return h, nil
}

func (h *Heights) add(t heightTile) {
	n := int32(len(h.tiles))
	h.tiles = append(h.tiles, t)
	for y := floorDiv(t.y, squarePosts); y <= floorDiv(t.y+t.height-1, squarePosts); y++ {
		for x := floorDiv(t.x, squarePosts); x <= floorDiv(t.x+t.width-1, squarePosts); x++ {
			s := heightSquare{x, y}
			h.near[s] = append(h.near[s], n)
		}
	}
	for _, m := range t.metres {
		if m == m {
			h.posts++
			h.lowest, h.highest = min(h.lowest, float64(m)), max(h.highest, float64(m))
		}
	}
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Posts returns how many heights there are.
func (h *Heights) Posts() int { return h.posts }

// Bound returns the rectangle of all posts, in metres.
func (h *Heights) Bound() orb.Bound {
	var b orb.Bound
	for i, t := range h.tiles {
		south := orb.Point{h.east + float64(t.x)*h.cell, h.north + float64(t.y)*h.cell}
		north := orb.Point{south[0] + float64(t.width-1)*h.cell, south[1] + float64(t.height-1)*h.cell}
		if i == 0 {
			b = orb.Bound{Min: south, Max: north}
		}
		b = b.Extend(south).Extend(north)
	}
	return b
}

// Cell returns the distance between posts.
func (h *Heights) Cell() geo.Metres { return geo.Metres(h.cell) }

// Range returns the lowest and the highest height: the lowest above the highest
// when there is none.
func (h *Heights) Range() (low, high geo.Metres) { return geo.Metres(h.lowest), geo.Metres(h.highest) }

// At returns the height at p, between the four posts around it in proportion to
// how near they are. A post without height is left out; without one at the
// nearest post, the height is not known.
func (h *Heights) At(p geo.Grid) (geo.Metres, bool) {
	x, y := (p[0]-h.east)/h.cell, (p[1]-h.north)/h.cell
	const most = 1 << 30
	if !(math.Abs(x) < most && math.Abs(y) < most) {
		return 0, false
	}
	west, south := math.Floor(x), math.Floor(y)
	fx, fy := x-west, y-south
	var sum, weight float64
	nearest, known := -1.0, false
	for i, w := range [4]float64{(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy} {
		m, ok := h.post(int(west)+i&1, int(south)+i>>1)
		if ok {
			sum, weight = sum+float64(w*float64(m)), weight+w
		}
		if w > nearest {
			nearest, known = w, ok
		}
	}
	if !known {
		return 0, false
	}
	return geo.Metres(sum / weight), true
}

// post returns the height of a post.
func (h *Heights) post(x, y int) (float32, bool) {
	for _, n := range h.near[heightSquare{floorDiv(x, squarePosts), floorDiv(y, squarePosts)}] {
		t := &h.tiles[n]
		if i, j := x-t.x, y-t.y; i >= 0 && j >= 0 && i < t.width && j < t.height {
			if m := t.metres[j*t.width+i]; m == m {
				return m, true
			}
		}
	}
	return 0, false
}
