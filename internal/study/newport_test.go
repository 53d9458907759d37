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

// V25 where there is a timetable: reach at 30 minutes is told beside walking, by
// window, with its date and the vehicles that run, and fares are flagged. A walk
// is a journey, so buses never take a hub away; on some day they bring one.
func TestNewportTransitReach(t *testing.T) {
	r := newport(t)
	if !slices.ContainsFunc(r.NotAssessed, func(s string) bool { return strings.HasPrefix(s, "public transport: fares") }) {
		t.Errorf("not assessed %q, want a word on fares", r.NotAssessed)
	}
	for k, o := range r.Options {
		table := r.TransitReach(k)
		days, brought := map[string]bool{}, false
		for _, w := range table {
			days[w.Date.Weekday().String()] = true
			if w.Both.Sites < w.OnFoot.Sites || w.Both.Share < w.OnFoot.Share {
				t.Errorf("option %s, %s: %+v with buses, %+v on foot", o.Option.ID, w.Name, w.Both, w.OnFoot)
			}
			if w.Trips == 0 || w.Minutes != 30 || !(w.RoundTrip > 0 && w.RoundTrip <= 1) {
				t.Errorf("option %s, %s: %d trips, %g minutes, %g there and back", o.Option.ID, w.Name, w.Trips, w.Minutes, w.RoundTrip)
			}
			brought = brought || w.Both.Sites > w.OnFoot.Sites
		}
		if len(table) != 6 || !days["Tuesday"] || !days["Saturday"] || !brought {
			t.Errorf("option %s: %d windows on %v, buses bring hubs %t; want weekday, after school and Saturday for two profiles, and some", o.Option.ID, len(table), days, brought)
		}
	}
}

// Point by point, no journey takes longer than the walk, in any window and for
// either profile, and nine departures in ten no less than half of them.
func TestNewportJourneysNeverExceedWalks(t *testing.T) {
	r := newport(t)
	for k := range r.Transit.Windows {
		w := &r.Transit.Windows[k]
		walks := r.Walks(w.Profile)
		for p := range r.County.Points {
			for _, x := range walks.At(p) {
				j, ok := w.Journey(p, int(x.Place))
				if !ok || j.Median > x.Millis || j.P90 > x.Millis || j.P90 < j.Median {
					t.Fatalf("%s, %s: from point %d to site %d %+v (%t), and %d ms on foot", w.Name, w.Profile, p, x.Place, j, ok, x.Millis)
				}
			}
		}
	}
}

// Every target says where its people can go, on foot and by bus: a hub's journey
// is never longer than its walk, and the windows of it agree with the hub.
func TestNewportTargetsSayTheBus(t *testing.T) {
	r := newport(t)
	said := 0
	for k, o := range r.Options {
		plan := r.Plan(k)
		for x := range o.Outreach.Targets {
			target := &o.Outreach.Targets[x]
			for _, h := range plan.Details[x].Hubs {
				if !math.IsNaN(h.WalkMin) && !(h.TransitMin <= h.WalkMin) {
					t.Errorf("option %s: %s is %.1f minutes from a hub on foot and %.1f by bus", o.Option.ID, target.ID, h.WalkMin, h.TransitMin)
				}
				ways := r.TargetWays(k, target, h)
				const tol = 1e-9
				if len(ways) != len(r.Transit.Windows) || math.Abs(ways[0].Median-h.TransitMin) > tol || math.IsNaN(ways[0].Median) != math.IsNaN(h.TransitMin) {
					t.Errorf("option %s: %s: %+v, want %.1f minutes in the first window", o.Option.ID, target.ID, ways, h.TransitMin)
				}
				if !math.IsNaN(h.TransitMin) {
					said++
				}
			}
		}
	}
	if said == 0 {
		t.Error("no target of Newport has a hub by bus")
	}
}
