package shape

import "math"

// SimplifyLine returns line with fewer spots: none that is left out is farther
// than tolerance from the straight piece that replaces it. The ends stay; a
// closed line around ground keeps at least three different spots.
//
// Source: D. Douglas and T. Peucker, "Algorithms for the reduction of the number
// of points required to represent a digitized line or its caricature",
// Cartographica 10 (1973), 112-122.
func SimplifyLine(line []Spot, tolerance float64) []Spot {
	if len(line) < 3 {
		return line
	}
	keep := make([]bool, len(line))
	last := len(line) - 1
	keep[0], keep[last] = true, true
	if line[0] == line[last] {
		// A ring has no straight piece to begin with: hold it at the spot farthest
		// from its end, and at the one farthest from the line between the two.
		far, _ := farthestFrom(line, 0, last)
		keep[far] = true
		a, da := farthestFrom(line, 0, far)
		b, db := farthestFrom(line, far, last)
		if da >= db {
			keep[a] = true
		} else {
			keep[b] = true
		}
	}
	from := 0
	for to := 1; to <= last; to++ {
		if keep[to] {
			reduce(line, from, to, tolerance, keep)
			from = to
		}
	}
	var out []Spot
	for i, k := range keep {
		if k {
			out = append(out, line[i])
		}
	}
	return out
}

// reduce marks the spots to keep between two that are kept.
func reduce(line []Spot, from, to int, tolerance float64, keep []bool) {
	type piece struct{ from, to int }
	for todo := []piece{{from, to}}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if far, d := farthestFrom(line, p.from, p.to); far > p.from && d > tolerance {
			keep[far] = true
			todo = append(todo, piece{p.from, far}, piece{far, p.to})
		}
	}
}

// farthestFrom returns which spot between two of a line is farthest from the
// straight piece between them, the first of several, and how far it is. Without
// a spot between it returns from and 0.
func farthestFrom(line []Spot, from, to int) (int, float64) {
	at, most := from, 0.0
	for i := from + 1; i < to; i++ {
		if d := distance(line[i], line[from], line[to]); d > most || at == from {
			at, most = i, d
		}
	}
	return at, most
}

// distance returns how far p is from the straight piece from a to b. The sums
// are of whole numbers, exact below 2^53, so that they do not depend on the
// processor.
func distance(p, a, b Spot) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	px, py := p.X-a.X, p.Y-a.Y
	length := dx*dx + dy*dy
	along := px*dx + py*dy
	switch {
	case length == 0 || along <= 0:
		return math.Sqrt(float64(px*px + py*py))
	case along >= length:
		qx, qy := p.X-b.X, p.Y-b.Y
		return math.Sqrt(float64(qx*qx + qy*qy))
	}
	cross := px*dy - py*dx
	return math.Abs(float64(cross)) / math.Sqrt(float64(length))
}
