package estate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/reach"
)

// none marks a walk that was not found.
const none = -1.0

// place is a population point: its share of the area's people and the walk to
// each site in minutes.
type place struct {
	share float64
	walks []float64
}

// patch is an area: people aged 7, the share of them in need, its score and
// published decile of deprivation, and where they live.
type patch struct {
	district string
	people   float64
	rate     float64
	score    float64
	decile   int
	places   []place
}

// build makes a county of the patches, with as many sites as the first place
// has walks, in a row 1 km apart, in the district of the patch with their
// number, or the last. The limit is 20 minutes, the longest walk 60.
func build(patches ...patch) estate.Input {
	c := &county.County{}
	seen := map[string]bool{}
	var n need.Result
	perSite := make([][]reach.Time, len(patches[0].places[0].walks))
	for i, p := range patches {
		if !seen[p.district] {
			seen[p.district] = true
			c.Districts = append(c.Districts, county.District{Code: county.DistrictCode(p.district), Name: p.district})
		}
		a := county.Area{Code: county.AreaCode(fmt.Sprintf("A%03d", i)), District: county.DistrictCode(p.district)}
		a.Residents[7] = p.people
		c.Areas = append(c.Areas, a)
		n.Areas = append(n.Areas, need.Area{Known: true, Score: p.score, Rate: p.rate, RateFrom: "idaci", InNeed: p.people * p.rate, DeprivationDecile: p.decile})
		for _, at := range p.places {
			for s, m := range at.walks {
				if m != none {
					perSite[s] = append(perSite[s], reach.Time{Point: int32(len(c.Points)), Millis: uint32(math.Round(m * 60_000))})
				}
			}
			c.Points = append(c.Points, county.Point{Area: i, Share: at.share})
		}
	}
	for s := range perSite {
		home := patches[min(s, len(patches)-1)].district
		c.Sites = append(c.Sites, county.Site{ID: county.SiteID(fmt.Sprintf("S%d", s)), Area: min(s, len(patches)-1), District: county.DistrictCode(home), At: geo.Grid{float64(s) * 1000, 0}})
	}
	return estate.Input{County: c, Need: n, Walks: reach.NewMatrix(len(c.Points), perSite), Limit: 20 * 60_000, Longest: 60 * 60_000}
}

// open assesses the option that opens the sites.
func open(in estate.Input, sites ...int) *estate.Assessment {
	return estate.Assess(in, estate.Keep(in.County, "o", "", sites))
}

// random draws a county from a seed: up to 12 areas of up to 5 places, and up
// to 6 sites. Walks are whole minutes of up to 40, so that ties are common.
func random(seed uint64) (estate.Input, *rand.Rand) {
	r := rand.New(rand.NewPCG(seed, 1))
	sites := 1 + r.IntN(6)
	patches := make([]patch, 1+r.IntN(12))
	for i := range patches {
		p := patch{district: string(rune('A' + r.IntN(3))), people: float64(r.IntN(500)), rate: r.Float64(), score: float64(r.IntN(8)), decile: r.IntN(11)}
		n := 1 + r.IntN(5)
		for range n {
			at := place{share: 1 / float64(n)}
			for range sites {
				m := float64(r.IntN(40))
				if r.IntN(3) == 0 {
					m = none
				}
				at.walks = append(at.walks, m)
			}
			p.places = append(p.places, at)
		}
		patches[i] = p
	}
	return build(patches...), r
}

// subset draws a set of sites.
func subset(r *rand.Rand, n int) []int {
	var sites []int
	for i := range n {
		if r.IntN(2) == 0 {
			sites = append(sites, i)
		}
	}
	return sites
}

const tol = 1e-9

func near(a, b float64) bool {
	return a == b || math.Abs(a-b) <= tol || math.IsNaN(a) && math.IsNaN(b)
}

func check(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !near(got, want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}
