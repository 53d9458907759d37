package transit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/source"
	"hubreach/internal/transit"
)

// A vehicle that goes on as another trip takes its passengers along: from B at
// 8:10 it is at C at 8:20, and goes on at once to E, there at 8:30.
func TestOnBoard(t *testing.T) {
	first, then := "wd B 8:10 C 8:20", "wd C 8:20 E 8:30"
	there, missed := 30*minute+leg, never
	block := func(trips ...int32) func(*town) {
		return func(w *town) {
			for _, i := range trips {
				w.feed.Trips[i].Block = 1
			}
		}
	}
	stay := func(allowed bool) func(*town) {
		return func(w *town) { w.feed.Stays = append(w.feed.Stays, source.Stay{From: 0, To: 1, Allowed: allowed}) }
	}
	for _, test := range []struct {
		name    string
		trips   []string
		changes []func(*town)
		want    transit.Millis
	}{
		{"two vehicles: nobody changes in no time", []string{first, then}, nil, missed},
		{"one vehicle", []string{first, then}, []func(*town){block(0, 1)}, there},
		{"one vehicle, its trips in another order", []string{then, first}, []func(*town){block(0, 1)}, there},
		{"two vehicles, and the feed says that one stays", []string{first, then}, []func(*town){stay(true)}, there},
		{"one vehicle, and everybody has to get off", []string{first, then}, []func(*town){block(0, 1), stay(false)}, missed},
		{"the vehicle goes on from another stop", []string{first, "wd D 8:20 E 8:30"}, []func(*town){block(0, 1)}, missed},
		{"it goes on from there, and the feed says that one stays", []string{first, "wd D 8:20 E 8:30"}, []func(*town){stay(true)}, there},
		{"the other stop is of the same station", []string{first, "wd D 8:20 E 8:30"}, []func(*town){block(0, 1), func(w *town) {
			w.feed.Stops = append(w.feed.Stops, source.Stop{ID: "S", Place: true, Station: -1})
			s := int32(len(w.feed.Stops) - 1)
			w.feed.Stops[w.stop['C']].Station, w.feed.Stops[w.stop['D']].Station = s, s
		}}, there},
		{"the next trip does not run that day", []string{first, "sat C 8:20 E 8:30"}, []func(*town){block(0, 1)}, missed},
		{"a trip of another day between them", []string{first, "sat C 8:20 F 8:20", then}, []func(*town){block(0, 1, 2)}, there},
		{"the next trip sets out before the first is there", []string{first, "wd C 8:19 E 8:29"}, []func(*town){block(0, 1)}, missed},
		{"three trips", []string{first, "wd C 8:20 D 8:21", "wd D 8:21 E 8:30"}, []func(*town){block(0, 1, 2)}, there},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := newTown(t, apart, test.trips...)
			for _, change := range test.changes {
				change(w)
			}
			if got := w.length(t, 'A', 'Z', at(8, 0)); got != test.want {
				t.Errorf("journey of %v, want %v", duration(got), duration(test.want))
			}
		})
	}
}

// Trips of one block that take no time and begin together make no circle: all of
// their rides are there.
func TestOnBoardInNoTime(t *testing.T) {
	w := newTown(t, apart, "wd B 8:10 B 8:10", "wd B 8:10 B 8:10")
	w.feed.Trips[0].Block, w.feed.Trips[1].Block = 1, 1
	w.feed.Stays = []source.Stay{{From: 0, To: 1, Allowed: true}, {From: 1, To: 0, Allowed: true}}
	w.build(t)
	if n := w.n.Rides(); n != 2 {
		t.Errorf("%d rides, want 2", n)
	}
}

// A trip cut at every call into trips of one block is that trip, on random
// networks, out and home.
func TestCutTripIsTheTrip(t *testing.T) {
	rides := 0
	for seed := range uint64(seeds) {
		w := randomWorld(t, seed)
		window := transit.Window{From: at(8, 0) + 7, To: at(8, 53)}
		pieces := *w
		pieces.feeds = nil
		for _, f := range w.feeds {
			pieces.feeds = append(pieces.feeds, cut(f))
		}
		pieces.tt = transit.Join(pieces.feeds, projection(t), orb.Bound{})
		whole, parts := w.network(t), pieces.network(t)
		a, b := whole.NewSearch(), parts.NewSearch()
		a.Run(w.to, window)
		b.Run(w.to, window)
		want, got := a.Door(w.from, w.onFoot), b.Door(w.from, w.onFoot)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("seed %d: Door (-whole +cut):\n%s", seed, d)
		}
		rides += want.Rides
		a, b = whole.Homewards().NewSearch(), parts.Homewards().NewSearch()
		a.RunHome(w.from, at(8, 0), at(11, 0))
		b.RunHome(w.from, at(8, 0), at(11, 0))
		last, ok := a.LastHome(w.to, w.onFoot, at(10, 30))
		if other, too := b.LastHome(w.to, w.onFoot, at(10, 30)); last != other || ok != too {
			t.Fatalf("seed %d: last home %v, %t; cut %v, %t", seed, duration(last), ok, duration(other), too)
		}
	}
	if rides < seeds/2 {
		t.Errorf("%d journeys: the worlds are too poor to test anything", rides)
	}
}

// cut makes a trip of every ride of the trips that run once, those of each trip
// in a block of their own. The call between two is split: one may alight at the
// first half and board at the second where one might before.
func cut(f source.Timetable) source.Timetable {
	out := f
	out.Trips, out.Calls, out.Frequencies = nil, nil, nil
	add := func(trip source.Trip, calls ...source.Call) {
		trip.First = int32(len(out.Calls))
		out.Calls = append(out.Calls, calls...)
		trip.End = int32(len(out.Calls))
		out.Trips = append(out.Trips, trip)
	}
	for i, trip := range f.Trips {
		calls := f.Calls[trip.First:trip.End]
		repeated := false
		for _, q := range f.Frequencies {
			if q.Trip == int32(i) {
				repeated = true
				q.Trip = int32(len(out.Trips))
				out.Frequencies = append(out.Frequencies, q)
			}
		}
		if repeated {
			add(trip, calls...)
			continue
		}
		trip.Block = int32(i) + 1
		for k := 1; k < len(calls); k++ {
			from, to := calls[k-1], calls[k]
			from.Arrive, from.NoAlight = from.Depart, true
			to.Depart, to.NoBoard = to.Arrive, true
			add(trip, from, to)
		}
	}
	return out
}
