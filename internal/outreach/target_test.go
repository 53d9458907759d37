package outreach_test

import (
	"math"
	"slices"
	"testing"

	"hubreach/internal/county"
	"hubreach/internal/outreach"
)

// village is a rural settlement of three touching areas, all of them rural
// targets: 100, 300 and 200 young, of whom 10, 60 and 20 are in need; half of
// the last is in reach.
func village() outreach.Input {
	return input(
		patch{town: "T1", young: 100, inNeed: 10, decile: 1, class: "RSN1", nearest: 2, walk: 30},
		patch{town: "T1", young: 300, inNeed: 60, decile: 1, class: "RSN1", nearest: 3, walk: 40},
		patch{town: "T1", young: 200, inNeed: 20, decile: 1, class: "RSN1", covered: 0.5, nearest: 2, walk: 20.5},
	)
}

func TestTarget(t *testing.T) {
	in := village()
	in.County.Areas[2].District = "D2"
	in.County.Districts = append(in.County.Districts, county.District{Code: "D2"})
	in.Transit = []float64{31, 45, 60}
	p := params()
	p.YouthShare = 0 // nobody in detached youth
	r := outreach.Classify(in, p)
	if len(r.Targets) != 1 {
		t.Fatalf("%d targets, want one of three touching areas", len(r.Targets))
	}
	got := r.Targets[0]
	if got.ID != "rural-A00" || got.Category != outreach.Rural || got.Place != "Town T1" || !slices.Equal(got.Areas, []int{0, 1, 2}) {
		t.Errorf("target %s, %s, %q, areas %v, want rural-A00, rural, Town T1, all three", got.ID, got.Category, got.Place, got.Areas)
	}
	// Out of reach: 100 + 300 + half of 200; in need 10 + 60 + 10. Walks: (100 x
	// 30 + 300 x 40 + 100 x 20.5) / 500; public transport (100 x 31 + 300 x 45 +
	// 100 x 60) / 500.
	check(t, "people", got.People, 500)
	check(t, "in need", got.InNeed, 80)
	check(t, "aged 10-19", got.Youth, 500)
	check(t, "walk", got.WalkMin, 34.1)
	check(t, "public transport", got.Transit, 45.2)
	// D1 has 400 of the people, and so has Hub 3 three hundred.
	if got.District != "D1" || got.Nearest != 2 {
		t.Errorf("district %s, nearest site %d, want D1, 2", got.District, got.Nearest)
	}
	if got.Frequency != outreach.Weekly || got.Mode != "joint session with partners" || got.Venue != -1 {
		t.Errorf("frequency %s, mode %q, venue %d, want weekly, joint session with partners, none", got.Frequency, got.Mode, got.Venue)
	}

	in.WalkMin[1], in.Transit[0] = math.NaN(), math.NaN()
	got = outreach.Classify(in, p).Targets[0]
	check(t, "walk with one not known", got.WalkMin, math.NaN())
	check(t, "public transport with one not known", got.Transit, math.NaN())
	in.Transit = nil
	check(t, "public transport not assessed", outreach.Classify(in, p).Targets[0].Transit, math.NaN())
}

func TestTargetsOfOneCategoryInOneSettlement(t *testing.T) {
	rural := func(town string) patch { return patch{town: town, young: 50, inNeed: 1, decile: 1, class: "RSN1"} }
	p := params()
	p.YouthShare = 0
	for _, tc := range []struct {
		name  string
		areas []patch
		want  [][]int
	}{
		{"touching in one settlement", []patch{rural("T1"), rural("T1")}, [][]int{{0, 1}}},
		{"touching across settlements", []patch{rural("T1"), rural("T2")}, [][]int{{0}, {1}}},
		{"touching in open country", []patch{rural(""), rural("")}, [][]int{{0}, {1}}},
		{"parted by a covered area", []patch{rural("T1"), {town: "T1", covered: 1}, rural("T1")}, [][]int{{0}, {2}}},
		{"parted by an area of no category", []patch{rural("T1"), {town: "T1", young: 9, class: "UN1", decile: 9}, rural("T1")}, [][]int{{0}, {2}}},
	} {
		var got [][]int
		for _, x := range outreach.Classify(input(tc.areas...), p).Targets {
			got = append(got, x.Areas)
		}
		if !slices.EqualFunc(got, tc.want, slices.Equal) {
			t.Errorf("%s: targets %v, want %v", tc.name, got, tc.want)
		}
	}
}

// In open country a target has the name of its area; in a settlement its name.
func TestPlaceInOpenCountry(t *testing.T) {
	p := params()
	p.YouthShare = 0
	r := outreach.Classify(input(patch{young: 50, inNeed: 20, decile: 1, class: "RSN1"}), p)
	if got := r.Targets[0].Place; got != "Area 0" {
		t.Errorf("place = %q, want Area 0", got)
	}
}

func TestVenue(t *testing.T) {
	for _, tc := range []struct {
		name   string
		walks  [][]float64 // by area, to each venue
		change func(*outreach.Input)
		want   int
		share  float64
	}{
		// In need: 10, 60 and 20 (everybody counts; nobody said who is inside).
		{"the most people in need", [][]float64{{5, 40}, {40, 5}, {5, 40}}, nil, 1, 60.0 / 90},
		{"exactly 15 minutes is within", [][]float64{{40, 40}, {40, 15}, {40, 40}}, nil, 1, 60.0 / 90},
		{"15.001 minutes is not", [][]float64{{14, 40}, {40, 15.001}, {40, 40}}, nil, 0, 10.0 / 90},
		{"a tie goes to the first", [][]float64{{5, 5}, {5, 5}, {5, 5}}, nil, 0, 1},
		{"none near enough", [][]float64{{16, 16}, {16, 16}, {16, -1}}, nil, -1, 0},
		{"only people out of reach count", [][]float64{{5, 40}, {40, 5}, {40, 40}}, func(in *outreach.Input) { in.Inside = []bool{false, true, true} }, 0, 1},
		{"a point where nobody lives", [][]float64{{5, 40}, {40, 40}, {40, 40}}, func(in *outreach.Input) { in.Need.Areas[0].InNeed = 0 }, -1, 0},
		{"by people when nobody is in need", [][]float64{{40, 5}, {5, 40}, {40, 40}}, func(in *outreach.Input) {
			for i := range in.Need.Areas {
				in.Need.Areas[i].InNeed = 0
			}
		}, 0, 0.5},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := village()
			venues(&in, tc.walks...)
			if tc.change != nil {
				tc.change(&in)
			}
			p := params()
			p.YouthShare = 0
			got := outreach.Classify(in, p).Targets[0]
			if got.Venue != tc.want {
				t.Errorf("venue = %d, want %d: %s", got.Venue, tc.want, got.Reason)
			}
			check(t, "share of the target within reach of the venue", got.VenueShare, tc.share)
		})
	}
}

func TestDetachedYouthHasNoVenue(t *testing.T) {
	in := input(patch{town: "T1", young: 100, inNeed: 50, covered: 0.5, decile: 9, class: "UN1", youth: 1})
	venues(&in, []float64{1})
	p := params()
	p.YouthShare = 1
	r := outreach.Classify(in, p)
	if len(r.Targets) != 1 || r.Targets[0].Category != outreach.DetachedYouth {
		t.Fatalf("targets = %+v, want one of detached youth", r.Targets)
	}
	got := r.Targets[0]
	if got.Venue != -1 || got.VenueShare != 0 || got.Mode != "detached youth work" {
		t.Errorf("venue %d, share %v, mode %q, want no building", got.Venue, got.VenueShare, got.Mode)
	}
	// It works with everybody, not only with the half out of reach.
	check(t, "people", got.People, 100)
	check(t, "in need", got.InNeed, 50)
	check(t, "aged 10-19", got.Youth, 100)
}

func TestFrequency(t *testing.T) {
	for _, tc := range []struct {
		inNeed float64
		want   outreach.Frequency
	}{{50, outreach.Weekly}, {49.9, outreach.Monthly}, {10, outreach.Monthly}, {9.9, outreach.Termly}, {0, outreach.Termly}} {
		p := params()
		p.YouthShare = 0
		r := outreach.Classify(input(patch{young: 100, inNeed: tc.inNeed, decile: 1, class: "RSN1"}), p)
		if got := r.Targets[0].Frequency; got != tc.want {
			t.Errorf("%g people in need: %s, want %s", tc.inNeed, got, tc.want)
		}
	}
	p := params()
	p.WeeklyInNeed, p.MonthlyInNeed, p.YouthShare = 0, 0, 0
	if got := outreach.Classify(input(patch{young: 100, inNeed: 80, decile: 1, class: "RSN1"}), p).Targets[0].Frequency; got != outreach.Termly {
		t.Errorf("without thresholds: %s, want termly", got)
	}
}

// Sessions of a district: the most people in need come first; who comes too late
// steps down.
func TestSessions(t *testing.T) {
	// Five targets in open country: 90, 80, 70, 20 and 5 in need, asked for as
	// weekly (48 a year) three times, monthly (12) and termly (3).
	base := func() outreach.Input {
		p := patch{young: 100, decile: 1, class: "RSN1"}
		in := input(p, p, p, p, p)
		for i, n := range []float64{70, 5, 90, 20, 80} {
			in.Need.Areas[i].InNeed = n
		}
		return in
	}
	w, m, te, u := outreach.Weekly, outreach.Monthly, outreach.Termly, outreach.Unmet
	for _, tc := range []struct {
		name    string
		perWeek float64
		want    []outreach.Frequency // in the order of the areas
	}{
		{"not stated", 0, []outreach.Frequency{w, te, w, m, w}},
		{"plenty", 4, []outreach.Frequency{w, te, w, m, w}},
		// 96 a year: 48 + 48 for the first two; nothing left.
		{"two a week", 2, []outreach.Frequency{u, u, w, u, w}},
		// 108: 12 left for the third, monthly; nothing for the others.
		{"two and a quarter", 2.25, []outreach.Frequency{m, u, w, u, w}},
		// 60: 48, then 12 for the second, nothing left.
		{"one and a quarter", 1.25, []outreach.Frequency{u, u, w, u, m}},
		// 24: monthly for the first two.
		{"a half", 0.5, []outreach.Frequency{u, u, m, u, m}},
		// 5.76: termly for the first, 2.76 left is no term.
		{"an eighth or so", 0.12, []outreach.Frequency{u, u, te, u, u}},
	} {
		p := params()
		p.YouthShare, p.SessionsPerWeek = 0, tc.perWeek
		r := outreach.Classify(base(), p)
		got := make([]outreach.Frequency, 5)
		for _, x := range r.Targets {
			got[x.Areas[0]] = x.Frequency
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
	// Each district has its own.
	in := base()
	in.County.Districts = append(in.County.Districts, county.District{Code: "D2"})
	in.County.Areas[0].District = "D2"
	p := params()
	p.YouthShare, p.SessionsPerWeek = 0, 1
	for _, x := range outreach.Classify(in, p).Targets {
		if x.Areas[0] == 0 && x.Frequency != w {
			t.Errorf("alone in its district: %s, want weekly", x.Frequency)
		}
	}
}

// A district that says what it staffs is held to that, also to none at all; the
// others to what holds for all.
func TestSessionsByDistrict(t *testing.T) {
	two := func() outreach.Input {
		in := input(patch{young: 100, inNeed: 60, class: "RLN1", decile: 1}, patch{young: 100, inNeed: 60, class: "RLN1", decile: 1})
		in.County.Districts = append(in.County.Districts, county.District{Code: "D2"})
		in.County.Areas[1].District = "D2"
		return in
	}
	const w, m, u = outreach.Weekly, outreach.Monthly, outreach.Unmet
	for _, tc := range []struct {
		name    string
		perWeek float64
		by      map[county.DistrictCode]float64
		want    [2]outreach.Frequency
	}{
		{"not stated", 0, nil, [2]outreach.Frequency{w, w}},
		{"one district", 0, map[county.DistrictCode]float64{"D1": 0.25}, [2]outreach.Frequency{m, w}},
		{"none in one", 0, map[county.DistrictCode]float64{"D2": 0}, [2]outreach.Frequency{w, u}},
		{"more than the rest", 0.25, map[county.DistrictCode]float64{"D2": 1}, [2]outreach.Frequency{m, w}},
	} {
		p := params()
		p.YouthShare, p.SessionsPerWeek, p.DistrictSessions = 0, tc.perWeek, tc.by
		in := two()
		r := outreach.Classify(in, p)
		for _, x := range r.Targets {
			if x.Frequency != tc.want[x.Areas[0]] {
				t.Errorf("%s: target of area %d is %s, want %s", tc.name, x.Areas[0], x.Frequency, tc.want[x.Areas[0]])
			}
			if virtual := x.Mode == "virtual group"; virtual != (x.Frequency == u) {
				t.Errorf("%s: %s by %s: a virtual group stands in where no session is left, and nowhere else", tc.name, x.Frequency, x.Mode)
			}
		}
		for k, d := range outreach.MakePlan(in, p, r).Districts {
			if perWeek, ok := p.Staffed(d.District); ok && d.Staffed != perWeek*48 || !ok && !math.IsNaN(d.Staffed) {
				t.Errorf("%s: district %d staffs %g, want %g a week of 48", tc.name, k, d.Staffed, perWeek)
			}
		}
	}
}

// Staffed sessions are never exceeded.
func TestSessionsStayWithinTheDistrict(t *testing.T) {
	for seed := range uint64(seeds) {
		in, r := random(seed)
		p := params()
		p.SessionsPerWeek = r.Float64() * 3
		sum := 0.0
		for _, x := range outreach.Classify(in, p).Targets {
			sum += x.Frequency.PerYear()
		}
		if sum > p.SessionsPerWeek*48+tol {
			t.Fatalf("seed %d: %g sessions a year, over %g", seed, sum, p.SessionsPerWeek*48)
		}
	}
}
