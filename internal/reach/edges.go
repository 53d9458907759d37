package reach

import (
	"math"

	"hubreach/internal/walk"
)

// edges says how far the edges are that a search came to. It keeps its memory
// from search to search.
type edges struct {
	// numbers[e] is base + the number of edge e in bands, for the edges of this
	// search; those of earlier ones are below base.
	numbers []uint32
	base    uint32
	bands   []band
	mixed   []mixedEdge
}

// band is the band of all of an edge or, where it lies in more than one, mixed
// and its number among those.
type band uint32

const mixed band = 1 << 31

// mixedEdge is the walks along an edge that lies in more than one band.
type mixedEdge struct {
	from, to    uint32 // the walks to its two ends
	whole, back uint32 // what all of the edge takes from either end
	// Where the edge lies in two bands only, low is the lower one and level the
	// level between them. Level is 0 where it lies in more.
	level   uint32
	low     uint8
	stretch *walk.Stretch // where walks begin on the edge itself
}

func newEdges(n int) edges { return edges{numbers: make([]uint32, n), base: 1} }

func (e *edges) reset() {
	if e.base > math.MaxUint32-2*uint32(len(e.numbers)) {
		clear(e.numbers)
		e.base = 1
	}
	e.base += uint32(len(e.bands))
	e.bands, e.mixed = e.bands[:0], e.mixed[:0]
}

// has reports whether the edge is there.
func (e *edges) has(id walk.EdgeID) bool { return e.numbers[id]-e.base < uint32(len(e.bands)) }

// of returns the band of an edge, 0 when the search did not come there.
func (e *edges) of(id walk.EdgeID) band {
	if n := e.numbers[id] - e.base; n < uint32(len(e.bands)) {
		return e.bands[n]
	}
	return 0
}

func (e *edges) add(id walk.EdgeID, b band) {
	e.numbers[id] = e.base + uint32(len(e.bands))
	e.bands = append(e.bands, b)
}

// mix takes up an edge that lies in more than one band.
func (e *edges) mix(id walk.EdgeID, m mixedEdge) {
	e.add(id, mixed|band(len(e.mixed)))
	e.mixed = append(e.mixed, m)
}

// take takes up an edge that is not there yet, as the search s came along it.
func (e *edges) take(id walk.EdgeID, s *walk.Search, levels []uint32) (gate bool) {
	from, whole, to, back, begins := s.Sides(id)
	if begins {
		st := s.Stretch(id)
		e.mix(id, mixedEdge{stretch: &st})
		return true
	}
	// An end where no walk comes in is as far as the way from the other end.
	switch {
	case from == walk.Never && to == walk.Never:
		e.add(id, 0)
		return false
	case from == walk.Never:
		from, gate = to+back, true
	case to == walk.Never:
		to, gate = from+whole, true
	}
	m := mixedEdge{from: from, to: to, whole: whole, back: back}
	high, low := bandOf(levels, min(from, to)), bandOf(levels, m.furthest())
	if high == low {
		e.add(id, band(high))
		return gate
	}
	if m.low = low; high == low+1 {
		m.level = levels[len(levels)-int(high)]
	}
	e.mix(id, m)
	return gate
}

// furthest returns the longest walk to any point of the edge: to where those
// from both ends meet.
func (r *mixedEdge) furthest() uint32 {
	if r.from >= r.to+r.back {
		return r.from
	}
	if r.to >= r.from+r.whole {
		return r.to
	}
	share := float64(r.to+r.back-r.from) / float64(uint64(r.whole)+uint64(r.back))
	return r.from + uint32(share*float64(r.whole)+0.5)
}

// at returns the walk to a share of the edge's length, in 65,536ths.
func (r *mixedEdge) at(share uint16) uint32 {
	if r.stretch != nil {
		return r.stretch.At(float64(share) / shares)
	}
	s := uint64(share)
	return min(r.from+uint32(uint64(r.whole)*s>>16), r.to+r.back-uint32(uint64(r.back)*s>>16))
}
