package reach_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	"hubreach/geo/shape"
	"hubreach/internal/reach"
)

func TestAreal(t *testing.T) {
	area := box(0, 0, 10)
	for _, c := range []struct {
		name       string
		area       orb.MultiPolygon
		catchments []orb.MultiPolygon
		want       []reach.Piece
	}{
		{"no catchment", area, nil, []reach.Piece{{Share: 1}}},
		{"no area", nil, []orb.MultiPolygon{area}, nil},
		{"elsewhere", area, []orb.MultiPolygon{box(20, 20, 5)}, []reach.Piece{{Share: 1}}},
		{"touching only", area, []orb.MultiPolygon{box(10, 0, 5)}, []reach.Piece{{Share: 1}}},
		{"all of it", area, []orb.MultiPolygon{box(-5, -5, 20)}, []reach.Piece{{Share: 1, In: []int32{0}}}},
		{"an empty catchment", area, []orb.MultiPolygon{nil, box(-5, -5, 20)}, []reach.Piece{{Share: 1, In: []int32{1}}}},
		{"a quarter", area, []orb.MultiPolygon{box(5, 5, 20)}, []reach.Piece{{Share: 0.75}, {Share: 0.25, In: []int32{0}}}},
		{"two that overlap", area, []orb.MultiPolygon{box(0, 0, 6), box(4, 4, 6)}, []reach.Piece{ // 36 + 36 - 4 = 68 of 100
			{Share: 0.32}, {Share: 0.32, In: []int32{0}}, {Share: 0.04, In: []int32{0, 1}}, {Share: 0.32, In: []int32{1}},
		}},
		{"one inside the other", area, []orb.MultiPolygon{box(0, 0, 5), box(0, 0, 10)}, []reach.Piece{
			{Share: 0.25, In: []int32{0, 1}}, {Share: 0.75, In: []int32{1}},
		}},
	} {
		got, err := reach.Areal(shape.NewWorker(), c.area, c.catchments)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	bow := orb.MultiPolygon{{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}}
	if _, err := reach.Areal(shape.NewWorker(), area, []orb.MultiPolygon{bow}); err == nil || errors.Unwrap(err) == nil {
		t.Errorf("a catchment that is not valid: %v, want an error of package shape", err)
	}
}

// TestArealEqualsUnion compares the sums over pieces with the share under the
// union as GEOS has it, for every subset of random round catchments.
func TestArealEqualsUnion(t *testing.T) {
	const tol = 1e-9
	w := shape.NewWorker()
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		area := blob(rng, 1000, 1000, 900)
		var catchments []orb.MultiPolygon
		for range 6 {
			catchments = append(catchments, blob(rng, 2000*rng.Float64(), 2000*rng.Float64(), 300+700*rng.Float64()))
		}
		pieces, err := reach.Areal(w, area, catchments)
		if err != nil {
			t.Fatal(err)
		}
		for set := range 1 << len(catchments) {
			var chosen []orb.MultiPolygon
			for i, c := range catchments {
				if set>>i&1 == 1 {
					chosen = append(chosen, c)
				}
			}
			union, err := w.Union(chosen...)
			if err != nil {
				t.Fatal(err)
			}
			want, err := w.Share(area, union)
			if err != nil {
				t.Fatal(err)
			}
			got := 0.0
			for _, p := range pieces {
				if slices.ContainsFunc(p.In, func(i int32) bool { return set>>i&1 == 1 }) {
					got += p.Share
				}
			}
			if math.Abs(got-want) > tol {
				t.Fatalf("seed %d, catchments %b: share %v, want %v", seed, set, got, want)
			}
		}
	}
}

// blob returns a crooked ring about a middle.
func blob(rng *rand.Rand, x, y, radius float64) orb.MultiPolygon {
	var r orb.Ring
	for i := range 40 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 40)
		d := radius * (0.6 + 0.4*rng.Float64())
		r = append(r, orb.Point{x + d*cos, y + d*sin})
	}
	return orb.MultiPolygon{{append(r, r[0])}}
}
