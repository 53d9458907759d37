package outreach_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/need"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// patch is an area as a test draws it.
type patch struct {
	town    string  // settlement, empty for open country
	young   float64 // residents aged 12
	adults  float64 // residents aged 40
	inNeed  float64 // of young
	covered float64 // share in reach
	decile  int     // of need, 0 not known
	class   string  // rural-urban, empty not known
	youth   int     // rank of youth need, 0 last
	nearest int     // site, from 1; 0 none
	walk    float64 // minutes, 0 not known
}

// params are the thresholds of the tests: B 100, U 10.
func params() outreach.Params {
	return outreach.Params{
		Minutes: 20, BuildingThreshold: 100, OutreachThreshold: 10, UncoveredShare: 0.5, NeedDecile: 3, TownResidents: 5000,
		YouthShare: 0.2, TransitMinutes: 30, VenueMinutes: 15, WeeklyInNeed: 50, MonthlyInNeed: 10,
	}
}

// input makes a county of the patches in a row, each touching the next. Sites
// S1 to S3 stand in the towns T1 to T3; none is open.
func input(patches ...patch) outreach.Input {
	c := &county.County{Districts: []county.District{{Code: "D1", Name: "Thanet"}}}
	in := outreach.Input{County: c}
	seen := map[string]bool{}
	for i, p := range patches {
		a := county.Area{Code: county.AreaCode(fmt.Sprintf("A%02d", i)), Name: fmt.Sprintf("Area %d", i), District: "D1",
			Settlement: county.SettlementID(p.town), RuralUrban: p.class, Rural: p.class != "" && p.class[0] == 'R'}
		a.Residents[12], a.Residents[40] = p.young, p.adults
		c.Areas = append(c.Areas, a)
		var touching []int
		for _, j := range []int{i - 1, i + 1} {
			if j >= 0 && j < len(patches) {
				touching = append(touching, j)
			}
		}
		c.Neighbours = append(c.Neighbours, touching)
		c.Points = append(c.Points, county.Point{Area: i, Share: 1})
		if p.town != "" && !seen[p.town] {
			seen[p.town] = true
			c.Settlements = append(c.Settlements, county.Settlement{ID: county.SettlementID(p.town), Name: "Town " + p.town})
		}
		n := need.Area{Known: p.decile > 0, Decile: p.decile, InNeed: p.inNeed, YouthRank: p.youth, Youth: p.young}
		if p.youth == 0 {
			n.YouthRank = len(patches)
		}
		in.Need.Areas = append(in.Need.Areas, n)
		in.Covered = append(in.Covered, p.covered)
		in.Nearest = append(in.Nearest, p.nearest-1)
		walk := p.walk
		if walk == 0 {
			walk = math.NaN()
		}
		in.WalkMin = append(in.WalkMin, walk)
	}
	for k := range 3 {
		c.Sites = append(c.Sites, county.Site{ID: county.SiteID(fmt.Sprintf("S%d", k+1)), Name: fmt.Sprintf("Hub %d", k+1), Settlement: county.SettlementID(fmt.Sprintf("T%d", k+1))})
	}
	in.Open = make([]bool, 3)
	return in
}

// venues gives the county venues V0, V1, ... with the walks in minutes from each
// population point; a negative walk was not found.
func venues(in *outreach.Input, walks ...[]float64) {
	perPlace := make([][]reach.Time, len(walks[0]))
	for v := range walks[0] {
		in.County.Venues = append(in.County.Venues, county.Venue{ID: county.SiteID(fmt.Sprintf("V%d", v)), Name: fmt.Sprintf("Hall %d", v)})
	}
	for p, row := range walks {
		for v, m := range row {
			if m >= 0 {
				perPlace[v] = append(perPlace[v], reach.Time{Point: int32(p), Millis: uint32(math.Round(m * 60_000))})
			}
		}
	}
	in.Venues = reach.NewMatrix(len(in.County.Points), perPlace)
}

// has reports whether the rules put an area into a category.
func has(a outreach.Area, category outreach.Category) bool {
	for _, c := range a.Categories {
		if c == category {
			return true
		}
	}
	return false
}

// random draws an input from a seed: 1 to 15 areas in up to 3 towns and open
// country, touching at random.
func random(seed uint64) (outreach.Input, *rand.Rand) {
	r := rand.New(rand.NewPCG(seed, 3))
	patches := make([]patch, 1+r.IntN(15))
	for i := range patches {
		young := float64(r.IntN(600))
		patches[i] = patch{
			town: []string{"", "T1", "T2", "T3"}[r.IntN(4)], young: young, adults: float64(r.IntN(4000)), inNeed: math.Floor(young * r.Float64()),
			covered: []float64{0, 0.25, 0.5, 0.75, 1}[r.IntN(5)], decile: r.IntN(11), class: []string{"", "UN1", "RLN1", "RSF1"}[r.IntN(4)],
			youth: 1 + r.IntN(len(patches)), nearest: r.IntN(4), walk: float64(r.IntN(50)),
		}
	}
	in := input(patches...)
	for i := range in.County.Neighbours {
		in.County.Neighbours[i] = nil
	}
	for i := range patches {
		for j := range i {
			if r.IntN(3) == 0 {
				in.County.Neighbours[j] = append(in.County.Neighbours[j], i)
				in.County.Neighbours[i] = append(in.County.Neighbours[i], j)
			}
		}
	}
	for k := range in.Open {
		in.Open[k] = r.IntN(2) == 0
	}
	if r.IntN(2) == 0 {
		for range patches {
			in.Transit = append(in.Transit, []float64{math.NaN(), 10, 30, 31, 90}[r.IntN(5)])
			in.Youth = append(in.Youth, []float64{0, 0.5, 1}[r.IntN(3)])
		}
	}
	var walks [][]float64
	for range patches {
		walks = append(walks, []float64{float64(r.IntN(30)), float64(r.IntN(30)) - 5})
	}
	venues(&in, walks...)
	return in, r
}

// seeds is how many random counties each property is tried on.
const seeds = 300

const tol = 1e-9

func check(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol || math.IsNaN(got) && math.IsNaN(want)) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}
