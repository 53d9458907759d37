package transit_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"hubreach/internal/source"
	"hubreach/internal/transit"
)

// world is a small random timetable with walks that nobody has drawn, and the
// plain way of asking it: every ride is tried again and again until nothing
// more is reached.
type world struct {
	feeds    []source.Timetable
	tt       *transit.Timetable
	walks    [][]transit.Leg
	p        transit.Params
	stops    int
	runs     [][]call // every run of a trip around the day
	to, from []transit.Leg
	onFoot   transit.Millis
	rules    map[[2]int32]source.Transfer
}

type call struct {
	stop              int32
	arrive, depart    transit.Millis
	noBoard, noAlight bool
}

func randomWorld(tb testing.TB, seed uint64) *world {
	tb.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	w := &world{stops: 3 + rng.IntN(6), rules: map[[2]int32]source.Transfer{}, onFoot: never}
	w.p = transit.Params{Limit: time.Duration(20+rng.IntN(60)) * time.Minute, Change: time.Duration(1+rng.IntN(180)) * time.Second, Boarding: time.Duration(rng.IntN(3)) * 40 * time.Second}
	for range 1 + rng.IntN(2) {
		w.feeds = append(w.feeds, w.randomFeed(tb, rng))
	}
	w.tt = transit.Join(w.feeds, projection(tb), orb.Bound{})
	w.walks = make([][]transit.Leg, len(w.tt.Stops()))
	for s := range w.walks {
		w.walks[s] = w.randomLegs(rng, 300)
	}
	w.to, w.from = w.randomLegs(rng, 900), w.randomLegs(rng, 900)
	if rng.IntN(3) == 0 {
		w.onFoot = transit.Millis(rng.IntN(60 * 60_000))
	}
	w.expand()
	return w
}

// randomFeed has trips between eight and ten, today's, yesterday's and those of
// other days; every feed has the same stops, so Join has something to join.
func (w *world) randomFeed(tb testing.TB, rng *rand.Rand) source.Timetable {
	f := source.Timetable{Services: services()}
	for i := range w.stops {
		ll, err := projection(tb).ToLonLat([2]float64{576000 + 1000*float64(i), 157000})
		if err != nil {
			tb.Fatal(err)
		}
		f.Stops = append(f.Stops, source.Stop{ID: fmt.Sprint(i), At: orb.Point(ll), Located: true, Station: -1})
	}
	for k := range 2 + rng.IntN(14) {
		trip := source.Trip{ID: fmt.Sprint(k), Route: -1, Service: int32(rng.IntN(3)), First: int32(len(f.Calls))}
		t := int32(8*3600 + rng.IntN(2*3600))
		if rng.IntN(4) == 0 {
			t += 24 * 3600
		}
		for range 2 + rng.IntN(4) {
			stay := int32(rng.IntN(2) * rng.IntN(120))
			f.Calls = append(f.Calls, source.Call{Stop: int32(rng.IntN(w.stops)), Arrive: t, Depart: t + stay, NoBoard: rng.IntN(8) == 0, NoAlight: rng.IntN(8) == 0})
			t += stay + int32(rng.IntN(4)*rng.IntN(400))
		}
		trip.End = int32(len(f.Calls))
		f.Trips = append(f.Trips, trip)
		if rng.IntN(6) == 0 {
			from := int32(8*3600 + rng.IntN(3600))
			f.Frequencies = append(f.Frequencies, source.Frequency{Trip: int32(k), From: from, To: from + int32(rng.IntN(3600)) + 1, Every: int32(300 + rng.IntN(900))})
		}
	}
	for range rng.IntN(4) {
		x := source.Transfer{From: int32(rng.IntN(w.stops)), To: int32(rng.IntN(w.stops)), Kind: rng.IntN(4), Seconds: -1}
		if x.Kind == source.TransferTakes {
			x.Seconds = int32(rng.IntN(600))
		}
		f.Transfers = append(f.Transfers, x)
	}
	return f
}

func (w *world) randomLegs(rng *rand.Rand, seconds int) []transit.Leg {
	var legs []transit.Leg
	for s := range w.tt.Stops() {
		if rng.IntN(2) == 0 {
			legs = append(legs, transit.Leg{Stop: int32(s), Millis: uint32(rng.IntN(seconds * 1000))})
		}
	}
	return legs
}

// expand writes every run out in milliseconds of the day, Tuesday.
func (w *world) expand() {
	position := map[string]int32{}
	for i, s := range w.tt.Stops() {
		position[s.ID] = int32(i)
	}
	for _, f := range w.feeds {
		for back := -1; back <= 6; back++ {
			date := tuesday - source.Date(back)
			offset := -transit.Millis(back) * 24 * hour
			for i, trip := range f.Trips {
				if !f.Services[trip.Service].Runs(date) {
					continue
				}
				calls := f.Calls[trip.First:trip.End]
				repeated := false
				for _, q := range f.Frequencies {
					if int(q.Trip) == i {
						repeated = true
						for from := q.From; from < q.To; from += q.Every {
							w.run(f, calls, position, offset+transit.Millis(from-calls[0].Depart)*second)
						}
					}
				}
				if !repeated {
					w.run(f, calls, position, offset)
				}
			}
		}
		for _, x := range f.Transfers {
			from, okF := position[f.Stops[x.From].ID]
			to, okT := position[f.Stops[x.To].ID]
			if okF && okT {
				w.rules[[2]int32{from, to}] = x
			}
		}
	}
}

func (w *world) run(f source.Timetable, calls []source.Call, position map[string]int32, offset transit.Millis) {
	var r []call
	for _, c := range calls {
		r = append(r, call{position[f.Stops[c.Stop].ID], offset + c.Arrive*second, offset + c.Depart*second, c.NoBoard, c.NoAlight})
	}
	w.runs = append(w.runs, r)
}

// change is what passes between alighting at a stop and a departure from
// another, boarding included.
func (w *world) change(from, to int32) transit.Millis {
	walk := never
	if from == to {
		walk = 0
	}
	for _, l := range w.walks[from] {
		if l.Stop == to && from != to {
			walk = transit.Millis(l.Millis)
		}
	}
	rule, ruled := w.rules[[2]int32{from, to}]
	boarding := transit.MillisOf(w.p.Boarding)
	switch {
	case ruled && rule.Kind == source.TransferImpossible:
		return never
	case ruled && rule.Kind == source.TransferTakes && walk == never && rule.Seconds > 0:
		return rule.Seconds*second + boarding
	case walk == never:
		return never
	case ruled && rule.Kind == source.TransferTimed:
		return max(walk, second) + boarding
	case ruled && rule.Kind == source.TransferTakes:
		return max(walk, rule.Seconds*second, second) + boarding
	}
	return walk + transit.MillisOf(w.p.Change) + boarding
}

// earliest is the arrival by a ride of whoever sets out at a moment, whatever
// the limit.
func (w *world) earliest(at transit.Millis, access, egress []transit.Leg) transit.Millis {
	ready := make([]transit.Millis, w.stops) // before boarding
	for i := range ready {
		ready[i] = never
	}
	for _, l := range access {
		ready[l.Stop] = min(ready[l.Stop], at+transit.Millis(l.Millis))
	}
	boarded := make([]int, len(w.runs)) // the first call from which one is on board
	for i, r := range w.runs {
		boarded[i] = len(r)
		for k, c := range r {
			if !c.noBoard && ready[c.stop] != never && ready[c.stop]+transit.MillisOf(w.p.Boarding) <= c.depart {
				boarded[i] = min(boarded[i], k)
			}
		}
	}
	best := never
	for again := true; again; {
		again = false
		for i, r := range w.runs {
			for k := boarded[i] + 1; k < len(r); k++ {
				if r[k].noAlight {
					continue
				}
				for _, l := range egress {
					if l.Stop == r[k].stop {
						best = min(best, r[k].arrive+transit.Millis(l.Millis))
					}
				}
				for j, q := range w.runs {
					for m, c := range q[:min(boarded[j], len(q))] {
						if x := w.change(r[k].stop, c.stop); !c.noBoard && x != never && r[k].arrive+x <= c.depart {
							boarded[j] = m
							again = true
							break
						}
					}
				}
			}
		}
	}
	return best
}

func (w *world) network(tb testing.TB) *transit.Network {
	tb.Helper()
	n, err := w.tt.Build(tuesday, w.walks, w.p)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

const seeds = 80

// Every departure of the window is as the plain way has it, to the millisecond,
// and so are the counts and percentiles made of them.
func TestBruteForce(t *testing.T) {
	reached, rides := 0, 0
	for seed := range uint64(seeds) {
		w := randomWorld(t, seed)
		s := w.network(t).NewSearch()
		for _, window := range []transit.Window{{From: at(8, 0) + 7, To: at(8, 23)}, {From: at(9, 30), To: at(9, 40)}} {
			s.Run(w.to, window)
			got := s.Door(w.from, w.onFoot)
			want := w.door(window)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("seed %d, %+v, window %+v: Door (-plain +got):\n%s", seed, w.p, window, d)
			}
			reached += got.Reached
			rides += got.Rides
		}
	}
	if reached < seeds || rides < seeds/2 {
		t.Errorf("%d departures reached the place with %d journeys: the worlds are too poor to test anything", reached, rides)
	}
}

func (w *world) door(window transit.Window) transit.Door {
	limit := transit.MillisOf(w.p.Limit)
	d := transit.Door{Earliest: never}
	var lengths []transit.Millis
	last := never
	for at := window.From; at < window.To; at += minute {
		takes := never
		if w.onFoot <= limit {
			takes = w.onFoot
		}
		if arrive := w.earliest(at, w.from, w.to); arrive != never && arrive-at <= limit && arrive-at < takes {
			takes = arrive - at
			if arrive != last {
				d.Rides++
				last = arrive
			}
		}
		if takes != never {
			d.Reached++
			d.Earliest = min(d.Earliest, at+takes)
		}
		lengths = append(lengths, takes)
	}
	slices.Sort(lengths)
	n := len(lengths)
	d.Median, d.P90 = lengths[(n+1)/2-1], lengths[(9*n+9)/10-1]
	return d
}

// The last moment to leave is as the plain way has it: of all the moments that
// catch a vehicle near the place and the latest itself, the last that is early
// enough.
func TestBruteForceHome(t *testing.T) {
	found := 0
	for seed := range uint64(seeds) {
		w := randomWorld(t, seed)
		s := w.network(t).Homewards().NewSearch()
		earliest, latest := at(8, 0), at(9, 10)+30*second
		s.RunHome(w.from, earliest, latest)
		got, ok := s.LastHome(w.to, w.onFoot, latest)
		moments := []transit.Millis{latest}
		for _, r := range w.runs {
			for _, c := range r {
				for _, l := range w.from {
					if l.Stop == c.stop {
						moments = append(moments, c.depart-transit.MillisOf(w.p.Boarding)-transit.Millis(l.Millis))
					}
				}
			}
		}
		slices.Sort(moments)
		want := -never
		for _, leave := range moments {
			if leave < earliest || leave > latest {
				continue
			}
			arrive := w.earliest(leave, w.from, w.to)
			if arrive != never && arrive-leave <= transit.MillisOf(w.p.Limit) && arrive-leave < w.onFoot {
				want = leave
			}
		}
		if ok != (want != -never) || ok && got != want {
			t.Fatalf("seed %d, %+v: LastHome %v, %t; the plain way %v", seed, w.p, duration(got), ok, duration(want))
		}
		if ok {
			found++
		}
	}
	if found < seeds/4 {
		t.Errorf("%d of %d worlds have a way home: too few to test anything", found, seeds)
	}
}

// length of one departure, for the properties below.
func (w *world) length(tb testing.TB, at transit.Millis) transit.Millis {
	tb.Helper()
	s := w.network(tb).NewSearch()
	s.Run(w.to, transit.Window{From: at, To: at + 1})
	return s.Door(w.from, w.onFoot).Median
}

func TestProperties(t *testing.T) {
	for seed := range uint64(seeds) {
		w := randomWorld(t, seed)
		leave := at(8, int(seed%60))
		before := w.length(t, leave)
		if w.onFoot <= transit.MillisOf(w.p.Limit) && before > w.onFoot {
			t.Fatalf("seed %d: %v by public transport, %v on foot", seed, duration(before), duration(w.onFoot))
		}

		longer := *w
		longer.p.Limit += 10 * time.Minute
		if after := longer.length(t, leave); after > before {
			t.Fatalf("seed %d: a longer limit lengthened %v to %v", seed, duration(before), duration(after))
		}

		extra := randomWorld(t, seed)
		f := &extra.feeds[0]
		donor := randomWorld(t, seed+1000).feeds[0]
		trip := donor.Trips[0]
		calls := slices.Clone(donor.Calls[trip.First:trip.End])
		for i := range calls {
			calls[i].Stop %= int32(extra.stops)
		}
		f.Trips = append(f.Trips, source.Trip{ID: "extra", Route: -1, Service: 2, First: int32(len(f.Calls)), End: int32(len(f.Calls) + len(calls))})
		f.Calls = append(f.Calls, calls...)
		tt := transit.Join(extra.feeds, projection(t), orb.Bound{})
		if !slices.Equal(tt.Stops(), w.tt.Stops()) {
			continue // stops are numbered anew: the walks would be others
		}
		extra.tt = tt
		if after := extra.length(t, leave); after > before {
			t.Fatalf("seed %d: one more trip lengthened %v to %v", seed, duration(before), duration(after))
		}
	}
}

// A search that has run before answers as a new one.
func TestSearchIsReused(t *testing.T) {
	for seed := range uint64(20) {
		w := randomWorld(t, seed)
		n := w.network(t)
		window := transit.Window{From: at(8, 0), To: at(9, 0)}
		used, fresh := n.NewSearch(), n.NewSearch()
		used.Run(w.from, transit.Window{From: at(9, 0), To: at(10, 0)})
		used.Door(w.to, never)
		used.Run(w.to, window)
		fresh.Run(w.to, window)
		if a, b := used.Door(w.from, w.onFoot), fresh.Door(w.from, w.onFoot); a != b {
			t.Fatalf("seed %d: a search run before %+v, a new one %+v", seed, a, b)
		}
	}
}
