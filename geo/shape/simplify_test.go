package shape_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"hubreach/geo"
	"hubreach/geo/shape"
)

func vertices(m orb.MultiPolygon) int {
	n := 0
	for _, p := range m {
		for _, r := range p {
			n += len(r)
		}
	}
	return n
}

func TestSimplify(t *testing.T) {
	w := shape.NewWorker()
	for _, tt := range []struct {
		name      string
		m         orb.MultiPolygon
		tolerance geo.Metres
		vertices  int
		area      float64
	}{
		{"nothing to remove", box(0, 0, 10, 10), 1, 5, 100},
		{"a vertex on the line", orb.MultiPolygon{{{{0, 0}, {5, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}}}, 0.1, 5, 100},
		{"a vertex a metre off the line", orb.MultiPolygon{{{{0, 0}, {5, 1}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}}}, 1.1, 5, 100},
		// The notch of 10 x 1 / 2 stays.
		{"a vertex further off", orb.MultiPolygon{{{{0, 0}, {5, 1}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}}}, 0.9, 6, 95},
		{"a polygon smaller than the tolerance is kept", append(box(0, 0, 1000, 1000), box(2000, 0, 2001, 1)...), 50, 10, 1_000_001},
		{"a hole is kept", orb.MultiPolygon{{ring(0, 0, 1000, 1000), ring(500, 500, 501, 501)}}, 50, 10, 999_999},
		{"empty", nil, 5, 0, 0},
	} {
		got, err := w.Simplify(tt.m, tt.tolerance)
		if err != nil || vertices(got) != tt.vertices || shape.Area(got) != tt.area {
			t.Errorf("%s: %d vertices, %v m², %v, want %d, %v: %v", tt.name, vertices(got), shape.Area(got), err, tt.vertices, tt.area, got)
		}
		if !w.Valid(got) {
			t.Errorf("%s: %v is not valid", tt.name, got)
		}
	}
}

func TestSimplifyStaysNear(t *testing.T) {
	w := shape.NewWorker()
	for seed := range uint64(50) {
		m := star(seed, 200)
		for _, tolerance := range []geo.Metres{0, 1, 20, 200} {
			s, err := w.Simplify(m, tolerance)
			if err != nil || !w.Valid(s) || vertices(s) > vertices(m) {
				t.Fatalf("seed %d, tolerance %v: %d vertices, %v", seed, tolerance, vertices(s), err)
			}
			for _, v := range m[0][0] {
				if d := geo.Metres(planar.DistanceFrom(s[0][0], v)); d > tolerance+1e-9 {
					t.Errorf("seed %d: %v is %v m from the simplified line, want at most %v", seed, v, d, tolerance)
				}
			}
		}
	}
}
