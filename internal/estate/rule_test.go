package estate_test

import (
	"slices"
	"testing"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
)

// three patches of one place each, everybody in need: 100 people within reach of
// S0 and S1, 60 of S1 and S2, 50 of S2 and S3. So S0 reaches 100, S1 160, S2 110
// and S3 50. S0 lies in district A, S1 to S3 in B.
func three() estate.Input {
	near, far := 5.0, 45.0
	return build(
		patch{district: "A", people: 100, rate: 1, places: []place{{1, []float64{near, near, far, far}}}},
		patch{district: "B", people: 60, rate: 1, places: []place{{1, []float64{far, near, near, far}}}},
		patch{district: "B", people: 50, rate: 1, places: []place{{1, []float64{far, far, near, near}}}},
	)
}

func TestGreedy(t *testing.T) {
	all := []int{0, 1, 2, 3}
	for _, tc := range []struct {
		name              string
		candidates        []int
		keep, perDistrict int
		want              []int
	}{
		{"the one that reaches most", all, 1, 0, []int{1}},
		// After S1, S2 and S3 add the same 50 people: the lower position.
		{"then the one that adds most, ties to the lower", all, 2, 0, []int{1, 2}},
		// Nobody is left to add: S0 before S3.
		{"then sites that add nobody, the lower first", all, 3, 0, []int{0, 1, 2}},
		{"all", all, 4, 0, []int{0, 1, 2, 3}},
		// A has only S0; of B, S2 adds 110 and S1 only the 60 left after S0.
		{"one a district first", all, 2, 1, []int{0, 2}},
		{"a district has fewer than its minimum", all, 4, 3, []int{0, 1, 2, 3}},
		{"only candidates open", []int{3, 0}, 2, 0, []int{0, 3}},
		{"a candidate given twice", []int{1, 1, 3}, 2, 0, []int{1, 3}},
		{"in any order", []int{3, 2, 1, 0}, 2, 0, []int{1, 2}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			given := slices.Clone(tc.candidates)
			got, err := estate.Greedy(three(), tc.candidates, tc.keep, tc.perDistrict)
			if err != nil || !slices.Equal(got, tc.want) {
				t.Errorf("Greedy(%v, keep %d, %d a district) = %v, %v, want %v", tc.candidates, tc.keep, tc.perDistrict, got, err, tc.want)
			}
			if !slices.Equal(given, tc.candidates) {
				t.Errorf("Greedy changed its candidates to %v", tc.candidates)
			}
		})
	}
}

func TestGreedyFaults(t *testing.T) {
	for _, tc := range []struct {
		name              string
		keep, perDistrict int
		want              string
	}{
		{"none", 0, 0, "rule greedy: keep 0: want 1 to 4, the number of candidates"},
		{"too many", 5, 0, "rule greedy: keep 5: want 1 to 4, the number of candidates"},
		{"fewer than the districts need", 2, 2, "rule greedy: keep 2: want 3 or more, because district_min 2 already opens so many in 2 districts"},
	} {
		if got, err := estate.Greedy(three(), []int{0, 1, 2, 3}, tc.keep, tc.perDistrict); err == nil || err.Error() != tc.want {
			t.Errorf("%s: Greedy = %v, %v, want the error %q", tc.name, got, err, tc.want)
		}
	}
}

func TestMerge(t *testing.T) {
	// Sites at 0, 1,000, 2,000 and 3,000 m; people in need reached 100, 160, 110, 50.
	for _, tc := range []struct {
		name     string
		at       []float64
		open     []int
		distance geo.Metres
		want     []int
	}{
		{"just under the distance between them", nil, []int{0, 1, 2, 3}, 999, []int{0, 1, 2, 3}},
		// All pairs are 1,000 m apart. The first, S0 and S1: S0 closes. Then S1 and
		// S2: S2 closes. S1 and S3 are 2,000 m apart.
		{"exactly at the distance", nil, []int{0, 1, 2, 3}, 1000, []int{1, 3}},
		{"down to one", nil, []int{0, 1, 2, 3}, 3000, []int{1}},
		// S2 and S3 are the closest pair: S3 closes. S1 and S2 are 1,000 apart: S2
		// closes. S0 and S1: S0 closes.
		{"the closest pair first", []float64{0, 1000, 2000, 2100}, []int{3, 2, 1, 0}, 1000, []int{1}},
		{"only open sites count", nil, []int{0, 3}, 1000, []int{0, 3}},
		{"nothing open", nil, nil, 1000, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := three()
			for i, x := range tc.at {
				in.County.Sites[i].At = geo.Grid{x, 0}
			}
			given := slices.Clone(tc.open)
			if got := estate.Merge(in, tc.open, tc.distance); !slices.Equal(got, tc.want) {
				t.Errorf("Merge(%v, %g m) = %v, want %v", tc.open, float64(tc.distance), got, tc.want)
			}
			if !slices.Equal(given, tc.open) {
				t.Errorf("Merge changed what is open to %v", tc.open)
			}
		})
	}
}

func TestMergeTieClosesTheHigher(t *testing.T) {
	in := build(patch{district: "A", people: 10, rate: 1, places: []place{{1, []float64{5, 5}}}})
	if got := estate.Merge(in, []int{0, 1}, 1000); !slices.Equal(got, []int{0}) {
		t.Errorf("Merge of two that reach the same = %v, want the lower position", got)
	}
}

// A greedy set of k sites is within that of k + 1, and covers no more.
func TestGreedyIsNested(t *testing.T) {
	for seed := range uint64(seeds) {
		in, _ := random(seed)
		var all []int
		for i := range in.County.Sites {
			all = append(all, i)
		}
		var before []int
		for keep := 1; keep <= len(all); keep++ {
			got, err := estate.Greedy(in, all, keep, 0)
			if err != nil || len(got) != keep {
				t.Fatalf("seed %d: Greedy keep %d = %v, %v", seed, keep, got, err)
			}
			for _, s := range before {
				if !slices.Contains(got, s) {
					t.Fatalf("seed %d: keep %d = %v drops site %d of %v", seed, keep, got, s, before)
				}
			}
			before = got
		}
	}
}

func TestGreedyLeavesOutsideSitesToTheRest(t *testing.T) {
	in := three()
	in.County.Sites[1].Area, in.County.Sites[1].District = -1, county.DistrictCode("elsewhere")
	// One a district: S0 for A; S2 for B, since S1 lies elsewhere.
	if got, err := estate.Greedy(in, []int{0, 1, 2, 3}, 2, 1); err != nil || !slices.Equal(got, []int{0, 2}) {
		t.Errorf("Greedy = %v, %v, want [0 2]", got, err)
	}
}
