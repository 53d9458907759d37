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
	w.takeEdges(levels)
	if len(w.ground.tiles) == 0 {
		return false
	}
	b := w.ground.bound
	x0, y0 := cellOf(geo.Grid(b.Min))
	x1, y1 := cellOf(geo.Grid(b.Max))
	w.field.reset(levels, x0, y0, x1+1, y1+1)
	w.drawn = w.drawn[:0]
	for _, n := range w.ground.tiles {
		t := w.s.doors.raster.tile(n, w.canvas)
		x, y := w.s.doors.raster.corner(n)
		w.drawn = append(w.drawn, t)
		w.field.draw(t, x, y, &w.edges)
	}
	for i, n := range w.ground.tiles {
		x, y := w.s.doors.raster.corner(n)
		w.field.bend(w.drawn[i], x, y)
	}
	for _, m := range w.meetings {
		w.field.meet(w.s.g.At(m.node), m.millis)
	}
	return true
}

// meeting is a junction that a walk comes to.
type meeting struct {
	node   walk.NodeID
	millis uint32
}

// takeEdges lists the edges and junctions that the last search came to within
// the last level, and their ground.
func (w *Worker) takeEdges(levels []uint32) {
	g, limit := w.s.g, levels[len(levels)-1]
	asked := walk.Origin
	if w.s.params.Direction == walk.From {
		asked = walk.Destination
	}
	w.edges.reset()
	w.meetings = w.meetings[:0]
	w.ground.reset()
	take := func(e walk.EdgeID) {
		if w.edges.has(e) || !w.edges.take(e, w.search, levels) {
			return
		}
		// A walk may come up to a gate that it cannot pass: the search does not
		// list that node.
		first, last := g.Ends(e, asked)
		st := w.search.Stretch(e)
		for end, n := range []walk.NodeID{first, last} {
			if t := st.At(float64(end)); t <= limit {
				w.meetings = append(w.meetings, meeting{n, t})
			}
		}
	}
	w.search.Seeds(func(e walk.EdgeID) bool {
		take(e)
		g.Shape(e, func(p geo.Grid) bool { w.ground.add(p, float64(Verge)); return true })
		return true
	})
	pace := w.search.MetresPerMilli()
	w.inOrder(func(n walk.NodeID) {
		millis := w.search.Node(n)
		if millis > limit {
			return
		}
		at := g.At(n)
		w.meetings = append(w.meetings, meeting{n, millis})
		by := 0.0
		for _, e := range g.Incident(n) {
			take(e)
			by = max(by, float64(g.Length(e)))
		}
		w.ground.add(at, min(by, float64(limit-millis)*pace)+float64(Verge))
	})
}

// ground is where a search came to.
type ground struct {
	r     *raster
	bound orb.Bound
	tiles []int  // numbers of the tiles that may hold some of it
	taken []bool // by tile
}

func (g *ground) reset() {
	if g.taken == nil {
		g.taken = make([]bool, len(g.r.tiles))
	}
	for _, n := range g.tiles {
		g.taken[n] = false
	}
	g.tiles = g.tiles[:0]
	g.bound = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
}

// add takes in all that is within metres of p, east and north.
func (g *ground) add(p geo.Grid, metres float64) {
	x0, y0, x1, y1 := p[0]-metres, p[1]-metres, p[0]+metres, p[1]+metres
	b := &g.bound
	b.Min[0], b.Min[1], b.Max[0], b.Max[1] = min(b.Min[0], x0), min(b.Min[1], y0), max(b.Max[0], x1), max(b.Max[1], y1)
	left, bottom := g.r.tileAt(x0, y0)
	right, top := g.r.tileAt(x1, y1)
	for y := bottom; y <= top; y++ {
		for x := left; x <= right; x++ {
			if n := y*g.r.width + x; !g.taken[n] {
				g.taken[n] = true
				g.tiles = append(g.tiles, n)
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

// cross is above 0 where c lies left of the line a-b.
func cross(a, b, c orb.Point) float64 {
	return float64((b[0]-a[0])*(c[1]-a[1])) - float64((b[1]-a[1])*(c[0]-a[0]))
}
