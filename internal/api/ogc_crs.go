package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
)

// errParameter means a parameter that a question cannot have, or a value that it
// cannot have. The standard asks for status 400.
var errParameter = errors.New("bad parameter")

// crs is a system of coordinates that features can be asked in.
type crs struct {
	uri      string
	onGrid   bool // metres of the National Grid, else degrees
	swapped  bool // latitude before longitude
	decimals int
}

// The systems. Longitude before latitude is the standard's own; a metre has two
// decimals, a degree seven: each about a centimetre.
var (
	crs84     = crs{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", false, false, 7}
	wgs84     = crs{"http://www.opengis.net/def/crs/EPSG/0/4326", false, true, 7}
	grid27700 = crs{"http://www.opengis.net/def/crs/EPSG/0/27700", true, false, 2}
	crsList   = []crs{crs84, wgs84, grid27700}
)

// system reads a parameter that names a system; without it, it is CRS84.
func (q *ogcRequest) system(parameter string) (crs, error) {
	if !q.query.Has(parameter) {
		return crs84, nil
	}
	uri := q.query.Get(parameter)
	var names []string
	for _, s := range crsList {
		if s.uri == uri {
			return s, nil
		}
		names = append(names, s.uri)
	}
	return crs{}, fmt.Errorf("%w: %s=%.80s: want one of %s", errParameter, parameter, uri, strings.Join(names, ", "))
}

// geometry writes where a feature lies in a system.
func (c crs) geometry(f *ogcFeature) json.RawMessage {
	g := f.degrees
	if c.onGrid {
		g = f.grid
	}
	return geometryIn(g, func(b []byte, p orb.Point) []byte {
		if c.swapped {
			p[0], p[1] = p[1], p[0]
		}
		b = strconv.AppendFloat(append(b, '['), p[0], 'f', c.decimals, 64)
		b = strconv.AppendFloat(append(b, ','), p[1], 'f', c.decimals, 64)
		return append(b, ']')
	})
}

// boxes reads bbox: west, south, east, north, or with heights after south and
// north, which nothing here has. It returns two boxes for one in degrees that
// begins in the east and ends in the west, since it goes round the world.
func (q *ogcRequest) boxes(in crs) ([]orb.Bound, error) {
	if !q.query.Has("bbox") {
		return nil, nil
	}
	text := q.query.Get("bbox")
	fault := fmt.Errorf("%w: bbox=%.80s: want four numbers, least corner first, or six with heights, with commas between", errParameter, text)
	parts := strings.Split(text, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return nil, fault
	}
	var v []float64
	for _, p := range parts {
		n, err := strconv.ParseFloat(p, 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, fault
		}
		v = append(v, n)
	}
	if len(v) == 6 {
		v = []float64{v[0], v[1], v[3], v[4]}
	}
	if in.swapped {
		v = []float64{v[1], v[0], v[3], v[2]}
	}
	b := orb.Bound{Min: orb.Point{v[0], v[1]}, Max: orb.Point{v[2], v[3]}}
	switch {
	case b.Min[1] > b.Max[1], in.onGrid && b.Min[0] > b.Max[0]:
		return nil, fault
	case b.Min[0] > b.Max[0]:
		return []orb.Bound{{Min: b.Min, Max: orb.Point{180, b.Max[1]}}, {Min: orb.Point{-180, b.Min[1]}, Max: b.Max}}, nil
	}
	return []orb.Bound{b}, nil
}

// meets reports whether a geometry and a box have a point in common, edges
// included.
func meets(g orb.Geometry, b orb.Bound) bool {
	switch g := g.(type) {
	case orb.Point:
		return b.Contains(g)
	case orb.MultiPolygon:
		if len(g) == 0 || !g.Bound().Intersects(b) {
			return false
		}
		for _, p := range g {
			for _, ring := range p {
				if len(clip.LineString(b, orb.LineString(ring))) > 0 {
					return true
				}
			}
		}
		return planar.MultiPolygonContains(g, b.Min) // the box may lie inside
	}
	return false
}
