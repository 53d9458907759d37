package shape_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo/shape"
)

// sides of a square on the lattice, anticlockwise where Y points up.
func lattice(x0, y0, x1, y1 int) []shape.Spot {
	return []shape.Spot{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}, {X: x0, Y: y0}}
}

func reversed(line []shape.Spot) []shape.Spot {
	back := make([]shape.Spot, len(line))
	for i, s := range line {
		back[len(line)-1-i] = s
	}
	return back
}

// twice is twice the area of a ring, positive when it runs anticlockwise.
func twice(r []shape.Spot) int {
	sum := 0
	for i := 1; i < len(r); i++ {
		sum += r[i-1].X*r[i].Y - r[i].X*r[i-1].Y
	}
	return sum
}

func TestFill(t *testing.T) {
	outer, hole, island, beside := lattice(0, 0, 9, 9), lattice(2, 2, 7, 7), lattice(3, 3, 5, 5), lattice(20, 0, 25, 5)
	for _, tt := range []struct {
		name  string
		lines [][]shape.Spot
		want  []shape.Face
	}{
		{"nothing", nil, nil},
		{"there and back", [][]shape.Spot{{{X: 0, Y: 0}, {X: 5, Y: 0}, {X: 0, Y: 0}}}, nil},
		{"a ring without an inside", [][]shape.Spot{{{X: 0, Y: 0}, {X: 5, Y: 0}, {X: 9, Y: 0}, {X: 0, Y: 0}}}, nil},
		{"one ring, the wrong way round", [][]shape.Spot{reversed(outer)}, []shape.Face{{outer}}},
		{"a hole, an island in it, and a part beside, in any order", [][]shape.Spot{beside, island, hole, reversed(outer)},
			[]shape.Face{{outer, reversed(hole)}, {beside}, {island}}},
		// Two squares that meet at (4, 4), walked as one figure of eight.
		{"a figure of eight", [][]shape.Spot{{{X: 4, Y: 4}, {X: 0, Y: 4}, {X: 0, Y: 0}, {X: 4, Y: 0}, {X: 4, Y: 4}, {X: 4, Y: 8}, {X: 8, Y: 8}, {X: 8, Y: 4}, {X: 4, Y: 4}}},
			[]shape.Face{{{{X: 4, Y: 4}, {X: 0, Y: 4}, {X: 0, Y: 0}, {X: 4, Y: 0}, {X: 4, Y: 4}}}, {{{X: 4, Y: 4}, {X: 8, Y: 4}, {X: 8, Y: 8}, {X: 4, Y: 8}, {X: 4, Y: 4}}}}},
		// A hole whose corner is on the outer ring.
		{"a hole that touches", [][]shape.Spot{outer, {{X: 0, Y: 0}, {X: 3, Y: 1}, {X: 3, Y: 3}, {X: 0, Y: 0}}}, []shape.Face{{outer, {{X: 0, Y: 0}, {X: 3, Y: 3}, {X: 3, Y: 1}, {X: 0, Y: 0}}}}},
	} {
		if diff := cmp.Diff(tt.want, shape.Fill(tt.lines), cmp.Transformer("fromLeast", fromLeast)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// fromLeast turns a ring so that it begins at its least spot: where a ring
// begins is no matter.
func fromLeast(r []shape.Spot) [][2]int {
	at := 0
	for i, s := range r {
		if s.X < r[at].X || s.X == r[at].X && s.Y < r[at].Y {
			at = i
		}
	}
	var out [][2]int
	for i := range len(r) - 1 {
		s := r[(at+i)%(len(r)-1)]
		out = append(out, [2]int{s.X, s.Y})
	}
	return out
}

// Faces cover what their lines bound, whichever way one asks, and no ring of
// theirs passes a spot twice.
func TestFillCovers(t *testing.T) {
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 7))
		shapes := ragged(random, 6)
		for i, lines := range shape.NewMesh(shapes, whole).Outlines(len(shapes)) {
			faces := shape.Fill(lines)
			var rings [][]shape.Spot
			for _, f := range faces {
				for k, r := range f {
					rings = append(rings, r)
					if (twice(r) > 0) != (k == 0) {
						t.Fatalf("seed %d, shape %d: ring %d runs the wrong way: %v", seed, i, k, r)
					}
					seen := map[shape.Spot]bool{}
					for _, s := range r[1:] {
						if seen[s] {
							t.Fatalf("seed %d, shape %d: a ring passes %v twice", seed, i, s)
						}
						seen[s] = true
					}
				}
			}
			for range 200 {
				x, y := 0.3+math.Floor(random.Float64()*620-10), 0.7+math.Floor(random.Float64()*620-10)
				if inside(lines, x, y) != inside(rings, x, y) {
					t.Fatalf("seed %d, shape %d: (%g, %g) is in the lines or in the faces alone", seed, i, x, y)
				}
			}
		}
	}
}
