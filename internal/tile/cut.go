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

// draw returns the vector tile of a level, nil when nothing is there. Layers
// stand in the order of their first features.
func (l *level) draw(id ID) []byte {
	corner := shape.Spot{X: int(id.X) * Extent, Y: int(id.Y) * Extent}
	x, y := float64(corner.X), float64(corner.Y)
	window := orb.Bound{Min: orb.Point{x - buffer, y - buffer}, Max: orb.Point{x + Extent + buffer, y + Extent + buffer}}
	var found []*figure
	l.figures.Intersecting(window, func(f *figure) bool {
		found = append(found, f)
		return true
	})
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b *figure) int { return a.order - b.order })
	w := newWriter(l.words)
	for _, f := range found {
		if kind := f.cut(w, window, corner); kind != 0 {
			w.add(f.feature, kind)
		}
	}
	return w.end()
}

// cut draws what of a figure lies in a window, and returns its kind; 0 when
// nothing is left.
func (f *figure) cut(w *writer, window orb.Bound, corner shape.Spot) uint64 {
	whole := window.Contains(f.box.Min) && window.Contains(f.box.Max)
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
	case f.lines != nil:
		for _, line := range f.lines {
			for _, part := range clip.LineString(window, points(line)) {
				if spots := spotsOf(part); len(spots) > 1 {
					w.line(spots, corner)
				}
			}
		}
		return kindIf(w, kindLine)
	}
	for _, face := range f.faces {
		for k, ring := range face {
			if !whole {
				ring = cutRing(ring, window, k == 0)
			}
			if ring == nil && k == 0 {
				break // without its outside a polygon has no holes
			}
			if ring != nil {
				w.ring(ring, corner)
			}
		}
	}
	return kindIf(w, kindPolygon)
}

// kindIf returns kind if anything has been drawn.
func kindIf(w *writer, kind uint64) uint64 {
	if len(w.geometry) == 0 {
		return 0
	}
	return kind
}

// cutRing returns what of a ring lies in a window, nil when it has no inside
// left: what rounding has folded over has none.
func cutRing(ring []shape.Spot, window orb.Bound, outer bool) []shape.Spot {
	cut := clip.Ring(window, orb.Ring(points(ring)))
	if len(cut) < 4 {
		return nil
	}
	spots := spotsOf(orb.LineString(cut))
	if len(spots) < 4 {
		return nil
	}
	// Y points down: what runs clockwise there is anticlockwise by the numbers.
	if twice := twiceArea(spots); twice == 0 || (twice > 0) != outer {
		return nil
	}
	return spots
}

// twiceArea is twice the area of a closed line, counted from its first spot.
func twiceArea(r []shape.Spot) int {
	sum := 0
	for i := 1; i+1 < len(r); i++ {
		sum += (r[i].X-r[0].X)*(r[i+1].Y-r[0].Y) - (r[i+1].X-r[0].X)*(r[i].Y-r[0].Y)
	}
	return sum
}

// points returns spots as orb has them, in memory of their own, which clipping
// uses up.
func points(spots []shape.Spot) orb.LineString {
	out := make(orb.LineString, len(spots))
	for i, s := range spots {
		out[i] = orb.Point{float64(s.X), float64(s.Y)}
	}
	return out
}

// spotsOf puts points on whole units and drops those that repeat the one before.
func spotsOf(line orb.LineString) []shape.Spot {
	spots := make([]shape.Spot, len(line))
	for i, p := range line {
		spots[i] = shape.Spot{X: int(math.Round(p[0])), Y: int(math.Round(p[1]))}
	}
	return slices.Compact(spots)
}
