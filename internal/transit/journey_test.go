package transit_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/source"
	"hubreach/internal/transit"
	"hubreach/internal/walk"
)

// apart are pieces of street that no walk joins. The hub is Z, two cells from
// the stop E; the door is A, two cells from the stop B. C and D are three cells
// apart, 112.5 seconds of walk.
const apart = `
	A-B    C--D    E-Z

	F-+
`

// leg is the walk from A to B and from E to Z.
const leg = 2 * cell

// A change takes two minutes.
func TestJourneys(t *testing.T) {
	const direct = "wd B 8:10 E 8:30"
	for _, test := range []struct {
		name  string
		trips []string
		leave transit.Millis
		want  transit.Millis
	}{
		// Two walks; what is left is the time from leaving to the bus's arrival.
		{"leaving just in time", []string{direct}, at(8, 10) - leg, 20*minute + 2*leg},
		{"a millisecond too late", []string{direct}, at(8, 10) - leg + 1, never},
		{"waiting", []string{direct}, at(8, 0), 30*minute + leg},
		{"waiting for over an hour", []string{direct}, at(7, 30), never},
		{"exactly the limit", []string{direct}, at(7, 30) + leg, hour},
		{"a millisecond over the limit", []string{direct}, at(7, 30) + leg - 1, never},
		{"the earlier bus", []string{direct, "wd B 8:20 E 8:40"}, at(8, 0), 30*minute + leg},
		{"the faster bus overtakes", []string{direct, "wd B 8:15 E 8:20"}, at(8, 0), 20*minute + leg},
		{"staying on board", []string{"wd B 8:10 C 8:15/8:20 E 8:30"}, at(8, 0), 30*minute + leg},
		{"the wrong way", []string{"wd E 8:10 B 8:30"}, at(8, 0), never},
		{"no bus on Tuesdays", []string{"sat B 8:10 E 8:30"}, at(8, 0), never},
		{"a bus every day", []string{"day B 8:10 E 8:30"}, at(8, 0), 30*minute + leg},
		{"changing at one stop, two minutes are enough", []string{"wd B 8:10 C 8:20", "wd C 8:22 E 8:30"}, at(8, 0), 30*minute + leg},
		{"changing at one stop, one minute is not", []string{"wd B 8:10 C 8:20", "wd C 8:21 E 8:30"}, at(8, 0), never},
		{"changing on foot, three cells and two minutes", []string{"wd B 8:10 C 8:20", "wd D 8:24 E 8:30"}, at(8, 0), 30*minute + leg},
		{"changing on foot, three minutes do not do", []string{"wd B 8:10 C 8:20", "wd D 8:23 E 8:30"}, at(8, 0), never},
		{"no walk to where the other bus leaves", []string{"wd B 8:10 C 8:20", "wd F 8:40 E 8:50"}, at(8, 0), never},
		{"two changes", []string{"wd B 8:10 C 8:12", "wd D 8:17 F 8:20", "wd F 8:22 E 8:30"}, at(8, 0), 30*minute + leg},
		{"a missed bus, the next one", []string{"wd B 8:10 C 8:20", "wd C 8:21 E 8:30", "wd C 8:40 E 8:45"}, at(8, 0), 45*minute + leg},
		{"after midnight, of the day before", []string{"wd B 24:10 E 24:30"}, at(0, 0), 30*minute + leg},
		{"after midnight, of this day", []string{"wd B 24:10 E 24:30"}, at(23, 50), 40*minute + leg},
		{"over midnight", []string{"wd B 23:50 E 24:10"}, at(23, 40), 30*minute + leg},
		{"the bus of tomorrow's early morning", []string{"wd B 0:10 E 0:30"}, at(23, 50), 40*minute + leg},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := newTown(t, apart, test.trips...).length(t, 'A', 'Z', test.leave); got != test.want {
				t.Errorf("journey of %v, want %v", duration(got), duration(test.want))
			}
		})
	}
}

func duration(m transit.Millis) time.Duration { return time.Duration(m) * time.Millisecond }

// What a feed says beyond trips and times.
func TestRules(t *testing.T) {
	trips := []string{"wd B 8:10 C 8:20", "wd C 8:25 E 8:35", "wd D 8:25 E 8:30"}
	for _, test := range []struct {
		name   string
		change func(w *town)
		want   transit.Millis
	}{
		{"as it is: D by a walk of 112.5 s", func(*town) {}, 30*minute + leg},
		{"nobody may board at D", func(w *town) { w.feed.Calls[4].NoBoard = true }, 35*minute + leg},
		{"nobody may alight at E from D", func(w *town) { w.feed.Calls[5].NoAlight = true }, 35*minute + leg},
		{"no changing from C to D", rule('C', 'D', source.TransferImpossible, -1), 35*minute + leg},
		{"five minutes from C to D are enough", rule('C', 'D', source.TransferTakes, 300), 30*minute + leg},
		{"six are not", rule('C', 'D', source.TransferTakes, 360), 35*minute + leg},
		{"fewer seconds than the walk takes", rule('C', 'D', source.TransferTakes, 1), 30*minute + leg},
		{"a rule for the other direction", rule('D', 'C', source.TransferImpossible, -1), 30*minute + leg},
		{"a rule of their stations", func(w *town) {
			w.feed.Stops = append(w.feed.Stops, source.Stop{ID: "S", Place: true, Station: -1})
			s := int32(len(w.feed.Stops) - 1)
			w.feed.Stops[w.stop['C']].Station, w.feed.Stops[w.stop['D']].Station = s, s
			w.feed.Transfers = []source.Transfer{{From: s, To: s, Kind: source.TransferTakes, Seconds: 360}}
		}, never},
		{"a stop's own rule goes before that of its station", func(w *town) {
			w.feed.Stops = append(w.feed.Stops, source.Stop{ID: "S", Place: true, Station: -1})
			s := int32(len(w.feed.Stops) - 1)
			w.feed.Stops[w.stop['C']].Station, w.feed.Stops[w.stop['D']].Station = s, s
			rule('C', 'D', source.TransferTakes, 240)(w)
			w.feed.Transfers = append(w.feed.Transfers, source.Transfer{From: s, To: s, Kind: source.TransferTakes, Seconds: 360})
		}, 30*minute + leg},
		// 8:20 and the walk, and the bus waits: 8:20 and two minutes are 8:22.
		{"the bus of 8:22 waits", func(w *town) {
			w.feed.Calls[4].Arrive, w.feed.Calls[4].Depart = 8*3600+22*60, 8*3600+22*60
			w.feed.Calls[5].Arrive, w.feed.Calls[5].Depart = 8*3600+27*60, 8*3600+27*60
			rule('C', 'D', source.TransferTimed, -1)(w)
		}, 27*minute + leg},
		{"a change between stops that no street joins", func(w *town) {
			w.addTrip(t, "wd F 8:28 E 8:29")
			rule('C', 'F', source.TransferTakes, 480)(w)
		}, 29*minute + leg},
		{"boarding takes a minute: too late for D", func(w *town) {
			w.p.Boarding = time.Minute + 8*time.Second // 112.5 + 120 + 68 s are over five minutes
		}, 35*minute + leg},
		{"a change of three minutes", func(w *town) { w.p.Change = 188 * time.Second }, 35*minute + leg},
		{"a shorter limit", func(w *town) { w.p.Limit = 30 * time.Minute }, never},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newTown(t, apart, trips...)
			test.change(w)
			if got := w.length(t, 'A', 'Z', at(8, 0)); got != test.want {
				t.Errorf("journey of %v, want %v", duration(got), duration(test.want))
			}
		})
	}
}

func rule(from, to rune, kind int, seconds int32) func(*town) {
	return func(w *town) {
		w.feed.Transfers = append(w.feed.Transfers, source.Transfer{From: w.stop[from], To: w.stop[to], Kind: kind, Seconds: seconds})
	}
}

// Every ten minutes from 8:05, the last before 9:05: the trip's own times, at
// noon, only say that it takes twenty minutes.
func TestFrequencies(t *testing.T) {
	w := newTown(t, apart, "wd B 12:00 E 12:20")
	w.feed.Frequencies = []source.Frequency{{Trip: 0, From: 8*3600 + 300, To: 9*3600 + 300, Every: 600}}
	for _, test := range []struct{ leave, want transit.Millis }{
		{at(8, 3), 22*minute + leg},
		{at(8, 5), 30*minute + leg},
		{at(8, 53), 22*minute + leg}, // the last one, 8:55
		{at(8, 54), never},
		{at(11, 59), never},
	} {
		if got := w.length(t, 'A', 'Z', test.leave); got != test.want {
			t.Errorf("leaving at %v: %v, want %v", duration(test.leave), duration(got), duration(test.want))
		}
	}
}

// One bus at 9:30, another at 9:50, over an hour of departures from 9:00.
func TestDoor(t *testing.T) {
	window := transit.Window{From: at(9, 0), To: at(10, 0)}
	w := newTown(t, apart, "wd B 9:30 E 9:40", "wd B 9:50 E 9:55")
	// Leaving on the minute, 9:28 and 9:48 are the last that catch a bus. So 29
	// departures to the bus of 9:30, of 12 to 40 minutes, and 20 to that of 9:50,
	// of 7 to 26 minutes, and the walk at the end. In order: 7 to 11, then 12 to
	// 26 twice, then 27 to 40. The 30th of 60 is the first 24, the 54th is none.
	got := w.door(t, 'A', 'Z', window)
	want := transit.Door{Median: 24*minute + leg, P90: never, Reached: 49, Rides: 2, Earliest: at(9, 40) + leg}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Door (-want +got):\n%s", d)
	}
	// Until 9:45 only 16 are left to the bus of 9:50, of 11 to 26 minutes. In
	// order: 11, then 12 to 26 twice, then 27 to 40. The 23rd is 22, the 41st 36.
	got = w.door(t, 'A', 'Z', transit.Window{From: at(9, 0), To: at(9, 45)})
	want = transit.Door{Median: 22*minute + leg, P90: 36*minute + leg, Reached: 45, Rides: 2, Earliest: at(9, 40) + leg}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Door until 9:45 (-want +got):\n%s", d)
	}
}

// A walk is a journey: 28 cells from A to Z, along which a bus runs.
func TestWalking(t *testing.T) {
	w := newTown(t, `A----------------------B----Z`, "wd A 9:05 B 9:06")
	const onFoot = 28 * cell // 17.5 minutes
	for _, test := range []struct{ leave, want transit.Millis }{
		{at(9, 0), 6*minute + 5*cell},
		{at(9, 5), minute + 5*cell},
		{at(8, 52), 14*minute + 5*cell},
		{at(8, 51), 15*minute + 5*cell}, // 18 min 7.5 s: on foot is sooner
		{at(9, 6), onFoot},
	} {
		if got := w.length(t, 'A', 'Z', test.leave); got != min(test.want, onFoot) {
			t.Errorf("leaving at %v: %v, want %v", duration(test.leave), duration(got), duration(min(test.want, onFoot)))
		}
	}
	got := w.door(t, 'A', 'Z', transit.Window{From: at(9, 0), To: at(10, 0)})
	if want := (transit.Door{Median: onFoot, P90: onFoot, Reached: 60, Rides: 1, Earliest: at(9, 6) + 5*cell}); got != want {
		t.Errorf("Door %+v, want %+v", got, want)
	}
	s := w.n.NewSearch()
	s.Run(nil, transit.Window{From: 0, To: hour})
	if got, want := s.Door([]transit.Leg{{Stop: 0, Millis: 0}}, never), (transit.Door{Median: never, P90: never, Earliest: never}); got != want {
		t.Errorf("a place that no stop is near: %+v, want %+v", got, want)
	}
}

// The way back from Z to A: buses from E at 12:00, 17:30 and 18:20.
func TestLastHome(t *testing.T) {
	w := newTown(t, apart, "wd E 12:00 B 12:20", "wd E 17:30 B 17:50", "wd E 18:20 B 18:25", "wd E 25:00 B 25:20")
	w.p.Boarding = time.Minute
	w.build(t)
	const late = 27 * hour
	for _, test := range []struct {
		name                     string
		earliest, latest, onFoot transit.Millis
		want                     transit.Millis // -1: none
	}{
		{"the last of the night", 0, late, never, at(25, 0) - minute - leg},
		{"by six: the bus of 18:20, leaving at six", at(9, 0), at(18, 0), never, at(18, 0)},
		{"by a quarter past five: the bus of 17:30", at(9, 0), at(17, 15), never, at(17, 15)},
		{"by three: the bus of noon", at(9, 0), at(15, 0), never, at(12, 0) - minute - leg},
		{"not before one", at(13, 0), at(15, 0), never, -1},
		{"a walk of ten minutes is sooner than twenty", at(9, 0), at(15, 0), 10 * minute, -1},
		{"but not sooner than eight and a half", at(9, 0), late, 10 * minute, at(18, 20) - minute - leg},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := w.n.Homewards().NewSearch()
			s.RunHome(w.legs(t, 'Z', walk.From, 20*minute), test.earliest, test.latest)
			got, ok := s.LastHome(w.legs(t, 'A', walk.Towards, 20*minute), test.onFoot, test.latest)
			if !ok {
				got = -1
			}
			if got != test.want {
				t.Errorf("LastHome %v, want %v", duration(got), duration(test.want))
			}
		})
	}
}

func TestArrival(t *testing.T) {
	w := newTown(t, apart, "wd B 8:10 E 8:30")
	w.build(t)
	s := w.n.NewSearch()
	s.Run(w.legs(t, 'Z', walk.Towards, 20*minute), transit.Window{From: at(8, 0), To: at(9, 0)})
	b := w.stop['B']
	for i, stop := range w.tt.Stops() {
		if stop.ID == "B" {
			b = int32(i)
		}
	}
	if got := s.Stops(); !cmp.Equal(got, []int32{b}) {
		t.Errorf("Stops() = %v, want %v", got, []int32{b})
	}
	if got, ok := s.Arrival(b, at(8, 10)); !ok || got != at(8, 30)+leg {
		t.Errorf("Arrival at 8:10 = %v, %t; want %v", duration(got), ok, duration(at(8, 30)+leg))
	}
	if got, ok := s.Arrival(b, at(8, 10)+1); ok {
		t.Errorf("Arrival after 8:10 = %v, want none", duration(got))
	}
}

func TestJoin(t *testing.T) {
	proj := projection(t)
	stop := func(id string, x, y float64) source.Stop {
		ll, err := proj.ToLonLat([2]float64{x, y})
		if err != nil {
			t.Fatal(err)
		}
		return source.Stop{ID: id, At: orb.Point(ll), Located: true, Station: -1}
	}
	calls := func(n int) (out []source.Call) {
		for i := range n {
			at := 8*3600 + int32(i)*60
			out = append(out, source.Call{Stop: int32(i), Arrive: at, Depart: at})
		}
		return out
	}
	one := source.Timetable{File: "one.zip", Services: services(), Findings: []string{"a finding: 1"}, Calls: calls(4), Trips: []source.Trip{{Service: 0, End: 4}},
		Stops: []source.Stop{stop("a", 576000, 157000), stop("far", 400000, 157000), stop("b", 577000, 157000), {ID: "nowhere", Station: -1}, stop("idle", 576000, 157000)}}
	two := source.Timetable{File: "two.zip", Services: services(), Calls: calls(2), Trips: []source.Trip{{Service: 1, End: 2}},
		Stops: []source.Stop{stop("b", 577000, 157049), stop("a", 576000, 157060)}}
	got := transit.Join([]source.Timetable{one, two}, proj, orb.Bound{Min: orb.Point{570000, 150000}, Max: orb.Point{577000, 160000}})
	var ids []string
	for _, s := range got.Stops() {
		ids = append(ids, s.ID)
	}
	// b is one stop, because 49 m apart; a is two, because 60 m.
	if want := []string{"a", "b", "a"}; !cmp.Equal(ids, want) {
		t.Errorf("stops %q, want %q", ids, want)
	}
	want := []string{"one.zip: a finding: 1", "stops outside the county and its surroundings, or without a place: 2", "stops where nothing calls: 1"}
	if d := cmp.Diff(want, got.Findings()); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
	n, err := got.Build(tuesday, nil, usual)
	if err != nil {
		t.Fatal(err)
	}
	if n.Rides() != 1 {
		t.Errorf("rides on Tuesday %d, want 1: from a to b, past far", n.Rides())
	}
}

func TestBusiest(t *testing.T) {
	w := newTown(t, apart, "wd B 8:10 E 8:30", "wd B 9:10 E 9:30", "sat B 8:10 E 8:30")
	s := w.feed.Services
	s[0].From, s[0].To = monday-20, monday+6 // three Tuesdays: 16, 23, 30 May, and 6 June
	s[0].Removed = []source.Date{tuesday - 14}
	s[2] = source.Service{ID: "day", Added: []source.Date{tuesday - 7, tuesday, saturday + 7}}
	w.addTrip(t, "day B 7:10 E 7:30")
	tt := transit.Join([]source.Timetable{w.feed}, projection(t), orb.Bound{})
	for _, test := range []struct {
		weekday time.Weekday
		day     source.Date
		trips   int
	}{
		{time.Tuesday, tuesday - 7, 3}, // the first of two with three trips
		{time.Saturday, saturday, 1},   // the first of two with one
		{time.Sunday, 0, 0},
	} {
		day, trips, ok := tt.Busiest(test.weekday)
		if day != test.day || trips != test.trips || ok != (test.trips > 0) {
			t.Errorf("%v: %v with %d trips, %t; want %v with %d", test.weekday, day, trips, ok, test.day, test.trips)
		}
	}
}

func TestBadParams(t *testing.T) {
	w := newTown(t, apart, "wd B 8:10 E 8:30")
	tt := transit.Join([]source.Timetable{w.feed}, projection(t), orb.Bound{})
	for _, test := range []struct {
		name string
		p    transit.Params
	}{
		{"no limit", transit.Params{Change: time.Minute}},
		{"no time to change", transit.Params{Limit: time.Hour}},
		{"boarding before one arrives", transit.Params{Limit: time.Hour, Change: time.Minute, Boarding: -1}},
		{"a limit of two days", transit.Params{Limit: 48 * time.Hour, Change: time.Minute}},
	} {
		if _, err := tt.Build(tuesday, nil, test.p); !errors.Is(err, transit.ErrParams) {
			t.Errorf("%s: error %v, want ErrParams", test.name, err)
		}
	}
	if _, err := tt.Build(tuesday, make([][]transit.Leg, 1), usual); !errors.Is(err, transit.ErrParams) {
		t.Errorf("walks of another number of stops: error %v, want ErrParams", err)
	}
	for _, window := range []transit.Window{{at(9, 0), at(9, 0)}, {-1, at(9, 0)}, {at(23, 0), at(25, 0)}} {
		if err := window.Validate(); !errors.Is(err, transit.ErrParams) {
			t.Errorf("window %v: error %v, want ErrParams", window, err)
		}
	}
	if err := (transit.Window{From: 0, To: at(24, 0)}).Validate(); err != nil {
		t.Errorf("a whole day: %v", err)
	}
}
