package reach

import "hubreach/internal/walk"

// bands tells, from the walks of a search, which levels edges are within. It
// keeps its memory from search to search.
type bands struct {
	search      *walk.Search
	whole, back []uint32 // by edge, see walk.Search.Costs
	levels      []uint32 // ascending, in milliseconds
	// coarse[t] is the band of the last millisecond of the t-th span of
	// 2^coarseBits, the least in it.
	coarse []uint8
	w      walks // of the edge being drawn
}

const coarseBits = 12

// reset takes up the walks of the last run of s.
func (b *bands) reset(s *walk.Search, levels []uint32) {
	b.search, b.levels = s, levels
	b.whole, b.back = s.Costs()
	b.coarse = b.coarse[:0]
	left := levels // those that begin past the span
	for first := uint32(0); first <= levels[len(levels)-1]; first += 1 << coarseBits {
		for len(left) > 0 && left[0] < first+1<<coarseBits-1 {
			left = left[1:]
		}
		b.coarse = append(b.coarse, uint8(len(left)))
	}
}

// of returns the number of levels that a walk is within; exactly a level is.
func (b *bands) of(millis uint32) uint8 {
	span := millis >> coarseBits
	if span >= uint32(len(b.coarse)) {
		return 0
	}
	n := int(b.coarse[span])
	for n < len(b.levels) && millis <= b.levels[len(b.levels)-1-n] {
		n++
	}
	return uint8(n)
}

// walks is the walks along an edge.
type walks struct {
	from, to    uint32 // the walks to its two ends
	whole, back uint32 // what all of the edge takes from either end
	// The bands of its nearest and of its furthest point, and where they are
	// neighbours the level between them, else 0.
	near, far uint8
	level     uint32
	stretch   *walk.Stretch // where walks begin on the edge itself, else nil
}

// plain sets the walks along a plain edge between two nodes, and reports whether
// any is within a level.
func (b *bands) plain(w *walks, e walk.EdgeID, first, last walk.NodeID) bool {
	w.from, w.to = b.search.Node(first), b.search.Node(last)
	if w.from == walk.Never && w.to == walk.Never {
		return false
	}
	w.whole, w.back, w.stretch = b.whole[e], b.back[e], nil
	return w.whole != walk.Never && b.judge(w)
}

// any is plain for any edge. stops says that a walk may come up to an end without
// the search's having come to the node there.
func (b *bands) any(w *walks, e walk.EdgeID) (ok, stops bool) {
	from, whole, to, back, begins := b.search.Sides(e)
	if begins {
		st := b.search.Stretch(e)
		*w = walks{near: uint8(len(b.levels)), stretch: &st}
		return true, true
	}
	if from == walk.Never && to == walk.Never {
		return false, false
	}
	*w = walks{from: from, whole: whole, to: to, back: back}
	return b.judge(w), from == walk.Never || to == walk.Never
}

// judge sets the bands of walks that come in at one end or at both, and reports
// whether they are within any level.
func (b *bands) judge(w *walks) bool {
	// An end where no walk comes in is as far as the way from the other end.
	switch {
	case w.from == walk.Never:
		w.from = w.to + w.back
	case w.to == walk.Never:
		w.to = w.from + w.whole
	}
	w.near, w.far, w.level = b.of(min(w.from, w.to)), b.of(w.furthest()), 0
	if w.near == w.far+1 {
		w.level = b.levels[len(b.levels)-int(w.near)]
	}
	return w.near > 0
}

// mixed reports whether not all of the edge lies in one band.
func (w *walks) mixed() bool { return w.near != w.far }

// furthest returns the longest walk to any point of the edge: to where those
// from both ends meet.
func (w *walks) furthest() uint32 {
	switch {
	case w.from >= w.to+w.back:
		return w.from
	case w.to >= w.from+w.whole:
		return w.to
	case w.whole == w.back:
		return w.from + (w.to+w.back-w.from+1)/2
	}
	share := float64(w.to+w.back-w.from) / float64(uint64(w.whole)+uint64(w.back))
	return w.from + uint32(share*float64(w.whole)+0.5)
}

// at returns the walk to a share of the edge's length, in 65,536ths.
func (w *walks) at(share uint16) uint32 {
	if w.stretch != nil {
		return w.stretch.At(float64(share) / shares)
	}
	s := uint64(share)
	return min(w.from+uint32(uint64(w.whole)*s>>16), w.to+w.back-uint32(uint64(w.back)*s>>16))
}
