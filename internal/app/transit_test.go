package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"hubreach/internal/app"
)

// The sample county has a timetable: every option has a line a window and
// profile, a walk counts as a journey, and the table and the JSON agree.
func TestTransit(t *testing.T) {
	code, text, errs := call(t, "transit", "sample")
	if code != app.ExitDone || !strings.Contains(text, "with PT") || !strings.Contains(text, "fares not assessed") {
		t.Fatalf("exit %d, printed %q, %q; want the table, and a word on fares", code, text, errs)
	}
	code, out, errs := call(t, "transit", "sample", "--json")
	if code != app.ExitDone {
		t.Fatalf("exit %d, %q", code, errs)
	}
	var doc struct {
		Minutes float64
		Options []struct {
			ID      string
			Windows []struct {
				Window, Profile, Weekday string
				FootHubs                 float64 `json:"on_foot_mean_hubs"`
				FootShare                float64 `json:"on_foot_share_0_19"`
				Hubs                     float64 `json:"with_public_transport_mean_hubs"`
				Share                    float64 `json:"with_public_transport_share_0_19"`
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	more := 0
	for _, o := range doc.Options {
		if len(o.Windows) != 6 { // weekday, after school and Saturday, on foot and with a pushchair
			t.Errorf("option %s has %d windows, want 6", o.ID, len(o.Windows))
		}
		for _, w := range o.Windows {
			if w.Hubs < w.FootHubs || w.Share < w.FootShare || w.Share > 1 {
				t.Errorf("option %s, %s: %+v: a walk is a journey", o.ID, w.Window, w)
			}
			if w.Hubs > w.FootHubs {
				more++
			}
		}
	}
	if len(doc.Options) != 5 || more == 0 || doc.Minutes != 30 {
		t.Errorf("%d options, %d windows in which a bus brings more hubs, %g minutes; want 5, some, and 30", len(doc.Options), more, doc.Minutes)
	}
}
