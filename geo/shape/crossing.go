package shape

import "math"

// piece is a straight piece of an arc.
type piece struct {
	a, b Spot
	arc  int32
}

// box returns the least and greatest corner.
func (p piece) box() (low, high Spot) {
	return Spot{min(p.a.X, p.b.X), min(p.a.Y, p.b.Y)}, Spot{max(p.a.X, p.b.X), max(p.a.Y, p.b.Y)}
}

// meets reports whether two pieces have more in common than an end of both.
func (p piece) meets(q piece) bool {
	switch {
	case p.a == q.a && p.b == q.b, p.a == q.b && p.b == q.a:
		return true
	case p.a == q.a:
		return alike(p.a, p.b, q.b)
	case p.a == q.b:
		return alike(p.a, p.b, q.a)
	case p.b == q.a:
		return alike(p.b, p.a, q.b)
	case p.b == q.b:
		return alike(p.b, p.a, q.a)
	}
	a, b := turn(p.a, p.b, q.a), turn(p.a, p.b, q.b)
	c, d := turn(q.a, q.b, p.a), turn(q.a, q.b, p.b)
	// On one line they meet if their boxes do, which the caller has seen.
	return !(a > 0 && b > 0 || a < 0 && b < 0 || c > 0 && d > 0 || c < 0 && d < 0)
}

// Tangled reports whether a side of closed lines with an end that is loose meets
// another side, but for the end that it shares with the one before or after it.
// Where the sides between ends that are not loose are known not to, the lines
// are rings that do not touch.
func Tangled(rings [][]Spot, loose func(Spot) bool) bool {
	for r, ring := range rings {
		for i := 1; i < len(ring); i++ {
			if !loose(ring[i-1]) && !loose(ring[i]) {
				continue
			}
			p := piece{a: ring[i-1], b: ring[i]}
			for s, other := range rings {
				if p.tangledWith(other, i, r == s) {
					return true
				}
			}
		}
	}
	return false
}

// tangledWith reports whether p meets a side of a ring. If it is a side of it
// itself, the one that ends at spot i, its neighbours may share an end with it.
func (p piece) tangledWith(ring []Spot, i int, itself bool) bool {
	low, high := p.box()
	for k := 1; k < len(ring); k++ {
		q := piece{a: ring[k-1], b: ring[k]}
		if l, h := q.box(); l.X > high.X || low.X > h.X || l.Y > high.Y || low.Y > h.Y || itself && k == i {
			continue
		}
		gap := (k - i + len(ring) - 1) % (len(ring) - 1)
		beside := itself && (gap == 1 || gap == len(ring)-2)
		if p.meets(q) || !beside && (p.a == q.a || p.a == q.b || p.b == q.a || p.b == q.b) {
			return true
		}
	}
	return false
}

// alike reports whether u and v lie in the same direction from s.
func alike(s, u, v Spot) bool {
	return turn(s, u, v) == 0 && (u.X-s.X)*(v.X-s.X)+(u.Y-s.Y)*(v.Y-s.Y) > 0
}

// turn is positive when c lies to the left of the way from a to b, Y pointing up,
// and 0 when it lies on their line.
func turn(a, b, c Spot) int { return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X) }

// crossed marks the arcs that touch or cross another, or themselves, elsewhere
// than where they end.
func (m Mesh) crossed() []bool {
	var pieces []piece
	for n, a := range m {
		for i := 1; i < len(a.Line); i++ {
			pieces = append(pieces, piece{a.Line[i-1], a.Line[i], int32(n)})
		}
	}
	marked := make([]bool, len(m))
	newRaster(pieces).pairs(func(i, k int32) {
		if p, q := pieces[i], pieces[k]; p.meets(q) {
			marked[p.arc], marked[q.arc] = true, true
		}
	})
	return marked
}

// raster lists pieces by the cells that their boxes touch. There are about as
// many cells as pieces.
type raster struct {
	pieces []piece
	low    Spot
	side   int // of a cell
	wide   int // cells in a row
	starts []int32
	in     []int32 // pieces of cell c are in[starts[c]:starts[c+1]]
}

func newRaster(pieces []piece) *raster {
	r := &raster{pieces: pieces, side: 1, wide: 1}
	if len(pieces) == 0 {
		return r
	}
	low, high := pieces[0].box()
	for _, p := range pieces[1:] {
		l, h := p.box()
		low, high = Spot{min(low.X, l.X), min(low.Y, l.Y)}, Spot{max(high.X, h.X), max(high.Y, h.Y)}
	}
	r.low = low
	wide, tall := high.X-low.X+1, high.Y-low.Y+1
	r.side = max(1, int(math.Sqrt(float64(wide)*float64(tall)/float64(len(pieces)))))
	r.wide = wide/r.side + 1
	counts := make([]int32, r.wide*(tall/r.side+1)+1)
	for _, p := range pieces {
		r.cells(p, func(c int) { counts[c+1]++ })
	}
	for c := 1; c < len(counts); c++ {
		counts[c] += counts[c-1]
	}
	r.starts = append([]int32(nil), counts...)
	r.in = make([]int32, counts[len(counts)-1])
	for i, p := range pieces {
		r.cells(p, func(c int) {
			r.in[counts[c]] = int32(i)
			counts[c]++
		})
	}
	return r
}

// cells calls f with each cell that the box of p touches.
func (r *raster) cells(p piece, f func(cell int)) {
	low, high := p.box()
	for y := (low.Y - r.low.Y) / r.side; y <= (high.Y-r.low.Y)/r.side; y++ {
		for x := (low.X - r.low.X) / r.side; x <= (high.X-r.low.X)/r.side; x++ {
			f(y*r.wide + x)
		}
	}
}

// pairs calls f with every two pieces whose boxes meet, some of them more than
// once.
func (r *raster) pairs(f func(i, k int32)) {
	for c := 1; c < len(r.starts); c++ {
		in := r.in[r.starts[c-1]:r.starts[c]]
		for n, i := range in {
			l, h := r.pieces[i].box()
			for _, k := range in[:n] {
				low, high := r.pieces[k].box()
				if l.X <= high.X && low.X <= h.X && l.Y <= high.Y && low.Y <= h.Y {
					f(i, k)
				}
			}
		}
	}
}
