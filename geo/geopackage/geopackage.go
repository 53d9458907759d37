// Package geopackage writes and reads geometries as a GeoPackage keeps them: a
// header, then well-known binary. Tables, and what becomes of them, are for its
// callers.
//
// Source: OGC 12-128r19, GeoPackage Encoding Standard 1.4, clause 2.1.3.1.1.
package geopackage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// NationalGrid is the id of the reference system of what Marshal writes: the
// number that EPSG gives British National Grid.
const NationalGrid = 27700

// ErrDamaged means that bytes are no geometry of a GeoPackage.
var ErrDamaged = errors.New("want a GeoPackage geometry")

const (
	headSize     = 8 // "GP", version, flags, id of the reference system
	littleEndian = 1 << 0
	envelopeXY   = 1 << 1
	isEmpty      = 1 << 4
)

// Marshal encodes g, which is in EPSG:27700, all of it little-endian. All but
// points carry their bounds. Multipolygons without a polygon are nil, which a
// database keeps as NULL.
func Marshal(g orb.Geometry) ([]byte, error) {
	if m, ok := g.(orb.MultiPolygon); ok && len(m) == 0 {
		return nil, nil
	}
	_, point := g.(orb.Point)
	head := []byte{'G', 'P', 0, littleEndian}
	if !point {
		head[3] |= envelopeXY
	}
	head = binary.LittleEndian.AppendUint32(head, NationalGrid)
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

// WKB returns the well-known binary of a geometry that any program may have
// written: of either byte order, with any bounds. It is nil when the geometry is
// empty or there are no bytes, and part of blob otherwise, not a copy. It is not
// looked at: the body may be damaged where the header is not. The error wraps
// ErrDamaged.
func WKB(blob []byte) ([]byte, error) {
	if len(blob) == 0 {
		return nil, nil
	}
	if len(blob) < headSize || blob[0] != 'G' || blob[1] != 'P' {
		return nil, ErrDamaged
	}
	flags := blob[3]
	envelope, ok := map[byte]int{0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[flags>>1&7]
	switch {
	case !ok || len(blob) < headSize+envelope:
		return nil, fmt.Errorf("%w: the envelope is cut off or of no known kind", ErrDamaged)
	case flags&isEmpty != 0:
		return nil, nil
	}
	return blob[headSize+envelope:], nil
}
