package walk

import (
	"math/bits"
	"unsafe"
)

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

	// The label of a node is base + milliseconds when it is reached in this run;
	// the labels of earlier runs are above base + limit, because base only falls.
	// So one comparison tells "not seen yet, or better", and nothing is cleared.
	// Labels begin under 2^31, so that a barred arc added to one does not wrap.
	nodes   []record
	base    uint32
	reached []NodeID

	// The queue: heads[b] is one more than the pool entry on top of bucket b,
	// 0 for none; busy has a bit for each bucket that is not empty.
	heads []uint32
	busy  []uint64
	pool  []queued

	seeds []seed
}

// record is what a search knows of a node: where it has been, and a copy of the
// graph's row for the direction of the search.
//
// Why a copy: on a county the search waits for memory more than it works. What
// is read of a node when it is met, and what is read when it is left, then come
// in one line of the cache, and its arcs can be asked for on the first sight of
// it. Measured with prefetch below: see BenchmarkCounty.
type record struct {
	label uint32
	row   row
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

// bucketBits is the width of a bucket, 2^12 ms. On Newport copied to a county,
// 2^9 takes a tenth longer, 2^13 the same.
const bucketBits = 12

// MaxLimit is the longest limit of a search in milliseconds, about 12 days.
const MaxLimit uint32 = 1 << 30

// NewSearch returns a Search for the profile with that number.
func (g *Graph) NewSearch(profile int) *Search {
	s := &Search{g: g, profile: profile, nodes: make([]record, len(g.position))}
	s.turn(Towards)
	s.forget()
	return s
}

// turn copies the rows of a direction.
func (s *Search) turn(d Direction) {
	s.direction = d
	for n, r := range s.g.rows[d] {
		s.nodes[n].row = r
	}
}

// forget clears all labels, once in some thousand runs.
func (s *Search) forget() {
	for n := range s.nodes {
		s.nodes[n].label = Never
	}
	s.base = barredArc
}

// Run finds all walks of at most limit milliseconds towards or from the door
// with these links; a walk of exactly limit is found. The link is walked at the
// profile's speed. A limit over MaxLimit counts as MaxLimit.
func (s *Search) Run(links []Link, d Direction, limit uint32) {
	if s.limit = min(limit, MaxLimit); d != s.direction {
		s.turn(d)
	}
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
	old := s.nodes[n].label
	if label >= old {
		return
	}
	if old > s.base+s.limit {
		s.reached = append(s.reached, n)
	}
	s.nodes[n].label = label
	s.queue(n, label, millis)
}

func (s *Search) queue(n NodeID, label, millis uint32) {
	b := millis >> bucketBits
	s.pool = append(s.pool, queued{n, label, s.heads[b]})
	s.heads[b] = uint32(len(s.pool))
	s.busy[b>>6] |= 1 << (b & 63)
}

// sweep empties the buckets in order. Entries whose node has improved since are
// passed over. It is long because everything it touches stays in registers.
func (s *Search) sweep() {
	arcs, nodes, base, top := s.g.arcs[s.profile], s.nodes, s.base, s.base+s.limit
	heads, busy, pool, reached := s.heads, s.busy[:int(s.limit>>bucketBits)/64+1], s.pool, s.reached
	for word := range busy {
		for busy[word] != 0 {
			b := word<<6 | bits.TrailingZeros64(busy[word])
			head := heads[b]
			heads[b] = 0
			busy[word] &^= 1 << (b & 63)
			for head != 0 {
				q := &pool[head-1]
				head = q.next
				from, label := q.node, q.label
				n := nodes[from]
				if n.label != label {
					continue
				}
				words := s.words(arcs, from, n.row)
				for i := 0; i < len(words); i++ {
					w := words[i]
					id, millis := from+uint32(int32(w)>>stepBits), w&stepMask
					if id == from {
						id, millis = words[i+1], words[i+2]
						i += 2
					}
					to, now := &nodes[id], label+millis
					old := to.label
					if now >= old || now > top {
						continue
					}
					prefetch(unsafe.Pointer(unsafe.SliceData(arcs[to.row>>rowBits:]))) // #nosec G103 -- a hint to the processor, which reads nothing
					if old > top {
						reached = append(reached, id)
					}
					to.label = now
					c := (now - base) >> bucketBits
					pool = append(pool, queued{id, now, heads[c]})
					heads[c] = uint32(len(pool))
					busy[c>>6] |= 1 << (c & 63)
				}
			}
		}
	}
	s.pool, s.reached = pool, reached
}

// words returns the arcs that leave n.
func (s *Search) words(arcs []uint32, n NodeID, r row) []uint32 {
	count := uint32(r & manyWords)
	if count == manyWords {
		count = s.g.countWords(s.direction, n, r)
	}
	return arcs[r>>rowBits:][:count]
}

// Reached returns the nodes within the limit, in no particular but always the
// same order. It must not be changed and is valid until the next Run.
func (s *Search) Reached() []NodeID { return s.reached }

// Node returns the milliseconds of the walk between the place of the last Run
// and n, or Never when it is over the limit.
func (s *Search) Node(n NodeID) uint32 {
	if l := s.nodes[n].label; l >= s.base && l <= s.base+s.limit {
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
