package estate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"hubreach/internal/estate"
)

func TestErreygers(t *testing.T) {
	for _, tc := range []struct {
		name string
		rows []estate.EquityRow
		want float64
	}{
		{"nobody", nil, 0},
		{"rows without people", []estate.EquityRow{{0, 1, 5}}, 0},
		{"everybody covered alike", []estate.EquityRow{{100, 0.3, 1}, {300, 0.3, 9}}, 0},
		// Two halves, ranks 1/4 and 3/4, coverage 0 and 1: mean coverage 1/2,
		// mean rank 1/2. cov = 1/2 x (-1/2)(-1/4) + 1/2 x (1/2)(1/4) = 1/8: E = 1.
		{"only the more deprived half", []estate.EquityRow{{50, 0, 1}, {50, 1, 2}}, 1},
		{"only the less deprived half", []estate.EquityRow{{50, 1, 1}, {50, 0, 2}}, -1},
		// Quarters have the ranks 1/8, 3/8, 5/8, 7/8. Only the most deprived is
		// covered: mean coverage 1/4. cov = sum 1/4 (c - 1/4)(r - 1/2)
		// = 1/4 [(-1/4)(-3/8 - 1/8 + 1/8) + (3/4)(3/8)] = 1/4 (3/32 + 9/32) = 3/32:
		// E = 8 x 3/32 = 3/4.
		{"only the most deprived quarter", []estate.EquityRow{{1, 0, 1}, {1, 0, 2}, {1, 0, 3}, {1, 1, 4}}, 0.75},
		// Two of the three are equally deprived. Of 40 people the first 10 have the
		// rank 5/40 = 1/8, the tied 30 the middle of theirs, (10 + 15)/40 = 5/8.
		// c = 0, 1, 0 with weights 1/4, 1/2 (20 people), 1/4 (10): mean 1/2, mean
		// rank 1/2. cov = 1/4(-1/2)(-3/8) + 1/2(1/2)(1/8) + 1/4(-1/2)(1/8) = 1/16:
		// E = 1/2.
		{"ties share one rank", []estate.EquityRow{{10, 0, 1}, {20, 1, 7}, {10, 0, 7}}, 0.5},
		{"ties in another order", []estate.EquityRow{{10, 0, 7}, {20, 1, 7}, {10, 0, 1}}, 0.5},
	} {
		if got := estate.Erreygers(tc.rows); !near(got, tc.want) {
			t.Errorf("%s: Erreygers(%v) = %v, want %v", tc.name, tc.rows, got, tc.want)
		}
	}
}

func TestErreygersIsBoundedAndOrderFree(t *testing.T) {
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 2))
		rows := make([]estate.EquityRow, 1+r.IntN(20))
		for i := range rows {
			rows[i] = estate.EquityRow{People: float64(r.IntN(100)), Covered: r.Float64(), Deprivation: float64(r.IntN(5))}
		}
		got := estate.Erreygers(rows)
		if got < -1-tol || got > 1+tol {
			t.Fatalf("seed %d: Erreygers = %v, want -1 to 1", seed, got)
		}
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if again := estate.Erreygers(rows); math.Abs(got-again) > tol {
			t.Fatalf("seed %d: Erreygers = %v in one order and %v in another", seed, got, again)
		}
		// What everybody gains alike, nobody gains over another.
		for i := range rows {
			rows[i].Covered += 0.5
		}
		if moved := estate.Erreygers(rows); math.Abs(got-moved) > tol {
			t.Fatalf("seed %d: Erreygers moved from %v to %v when everybody gained alike", seed, got, moved)
		}
	}
}

// The anchor of the equity criterion is beaten by no set of the county's sites.
func TestEquityAnchorIsABound(t *testing.T) {
	for seed := range uint64(seeds) {
		in, _ := random(seed)
		n := len(in.County.Sites)
		var every []int
		for i := range n {
			every = append(every, i)
		}
		scales, _, err := estate.Scales(in, open(in, every...), map[estate.Criterion]float64{estate.Equity: 1})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if len(scales) == 0 {
			continue // no set changes it
		}
		for set := range 1 << n {
			var sites []int
			for i := range n {
				if set>>i&1 == 1 {
					sites = append(sites, i)
				}
			}
			if got := open(in, sites...).Equity; got > scales[0].Hi+tol {
				t.Fatalf("seed %d: sites %v have an equity of %v, over the bound %v", seed, sites, got, scales[0].Hi)
			}
		}
	}
}
