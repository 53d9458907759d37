package estate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
)

func TestUncertain(t *testing.T) {
	// Three areas of 100, 200 and 300 people, a tenth, a fifth and half of them in
	// need: the first wholly inside, the second a quarter inside, the third out.
	in := build(
		patch{"D", 100, 0.1, 1, 1, []place{{1, []float64{20}}}},
		patch{"D", 200, 0.2, 2, 1, []place{{0.25, []float64{5}}, {0.75, []float64{21}}}},
		patch{"D", 300, 0.5, 3, 2, []place{{1, []float64{none}}}},
	)
	a := open(in, 0)
	u := estate.Uncertain(in, a, []estate.MethodCoverage{{Method: "areal", Shares: []float64{0.9, 0.5, 0.1}}})

	check(t, "covered", u.Covered.People, 150)   // 100 + 50
	check(t, "hard low", u.Covered.Hard.Lo, 100) // the first area
	check(t, "hard high", u.Covered.Hard.Hi, 300)
	check(t, "areal", u.Covered.Methods[1].People, 220) // 90 + 100 + 30
	check(t, "method low", u.Covered.Method.Lo, 150)
	check(t, "method high", u.Covered.Method.Hi, 220)
	// 1.96 x sqrt(1.85 x 200 x 1/4 x 3/4) = 16.3 people either side.
	half := 1.96 * math.Sqrt(1.85*37.5)
	check(t, "soft low", u.Covered.Soft.Lo, 150-half)
	check(t, "soft high", u.Covered.Soft.Hi, 150+half)
	check(t, "in need", u.CoveredInNeed.People, 20)             // 10 + 10
	check(t, "in need, hard high", u.CoveredInNeed.Hard.Hi, 50) // 10 + 40
	check(t, "decile 1, hard high", u.CoveredDecile1.Hard.Hi, 300)
}

func TestDifferences(t *testing.T) {
	// 1,000 people in one place each: site 0 reaches A and B, site 1 B and C.
	in := build(
		patch{"D", 1000, 0.5, 1, 1, []place{{1, []float64{5, 30}}}},
		patch{"D", 1000, 0.5, 1, 1, []place{{1, []float64{5, 5}}}},
		patch{"D", 400, 0.5, 1, 2, []place{{0.5, []float64{30, 5}}, {0.5, []float64{30, 30}}}},
	)
	a, b := open(in, 0), open(in, 1)
	a.Option.Name, b.Option.Name = "First", "Second"
	areal := func(shares ...float64) []estate.MethodCoverage {
		return []estate.MethodCoverage{{Method: "areal", Shares: shares}}
	}
	for _, tt := range []struct {
		name           string
		from, to       *estate.Assessment
		byFrom, byTo   []estate.MethodCoverage
		people, lo, hi float64 // of Method
		tie            bool
		words          string
	}{
		// A loses 1,000 and C gains 200, whatever the method: no tie. Half of C is
		// covered: 1.96 x sqrt(1.85 x 400 x 1/4) = 27 people either side.
		{"told apart", a, b, areal(1, 1, 0), areal(0, 1, 0.5), -800, -800, -800, false,
			`"First" covers 800 more people aged 0-19 than "Second", 773 at least and 827 at most.`},
		// By ground the second would cover 100 more.
		{"methods disagree", a, b, areal(0.2, 1, 0), areal(0, 1, 0.75), -800, -800, 100, true,
			`A tie: "First" and "Second" cannot be told apart on people aged 0-19: 800 more in "First", anything from 100 fewer to 827 more.`},
		{"the same", a, a, areal(1, 1, 0), areal(1, 1, 0), 0, 0, 0, true, `"First" and "First" cover the same people aged 0-19.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := estate.Differences(in, tt.from, tt.to, tt.byFrom, tt.byTo)[0]
			check(t, "people", d.People, tt.people)
			check(t, "least", d.Method.Lo, tt.lo)
			check(t, "most", d.Method.Hi, tt.hi)
			if d.Tie != tt.tie || d.Words != tt.words {
				t.Errorf("tie %v: %q\nwant %v: %q", d.Tie, d.Words, tt.tie, tt.words)
			}
		})
	}
}

// The bands hold the figure, and the hard band holds every way of sharing the
// people of an area out over its points.
func TestBandsHoldTheFigure(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		for p := range in.County.Points {
			in.County.Points[p].At = geo.Grid{r.Float64() * 1000, r.Float64() * 1000}
		}
		a := open(in, subset(r, len(in.County.Sites))...)
		var others []estate.MethodCoverage
		for _, by := range estate.Allocations(in.County) {
			others = append(others, estate.MethodCoverage{Method: by.Method, Shares: estate.CoveredUnder(in, a, by)})
			sums := make([]float64, len(in.County.Areas))
			for p, share := range by.Shares {
				sums[in.County.Points[p].Area] += share
			}
			for i, sum := range sums {
				if math.Abs(sum-1) > tol {
					t.Fatalf("seed %d: shares of area %d by %s add up to %v", seed, i, by.Method, sum)
				}
			}
		}
		for _, b := range []estate.Bands{estate.Uncertain(in, a, others).Covered, estate.Uncertain(in, a, others).CoveredInNeed} {
			if len(b.Methods) != 3 {
				t.Fatalf("seed %d: methods %+v, want the study's own, centroid and ground", seed, b.Methods)
			}
			for _, m := range b.Methods {
				if m.People < b.Hard.Lo-tol*max(1, m.People) || m.People > b.Hard.Hi*(1+tol)+tol {
					t.Fatalf("seed %d: %s gives %v outside the hard band %+v", seed, m.Method, m.People, b.Hard)
				}
			}
			if !b.Method.Contains(b.People) || !b.Soft.Contains(b.People) {
				t.Fatalf("seed %d: %v outside %+v or %+v", seed, b.People, b.Method, b.Soft)
			}
		}
		// An option against itself is the same, and one against another is the
		// other way round the other way.
		b := open(in, subset(r, len(in.County.Sites))...)
		for k, d := range estate.Differences(in, a, b, others, others) {
			back := estate.Differences(in, b, a, others, others)[k]
			if math.Abs(d.People+back.People) > 1e-6 || d.Tie != back.Tie {
				t.Fatalf("seed %d: %+v one way, %+v the other", seed, d, back)
			}
			if !strings.HasSuffix(d.Words, ".") {
				t.Fatalf("seed %d: %q is not a sentence", seed, d.Words)
			}
		}
	}
}

func TestByGround(t *testing.T) {
	// A square kilometre with two points, at a tenth and nine tenths of its width:
	// the line half way between them is in the middle. The people live at the
	// first, so their middle is nearest to it.
	square := orb.MultiPolygon{{{{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}, {0, 0}}}}
	c := &county.County{Areas: []county.Area{{Shape: square}}, Points: []county.Point{
		{At: geo.Grid{100, 500}, Share: 0.8}, {At: geo.Grid{900, 500}, Share: 0.2}}}
	got := estate.Allocations(c)
	for k, want := range [][2]float64{{0.8, 0.2}, {1, 0}, {0.5, 0.5}} {
		const cell = 0.05 // a column of the grid is a fourteenth of the ground
		if math.Abs(got[k].Shares[0]-want[0]) > cell || math.Abs(got[k].Shares[1]-want[1]) > cell {
			t.Errorf("%s: shares %v, want %v", got[k].Method, got[k].Shares, want)
		}
	}
}
