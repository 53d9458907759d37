package optimise_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/optimisetest"
)

// BenchmarkSolve keeps half of 98 sites, for counties of more and more points,
// each of which reaches some of the sites. Merging is part of it.
func BenchmarkSolve(b *testing.B) {
	for _, n := range []int{1000, 10_000, 100_000} {
		p := optimisetest.Random(1, optimise.MaximalCovering, 98, n)
		p.Rules = optimise.Rules{Keep: 49, Districts: make([]optimise.District, len(p.Rules.Districts))}
		for i := range p.Demands {
			d := &p.Demands[i]
			d.Floors = nil
			d.Reach = slices.DeleteFunc(d.Reach, func(r optimise.Reach) bool { return r.Time > 10 }) // three sites each
		}
		for _, tier := range []optimise.Tier{optimise.Live, optimise.Certified} {
			b.Run(fmt.Sprintf("%s/n=%d", tier, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := optimise.Solve(context.Background(), p, tier, optimise.Env{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
