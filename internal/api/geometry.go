package api

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/paulmach/orb"
)

// geometryJSON writes a geometry in degrees of seven decimals, about a
// centimetre; one without any ground, or none at all, is null. Kinds other than
// points and polygons are a bug and panic.
func geometryJSON(g orb.Geometry) json.RawMessage { return geometryIn(g, appendPosition) }

// geometryIn writes a geometry with its positions as position writes them.
func geometryIn(g orb.Geometry, position func([]byte, orb.Point) []byte) json.RawMessage {
	switch g := g.(type) {
	case orb.Point:
		return append(position([]byte(`{"type":"Point","coordinates":`), g), '}')
	case orb.MultiPolygon:
		if len(g) == 0 {
			return json.RawMessage("null")
		}
		b := []byte(`{"type":"MultiPolygon","coordinates":`)
		b = appendList(b, g, func(b []byte, p orb.Polygon) []byte {
			return appendList(b, p, func(b []byte, r orb.Ring) []byte { return appendList(b, r, position) })
		})
		return append(b, '}')
	case nil:
		return json.RawMessage("null")
	}
	panic(fmt.Sprintf("api: geometry %T", g))
}

func appendList[S ~[]T, T any](b []byte, items S, one func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, item)
	}
	return append(b, ']')
}

func appendPosition(b []byte, p orb.Point) []byte {
	const decimals = 7
	b = strconv.AppendFloat(append(b, '['), p[0], 'f', decimals, 64)
	b = strconv.AppendFloat(append(b, ','), p[1], 'f', decimals, 64)
	return append(b, ']')
}
