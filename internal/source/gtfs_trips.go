package source

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// trips reads the trips; their calls come later.
func (f *feed) trips() error {
	err := f.read("trips.txt", []string{"trip_id", "?route_id", "service_id", "?block_id"}, func(l line) {
		if !number(&f.trip, l.cells[0], len(f.out.Trips)) {
			f.found.add("trips whose id is blank or stands twice, the later left out", l.cells[0])
			return
		}
		t := Trip{ID: strings.Clone(l.cells[0]), Route: position(f.route, l.cells[1]), Service: position(f.service, l.cells[2])}
		if t.Route < 0 && f.has("routes.txt") {
			f.found.add("trips of a route that is not in the feed", t.ID)
		}
		if t.Service < 0 {
			f.found.add("trips of a service without days, left out", t.ID)
		}
		if l.cells[3] != "" {
			number(&f.block, l.cells[3], len(f.block)+1)
			t.Block = f.block[l.cells[3]]
		}
		f.out.Trips = append(f.out.Trips, t)
		f.usable = append(f.usable, t.Service >= 0)
	})
	return err
}

// rawCall is a row of stop_times.txt.
type rawCall struct {
	trip, order int32
	Call
}

// stopTimes reads the calls and keeps the trips that can be made.
func (f *feed) stopTimes() error {
	var raw []rawCall
	columns := []string{"trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence", "?pickup_type", "?drop_off_type"}
	err := f.read(callsFile, columns, func(l line) {
		f.out.Read++
		if c, ok := f.call(l); ok {
			raw = append(raw, c)
		}
	})
	if err != nil {
		return err
	}
	byTrip := func(a, b rawCall) int {
		return cmp.Or(cmp.Compare(a.trip, b.trip), cmp.Compare(a.order, b.order))
	}
	if !slices.IsSortedFunc(raw, byTrip) {
		slices.SortStableFunc(raw, byTrip)
	}
	trips := f.out.Trips
	f.out.Trips, f.out.Calls = make([]Trip, 0, len(trips)), make([]Call, 0, len(raw))
	f.moved = make([]int32, len(trips))
	at := 0
	for i, t := range trips {
		from := at
		for at < len(raw) && raw[at].trip == int32(i) {
			at++
		}
		f.moved[i] = -1
		if f.usable[i] && f.run(&t, raw[from:at]) {
			f.moved[i] = int32(len(f.out.Trips))
			f.out.Trips = append(f.out.Trips, t)
		}
	}
	f.out.Used = len(f.out.Calls)
	f.copies()
	return nil
}

// call reads one row; ok is false for one that is left out.
func (f *feed) call(l line) (rawCall, bool) {
	trip := position(f.trip, l.cells[0])
	if trip < 0 {
		f.found.add("calls of a trip that is not in the feed, left out", l.cells[0])
		return rawCall{}, false
	}
	stop := position(f.stop, l.cells[3])
	if stop < 0 {
		f.found.add("calls at a stop that is not in the feed, left out", l.cells[3])
		return rawCall{}, false
	}
	arrive, okA := feedTime(l.cells[1])
	depart, okD := feedTime(l.cells[2])
	order, err := strconv.ParseUint(l.cells[4], 10, 31)
	if !okA || !okD || err != nil {
		if f.usable[trip] {
			f.found.add("trips with a time or an order that cannot be read, left out", l.cells[0])
			f.usable[trip] = false
		}
		return rawCall{}, false
	}
	if arrive == blankTime {
		arrive = depart
	}
	if depart == blankTime {
		depart = arrive
	}
	if p, d := l.cells[5], l.cells[6]; p == "2" || p == "3" || d == "2" || d == "3" {
		f.found.add("calls that have to be arranged with the operator or driver, taken as any other", l.cells[0])
	}
	return rawCall{trip, int32(order), Call{stop, arrive, depart, l.cells[5] == "1", l.cells[6] == "1"}}, true
}

// run adds the calls of a trip and reports whether it can be made.
func (f *feed) run(t *Trip, raw []rawCall) bool {
	t.First = int32(len(f.out.Calls))
	calls := f.out.Calls
	for i, c := range raw {
		if i > 0 && c.order == raw[i-1].order {
			f.found.add("calls whose order stands twice in their trip, the later left out", t.ID)
			continue
		}
		calls = append(calls, c.Call)
	}
	t.End = int32(len(calls))
	own := calls[t.First:]
	switch {
	case len(own) < 2:
		f.found.add("trips with fewer than two calls, left out", t.ID)
		return false
	case own[0].Depart == blankTime || own[len(own)-1].Arrive == blankTime:
		f.found.add("trips without a time at their first or last call, left out", t.ID)
		return false
	}
	f.spread(own)
	for i, c := range own {
		if c.Depart < c.Arrive || i > 0 && c.Arrive < own[i-1].Depart {
			f.found.add("trips whose times go back, left out", t.ID)
			return false
		}
	}
	f.out.Calls = calls
	return true
}

// spread fills in the times that are blank, evenly over the calls between two
// with a time.
func (f *feed) spread(calls []Call) {
	timed := 0
	for i := 1; i < len(calls); i++ {
		if calls[i].Arrive == blankTime {
			continue
		}
		whole, steps := int64(calls[i].Arrive)-int64(calls[timed].Depart), int64(i-timed)
		for k := timed + 1; k < i; k++ {
			at := calls[timed].Depart + int32(whole*int64(k-timed)/steps)
			calls[k].Arrive, calls[k].Depart = at, at
			f.found.add("calls without a time, spread evenly between the timed calls around them", "")
		}
		timed = i
	}
}

// copies counts the trips that are another's in all but the id.
func (f *feed) copies() {
	seen := map[uint64][]int32{}
	for i, t := range f.out.Trips {
		sum := fnv.New64a()
		var b [12]byte
		own := f.out.Calls[t.First:t.End]
		for _, c := range own {
			binary.LittleEndian.PutUint32(b[0:], uint32(c.Stop))
			binary.LittleEndian.PutUint32(b[4:], uint32(c.Arrive))
			binary.LittleEndian.PutUint32(b[8:], uint32(c.Depart))
			_, _ = sum.Write(b[:]) // a hash never fails
		}
		key := sum.Sum64() ^ uint64(t.Service)
		twin := slices.ContainsFunc(seen[key], func(k int32) bool {
			o := f.out.Trips[k]
			return o.Service == t.Service && slices.Equal(f.out.Calls[o.First:o.End], own)
		})
		if twin {
			f.found.add("trips that another repeats, call for call and on the same days, which changes no time", t.ID)
			continue
		}
		seen[key] = append(seen[key], int32(i))
	}
}

// frequencies reads the trips that are run again and again. One more often than
// every ten seconds, or less often than once a week, is a mistake.
func (f *feed) frequencies() error {
	const least = 10 // seconds
	if !f.has("frequencies.txt") {
		return nil
	}
	return f.read("frequencies.txt", []string{"trip_id", "start_time", "end_time", "headway_secs", "?exact_times"}, func(l line) {
		from, okF := feedTime(l.cells[1])
		to, okT := feedTime(l.cells[2])
		every, err := strconv.ParseInt(l.cells[3], 10, 32)
		if trip := position(f.trip, l.cells[0]); trip < 0 || !okF || !okT || from < 0 || to <= from || err != nil || every < least || every > maxHours*3600 {
			f.found.add("frequencies without a trip, a period or a sensible interval, left out", l.cells[0])
		} else if f.moved[trip] >= 0 {
			if l.cells[4] != "1" {
				f.found.add("frequencies without exact times, taken to set out at the beginning of the period and every interval from then on", l.cells[0])
			}
			f.out.Frequencies = append(f.out.Frequencies, Frequency{f.moved[trip], from, to, int32(every)})
		}
	})
}
