package study_test

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// Newport: real streets and a real timetable, no deprivation table. The study
// works all the same, and says what its need is told from.
func TestNewport(t *testing.T) {
	r := newport(t)
	if len(r.County.Areas) != 100 || len(r.County.Districts) != 1 {
		t.Errorf("%d areas in %d districts, want 100 in 1", len(r.County.Areas), len(r.County.Districts))
	}
	if !r.Need.PopulationOnly || !slices.ContainsFunc(r.NotAssessed, func(s string) bool { return strings.HasPrefix(s, "deprivation: no indicator given") }) {
		t.Errorf("need from population alone: %v, not assessed %q", r.Need.PopulationOnly, r.NotAssessed)
	}
	if r.Walk.Method != "streets" || r.Walk.Approximate() {
		t.Errorf("walks by %s (%s), want along streets", r.Walk.Method, r.Walk.Note)
	}
	const tolerance = 1e-9 // minutes
	nearer := 0
	for _, o := range r.Options {
		if o.TransitMin == nil {
			t.Fatalf("option %s: public transport was not assessed", o.Option.ID)
		}
		for i, transit := range o.TransitMin {
			walk := o.Areas[i].WalkMin
			if transit > walk+tolerance || math.IsNaN(transit) && !math.IsNaN(walk) {
				t.Errorf("option %s: %s is %.2f minutes from a hub by public transport and %.2f on foot", o.Option.ID, r.County.Areas[i].Code, transit, walk)
			}
			if transit < walk-1 || math.IsNaN(walk) && !math.IsNaN(transit) {
				nearer++
			}
		}
	}
	if nearer == 0 {
		t.Error("no bus brings anybody nearer under any option")
	}
}
