package walk

import "math/bits"

// Search finds how long the walks between one place and every node within a
// limit are. It belongs to one goroutine. It keeps its memory from run to run:
// after the first few, a run allocates nothing.
//
// The zero value is not usable; see Graph.NewSearch.
type Search struct {
	g         *Graph
	profile   int
	direction Direction
	limit     uint32

	// labels[n] is base + milliseconds for the nodes reached in this run; the
	// labels of earlier runs are above base + limit, because base only falls.
	// So one comparison tells "not seen yet, or better", and nothing is cleared.
	// Labels begin under 2^31, so that a barred arc added to one does not wrap.
	labels  []uint32
	base    uint32
	reached []NodeID

	// The queue: heads[b] is one more than the pool entry on top of bucket b,
	// 0 for none; busy has a bit for each bucket that is not empty.
	heads []uint32
	busy  []uint64
	pool  []queued

	seeds []seed
}

type queued struct {
	node  NodeID
	label uint32
	next  uint32
}

// seed is one link of the place that the search runs from.
type seed struct {
	place  Place
	millis uint32 // of the link
}

// bucketBits is the width of a bucket, 2^10 ms. BenchmarkSearch on the streets
// of Newport: widths from 2^7 to 2^11 ms differ by a tenth (47 to 53 us a
// search), 2^13 takes a quarter longer.
const bucketBits = 10

// MaxLimit is the longest limit of a search in milliseconds, about 12 days.
const MaxLimit uint32 = 1 << 30

// NewSearch returns a Search for the profile with that number.
func (g *Graph) NewSearch(profile int) *Search {
	s := &Search{g: g, profile: profile, labels: make([]uint32, len(g.position))}
	s.forget()
	return s
}

// forget clears all labels, once in some thousand runs.
func (s *Search) forget() {
	for i := range s.labels {
		s.labels[i] = Never
	}
	s.base = barredArc
}

// Run finds all walks of at most limit milliseconds towards or from the door
// with these links; a walk of exactly limit is found. The link is walked at the
// profile's speed. A limit over MaxLimit counts as MaxLimit.
func (s *Search) Run(links []Link, d Direction, limit uint32) {
	s.direction, s.limit = d, min(limit, MaxLimit)
	if s.base <= s.limit {
		s.forget()
	}
	s.base -= s.limit + 1
	s.reached, s.pool, s.seeds = s.reached[:0], s.pool[:0], s.seeds[:0]
	if n := int(s.limit>>bucketBits) + 1; n > len(s.heads) {
		s.heads = make([]uint32, n)
		s.busy = make([]uint64, (n+63)/64)
	}
	role, _ := d.roles()
	for _, l := range links {
		link := s.g.params.Profiles[s.profile].LinkMillis(float64(l.Metres))
		if link > s.limit || s.g.costs[s.profile][l.Edge] == Never {
			continue
		}
		s.seeds = append(s.seeds, seed{l.Place, link})
		r := s.g.Reach(s.profile, l.Place, role)
		if r.FromMillis != Never {
			s.label(r.From, link+r.FromMillis)
		}
		if r.ToMillis != Never {
			s.label(r.To, link+r.ToMillis)
		}
	}
	s.sweep()
}

// label gives n a first or better time and queues it.
func (s *Search) label(n NodeID, millis uint32) {
	if millis > s.limit {
		return
	}
	label := s.base + millis
	old := s.labels[n]
	if label >= old {
		return
	}
	if old > s.base+s.limit {
		s.reached = append(s.reached, n)
	}
	s.labels[n] = label
	s.queue(n, label, millis)
}

func (s *Search) queue(n NodeID, label, millis uint32) {
	b := millis >> bucketBits
	s.pool = append(s.pool, queued{n, label, s.heads[b]})
	s.heads[b] = uint32(len(s.pool))
	s.busy[b>>6] |= 1 << (b & 63)
}

// sweep empties the buckets in order. Entries whose node has improved since are
// passed over.
func (s *Search) sweep() {
	rows, arcs := s.g.rows[s.direction], s.g.arcs[s.profile]
	labels, base, top := s.labels, s.base, s.base+s.limit
	for word := range s.busy[:int(s.limit>>bucketBits)/64+1] {
		for s.busy[word] != 0 {
			b := word<<6 | bits.TrailingZeros64(s.busy[word])
			head := s.heads[b]
			if head == 0 {
				s.busy[word] &^= 1 << (b & 63)
				continue
			}
			q := s.pool[head-1]
			s.heads[b] = q.next
			if labels[q.node] != q.label {
				continue
			}
			row := rows[q.node]
			for _, a := range arcs[row.first:row.last] {
				label := q.label + a.millis
				old := labels[a.to]
				if label >= old || label > top {
					continue
				}
				if old > top {
					s.reached = append(s.reached, a.to)
				}
				labels[a.to] = label
				s.queue(a.to, label, label-base)
			}
		}
	}
}

// Reached returns the nodes within the limit, in no particular but always the
// same order. It must not be changed and is valid until the next Run.
func (s *Search) Reached() []NodeID { return s.reached }

// Node returns the milliseconds of the walk between the place of the last Run
// and n, or Never when it is over the limit.
func (s *Search) Node(n NodeID) uint32 {
	if l := s.labels[n]; l >= s.base && l <= s.base+s.limit {
		return l - s.base
	}
	return Never
}

// At returns the milliseconds of the walk between the place of the last Run and
// pl, or Never when it is over the limit.
func (s *Search) At(pl Place) uint32 {
	_, asked := s.direction.roles()
	r := s.g.Reach(s.profile, pl, asked)
	t := min(s.via(r.From, r.FromMillis), s.via(r.To, r.ToMillis), s.Direct(pl))
	if t > s.limit {
		return Never
	}
	return t
}

// Door returns the milliseconds of the walk between the place of the last Run
// and the door with these links, or Never when it is over the limit.
func (s *Search) Door(links []Link) uint32 {
	best := Never
	for _, l := range links {
		if t := s.At(l.Place); t != Never {
			best = min(best, t+s.g.params.Profiles[s.profile].LinkMillis(float64(l.Metres)))
		}
	}
	if best > s.limit {
		return Never
	}
	return best
}

func (s *Search) via(n NodeID, millis uint32) uint32 {
	if t := s.Node(n); t != Never && millis != Never {
		return t + millis
	}
	return Never
}

// Direct returns the milliseconds of the walk to pl that never leaves the edge
// of the place of the last Run, or Never when pl is on another edge. It may be
// over the limit.
func (s *Search) Direct(pl Place) uint32 {
	best := Never
	for _, d := range s.seeds {
		origin, destination := d.place, pl
		if s.direction == Towards {
			origin, destination = pl, d.place
		}
		if t := s.g.Direct(s.profile, origin, destination); t != Never {
			best = min(best, t+d.millis)
		}
	}
	return best
}

// Seeds calls yield with the edges that the place of the last Run is linked to.
func (s *Search) Seeds(yield func(EdgeID) bool) {
	for _, d := range s.seeds {
		if !yield(d.place.Edge) {
			return
		}
	}
}

// Limit returns the limit of the last Run in milliseconds.
func (s *Search) Limit() uint32 { return s.limit }

// MetresPerMilli returns the most metres that the profile walks in a
// millisecond.
func (s *Search) MetresPerMilli() float64 {
	p := s.g.params.Profiles[s.profile]
	return 0.001 / min(p.pace(0), p.pace(featureSteps))
}
