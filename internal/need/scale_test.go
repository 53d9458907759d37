package need_test

import (
	"fmt"
	"math"
	"testing"

	"hubreach/internal/need"
)

func TestTransform(t *testing.T) {
	for _, tc := range []struct {
		rank float64
		n    int
		want float64
	}{
		{1, 100, 100},
		{1, 33755, 100},
		{1, 1, 100},
		// R = 1/2: -23 ln(1 - 0.5 (1 - e^(-100/23))) = -23 ln(0.50646...) = 15.646.
		{51, 100, -23 * math.Log(0.5+0.5*math.Exp(-100.0/23))},
		// R = 1/100: nearly 0.
		{100, 100, -23 * math.Log(0.99+0.01*math.Exp(-100.0/23))},
	} {
		check(t, fmt.Sprintf("Transform(%g, %d)", tc.rank, tc.n), need.Transform(tc.rank, tc.n), tc.want)
	}
}

// The published property of the scale: about a tenth of the areas score over
// 50. By the formula the share is 1 - (1 - e^(-50/23)) / (1 - e^(-100/23)) =
// 1 - 0.88626 / 0.98707 = 0.1021.
func TestATenthScoresOverFifty(t *testing.T) {
	for _, n := range []int{32844, 33755} {
		over := 0
		for k := 1; k <= n; k++ {
			if need.Transform(float64(k), n) > 50 {
				over++
			}
		}
		if share := float64(over) / float64(n); math.Abs(share-0.1021) > 0.0002 {
			t.Errorf("%.4f of %d areas score over 50, want 0.1021", share, n)
		}
	}
}

// The purpose of the scale: the worst in one domain and the best in another is
// not average, but among the worst tenth or so.
func TestScaleDoesNotCancel(t *testing.T) {
	const n = 33755
	mean := (need.Transform(1, n) + need.Transform(n, n)) / 2
	if rank := need.RankOf(mean, n); rank > 0.103*n {
		t.Errorf("worst and best average to rank %.0f of %d, want the worst tenth or so", rank, n)
	}
}

func TestTransformFallsAndComesBack(t *testing.T) {
	const n = 938
	before := math.Inf(1)
	for k := 1; k <= n; k++ {
		x := need.Transform(float64(k), n)
		if x >= before || x < 0 || x > 100+tol {
			t.Fatalf("Transform(%d) = %v after %v, want it lower, 0 to 100", k, x, before)
		}
		before = x
		if back := need.RankOf(x, n); math.Abs(back-float64(k)) > 1e-8 {
			t.Fatalf("RankOf(Transform(%d)) = %v", k, back)
		}
	}
}

func ExampleTransform() {
	// Ranks among the 33,755 areas of the Indices of Deprivation 2025.
	for _, rank := range []float64{1, 3376, 16878, 33755} {
		fmt.Printf("rank %.0f scores %.1f\n", rank, need.Transform(rank, 33755))
	}
	// Output:
	// rank 1 scores 100.0
	// rank 3376 scores 50.4
	// rank 16878 scores 15.6
	// rank 33755 scores 0.0
}
