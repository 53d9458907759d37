package shape

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
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
// what was wrong with m first, with the place: "Self-intersection at 576123.0
// 161234.0".
//
// The same ground means: of each part, what its outer ring runs around less
// what its holes run around, and all parts put together. So a part inside or
// across another adds nothing twice, a hole outside its outer ring takes
// nothing away, two holes may overlap, a ring that crosses itself covers each
// piece it runs around, and spikes, lines and points vanish. A ring that is not
// closed is closed. What covers no ground becomes empty. But a part that lies
// inside another and runs the other way round is a hole: see mend.
//
// The error wraps ErrNotFinite, or is what GEOS said when it could not mend m.
func (w *Worker) MakeValid(m orb.MultiPolygon) (mended orb.MultiPolygon, reason string, err error) {
	const op = "make valid"
	defer guard(op, &err)
	if !finite(m) {
		return nil, "", &Error{Op: op, Err: ErrNotFinite}
	}
	if reason = fault(m); reason == "" {
		g, err := w.read(op, m)
		if err != nil {
			return nil, "", err
		}
		if g.IsValid() {
			return m, "", nil
		}
		reason = readable(g.IsValidReason())
	}
	mended, err = w.mend(m)
	return mended, reason, err
}

// readable writes the place that GEOS puts in brackets, "Self-intersection[1.5 2]",
// to a tenth of a metre: "Self-intersection at 1.5 2.0".
func readable(reason string) string {
	what, place, _ := strings.Cut(reason, "[")
	var x, y float64
	if _, err := fmt.Sscanf(place, "%g %g]", &x, &y); err != nil {
		return reason
	}
	return fmt.Sprintf("%s at %.1f %.1f", what, x, y)
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
