package reach_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

func TestStraightLine(t *testing.T) {
	adult := walk.Profiles()[0]
	// At 4.8 km/h and a detour of 1.25, 20 minutes are 1,600 / 1.25 = 1,280 m.
	points := []geo.Grid{{0, 0}, {1280, 0}, {1280.01, 0}, {300, 400}, {math.NaN(), 0}, {0, -1280}}
	p := reach.Params{LimitMinutes: 20}
	s, err := reach.NewStraightLine(points, adult, 1.25, p)
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := s.Times(geo.Grid{0, 0})
	if err != nil {
		t.Fatal(err)
	}
	// 500 m x 1.25 x 750 ms = 468,750 ms.
	want := []reach.Time{{Point: 0}, {Point: 1, Millis: 1_200_000}, {Point: 3, Millis: 468_750}, {Point: 5, Millis: 1_200_000}}
	if !slices.Equal(got, want) {
		t.Errorf("times %v, want %v", got, want)
	}
	o, err := s.Outlines(geo.Grid{0, 0}, []float64{10, 20})
	if err != nil {
		t.Fatal(err)
	}
	for i, radius := range []float64{640, 1280} {
		if len(o[i][0][0]) < 65 {
			t.Errorf("outline %d has %d corners, want 64 or more", i, len(o[i][0][0])-1)
		}
		for _, c := range o[i][0][0] {
			if r := math.Hypot(c[0], c[1]); math.Abs(r-radius) > 0.001 {
				t.Fatalf("outline %d: corner %v m from the place, want %v", i, r, radius)
			}
		}
	}
	checkNested(t, o, "circles")
	for _, d := range []float64{0.99, 0, -1, math.NaN(), 5.01} {
		if _, err := reach.NewStraightLine(points, adult, d, p); !errors.Is(err, reach.ErrDetour) {
			t.Errorf("detour %v: %v, want %v", d, err, reach.ErrDetour)
		}
	}
	if _, err := reach.NewStraightLine(points, walk.Profile{Name: "x"}, 1.3, p); !errors.Is(err, walk.ErrProfile) {
		t.Errorf("no speed: %v, want %v", err, walk.ErrProfile)
	}
}

// box returns a square.
func box(x, y, side float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}
}

func TestFromCatchments(t *testing.T) {
	points := []geo.Grid{{5, 5}, {15, 5}, {25, 5}, {10, 5}, {20, 0}, {math.NaN(), 5}}
	catchments := []reach.Catchment{{Minutes: 20, Shape: box(0, 0, 20)}, {Minutes: 10, Shape: box(0, 0, 10)}, {Minutes: 5}}
	got, err := reach.NewPoints(points).FromCatchments(shape.NewWorker(), catchments)
	if err != nil {
		t.Fatal(err)
	}
	want := []reach.Time{
		{Point: 0, Millis: 600_000}, {Point: 1, Millis: 1_200_000},
		{Point: 3, Millis: 600_000},   // on the inner boundary
		{Point: 4, Millis: 1_200_000}, // on a corner
	}
	if !slices.Equal(got, want) {
		t.Errorf("times %v, want %v", got, want)
	}
	bow := orb.MultiPolygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}
	if _, err := reach.NewPoints(points).FromCatchments(shape.NewWorker(), []reach.Catchment{{Minutes: 0, Shape: box(0, 0, 1)}}); !errors.Is(err, reach.ErrMinutes) {
		t.Errorf("no minutes: %v, want %v", err, reach.ErrMinutes)
	}
	if _, err := reach.NewPoints(points).FromCatchments(shape.NewWorker(), []reach.Catchment{{Minutes: 5, Shape: bow}}); err != nil {
		t.Logf("a bow: %v", err)
	}
}

// TestFitDetour draws circles of 800 m, ten minutes at 4.8 km/h, shrunk by 1.3,
// on a lattice of points 20 m apart: the fit finds 1.3 again.
func TestFitDetour(t *testing.T) {
	var points []geo.Grid
	for x := -1000.0; x <= 1000; x += 20 {
		for y := -1000.0; y <= 1000; y += 20 {
			points = append(points, geo.Grid{x, y})
		}
	}
	s, err := reach.NewStraightLine(points, walk.Profiles()[0], 1.3, reach.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	place := geo.Grid{3, 4}
	outlines, err := s.Outlines(place, []float64{10})
	if err != nil {
		t.Fatal(err)
	}
	fit, err := reach.FitDetour(shape.NewWorker(), points, []reach.PlaceCatchments{{Place: place, Catchments: []reach.Catchment{{Minutes: 10, Shape: outlines[0]}}}}, 4.8)
	if err != nil {
		t.Fatal(err)
	}
	// The polygon of 128 sides lies up to 0.03 % of the radius inside the circle.
	if math.Abs(fit.Factor-1.3) > 0.011 || fit.Agreement < 0.995 || fit.N < 4000 {
		t.Errorf("fit %+v, want 1.30 and an agreement of almost 1 over pi 800^2 / 400 = 5,027 points", fit)
	}
	none, err := reach.FitDetour(shape.NewWorker(), points, nil, 4.8)
	if want := (reach.Fit{Factor: 1, Agreement: 1}); none != want || err != nil {
		t.Errorf("no catchments: %+v, %v, want %+v", none, err, want)
	}
	// Everything of a tiny catchment: the largest factor; of a huge one: the smallest.
	tiny, err := reach.FitDetour(shape.NewWorker(), points, []reach.PlaceCatchments{{Place: place, Catchments: []reach.Catchment{{Minutes: 10, Shape: box(0, 0, 10)}}}}, 4.8)
	if err != nil || tiny.Factor != 2 {
		t.Errorf("a tiny catchment: %+v, %v, want a factor of 2", tiny, err)
	}
	huge, err := reach.FitDetour(shape.NewWorker(), points, []reach.PlaceCatchments{{Place: place, Catchments: []reach.Catchment{{Minutes: 10, Shape: box(-900, -900, 1800)}}}}, 4.8)
	if err != nil || huge.Factor != 1 || huge.Spill != 0 || huge.Miss == 0 {
		t.Errorf("a huge catchment: %+v, %v, want a factor of 1, no spill and some miss", huge, err)
	}
}
