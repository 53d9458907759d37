package tile

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"

	"hubreach/geo/shape"
)

// Extent is the width of a tile in units.
const Extent = 4096

// buffer is how far beyond its edges a tile holds what is drawn, in units: eight
// pixels of a map that shows tiles 512 pixels wide, so that no outline shows at
// the edge.
const buffer = 64

// draw adds the vector tile of a level to body, nothing when nothing is there.
// Layers stand in the order of their first features.
func (l *level) draw(body []byte, id ID) []byte {
	corner := shape.Spot{X: int(id.X) * Extent, Y: int(id.Y) * Extent}
	x, y := float64(corner.X), float64(corner.Y)
	window := orb.Bound{Min: orb.Point{x - buffer, y - buffer}, Max: orb.Point{x + Extent + buffer, y + Extent + buffer}}
	if l.words == nil {
		return body
	}
	w := l.words.writer()
	defer l.words.writers.Put(w)
	w.tile, w.found = body, w.found[:0]
	l.figures.Intersecting(window, func(f *figure) bool {
		w.found = append(w.found, f)
		return true
	})
	slices.SortFunc(w.found, func(a, b *figure) int { return a.order - b.order })
	for _, f := range w.found {
		if kind := f.cut(w, window, corner); kind != 0 {
			w.add(f.feature, kind)
		}
	}
	w.endLayer()
	body, w.tile = w.tile, nil
	return body
}

// cut draws what of a figure lies in a window, and returns its kind; 0 when
// nothing is left.
func (f *figure) cut(w *writer, window orb.Bound, corner shape.Spot) uint64 {
	switch {
	case f.spot != nil:
		// A point needs no buffer, since a map draws its mark over the tile's edge. On
		// the edge between two tiles it is of the eastern or southern one alone.
		x, y := f.spot.X-corner.X, f.spot.Y-corner.Y
		if x < 0 || y < 0 || x >= Extent || y >= Extent {
			return 0
		}
		w.point(*f.spot, corner)
		return kindPoint
	case window.Contains(f.box.Min) && window.Contains(f.box.Max):
		w.copy(f.drawn, f.first, corner)
		return f.kind()
	case f.lines != nil:
		f.cutLines(w, window, corner)
	default:
		f.cutFaces(w, window, corner)
	}
	if len(w.geometry) == 0 {
		return 0
	}
	return f.kind()
}

func (f *figure) cutLines(w *writer, window orb.Bound, corner shape.Spot) {
	for _, line := range f.lines {
		for _, part := range clip.LineString(window, w.points(line)) {
			if spots := w.onUnits(part); len(spots) > 1 {
				w.line(spots, corner)
			}
		}
	}
}

func (f *figure) cutFaces(w *writer, window orb.Bound, corner shape.Spot) {
	for _, face := range f.faces {
		for k, ring := range face {
			ring = w.cutRing(ring, window, k == 0)
			if ring == nil && k == 0 {
				break // without its outside a polygon has no holes
			}
			if ring != nil {
				w.ring(ring, corner)
			}
		}
	}
}

// cutRing returns what of a ring lies in a window, nil when it has no inside
// left: what rounding has folded over has none. It is good until the next is cut.
func (w *writer) cutRing(ring []shape.Spot, window orb.Bound, outer bool) []shape.Spot {
	cut := w.clip(ring, window)
	if len(cut) < 4 {
		return nil
	}
	spots := w.onUnits(cut)
	if len(spots) < 4 {
		return nil
	}
	// Y points down: what runs clockwise there is anticlockwise by the numbers.
	if twice := twiceArea(spots); twice == 0 || (twice > 0) != outer {
		return nil
	}
	return spots
}

// clip returns what of a closed line lies in a window, closed again. It cuts at
// each edge of the window in turn, and only at those that the line crosses.
//
// orb's clip.Ring gives the same (TestClipAsOrb) and makes new memory for each
// ring: a third of the time that a tile took.
//
// Source: I. Sutherland and G. Hodgman, "Reentrant polygon clipping",
// Communications of the ACM 17 (1974), 32-42.
func (w *writer) clip(ring []shape.Spot, window orb.Bound) orb.LineString {
	line := w.points(ring)
	for _, e := range [...]edge{{0, window.Min[0], 1}, {0, window.Max[0], -1}, {1, window.Min[1], 1}, {1, window.Max[1], -1}} {
		switch out := e.beyond(line); {
		case out == len(line):
			return nil
		case out > 0:
			cut := e.cut(w.spare[:0], line)
			w.spare, w.clips = line, cut
			line = cut
		}
	}
	if line[0] != line[len(line)-1] {
		line = append(line, line[0])
		w.clips = line
	}
	return line
}

// edge is a side of a window: across an axis, at a number, the inside where sign
// points to.
type edge struct {
	axis     int
	at, sign float64
}

func (e edge) inside(p orb.Point) bool { return (p[e.axis]-e.at)*e.sign >= 0 }

// beyond counts the points outside.
func (e edge) beyond(line orb.LineString) int {
	n := 0
	for _, p := range line {
		if !e.inside(p) {
			n++
		}
	}
	return n
}

// cut adds what of a closed line lies inside to out.
func (e edge) cut(out, line orb.LineString) orb.LineString {
	before := line[len(line)-1]
	within := e.inside(before)
	for _, p := range line {
		inside := e.inside(p)
		if inside != within {
			out = append(out, e.crossing(before, p))
		}
		if inside {
			out = append(out, p)
		}
		before, within = p, inside
	}
	return out
}

// crossing is where the way from one point to another crosses.
func (e edge) crossing(from, to orb.Point) orb.Point {
	other := 1 - e.axis
	var p orb.Point
	p[e.axis] = e.at
	p[other] = from[other] + (to[other]-from[other])*(e.at-from[e.axis])/(to[e.axis]-from[e.axis])
	return p
}

// twiceArea is twice the area of a closed line, counted from its first spot.
func twiceArea(r []shape.Spot) int {
	sum := 0
	for i := 1; i+1 < len(r); i++ {
		sum += (r[i].X-r[0].X)*(r[i+1].Y-r[0].Y) - (r[i+1].X-r[0].X)*(r[i].Y-r[0].Y)
	}
	return sum
}

// points returns spots as orb has them, in memory that clipping may use up and
// the next call uses again.
func (w *writer) points(spots []shape.Spot) orb.LineString {
	w.clips = w.clips[:0]
	for _, s := range spots {
		w.clips = append(w.clips, orb.Point{float64(s.X), float64(s.Y)})
	}
	return w.clips
}

// onUnits puts points on whole units and drops those that repeat the one before,
// in memory that the next call uses again.
func (w *writer) onUnits(line orb.LineString) []shape.Spot {
	w.spots = w.spots[:0]
	for _, p := range line {
		w.spots = append(w.spots, shape.Spot{X: int(math.Round(p[0])), Y: int(math.Round(p[1]))})
	}
	w.spots = slices.Compact(w.spots)
	return w.spots
}
