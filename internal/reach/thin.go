package reach

import (
	"math"

	"github.com/paulmach/orb"
)

// thinTolerance is how far, in metres, a vertex that is left out may lie from
// the line that is drawn instead: a quarter of a cell.
const thinTolerance = cellM / 4

// thinner leaves out vertices of contours. A vertex may go when the triangle
// that it makes with its neighbours holds no vertex of any contour and no vertex
// of the streets. So rings stay simple, the contour of fewer minutes stays
// inside that of more, and no junction changes sides.
type thinner struct {
	x, y          float64 // south-west corner of the bins
	width, height int
	bins          []int32 // first item of each bin, one more than its number
	items         []item  // the vertices of all rings, then those of the streets
	chained       []int32 // the next item in the bin, one more than its number
}

type item struct {
	at         orb.Point
	prev, next int32 // in the ring; both none for a vertex of the streets
	last       int32 // the vertex after it as first drawn
	gone       bool
}

// reset takes the bins of f and the vertices of the streets.
func (t *thinner) reset(f *field, streets []orb.Point) {
	t.x, t.y = float64(f.x)*cellM, float64(f.y)*cellM
	t.width, t.height = f.width, f.height
	t.bins = append(t.bins[:0], make([]int32, f.width*f.height)...)
	t.items, t.chained = t.items[:0], t.chained[:0]
	for _, p := range streets {
		t.add(item{at: p, prev: none, next: none})
	}
}

func (t *thinner) add(it item) int32 {
	n := int32(len(t.items))
	t.items = append(t.items, it)
	t.chained = append(t.chained, 0)
	if i, j := t.bin(it.at); i >= 0 && i < t.width && j >= 0 && j < t.height {
		b := j*t.width + i
		t.chained[n], t.bins[b] = t.bins[b], n+1
	}
	return n
}

func (t *thinner) bin(p orb.Point) (i, j int) {
	return int(math.Floor((p[0] - t.x) / cellM)), int(math.Floor((p[1] - t.y) / cellM))
}

// addRing adds a closed ring and returns its first vertex.
func (t *thinner) addRing(r orb.Ring) int32 {
	first, n := int32(len(t.items)), int32(len(r)-1)
	for k := range n {
		next := first + (k+1)%n
		t.add(item{at: r[k], prev: first + (k+n-1)%n, next: next, last: next})
	}
	return first
}

// thin leaves out what may go from the rings with these first vertices, every
// second vertex at a time so that what is left is even, until nothing more goes.
func (t *thinner) thin(firsts []int32) {
	const passes = 12
	for range passes {
		left := 0
		for i, first := range firsts {
			firsts[i] = t.head(first)
			left += t.pass(firsts[i])
		}
		if left == 0 {
			return
		}
	}
}

// head returns first, or the first vertex after it that is still there.
func (t *thinner) head(first int32) int32 {
	for t.items[first].gone {
		first = t.items[first].last
	}
	return first
}

func (t *thinner) pass(first int32) (left int) {
	size := 0
	for v := first; ; {
		size++
		if v = t.items[v].next; v == first {
			break
		}
	}
	v := t.items[first].next
	for v != first && size > 4 {
		next := t.items[v].next
		if t.mayGo(v) {
			it := &t.items[v]
			it.gone = true
			t.items[it.prev].next, t.items[it.next].prev = it.next, it.prev
			size--
			left++
			if next != first {
				next = t.items[next].next
			}
		}
		v = next
	}
	return left
}

// mayGo reports whether the ring may run straight past v.
func (t *thinner) mayGo(v int32) bool {
	u, w := t.items[v].prev, t.items[v].next
	a, b, c := t.items[u].at, t.items[v].at, t.items[w].at
	for k := t.items[u].last; k != w; k = t.items[k].last {
		if offLine(t.items[k].at, a, c) > thinTolerance {
			return false
		}
	}
	turn := cross(a, b, c)
	if turn == 0 {
		return true // v lies on the line, between the two: the ring does not change
	}
	if turn < 0 {
		a, c = c, a
	}
	i0, j0 := t.bin(orb.Point{min(a[0], b[0], c[0]), min(a[1], b[1], c[1])})
	i1, j1 := t.bin(orb.Point{max(a[0], b[0], c[0]), max(a[1], b[1], c[1])})
	for j := max(0, j0); j <= min(t.height-1, j1); j++ {
		for i := max(0, i0); i <= min(t.width-1, i1); i++ {
			for n := t.bins[j*t.width+i]; n > 0; n = t.chained[n-1] {
				it := &t.items[n-1]
				if n-1 == v || it.gone || it.at == a || it.at == c {
					continue
				}
				if cross(a, b, it.at) >= 0 && cross(b, c, it.at) >= 0 && cross(c, a, it.at) >= 0 {
					return false
				}
			}
		}
	}
	return true
}

// ring returns what is left of the ring that first belonged to.
func (t *thinner) ring(first int32) orb.Ring {
	first = t.head(first)
	var r orb.Ring
	for v := first; ; {
		r = append(r, t.items[v].at)
		if v = t.items[v].next; v == first {
			return append(r, r[0])
		}
	}
}

// cross is above 0 where c lies left of the line a-b.
func cross(a, b, c orb.Point) float64 {
	return float64((b[0]-a[0])*(c[1]-a[1])) - float64((b[1]-a[1])*(c[0]-a[0]))
}

// offLine returns the distance from p to the segment a-b.
func offLine(p, a, b orb.Point) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	f := 0.0
	if l := float64(dx*dx) + float64(dy*dy); l > 0 {
		f = min(1, max(0, (float64((p[0]-a[0])*dx)+float64((p[1]-a[1])*dy))/l))
	}
	x, y := p[0]-a[0]-float64(f*dx), p[1]-a[1]-float64(f*dy)
	return math.Sqrt(float64(x*x) + float64(y*y))
}
