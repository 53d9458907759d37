package study_test

import (
	"context"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"hubreach/data"
	"hubreach/internal/outreach"
	"hubreach/internal/realdata"
	"hubreach/internal/study"
)

// sample is the sample county, run once.
var sample = sync.OnceValues(func() (*study.Results, error) {
	files := data.Sample()
	text, err := fs.ReadFile(files, "study.toml")
	if err != nil {
		return nil, err
	}
	s, err := study.ParseSpec(text, "study.toml")
	if err != nil {
		return nil, err
	}
	return study.Run(context.Background(), s, study.Env{Open: func(p string) (io.ReadCloser, error) { return files.Open(p) }, Workers: 2})
})

func sampleRun(t *testing.T) *study.Results {
	t.Helper()
	r, err := sample()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The three parts of a plan's totals are the people in need of the county who
// live out of reach, and no district plans more sessions than it staffs.
func checkPlan(t *testing.T, r *study.Results) {
	t.Helper()
	const tol = 1e-6 // people, over the sum of a county
	for k, o := range r.Options {
		p := r.Plan(k)
		outside := 0.0
		for i := range r.County.Areas {
			outside += r.Need.Areas[i].InNeed * (1 - o.Areas[i].CoveredShare)
		}
		if sum := p.Totals.Planned + p.Totals.Unmet + p.Totals.Below; math.Abs(sum-outside) > tol || math.Abs(p.Totals.Outside-outside) > tol {
			t.Errorf("%s, option %s: %+v add up to %f, want the %f people in need out of reach", r.Spec.Name, o.Option.ID, p.Totals, sum, outside)
		}
		if missed := o.InNeed - o.CoveredInNeed; math.Abs(missed-outside) > tol*1e3 {
			t.Errorf("%s, option %s: %f in need out of reach, the option itself says %f", r.Spec.Name, o.Option.ID, outside, missed)
		}
		staffed := r.Thresholds.SessionsPerWeek * outreach.Weekly.PerYear()
		for _, d := range p.Districts {
			if staffed > 0 && d.Planned > staffed+tol {
				t.Errorf("%s, option %s: %s plans %g sessions a year of %g", r.Spec.Name, o.Option.ID, d.District, d.Planned, staffed)
			}
		}
		if staffed == 0 && len(r.Spec.Outreach.DistrictSessions) == 0 && p.Totals.Unmet != 0 {
			t.Errorf("%s, option %s: %g unmet, and the sessions were not stated", r.Spec.Name, o.Option.ID, p.Totals.Unmet)
		}
	}
}

func TestKentPlanAddsUp(t *testing.T) {
	checkPlan(t, kent(t))
	s, open := realdata.Study(t, "kent.toml")
	s.Outreach.SessionsPerWeek = 1.5
	s.Options = s.Options[:2]
	r := mustRun(t, s, open)
	checkPlan(t, r)
	p := r.Plan(1)
	if p.Totals.Unmet == 0 {
		t.Errorf("with one and a half sessions a week in each district nobody is unmet: %+v", p.Totals)
	}
	gained := 0.0
	for _, d := range p.Districts {
		gained += d.Next.Reached
	}
	if gained <= 0 || gained > p.Totals.Unmet {
		t.Errorf("one more session a week in each district reaches %g of %g unmet", gained, p.Totals.Unmet)
	}
}

func TestSamplePlanAddsUp(t *testing.T) {
	r := sampleRun(t)
	checkPlan(t, r)
	for k := range r.Options {
		p := r.Plan(k)
		for x, d := range p.Details {
			if len(d.Hubs) != 2 {
				t.Fatalf("option %s: target %s has %d hubs, want 2", r.Options[k].Option.ID, r.Options[k].Outreach.Targets[x].ID, len(d.Hubs))
			}
		}
	}
}

// V13: without Millmead, Dane Valley's nearest hubs are named with their walks,
// in Margate and its neighbours, and nobody is told of a bus that nobody looked
// up.
func TestV13DaneValleyWithoutMillmead(t *testing.T) {
	s, open := realdata.Study(t, "kent.toml")
	s.Options = []study.Option{{ID: "current", Name: "current"}, {ID: "no_millmead", Name: "no Millmead", Close: []string{"millmead-childrens-centre-ct9-3ru"}}}
	r := mustRun(t, s, open)
	i := area(t, r, "E01024663")
	o, p := r.Options[1], r.Plan(1)
	k := slices.IndexFunc(o.Outreach.Targets, func(x outreach.Target) bool {
		return x.Category != outreach.DetachedYouth && slices.Contains(x.Areas, i)
	})
	if k < 0 {
		t.Fatalf("Dane Valley is in no target: %s", o.Outreach.Areas[i].Reason)
	}
	hubs := p.Details[k].Hubs
	if len(hubs) != 2 {
		t.Fatalf("%d hubs for Dane Valley, want 2", len(hubs))
	}
	for _, h := range hubs {
		site := r.County.Sites[h.Site]
		if site.District != "E07000114" || !(h.WalkMin > 20 && h.WalkMin < 60) {
			t.Errorf("Dane Valley is sent to %s in %s, %.1f minutes; want a hub of Thanet over 20 minutes away", site.Name, site.District, h.WalkMin)
		}
	}
	if reason := o.Outreach.Targets[k].Reason; !strings.Contains(reason, "Public transport: not assessed.") {
		t.Errorf("reason %q, want it to say that public transport was not assessed", reason)
	}
	if !slices.Contains(r.NotAssessed, "public transport: no timetable, so rural areas are judged on foot alone") {
		t.Errorf("not assessed: %q, want public transport among it", r.NotAssessed)
	}
}

// V14: Marden's nearest hubs are named with their distance, and none is
// walkable. Cranbrook is 7.4 miles, 11.9 km, away by road.
func TestV14Marden(t *testing.T) {
	r := kent(t)
	i := area(t, r, "E01024381") // the village
	for k, o := range r.Options {
		if !o.Outreach.Areas[i].Uncovered {
			t.Errorf("option %s: Marden is in reach of a hub: %q", o.Option.ID, o.Outreach.Areas[i].Reason)
		}
		for s, site := range r.County.Sites {
			if strings.Contains(site.Name, "Cranbrook") && o.Areas[i].Nearest == s && o.Areas[i].WalkMin <= 60 {
				t.Errorf("option %s: Cranbrook is %.0f minutes from Marden on foot", o.Option.ID, o.Areas[i].WalkMin)
			}
		}
		p := r.Plan(k)
		for x, target := range o.Outreach.Targets {
			if !slices.Contains(target.Areas, i) {
				continue
			}
			for _, h := range p.Details[x].Hubs {
				if h.WalkMin <= 60 || !(h.Line > 4000 && h.Line < 20_000) {
					t.Errorf("option %s: from Marden %s is %.0f minutes on foot and %.1f km in a straight line", o.Option.ID, r.County.Sites[h.Site].Name, h.WalkMin, float64(h.Line)/1000)
				}
			}
		}
	}
}

// V17 and V20: every target has age bands that add up to its people, and
// detached youth never has a building.
func TestV17V20Details(t *testing.T) {
	r := kent(t)
	for k, o := range r.Options {
		p := r.Plan(k)
		for x, target := range o.Outreach.Targets {
			d := p.Details[x]
			sum := 0.0
			for _, n := range d.Ages {
				sum += n
			}
			if math.Abs(sum-target.People) > 1e-6 {
				t.Errorf("option %s: %s: age bands add up to %f, want %f", o.Option.ID, target.ID, sum, target.People)
			}
			if len(d.Hubs) != 2 {
				t.Errorf("option %s: %s: %d hubs, want 2", o.Option.ID, target.ID, len(d.Hubs))
			}
			if target.Category == outreach.DetachedYouth && target.Venue >= 0 {
				t.Errorf("option %s: %s has a building", o.Option.ID, target.ID)
			}
		}
	}
}

// V21: which districts have an open youth space is stated, or that no site says.
func TestV21YouthSpaces(t *testing.T) {
	for _, r := range []*study.Results{kent(t), sampleRun(t)} {
		for _, o := range r.Options {
			if !o.YouthStated {
				if !slices.Contains(r.NotAssessed, "youth space: no site says whether it has one; any open hub on foot counts") {
					t.Errorf("%s: youth spaces are not stated, and not assessed says %q", r.Spec.Name, r.NotAssessed)
				}
				continue
			}
			if len(o.YouthDistricts) > len(r.County.Districts) {
				t.Errorf("%s, option %s: %d districts with a youth space of %d", r.Spec.Name, o.Option.ID, len(o.YouthDistricts), len(r.County.Districts))
			}
		}
	}
}

// V25: without a timetable no result states a time by public transport.
func TestV25PublicTransportIsNotAssessed(t *testing.T) {
	r := kent(t)
	for _, o := range r.Options {
		for _, x := range o.Outreach.Targets {
			if !math.IsNaN(x.Transit) {
				t.Errorf("option %s: %s states %f minutes by public transport without a timetable", o.Option.ID, x.ID, x.Transit)
			}
		}
		for i, a := range o.Outreach.Areas {
			if slices.Contains(a.Categories, outreach.Rural) && !strings.Contains(a.Reason, "public transport: not assessed") {
				t.Errorf("option %s: the reason of %s does not say that public transport was not assessed: %q", o.Option.ID, r.County.Areas[i].Code, a.Reason)
			}
		}
	}
}

// Every target of Kent says where to meet: venues ranked, the fewest of them
// that reach four fifths, or stops and points; the district's own choice is
// among those ranked.
func TestV17Places(t *testing.T) {
	r := kent(t)
	p := r.Plan(r.Baseline)
	stops := 0
	for x, target := range r.Options[r.Baseline].Outreach.Targets {
		d := p.Details[x]
		switch {
		case target.Category == outreach.DetachedYouth:
			if len(d.Venues)+len(d.Fewest) > 0 || len(d.Stops) == 0 {
				t.Errorf("%s: %d venues, %d points to start from; want no building, and a point", target.ID, len(d.Venues), len(d.Stops))
			}
		case target.Venue >= 0:
			if !slices.ContainsFunc(d.Venues, func(v outreach.VenueReach) bool { return v.Venue == target.Venue }) || len(d.Fewest) == 0 {
				t.Errorf("%s: venue %d is not among %+v, or no fewest venues: %v", target.ID, target.Venue, d.Venues, d.Fewest)
			}
			if len(d.Stops) > 0 {
				t.Errorf("%s has a venue and stops", target.ID)
			}
		case target.Category == outreach.Rural:
			stops++
			if len(d.Stops) == 0 || len(d.Stops) > outreach.MostStops {
				t.Errorf("%s: no venue, and %d stops", target.ID, len(d.Stops))
			}
		}
	}
	if stops == 0 {
		t.Log("every rural target of Kent has a venue in reach")
	}
}

func BenchmarkKentPlan(b *testing.B) {
	r := kent(b)
	for b.Loop() {
		r.Plan(r.Baseline)
	}
}
