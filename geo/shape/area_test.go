package shape_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// star returns a polygon of n vertices around (500, 500), 50 to 500 m from it,
// never crossing itself, the same one for the same seed.
func star(seed uint64, n int) orb.MultiPolygon {
	rng := rand.New(rand.NewPCG(seed, 9))
	var r orb.Ring
	for i := range n {
		d, a := 50+450*rng.Float64(), 2*math.Pi*float64(i)/float64(n)
		r = append(r, orb.Point{500 + d*math.Cos(a), 500 + d*math.Sin(a)})
	}
	return orb.MultiPolygon{{append(r, r[0])}}
}

func TestArea(t *testing.T) {
	for _, tt := range []struct {
		name string
		m    orb.MultiPolygon
		want float64 // m²
	}{
		{"empty", nil, 0},
		{"no rings", orb.MultiPolygon{{}}, 0},
		{"square", box(0, 0, 10, 10), 100},
		{"square, clockwise", orb.MultiPolygon{{{{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}}}, 100},
		{"with a hole", frame, 64},
		{"with a hole that runs the same way", orb.MultiPolygon{{ring(0, 0, 10, 10), ring(2, 2, 8, 8)}}, 64},
		{"two parts", append(box(0, 0, 10, 10), box(20, 0, 30, 5)...), 150},
		{"triangle, not closed", orb.MultiPolygon{{{{0, 0}, {6, 0}, {0, 4}}}}, 12},
		{"a line", orb.MultiPolygon{{{{0, 0}, {6, 0}, {0, 0}}}}, 0},
		// A square centimetre in Kent: the coordinates hold 1e-10 m.
		{"far from the origin", box(576000, 156000, 576000.5, 156000.25), 0.125},
	} {
		if got := shape.Area(tt.m); got != tt.want {
			t.Errorf("%s: Area = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func ExampleArea() {
	// The kilometre square TQ 75 55 with a lake of 200 m by 100 m.
	square := orb.MultiPolygon{{ring(575000, 155000, 576000, 156000), ring(575400, 155400, 575600, 155500)}}
	fmt.Println(shape.Area(square), "m²")
	// Output: 980000 m²
}

func TestWind(t *testing.T) {
	clockwise := orb.Ring{{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}
	anticlockwise := orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}
	flat := orb.Ring{{0, 0}, {5, 0}, {0, 0}}
	for _, tt := range []struct {
		name    string
		m, want orb.MultiPolygon
	}{
		{"nil", nil, nil},
		{"outer ring", orb.MultiPolygon{{clockwise}}, orb.MultiPolygon{{anticlockwise}}},
		{"already right", orb.MultiPolygon{{anticlockwise, clockwise}}, orb.MultiPolygon{{anticlockwise, clockwise}}},
		{"both wrong", orb.MultiPolygon{{clockwise, anticlockwise}}, orb.MultiPolygon{{anticlockwise, clockwise}}},
		{"without area", orb.MultiPolygon{{flat, flat}}, orb.MultiPolygon{{flat, flat}}},
		{"empty rings", orb.MultiPolygon{{}, {{}}}, orb.MultiPolygon{{}, {{}}}},
	} {
		if diff := cmp.Diff(tt.want, shape.Wind(tt.m)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
