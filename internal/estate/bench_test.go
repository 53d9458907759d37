package estate_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/reach"
)

// sized draws a county of n points, 46 to an area as postcodes are in Kent, with
// 100 sites in 12 districts, each point within an hour of 8.
func sized(n int) estate.Input {
	const perArea, sites, walks = 46, 100, 8
	r := rand.New(rand.NewPCG(1, uint64(n)))
	c := &county.County{}
	var nd need.Result
	for d := range 12 {
		c.Districts = append(c.Districts, county.District{Code: county.DistrictCode(fmt.Sprint("D", d))})
	}
	for i := range (n + perArea - 1) / perArea {
		a := county.Area{District: c.Districts[i%12].Code, RuralUrban: "UN1"}
		a.Residents[r.IntN(20)] = float64(200 + r.IntN(400))
		c.Areas = append(c.Areas, a)
		rate := r.Float64()
		nd.Areas = append(nd.Areas, need.Area{Known: true, Score: r.Float64() * 100, Rate: rate, InNeed: a.Residents.Between(0, 19) * rate, DeprivationDecile: 1 + r.IntN(10)})
	}
	perSite := make([][]reach.Time, sites)
	for p := range n {
		c.Points = append(c.Points, county.Point{Area: p / perArea, Share: 1 / float64(min(perArea, n-p/perArea*perArea))})
		first := r.IntN(sites)
		for k := range walks {
			s := (first + k) % sites
			perSite[s] = append(perSite[s], reach.Time{Point: int32(p), Millis: uint32(r.IntN(3_600_000))})
		}
	}
	for s := range sites {
		c.Sites = append(c.Sites, county.Site{ID: county.SiteID(fmt.Sprint("S", s)), District: c.Districts[s%12].Code})
	}
	m := reach.NewMatrix(n, perSite)
	return estate.Input{County: c, Need: nd, Walks: m, Pushchair: m, Limit: 1_200_000, Longest: 3_600_000}
}

var sizes = []int{1000, 10_000, 100_000}

func BenchmarkAssess(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			in := sized(n)
			var half []int
			for i := range 50 {
				half = append(half, 2*i)
			}
			o := estate.Keep(in.County, "half", "", half)
			b.ReportAllocs()
			for b.Loop() {
				estate.Assess(in, o)
			}
		})
	}
}

func BenchmarkLosers(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			in := sized(n)
			before, after := open(in, 1, 2, 3, 4, 5, 6, 7), open(in, 1, 3, 5, 7, 9, 11)
			b.ReportAllocs()
			for b.Loop() {
				estate.Losers(in, before, after)
			}
		})
	}
}

func BenchmarkGreedy(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("n=%d", n), func(b *testing.B) {
			in := sized(n)
			var all []int
			for i := range in.County.Sites {
				all = append(all, i)
			}
			for b.Loop() {
				if _, err := estate.Greedy(in, all, 49, 2); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
