package shape_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// square is 10 m by 10 m, 100 m².
var square = orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}

func clockwise(x0, y0, x1, y1 float64) orb.Ring {
	return orb.Ring{{x0, y0}, {x0, y1}, {x1, y1}, {x1, y0}, {x0, y0}}
}

// awkward are the shapes that published boundaries go wrong in. Area and parts
// are those of the ground they cover, by hand; reason is what MakeValid says,
// empty for shapes that look wrong but are valid.
var awkward = []struct {
	name   string
	m      orb.MultiPolygon
	area   float64 // m²
	parts  int
	reason string
}{
	{"empty", nil, 0, 0, ""},
	{"no rings", orb.MultiPolygon{{}}, 0, 0, ""},
	{"empty outer ring", orb.MultiPolygon{{{}}}, 0, 0, ""},
	{"plain", orb.MultiPolygon{{square}}, 100, 1, ""},
	{"clockwise", orb.MultiPolygon{{{{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}}}, 100, 1, ""},
	{"duplicate points", orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}, {0, 0}}}}, 100, 1, ""},
	{"parts that meet at a corner", append(box(0, 0, 10, 10), box(10, 10, 20, 20)...), 200, 2, ""},
	// 100 less two holes of 2 x 2.
	{"holes that meet at a corner", orb.MultiPolygon{{square, ring(2, 2, 4, 4), ring(4, 4, 6, 6)}}, 92, 1, ""},
	{"hole that meets the outer ring at a corner", orb.MultiPolygon{{square, {{0, 0}, {3, 1}, {1, 3}, {0, 0}}}}, 96, 1, ""}, // 100 less (3x3 - 1x1) / 2

	// Two triangles of base 10 and height 5.
	{"bow-tie", orb.MultiPolygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}, 50, 2, "Self-intersection at 5.0 5.0"},
	{"nested shells", append(box(0, 0, 10, 10), box(2, 2, 4, 4)...), 100, 1, "Nested shells at"},
	// The inner one runs the other way round: a hole written as a part. 100 less 2 x 2.
	{"nested shells, one clockwise", orb.MultiPolygon{{square}, {clockwise(2, 2, 4, 4)}}, 96, 1, "Nested shells at"},
	{"nested shells, the outer one clockwise", orb.MultiPolygon{{ring(2, 2, 4, 4)}, {clockwise(0, 0, 10, 10)}}, 96, 1, "Nested shells at"},
	// A lake of 6 x 6 with an island of 2 x 2: 100 - 36 + 4.
	{"an island in a lake, each a part", orb.MultiPolygon{{square}, {clockwise(2, 2, 8, 8)}, {ring(4, 4, 6, 6)}}, 68, 2, "Nested shells at"},
	// The lake with its island as a hole of the lake.
	{"an island as the hole of a lake", orb.MultiPolygon{{square}, {clockwise(2, 2, 8, 8), ring(4, 4, 6, 6)}}, 68, 2, "Nested shells at"},
	{"parts that overlap, one clockwise", orb.MultiPolygon{{square}, {clockwise(5, 0, 15, 10)}}, 150, 1, "Self-intersection at"},
	{"the same part twice, once clockwise", orb.MultiPolygon{{square}, {clockwise(0, 0, 10, 10)}}, 100, 1, "Self-intersection at"},
	{"the same part twice", append(box(0, 0, 10, 10), box(0, 0, 10, 10)...), 100, 1, "Self-intersection at"},
	// 100 + 100 less the 5 x 10 they share.
	{"parts that overlap", append(box(0, 0, 10, 10), box(5, 0, 15, 10)...), 150, 1, "Self-intersection at"},
	{"parts that share an edge", append(box(0, 0, 10, 10), box(10, 0, 20, 10)...), 200, 1, "Self-intersection at"},
	{"hole outside", orb.MultiPolygon{{square, ring(20, 0, 22, 2)}}, 100, 1, "Hole lies outside shell at"},
	// The hole of 4 x 4 takes only the half within.
	{"hole half outside", orb.MultiPolygon{{square, ring(8, 2, 12, 6)}}, 92, 1, "Self-intersection at"},
	{"hole along the edge", orb.MultiPolygon{{square, ring(0, 2, 4, 6)}}, 84, 1, "Self-intersection at"},
	{"hole as large as the outer ring", orb.MultiPolygon{{square, square}}, 0, 0, "Self-intersection at"},
	{"hole larger than the outer ring", orb.MultiPolygon{{square, ring(-1, -1, 11, 11)}}, 0, 0, "Hole lies outside shell at"},
	// Two holes of 4 x 4 that share 2 x 4 take 24.
	{"holes that overlap", orb.MultiPolygon{{square, ring(2, 2, 6, 6), ring(4, 2, 8, 6)}}, 76, 1, "Self-intersection at"},
	{"holes that share an edge", orb.MultiPolygon{{square, ring(2, 2, 4, 6), ring(4, 2, 6, 6)}}, 84, 1, "Self-intersection at"},
	{"hole in a hole", orb.MultiPolygon{{square, ring(2, 2, 8, 8), ring(4, 4, 6, 6)}}, 64, 1, "Holes are nested at"},
	// A diamond of diagonals 10 and 10 touches all four sides: 100 less 50, four corners left.
	{"hole that cuts the inside up", orb.MultiPolygon{{square, {{5, 0}, {10, 5}, {5, 10}, {0, 5}, {5, 0}}}}, 50, 4, "Interior is disconnected at"},
	{"spike outwards", orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 10}, {5, 10}, {5, 15}, {5, 10}, {0, 10}, {0, 0}}}}, 100, 1, "Ring Self-intersection at"},
	{"spike inwards", orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 10}, {5, 10}, {5, 5}, {5, 10}, {0, 10}, {0, 0}}}}, 100, 1, "Ring Self-intersection at"},
	{"run around twice", orb.MultiPolygon{{append(square[:4:4], square...)}}, 100, 1, "Ring Self-intersection at"},
	{"zero area, a line", orb.MultiPolygon{{{{0, 0}, {10, 0}, {5, 0}, {0, 0}}}}, 0, 0, "Self-intersection at 5.0 0.0"},
	{"zero area, a point", orb.MultiPolygon{{{{3, 4}, {3, 4}, {3, 4}, {3, 4}}}}, 0, 0, "Too few points"},
	{"a part without area", append(box(0, 0, 10, 10), orb.Polygon{{{20, 0}, {30, 0}, {20, 0}, {20, 0}}}), 100, 1, "Too few points"},
	{"a hole without area", orb.MultiPolygon{{square, {{2, 2}, {4, 2}, {2, 2}, {2, 2}}}}, 100, 1, "Too few points"},
	{"not closed", orb.MultiPolygon{{square[:4]}}, 100, 1, "ring not closed at 0.0 0.0"},
	{"two points", orb.MultiPolygon{{{{0, 0}, {1, 1}, {0, 0}}}}, 0, 0, "ring of fewer than four vertices at 0.0 0.0"},
	{"one point", orb.MultiPolygon{{{{5, 5}}}}, 0, 0, "ring of fewer than four vertices at 5.0 5.0"},
	{"holes of nothing", orb.MultiPolygon{{{}, square}}, 0, 0, "holes without an outer ring"},
}

func TestMakeValidAwkward(t *testing.T) {
	w := shape.NewWorker()
	for _, tt := range awkward {
		got, reason, err := w.MakeValid(tt.m)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if !strings.HasPrefix(reason, tt.reason) || (reason == "") != (tt.reason == "") {
			t.Errorf("%s: reason %q, want %q", tt.name, reason, tt.reason)
		}
		if reason == "" && !cmp.Equal(got, tt.m) {
			t.Errorf("%s: changed to %v though valid", tt.name, got)
		}
		if a := shape.Area(got); a != tt.area {
			t.Errorf("%s: area %v m², want %v, from %v", tt.name, a, tt.area, got)
		}
		if reason != "" && len(got) != tt.parts {
			t.Errorf("%s: %d parts, want %d: %v", tt.name, len(got), tt.parts, got)
		}
		if !w.Valid(got) {
			t.Errorf("%s: %v is still invalid", tt.name, got)
		}
		if valid := w.Valid(tt.m); valid != (tt.reason == "") {
			t.Errorf("%s: Valid = %v, want %v", tt.name, valid, tt.reason == "")
		}
		if diff := cmp.Diff(shape.Wind(got), got); reason != "" && diff != "" {
			t.Errorf("%s: not wound as RFC 7946 asks (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Whatever GEOS is given, it gives an answer or an error, and mending twice
// changes nothing.
func TestMakeValidTwice(t *testing.T) {
	w := shape.NewWorker()
	for _, tt := range awkward {
		once, _, err := w.MakeValid(tt.m)
		if err != nil {
			t.Fatal(err)
		}
		twice, reason, err := w.MakeValid(once)
		if err != nil || reason != "" || !cmp.Equal(once, twice) {
			t.Errorf("%s: mended again: %v, %q, %v", tt.name, twice, reason, err)
		}
	}
}

func TestNotFinite(t *testing.T) {
	w := shape.NewWorker()
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, 2e9} {
		m := orb.MultiPolygon{{{{0, 0}, {10, v}, {10, 10}, {0, 0}}}}
		if w.Valid(m) {
			t.Errorf("Valid with %v = true", v)
		}
		ok := box(0, 0, 10, 10)
		for name, f := range map[string]func() error{
			"MakeValid":    func() error { _, _, err := w.MakeValid(m); return err },
			"Union":        func() error { _, err := w.Union(ok, m); return err },
			"Intersection": func() error { _, err := w.Intersection(ok, m); return err },
			"Difference":   func() error { _, err := w.Difference(m, ok); return err },
			"Share":        func() error { _, err := w.Share(m, ok); return err },
			"PointInside":  func() error { _, err := w.PointInside(m); return err },
			"Touching":     func() error { _, err := w.Touching(ok, m); return err },
			"Near":         func() error { _, err := w.Near(m, ok, 1); return err },
			"Prepare":      func() error { _, err := w.Prepare(m); return err },
			"Dissolve":     func() error { _, err := w.Dissolve([]orb.MultiPolygon{m, ok}); return err },
		} {
			if err := f(); !errors.Is(err, shape.ErrNotFinite) {
				t.Errorf("%s with %v: %v, want ErrNotFinite", name, v, err)
			}
		}
	}
}

// Operations on shapes that were not mended first fail with ErrInvalid or give
// some answer; they never panic.
func TestInvalidInput(t *testing.T) {
	w := shape.NewWorker()
	ok := box(1, 1, 12, 12)
	failed := 0
	for _, tt := range awkward {
		for name, f := range map[string]func() error{
			"Union":        func() error { _, err := w.Union(ok, tt.m); return err },
			"Intersection": func() error { _, err := w.Intersection(ok, tt.m); return err },
			"Difference":   func() error { _, err := w.Difference(tt.m, ok); return err },
			"Share":        func() error { _, err := w.Share(tt.m, ok); return err },
			"PointInside":  func() error { _, err := w.PointInside(tt.m); return err },
			"Touching":     func() error { _, err := w.Touching(ok, tt.m); return err },
			"Near":         func() error { _, err := w.Near(tt.m, ok, 1); return err },
			"Prepare":      func() error { _, err := w.Prepare(tt.m); return err },
			"Dissolve":     func() error { _, err := w.Dissolve([]orb.MultiPolygon{tt.m, ok}); return err },
		} {
			err := f()
			if err == nil {
				continue
			}
			failed++
			if !errors.Is(err, shape.ErrInvalid) && !errors.Is(err, shape.ErrEmpty) {
				t.Errorf("%s of %s: %v, want ErrInvalid or ErrEmpty", name, tt.name, err)
			}
			if tt.reason == "" && !errors.Is(err, shape.ErrEmpty) {
				t.Errorf("%s of %s: %v, but it is valid", name, tt.name, err)
			}
		}
	}
	if failed == 0 {
		t.Error("nothing failed: the test does not reach what it is for")
	}
}
