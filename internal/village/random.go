package village

import "math/rand/v2"

// Random draws a village of about w by h cells, the same one for the same
// arguments: streets on a crooked lattice, some missing, some steps, drives,
// one-ways and worse, places and a few gates at the crossings, and rivers from
// top to bottom with a bridge here and there. It may fall into pieces. A side
// of fewer than five cells holds no street; a side of none or less, no village.
// Print it when a test fails: its String is its drawing.
func Random(seed uint64, w, h int) *Village {
	s := sketch{rng: rand.New(rand.NewPCG(seed, 0x7669_6c6c_6167_6500))} // #nosec G404 -- a seed has to draw the same village again
	for range max(h, 0) {
		s.cells = append(s.cells, blanks(max(w, 0)))
	}
	cols, rows := s.cuts(w), s.cuts(h)
	s.vertices(cols, rows)
	s.lines(cols, rows)
	s.rivers(cols)
	text := ""
	for _, r := range s.cells {
		text += "." + string(r) + "\n" // the dots keep empty lines and columns in their place
	}
	return MustParse(text)
}

// A sketch is a drawing in the making.
type sketch struct {
	rng   *rand.Rand
	cells [][]rune
}

func blanks(n int) []rune {
	r := make([]rune, n)
	for i := range r {
		r[i] = ' '
	}
	return r
}

// cuts returns the rows or columns of the lattice, two to five cells apart and
// at least one from either edge.
func (s *sketch) cuts(n int) []int {
	var at []int
	for x := 1; x < n-1; x += 2 + s.rng.IntN(4) {
		at = append(at, x)
	}
	return at
}

// vertices puts most crossings of the lattice in, the first in chance order as places.
func (s *sketch) vertices(cols, rows []int) {
	const places = "ABCDEFGIJKLMNOPQRSTUVWXYZ0123456789"
	const others = "+++++++++++++++++++glsko"
	for n, i := range s.rng.Perm(len(cols) * len(rows)) {
		c := rune(others[s.rng.IntN(len(others))])
		switch {
		case s.rng.Float64() < 0.1:
			continue
		case n < len(places):
			c = rune(places[n])
		}
		s.cells[rows[i/len(cols)]][cols[i%len(cols)]] = c
	}
}

// lines joins most vertices that are neighbours on the lattice.
func (s *sketch) lines(cols, rows []int) {
	for i, y := range rows {
		for j, x := range cols {
			if j+1 < len(cols) {
				s.line("--------------------=><#pcfxtriuw", x, y, cols[j+1], y)
			}
			if i+1 < len(rows) {
				s.line("||||||||||||||||||||Hv^#pcfxtriuw", x, y, x, rows[i+1])
			}
		}
	}
}

// line fills the cells between two vertices with one of the symbols, three
// times in four and if both are there.
func (s *sketch) line(symbols string, x0, y0, x1, y1 int) {
	c := rune(symbols[s.rng.IntN(len(symbols))])
	if s.rng.Float64() > 0.75 || s.cells[y0][x0] == ' ' || s.cells[y1][x1] == ' ' {
		return
	}
	for x := x0 + 1; x < x1; x++ {
		s.cells[y0][x] = c
	}
	for y := y0 + 1; y < y1; y++ {
		s.cells[y][x0] = c
	}
}

// rivers runs water between one in five pairs of columns, with a bridge for one
// line in three.
func (s *sketch) rivers(cols []int) {
	for j := 0; j+1 < len(cols); j++ {
		if s.rng.IntN(5) > 0 {
			continue
		}
		x := (cols[j] + cols[j+1]) / 2
		for _, row := range s.cells {
			if row[x] != ' ' && s.rng.IntN(3) == 0 {
				row[x] = '%'
			} else {
				row[x] = '~'
			}
		}
	}
}
