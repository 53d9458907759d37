package shape_test

import (
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// box is the axis-parallel rectangle from (x0, y0) to (x1, y1), anticlockwise.
func box(x0, y0, x1, y1 float64) orb.MultiPolygon {
	return orb.MultiPolygon{{ring(x0, y0, x1, y1)}}
}

func ring(x0, y0, x1, y1 float64) orb.Ring {
	return orb.Ring{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}
}

// Two squares of 100 m² that overlap in 5 x 10 m.
func TestTwoSquares(t *testing.T) {
	w := shape.NewWorker()
	a, b := box(0, 0, 10, 10), box(5, 0, 15, 10)
	tests := []struct {
		name string
		op   func() (orb.MultiPolygon, error)
		want float64 // m²
	}{
		{"union", func() (orb.MultiPolygon, error) { return w.Union(a, b) }, 150},
		{"union of none", func() (orb.MultiPolygon, error) { return w.Union() }, 0},
		{"intersection", func() (orb.MultiPolygon, error) { return w.Intersection(a, b) }, 50},
		{"intersection along an edge", func() (orb.MultiPolygon, error) { return w.Intersection(a, box(10, 0, 20, 10)) }, 0},
		{"difference", func() (orb.MultiPolygon, error) { return w.Difference(a, b) }, 50},
	}
	for _, tt := range tests {
		got, err := tt.op()
		if err != nil || shape.Area(got) != tt.want {
			t.Errorf("%s: area %v, error %v, want area %v", tt.name, shape.Area(got), err, tt.want)
		}
		if !w.Valid(got) {
			t.Errorf("%s: %v is not valid", tt.name, got)
		}
	}
	if got, err := w.Share(a, b); err != nil || got != 0.5 {
		t.Errorf("Share = %v, %v, want 0.5", got, err)
	}
}
