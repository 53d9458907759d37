package outreach_test

import (
	"math"
	"slices"
	"testing"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/outreach"
	"hubreach/internal/reach"
)

// hubs gives the input walks in minutes from each population point to the sites
// S1 to S3; a negative walk was not found.
func hubs(in *outreach.Input, walks ...[]float64) {
	perPlace := make([][]reach.Time, len(in.County.Sites))
	for p, row := range walks {
		for s, m := range row {
			if m >= 0 {
				perPlace[s] = append(perPlace[s], reach.Time{Point: int32(p), Millis: uint32(math.Round(m * 60_000))})
			}
		}
	}
	in.Walks = reach.NewMatrix(len(in.County.Points), perPlace)
}

func plan(in outreach.Input, p outreach.Params) (*outreach.Result, *outreach.Plan) {
	r := outreach.Classify(in, p)
	return r, outreach.MakePlan(in, p, r)
}

func TestDetailAges(t *testing.T) {
	in := village()
	// Aged 12 are 100, 300 and 200, half of the last in reach; 80 more of the
	// first are aged 4, 40 aged 5, 20 aged 16 and 10 aged 20, who do not count.
	for age, n := range map[int]float64{4: 80, 5: 40, 16: 20, 20: 10} {
		in.County.Areas[0].Residents[age] = n
	}
	p := params()
	p.YouthShare = 0
	_, got := plan(in, p)
	if want := [4]float64{80, 40, 500, 20}; got.Details[0].Ages != want {
		t.Errorf("ages %v = %v, want %v", outreach.Bands, got.Details[0].Ages, want)
	}
	if got.Details[0].Wanted != outreach.Weekly {
		t.Errorf("wanted %s, want weekly: 80 people in need", got.Details[0].Wanted)
	}
}

// Detached youth counts everybody, in reach or not.
func TestDetailAgesOfDetachedYouth(t *testing.T) {
	in := input(patch{town: "T1", young: 100, inNeed: 50, covered: 0.5, decile: 9, class: "UN1", youth: 1})
	p := params()
	p.YouthShare = 1
	_, got := plan(in, p)
	if want := [4]float64{0, 0, 100, 0}; got.Details[0].Ages != want {
		t.Errorf("ages = %v, want %v", got.Details[0].Ages, want)
	}
}

func TestDetailHubs(t *testing.T) {
	for _, tc := range []struct {
		name  string
		open  []bool
		walks [][]float64 // of the village's three points, to S1 to S3
		want  []int
		min   []float64
	}{
		// Out of reach are 100, 300 and 200 people (nobody said who is inside): the
		// typical walk is that of the second point, as soon as it is found.
		{"nearest first", []bool{true, true, true}, [][]float64{{30, 25, 50}, {40, 35, 50}, {41, 36, 50}}, []int{1, 0}, []float64{35, 40}},
		{"closed hubs do not count", []bool{true, false, true}, [][]float64{{30, 25, 50}, {40, 35, 50}, {41, 36, 50}}, []int{0, 2}, []float64{40, 50}},
		{"half of the people is not more than half", []bool{true, true, false}, [][]float64{{-1, 25, 50}, {40, -1, 50}, {-1, 36, 50}}, []int{0, 1}, []float64{math.NaN(), math.NaN()}},
		{"beyond the longest walk: by straight line", []bool{true, true, true}, [][]float64{{}, {}, {}}, []int{2, 1}, []float64{math.NaN(), math.NaN()}},
		{"one open hub", []bool{false, true, false}, [][]float64{{30, 25, 50}, {40, 35, 50}, {41, 36, 50}}, []int{1}, []float64{35}},
		{"none", []bool{false, false, false}, [][]float64{{30, 25, 50}, {40, 35, 50}, {41, 36, 50}}, nil, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := village()
			in.Open = tc.open
			// The people's middle is the origin; S3 is 1 km from it, S2 2 km, S1 3 km.
			for k := range in.County.Sites {
				in.County.Sites[k].At = geo.Grid{float64(3-k) * 1000, 0}
			}
			if tc.name == "half of the people is not more than half" {
				in.County.Sites[0].At = geo.Grid{1, 0} // 300 of 600 reach S1
			}
			hubs(&in, tc.walks...)
			p := params()
			p.YouthShare = 0
			_, got := plan(in, p)
			var sites []int
			for k, h := range got.Details[0].Hubs {
				sites = append(sites, h.Site)
				check(t, "walk", h.WalkMin, tc.min[k])
				check(t, "straight line", float64(h.Line), math.Abs(in.County.Sites[h.Site].At[0]))
			}
			if !slices.Equal(sites, tc.want) {
				t.Errorf("hubs %v, want %v", sites, tc.want)
			}
		})
	}
	in := village()
	if _, got := plan(in, params()); got.Details[0].Hubs != nil {
		t.Errorf("hubs %v without walks, want none", got.Details[0].Hubs)
	}
}

// Every child in need out of reach is planned for, unmet or below the
// thresholds, in the county and in each district, and no district plans more
// sessions than it staffs.
func TestTotals(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		if r.IntN(2) == 0 {
			in.County.Districts = append(in.County.Districts, county.District{Code: "D2"})
			for i := range in.County.Areas {
				in.County.Areas[i].District = []county.DistrictCode{"D1", "D2"}[r.IntN(2)]
			}
		}
		p := params()
		p.SessionsPerWeek = []float64{0, 0.1, 0.5, 1, 2}[r.IntN(5)]
		res, got := plan(in, p)
		outside := 0.0
		for i := range in.County.Areas {
			outside += in.Need.Areas[i].InNeed * (1 - in.Covered[i])
		}
		check(t, "people in need outside", got.Totals.Outside, outside)
		check(t, "planned, unmet and below", got.Totals.Planned+got.Totals.Unmet+got.Totals.Below, outside)
		var sum outreach.Totals
		for _, d := range got.Districts {
			sum.Outside += d.Outside
			sum.Planned += d.Totals.Planned
			sum.Unmet += d.Unmet
			sum.Below += d.Below
			if d.Planned > d.Staffed+tol {
				t.Fatalf("seed %d: district %s plans %g sessions of %g", seed, d.District, d.Planned, d.Staffed)
			}
			if math.IsNaN(d.Staffed) != (p.SessionsPerWeek == 0) || d.Planned > d.Wanted {
				t.Fatalf("seed %d: district %+v at %g sessions a week", seed, d, p.SessionsPerWeek)
			}
			if d.Next.Reached > d.Unmet+tol {
				t.Fatalf("seed %d: one more session reaches %g of %g unmet", seed, d.Next.Reached, d.Unmet)
			}
		}
		check(t, "districts outside", sum.Outside, outside)
		check(t, "districts planned", sum.Planned, got.Totals.Planned)
		check(t, "districts unmet", sum.Unmet, got.Totals.Unmet)
		check(t, "districts below", sum.Below, got.Totals.Below)
		if got.Totals.Building+got.Totals.Mostly > got.Totals.Below+tol {
			t.Fatalf("seed %d: totals %+v", seed, got.Totals)
		}
		if p.SessionsPerWeek == 0 && got.Totals.Unmet > 0 {
			t.Fatalf("seed %d: %g unmet where nobody stated the sessions", seed, got.Totals.Unmet)
		}
		for k, x := range res.Targets {
			sum := 0.0
			for _, n := range got.Details[k].Ages {
				sum += n
			}
			check(t, "age bands of "+x.ID, sum, x.People)
		}
	}
}

// Targets of 90, 80 and 70 people in need call for a weekly session, 20 for a
// monthly one, 5 for a term's; sessions are what a district has in a week.
func TestNext(t *testing.T) {
	for _, tc := range []struct {
		name    string
		perWeek float64
		want    outreach.Next
	}{
		// 96 a year serve 90 and 80. 48 more serve 70.
		{"a third target", 2, outreach.Next{Targets: 1, Reached: 70}},
		// 60 serve 90 weekly and 80 monthly. 48 more lift 80 to weekly (36) and
		// give 70 a monthly session (12).
		{"one oftener, one new", 1.25, outreach.Next{Targets: 1, Reached: 70, Oftener: 1, OftenerInNeed: 80}},
		// 192: 90, 80, 70 weekly, 20 monthly, 5 termly want 159 in all.
		{"enough", 4, outreach.Next{}},
		{"not stated", 0, outreach.Next{}},
		// 144 serve 90, 80 and 70: 48 more serve both others.
		{"the last two", 3, outreach.Next{Targets: 2, Reached: 25}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := patch{young: 100, decile: 1, class: "RSN1"}
			in := input(x, x, x, x, x)
			for i, n := range []float64{70, 5, 90, 20, 80} {
				in.Need.Areas[i].InNeed = n
			}
			p := params()
			p.YouthShare, p.SessionsPerWeek = 0, tc.perWeek
			_, got := plan(in, p)
			if got.Districts[0].Next != tc.want {
				t.Errorf("one more session a week: %+v, want %+v", got.Districts[0].Next, tc.want)
			}
		})
	}
}

// A town that warrants a building, and areas that count as in reach, are told
// apart among those below.
func TestTotalsBelow(t *testing.T) {
	// Of 400 in need 300 are out of reach in T1, over B = 100. T2's one area has
	// 40 in need, a quarter of them outside.
	in := input(
		patch{town: "T1", young: 1000, adults: 9000, inNeed: 400, covered: 0.25, decile: 9, class: "UN1"},
		patch{town: "T2", young: 100, inNeed: 40, covered: 0.75, decile: 9, class: "UN1"},
	)
	p := params()
	p.YouthShare = 0
	_, got := plan(in, p)
	if want := (outreach.Totals{Outside: 310, Below: 310, Building: 300, Mostly: 10}); got.Totals != want {
		t.Errorf("totals %+v, want %+v", got.Totals, want)
	}
}

func TestPlanOfNothing(t *testing.T) {
	in := input(patch{town: "T1", young: 100, covered: 1, decile: 1, class: "UN1"})
	r, got := plan(in, params())
	if len(r.Targets) != 0 || len(got.Details) != 0 || got.Totals != (outreach.Totals{}) || len(got.Flips) != 1 {
		t.Errorf("plan of a county in reach: %+v", got)
	}
}
