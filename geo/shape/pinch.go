package shape

// unpinched returns rings around the same ground that fall apart into polygons
// as they should: where a hole meets the ring around it, or another hole, at two
// spots, the ground between is in two pieces, each with a ring of its own. Rings
// that meet nowhere, which nearly all do, come back as they are.
func unpinched(rings [][]Spot) [][]Spot {
	if len(rings) < 2 {
		return rings
	}
	visits := map[Spot]int{}
	pinched := false
	for _, ring := range rings {
		for _, s := range ring[1:] {
			visits[s]++
			pinched = pinched || visits[s] > 1
		}
	}
	if !pinched {
		return rings
	}
	var out [][]Spot
	for _, line := range retraced(ways(rings, visits)) {
		out = append(out, simple(line)...)
	}
	return out
}

// way is a side of a ring, walked with the ground on its left (Y pointing up).
type way struct{ from, to Spot }

// ways turns every side so that the ground is on its left. It asks where that is
// at the beginning of each ring and wherever rings meet; in between it stays on
// the same hand.
func ways(rings [][]Spot, visits map[Spot]int) []way {
	var out []way
	for _, ring := range rings {
		left := false
		for i := 1; i < len(ring); i++ {
			w := way{ring[i-1], ring[i]}
			if i == 1 || visits[w.from] > 1 {
				left = w.leftOf(rings)
			}
			if !left {
				w.from, w.to = w.to, w.from
			}
			out = append(out, w)
		}
	}
	return out
}

// leftOf reports whether the ground that rings bound by the even-odd rule is on
// the left of w, one of their sides. From its middle it looks along an axis,
// east, or north if w itself runs east or west, and counts the other sides in
// sight: if they are odd, the ground is where it looks.
func (w way) leftOf(rings [][]Spot) bool {
	level := w.from.Y == w.to.Y
	odd := false
	for _, ring := range rings {
		for i := 1; i < len(ring); i++ {
			if p, q := ring[i-1], ring[i]; p != w.from || q != w.to {
				if w.sees(p, q, level) {
					odd = !odd
				}
			}
		}
	}
	if level {
		return odd == (w.to.X > w.from.X)
	}
	return odd == (w.to.Y < w.from.Y)
}

// sees reports whether whoever looks from the middle of w north, or else east,
// has the side from p to q in sight.
func (w way) sees(p, q Spot, north bool) bool {
	// On the lattice of half the width the middle is a spot.
	x, y := w.from.X+w.to.X, w.from.Y+w.to.Y
	px, py, qx, qy := 2*p.X, 2*p.Y, 2*q.X, 2*q.Y
	if north {
		x, y, px, py, qx, qy = y, x, py, px, qy, qx
	}
	if (py > y) == (qy > y) {
		return false
	}
	cross := (qx-px)*(y-py) - (x-px)*(qy-py)
	return cross != 0 && (cross > 0) == (qy > py)
}

// retraced strings ways together, each going on along the ground on its own left
// at a spot where several meet. As many end at a spot as begin there, unless
// lines cross: what comes to a dead end then bounds nothing.
func retraced(ways []way) [][]Spot {
	leaving := map[Spot][]int{}
	for n, w := range ways {
		leaving[w.from] = append(leaving[w.from], n)
	}
	var lines [][]Spot
	walked := make([]bool, len(ways))
	for n := range ways {
		if walked[n] {
			continue
		}
		line := []Spot{ways[n].from}
		for k := n; k >= 0 && !walked[k]; k = onward(ways, k, leaving[ways[k].to]) {
			walked[k] = true
			line = append(line, ways[k].to)
		}
		lines = append(lines, line)
	}
	return lines
}

// onward returns which of the ways that leave the end of way k bounds the ground
// on its left there: the first one clockwise (Y pointing up) from the way back;
// -1 for none.
func onward(ways []way, k int, leaving []int) int {
	at, back := ways[k].to, ways[k].from
	best := -1
	for _, n := range leaving {
		if best < 0 || sooner(at, back, ways[n].to, ways[best].to) {
			best = n
		}
	}
	return best
}

// sooner reports whether somebody at a spot who faces another, back, and turns
// clockwise (Y pointing up) faces u before v.
func sooner(at, back, u, v Spot) bool {
	half := func(s Spot) int {
		switch t := turn(at, back, s); {
		case t < 0:
			return 0
		case t == 0:
			return 1
		}
		return 2
	}
	if a, b := half(u), half(v); a != b {
		return a < b
	}
	return turn(at, u, v) < 0
}
