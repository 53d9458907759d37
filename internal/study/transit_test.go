package study_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"hubreach/data"
	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/reach"
	"hubreach/internal/realdata"
	"hubreach/internal/study"
	"hubreach/internal/transit"
)

// lineA is a bus from a stop 100 m north of the middle of A to one 100 m south
// of the middle of D, every ten minutes from 9:00 until 10:50 and back at 13:00
// and 17:00, on weekdays; it takes two minutes.
func lineA(t testing.TB, from, to geo.Grid) string {
	t.Helper()
	proj, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	var stops, trips, calls strings.Builder
	stops.WriteString("stop_id,stop_name,stop_lat,stop_lon\n")
	for i, at := range []geo.Grid{from, to} {
		ll, err := proj.ToLonLat(at)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&stops, "%c,Stop,%.9f,%.9f\n", 'A'+i, ll.Lat(), ll.Lon())
	}
	trips.WriteString("route_id,service_id,trip_id\n")
	calls.WriteString("trip_id,arrival_time,departure_time,stop_id,stop_sequence\n")
	trip := func(minute int, first, last string) {
		fmt.Fprintf(&trips, "r,wd,%d\n", minute)
		for i, stop := range []string{first, last} {
			at := minute + 2*i
			fmt.Fprintf(&calls, "%d,%d:%02d:00,%d:%02d:00,%s,%d\n", minute, at/60, at%60, at/60, at%60, stop, i)
		}
	}
	for minute := 9 * 60; minute < 11*60; minute += 10 {
		trip(minute, "A", "B")
	}
	trip(13*60, "B", "A")
	trip(17*60, "B", "A")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"stops.txt": stops.String(), "trips.txt": trips.String(), "stop_times.txt": calls.String(),
		"routes.txt":   "route_id,route_short_name,route_type\nr,1,3\n",
		"calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nwd,1,1,1,1,1,0,0,20260105,20260130\n",
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const timetableInput = "[[input]]\nrole = \"timetable\"\nfile = \"bus.zip\"\n"

// measureSmall runs the small county with a timetable and a [transit] table.
func measureSmall(t testing.TB, bus, table string) (*study.Results, *study.TransitTimes) {
	t.Helper()
	files := with(map[string]string{"bus.zip": bus})
	s, err := study.ParseSpec([]byte(files["study.toml"]+timetableInput+table), "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	r, got, err := study.MeasureTransit(context.Background(), s, study.Env{Open: func(p string) (io.ReadCloser, error) { return fsys.Open(p) }, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return r, got
}

var (
	nearA = geo.Grid{600500, 150600}
	nearD = geo.Grid{601500, 151400}
)

const oneHour = `
[transit]
stay_minutes = 120
[[transit.window]]
name = "morning"
day = "weekday"
from = "09:00"
to = "10:00"
[[transit.window]]
name = "saturday"
day = "saturday"
from = "09:00"
to = "10:00"
`

func TestTransitSmall(t *testing.T) {
	r, got := measureSmall(t, lineA(t, nearA, nearD), oneHour)
	// 100 m x 1.3 at 4.8 km/h are 1.625 minutes, so a journey from A to D is the
	// wait and 2 + 1.625. Leaving 8 minutes past, the bus of 10 past is caught in
	// 2 minutes, leaving 9 past that of 20 past in 11: in every ten minutes the
	// journeys take 5.625, 6.625 and so on to 14.625. The fifth of ten is 9.625,
	// the ninth 13.625. On foot it is 22.98.
	const tol = 0.001 // minutes: degrees of nine decimals
	onlyD := []bool{false, true}
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= tol) {
			t.Errorf("%s = %v, want %v", what, got, want)
		}
	}
	for i, want := range []float64{9.625, 16.25, 16.25, 0} { // A, B and C on foot, D
		near(fmt.Sprintf("AreaMinutes of %s", r.County.Areas[i].Name), got.AreaMinutes(r.County, onlyD)[i], want)
	}
	for i, want := range []float64{0, 16.25, 16.25, 0} {
		near(fmt.Sprintf("AreaMinutes with both open of %s", r.County.Areas[i].Name), got.AreaMinutes(r.County, []bool{true, true})[i], want)
	}
	if m := got.AreaMinutes(r.County, []bool{false, false}); !math.IsNaN(m[0]) {
		t.Errorf("AreaMinutes with nothing open = %v, want NaN", m[0])
	}
	w := &got.Windows[0]
	j, ok := w.Journey(0, 1)
	if !ok || j.Reached != 60 || j.Rides != 7 || w.PerHour(j) != 7 {
		t.Errorf("journey from A to D %+v, %t: want 60 departures and the buses from 9:10 to 10:10", j, ok) // that of 9:00 is gone
	}
	near("P90", float64(j.P90)/60_000, 13.625)
	// One leaves D 1.625 minutes before the bus of 17:00.
	near("LastHome", float64(j.LastHome)/60_000, 17*60-1.625)
	if !j.RoundTrip {
		t.Error("no round trip from A to D: want one, 22.98 minutes of walk back at any time")
	}
	if saturday := &got.Windows[1]; saturday.Trips != 0 || saturday.AreaMinutes(r.County, onlyD)[0] < 22.9 {
		t.Errorf("Saturday: %d trips, %v minutes from A; want none and the walk", saturday.Trips, saturday.AreaMinutes(r.County, onlyD)[0])
	}
	if w.Date.String() != "2026-01-06" || w.Trips != 14 {
		t.Errorf("the weekday is %v with %d trips, want the first Tuesday, 2026-01-06, with 14", w.Date, w.Trips)
	}
	want := []string{
		"public transport, morning: departures by the minute from 09:00 to 10:00 on Tuesday 2026-01-06, on which 14 trips run; the median of them",
		"public transport, saturday: nothing runs, so journeys are walks",
		"public transport: approximate: walks to stops are straight lines x 1.30",
		"public transport: fares not assessed: the timetable has none",
	}
	if !slices.Equal(got.Notes, want) {
		t.Errorf("notes %q,\n want %q", got.Notes, want)
	}
	last := r.Checks[len(r.Checks)-1]
	if !last.Passed || last.Detail != "28 of 28 calls can be used; 2 stops in the county and around it; found: none" {
		t.Errorf("check %+v", last)
	}
	for _, u := range r.Inputs {
		if u.Role == "timetable" && (u.Read != 28 || u.Used != 28 || u.Dropped != 0) {
			t.Errorf("input %+v, want 28 calls read and used", u)
		}
	}
	m := w.Minutes()
	if m.Points() != 4 || len(m.At(0)) != 2 || m.At(0)[1] != (reach.PlaceTime{Place: 1, Millis: j.Median}) {
		t.Errorf("Minutes() of A = %v, want both sites, the second in %d ms", m.At(0), j.Median)
	}
}

// A round trip with two hours at the hub, where nobody can walk: walks of over
// 20 minutes are not looked for, so D is reached from A by bus alone.
func TestTransitRoundTrip(t *testing.T) {
	for _, test := range []struct {
		name string
		how  string
		want bool
	}{
		// There at 9:13 or so, and back at 13:00.
		{"two hours", "limit_minutes = 20", true},
		{"four hours", "limit_minutes = 20\nstay_minutes = 240", true},
		{"four hours, back by three", "limit_minutes = 20\nstay_minutes = 240\nleave_by = \"15:00\"", false},
		{"six hours, back by five: the bus of 17:00", "limit_minutes = 20\nstay_minutes = 360\nleave_by = \"17:00\"", true},
		{"nine hours", "limit_minutes = 20\nstay_minutes = 540", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, got := measureSmall(t, lineA(t, nearA, nearD), strings.Replace(oneHour, "stay_minutes = 120", test.how, 1))
			if j, ok := got.Windows[0].Journey(0, 1); !ok || j.RoundTrip != test.want {
				t.Errorf("journey %+v, %t: want a round trip %t", j, ok, test.want)
			}
		})
	}
}

func TestTransitElsewhere(t *testing.T) {
	r, got := measureSmall(t, lineA(t, geo.Grid{400000, 300000}, geo.Grid{401000, 300000}), oneHour)
	if m := got.AreaMinutes(r.County, []bool{true, true}); m != nil {
		t.Errorf("AreaMinutes = %v, want nil: not assessed", m)
	}
	if last := r.Checks[len(r.Checks)-1]; last.Passed {
		t.Errorf("check %+v passed, want it to fail", last)
	}
	if want := "public transport: not assessed: no stop of the timetable is in or near the county"; !slices.Contains(r.NotAssessed, want) {
		t.Errorf("not assessed %q, want %q", r.NotAssessed, want)
	}
}

func TestNoTimetable(t *testing.T) {
	s, err := study.ParseSpec([]byte(small["study.toml"]), "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), `"transit"`) {
		t.Errorf("parameters without a timetable: %s, want none of public transport", text)
	}
	var none *study.TransitTimes
	if m := none.AreaMinutes(&county.County{}, nil); m != nil {
		t.Errorf("AreaMinutes = %v, want nil: not assessed", m)
	}
}

func TestTransitSpec(t *testing.T) {
	parse := func(table string) (study.Spec, error) {
		return study.ParseSpec([]byte(small["study.toml"]+timetableInput+table), "study.toml")
	}
	s, err := parse("")
	if err != nil {
		t.Fatal(err)
	}
	want := study.Transit{LimitMinutes: 60, AccessMinutes: 20, TransferMinutes: 5, ChangeMinutes: 2, BoardingMinutes: 1, StayMinutes: 120, LeaveBy: "20:00", MarginKm: 10,
		Windows: []study.Window{{"weekday", "tuesday", "09:00", "15:00"}, {"after_school", "tuesday", "15:30", "18:00"}, {"saturday", "saturday", "09:00", "15:00"}}}
	if !reflect.DeepEqual(s.Transit, want) {
		t.Errorf("defaults %+v, want %+v", s.Transit, want)
	}
	if got := s.Transit.Windows[1].Hours(); got != 2.5 {
		t.Errorf("after school is %v hours, want 2.5", got)
	}
	window := func(text string) string { return "[[transit.window]]\n" + text }
	for _, test := range []struct{ name, table, want string }{
		{"a limit of four hours", "[transit]\nlimit_minutes = 240", `transit.limit_minutes 240: want 1 to 180`},
		{"no time to change", "[transit]\nchange_minutes = -1", `transit.change_minutes -1: want 0.1 to 60`},
		{"a time that is none", "[transit]\nleave_by = \"6 pm\"", `transit.leave_by: time "6 pm": want one such as "09:00"`},
		{"a window without a name", window("day = \"sunday\"\nfrom = \"09:00\"\nto = \"15:00\""), `transit.window "": want a name of its own for each window`},
		{"a day that is none", window("name = \"x\"\nday = \"someday\"\nfrom = \"09:00\"\nto = \"15:00\""), `transit.window x: day "someday": want a date such as "2026-03-03", or a day of the week such as "tuesday"`},
		{"from the evening to the morning", window("name = \"x\"\nday = \"sunday\"\nfrom = \"22:00\"\nto = \"02:00\""), `transit.window x: window from 22h0m0s to 2h0m0s: want times of one day, the later last: public transport parameters not usable`},
		{"no beginning", window("name = \"x\"\nday = \"sunday\"\nto = \"02:00\""), `transit.window x: from: time "": want one such as "09:00"`},
	} {
		_, err := parse(test.table)
		if !errors.Is(err, study.ErrBadSpec) || !strings.HasSuffix(err.Error(), ": "+test.want) {
			t.Errorf("%s: error %v,\n want %s", test.name, err, test.want)
		}
	}
	if _, err := parse(window("name = \"x\"\nday = \"2026-02-29\"\nfrom = \"09:00\"\nto = \"24:00\"")); err == nil {
		t.Error("29 February 2026 was taken for a day")
	}
	if _, err := parse(window("name = \"x\"\nday = \"2026-02-28\"\nfrom = \"09:00\"\nto = \"24:00\"")); err != nil {
		t.Errorf("28 February 2026 until midnight: %v", err)
	}
}

// newportTransit is Newport, whose study has a timetable.
func newportTransit(t testing.TB) (study.Spec, study.Open) {
	t.Helper()
	return realdata.Study(t, "newport.toml")
}

// sampleTransit is the sample county, whose study has a timetable.
func sampleTransit(t testing.TB) (study.Spec, study.Open) {
	t.Helper()
	text, err := fs.ReadFile(data.Sample(), data.Study)
	if err != nil {
		t.Fatal(err)
	}
	s, err := study.ParseSpec(text, data.Study)
	if err != nil {
		t.Fatal(err)
	}
	return s, func(p string) (io.ReadCloser, error) { return data.Sample().Open(p) }
}

// The whole of it on real streets and on the sample county: the table of hubs
// within 30 minutes, and what has to hold of every journey.
func TestTransitPlaces(t *testing.T) {
	for _, test := range []struct {
		name     string
		spec     func(testing.TB) (study.Spec, study.Open)
		profiles int
	}{{"Newport", newportTransit, 2}, {"sample county", sampleTransit, 1}} {
		t.Run(test.name, func(t *testing.T) {
			s, open := test.spec(t)
			s.Walk.Profiles = s.Walk.Profiles[:test.profiles] // adult, pushchair
			s.Transit.Windows = slices.Delete(s.Transit.Windows, 1, 2)
			r, got, err := study.MeasureTransit(context.Background(), s, study.Env{Open: open, Workers: 2})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d points, %d sites, %d stops", len(r.County.Points), len(r.County.Sites), got.Stops)
			for _, n := range slices.Concat(got.Findings, got.Notes) {
				t.Log(n)
			}
			every := slices.Repeat([]bool{true}, len(r.County.Sites))
			better := 0
			for k := range got.Windows {
				w := &got.Windows[k]
				foot, ride := study.OnFoot(r.County, r.Walks(w.Profile), every, 30), w.Within(r.County, every, 30)
				t.Logf("%-12s %-9s sites within 30 minutes: %.2f on foot, %.2f with public transport; people with one: %.2f %%, %.2f %%",
					w.Name, w.Profile, foot.Sites, ride.Sites, 100*foot.Share, 100*ride.Share)
				if ride.Sites < foot.Sites || ride.Share < foot.Share {
					t.Errorf("%s, %s: fewer sites by public transport (%+v) than on foot (%+v)", w.Name, w.Profile, ride, foot)
				}
				better += sane(t, r, w)
			}
			if better == 0 {
				t.Error("no journey is better than the walk: want buses to be of use to somebody")
			}
		})
	}
}

// sane holds the journeys of a window to what has to be, and counts those that
// are better than the walk.
func sane(t *testing.T, r *study.Results, w *study.TransitWindow) (better int) {
	t.Helper()
	walks := r.Walks(w.Profile)
	departures := uint16(math.Round(w.Hours() * 60))
	for p := range r.County.Points {
		for _, walk := range walks.At(p) {
			j, ok := w.Journey(p, int(walk.Place))
			if !ok || j.Median > walk.Millis || j.P90 > walk.Millis || j.Reached != departures || !j.RoundTrip {
				t.Fatalf("%s: point %d to site %d: %+v, on foot %d ms: want no more, at every departure, and back", w.Name, p, walk.Place, j, walk.Millis)
			}
			if j.Median < walk.Millis {
				better++
			}
		}
		for i, j := range w.At(p) {
			if j.Median > j.P90 || j.Reached == 0 || j.Reached > departures || j.Rides > j.Reached || j.Median != reach.NoWalk && j.Median > 3_600_000 ||
				(j.Median != reach.NoWalk) != (2*j.Reached >= departures) || i > 0 && w.At(p)[i-1].Site >= j.Site || j.LastHome < 0 || j.LastHome != transit.NoTime && j.LastHome > 27*3_600_000 {
				t.Fatalf("%s: point %d: journey %+v", w.Name, p, j)
			}
		}
	}
	return better
}

// One hour of departures, adults alone: enough to compare whole runs.
func quick(s study.Spec) study.Spec {
	s.Transit.Windows = []study.Window{{"x", "tuesday", "09:00", "10:00"}}
	s.Walk.Profiles = s.Walk.Profiles[:1]
	return s
}

func TestTransitIsTheSameAtAnyNumberOfWorkers(t *testing.T) {
	s, open := sampleTransit(t)
	var first *study.TransitTimes
	for _, workers := range []int{1, 2, 5} {
		_, got, err := study.MeasureTransit(context.Background(), quick(s), study.Env{Open: open, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		if !reflect.DeepEqual(first.Windows, got.Windows) || !slices.Equal(first.Findings, got.Findings) || !slices.Equal(first.Notes, got.Notes) {
			t.Fatalf("%d workers give other journeys than 1", workers)
		}
	}
}

func TestTransitStops(t *testing.T) {
	s, open := sampleTransit(t)
	ctx, cancel := context.WithCancel(context.Background())
	_, _, err := study.MeasureTransit(ctx, quick(s), study.Env{Open: open, Workers: 2, Progress: func(stage string, done, _ int) {
		if strings.HasPrefix(stage, "public transport to") && done == 3 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// Opening a site never lengthens the way to the nearest.
func TestAreaMinutesFallWithEverySite(t *testing.T) {
	s, open := sampleTransit(t)
	r, got, err := study.MeasureTransit(context.Background(), quick(s), study.Env{Open: open, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	sites := make([]bool, len(r.County.Sites))
	before := got.AreaMinutes(r.County, sites)
	for i := range sites {
		sites[i] = true
		after := got.AreaMinutes(r.County, sites)
		for a := range after {
			if after[a] > before[a] || math.IsNaN(after[a]) && !math.IsNaN(before[a]) {
				t.Fatalf("opening %s lengthened %s from %v to %v", r.County.Sites[i].ID, r.County.Areas[a].Code, before[a], after[a])
			}
		}
		before = after
	}
}

// Everything but the other walks and the options: about four seconds for Newport
// and three for the sample county, on two cores. The whole run is to stay under a
// minute and half a minute.
func BenchmarkTransit(b *testing.B) {
	for _, place := range []struct {
		name string
		spec func(testing.TB) (study.Spec, study.Open)
	}{{"newport", newportTransit}, {"sample", sampleTransit}} {
		b.Run(place.name, func(b *testing.B) {
			s, open := place.spec(b)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := study.MeasureTransit(context.Background(), s, study.Env{Open: open, Workers: 2}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
