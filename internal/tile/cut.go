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
	for _, ring := range w.clipped(f.faces, f.touching, window) {
		w.ring(ring, corner)
	}
}

// points returns spots as orb has them, in memory that the next call uses again.
func (w *writer) points(spots []shape.Spot) orb.LineString {
	w.line64 = w.line64[:0]
	for _, s := range spots {
		w.line64 = append(w.line64, orb.Point{float64(s.X), float64(s.Y)})
	}
	return w.line64
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
