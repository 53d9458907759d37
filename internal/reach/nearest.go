package reach

import (
	"errors"
	"math"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// Nearest is the nearest of some places for every population point and every
// node of the streets. Of places that are equally near it is the one that was
// given first. It is never changed once made.
type Nearest struct {
	nodes, points []placed
	links         []walk.Link
	refused       []Refused
}

// placed is a walk and the place it belongs to, so that the smaller of two is
// the shorter walk or, of equals, the one to the lower place.
type placed uint64

const noPlace placed = math.MaxUint64

func placedAt(place int32, millis uint32) placed { return placed(millis)<<32 | placed(place) }

func (p placed) millis() uint32 { return uint32(p >> 32) }

// Nearest returns the nearest place of every point and node within the limit, in
// one search from all places at once: it costs about what one search of the
// whole county costs, however many places there are. The times are those of
// Times, to the millisecond.
func (s *Streets) Nearest(places []geo.Grid) *Nearest {
	n := &Nearest{
		nodes:  filled(s.g.Nodes()),
		points: filled(s.Points()),
		links:  make([]walk.Link, len(places)),
	}
	sweep := sweep{s: s, limit: millisOf(s.params.LimitMinutes), labels: n.nodes, begins: walk.Destination}
	if s.params.Direction == walk.From {
		sweep.begins = walk.Origin
	}
	sweep.buckets = make([][]labelled, sweep.limit/bucketMillis+1)
	open := make([][]walk.Link, len(places))
	for i, at := range places {
		var err error
		if open[i], err = s.open(at); err != nil {
			n.refused = append(n.refused, refusedFor(int32(i), err))
			continue
		}
		n.links[i] = open[i][0]
		sweep.begin(int32(i), open[i])
	}
	sweep.run()
	n.meet(s, sweep.limit)
	for i, links := range open {
		n.meetAlong(s, int32(i), links, sweep.limit)
	}
	return n
}

// Node returns the nearest place to a node of the streets, and false when none
// is within the limit.
func (n *Nearest) Node(node walk.NodeID) (PlaceTime, bool) { return n.nodes[node].split() }

// Point returns the nearest place to a point, and false when none is within the
// limit.
func (n *Nearest) Point(point int) (PlaceTime, bool) { return n.points[point].split() }

// Link returns how a place is linked to the streets; the zero Link when it was
// refused.
func (n *Nearest) Link(place int) walk.Link { return n.links[place] }

// Refused returns the places that could not be linked and are nobody's nearest,
// in order: Point is the number of the place. It must not be changed.
func (n *Nearest) Refused() []Refused { return n.refused }

func (p placed) split() (PlaceTime, bool) {
	if p == noPlace {
		return PlaceTime{Place: -1, Millis: NoWalk}, false
	}
	return PlaceTime{Place: int32(uint32(p)), Millis: p.millis()}, true
}

func filled(n int) []placed {
	out := make([]placed, n)
	for i := range out {
		out[i] = noPlace
	}
	return out
}

// meet carries the walks of the nodes over to the points.
func (n *Nearest) meet(s *Streets, limit uint32) {
	for node, label := range n.nodes {
		if label == noPlace {
			continue
		}
		for _, e := range s.byNode[s.first[node]:s.first[node+1]] {
			if t := uint64(label.millis()) + uint64(e.millis); t <= uint64(limit) {
				n.points[e.point] = min(n.points[e.point], label+placed(e.millis)<<32)
			}
		}
	}
}

// meetAlong carries the walks over that do not leave the street of the place.
func (n *Nearest) meetAlong(s *Streets, place int32, links []walk.Link, limit uint32) {
	profile := s.g.Params().Profiles[s.profile]
	for _, l := range links {
		link := profile.LinkMillis(float64(l.Metres))
		for _, st := range s.stops(l.Edge) {
			from, to := st.place, l.Place
			if s.params.Direction == walk.From {
				from, to = to, from
			}
			along := s.g.Direct(s.profile, from, to)
			if t := uint64(along) + uint64(link) + uint64(st.millis); along != walk.Never && t <= uint64(limit) {
				n.points[st.point] = min(n.points[st.point], placedAt(place, uint32(t)))
			}
		}
	}
}

// open returns the links of a door that are open to the profile.
func (s *Streets) open(at geo.Grid) ([]walk.Link, error) {
	links, err := s.g.Snap(at)
	if err != nil {
		return nil, err
	}
	return s.g.Open(s.profile, at, links)
}

// refusedFor returns the row for what a *walk.SnapError refused.
func refusedFor(number int32, err error) Refused {
	var snap *walk.SnapError
	errors.As(err, &snap)
	return Refused{number, snap.Reason, snap.Metres}
}

// sweep is a search from many places. Nodes wait in buckets by their time, and
// one that improves waits again, so that the answer is exact whatever the width
// of a bucket is.
type sweep struct {
	s       *Streets
	limit   uint32
	begins  walk.Role // what a place is of its walks
	labels  []placed
	buckets [][]labelled
}

type labelled struct {
	node  walk.NodeID
	label placed
}

const bucketMillis = 1024

// begin puts a place's links to the streets in.
func (w *sweep) begin(place int32, links []walk.Link) {
	g := w.s.g
	profile := g.Params().Profiles[w.s.profile]
	for _, l := range links {
		link := profile.LinkMillis(float64(l.Metres))
		r := g.Reach(w.s.profile, l.Place, w.begins)
		w.label(r.From, place, uint64(link)+uint64(r.FromMillis))
		w.label(r.To, place, uint64(link)+uint64(r.ToMillis))
	}
}

// label gives n a walk, if it is a better one. One of walk.Never is over any
// limit.
func (w *sweep) label(n walk.NodeID, place int32, millis uint64) {
	if millis > uint64(w.limit) {
		return
	}
	if l := placedAt(place, uint32(millis)); l < w.labels[n] {
		w.labels[n] = l
		b := &w.buckets[millis/bucketMillis]
		*b = append(*b, labelled{n, l})
	}
}

func (w *sweep) run() {
	for i := range w.buckets {
		for b := &w.buckets[i]; len(*b) > 0; {
			last := (*b)[len(*b)-1]
			*b = (*b)[:len(*b)-1]
			if w.labels[last.node] != last.label {
				continue
			}
			w.s.g.Steps(w.s.profile, w.s.params.Direction, last.node, func(to walk.NodeID, millis uint32) {
				w.label(to, int32(uint32(last.label)), uint64(last.label.millis())+uint64(millis))
			})
		}
		w.buckets[i] = nil
	}
}
