package shape

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geos"
)

// Valid reports whether m is valid: rings closed and of four vertices or more,
// not crossing themselves or one another, holes inside their outer ring, parts
// that meet at single points at most, an inside that hangs together. An empty m
// is valid; one with a coordinate that is not a usable number is not.
func (w *Worker) Valid(m orb.MultiPolygon) bool {
	ok, err := try("validity", func() bool {
		if fault(m) != "" {
			return false
		}
		g, err := w.read("validity", m)
		return err == nil && g.IsValid()
	})
	return ok && err == nil
}

// MakeValid returns m unchanged, sharing its memory, with an empty reason when
// it is valid. Else it returns a valid polygon that covers the same ground and
// what was wrong with m first, with the place: "Self-intersection at or near
// 570123.0 161234.0".
//
// The same ground means: every outer ring less its holes, all put together. A
// part inside another part, or overlapping it, adds nothing twice; a hole that
// lies outside its outer ring takes nothing away; a ring that crosses itself
// covers each piece it runs around; spikes, lines and points vanish. A ring
// that is not closed is closed. What covers no ground at all becomes empty.
//
// The error is ErrNotFinite, or an Error when GEOS cannot mend m.
func (w *Worker) MakeValid(m orb.MultiPolygon) (mended orb.MultiPolygon, reason string, err error) {
	const op = "make valid"
	defer guard(op, &err)
	reason = fault(m)
	closed := m
	if reason != "" {
		closed = closeRings(m)
	}
	g, err := w.read(op, closed)
	if err != nil {
		return nil, "", err
	}
	if reason == "" {
		if g.IsValid() {
			return m, "", nil
		}
		reason = g.IsValidReason()
	}
	// The structure method takes rings for what they claim to be; the linework
	// method would make a hole of ground that two parts both cover.
	g = g.MakeValidWithParams(geos.MakeValidStructure, geos.MakeValidDiscardCollapsed)
	mended, err = w.write(op, g)
	return mended, reason, err
}

// fault returns what keeps a ring of m from being a ring, with its first
// vertex, or nothing.
func fault(m orb.MultiPolygon) string {
	for _, p := range m {
		for i, r := range p {
			switch {
			case len(r) == 0 && i == 0 && len(p) > 1:
				return "holes without an outer ring"
			case len(r) == 0:
			case r[0] != r[len(r)-1]:
				return fmt.Sprintf("ring not closed at %.1f %.1f", r[0][0], r[0][1])
			case len(r) < 4:
				return fmt.Sprintf("ring of fewer than four vertices at %.1f %.1f", r[0][0], r[0][1])
			}
		}
	}
	return ""
}

// closeRings returns m with every ring closed, without rings too short to hold
// any ground, and without the holes of an outer ring that is.
func closeRings(m orb.MultiPolygon) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, p := range m {
		var q orb.Polygon
		for i, r := range p {
			c := closeRing(r)
			if c == nil && i == 0 {
				break
			}
			if c != nil {
				q = append(q, c)
			}
		}
		if q != nil {
			out = append(out, q)
		}
	}
	return out
}

// closeRing returns r closed, or nil when fewer than three vertices are left.
func closeRing(r orb.Ring) orb.Ring {
	if len(r) > 0 && r[0] != r[len(r)-1] {
		r = append(r[:len(r):len(r)], r[0])
	}
	if len(r) < 4 {
		return nil
	}
	return r
}
