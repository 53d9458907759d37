package reach_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/reach"
	"hubreach/internal/village"
	"hubreach/internal/walk"
)

func contains(m orb.MultiPolygon, p geo.Grid) bool {
	return planar.MultiPolygonContains(m, orb.Point(p))
}

// checkNested checks that every outline is valid, that its rings turn as RFC
// 7946 has them, and that each lies inside the next.
func checkNested(t *testing.T, outlines []orb.MultiPolygon, name string) {
	t.Helper()
	w := shape.NewWorker()
	for i, m := range outlines {
		if _, reason, err := w.MakeValid(m); reason != "" || err != nil {
			t.Fatalf("%s: outline %d is not valid: %s %v", name, i, reason, err)
		}
		for _, p := range m {
			for k, r := range p {
				if want := map[bool]orb.Orientation{true: orb.CCW, false: orb.CW}[k == 0]; r.Orientation() != want {
					t.Fatalf("%s: outline %d: ring %d turns %v, want %v", name, i, k, r.Orientation(), want)
				}
			}
		}
		if i == 0 || len(m) == 0 {
			continue
		}
		outside, err := w.Difference(outlines[i-1], m)
		if err != nil {
			t.Fatal(err)
		}
		const tol = 0.001 // square metres
		if a := float64(shape.Area(outside)); a > tol {
			t.Fatalf("%s: %v m2 of outline %d lie outside outline %d", name, a, i-1, i)
		}
	}
}

func TestOutlinesNest(t *testing.T) {
	for seed := range uint64(60) {
		v := village.Random(seed, 30, 20)
		w := linked(t, draw(t, v), "adult", nil, reach.DefaultParams()).Worker()
		for _, p := range v.Places()[:min(3, len(v.Places()))] {
			if o, err := w.Outlines(v.At(p), []float64{1, 2, 5, 10, 20}); err == nil {
				checkNested(t, o, v.String())
			}
		}
	}
}

// TestOutlinesValid checks the six outlines of 200 doors of Newport, 50 for each
// profile, with GEOS; that they nest, for every fifth.
func TestOutlinesValid(t *testing.T) {
	g := newport(t)
	rng := rand.New(rand.NewPCG(8, 1))
	valid := shape.NewWorker()
	for _, profile := range walk.Profiles() {
		w := linked(t, g, profile.Name, nil, reach.DefaultParams()).Worker()
		for i, p := range doors(g, rng, 50) {
			o, err := w.Outlines(p, six)
			var refused *walk.SnapError
			if errors.As(err, &refused) {
				continue // on steps, for wheels
			}
			if err != nil {
				t.Fatal(err)
			}
			if i%5 == 0 {
				checkNested(t, o, profile.Name)
				continue
			}
			for k, m := range o {
				if _, reason, err := valid.MakeValid(m); reason != "" || err != nil {
					t.Fatalf("%s at %v: outline %d is not valid: %s %v", profile.Name, p, k, reason, err)
				}
			}
		}
	}
}

// TestOutlineStaysOnItsBank: the only bridge is 18 cells from P, 900 m of the
// 800 m that ten minutes are; the far bank is 100 m from P.
func TestOutlineStaysOnItsBank(t *testing.T) {
	v := village.MustParse(` P-----------------+--+
                      |
~~~~~~~~~~~~~~~~~~~~~~%~~
                      |
 A-----------------+--+`)
	w := linked(t, draw(t, v), "adult", nil, reach.DefaultParams()).Worker()
	outlines, err := w.Outlines(v.At('P'), []float64{10, 30})
	if err != nil {
		t.Fatal(err)
	}
	p, a := v.At('P'), v.At('A')
	for _, c := range []struct {
		name   string
		at     geo.Grid
		ten    bool
		thirty bool
	}{
		{"the place", p, true, true},
		{"along the street", geo.Grid{p[0] + 700, p[1] + 20}, true, true},
		{"where ten minutes end", geo.Grid{p[0] + 795, p[1]}, true, true},
		{"past where ten minutes end", geo.Grid{p[0] + 806, p[1]}, false, true},
		{"the near bank", geo.Grid{p[0] + 300, p[1] - 45}, true, true},
		{"the far bank, over the bridge", a, false, true}, // 1,050 + 200 + 1,050 m: 28:45
		{"the far bank, half-way", geo.Grid{p[0] + 300, a[1] + 45}, false, true},
		{"the fields", geo.Grid{p[0] + 300, p[1] + 51 + 10}, false, false},
	} {
		if got := contains(outlines[0], c.at); got != c.ten {
			t.Errorf("%s in ten minutes: %v, want %v", c.name, got, c.ten)
		}
		if got := contains(outlines[1], c.at); got != c.thirty {
			t.Errorf("%s in thirty minutes: %v, want %v", c.name, got, c.thirty)
		}
	}
}

// TestOutlineHole: a block of 400 m by 400 m keeps a hole of the ground that is
// more than 50 m from every street, about 300 m by 300 m.
func TestOutlineHole(t *testing.T) {
	v := village.MustParse("P-------+\n|       |\n|       |\n|       |\n|       |\n|       |\n|       |\n|       |\n+-------+")
	w := linked(t, draw(t, v), "adult", nil, reach.DefaultParams()).Worker()
	o, err := w.Outlines(v.At('P'), []float64{20})
	if err != nil {
		t.Fatal(err)
	}
	if len(o[0]) != 1 || len(o[0][0]) != 2 {
		t.Fatalf("%d polygons, want one with one hole", len(o[0]))
	}
	hole := math.Abs(float64(shape.Area(orb.MultiPolygon{{o[0][0][1]}})))
	if math.Abs(hole-300*300) > 300*4*float64(reach.Cell) { // a cell all round
		t.Errorf("hole of %.0f m2, want about 90,000", hole)
	}
}

func TestOutlineErrors(t *testing.T) {
	v := village.MustParse("P--A")
	w := linked(t, draw(t, v), "adult", nil, reach.DefaultParams()).Worker()
	for _, m := range []float64{0, -5, math.NaN(), math.Inf(1)} {
		if _, err := w.Outlines(v.At('P'), []float64{5, m}); !errors.Is(err, reach.ErrMinutes) {
			t.Errorf("%v minutes: %v, want %v", m, err, reach.ErrMinutes)
		}
	}
	far := geo.Grid{v.At('P')[0] + 2000, v.At('P')[1]}
	var refused *walk.SnapError
	if _, err := w.Outlines(far, []float64{5}); !errors.As(err, &refused) {
		t.Errorf("2 km off: %v, want a refusal", err)
	}
	if o, err := w.Outlines(v.At('P'), nil); len(o) != 0 || err != nil {
		t.Errorf("no minutes: %v, %v", o, err)
	}
	// 0.01 minutes are 0.8 m: less than a cell, and still an outline or none, never a fault.
	if _, err := w.Outlines(v.At('P'), []float64{0.01}); err != nil {
		t.Errorf("0.01 minutes: %v", err)
	}
}

// TestOneJunctionAlone asks about a junction at each place in its cell: it pulls
// the corner in when less than a square metre is left of the turn there.
func TestOneJunctionAlone(t *testing.T) {
	some := false
	for corner := range 4 {
		for east := range 256 {
			for north := range 256 {
				is, cross := reach.PulledIn(corner, east, north)
				if want := cross < 1; is != want {
					t.Fatalf("corner %d, junction at %d, %d: pulled in %v with %.3f m2 left", corner, east, north, is, cross)
				}
				some = some || is
			}
		}
	}
	if !some {
		t.Error("no junction pulls a corner in: want those in the far corner of their cell")
	}
}
