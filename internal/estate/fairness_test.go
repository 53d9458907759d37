package estate_test

import (
	"math"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/estate"
)

func TestFair(t *testing.T) {
	// Two areas of 100 people: the most deprived on the coast, 10 minutes from the
	// site; the least deprived inland, half of it 10 and half 30 minutes away.
	in := build(
		patch{"C", 100, 0.5, 9, 1, []place{{1, []float64{10}}}},
		patch{"L", 100, 0.1, 1, 10, []place{{0.5, []float64{10}}, {0.5, []float64{30}}}},
	)
	a := open(in, 0)
	f := estate.Fair(in, a, []county.DistrictCode{"C"})
	// Coverage 1 and 1/2, mean 3/4; ranks 3/4 and 1/4; covariance 1/16 and
	// variance of rank 1/16.
	check(t, "gap", f.Gap, 0.5)
	check(t, "slope", f.Slope, 1)
	check(t, "Erreygers", f.Erreygers, 0.5)           // 8 / 16
	check(t, "Wagstaff", f.Wagstaff, 2.0/16/(3.0/16)) // 2 cov / (mu (1 - mu))
	// Walks 10, 10, 10, 30 of equal weight, mean 15: the mean absolute difference
	// is 2 x 3 x 20 / 16 = 7.5, half of it over the mean 0.25.
	check(t, "Gini of walks", f.WalkGini, 0.25)
	// A quarter walks half as long again as the limit.
	check(t, "beyond", f.Beyond[0], 0.25)
	check(t, "by how much", f.Beyond[1], 0.125)
	check(t, "squared", f.Beyond[2], 0.0625)
	check(t, "coast gap", f.Coast.Gap, 0.5)
	check(t, "coast gap in need", f.Coast.GapInNeed, 0.5)
	check(t, "walk on the coast", f.Coast.WalkCoast, 10)
	check(t, "walk elsewhere", f.Coast.WalkRest, 20)
	if f.Deciles[0].Decile != 1 || f.Deciles[9].Decile != 10 || f.Deciles[10].Decile != 0 || f.Deciles[0].Covered != 100 || f.Deciles[9].Covered != 50 {
		t.Errorf("deciles %+v, want 100 covered in decile 1 and 50 in decile 10", f.Deciles)
	}
	if none := estate.Fair(in, a, nil); none.Coast != nil {
		t.Errorf("coast %+v without a list, want none", none.Coast)
	}
}

func TestFairOfNobody(t *testing.T) {
	f := estate.Fair(build(patch{"D", 0, 0, 1, 0, []place{{1, []float64{none}}}}), open(build(patch{"D", 0, 0, 1, 0, []place{{1, []float64{none}}}})), nil)
	if !math.IsNaN(f.Gap) || f.Slope != 0 || f.Wagstaff != 0 || f.WalkGini != 0 || f.Beyond != [3]float64{} {
		t.Errorf("nobody lives here: %+v, want no gap and zeros", f)
	}
}

// What holds of every option of every county.
func TestFairnessBounds(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		a := open(in, subset(r, len(in.County.Sites))...)
		f := estate.Fair(in, a, []county.DistrictCode{"A"})
		people, covered := 0.0, 0.0
		for _, d := range f.Deciles {
			people, covered = people+d.People, covered+d.Covered
		}
		if math.Abs(people-a.People) > 1e-6 || math.Abs(covered-a.Covered) > 1e-6 {
			t.Fatalf("seed %d: deciles hold %v and cover %v, want %v and %v", seed, people, covered, a.People, a.Covered)
		}
		if people = f.Coast.Coast.People + f.Coast.Rest.People; math.Abs(people-a.People) > 1e-6 {
			t.Fatalf("seed %d: coast and rest hold %v, want %v", seed, people, a.People)
		}
		if f.WalkGini < -tol || f.WalkGini > 1 || math.Abs(f.Wagstaff) > 1+tol || math.Abs(f.Erreygers) > 1 || f.Slope*f.Erreygers < -tol {
			t.Fatalf("seed %d: %+v out of bounds, or slope and Erreygers point in two directions", seed, f)
		}
		if a.People > 0 && math.Abs(f.Beyond[0]-(1-a.CoveredShare())) > 1e-9 {
			t.Fatalf("seed %d: %v beyond the limit with %v covered", seed, f.Beyond[0], a.CoveredShare())
		}
	}
}
