package county_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
)

// one is a number of people of one age.
func one(age int, n float64) county.Ages {
	var a county.Ages
	a[age] = n
	return a
}

// links is a look-up of every kind of change: U, S into two, M of two, and an X
// where two older areas share two new ones.
func links() *county.Lookup {
	return county.NewLookup([]county.Link{
		{From: "U1", To: "u1", Change: "U"},
		{From: "S1", To: "s2", Change: "S"}, {From: "S1", To: "s1", Change: "S"},
		{From: "M2", To: "m1", Change: "M"}, {From: "M1", To: "m1", Change: "M"},
		{From: "X1", To: "x1", Change: "X"}, {From: "X1", To: "x2", Change: "X"}, {From: "X2", To: "x2", Change: "X"}, {From: "X2", To: "x2", Change: "X"},
	})
}

func TestLookup(t *testing.T) {
	l := links()
	for _, tc := range []struct {
		got, want []county.AreaCode
	}{
		{l.Parents("m1"), []county.AreaCode{"M1", "M2"}},
		{l.Parents("x2"), []county.AreaCode{"X1", "X2"}},
		{l.Children("S1"), []county.AreaCode{"s1", "s2"}},
		{l.Children("X2"), []county.AreaCode{"x2"}},
		{l.Children("Z"), nil},
		{l.Parents("z"), nil},
	} {
		if !slices.Equal(tc.got, tc.want) {
			t.Errorf("got %v, want %v", tc.got, tc.want)
		}
	}
	for code, want := range map[county.AreaCode]bool{"u1": true, "s1": false, "m1": false, "x1": false, "x2": false, "z": false} {
		if got := l.Unchanged(code); got != want {
			t.Errorf("Unchanged(%s) = %v, want %v", code, got, want)
		}
	}
	var none *county.Lookup
	if none.Parents("a") != nil || none.Children("a") != nil || none.Unchanged("a") {
		t.Error("no look-up leads somewhere")
	}
}

func TestCounts(t *testing.T) {
	old := map[county.AreaCode]county.Ages{"U1": one(7, 10), "S1": one(7, 30), "M1": one(7, 6), "M2": one(7, 14), "X1": one(7, 8), "X2": one(7, 20)}
	weights := map[county.AreaCode]county.Ages{"s1": one(7, 1), "s2": one(7, 2), "x1": one(7, 3), "x2": one(7, 1)}
	for _, tc := range []struct {
		name    string
		weights map[county.AreaCode]county.Ages
		want    map[county.AreaCode]float64
	}{
		// X1 gives 3/4 of 8 to x1 and the rest, with all of X2, to x2.
		{"weighted", weights, map[county.AreaCode]float64{"u1": 10, "s1": 10, "s2": 20, "m1": 20, "x1": 6, "x2": 22}},
		{"no weights: equally", nil, map[county.AreaCode]float64{"u1": 10, "s1": 15, "s2": 15, "m1": 20, "x1": 4, "x2": 24}},
		{"nobody of that age in the parts: equally", map[county.AreaCode]county.Ages{"s1": one(8, 1), "s2": one(8, 9)}, map[county.AreaCode]float64{"u1": 10, "s1": 15, "s2": 15, "m1": 20, "x1": 4, "x2": 24}},
		{"one part not counted: equally", map[county.AreaCode]county.Ages{"s1": one(7, 9)}, map[county.AreaCode]float64{"u1": 10, "s1": 15, "s2": 15, "m1": 20, "x1": 4, "x2": 24}},
		{"a part where nobody lives gets nobody", map[county.AreaCode]county.Ages{"s1": {}, "s2": one(7, 9)}, map[county.AreaCode]float64{"u1": 10, "s1": 0, "s2": 30, "m1": 20, "x1": 4, "x2": 24}},
	} {
		got, err := links().Counts(old, tc.weights)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		young := map[county.AreaCode]float64{}
		for code, a := range got {
			young[code] = a[7]
			check(t, tc.name+": everybody in "+string(code), a.Total(), a[7])
		}
		if diff := cmp.Diff(tc.want, young); diff != "" {
			t.Errorf("%s: Counts (-want +got):\n%s", tc.name, diff)
		}
	}
	_, err := links().Counts(map[county.AreaCode]county.Ages{"Q9": one(7, 1), "U1": one(7, 1)}, nil)
	if want := "area Q9 has people but no row in the look-up: add it, or leave the area out of the population table"; err == nil || err.Error() != want {
		t.Errorf("Counts of an area that is not there = %v, want %q", err, want)
	}
}

func TestRates(t *testing.T) {
	old := map[county.AreaCode]float64{"U1": 0.1, "S1": 0.2, "M1": 0.3, "M2": 0.7, "X1": 0.5}
	for _, tc := range []struct {
		name      string
		residents map[county.AreaCode]county.Ages
		merged    float64
	}{
		{"weighted by residents: (30 x 0.3 + 10 x 0.7) / 40", map[county.AreaCode]county.Ages{"M1": one(50, 30), "M2": one(2, 10)}, 0.4},
		{"plain without residents", nil, 0.5},
		{"plain when nobody lives there", map[county.AreaCode]county.Ages{"M1": {}, "M2": {}}, 0.5},
	} {
		got := links().Rates(old, tc.residents)
		check(t, tc.name, got["m1"], tc.merged)
		// Inherited to the last bit; x2 lacks the rate of X2.
		if got["u1"] != 0.1 || got["s1"] != 0.2 || got["s2"] != 0.2 || got["x1"] != 0.5 {
			t.Errorf("%s: rates = %v, want those of the parents", tc.name, got)
		}
		if _, ok := got["x2"]; ok {
			t.Errorf("%s: x2 has a rate, and only one of its parents has", tc.name)
		}
	}
}

func TestNumbers(t *testing.T) {
	// Children aged 0-15: s1 has 10 and s2 30, and people of 40 do not count.
	residents := map[county.AreaCode]county.Ages{"s1": one(15, 10), "s2": one(0, 30), "x1": one(40, 1), "x2": one(40, 1)}
	old := map[county.AreaCode]float64{"U1": 5, "S1": 20, "M1": 1, "M2": 2, "X1": 8}
	got := links().Numbers(old, residents, [2]int{0, 15})
	want := map[county.AreaCode]float64{"u1": 5, "s1": 5, "s2": 15, "m1": 3, "x1": 4} // nobody of those ages in x1 and x2: halves; x2 lacks X2
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Numbers (-want +got):\n%s", diff)
	}
}

func TestTexts(t *testing.T) {
	got := links().Texts(map[county.AreaCode]string{"U1": "a", "S1": "b", "M2": "c", "X2": "d"})
	want := map[county.AreaCode]string{"u1": "a", "s1": "b", "s2": "b", "m1": "c", "x2": "d"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Texts (-want +got):\n%s", diff)
	}
}

// Whatever the look-up, nobody is lost or made, at any age; and a rate stays
// between the lowest and the highest of its parents.
func TestCarryProperties(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		var ks []county.Link
		old, rates := map[county.AreaCode]county.Ages{}, map[county.AreaCode]float64{}
		weights := map[county.AreaCode]county.Ages{}
		numbers := map[county.AreaCode]float64{}
		children := 1 + r.IntN(12)
		for i := range 1 + r.IntN(10) {
			from := county.AreaCode(fmt.Sprint("O", i))
			for range 1 + r.IntN(3) {
				ks = append(ks, county.Link{From: from, To: county.AreaCode(fmt.Sprint("n", r.IntN(children))), Change: []string{"U", "S", "M", "X"}[r.IntN(4)]})
			}
			var a county.Ages
			for range 5 {
				a[r.IntN(len(a))] += float64(r.IntN(1000))
			}
			old[from], rates[from], numbers[from] = a, r.Float64(), float64(r.IntN(300))
		}
		for i := range children {
			if r.IntN(4) == 0 {
				continue // not counted
			}
			var a county.Ages
			for age := range a {
				a[age] = float64(r.IntN(3))
			}
			weights[county.AreaCode(fmt.Sprint("n", i))] = a
		}
		l := county.NewLookup(ks)
		got, err := l.Counts(old, weights)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for age := range county.LastAge + 1 {
			before, after := 0.0, 0.0
			for _, a := range old {
				before += a[age]
			}
			for _, a := range got {
				if a[age] < 0 {
					t.Fatalf("seed %d: %v people aged %d", seed, a[age], age)
				}
				after += a[age]
			}
			if math.Abs(before-after) > 1e-9*max(1, before) {
				t.Fatalf("seed %d: %v people aged %d before and %v after", seed, before, age, after)
			}
		}
		sum := func(m map[county.AreaCode]float64) (n float64) {
			for _, v := range m {
				n += v
			}
			return n
		}
		if a, b := sum(numbers), sum(l.Numbers(numbers, weights, [2]int{0, 15})); math.Abs(a-b) > 1e-9*max(1, a) {
			t.Fatalf("seed %d: %v counted before and %v after", seed, a, b)
		}
		for to, rate := range l.Rates(rates, old) {
			lo, hi := 2.0, -1.0
			for _, p := range l.Parents(to) {
				lo, hi = min(lo, rates[p]), max(hi, rates[p])
			}
			if rate < lo-1e-12 || rate > hi+1e-12 {
				t.Fatalf("seed %d: %s has the rate %v, outside %v to %v of its parents", seed, to, rate, lo, hi)
			}
		}
		// The order of the rows does not matter.
		r.Shuffle(len(ks), func(i, j int) { ks[i], ks[j] = ks[j], ks[i] })
		again, err := county.NewLookup(ks).Counts(old, weights)
		if diff := cmp.Diff(got, again); diff != "" || err != nil {
			t.Fatalf("seed %d: in another order: %v (-first +second):\n%s", seed, err, diff)
		}
	}
}
