package source_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/realdata"
	"hubreach/internal/source"
)

// tiny is the smallest feed: one trip from A to B on weekdays.
var tiny = map[string]string{
	"stops.txt":      "stop_id,stop_name,stop_lat,stop_lon\nA,Church,51.5,0.5\nB,School,51.6,0.6\nC,Mill,51.7,0.7\n",
	"routes.txt":     "route_id,route_short_name,route_long_name,route_type\nr,1,Church to School,3\n",
	"calendar.txt":   "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nwd,1,1,1,1,1,0,0,20230605,20230630\n",
	"trips.txt":      "route_id,service_id,trip_id\nr,wd,t\n",
	"stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,08:00:30,A,1\nt,08:10:00,08:10:00,B,5\n",
}

// feedOf packs the tiny feed with some files changed; an empty text takes a
// file away. folder goes before every name.
func feedOf(tb testing.TB, folder string, changes ...string) string {
	files := map[string]string{}
	for k, v := range tiny {
		files[k] = v
	}
	for i := 0; i < len(changes); i += 2 {
		files[changes[i]] = changes[i+1]
	}
	var list []string
	for name, text := range files {
		if text != "" {
			list = append(list, folder+name, text)
		}
	}
	return zipped(tb, list...)
}

func readFeed(s string, o source.Options) (source.Timetable, error) {
	return source.ReadTimetable(strings.NewReader(s), "feed.zip", o)
}

func TestReadTimetable(t *testing.T) {
	const day = 24 * 60 * 60
	want := source.Timetable{
		File: "feed.zip",
		Stops: []source.Stop{
			{ID: "A", Name: "Church", At: orb.Point{0.5, 51.5}, Located: true, Station: -1},
			{ID: "B", Name: "School", At: orb.Point{0.6, 51.6}, Located: true, Station: -1},
			{ID: "C", Name: "Mill", At: orb.Point{0.7, 51.7}, Located: true, Station: -1},
		},
		Routes: []source.Route{{ID: "r", Name: "1", Kind: 3}},
		// Monday to Friday are bits 1 to 5. 5 June 2023 is 19,513 days after 1 January 1970.
		Services: []source.Service{{ID: "wd", Weekdays: 0b0111110, From: 19513, To: 19513 + 25}},
		Trips:    []source.Trip{{ID: "t", First: 0, End: 2}},
		Calls:    []source.Call{{Stop: 0, Arrive: day / 3, Depart: day/3 + 30}, {Stop: 1, Arrive: day/3 + 600, Depart: day/3 + 600}},
		Read:     2, Used: 2,
	}
	mac := zipped(t, "__MACOSX/gtfs/._stop_times.txt", "x", "gtfs/stops.txt", tiny["stops.txt"], "gtfs/Routes.txt", tiny["routes.txt"], "gtfs/calendar.txt", tiny["calendar.txt"],
		"gtfs/trips.txt", tiny["trips.txt"], "gtfs/stop_times.txt", tiny["stop_times.txt"], "other/stop_times.txt", "not this one")
	for _, test := range []struct {
		name string
		feed string
		o    source.Options
	}{
		{"at the root", feedOf(t, ""), source.Options{}},
		{"in a folder", feedOf(t, "gtfs/"), source.Options{}},
		{"one of several folders", mac, source.Options{Layer: "gtfs"}},
		{"a byte order mark, CRLF and quotes", feedOf(t, "", "trips.txt", "\xef\xbb\xbf\"route_id\",service_id,trip_id\r\nr,wd,\"t\"\r\n"), source.Options{}},
		{"blanks around cells", feedOf(t, "", "trips.txt", "route_id, service_id ,trip_id\nr, wd ,t \n"), source.Options{}},
		{"columns in another order", feedOf(t, "", "trips.txt", "trip_id,wheelchair_accessible,service_id,route_id\nt,0,wd,r\n"), source.Options{}},
		{"calls in another order", feedOf(t, "", "stop_times.txt", "stop_sequence,trip_id,arrival_time,departure_time,stop_id\n5,t,08:10:00,08:10:00,B\n1,t,8:00:00,08:00:30,A\n"), source.Options{}},
		{"one time for both", feedOf(t, "", "stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,08:00:30,A,1\nt,08:10:00,,B,5\n"), source.Options{}},
		{"a file of shapes without rows", feedOf(t, "", "shapes.txt", "shape_id\n"), source.Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := readFeed(test.feed, test.o)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("ReadTimetable (-want +got):\n%s", d)
			}
		})
	}
}

func TestTimetableFindings(t *testing.T) {
	const calls = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,08:00:30,A,1\nt,08:10:00,08:10:00,B,5\n"
	const trips = "route_id,service_id,trip_id\nr,wd,t\n"
	for _, test := range []struct {
		name    string
		changes []string
		want    []string
	}{
		{"no routes", []string{"routes.txt", ""}, []string{`the feed has no routes.txt, so its lines have no names: 1`}},
		{"a stop twice", []string{"stops.txt", tiny["stops.txt"] + "A,Again,1,1\n"}, []string{`stops whose id is blank or stands twice, the later left out: 1, first "A"`}},
		{"a stop nowhere", []string{"stops.txt", tiny["stops.txt"] + "D,No,,\nE,Null Island,0,0\n"}, []string{`stops without coordinates, nobody walks to them: 2, first "D"`}},
		{"a station that is not there", []string{"stops.txt", "stop_id,stop_lat,stop_lon,parent_station\nA,51.5,0.5,Z\nB,51.6,0.6,\n"}, []string{`stops whose station is not in the feed, taken as stops without one: 1, first "A"`}},
		{"empty calendar_dates", []string{"calendar_dates.txt", "service_id,date,exception_type\n"}, []string{`calendar_dates.txt has no row, so bank holidays run like other days: 1`}},
		{"a bad exception", []string{"calendar_dates.txt", "service_id,date,exception_type\nwd,20230231,1\n"}, []string{`exceptions without a service, a date or a kind of 1 or 2, left out: 1, first "wd 20230231"`}},
		{"a trip of no service", []string{"trips.txt", trips + "r,we,u\n"}, []string{`trips of a service without days, left out: 1, first "u"`}},
		{"a trip twice", []string{"trips.txt", trips + "r,wd,t\n"}, []string{`trips whose id is blank or stands twice, the later left out: 1, first "t"`}},
		{"a trip without calls", []string{"trips.txt", trips + "r,wd,u\n"}, []string{`trips with fewer than two calls, left out: 1, first "u"`}},
		{"a trip that another repeats", []string{"trips.txt", trips + "r,wd,u\n", "stop_times.txt", calls + "u,8:00:00,08:00:30,A,1\nu,08:10:00,08:10:00,B,2\n"},
			[]string{`trips that another repeats, call for call and on the same days, which changes no time: 1, first "u"`}},
		{"a trip of an unknown route", []string{"trips.txt", trips + "q,wd,u\n", "stop_times.txt", calls + "u,9:00:00,09:00:00,A,1\nu,09:10:00,09:10:00,B,2\n"},
			[]string{`trips of a route that is not in the feed: 1, first "u"`}},
		{"a call of no trip", []string{"stop_times.txt", calls + "u,8:00:00,08:00:30,A,1\n"}, []string{`calls of a trip that is not in the feed, left out: 1, first "u"`}},
		{"a call at no stop", []string{"stop_times.txt", calls + "t,8:20:00,08:20:00,Z,9\n"}, []string{`calls at a stop that is not in the feed, left out: 1, first "Z"`}},
		{"a call twice", []string{"stop_times.txt", calls + "t,8:20:00,08:20:00,C,5\n"}, []string{`calls whose order stands twice in their trip, the later left out: 1, first "t"`}},
		{"times that go back", []string{"trips.txt", trips + "r,wd,u\n", "stop_times.txt", calls + "u,9:00:00,09:00:00,A,1\nu,08:10:00,08:10:00,B,2\n"},
			[]string{`trips whose times go back, left out: 1, first "u"`}},
		{"a time that is none", []string{"trips.txt", trips + "r,wd,u\n", "stop_times.txt", calls + "u,9:0x:00,09:00:00,A,1\nu,09:10:00,09:10:00,B,2\n"},
			[]string{`trips with a time or an order that cannot be read, left out: 1, first "u"`}},
		{"no time at the end", []string{"trips.txt", trips + "r,wd,u\n", "stop_times.txt", calls + "u,9:00:00,09:00:00,A,1\nu,,,B,2\n"},
			[]string{`trips without a time at their first or last call, left out: 1, first "u"`}},
		{"blank times", []string{"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,08:00:30,A,1\nt,,,C,2\nt,08:10:00,08:10:00,B,5\n"},
			[]string{`calls without a time, spread evenly between the timed calls around them: 1`}},
		{"on request", []string{"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\nt,8:00:00,08:00:30,A,1,2\nt,08:10:00,08:10:00,B,5,0\n"},
			[]string{`calls that have to be arranged with the operator or driver, taken as any other: 1, first "t"`}},
		{"bad frequencies", []string{"frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt,08:00:00,09:00:00,1\nt,08:00:00,09:00:00,2147483647\nz,08:00:00,09:00:00,600\n"},
			[]string{`frequencies without a trip, a period or a sensible interval, left out: 3, first "t"`}},
		{"a fare that is no price", []string{"fare_attributes.txt", "fare_id,price\n1,free\n2,-1\n"}, []string{`fares whose price is not a number, left out: 2, first "1"`}},
		{"bad transfers", []string{"transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\nA,Z,0,,\nA,B,9,,\nA,B,2,-1,\nA,B,0,,t\n"},
			[]string{`transfers with an unknown stop or kind, left out: 2, first "A to Z"`, `transfers whose time is not a number of seconds, left out: 1, first "-1"`, `transfers between particular routes or trips, left out: 1, first "A to B"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := readFeed(feedOf(t, "", test.changes...), source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Findings, test.want) {
				t.Errorf("findings %q, want %q", got.Findings, test.want)
			}
		})
	}
}

// Blocks count from 1, and whether one stays on board between two trips is kept
// for trips that are.
func TestTimetableBlocks(t *testing.T) {
	got, err := readFeed(feedOf(t, "",
		"trips.txt", "route_id,service_id,trip_id,block_id\nr,wd,t,b7\nr,wd,gone,b7\nr,wd,u,b7\nr,wd,v,\nr,wd,w,b8\n",
		"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,8:00:00,A,1\nt,8:10:00,8:10:00,B,2\nu,8:10:00,8:10:00,B,1\nu,8:20:00,8:20:00,C,2\nv,8:20:00,8:20:00,C,1\nv,8:30:00,8:30:00,A,2\nw,9:20:00,9:20:00,C,1\nw,9:30:00,9:30:00,A,2\n",
		"transfers.txt", "from_stop_id,to_stop_id,transfer_type,from_trip_id,to_trip_id\n,,4,u,v\nB,B,5,t,u\n,,4,t,gone\n,,4,t,z\n"),
		source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int32{1, 1, 0, 2} { // t, u, v, w
		if got.Trips[i].Block != want {
			t.Errorf("trip %s is of block %d, want %d", got.Trips[i].ID, got.Trips[i].Block, want)
		}
	}
	if d := cmp.Diff([]source.Stay{{From: 1, To: 2, Allowed: true}, {From: 0, To: 1}}, got.Stays); d != "" {
		t.Errorf("stays (-want +got):\n%s", d)
	}
	want := `transfers on board between trips that are not in the feed, left out: 2, first "t to gone"`
	if !slices.Contains(got.Findings, want) {
		t.Errorf("findings %q, want %q", got.Findings, want)
	}
}

func TestTimetableDetails(t *testing.T) {
	got, err := readFeed(feedOf(t, "",
		"stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nS,Station,51.5,0.5,1,\nA,Platform 1,,,0,S\nB,Yard,51.6,0.6,,\nC,Lane,51.7,0.7,,\n",
		"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\nt,23:50:00,23:50:00,A,1,0,1\nt,,,C,2,,\nt,,,C,4,,\nt,24:20:00,24:20:00,B,5,1,0\n",
		"frequencies.txt", "trip_id,start_time,end_time,headway_secs,exact_times\nt,08:00:00,09:00:00,600,1\n",
		"transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,300\nS,S,1,\n",
		"fare_attributes.txt", "fare_id,price,currency_type\n1,2.00,gbp\n2,3.50,\n",
		"calendar_dates.txt", "service_id,date,exception_type\nwd,20230606,2\nwd,20230610,1\nonce,20230611,1\n",
	), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p := got.Stops[1]; p.Station != 0 || !p.Located || p.At != got.Stops[0].At || !got.Stops[0].Place || p.Place {
		t.Errorf("platform %+v of station %+v: want the station's place", p, got.Stops[0])
	}
	// 30 minutes in three steps: 23:50, 24:00, 24:10, 24:20.
	const midnight = 24 * 3600
	want := []source.Call{
		{Stop: 1, Arrive: midnight - 600, Depart: midnight - 600, NoAlight: true},
		{Stop: 3, Arrive: midnight, Depart: midnight},
		{Stop: 3, Arrive: midnight + 600, Depart: midnight + 600},
		{Stop: 2, Arrive: midnight + 1200, Depart: midnight + 1200, NoBoard: true},
	}
	if d := cmp.Diff(want, got.Calls); d != "" {
		t.Errorf("calls (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]source.Frequency{{Trip: 0, From: 8 * 3600, To: 9 * 3600, Every: 600}}, got.Frequencies); d != "" {
		t.Errorf("frequencies (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]source.Transfer{{From: 1, To: 2, Kind: source.TransferTakes, Seconds: 300}, {From: 0, To: 0, Kind: source.TransferTimed, Seconds: -1}}, got.Transfers); d != "" {
		t.Errorf("transfers (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]source.Fare{{ID: "1", Price: 2, Currency: "GBP"}, {ID: "2", Price: 3.5}}, got.Fares); d != "" {
		t.Errorf("fares (-want +got):\n%s", d)
	}
	for _, test := range []struct {
		date          string
		weekday, once bool
	}{
		{"2023-06-04", false, false}, // Sunday before the first day
		{"2023-06-05", true, false},  // Monday, the first day
		{"2023-06-06", false, false}, // Tuesday, removed
		{"2023-06-10", true, false},  // Saturday, added
		{"2023-06-11", false, true},
		{"2023-06-30", true, false}, // Friday, the last day
		{"2023-07-03", false, false},
	} {
		d, err := source.ParseDate(test.date)
		if err != nil {
			t.Fatal(err)
		}
		if w, o := got.Services[0].Runs(d), got.Services[1].Runs(d); w != test.weekday || o != test.once {
			t.Errorf("%s: weekday service %t, single day %t; want %t, %t", test.date, w, o, test.weekday, test.once)
		}
		if d.String() != test.date {
			t.Errorf("ParseDate(%q).String() = %q", test.date, d)
		}
	}
	if _, err := source.ParseDate("5 June"); err == nil {
		t.Error(`ParseDate("5 June") succeeded, want an error`)
	}
}

func TestBadTimetable(t *testing.T) {
	whole := feedOf(t, "")
	for _, test := range []struct {
		name string
		feed string
		o    source.Options
		want string
	}{
		{"empty", "", source.Options{}, `feed.zip: want a file with data, found an empty one; fetch the file again`},
		{"no ZIP", "trip_id\n", source.Options{}, `feed.zip: want a GTFS feed packed as ZIP; pack its text files into one ZIP`},
		{"cut off", whole[:len(whole)/2], source.Options{}, `feed.zip: want a whole ZIP file: zip: not a valid zip file; fetch the file again`},
		{"another archive", zipped(t, "a.txt", "x"), source.Options{}, `feed.zip: file "stop_times.txt": want that file of a GTFS feed, found "a.txt"; fetch the file again`},
		{"two feeds", zipped(t, "a/stop_times.txt", "x", "b/stop_times.txt", "x"), source.Options{}, `feed.zip: folder: want one feed, found "a", "b"; name one as layer, or give each feed a ZIP of its own`},
		{"no stops", feedOf(t, "", "stops.txt", ""), source.Options{}, `feed.zip: file "stops.txt": want that file of a GTFS feed; fetch the file again`},
		{"no calendar", feedOf(t, "", "calendar.txt", ""), source.Options{}, `feed.zip: file "calendar.txt": want that file or calendar_dates.txt; fetch the file again`},
		{"a column missing", feedOf(t, "", "trips.txt", "route_id,trip_id\nr,t\n"), source.Options{}, `feed.zip/trips.txt: line 1: column "service_id": want that column, found "route_id", "trip_id"; fetch the file again`},
		{"a file of nothing", feedOf(t, "", "trips.txt", "\n"), source.Options{}, `feed.zip/trips.txt: want a header, found an empty file; fetch the file again`},
		{"no CSV", feedOf(t, "", "trips.txt", "route_id,service_id,trip_id\nr,\"wd,t\n"), source.Options{}, `feed.zip/trips.txt: line 2: want comma-separated cells: extraneous or missing " in quoted-field`},
		{"no trip left", feedOf(t, "", "calendar.txt", strings.Replace(tiny["calendar.txt"], "wd,", "we,", 1)), source.Options{},
			`feed.zip: want a trip that can be made, found none: trips of a service without days, left out: 1, first "t"; fetch the file again`},
		{"too large", whole, source.Options{MaxBytes: 600}, `feed.zip: want at most 600 bytes unpacked; cut the file down to the county`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := readFeed(test.feed, test.o)
			if _, ok := errors.AsType[*source.RowError](err); !ok || err.Error() != test.want {
				t.Errorf("error %v\n want %s", err, test.want)
			}
		})
	}
}

// Every way of cutting a feed short is an error, never a shorter timetable.
func TestTruncatedTimetable(t *testing.T) {
	whole := feedOf(t, "")
	for n := range len(whole) {
		if _, err := readFeed(whole[:n], source.Options{}); err == nil {
			t.Fatalf("the first %d of %d bytes were read as a feed", n, len(whole))
		}
	}
}

func FuzzReadTimetable(f *testing.F) {
	// The texts are fuzzed, not the archive around them.
	f.Add(tiny["stops.txt"], tiny["calendar.txt"], tiny["trips.txt"], tiny["stop_times.txt"], "trip_id,start_time,end_time,headway_secs\nt,08:00:00,09:00:00,600\n", "from_stop_id,to_stop_id\nA,B\n")
	f.Add("stop_id,parent_station\nA,B\nB,A\n", tiny["calendar.txt"], tiny["trips.txt"], "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,25:00:00,,A,0\nt,,,A,2\nt,168:59:59,,B,3\n", "", "")
	f.Fuzz(func(t *testing.T, stops, calendar, trips, calls, frequencies, transfers string) {
		feed := zipped(t, "stops.txt", stops, "calendar.txt", calendar, "trips.txt", trips, "stop_times.txt", calls, "frequencies.txt", frequencies, "transfers.txt", transfers)
		got, err := readFeed(feed, source.Options{MaxBytes: fuzzBytes})
		if err != nil {
			if _, ok := errors.AsType[*source.RowError](err); !ok || strings.Contains(err.Error(), "\n") {
				t.Fatalf("%T %q: want a *source.RowError of one line", err, err)
			}
			return
		}
		sound(t, got)
	})
}

func FuzzReadTimetableArchive(f *testing.F) {
	f.Add(feedOf(f, ""))
	f.Add(feedOf(f, "gtfs/"))
	f.Fuzz(func(t *testing.T, s string) {
		got, err := readFeed(s, source.Options{MaxBytes: fuzzBytes})
		if err != nil {
			if _, ok := errors.AsType[*source.RowError](err); !ok {
				t.Fatalf("%T %v: want a *source.RowError", err, err)
			}
			return
		}
		sound(t, got)
	})
}

// sound holds a feed to what its types promise.
func sound(t *testing.T, f source.Timetable) {
	t.Helper()
	next := int32(0)
	for _, trip := range f.Trips {
		if trip.First != next || trip.End < trip.First+2 || int(trip.End) > len(f.Calls) || trip.Service < 0 || int(trip.Service) >= len(f.Services) || int(trip.Route) >= len(f.Routes) {
			t.Fatalf("trip %+v of %d calls, %d services", trip, len(f.Calls), len(f.Services))
		}
		next = trip.End
		last := int32(0)
		for _, c := range f.Calls[trip.First:trip.End] {
			if c.Stop < 0 || int(c.Stop) >= len(f.Stops) || c.Arrive < last || c.Depart < c.Arrive {
				t.Fatalf("trip %s: call %+v after second %d", trip.ID, c, last)
			}
			last = c.Depart
		}
	}
	if int(next) != len(f.Calls) || f.Used != len(f.Calls) {
		t.Fatalf("%d calls, %d of trips, %d used", len(f.Calls), next, f.Used)
	}
	for _, s := range f.Stops {
		if int(s.Station) >= len(f.Stops) {
			t.Fatalf("stop %+v of %d", s, len(f.Stops))
		}
	}
	for _, q := range f.Frequencies {
		if q.Trip < 0 || int(q.Trip) >= len(f.Trips) || q.Every < 10 || q.Every > 7*24*3600 || q.To <= q.From {
			t.Fatalf("frequency %+v", q)
		}
	}
	for _, x := range f.Transfers {
		if x.From < 0 || x.To < 0 || int(x.From) >= len(f.Stops) || int(x.To) >= len(f.Stops) || x.Kind < 0 || x.Kind > 3 || x.Seconds < -1 {
			t.Fatalf("transfer %+v", x)
		}
	}
	for _, s := range f.Services {
		if !slices.IsSorted(s.Added) || !slices.IsSorted(s.Removed) {
			t.Fatalf("service %+v", s)
		}
	}
}

// The counts are those of data/real/README.md; those of the
// sentences were counted again by a script of another language.
func TestReadTimetableReal(t *testing.T) {
	for _, test := range []struct {
		file                              string
		routes, trips, stops, calls, read int
		transfers                         int
		findings                          []string
	}{
		{"newport_wales/newport-20230613_gtfs.zip", 16, 176, 2686, 7765, 7765, 0, []string{}},
		{"gtfs/chester-20230816-small_gtfs.zip", 25, 804, 1320, 34249, 34249, 0, []string{
			`calendar_dates.txt has no row, so bank holidays run like other days: 1`}},
		// Of 8,632 trips, 219 have one call and one goes back in time.
		{"gtfs/greater-manchester-rail-202012_gtfs.zip", 373, 8412, 125, 64061, 64291, 125, []string{
			`calls that have to be arranged with the operator or driver, taken as any other: 201, first "103663"`,
			`trips with fewer than two calls, left out: 219, first "108836"`,
			`trips whose times go back, left out: 1, first "39788"`,
			`trips that another repeats, call for call and on the same days, which changes no time: 28, first "138969"`}},
	} {
		t.Run(test.file, func(t *testing.T) {
			f, err := source.ReadTimetable(realdata.Open(t, test.file), test.file, source.Options{})
			if err != nil {
				t.Fatal(err)
			}
			sound(t, f)
			if len(f.Routes) != test.routes || len(f.Trips) != test.trips || len(f.Stops) != test.stops || len(f.Calls) != test.calls || f.Read != test.read || len(f.Transfers) != test.transfers || len(f.Fares) != 0 {
				t.Errorf("routes %d, trips %d, stops %d, calls %d of %d, transfers %d, fares %d: want %+v", len(f.Routes), len(f.Trips), len(f.Stops), len(f.Calls), f.Read, len(f.Transfers), len(f.Fares), test)
			}
			if !slices.Equal(f.Findings, test.findings) {
				t.Errorf("findings %q, want %q", f.Findings, test.findings)
			}
		})
	}
}

func BenchmarkReadTimetable(b *testing.B) {
	data, err := io.ReadAll(realdata.Open(b, "gtfs/greater-manchester-rail-202012_gtfs.zip"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readFeed(string(data), source.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
