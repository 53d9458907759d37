package outreach_test

import (
	"math"
	"strings"
	"testing"

	"hubreach/internal/outreach"
)

func TestUncovered(t *testing.T) {
	tenths := 0.0 // five tenths, added up
	for range 5 {
		tenths += 0.1
	}
	sixths := 0.0 // three sixths: 0.49999999999999994
	for range 3 {
		sixths += 1.0 / 6
	}
	for _, tc := range []struct {
		name    string
		covered float64
		want    bool
	}{
		{"nobody in reach", 0, true},
		{"exactly half outside", 0.5, true},
		{"half, added up from tenths", tenths, true},
		{"half, added up from sixths", sixths, true},
		{"a hair more than half in reach", 0.5001, false},
		{"everybody in reach", 1, false},
	} {
		got := outreach.Classify(input(patch{young: 10, covered: tc.covered}), params()).Areas[0]
		if got.Uncovered != tc.want {
			t.Errorf("%s: uncovered = %v, want %v", tc.name, got.Uncovered, tc.want)
		}
		if !got.Uncovered && (len(got.Trace) != 0 || len(got.Categories) != 0 || got.Primary != "") {
			t.Errorf("%s: a covered area has %+v, want no trace and no category", tc.name, got)
		}
	}
}

// ruleCase changes a base that is in one category only, and says whether its
// first area still is.
type ruleCase struct {
	name   string
	change func(*outreach.Input, *outreach.Params)
	want   bool
}

func runRule(t *testing.T, category outreach.Category, base func() outreach.Input, cases []ruleCase) {
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			in, p := base(), params()
			if tc.change != nil {
				tc.change(&in, &p)
			}
			got := outreach.Classify(in, p).Areas[0]
			if has(got, category) != tc.want {
				t.Errorf("%s = %v, want %v: %s", category, !tc.want, tc.want, got.Reason)
			}
			if (got.Primary == category) != tc.want {
				t.Errorf("primary category = %q", got.Primary)
			}
		})
	}
}

func TestEdgeOfTown(t *testing.T) {
	base := func() outreach.Input {
		in := input(patch{town: "T1", young: 100, inNeed: 30, decile: 3, class: "UN1", nearest: 1, walk: 26})
		in.Open[0] = true
		return in
	}
	runRule(t, outreach.EdgeOfTown, base, []ruleCase{
		{"exactly decile 3", nil, true},
		{"decile 1", func(in *outreach.Input, _ *outreach.Params) { in.Need.Areas[0].Decile = 1 }, true},
		{"decile 4", func(in *outreach.Input, _ *outreach.Params) { in.Need.Areas[0].Decile = 4 }, false},
		{"need not known", func(in *outreach.Input, _ *outreach.Params) { in.Need.Areas[0].Known = false }, false},
		{"the town's hub is closed", func(in *outreach.Input, _ *outreach.Params) { in.Open[0] = false }, false},
		{"a hub in another town only", func(in *outreach.Input, _ *outreach.Params) { in.Open = []bool{false, true, true} }, false},
		{"in open country", func(in *outreach.Input, _ *outreach.Params) { in.County.Areas[0].Settlement = "" }, false},
		{"half in reach", func(in *outreach.Input, _ *outreach.Params) { in.Covered[0] = 0.5 }, true},
		{"more than half in reach", func(in *outreach.Input, _ *outreach.Params) { in.Covered[0] = 0.51 }, false},
		{"the hub lies outside the county", func(in *outreach.Input, _ *outreach.Params) { in.County.Sites[0].Area = -1 }, false},
		{"a hub without a town", func(in *outreach.Input, _ *outreach.Params) { in.County.Sites[0].Settlement = "" }, false},
		{"the limit at decile 5", func(in *outreach.Input, p *outreach.Params) { in.Need.Areas[0].Decile, p.NeedDecile = 5, 5 }, true},
	})
}

func TestWholeTown(t *testing.T) {
	// 1,000 young and 4,000 adults: exactly 5,000 residents, 60 in need, a tenth
	// in reach: 54 in need outside.
	base := func() outreach.Input {
		return input(patch{town: "T1", young: 1000, adults: 4000, inNeed: 60, covered: 0.1, decile: 8, class: "UN1"})
	}
	need := func(outside float64) func(*outreach.Input, *outreach.Params) {
		return func(in *outreach.Input, _ *outreach.Params) { in.Covered[0], in.Need.Areas[0].InNeed = 0, outside }
	}
	runRule(t, outreach.WholeTown, base, []ruleCase{
		{"exactly 5,000 residents", nil, true},
		{"4,999 residents", func(in *outreach.Input, _ *outreach.Params) { in.County.Areas[0].Residents[40] = 3999 }, false},
		{"exactly U", need(10), true},
		{"under U", need(9.9), false},
		{"just under B", need(99.9), true},
		{"exactly B", need(100), false},
		{"over B", need(500), false},
		{"exactly half in reach", func(in *outreach.Input, _ *outreach.Params) { in.Covered[0] = 0.5 }, false},
		{"just under half in reach", func(in *outreach.Input, _ *outreach.Params) { in.Covered[0] = 0.49 }, true},
		{"in open country", func(in *outreach.Input, _ *outreach.Params) { in.County.Areas[0].Settlement = "" }, false},
		{"no threshold could be told, somebody in need", func(in *outreach.Input, p *outreach.Params) { p.BuildingThreshold, p.OutreachThreshold = 0, 0 }, true},
		{"no threshold could be told, nobody in need", func(in *outreach.Input, p *outreach.Params) {
			p.BuildingThreshold, p.OutreachThreshold, in.Need.Areas[0].InNeed = 0, 0, 0
		}, false},
	})
}

// The town as a whole decides: an area that is covered is not whole_town, but
// its people count towards the town.
func TestWholeTownAddsUpTheTown(t *testing.T) {
	in := input(
		patch{town: "T1", young: 400, adults: 2000, inNeed: 40, covered: 1},
		patch{town: "T1", young: 300, adults: 1500, inNeed: 6, covered: 0},
		patch{town: "T1", young: 300, adults: 1500, inNeed: 5, covered: 0},
	)
	r := outreach.Classify(in, params())
	if len(r.Towns) != 1 {
		t.Fatalf("%d towns, want 1", len(r.Towns))
	}
	// 6,000 residents, 1,000 young of whom 400 are in reach; 11 in need outside.
	town := r.Towns[0]
	check(t, "residents", town.Residents, 6000)
	check(t, "young", town.People, 1000)
	check(t, "share in reach", town.CoveredShare, 0.4)
	check(t, "in need out of reach", town.InNeedOutside, 11)
	if has(r.Areas[0], outreach.WholeTown) || !has(r.Areas[1], outreach.WholeTown) || !has(r.Areas[2], outreach.WholeTown) {
		t.Errorf("categories = %v, %v, %v, want whole town but for the covered area", r.Areas[0].Categories, r.Areas[1].Categories, r.Areas[2].Categories)
	}
}

// At B the finding is a building; the areas keep their other categories and are
// told so.
func TestBuildingWarranted(t *testing.T) {
	in := input(
		patch{town: "T1", young: 1500, adults: 4000, inNeed: 60, decile: 2, class: "UN1"},
		patch{town: "T1", young: 1500, adults: 4000, inNeed: 40, decile: 9, class: "RLN1"},
		patch{town: "T1", young: 100, adults: 400, inNeed: 3, decile: 9, class: "UN1", covered: 1},
	)
	in.Open[0] = true
	in.County.Settlements[0].Crosses = true
	r := outreach.Classify(in, params())
	if len(r.Towns) != 1 || !r.Towns[0].Warrants || !r.Towns[0].Crosses {
		t.Fatalf("towns = %+v, want one that warrants a building and crosses the line", r.Towns)
	}
	for i, want := range []outreach.Category{outreach.EdgeOfTown, outreach.Rural} {
		a := r.Areas[i]
		if a.Primary != want || has(a, outreach.WholeTown) {
			t.Errorf("area %d is %v, want %s and not whole town", i, a.Categories, want)
		}
		if text := "Building warranted: 100 people in need aged 0-19 of Town T1 are out of reach, and 100 or more warrant a building. The town crosses the county line; only the county's part is counted."; !strings.Contains(a.Reason, text) {
			t.Errorf("area %d: reason %q, want %q in it", i, a.Reason, text)
		}
	}
	if strings.Contains(r.Areas[2].Reason, "Building warranted") {
		t.Errorf("a covered area is told %q", r.Areas[2].Reason)
	}
	// Without any other category the finding stands in place of "no category".
	in = input(patch{town: "T1", young: 1500, adults: 4000, inNeed: 100, decile: 9, class: "UN1", youth: 2})
	if a := outreach.Classify(in, params()).Areas[0]; len(a.Categories) != 0 || strings.Contains(a.Reason, "No outreach category") || !strings.Contains(a.Reason, "Building warranted") {
		t.Errorf("categories %v, reason %q, want the building alone", a.Categories, a.Reason)
	}
}

func TestRural(t *testing.T) {
	base := func() outreach.Input {
		return input(patch{young: 100, inNeed: 5, decile: 3, class: "RLF1"})
	}
	transit := func(minutes float64) func(*outreach.Input, *outreach.Params) {
		return func(in *outreach.Input, _ *outreach.Params) { in.Transit = []float64{minutes} }
	}
	needs := func(decile int, inNeed float64) func(*outreach.Input, *outreach.Params) {
		return func(in *outreach.Input, _ *outreach.Params) {
			in.Need.Areas[0].Decile, in.Need.Areas[0].InNeed = decile, inNeed
		}
	}
	runRule(t, outreach.Rural, base, []ruleCase{
		{"exactly decile 3, public transport not assessed", nil, true},
		{"decile 4 and few in need", needs(4, 9.9), false},
		{"decile 4 and exactly U in need", needs(4, 10), true},
		{"half of 19.9 in need out of reach", func(in *outreach.Input, p *outreach.Params) { needs(4, 19.9)(in, p); in.Covered[0] = 0.5 }, false},
		{"half of 20 in need out of reach", func(in *outreach.Input, p *outreach.Params) { needs(4, 20)(in, p); in.Covered[0] = 0.5 }, true},
		{"need not known, few in need", func(in *outreach.Input, _ *outreach.Params) { in.Need.Areas[0].Known = false }, false},
		{"need not known, many in need", func(in *outreach.Input, p *outreach.Params) { needs(0, 50)(in, p); in.Need.Areas[0].Known = false }, true},
		{"urban", func(in *outreach.Input, _ *outreach.Params) {
			in.County.Areas[0].RuralUrban, in.County.Areas[0].Rural = "UF1", false
		}, false},
		{"class not known", func(in *outreach.Input, _ *outreach.Params) {
			in.County.Areas[0].RuralUrban, in.County.Areas[0].Rural = "", false
		}, false},
		{"no hub by public transport", transit(math.NaN()), true},
		{"exactly 30 minutes by public transport", transit(30), false},
		{"30.1 minutes by public transport", transit(30.1), true},
		{"5 minutes by public transport", transit(5), false},
	})
}

func TestRuralCluster(t *testing.T) {
	// Four people in need in each of three touching areas of one village: 12.
	village := func() outreach.Input {
		p := patch{town: "T2", young: 50, inNeed: 4, decile: 8, class: "RSN1"}
		return input(p, p, p)
	}
	for _, tc := range []struct {
		name   string
		change func(*outreach.Input)
		want   bool
	}{
		{"together they reach U", func(*outreach.Input) {}, true},
		{"open country is no cluster", func(in *outreach.Input) {
			for i := range in.County.Areas {
				in.County.Areas[i].Settlement = ""
			}
		}, false},
		{"the middle is covered", func(in *outreach.Input) { in.Covered[1] = 1 }, false},
		{"the middle is urban", func(in *outreach.Input) { in.County.Areas[1].Rural = false }, false},
		{"the middle is of another village", func(in *outreach.Input) { in.County.Areas[1].Settlement = "T3" }, false},
		{"they do not touch", func(in *outreach.Input) { in.County.Neighbours = make([][]int, 3) }, false},
	} {
		in := village()
		tc.change(&in)
		if got := outreach.Classify(in, params()).Areas[0]; has(got, outreach.Rural) != tc.want {
			t.Errorf("%s: rural = %v, want %v: %s", tc.name, !tc.want, tc.want, got.Reason)
		}
	}
}

func TestDetachedYouth(t *testing.T) {
	// Five areas; a fifth is one. Area 0 has the most youth need.
	base := func() outreach.Input {
		in := input(patch{young: 100, decile: 9, class: "UN1", youth: 1}, patch{youth: 2}, patch{youth: 3}, patch{youth: 4}, patch{youth: 5})
		in.Youth = []float64{0, 0, 0, 0, 0}
		return in
	}
	runRule(t, outreach.DetachedYouth, base, []ruleCase{
		{"first of five", nil, true},
		{"second of five", func(in *outreach.Input, _ *outreach.Params) { in.Need.Areas[0].YouthRank = 2 }, false},
		{"second of five by two fifths", func(in *outreach.Input, p *outreach.Params) { in.Need.Areas[0].YouthRank, p.YouthShare = 2, 0.4 }, true},
		{"nobody young", func(in *outreach.Input, _ *outreach.Params) { in.Need.Areas[0].Youth = 0 }, false},
		{"exactly half can walk to a youth space", func(in *outreach.Input, _ *outreach.Params) { in.Youth[0] = 0.5 }, true},
		{"more than half can", func(in *outreach.Input, _ *outreach.Params) { in.Youth[0] = 0.6 }, false},
		{"no site says whether it has one", func(in *outreach.Input, _ *outreach.Params) { in.Youth = nil }, true},
		{"covered by a hub", func(in *outreach.Input, _ *outreach.Params) { in.Covered[0] = 1 }, false},
	})
	// Two areas of five have the most: equals share the better rank, and both count.
	in := base()
	in.Need.Areas[1].YouthRank, in.Need.Areas[1].Youth = 1, 100
	if r := outreach.Classify(in, params()); !has(r.Areas[0], outreach.DetachedYouth) || !has(r.Areas[1], outreach.DetachedYouth) {
		t.Error("of two areas with the most youth need one is left out")
	}
}

// Categories stand in the order of the paper, and the first is the primary one.
func TestSeveralCategories(t *testing.T) {
	in := input(patch{town: "T1", young: 1000, adults: 5000, inNeed: 50, decile: 1, class: "RLN1", youth: 1})
	in.Open[0] = true
	got := outreach.Classify(in, params()).Areas[0]
	if len(got.Categories) != 4 || got.Primary != outreach.EdgeOfTown {
		t.Fatalf("categories = %v, primary %s, want all four and edge of town", got.Categories, got.Primary)
	}
	for k, c := range outreach.Categories {
		if got.Categories[k] != c {
			t.Errorf("category %d = %s, want %s", k, got.Categories[k], c)
		}
	}
}

func TestNotAssessed(t *testing.T) {
	in := input(patch{young: 1})
	p := params()
	p.BuildingThreshold = 0
	if got := outreach.Classify(in, p).NotAssessed; len(got) != 3 {
		t.Errorf("without timetable, youth spaces and threshold: %q, want three sentences", got)
	}
	in.Transit, in.Youth = []float64{1}, []float64{1}
	if got := outreach.Classify(in, params()).NotAssessed; len(got) != 0 {
		t.Errorf("with all: %q, want nothing", got)
	}
}

func TestThresholds(t *testing.T) {
	for _, tc := range []struct {
		name         string
		inNeed       []float64
		b, u         float64
		wantB, wantU float64
	}{
		{"no hubs", nil, 0, 0, 0, 0},
		{"one hub", []float64{80}, 0, 0, 80, 8},
		// Type 7: position 0.25 x 3 = 0.75 between the first and the second.
		{"four hubs, in any order", []float64{40, 10, 30, 20}, 0, 0, 17.5, 1.75},
		{"five hubs: the second", []float64{50, 10, 40, 20, 30}, 0, 0, 20, 2},
		{"the study's own", []float64{50, 10}, 120, 30, 120, 30},
		{"only B", []float64{50}, 120, 0, 120, 12},
		{"only U", []float64{50}, 0, 7, 50, 7},
	} {
		b, u := outreach.Thresholds(tc.inNeed, tc.b, tc.u)
		check(t, tc.name+": B", b, tc.wantB)
		check(t, tc.name+": U", u, tc.wantU)
	}
	given := []float64{3, 1, 2}
	outreach.Thresholds(given, 0, 0)
	if given[0] != 3 {
		t.Errorf("Thresholds sorted its argument: %v", given)
	}
}

func TestCount(t *testing.T) {
	in := input(
		patch{town: "T1", young: 100, inNeed: 1, decile: 1, class: "RLN1"},
		patch{town: "T1", young: 100, inNeed: 1, decile: 9, class: "UN1"},
	)
	in.Open[0] = true
	r := outreach.Classify(in, params())
	for _, tc := range []struct {
		category outreach.Category
		want     int
	}{{outreach.EdgeOfTown, 1}, {outreach.Rural, 1}, {outreach.WholeTown, 0}} {
		if got := r.Count(tc.category); got != tc.want {
			t.Errorf("Count(%s) = %d, want %d", tc.category, got, tc.want)
		}
	}
	if got := outreach.Category("other").Title(); got != "other" {
		t.Errorf("title of a category that does not exist = %q, want it back", got)
	}
}
