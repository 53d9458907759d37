package study_test

import (
	"math"
	"testing"

	"hubreach/internal/study"
	"hubreach/internal/transit"
)

// smallByBus runs the small county whole, with a timetable and a [transit] table.
func smallByBus(t testing.TB, bus, table string) *study.Results {
	t.Helper()
	files := with(map[string]string{"bus.zip": bus})
	files["study.toml"] += timetableInput + table
	r, err := runSmall(files)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The numbers are those of TestTransitSmall: A reaches D in 9.625 minutes by the
// median and 13.625 in nine of ten departures, by seven buses of one hour.
func TestAreaWays(t *testing.T) {
	r, got := measureSmall(t, lineA(t, nearA, nearD), oneHour)
	const tol = 0.001 // minutes
	ways := got.Windows[0].AreaWays(r, []bool{false, true})
	a := ways[0]
	if math.Abs(a.Median-9.625) > tol || math.Abs(a.P90-13.625) > tol || a.Site != 1 || a.PerHour != 7 || a.RoundTrip != 1 || a.Share != 1 {
		t.Errorf("from A %+v, want 9.625 and 13.625 minutes to site 1, 7 an hour, all of them there and back", a)
	}
	if want := transit.Millis((17*60 - 1.625) * 60_000); math.Abs(float64(a.LastHome-want)) > 60 {
		t.Errorf("last home from D %v ms, want %v, by the bus of 17:00", a.LastHome, want)
	}
	if c := ways[2]; math.Abs(c.Median-16.25) > tol || c.PerHour != 0 || c.LastHome != transit.NoTime {
		t.Errorf("from C %+v, want the walk and no ride", c)
	}
	for i, w := range got.Windows[0].AreaWays(r, []bool{false, false}) {
		if w.Site != -1 || !math.IsNaN(w.Median) || !math.IsNaN(w.PerHour) || w.LastHome != transit.NoTime || w.Share != 0 {
			t.Errorf("with nothing open, area %d has %+v, want nothing", i, w)
		}
	}
	median := got.AreaMinutes(r.County, []bool{true, true})
	for i, w := range got.Windows[0].AreaWays(r, []bool{true, true}) {
		if w.Median != median[i] {
			t.Errorf("area %d: %v minutes, and AreaMinutes says %v", i, w.Median, median[i])
		}
	}
}

func TestTransitReach(t *testing.T) {
	r := smallByBus(t, lineA(t, nearA, nearD), oneHour)
	for k, o := range r.Options {
		for _, w := range r.TransitReach(k) {
			if w.Both.Share < w.OnFoot.Share || w.Both.Sites < w.OnFoot.Sites || w.Both.Share > 1 || w.RoundTrip > 1 {
				t.Errorf("option %s, %s: %+v with buses, %+v on foot: a walk is a journey", o.Option.ID, w.Name, w.Both, w.OnFoot)
			}
			if w.Trips == 0 && w.Both != w.OnFoot {
				t.Errorf("option %s, %s: nothing runs, and %+v is not %+v", o.Option.ID, w.Name, w.Both, w.OnFoot)
			}
		}
	}
	if n := len(r.TransitReach(r.Baseline)); n != len(r.Transit.Windows) {
		t.Errorf("%d windows, want %d", n, len(r.Transit.Windows))
	}
	all := make([]int, len(r.County.Areas))
	for i := range all {
		all[i] = i
	}
	for site := range r.County.Sites {
		for k, w := range r.WaysTo(r.Baseline, all, true, site) {
			if w.Share < 0 || w.Share > 1 || w.P90 < w.Median {
				t.Errorf("site %d, window %d: %+v", site, k, w)
			}
		}
	}
	none := smallByBus(t, lineA(t, nearA, nearD), oneHour)
	none.Transit = nil
	if none.TransitReach(0) != nil || none.WaysTo(0, all, true, 0) != nil {
		t.Error("without a timetable something is said of public transport")
	}
}
