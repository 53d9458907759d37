package transit

import (
	"cmp"
	"slices"

	"hubreach/internal/source"
)

// onBoard links the trips of one date that a passenger may stay on board
// through: next is, by trip, the one that the vehicle goes on as, -1 for none,
// and follows says of each whether it is such a one. Trips that are left out do
// not count.
//
// A vehicle goes on as the next trip of its block, by time, if that begins where
// the first ends, no earlier than it ends, at the same stop or one of the same
// station; or where the feed says so. Where the feed says that everybody has to
// get off, nobody stays.
func onBoard(feed *source.Timetable, left []bool) (next []int32, follows []bool) {
	next, follows = make([]int32, len(feed.Trips)), make([]bool, len(feed.Trips))
	for i := range next {
		next[i] = -1
	}
	link := func(a, b int32) {
		later := cmp.Or(cmp.Compare(begins(feed, a), begins(feed, b)), cmp.Compare(a, b)) < 0 // no circles, even of trips that take no time
		if later && next[a] < 0 && !follows[b] && !left[a] && !left[b] && ends(feed, a) <= begins(feed, b) {
			next[a], follows[b] = b, true
		}
	}
	off := map[[2]int32]bool{}
	for _, s := range feed.Stays {
		if s.Allowed {
			link(s.From, s.To)
		} else {
			off[[2]int32{s.From, s.To}] = true
		}
	}
	for _, trips := range blocks(feed, left) {
		for k := 1; k < len(trips); k++ {
			if a, b := trips[k-1], trips[k]; !off[[2]int32{a, b}] && goesOn(feed, a, b) {
				link(a, b)
			}
		}
	}
	return next, follows
}

// blocks lists the trips of each block, by the time they set out.
func blocks(feed *source.Timetable, left []bool) [][]int32 {
	var out [][]int32
	at := map[int32]int{}
	for i, t := range feed.Trips {
		if t.Block == 0 || left[i] {
			continue
		}
		k, known := at[t.Block]
		if !known {
			k = len(out)
			at[t.Block] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], int32(i))
	}
	for _, trips := range out {
		slices.SortStableFunc(trips, func(a, b int32) int { return cmp.Compare(begins(feed, a), begins(feed, b)) })
	}
	return out
}

// goesOn reports whether trip b begins at the stop, or the station, where a ends.
func goesOn(feed *source.Timetable, a, b int32) bool {
	last, first := feed.Calls[feed.Trips[a].End-1].Stop, feed.Calls[feed.Trips[b].First].Stop
	station := feed.Stops[last].Station
	return last == first || station >= 0 && station == feed.Stops[first].Station
}

func begins(feed *source.Timetable, trip int32) int32 {
	return feed.Calls[feed.Trips[trip].First].Depart
}
func ends(feed *source.Timetable, trip int32) int32 { return feed.Calls[feed.Trips[trip].End-1].Arrive }
