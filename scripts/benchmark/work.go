package main

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb/planar"

	"hubreach/geo"
	"hubreach/internal/reach"
	"hubreach/internal/walk"
)

// The county that the targets are set for: the postcodes of Kent (Code-Point
// Open, August 2014) and its hubs, as the project's real data count them.
const (
	kentPostcodes = 43_501
	kentHubs      = 98
)

// searches measures one search from each origin.
func searches(l *loaded, origins []origin) (s samples, nodes float64) {
	search := l.g.NewSearch(l.adult)
	total := 0
	run := func(i int) {
		link := [1]walk.Link{origins[i].link}
		search.Run(link[:], walk.Towards, limitMillis)
	}
	for i := range min(20, len(origins)) {
		run(len(origins) - 1 - i) // warm-up: the search's own memory grows to its size
	}
	s = measure(len(origins), run)
	for i := range origins {
		run(i)
		total += len(search.Reached())
	}
	return s, float64(total) / float64(max(1, len(origins)))
}

// floorOf measures the least that any search has to do: to look once at every
// arc of every node that is reached, nearest first, and at the label behind it.
// It has no queue and chooses nothing; the order is given. Its ratio to a search
// says how far that is from reading its answer out of memory.
func floorOf(l *loaded, n *network, origins []origin) samples {
	type step struct{ to, millis uint32 }
	steps, labels := make([]step, len(n.arcs)), make([]uint32, len(n.at))
	for i, a := range n.arcs {
		steps[i] = step{a.to, a.millis}
	}
	for i := range labels {
		labels[i] = walk.Never
	}
	search := l.g.NewSearch(l.adult)
	orders := make([][]walk.NodeID, len(origins))
	for i, o := range origins {
		search.Run([]walk.Link{o.link}, walk.Towards, limitMillis)
		orders[i] = byTime(search)
	}
	better := 0
	out := measure(len(origins), func(i int) {
		base := uint32(len(origins)-i) << 21 // falls, so that nothing is cleared
		labels[origins[i].node] = base
		for _, node := range orders[i] {
			at := labels[node]
			for _, s := range steps[n.first[node]:n.first[node+1]] {
				if t := at + s.millis; t < labels[s.to] {
					labels[s.to] = t
					better++
				}
			}
		}
	})
	sink.Store(int64(better))
	return out
}

// sink keeps the compiler from leaving out what is only measured.
var sink atomic.Int64

// tasks are the main job's questions, each measured on its own.
type tasks struct {
	link     sample // all doors to the streets
	doors    int
	times    samples // one place: search, and the minutes of every door
	found    float64 // doors within reach on average
	cold     samples // one place: six outlines, the ground seen for the first time
	warm     samples // the same places again
	cells    samples // reading the ground of the same outlines once
	hubs     sample  // every hub and profile: search, minutes and outlines, on all cores, on fresh ground
	again    sample  // the same, the ground known
	profiles int
	all      sample // every door as an origin: search and minutes of every door
	origins  int
	workers  int
}

// do measures the tasks; places are where the hubs are looked for.
func do(ctx context.Context, l *loaded, doors, places []geo.Grid, workers int, say func(string, ...any)) (*tasks, *reach.Streets, error) {
	t := &tasks{doors: len(doors), workers: workers}
	p := reach.DefaultParams()
	p.LimitMinutes = 20
	say("linking %s doors", count(len(doors)))
	var s *reach.Streets
	var err error
	t.link = once(func() { s, err = reach.NewStreets(l.g, "adult", doors, p) })
	if err != nil {
		return nil, nil, err
	}
	say("asking about single places")
	w := s.Worker()
	for i := range min(20, len(places)) {
		_, _, _ = w.Times(places[len(places)-1-i]) // warm-up; a place that cannot be linked is a row of the answer
	}
	found := 0
	t.times = measure(len(places), func(i int) {
		ts, _, _ := w.Times(places[i])
		found += len(ts)
	})
	t.found = float64(found) / float64(max(1, len(places)))
	draw := func(i int) { _, _ = w.Outlines(places[i], outlineMinutes) }
	some := min(kentHubs, len(places)) // the ground of as many hubs is kept, of many more not
	t.cold = measure(some, draw)
	t.warm = measure(some, draw)
	t.cells = cellsOf(w, places[:some])
	if ctx.Err() != nil {
		return t, s, ctx.Err()
	}
	say("asking about %d hubs for every profile", kentHubs)
	if err := t.doHubs(l, s, places[len(places)-some:], p, workers); err != nil {
		return nil, nil, err
	}
	some = min(kentPostcodes, len(doors))
	t.origins = some
	say("asking about %s doors as origins", count(some))
	t.all = once(func() {
		share(workers, some, func() func(int) {
			w := s.Worker()
			return func(i int) { _, _, _ = w.Times(doors[i]) }
		})
	})
	return t, s, ctx.Err()
}

// cellsOf measures the least that an outline on a raster has to do: to read one
// 64-bit word for each cell of 10 m of the ground inside the widest outline.
func cellsOf(w *reach.Worker, places []geo.Grid) samples {
	counts, most := make([]int, len(places)), 1
	for i, p := range places {
		out, err := w.Outlines(p, outlineMinutes[len(outlineMinutes)-1:])
		if err != nil || len(out) == 0 {
			continue // a place that cannot be linked has no ground
		}
		counts[i] = int(planar.Area(out[0]) / 100)
		most = max(most, counts[i])
	}
	ground := make([]uint64, 4*most) // four in turn, so that not all of it is in the nearest cache
	return measure(len(places), func(i int) {
		var sum uint64
		for _, c := range ground[i%4*most:][:counts[i]] {
			sum += c
		}
		sink.Add(int64(sum))
	})
}

func (t *tasks) doHubs(l *loaded, s *reach.Streets, hubs []geo.Grid, p reach.Params, workers int) error {
	var all []*reach.Streets
	for _, profile := range l.g.Params().Profiles {
		of, err := s.With(profile.Name, p)
		if err != nil {
			return err
		}
		all = append(all, of)
	}
	t.profiles = len(all)
	work := func() {
		for _, of := range all {
			share(workers, len(hubs), func() func(int) {
				w := of.Worker()
				return func(i int) {
					_, _, _ = w.Times(hubs[i])
					_, _ = w.Outlines(hubs[i], outlineMinutes)
				}
			})
		}
	}
	t.hubs, t.again = once(work), once(work)
	return nil
}

// share does n things on that many goroutines, each with what work gives it.
func share(workers, n int, work func() func(int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			do := work()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}

// byTime returns the nodes of the last run, nearest first.
func byTime(s *walk.Search) []walk.NodeID {
	out := slices.Clone(s.Reached())
	slices.SortFunc(out, func(a, b walk.NodeID) int {
		return cmp.Or(cmp.Compare(s.Node(a), s.Node(b)), cmp.Compare(a, b))
	})
	return out
}
