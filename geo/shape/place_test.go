package shape_test

import (
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
)

func TestPointInside(t *testing.T) {
	w := shape.NewWorker()
	// A U whose middle, (5, 6), is outside: 10 x 10 m less 6 x 8.
	u := orb.MultiPolygon{{{{0, 0}, {10, 0}, {10, 10}, {8, 10}, {8, 2}, {2, 2}, {2, 10}, {0, 10}, {0, 0}}}}
	thin := box(0, 0, 1000, 0.001)
	for _, tt := range []struct {
		name string
		m    orb.MultiPolygon
	}{
		{"square", box(0, 0, 10, 10)}, {"frame", frame}, {"u", u}, {"thin", thin},
		{"two parts", append(box(0, 0, 1, 1), box(50, 0, 60, 10)...)},
		{"star", star(4, 100)},
	} {
		at, err := w.PointInside(tt.m)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		// Inside, and not on the edge: it is not in what is left outside either.
		outside, err := w.Difference(box(-2000, -2000, 2000, 2000), tt.m)
		if err != nil {
			t.Fatal(err)
		}
		if !covers(t, w, tt.m, at) || covers(t, w, outside, at) {
			t.Errorf("%s: %v is not in the interior", tt.name, at)
		}
		if again, err := shape.NewWorker().PointInside(tt.m); err != nil || again != at {
			t.Errorf("%s: %v, then %v, %v", tt.name, at, again, err)
		}
	}
	for _, m := range []orb.MultiPolygon{nil, {}, {{}}} {
		if at, err := w.PointInside(m); !errors.Is(err, shape.ErrEmpty) {
			t.Errorf("PointInside(%#v) = %v, %v, want ErrEmpty", m, at, err)
		}
	}
}

func covers(t *testing.T, w *shape.Worker, m orb.MultiPolygon, at orb.Point) bool {
	t.Helper()
	p, err := w.Prepare(m)
	if err != nil {
		t.Fatal(err)
	}
	return p.Covers(at)
}

func TestNear(t *testing.T) {
	w := shape.NewWorker()
	a := box(0, 0, 10, 10)
	inf, nan := geo.Metres(math.Inf(1)), geo.Metres(math.NaN())
	for _, tt := range []struct {
		name      string
		b         orb.MultiPolygon
		tolerance geo.Metres
		want      bool
	}{
		{"shared edge", box(10, 0, 20, 10), 0, true},
		{"part of an edge", box(10, 4, 20, 6), 0, true},
		{"corner", box(10, 10, 20, 20), 0, true},
		{"inside", box(4, 4, 6, 6), 0, true},
		{"itself", a, 0, true},
		{"a millimetre away", box(10.001, 0, 20, 10), 0, false},
		{"a millimetre away, a centimetre allowed", box(10.001, 0, 20, 10), 0.01, true},
		{"exactly the tolerance", box(13, 0, 20, 10), 3, true},
		{"a hair more", box(13.000001, 0, 20, 10), 3, false},
		{"corners, 3-4-5 triangle", box(13, 14, 20, 20), 5, true},
		{"corners, bounds within but not the corners", box(13, 14, 20, 20), 4.99, false},
		{"empty", nil, 1000, false},
	} {
		for _, pair := range [][2]orb.MultiPolygon{{a, tt.b}, {tt.b, a}} {
			got, err := w.Near(pair[0], pair[1], tt.tolerance)
			if err != nil || got != tt.want {
				t.Errorf("%s: Near(%v, %v, %v) = %v, %v, want %v", tt.name, pair[0], pair[1], tt.tolerance, got, err, tt.want)
			}
			if tt.tolerance != 0 {
				continue
			}
			if got, err := w.Touching(pair[0], pair[1]); err != nil || got != tt.want {
				t.Errorf("%s: Touching = %v, %v, want %v", tt.name, got, err, tt.want)
			}
		}
	}
	if got, err := w.Near(frame, box(4, 4, 6, 6), 1.999); err != nil || got {
		t.Errorf("in a hole, 2 m from its edge: Near = %v, %v, want false", got, err)
	}
	for _, bad := range []geo.Metres{-1, inf, nan} {
		if _, err := w.Near(a, a, bad); !errors.Is(err, shape.ErrTolerance) {
			t.Errorf("Near with tolerance %v: %v, want ErrTolerance", bad, err)
		}
	}
}

func TestCovers(t *testing.T) {
	w := shape.NewWorker()
	p, err := w.Prepare(append(frame.Clone(), box(20, 0, 30, 10)...))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		at   orb.Point
		want bool
	}{
		{"inside", orb.Point{1, 1}, true},
		{"inside the other part", orb.Point{25, 5}, true},
		{"on an edge", orb.Point{0, 5}, true},
		{"on a corner", orb.Point{10, 10}, true},
		{"on the edge of the hole", orb.Point{2, 5}, true},
		{"on a corner of the hole", orb.Point{8, 8}, true},
		{"in the hole", orb.Point{5, 5}, false},
		{"between the parts", orb.Point{15, 5}, false},
		{"a micrometre outside", orb.Point{-0.000001, 5}, false},
		{"far away", orb.Point{1e6, 1e6}, false},
		{"nowhere", orb.Point{math.NaN(), 5}, false},
		{"nowhere else", orb.Point{5, math.NaN()}, false},
		{"infinitely far", orb.Point{math.Inf(1), 5}, false},
	} {
		if got := p.Covers(tt.at); got != tt.want {
			t.Errorf("%s: Covers(%v) = %v, want %v", tt.name, tt.at, got, tt.want)
		}
	}
	if covers(t, w, nil, orb.Point{0, 0}) {
		t.Error("an empty polygon covers (0, 0)")
	}
}
