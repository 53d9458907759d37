package study_test

import (
	"math"
	"strings"
	"testing"

	"hubreach/internal/realdata"
	"hubreach/internal/study"
)

// What districts staff is checked when the study file is read, and its codes when
// the county is.
func TestDistrictSessions(t *testing.T) {
	for _, tt := range []struct{ name, table, says string }{
		{"of a district", "district_sessions = { E07000001 = 0.5 }", ""},
		{"none at all", "district_sessions = { E07000001 = 0 }", ""},
		{"fewer than none", "district_sessions = { E07000001 = -1 }", "outreach.district_sessions: E07000001 -1: want 0 to 1000 sessions a week"},
		{"not a number", "sessions_per_week = nan", "outreach.sessions_per_week NaN: want 0 (not stated) to 1000 sessions a week"},
		{"no such district", "district_sessions = { E07000009 = 1 }", `outreach.district_sessions: district "E07000009": want one of E07000001, E07000002`},
	} {
		files := with(nil)
		files["study.toml"] += "[outreach]\n" + tt.table + "\n"
		r, err := runSmall(files)
		switch {
		case tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)):
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.says)
		case tt.says == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.says == "":
			checkSessions(t, r)
		}
	}
}

// checkSessions: what is planned never exceeds what is staffed.
func checkSessions(t *testing.T, r *study.Results) {
	t.Helper()
	for k := range r.Options {
		for _, d := range r.Plan(k).Districts {
			if d.Planned > d.Staffed {
				t.Errorf("option %s: %s plans %g sessions of %g", r.Options[k].Option.ID, d.District, d.Planned, d.Staffed)
			}
		}
	}
}

// Kent with a staff of its own in each district: sessions planned never exceed
// those staffed, and every uncovered child in need is counted once.
func TestKentDistrictSessions(t *testing.T) {
	s, open := realdata.Study(t, "kent.toml")
	s.Options = s.Options[:1]
	s.Outreach.DistrictSessions = map[string]float64{"E07000114": 0, "E07000113": 0.5, "E07000112": 4}
	r := mustRun(t, s, open)
	checkPlan(t, r)
	checkSessions(t, r)
	for _, d := range r.Plan(0).Districts {
		if want := d.District == "E07000114"; want && d.Planned != 0 {
			t.Errorf("Thanet, without staff, plans %g sessions", d.Planned)
		}
	}
}

// V14: wherever a site of Kent closes, those who lose it are sent to an open site
// with the distance to it, also where it is too far to walk; and none that is not
// within the walk passes for one that is.
func TestV14EveryClosureNamesAnAlternative(t *testing.T) {
	r := kent(t)
	told, far := 0, 0
	for k, o := range r.Options {
		for _, c := range r.Closures(k) {
			for _, a := range c.Areas {
				told++
				if a.Next < 0 || !o.Option.Status[a.Next].Open() || !(a.NextLine > 0) || a.WalkMin <= r.Spec.Walk.Minutes || a.Transit {
					t.Errorf("option %s: from %s to site %d, %.0f m in a straight line, %.1f minutes on foot, by bus %t", o.Option.ID, r.County.Areas[a.Area].Name, a.Next, float64(a.NextLine), a.WalkMin, a.Transit)
				}
				if math.IsNaN(a.WalkMin) {
					far++
				}
			}
		}
	}
	if told < 100 || far == 0 {
		t.Errorf("%d areas lose a site, %d of them with none within the longest walk: too few to test anything", told, far)
	}
}
