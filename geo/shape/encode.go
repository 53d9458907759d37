package shape

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// farthest is the largest coordinate taken, in metres: the square of it, and
// sums of many squares, are still exact enough to tell inside from outside.
// The whole British National Grid is within 1.3 million.
const farthest = 1e9

// encode writes m as well-known binary, without parts that have no outer ring
// and without empty holes.
func encode(m orb.MultiPolygon) ([]byte, error) {
	if !finite(m) {
		return nil, ErrNotFinite
	}
	c := compact(m)
	if c == nil { // orb writes nothing at all for nil
		c = orb.MultiPolygon{}
	}
	return wkb.Marshal(c)
}

// decode reads the polygons of a well-known binary geometry of any type.
func decode(b []byte) (orb.MultiPolygon, error) {
	g, err := wkb.Unmarshal(b)
	if err != nil {
		return nil, err
	}
	return polygons(nil, g), nil
}

// polygons appends the polygons of g, at any depth, to m.
func polygons(m orb.MultiPolygon, g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		if len(g) > 0 && len(g[0]) > 0 {
			m = append(m, g)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			m = polygons(m, p)
		}
	case orb.Collection:
		for _, part := range g {
			m = polygons(m, part)
		}
	}
	return m
}

func finite(m orb.MultiPolygon) bool {
	for _, p := range m {
		for _, r := range p {
			for _, v := range r {
				// Written so that a NaN fails.
				if !(math.Abs(v[0]) <= farthest && math.Abs(v[1]) <= farthest) {
					return false
				}
			}
		}
	}
	return true
}

// compact returns m itself when it has nothing empty in it.
func compact(m orb.MultiPolygon) orb.MultiPolygon {
	if !hollow(m) {
		return m
	}
	var c orb.MultiPolygon
	for _, p := range m {
		if len(p) == 0 || len(p[0]) == 0 {
			continue
		}
		var q orb.Polygon
		for _, r := range p {
			if len(r) > 0 {
				q = append(q, r)
			}
		}
		c = append(c, q)
	}
	return c
}

// hollow reports whether m has a part or ring with nothing in it.
func hollow(m orb.MultiPolygon) bool {
	for _, p := range m {
		if len(p) == 0 {
			return true
		}
		for _, r := range p {
			if len(r) == 0 {
				return true
			}
		}
	}
	return false
}
