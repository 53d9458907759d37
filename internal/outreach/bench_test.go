package outreach_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"hubreach/internal/outreach"
)

func BenchmarkClassify(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, uint64(n)))
			patches := make([]patch, n)
			var walks [][]float64
			for i := range patches {
				patches[i] = patch{town: fmt.Sprint("T", i/10), young: float64(r.IntN(600)), adults: 1500, inNeed: float64(r.IntN(100)),
					covered: r.Float64(), decile: 1 + r.IntN(10), class: []string{"UN1", "RLN1"}[r.IntN(2)], youth: 1 + r.IntN(n), nearest: 1, walk: 25}
				walks = append(walks, []float64{float64(r.IntN(30)), float64(r.IntN(30))})
			}
			in := input(patches...)
			venues(&in, walks...)
			b.ReportAllocs()
			for b.Loop() {
				outreach.Classify(in, params())
			}
		})
	}
}
