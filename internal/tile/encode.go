package tile

import (
	"bytes"
	"fmt"
	"math"
	"slices"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"

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
func (l *level) draw(id ID) ([]byte, error) {
	x, y := float64(id.X)*Extent, float64(id.Y)*Extent
	window := orb.Bound{Min: orb.Point{x - buffer, y - buffer}, Max: orb.Point{x + Extent + buffer, y + Extent + buffer}}
	var found []figure
	l.figures.Intersecting(window, func(f figure) bool {
		found = append(found, f)
		return true
	})
	slices.SortFunc(found, func(a, b figure) int { return a.order - b.order })
	var layers mvt.Layers
	for i := range found {
		g := found[i].clipped(window, orb.Point{x, y})
		if g == nil {
			continue
		}
		last := len(layers) - 1
		if last < 0 || layers[last].Name != found[i].layer {
			layers = append(layers, &mvt.Layer{Name: found[i].layer, Version: 2, Extent: Extent})
			last++
		}
		layers[last].Features = append(layers[last].Features, &geojson.Feature{ID: found[i].id, Geometry: g, Properties: found[i].props})
	}
	if len(layers) == 0 {
		return nil, nil
	}
	body, err := mvt.Marshal(layers)
	if err != nil {
		return nil, fmt.Errorf("tile %s: %w", id, err)
	}
	return body, nil
}

// clipped returns what of a figure lies in a window, in units from corner; nil
// when nothing is left.
func (f *figure) clipped(window orb.Bound, corner orb.Point) orb.Geometry {
	switch {
	case f.spot != nil:
		return f.point(window, corner)
	case f.lines != nil:
		return f.way(window, corner)
	}
	whole := window.Contains(f.box.Min) && window.Contains(f.box.Max)
	box := moved(window, corner)
	var m orb.MultiPolygon
	for _, face := range f.faces {
		var p orb.Polygon
		for k, line := range face {
			ring := orb.Ring(relative(line, corner))
			if !whole {
				ring = closedRing(clip.Ring(box, ring), k == 0)
			}
			if k == 0 && ring == nil {
				break
			}
			if ring != nil {
				p = append(p, ring)
			}
		}
		if p != nil {
			m = append(m, p)
		}
	}
	if m == nil {
		return nil
	}
	return m
}

// point returns the figure's point if it lies in the tile itself: a point needs
// no buffer, since a map draws its mark over the tile's edge. A point on the
// edge between two tiles is of the eastern or southern one alone.
func (f *figure) point(window orb.Bound, corner orb.Point) orb.Geometry {
	x, y := float64(f.spot.X)-corner[0], float64(f.spot.Y)-corner[1]
	if x < 0 || y < 0 || x >= Extent || y >= Extent {
		return nil
	}
	return orb.Point{x, y}
}

func (f *figure) way(window orb.Bound, corner orb.Point) orb.Geometry {
	box := moved(window, corner)
	var m orb.MultiLineString
	for _, line := range f.lines {
		for _, part := range clip.LineString(box, relative(line, corner)) {
			if part = orb.LineString(rounded(part)); len(part) > 1 {
				m = append(m, part)
			}
		}
	}
	if m == nil {
		return nil
	}
	return m
}

func moved(b orb.Bound, corner orb.Point) orb.Bound {
	return orb.Bound{
		Min: orb.Point{b.Min[0] - corner[0], b.Min[1] - corner[1]},
		Max: orb.Point{b.Max[0] - corner[0], b.Max[1] - corner[1]},
	}
}

// relative returns a copy of a line in units from corner.
func relative(line []shape.Spot, corner orb.Point) orb.LineString {
	out := make(orb.LineString, len(line))
	for i, s := range line {
		out[i] = orb.Point{float64(s.X) - corner[0], float64(s.Y) - corner[1]}
	}
	return out
}

// rounded puts points on whole units, in place, and drops those that repeat the
// one before.
func rounded(line []orb.Point) []orb.Point {
	for i, p := range line {
		line[i] = orb.Point{math.Round(p[0]), math.Round(p[1])}
	}
	return slices.Compact(line)
}

// closedRing returns a clipped ring on whole units, nil when it has no inside
// left: what rounding has folded over has none.
func closedRing(ring orb.Ring, outer bool) orb.Ring {
	r := orb.Ring(rounded(ring))
	if len(r) < 4 || (r.Orientation() > 0) != outer || r.Orientation() == 0 {
		return nil
	}
	return r
}

// Levels of compression: a tile is packed once and sent many times, but the
// first who asks for it waits.
const (
	gzipLevel   = 6
	brotliLevel = 5
)

// pack compresses a tile.
func pack(body []byte, e Encoding) ([]byte, error) {
	if e == Plain || body == nil {
		return body, nil
	}
	var out bytes.Buffer
	var err error
	if e == Brotli {
		w := brotli.NewWriterLevel(&out, brotliLevel)
		if _, err = w.Write(body); err == nil {
			err = w.Close()
		}
	} else {
		var w *gzip.Writer
		if w, err = gzip.NewWriterLevel(&out, gzipLevel); err == nil {
			if _, err = w.Write(body); err == nil {
				err = w.Close()
			}
		}
	}
	if err != nil {
		return nil, fmt.Errorf("pack a tile: %w", err)
	}
	return out.Bytes(), nil
}
