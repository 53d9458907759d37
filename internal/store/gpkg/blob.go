package gpkg

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// nationalGrid is the id of the coordinates of every layer.
const nationalGrid = 27700

// blob encodes g as the standard asks (OGC 12-128r17, 2.1.3): a header, then
// well-known binary, all little-endian. All but points carry their bounds, and
// no ground at all is NULL.
func blob(g orb.Geometry) (any, error) {
	if hollow(g) {
		return nil, nil
	}
	const littleEndian, envelopeXY = 1, 1 << 1
	head := []byte{'G', 'P', 0, littleEndian}
	_, point := g.(orb.Point)
	if !point {
		head[3] |= envelopeXY
	}
	head = binary.LittleEndian.AppendUint32(head, nationalGrid)
	if !point {
		b := g.Bound()
		for _, v := range []float64{b.Min[0], b.Max[0], b.Min[1], b.Max[1]} {
			head = binary.LittleEndian.AppendUint64(head, math.Float64bits(v))
		}
	}
	body, err := wkb.Marshal(g, binary.LittleEndian)
	if err != nil {
		return nil, err
	}
	return append(head, body...), nil
}

// hollow reports whether g is a polygon without ground.
func hollow(g orb.Geometry) bool {
	m, ok := g.(orb.MultiPolygon)
	return ok && len(m) == 0
}

// widened returns b grown to hold g.
func widened(b orb.Bound, g orb.Geometry) orb.Bound {
	switch {
	case hollow(g):
		return b
	case b.IsEmpty():
		return g.Bound()
	}
	return b.Union(g.Bound())
}
