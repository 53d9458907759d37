package reach

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// Outlines returns, for each number of minutes, the ground whose nearest street
// is reached within them: polygons in National Grid metres, outer rings
// anticlockwise, holes kept, in an order that depends on nothing but the ground.
// The outline of fewer minutes lies inside that of more. Partly walked streets
// are cut where the minutes end, to a metre or two. An outline is for looking
// at: whether a point is reached is said by Times.
//
// The errors are ErrMinutes, also for more than 31 different minutes, and
// *walk.SnapError. The limit of Params does not bound the minutes.
func (w *Worker) Outlines(place geo.Grid, minutes []float64) ([]orb.MultiPolygon, error) {
	levels, err := levelsOf(minutes)
	if err != nil || len(levels) == 0 {
		return nil, err
	}
	if _, err := w.run(place, levels[len(levels)-1]); err != nil {
		return nil, err
	}
	return w.outlines(minutes, levels), nil
}

// outlines draws the ground of the last search, which went to the last level or
// past it.
func (w *Worker) outlines(minutes []float64, levels []uint32) []orb.MultiPolygon {
	out := make([]orb.MultiPolygon, len(minutes))
	if !w.draw(levels) {
		return out
	}
	w.tracer.seed(&w.field)
	w.points, w.rings = w.points[:0], w.rings[:0]
	var ends []int
	for l := range levels {
		w.rings, w.points = w.tracer.trace(l, w.rings, w.points)
		ends = append(ends, len(w.rings))
	}
	points := slices.Clone(w.points)
	for i, m := range minutes {
		l, _ := slices.BinarySearch(levels, millisOf(m))
		first := 0
		if l > 0 {
			first = ends[l-1]
		}
		out[i] = assemble(w.rings[first:ends[l]], points)
	}
	return out
}

// draw puts the walks of the last search into the field, and reports whether
// there are any.
func (w *Worker) draw(levels []uint32) bool {
	w.findGround(levels[len(levels)-1])
	if len(w.ground.tiles) == 0 {
		return false
	}
	w.bands.reset(w.search, levels)
	w.field.reset(levels, &w.ground)
	w.drawn, w.ends = w.drawn[:0], w.ends[:0]
	for _, n := range w.ground.tiles {
		t := w.s.doors.raster.tile(n, w.canvas)
		w.drawn = append(w.drawn, t)
		if t == emptyTile {
			continue
		}
		x, y := w.s.doors.raster.corner(n)
		w.ends = w.field.draw(t, x, y, &w.bands, w.ends)
	}
	for i, n := range w.ground.tiles {
		x, y := w.s.doors.raster.corner(n)
		w.field.bend(w.drawn[i], x, y, &w.bands)
	}
	for _, e := range w.ends {
		w.field.meet(w.s.g.At(e.node), e.millis, &w.bands)
	}
	return true
}

// findGround finds the ground that the last search came to within the limit.
func (w *Worker) findGround(limit uint32) {
	const verge = int(1000 * Verge)
	g := w.s.g
	w.ground.reset()
	for e := range w.search.Seeds {
		for p := range func(yield func(geo.Grid) bool) { g.Shape(e, yield) } {
			w.ground.add(int(1000*p[0]), int(1000*p[1]), verge+1)
		}
	}
	pace, span := 1000*w.search.MetresPerMilli(), w.s.doors.raster.span()
	w.inOrder(func(n walk.NodeID) {
		millis := w.search.Node(n)
		if millis > limit {
			return
		}
		by := 1000 * int(span[n])
		if far := 1 + int(float64(limit-millis)*pace); far < by || span[n] == math.MaxUint16 {
			by = far
		}
		east, north := g.Millimetres(n)
		w.ground.add(int(east), int(north), by+verge)
	})
}

// ground is where a search came to.
type ground struct {
	r     *raster
	tiles []int  // numbers of the tiles that may hold some of it
	taken []bool // by tile
	// The first and last column and row of those tiles.
	west, south, east, north int
}

func (g *ground) reset() {
	if g.taken == nil {
		g.taken = make([]bool, len(g.r.tiles))
	}
	for _, n := range g.tiles {
		g.taken[n] = false
	}
	g.tiles = g.tiles[:0]
	g.west, g.south, g.east, g.north = math.MaxInt, math.MaxInt, 0, 0
}

// add takes in all that is within by of (x, y), east and north, in millimetres.
func (g *ground) add(x, y, by int) {
	west, south := g.r.tileAt(x-by, y-by)
	east, north := g.r.tileAt(x+by, y+by)
	for row := south; row <= north; row++ {
		for column := west; column <= east; column++ {
			if n := row*g.r.width + column; !g.taken[n] {
				g.taken[n] = true
				g.tiles = append(g.tiles, n)
				g.west, g.south, g.east, g.north = min(g.west, column), min(g.south, row), max(g.east, column), max(g.north, row)
			}
		}
	}
}

// inOrder calls yield with the nodes that the last search reached, by ascending
// number: in the order in which the graph lies in memory.
func (w *Worker) inOrder(yield func(walk.NodeID)) {
	if w.nodes == nil {
		w.nodes = make([]uint64, (w.s.g.Nodes()+63)/64)
	}
	first, last := len(w.nodes), -1
	for _, n := range w.search.Reached() {
		word := int(n >> 6)
		w.nodes[word] |= 1 << (n & 63)
		first, last = min(first, word), max(last, word)
	}
	for word := first; word <= last; word++ {
		set := w.nodes[word]
		w.nodes[word] = 0
		for ; set != 0; set &= set - 1 {
			yield(walk.NodeID(word<<6 | bits.TrailingZeros64(set)))
		}
	}
}

// levelsOf returns the different minutes in ascending milliseconds.
func levelsOf(minutes []float64) ([]uint32, error) {
	var levels []uint32
	for _, m := range minutes {
		if err := checkMinutes(m); err != nil {
			return nil, fmt.Errorf("outline: %w", err)
		}
		levels = append(levels, millisOf(m))
	}
	slices.Sort(levels)
	levels = slices.Compact(levels)
	if len(levels) > maxLevels {
		return nil, fmt.Errorf("outline: %d different minutes: want at most %d: %w", len(levels), maxLevels, ErrMinutes)
	}
	return levels, nil
}

// assemble sorts the rings of a level into polygons, the largest first: each
// hole belongs to the outer ring around the same ground.
func assemble(rings []ring, points []orb.Point) orb.MultiPolygon {
	outer := make([]int32, len(rings)) // of each ring, the outer ring of the same ground
	var order []int32
	holes := make([]int32, len(rings))
	for i, r := range rings {
		if r.area > 0 {
			outer[i] = int32(i)
			order = append(order, int32(i))
		} else {
			// Rings come from the south, so that the one to the west is done.
			outer[i] = outer[r.west]
		}
		holes[outer[i]]++
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(rings[b].area, rings[a].area) })
	m := make(orb.MultiPolygon, len(order))
	number := holes
	for n, i := range order {
		m[n] = make(orb.Polygon, 1, holes[i])
		number[i] = int32(n)
	}
	for i, r := range rings {
		line := orb.Ring(points[r.from:r.to:r.to])
		p := &m[number[outer[i]]]
		if r.area > 0 {
			(*p)[0] = line
		} else {
			*p = append(*p, line)
		}
	}
	return m
}

// signedArea returns the area of a closed ring, above 0 when it runs
// anticlockwise. It is taken from the first vertex, so that metres far from the
// origin lose nothing.
func signedArea(r []orb.Point) float64 {
	var sum float64
	for i := 1; i+1 < len(r); i++ {
		ax, ay := r[i][0]-r[0][0], r[i][1]-r[0][1]
		bx, by := r[i+1][0]-r[0][0], r[i+1][1]-r[0][1]
		sum += float64(ax*by) - float64(ay*bx)
	}
	return sum / 2
}

// circleSides is the number of sides of a straight-line walk's outline.
const circleSides = 128

// circle returns the polygon of circleSides corners on the circle.
func circle(middle geo.Grid, radius float64) orb.MultiPolygon {
	ring := make(orb.Ring, 0, circleSides+1)
	for i := range circleSides {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / circleSides)
		ring = append(ring, orb.Point{middle[0] + radius*cos, middle[1] + radius*sin})
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}
