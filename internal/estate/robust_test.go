package estate_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
)

func TestSpread(t *testing.T) {
	declared := []float64{4, 0, 1}
	const draws = 20_000
	for _, tt := range []struct {
		name   string
		spread estate.Spread
		sd     float64 // of the first weight, whose mean is 0.8
	}{
		{"none", estate.Spread{}, 0},
		// Beta(8, 2): sd = sqrt(0.8 x 0.2 / 11).
		{"Dirichlet 10", estate.Spread{Dirichlet: 10}, math.Sqrt(0.16 / 11)},
		// Beta(0.4, 0.1): shapes under 1.
		{"Dirichlet 0.5", estate.Spread{Dirichlet: 0.5}, math.Sqrt(0.16 / 1.5)},
		// v / (v + w), both even within a quarter of 4 and 1: to first order
		// 0.8 x 0.2 x sqrt(0.25^2 / 3 + 0.25^2 / 3) = 0.0327.
		{"plus or minus a quarter", estate.Spread{PlusMinus: 0.25}, 0.0327},
	} {
		r := rand.New(rand.NewPCG(1, 2))
		sum, square := 0.0, 0.0
		for range draws {
			w := tt.spread.Draw(r, declared)
			if w[1] != 0 || math.Abs(w[0]+w[2]-1) > tol || w[0] < 0 || w[2] < 0 {
				t.Fatalf("%s: drew %v, want weights that add up to one, the second 0", tt.name, w)
			}
			sum, square = sum+w[0], square+w[0]*w[0]
		}
		mean := sum / draws
		sd := math.Sqrt(max(0, square/draws-mean*mean))
		const slack = 0.012 // a little over three standard errors of a mean of sd 0.33, and of the first order
		if math.Abs(mean-0.8) > slack || math.Abs(sd-tt.sd) > slack {
			t.Errorf("%s: mean %.4f, sd %.4f; want 0.8 and %.4f", tt.name, mean, sd, tt.sd)
		}
	}
	if got := (estate.Spread{}).Draw(rand.New(rand.NewPCG(1, 1)), []float64{0, 0}); !slices.Equal(got, []float64{0, 0}) {
		t.Errorf("nothing declared: %v, want zeros", got)
	}
}

func TestFlipWeights(t *testing.T) {
	// Two criteria of weight 0.6 and 0.4. A scores 0.6 x 1 + 0.4 x 0 = 0.6, B 0.4:
	// they are level at w = 1 - w, 0.5. C (0.9 on the second) is level with A at
	// w = 0.9 - 0.9 w, 0.474, so B flips first. More weight never flips A.
	scales := []estate.Scale{{Criterion: "x", Weight: 0.6}, {Criterion: "y", Weight: 0.4}}
	score := func(id estate.OptionID, x, y float64) estate.Score {
		return estate.Score{Option: id, Score: 0.6*x + 0.4*y, Values: []estate.Value{{Scaled: x}, {Scaled: y}}}
	}
	flips := estate.FlipWeights(scales, []estate.Score{score("B", 0, 1), score("A", 1, 0), score("C", 0, 0.9)})
	if f := flips[0]; !near(f.Down, 0.5) || f.DownTo != "B" || !math.IsNaN(f.Up) || f.UpTo != "" {
		t.Errorf("x: %+v, want down to B at 0.5 and nothing up", f)
	}
	if f := flips[1]; !near(f.Up, 0.5) || f.UpTo != "B" || !math.IsNaN(f.Down) {
		t.Errorf("y: %+v, want up to B at 0.5 and nothing down", f)
	}
	if f := estate.FlipWeights(scales[:1], []estate.Score{score("A", 1, 0)})[0]; !math.IsNaN(f.Up) || !math.IsNaN(f.Down) {
		t.Errorf("one option: %+v, want no flip", f)
	}
}

// At the flip weight the two options score the same, and just before it the
// leader still leads.
func TestFlipWeightsAreLevel(t *testing.T) {
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 3))
		w := (estate.Spread{Dirichlet: 3}).Draw(r, []float64{1, 1, 1})
		scales := make([]estate.Scale, 3)
		for k := range scales {
			scales[k].Weight = w[k]
		}
		scores := make([]estate.Score, 4)
		with := func(i, k int, weight float64) float64 { // score of option i with criterion k at weight
			sum := 0.0
			for j, v := range scores[i].Values {
				if j == k {
					sum += weight * v.Scaled
				} else {
					sum += (1 - weight) * w[j] / (1 - w[k]) * v.Scaled
				}
			}
			return sum
		}
		leader := 0
		for i := range scores {
			scores[i].Option = estate.OptionID(rune('a' + i))
			for k := range scales {
				scores[i].Values = append(scores[i].Values, estate.Value{Scaled: r.Float64()})
				scores[i].Score += w[k] * scores[i].Values[k].Scaled
			}
			if scores[i].Score > scores[leader].Score {
				leader = i
			}
		}
		for k, f := range estate.FlipWeights(scales, scores) {
			for _, side := range []struct {
				at float64
				to estate.OptionID
			}{{f.Down, f.DownTo}, {f.Up, f.UpTo}} {
				if math.IsNaN(side.at) {
					continue
				}
				rival := int(side.to[0] - 'a')
				if a, b := with(leader, k, side.at), with(rival, k, side.at); math.Abs(a-b) > 1e-9 {
					t.Fatalf("seed %d: at weight %v of %d: leader %v, rival %v", seed, side.at, k, a, b)
				}
				before := f.Weight + 0.999*(side.at-f.Weight)
				for i := range scores {
					if with(i, k, before) > with(leader, k, before)+1e-12 {
						t.Fatalf("seed %d: option %d leads at %v already, before the flip at %v", seed, i, before, side.at)
					}
				}
			}
		}
	}
}

func TestRankings(t *testing.T) {
	// Four draws of three options, by hand: A first in two and level with B in
	// one; C always last.
	rows, wins := estate.Rankings([]estate.OptionID{"A", "B", "C"}, []estate.Draw{
		{Scores: []float64{0.9, 0.5, 0.1}, Weights: []float64{1, 0}},
		{Scores: []float64{0.8, 0.6, 0.2}, Weights: []float64{0.8, 0.2}},
		{Scores: []float64{0.5, 0.5, 0.4}, Weights: []float64{0.5, 0.5}},
		{Scores: []float64{0.2, 0.6, 0.1}, Weights: []float64{0, 1}},
	})
	for _, tt := range []struct {
		what      string
		got, want float64
	}{
		{"A first", rows[0].First(), 0.625}, {"A second", rows[0].Rank[1], 0.375},
		{"B first", rows[1].First(), 0.375}, {"C third", rows[2].Rank[2], 1},
		{"A beats B", wins[0][1], 0.625}, {"B beats A", wins[1][0], 0.375}, {"A beats C", wins[0][2], 1},
		{"A's mean score", rows[0].Score, 0.6}, {"A's worst regret", rows[0].RegretMax, 0.4}, {"A's mean regret", rows[0].RegretMean, 0.1},
		{"C's mean regret", rows[2].RegretMean, (0.8 + 0.6 + 0.1 + 0.5) / 4},
		// A's central weight of the first criterion: (1 + 0.8 + 0.5 / 2) / 2.5.
		{"A's central weight", rows[0].Central[0], 0.82},
	} {
		check(t, tt.what, tt.got, tt.want)
	}
	if rows[2].Central != nil {
		t.Errorf("C has central weights %v, want none: it is never first", rows[2].Central)
	}
	for i, r := range rows {
		sum := 0.0
		for _, p := range r.Rank {
			sum += p
		}
		check(t, "ranks of "+string(rows[i].Option), sum, 1)
	}
}

// indexed is a county of four areas with two indicators: a, ranked 1 to 4 of
// 100, and b the other way round; a's score falls where the rank grows, b has a
// rate.
func indexed() (*county.County, need.Result) {
	known := func(n float64) county.Value { return county.Value{Number: n, Basis: county.Measured} }
	c := &county.County{Indicators: []county.Indicator{{ID: "a", Of: 100}, {ID: "b", Of: 100}}}
	for i := range 4 {
		a := county.Area{Measures: []county.Measure{
			{Rank: known(float64(1 + 30*i)), Score: known(float64(40 - 10*i))},
			{Rank: known(float64(91 - 30*i)), Rate: known(0.1 * float64(i))},
		}}
		a.Residents[30] = 1000
		c.Areas = append(c.Areas, a)
	}
	r := need.Result{Of: 100}
	for i := range 4 {
		r.Areas = append(r.Areas, need.Area{Known: i < 3, Score: float64(90 - i), Rank: 1 + i, Decile: 1 + 3*i, InNeed: 5})
	}
	return c, r
}

func TestIndex(t *testing.T) {
	c, n := indexed()
	x := estate.NewIndex(c, n, map[string]float64{"a": 3, "b": 1, "c": 1})
	if !slices.Equal(x.IDs, []string{"a", "b"}) || !near(x.Declared[0], 0.75) {
		t.Fatalf("index of %v by %v, want a and b by 0.75 and 0.25", x.IDs, x.Declared)
	}
	for _, by := range estate.Normalisations {
		// With all the weight on a, the order stays; with all on b it turns round.
		// The fourth area's need is not known and takes no part.
		for _, tt := range []struct {
			weights []float64
			deciles []int
		}{{[]float64{1, 0}, []int{1, 4, 7, 10}}, {[]float64{0, 1}, []int{7, 4, 1, 10}}} {
			got := x.Need(by, tt.weights)
			var deciles []int
			for _, a := range got.Areas {
				deciles = append(deciles, a.Decile)
			}
			if !slices.Equal(deciles, tt.deciles) || got.Areas[0].InNeed != 5 {
				t.Errorf("%s, weights %v: deciles %v, want %v and as many in need as before", by, tt.weights, deciles, tt.deciles)
			}
		}
	}
	// Scores by hand: min-max of a is 1, 2/3, 1/3, 0, and of b 0, 1/3, 2/3, 1; in
	// standard deviations a is (40-25)/11.18 for the first area.
	check(t, "min-max", x.Need(estate.MinMax, []float64{0.75, 0.25}).Areas[1].Score, 0.75*2/3+0.25/3)
	check(t, "z", x.Need(estate.ZScore, []float64{1, 0}).Areas[0].Score, 15/math.Sqrt(125))
	check(t, "percentile", x.Need(estate.Percentile, []float64{1, 0}).Areas[0].Score, 0.995)
	check(t, "exp", x.Need(estate.Exponential, []float64{1, 0}).Areas[0].Score, 100)
	if got := estate.NewIndex(c, n, nil).Need(estate.ZScore, nil); got.Areas[1].Decile != 4 {
		t.Errorf("no weights: %+v, want the study's own need", got.Areas[1])
	}
}
