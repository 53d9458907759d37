package outreach_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/outreach"
)

// Whatever little changes, Again says what Classify says.
func TestAgainIsClassify(t *testing.T) {
	kept := 0
	for seed := range uint64(seeds) {
		was, r := random(seed)
		old := outreach.Classify(was, params())
		in := was
		in.Covered, in.Nearest, in.WalkMin, in.Open = slices.Clone(was.Covered), slices.Clone(was.Nearest), slices.Clone(was.WalkMin), slices.Clone(was.Open)
		in.Youth, in.Transit = slices.Clone(was.Youth), slices.Clone(was.Transit)
		for range 1 + r.IntN(2) {
			i := r.IntN(len(in.Covered))
			switch r.IntN(8) {
			case 0:
				in.Covered[i] = r.Float64()
			case 1:
				in.Nearest[i] = r.IntN(4) - 1
			case 2:
				in.WalkMin[i] = []float64{math.NaN(), 19.5, 40}[r.IntN(3)]
			case 3:
				k := r.IntN(len(in.Open))
				in.Open[k] = !in.Open[k]
			case 4:
				if in.Youth != nil {
					in.Youth[i] = r.Float64()
				}
			case 5:
				if in.Transit != nil {
					in.Transit[i] = 29
				}
			case 6:
				in.Transit, in.Youth = nil, nil
			case 7: // a site is added, another gets a new name and place
				c := *was.County
				c.Sites = append(slices.Clone(c.Sites), county.Site{ID: "S9", Name: "Hub 9", Settlement: "T1"})
				c.Sites[1].Name, c.Sites[1].Settlement = "Hub new", "T3"
				in.County, in.Open = &c, append(in.Open, true)
				in.Nearest[i] = 3
			}
		}
		got, want := outreach.Again(in, params(), was, old), outreach.Classify(in, params())
		same := cmp.Comparer(func(a, b float64) bool {
			return math.Float64bits(a) == math.Float64bits(b) || math.IsNaN(a) && math.IsNaN(b)
		})
		if diff := cmp.Diff(want, got, same); diff != "" {
			t.Fatalf("seed %d (-Classify +Again):\n%s", seed, diff)
		}
		for i := range got.Areas {
			if cmp.Equal(got.Areas[i], old.Areas[i]) {
				kept++
			}
		}
	}
	if kept < 500 {
		t.Errorf("%d areas kept their words, want many", kept)
	}
}
