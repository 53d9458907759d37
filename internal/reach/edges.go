package reach

import (
	"math"

	"hubreach/internal/walk"
)

// edges holds the walks along every edge that a search came to. It keeps its
// memory from search to search.
type edges struct {
	// numbers[e] is base + the number of edge e in list and bands, for the edges
	// of this search; those of earlier ones are below base.
	numbers []uint32
	base    uint32
	bands   []uint8 // the band of all of the edge, or mixed
	list    []reachedEdge
}

// mixed is the band of an edge that lies in more than one.
const mixed = 255

// reachedEdge is the walks along one edge.
type reachedEdge struct {
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
	e.base += uint32(len(e.list))
	e.list, e.bands = e.list[:0], e.bands[:0]
}

// number returns the number of an edge in list, or false when the search did
// not come there.
func (e *edges) number(id walk.EdgeID) (uint32, bool) {
	n := e.numbers[id] - e.base
	return n, n < uint32(len(e.list))
}

// add takes up the walks along an edge that is not there yet.
func (e *edges) add(id walk.EdgeID, st *walk.Stretch, levels []uint32) {
	e.numbers[id] = e.base + uint32(len(e.list))
	r := reachedEdge{}
	var begins bool
	if r.from, r.whole, r.to, r.back, begins = st.Sides(); begins {
		kept := *st
		r.stretch = &kept
		e.list, e.bands = append(e.list, r), append(e.bands, mixed)
		return
	}
	if r.from == walk.Never && r.to == walk.Never {
		e.list, e.bands = append(e.list, r), append(e.bands, 0)
		return
	}
	// An end where no walk comes in is as far as the way from the other end.
	if r.from == walk.Never {
		r.from = r.to + r.back
	}
	if r.to == walk.Never {
		r.to = r.from + r.whole
	}
	high, low := bandOf(levels, min(r.from, r.to)), bandOf(levels, r.furthest())
	band := high
	if high != low {
		band, r.low = mixed, low
		if high == low+1 {
			r.level = levels[len(levels)-int(high)]
		}
	}
	e.list, e.bands = append(e.list, r), append(e.bands, band)
}

// furthest returns the longest walk to any point of the edge: to where those
// from both ends meet.
func (r *reachedEdge) furthest() uint32 {
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
func (r *reachedEdge) at(share uint16) uint32 {
	if r.stretch != nil {
		return r.stretch.At(float64(share) / shares)
	}
	s := uint64(share)
	return min(r.from+uint32(uint64(r.whole)*s>>16), r.to+r.back-uint32(uint64(r.back)*s>>16))
}
