package need_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/need"
)

func BenchmarkAssess(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, uint64(n)))
			c := &county.County{Indicators: []county.Indicator{{ID: "income", Of: 33755}, {ID: "health", Of: 33755}, {ID: "crime", Of: 33755}}}
			for range n {
				a := area(float64(r.IntN(400)), 900, rank(float64(1+r.IntN(33755))), rank(float64(1+r.IntN(33755))), rank(float64(1+r.IntN(33755))))
				a.Measures[0].Rate = known(r.Float64())
				c.Areas = append(c.Areas, a)
			}
			p := need.Params{Weights: map[string]float64{"income": 0.4, "health": 0.6}, Rate: []string{"income"}, Youth: map[string]float64{"crime": 1}}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := need.Assess(c, p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
