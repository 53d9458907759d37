package reach

import (
	"math/bits"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// Worker answers questions about places on shared Streets. It belongs to one
// goroutine and keeps its memory from place to place.
type Worker struct {
	s      *Streets
	search *walk.Search

	// labels[p] is base + milliseconds for the points met in this call; those of
	// earlier calls are above base + limit.
	labels []uint32
	base   uint32
	met    []uint64 // a bit for each point met
	count  int

	// For outlines: the streets reached, the ground around them, its rings.
	bands  bands
	ends   []end
	nodes  []uint64 // a bit for each node; none set between calls
	canvas *canvas
	ground ground
	drawn  []*tile
	field  field
	tracer tracer
	rings  []ring
	points []orb.Point
}

// Worker returns a new Worker.
func (s *Streets) Worker() *Worker {
	w := &Worker{
		s:      s,
		search: s.g.NewSearch(s.profile),
		labels: make([]uint32, len(s.doors.at)),
		met:    make([]uint64, (len(s.doors.at)+63)/64),
		canvas: new(canvas),
		ground: ground{r: s.doors.raster},
	}
	w.forget()
	return w
}

func (w *Worker) forget() {
	for i := range w.labels {
		w.labels[i] = walk.Never
	}
	w.base = walk.Never
}

// Times returns the walks between place and every point within the limit, by
// ascending point, and how place is linked to the streets. The link is the
// nearest that is open to the profile. The error is a *walk.SnapError when place
// cannot be linked: nobody reaches it.
func (w *Worker) Times(place geo.Grid) ([]Time, walk.Link, error) {
	limit := millisOf(w.s.params.LimitMinutes)
	link, err := w.run(place, limit)
	if err != nil {
		return nil, walk.Link{}, err
	}
	w.collect(limit)
	return w.list(), link, nil
}

// run searches from place.
func (w *Worker) run(place geo.Grid, limit uint32) (walk.Link, error) {
	open, err := w.s.open(place)
	if err != nil {
		return walk.Link{}, err
	}
	w.search.Run(open, w.s.params.Direction, limit)
	return open[0], nil
}

// collect carries the times of the nodes over to the points.
func (w *Worker) collect(limit uint32) {
	if w.base <= limit {
		w.forget()
	}
	w.base -= limit + 1
	w.count = 0
	for _, n := range w.search.Reached() {
		t := w.search.Node(n)
		for _, e := range w.s.byNode[w.s.first[n]:w.s.first[n+1]] {
			w.meet(e.point, t, e.millis, limit)
		}
	}
	w.search.Seeds(func(e walk.EdgeID) bool {
		for _, st := range w.s.stops(e) {
			if t := w.search.Direct(st.place); t != walk.Never {
				w.meet(st.point, t, st.millis, limit)
			}
		}
		return true
	})
}

func (w *Worker) meet(point int32, t, more, limit uint32) {
	if t > limit || more > limit-t {
		return
	}
	label := w.base + t + more
	old := w.labels[point]
	if label >= old {
		return
	}
	if old > w.base+limit {
		w.met[point>>6] |= 1 << (point & 63)
		w.count++
	}
	w.labels[point] = label
}

// list returns the points met in order, and clears their bits.
func (w *Worker) list() []Time {
	out := make([]Time, 0, w.count)
	for word, set := range w.met {
		for set != 0 {
			p := word<<6 | bits.TrailingZeros64(set)
			out = append(out, Time{int32(p), w.labels[p] - w.base})
			set &= set - 1
		}
		w.met[word] = 0
	}
	return out
}
