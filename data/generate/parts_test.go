package main_test

import (
	"math"
	"slices"
	"testing"

	generate "hubreach/data/generate"
	"hubreach/geo"
)

// The generator's own projection agrees with PROJ: to the centimetre without
// the OSTN15 grid, and to 5 m where it is installed, which is how far the seven
// parameters are from it at worst (Ordnance Survey's own figure).
func TestDegreesAgreeWithPROJ(t *testing.T) {
	const tolerance geo.Metres = 5
	projection, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range [][2]float64{{0, 0}, {47000, 0}, {0, 35000}, {47000, 35000}, {18000, 16500}} {
		lon, lat := generate.Degrees(p[0], p[1])
		got, err := projection.ToGrid(geo.LonLat{lon, lat})
		if err != nil {
			t.Fatal(err)
		}
		want := geo.Grid{generate.CornerEasting + p[0], generate.CornerNorthing + p[1]}
		if d := got.Distance(want); d > tolerance {
			t.Errorf("%v: %v is %.2f m away", want, got, float64(d))
		}
	}
}

func TestNormal(t *testing.T) {
	const tolerance = 2e-7 // that of the formula
	for z := -4.0; z <= 4; z += 0.25 {
		if got, want := generate.Normal(z), 0.5*math.Erfc(-z/math.Sqrt2); math.Abs(got-want) > tolerance {
			t.Errorf("normal(%g) = %g, want %g", z, got, want)
		}
	}
}

func TestShare(t *testing.T) {
	for _, test := range []struct {
		name    string
		whole   int
		weights []float64
		want    []int
	}{
		{"even", 6, []float64{1, 1, 1}, []int{2, 2, 2}},
		{"the largest remainder gets the last one", 10, []float64{1, 1, 1.2}, []int{3, 3, 4}}, // 3.125, 3.125, 3.75
		{"a tie goes to the earlier", 1, []float64{1, 1}, []int{1, 0}},
		{"nobody", 0, []float64{1, 2}, []int{0, 0}},
	} {
		if got := generate.Share(test.whole, test.weights); !slices.Equal(got, test.want) {
			t.Errorf("%s: share(%d, %v) = %v, want %v", test.name, test.whole, test.weights, got, test.want)
		}
	}
}

func TestSpreadRanks(t *testing.T) {
	for _, test := range []struct {
		name        string
		ranks, want []int
	}{
		{"already apart", []int{5, 2, 9}, []int{5, 2, 9}},
		{"equal ranks keep their order", []int{7, 7, 7}, []int{7, 8, 9}},
		{"the last rank has room below", []int{33755, 33755}, []int{33754, 33755}},
		{"none below the first", []int{0, 1}, []int{1, 2}},
	} {
		got := slices.Clone(test.ranks)
		generate.SpreadRanks(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestDiceDependOnNameAlone(t *testing.T) {
	a, b, c := generate.Throws(1, "streets", 1000), generate.Throws(1, "streets", 1000), generate.Throws(1, "homes", 1000)
	if !slices.Equal(a, b) {
		t.Error("the same name threw other numbers")
	}
	if slices.Equal(a, c) {
		t.Error("two names threw the same numbers")
	}
	var sum float64
	for _, x := range a {
		if x < 0 || x >= 1 {
			t.Fatalf("threw %g, want [0, 1)", x)
		}
		sum += x
	}
	// The mean of 1,000 throws has a standard deviation of 0.009.
	if mean := sum / 1000; math.Abs(mean-0.5) > 0.04 {
		t.Errorf("mean %g, want about a half", mean)
	}
}

func TestNoiseIsSmooth(t *testing.T) {
	const wave = 500.0
	for x := -2000.0; x < 2000; x += 10 {
		a, b := generate.Noise(x, 77, wave, 3), generate.Noise(x+1, 77, wave, 3)
		if a < -1 || a > 1 {
			t.Fatalf("noise %g, want [-1, 1]", a)
		}
		// The steepest slope of the easing is 1.5, over a range of 2.
		if math.Abs(a-b) > 3/wave {
			t.Errorf("noise jumps from %g to %g within a metre at %g", a, b, x)
		}
	}
}

func ringArea(r [][2]float64) float64 {
	var sum float64
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += p[0]*q[1] - p[1]*q[0]
	}
	return sum / 2
}

// Three stripes and a lake: neighbours share their points, and the ground in
// all of them is that of the stripes, whatever the smoothing did between them.
func TestOutlineSharesEdges(t *testing.T) {
	rings, cell := generate.Outline(6000, 4000, 3, func(x, y float64) int {
		switch {
		case x < 300 || x > 5700 || y < 300 || y > 3700:
			return -1
		case math.Hypot(x-3000, y-2000) < 500:
			return 2
		case x < 3000:
			return 0
		}
		return 1
	})
	seen := map[[2]float64]int{}
	var sum float64
	for k, of := range rings {
		if len(of) == 0 || ringArea(of[0]) <= 0 {
			t.Fatalf("label %d: want an outer ring first, anticlockwise", k)
		}
		for _, r := range of {
			sum += ringArea(r)
			for _, p := range r {
				seen[p]++
			}
		}
	}
	shared := 0
	for _, n := range seen {
		if n > 1 {
			shared++
		}
	}
	if shared < 10 {
		t.Errorf("%d points shared by two labels, want the whole of each common edge", shared)
	}
	// 5,400 by 3,400 m; the rim may move by half a cell all round.
	if want := 5400.0 * 3400; math.Abs(sum-want) > (5400+3400)*2*math.Sqrt(cell)/2 {
		t.Errorf("area %.0f m², want about %.0f", sum, want)
	}
}

// Two streets that cross share a node there; an end drawn 4 m over the street it
// meets is trimmed.
func TestJoinCrossesAndTrims(t *testing.T) {
	nodes, streets := generate.Join(
		[][2]float64{{0, 0}, {50, 0}},    // west to east
		[][2]float64{{25, -30}, {25, 4}}, // from the south to just over it
	)
	if len(streets) != 2 {
		t.Fatalf("got %d streets, want 2", len(streets))
	}
	end := streets[1][len(streets[1])-1]
	if !slices.Contains(streets[0], end) {
		t.Errorf("the side street ends at %v, which is not on the street", nodes[end])
	}
	if got, want := nodes[end], [2]float64{25, 0}; got != want {
		t.Errorf("they meet at %v, want %v", got, want)
	}
}
