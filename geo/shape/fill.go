package shape

import "slices"

// Face is a polygon on a lattice: rings whose last spot is their first, the
// outer one first. Its outer ring runs anticlockwise where Y points up, and so
// clockwise on a screen, where Y points down; its holes run the other way.
type Face [][]Spot

// Fill returns the polygons that closed lines bound by the even-odd rule: the
// ground that an odd number of them run around. A line that comes back to a spot
// is cut in two there, and what is left without an inside is dropped. Lines that
// meet at spots alone, as those of a Mesh and of Noded do, give valid polygons;
// what lies where two cross is on the side of the greater.
func Fill(lines [][]Spot) []Face {
	var cut [][]Spot
	for _, line := range lines {
		cut = append(cut, simple(line)...)
	}
	var rings []nested
	for _, r := range unpinched(cut) {
		if twice := TwiceArea(r); twice != 0 {
			rings = append(rings, nested{line: r, twice: twice, box: boxOf(r)})
		}
	}
	// The greatest first: what runs around a ring stands before it.
	slices.SortStableFunc(rings, func(a, b nested) int { return abs(b.twice) - abs(a.twice) })
	var faces []Face
	for i := range rings {
		r := &rings[i]
		around := -1
		for k := i - 1; k >= 0; k-- {
			if rings[k].holds(r) {
				r.depth++
				around = max(around, k)
			}
		}
		if hole := r.depth%2 == 1; hole && rings[around].depth == r.depth-1 {
			r.face = rings[around].face
			faces[r.face] = append(faces[r.face], turned(r.line, r.twice < 0))
		} else {
			r.face = len(faces)
			faces = append(faces, Face{turned(r.line, r.twice > 0)})
		}
	}
	return faces
}

// nested is a ring and its place among the others.
type nested struct {
	line  []Spot
	twice int // its area, twice, negative when it runs clockwise
	box   [4]int
	depth int // rings around it
	face  int
}

// simple cuts a closed line wherever it comes back to a spot.
func simple(line []Spot) [][]Spot {
	var rings [][]Spot
	at := map[Spot]int{}
	var open []Spot
	for _, s := range line {
		first, again := at[s]
		if !again {
			at[s] = len(open)
			open = append(open, s)
			continue
		}
		if ring := open[first:]; len(ring) > 2 {
			rings = append(rings, append(slices.Clone(ring), s))
		}
		for _, gone := range open[first+1:] {
			delete(at, gone)
		}
		open = open[:first+1]
	}
	return rings
}

// TwiceArea is twice the area of a closed line of one spot or more, positive when
// it runs anticlockwise where Y points up.
func TwiceArea(r []Spot) int {
	sum := 0
	o := r[0]
	for i := 1; i+1 < len(r); i++ {
		sum += (r[i].X-o.X)*(r[i+1].Y-o.Y) - (r[i+1].X-o.X)*(r[i].Y-o.Y)
	}
	return sum
}

func abs(n int) int { return max(n, -n) }

func turned(r []Spot, right bool) []Spot {
	if !right {
		r = slices.Clone(r)
		slices.Reverse(r)
	}
	return r
}

// boxOf returns the least and greatest X and Y.
func boxOf(r []Spot) [4]int {
	b := [4]int{r[0].X, r[0].Y, r[0].X, r[0].Y}
	for _, s := range r[1:] {
		b = [4]int{min(b[0], s.X), min(b[1], s.Y), max(b[2], s.X), max(b[3], s.Y)}
	}
	return b
}

// holds reports whether most of r lies inside.
func (around *nested) holds(r *nested) bool {
	a, b := around.box, r.box
	return b[0] >= a[0] && b[1] >= a[1] && b[2] <= a[2] && b[3] <= a[3] && Holds(around.line, r.line)
}

// Holds reports whether most of a ring lies inside another: the middles of its
// sides are asked, since its spots may lie on the other ring.
func Holds(around, ring []Spot) bool {
	in := 0
	for i := 1; i < len(ring); i++ {
		if hasInside(around, Spot{ring[i-1].X + ring[i].X, ring[i-1].Y + ring[i].Y}) {
			in++
		}
	}
	return 2*in > len(ring)-1
}

// Inside reports whether a spot lies inside a ring; of one on the ring it may say
// either.
func Inside(ring []Spot, at Spot) bool { return hasInside(ring, Spot{2 * at.X, 2 * at.Y}) }

// hasInside reports whether a spot of the lattice of half the width is inside.
func hasInside(ring []Spot, at Spot) bool {
	in := false
	for i := 1; i < len(ring); i++ {
		p, q := ring[i-1], ring[i]
		px, py, qx, qy := 2*p.X, 2*p.Y, 2*q.X, 2*q.Y
		if (py > at.Y) == (qy > at.Y) {
			continue
		}
		// at is left of the side: compare without dividing.
		cross := (qx-px)*(at.Y-py) - (at.X-px)*(qy-py)
		if (cross > 0) == (qy > py) {
			in = !in
		}
	}
	return in
}
