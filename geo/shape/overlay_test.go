package shape_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// frame is a square of 10 m with a hole of 6 m in its middle: 100 - 36 = 64 m².
var frame = orb.MultiPolygon{{ring(0, 0, 10, 10), ring(2, 2, 8, 8)}}

func TestOverlay(t *testing.T) {
	w := shape.NewWorker()
	a, b := box(0, 0, 10, 10), box(5, 0, 15, 10) // 100 m² each, 5 x 10 m in common
	type op = func() (orb.MultiPolygon, error)
	union := func(ms ...orb.MultiPolygon) op {
		return func() (orb.MultiPolygon, error) { return w.Union(ms...) }
	}
	dissolve := func(ms ...orb.MultiPolygon) op {
		return func() (orb.MultiPolygon, error) { return w.Dissolve(ms) }
	}
	common := func(a, b orb.MultiPolygon) op {
		return func() (orb.MultiPolygon, error) { return w.Intersection(a, b) }
	}
	less := func(a, b orb.MultiPolygon) op {
		return func() (orb.MultiPolygon, error) { return w.Difference(a, b) }
	}
	notched := orb.MultiPolygon{{{{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10, 5}, {10, 0}}}}
	for _, tt := range []struct {
		name  string
		do    op
		area  float64 // m²
		parts int
	}{
		{"union", union(a, b), 150, 1},
		{"union of none", union(), 0, 0},
		{"union of one", union(frame), 64, 1},
		{"union of empties", union(nil, orb.MultiPolygon{}, orb.MultiPolygon{{}}), 0, 0},
		{"union with an empty", union(a, nil), 100, 1},
		{"union along an edge", union(a, box(10, 0, 20, 10)), 200, 1},
		{"union at a corner", union(a, box(10, 10, 20, 20)), 200, 2},
		{"union fills a hole", union(frame, box(2, 2, 8, 8)), 100, 1},
		{"union, far apart", union(a, box(1000, 0, 1010, 10)), 200, 2},
		{"intersection", common(a, b), 50, 1},
		{"intersection inside", common(a, box(2, 2, 4, 4)), 4, 1},
		{"intersection in a hole", common(frame, box(3, 3, 7, 7)), 0, 0},
		{"intersection across a hole", common(frame, box(0, 4, 10, 6)), 8, 2}, // 2 x 2 on either side
		{"intersection along an edge", common(a, box(10, 0, 20, 10)), 0, 0},
		{"intersection at a corner", common(a, box(10, 10, 20, 20)), 0, 0},
		{"intersection along an edge and across", common(a, orb.MultiPolygon{{{{10, 0}, {20, 0}, {20, 10}, {9, 10}, {9, 9}, {10, 9}, {10, 0}}}}), 1, 1},
		{"intersection with an empty", common(a, nil), 0, 0},
		{"intersection, far apart", common(a, box(1000, 0, 1010, 10)), 0, 0},
		{"difference", less(a, b), 50, 1},
		{"difference of itself", less(a, a), 0, 0},
		{"difference makes a hole", less(a, box(2, 2, 8, 8)), 64, 1},
		{"difference cuts in two", less(a, box(4, -1, 6, 11)), 80, 2},
		{"difference with an empty", less(a, nil), 100, 1},
		{"difference of an empty", less(nil, a), 0, 0},
		{"dissolve a map", dissolve(a, box(10, 0, 20, 10), box(0, 10, 20, 20)), 400, 1},
		{"dissolve, vertices not shared", dissolve(a, notched), 200, 1},
		{"dissolve what overlaps", dissolve(a, b), 150, 1},
		{"dissolve one inside another", dissolve(a, box(2, 2, 4, 4)), 100, 1},
		{"dissolve twice the same", dissolve(a, a), 100, 1},
		{"dissolve a frame and its filling", dissolve(frame, box(2, 2, 8, 8)), 100, 1},
		{"dissolve none", dissolve(), 0, 0},
		{"dissolve empties", dissolve(nil, orb.MultiPolygon{{}}), 0, 0},
	} {
		got, err := tt.do()
		if err != nil || shape.Area(got) != tt.area || len(got) != tt.parts {
			t.Errorf("%s: area %v in %d parts, %v, want %v in %d: %v", tt.name, shape.Area(got), len(got), err, tt.area, tt.parts, got)
		}
		if !w.Valid(got) {
			t.Errorf("%s: %v is not valid", tt.name, got)
		}
		if diff := cmp.Diff(shape.Wind(got), got); diff != "" {
			t.Errorf("%s: not wound as RFC 7946 asks (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestShare(t *testing.T) {
	w := shape.NewWorker()
	a := box(0, 0, 10, 10)
	for _, tt := range []struct {
		name string
		a, b orb.MultiPolygon
		want float64
	}{
		{"half", a, box(5, 0, 15, 10), 0.5},
		{"all of it", a, box(-5, -5, 15, 15), 1},
		{"itself", a, a, 1},
		{"a quarter of a larger one", box(0, 0, 20, 20), a, 0.25},
		{"a hole counts as outside", a, frame, 0.64},
		{"only an edge", a, box(10, 0, 20, 10), 0},
		{"far away", a, box(100, 0, 110, 10), 0},
		{"of nothing", nil, a, 0},
		{"in nothing", a, nil, 0},
	} {
		if got, err := w.Share(tt.a, tt.b); err != nil || got != tt.want {
			t.Errorf("%s: Share = %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}

// The pieces that two overlapping polygons are cut into add up, whatever they
// are: |A or B| = |A| + |B| - |A and B|.
func TestPiecesAddUp(t *testing.T) {
	const tol = 1e-6 // m² of areas up to 1 km²
	w := shape.NewWorker()
	for seed := range uint64(100) {
		a, b := star(seed, 40), star(seed+1000, 40)
		union, err1 := w.Union(a, b)
		both, err2 := w.Intersection(a, b)
		onlyA, err3 := w.Difference(a, b)
		onlyB, err4 := w.Difference(b, a)
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		whole := shape.Area(union)
		sum := shape.Area(both) + shape.Area(onlyA) + shape.Area(onlyB)
		if math.Abs(whole-sum) > tol || math.Abs(shape.Area(a)+shape.Area(b)-shape.Area(both)-whole) > tol {
			t.Errorf("seed %d: union %v m², pieces %v m²", seed, whole, sum)
		}
	}
}

func TestOrderOfUnionDoesNotMatter(t *testing.T) {
	w := shape.NewWorker()
	ms := []orb.MultiPolygon{box(0, 0, 10, 10), box(10, 0, 20, 10), frame, box(40, 0, 50, 5)}
	want, err := w.Union(ms...)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(ms)
	got, err := w.Union(ms...)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Union the other way round: %v (-want +got):\n%s", err, diff)
	}
}

func TestArgumentsStay(t *testing.T) {
	w := shape.NewWorker()
	clockwise := orb.MultiPolygon{{{{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}}}
	before := clockwise.Clone()
	got, err := w.Union(clockwise)
	if err != nil {
		t.Fatal(err)
	}
	shape.Wind(clockwise)
	if !cmp.Equal(clockwise, before) {
		t.Errorf("the argument became %v", clockwise)
	}
	got[0][0][0] = orb.Point{7, 7}
	if !cmp.Equal(clockwise, before) {
		t.Errorf("the result shares memory with the argument: %v", clockwise)
	}
}

func TestErrorSaysWhere(t *testing.T) {
	w := shape.NewWorker()
	bowTie := orb.MultiPolygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}
	_, err := w.Intersection(box(0, 0, 10, 10), bowTie)
	var e *shape.Error
	if !errors.As(err, &e) || !errors.Is(err, shape.ErrInvalid) {
		t.Fatalf("Intersection with a bow-tie: %v, want an Error and ErrInvalid", err)
	}
	if e.Op != "intersection" || e.Reason != "Self-intersection at 5.0 5.0" {
		t.Errorf("got op %q, reason %q, want the crossing at 5.0 5.0", e.Op, e.Reason)
	}
}
