package study_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// fitted is the small county with rooms, costs and a budget. Hub A is nearest to
// A and, the lower of equals, to B and C: 100, 20 and 80 people in need on 10
// places. Hub D is nearest to D: 4 people in need on 8 places.
func fitted(t *testing.T, budget string) *study.Results {
	t.Helper()
	files := with(map[string]string{
		"sites.csv": "id,name,district,easting,northing,capacity,youth_space,school_site,private_room\n" +
			"hub-a,Hub A,E07000001,600500,150500,10,yes,yes,no\nhub-d,Hub D,E07000002,601500,151500,8,no,no,yes\n",
		"costs.csv": "site_id,running,staffing\nhub-a,1000,2000\nhub-d,300,400\n",
	})
	files["study.toml"] = strings.Replace(small["study.toml"], "[need]", "[[input]]\nrole = \"costs\"\nfile = \"costs.csv\"\n"+budget+"[need]", 1)
	return smallRun(t, files)
}

func TestPerformance(t *testing.T) {
	r := fitted(t, "[budget]\ngrant_gbp = 3200\nbase_gbp = 400\ncrowded = 10\n")
	p, err := r.Performance(t.Context(), study.Env{}, "both", "one", "both")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]estate.OptionID{"both", "one"}, p.Options); diff != "" {
		t.Errorf("options, each once (-want +got):\n%s", diff)
	}
	got := map[string][]float64{}
	for _, row := range p.Rows {
		got[row.ID] = row.Values
	}
	for id, want := range map[string][]float64{
		"open_sites":           {2, 1},
		"covered_in_need":      {204, 200},
		"left_in_need":         {0, 4},
		"lost_0_19":            {0, 200},
		"annual_cost_gbp":      {3700, 3000},
		"from_base_budget_gbp": {500, 0}, // less the grant of 3,200
		"over_budget_gbp":      {100, 0}, // and 400 of the base budget
		"youth_districts":      {1, 1},
		"in_need_per_place":    {204.0 / 18, 200.0 / 10},
		"flagged_sites":        {1, 1},
	} {
		if len(got[id]) != 2 || math.Abs(got[id][0]-want[0]) > 1e-9 || math.Abs(got[id][1]-want[1]) > 1e-9 {
			t.Errorf("%s: %v, want %v", id, got[id], want)
		}
	}
	if _, ok := got["by_public_transport_in_need"]; ok {
		t.Error("public transport is in the table without a timetable")
	}
	want := []string{"crowded", "youth space on a school's ground", "no private room"}
	if diff := cmp.Diff(want, p.Fits[0][0].Flags); diff != "" || p.Fits[0][1].Flags != nil {
		t.Errorf("flags of hub-a (-want +got):\n%s\nof hub-d %v, want none", diff, p.Fits[0][1].Flags)
	}
	share := 0.0
	for i, s := range p.Swings {
		if i > 0 && s.Share() > p.Swings[i-1].Share() {
			t.Errorf("swings %+v, want the greatest first", p.Swings)
		}
		share += s.Weight
	}
	if math.Abs(share-1) > 1e-9 || len(p.Swings) != len(r.Scales) {
		t.Errorf("%d swings of weights that add up to %g, want one a scale and 1", len(p.Swings), share)
	}
	if len(p.Rivals) != 1 || !(p.Rivals[0].Lead >= 0) || !strings.Contains(p.Rivals[0].Words, "closest rival") {
		t.Errorf("rivals %+v, want the leader beside the other", p.Rivals)
	}
	if _, err := r.Performance(t.Context(), study.Env{}, "both", "nine"); !errors.Is(err, estate.ErrNoOption) {
		t.Errorf("an option of nobody: %v, want one that wraps ErrNoOption", err)
	}
}

// Without a threshold of its own the study calls crowded what is over the upper
// quartile of the baseline: here 20 people in need a place, which hub A has
// exactly, so that none is.
func TestCrowdingThreshold(t *testing.T) {
	p, err := fitted(t, "").Performance(t.Context(), study.Env{}, "both")
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(p.Crowded-20) > 1e-9 || len(p.Fits[0][0].Flags) != 2 {
		t.Errorf("crowded over %g, flags %v; want 20, and hub-a not crowded at exactly that", p.Crowded, p.Fits[0][0].Flags)
	}
	for _, row := range p.Rows {
		if row.ID == "from_base_budget_gbp" {
			t.Error("a base budget is in the table of a study that states no grant")
		}
	}
}

// An option that another is as good as on all counts is dominated; one whose cost
// nobody knows dominates and is dominated by none.
func TestDominance(t *testing.T) {
	r := fitted(t, "")
	dear, east, north := known(9000), known(600600), known(150500)
	lon, lat := place(t, *east, *north)
	own, err := r.With(t.Context(),
		study.OptionDocument{ID: "dear", Name: "Dear", BasedOn: "one", Sites: []study.OptionSite{{ID: "hub-a", Running: dear}}},
		study.OptionDocument{ID: "unknown", Name: "Unknown", BasedOn: "one", Sites: []study.OptionSite{{ID: "n", Name: "N", Lon: lon, Lat: lat}}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := own.Performance(t.Context(), study.Env{}, "one", "dear", "unknown")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][2]int{{0, 1}}, p.Dominate); diff != "" {
		t.Errorf("dominance (-want +got):\n%s", diff)
	}
	for _, row := range p.Rows {
		if row.ID == "annual_cost_gbp" && (row.Values[1] != 11_000 || !math.IsNaN(row.Values[2])) {
			t.Errorf("costs %v, want 9,000 + 2,000 for dear, and not known for a building that nobody costed", row.Values)
		}
	}
}
