package estate_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/need"
	"hubreach/internal/reach"
)

// Two areas. The first, 100 people, half in need: four places of a quarter each,
// at 5, 20, 20.001 and no minutes from S0, and at 30, 20, 10 and no minutes from
// S1. The second, 200 people, a tenth in need: one place, 25 from S0 and 15 from
// S1.
func two() estate.Input {
	return build(
		patch{district: "A", people: 100, rate: 0.5, score: 80, decile: 1, places: []place{
			{0.25, []float64{5, 30}}, {0.25, []float64{20, 20}}, {0.25, []float64{20.001, 10}}, {0.25, []float64{none, none}},
		}},
		patch{district: "B", people: 200, rate: 0.1, score: 10, decile: 9, places: []place{{1, []float64{25, 15}}}},
	)
}

func TestAssess(t *testing.T) {
	type row struct {
		covered, share0, share1, inNeed, decile1, walk0, mean float64
		nearest                                               [2]int
	}
	for _, tc := range []struct {
		name string
		open []int
		want row
	}{
		// S0: the places at 5 and exactly 20 minutes are in, the one 0.06 s over
		// is not: a half of area 0, 50 people, 25 in need. Its median is a walk
		// that more than half do not exceed: 20.001. Mean: 25 people each at 5,
		// 20, 20.001 and 60 (not found), 200 at 25: (125+500+500.025+1500+5000)/300.
		{"S0", []int{0}, row{50, 0.5, 0, 25, 50, 20.001, 7625.025 / 300, [2]int{0, 0}}},
		// S1: 20 and 10 are in, 30 is not; 50 people and all 200: 25 + 20 in need.
		// Three places walk 10, 20, 30: more than half do not exceed 30. Mean:
		// 25 x (30+20+10+60) + 200 x 15 = 6000.
		{"S1", []int{1}, row{250, 0.5, 1, 45, 50, 30, 20, [2]int{1, 1}}},
		// Both: 5, 20 and 10 minutes, three quarters in; 75 + 200; 37.5 + 20 in
		// need; more than half do not exceed 20. Nearest: S0 for the first place,
		// S1 for the third, a tie at the second goes to the lower: S0 has a half.
		{"both", []int{0, 1}, row{275, 0.75, 1, 57.5, 75, 20, (25*(5+20+10+60) + 3000) / 300.0, [2]int{0, 1}}},
		{"none", nil, row{0, 0, 0, 0, 0, math.NaN(), 60, [2]int{-1, -1}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := open(two(), tc.open...)
			check(t, "Covered", a.Covered, tc.want.covered)
			check(t, "CoveredShare()", a.CoveredShare(), tc.want.covered/300)
			check(t, "CoveredShare of area 0", a.Areas[0].CoveredShare, tc.want.share0)
			check(t, "CoveredShare of area 1", a.Areas[1].CoveredShare, tc.want.share1)
			check(t, "CoveredInNeed", a.CoveredInNeed, tc.want.inNeed)
			check(t, "CoveredDecile1", a.CoveredDecile1, tc.want.decile1)
			check(t, "WalkMin of area 0", a.Areas[0].WalkMin, tc.want.walk0)
			check(t, "MeanWalkMin", a.MeanWalkMin, tc.want.mean)
			for i, want := range tc.want.nearest {
				if got := a.Areas[i].Nearest; got != want {
					t.Errorf("Nearest of area %d = %d, want %d", i, got, want)
				}
			}
			check(t, "People", a.People, 300)
			check(t, "InNeed", a.InNeed, 70)
			check(t, "PeopleDecile1", a.PeopleDecile1, 100)
		})
	}
}

func TestSiteReach(t *testing.T) {
	// Both open: S0 has the places at 5 and 20 minutes of area 0 (50 people, 25
	// in need), alone the first; S1 those at 20 and 10 and area 1 (50 + 200, 25 +
	// 20 in need), alone the third and area 1 (25 + 200, 12.5 + 20).
	a := open(two(), 0, 1)
	want := []estate.SiteReach{
		{Reached: 50, ReachedInNeed: 25, OnlyHere: 25, OnlyHereInNeed: 12.5},
		{Reached: 250, ReachedInNeed: 45, OnlyHere: 225, OnlyHereInNeed: 32.5},
	}
	if diff := cmp.Diff(want, a.Sites); diff != "" {
		t.Errorf("Sites with both open (-want +got):\n%s", diff)
	}
	if got := open(two(), 0).Sites[1]; got != (estate.SiteReach{}) {
		t.Errorf("a closed site reaches %+v, want nobody", got)
	}
}

func TestRequired(t *testing.T) {
	in := two()
	a := open(in, 0, 1) // alone in need: S0 12.5, S1 32.5
	for _, tc := range []struct {
		name      string
		threshold float64
		want      []bool
	}{
		{"exactly the threshold counts", 12.5, []bool{true, true}},
		{"over the first", 12.6, []bool{false, true}},
		{"over both", 32.6, []bool{false, false}},
		{"no threshold requires nothing", 0, []bool{false, false}},
	} {
		if got := estate.Required(in, a, tc.threshold); !slices.Equal(got, tc.want) {
			t.Errorf("%s: Required(%g) = %v, want %v", tc.name, tc.threshold, got, tc.want)
		}
	}
	if got := estate.Required(in, open(in, 1), 1); !slices.Equal(got, []bool{false, true}) {
		t.Errorf("Required with S0 closed = %v, want S1 alone", got)
	}
}

func TestStatusesThatAreOpen(t *testing.T) {
	in := two()
	for _, tc := range []struct {
		status estate.Status
		want   float64
	}{{estate.Hub, 50}, {estate.CoLocated, 50}, {estate.New, 50}, {estate.OutreachOnly, 0}, {estate.Closed, 0}} {
		a := estate.Assess(in, estate.Option{Status: []estate.Status{tc.status, estate.Closed}})
		check(t, "Covered with S0 "+tc.status.String(), a.Covered, tc.want)
	}
}

func TestPushchairAndYouth(t *testing.T) {
	in := two()
	in.Pushchair = reach.NewMatrix(5, [][]reach.Time{{{Point: 0, Millis: 7 * 60_000}, {Point: 1, Millis: 30 * 60_000}, {Point: 2, Millis: 31 * 60_000}}, nil})
	in.County.Sites[0].YouthSpace, in.County.Sites[1].YouthSpace = county.No, county.Yes
	a := open(in, 0, 1)
	check(t, "PushchairMin of area 0", a.Areas[0].PushchairMin, 31)
	check(t, "PushchairMin of area 1", a.Areas[1].PushchairMin, math.NaN())
	// Only S1 has a youth space: places at 20 and 10 minutes of area 0.
	check(t, "YouthShare of area 0", a.Areas[0].YouthShare, 0.5)
	check(t, "YouthShare of area 1", a.Areas[1].YouthShare, 1)
	if want := []county.DistrictCode{"B"}; !slices.Equal(a.YouthDistricts, want) || !a.YouthStated {
		t.Errorf("YouthDistricts = %v, stated %v, want %v, true", a.YouthDistricts, a.YouthStated, want)
	}
	if b := open(in, 0); len(b.YouthDistricts) != 0 || !b.YouthStated || b.Areas[1].YouthShare != 0 {
		t.Errorf("with S1 closed: %v, %v, %v, want no district, stated, 0", b.YouthDistricts, b.YouthStated, b.Areas[1].YouthShare)
	}
	if a := open(two(), 0); a.YouthStated {
		t.Error("YouthStated without a word on youth spaces, want false")
	}
}

func TestCosts(t *testing.T) {
	in := two()
	in.County.Sites[0].Cost = county.Cost{Running: county.Value{Number: 40_000, Basis: county.Measured}, Staffing: county.Value{Number: 85_000, Basis: county.Measured}}
	in.County.Sites[1].Cost = county.Cost{Running: county.Value{Number: 10_000, Basis: county.Measured}}
	if a := open(in, 0); a.AnnualCost != 125_000 || !a.Costed {
		t.Errorf("S0 costs %g, costed %v, want 125000, true", a.AnnualCost, a.Costed)
	}
	// The staffing of S1 is not known: what is known is added, and not all of it.
	if a := open(in, 0, 1); a.AnnualCost != 135_000 || a.Costed {
		t.Errorf("both cost %g, costed %v, want 135000, false", a.AnnualCost, a.Costed)
	}
}

func TestAreaWithoutPointsOrPeople(t *testing.T) {
	in := two()
	in.County.Areas = append(in.County.Areas, county.Area{Code: "A999"})
	in.Need.Areas = append(in.Need.Areas, need.Area{})
	got := open(in, 0, 1).Areas[2]
	if got.Nearest != -1 || !math.IsNaN(got.WalkMin) || got.CoveredShare != 0 {
		t.Errorf("area without points = %+v, want nearest -1, no walk, nobody covered", got)
	}
	empty := build(patch{district: "A", places: []place{{1, []float64{5}}}})
	a := open(empty, 0)
	check(t, "CoveredShare() of nobody", a.CoveredShare(), 0)
	check(t, "MeanWalkMin of nobody", a.MeanWalkMin, 0)
	check(t, "CoveredShare of an area of nobody", a.Areas[0].CoveredShare, 1)
}

func TestAssessWantsAStatusForEachSite(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Assess with one status for two sites did not panic")
		}
	}()
	estate.Assess(two(), estate.Option{Status: []estate.Status{estate.Hub}})
}

// Sixty places with shares of a sixtieth do not add up to one in floating point;
// all of them covered is covered whole.
func TestCoveredWholeIsExactlyOne(t *testing.T) {
	p := patch{district: "A", people: 7}
	for range 60 {
		p.places = append(p.places, place{1.0 / 60, []float64{3}})
	}
	if got := open(build(p), 0).Areas[0].CoveredShare; got != 1 {
		t.Errorf("CoveredShare = %.17g, want exactly 1", got)
	}
}
