package reach

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// Piece is a part of an area that lies in the same catchments throughout.
type Piece struct {
	Share float64 // of the area, in (0, 1]
	In    []int32 // the catchments that hold it, by ascending index
}

// Areal cuts an area along overlapping catchments. The shares of the pieces that
// lie in at least one of any set of catchments add up to the share of the area
// under their union, so that every set of open places is a sum and no polygon is
// touched again. The piece that no catchment holds is one of them, with an empty
// In; an area without ground has no pieces.
//
// Pieces come in the order of In. area and the catchments must be valid and in
// one system of metres; the error is that of package shape.
func Areal(w *shape.Worker, area orb.MultiPolygon, catchments []orb.MultiPolygon) ([]Piece, error) {
	whole := float64(shape.Area(area))
	if whole == 0 {
		return nil, nil
	}
	parts := []part{{ground: area}}
	bound := area.Bound()
	for i, c := range catchments {
		if len(c) == 0 || !c.Bound().Intersects(bound) {
			continue
		}
		var next []part
		for _, p := range parts {
			in, out, err := p.cut(w, int32(i), c)
			if err != nil {
				return nil, fmt.Errorf("cut an area along catchment %d: %w", i+1, err)
			}
			for _, q := range []part{in, out} {
				if len(q.ground) > 0 {
					next = append(next, q)
				}
			}
		}
		parts = next
	}
	return pieces(parts, whole), nil
}

// part is ground on the way to becoming a piece.
type part struct {
	ground orb.MultiPolygon
	in     []int32
}

func (p part) cut(w *shape.Worker, i int32, c orb.MultiPolygon) (in, out part, err error) {
	if !p.ground.Bound().Intersects(c.Bound()) {
		return part{}, p, nil
	}
	in.in, out.in = append(slices.Clip(p.in), i), p.in
	if in.ground, err = w.Intersection(p.ground, c); err != nil {
		return in, out, err
	}
	if len(in.ground) == 0 {
		return part{}, p, nil
	}
	out.ground, err = w.Difference(p.ground, c)
	return in, out, err
}

// pieces measures the parts. A part without area, a hair between two outlines,
// is left out.
func pieces(parts []part, whole float64) []Piece {
	var out []Piece
	for _, p := range parts {
		if a := float64(shape.Area(p.ground)); a > 0 {
			out = append(out, Piece{min(1, a/whole), p.in})
		}
	}
	slices.SortFunc(out, func(a, b Piece) int { return cmp.Or(slices.Compare(a.In, b.In), cmp.Compare(a.Share, b.Share)) })
	return out
}
