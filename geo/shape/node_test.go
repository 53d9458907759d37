package shape_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/geo/shape"
)

// spots turns pairs of numbers into a closed line.
func spots(xy ...int) []shape.Spot {
	var line []shape.Spot
	for i := 0; i < len(xy); i += 2 {
		line = append(line, shape.Spot{X: xy[i], Y: xy[i+1]})
	}
	return append(line, line[0])
}

func TestNodedFill(t *testing.T) {
	square := lattice(0, 0, 12, 12)
	for _, tt := range []struct {
		name  string
		lines [][]shape.Spot
		want  []shape.Face
	}{
		{"nothing", nil, nil},
		{"a square stays as it is", [][]shape.Spot{square}, []shape.Face{{square}}},
		{"twice the same is nothing", [][]shape.Spot{square, reversed(square)}, nil},
		// The sides of a bow tie cross at (2, 2).
		{"a bow tie", [][]shape.Spot{spots(0, 0, 4, 4, 4, 0, 0, 4)},
			[]shape.Face{{spots(0, 0, 2, 2, 0, 4)}, {spots(2, 2, 4, 0, 4, 4)}}},
		// A spot of one side lies on another: the ring falls in two.
		{"a side that touches another", [][]shape.Spot{spots(0, 0, 8, 0, 8, 6, 4, 0, 0, 6)},
			[]shape.Face{{spots(0, 0, 4, 0, 0, 6)}, {spots(4, 0, 8, 0, 8, 6)}}},
		// What clipping leaves of a U: its legs, and the cut edge between them walked
		// there and back.
		{"a side walked there and back", [][]shape.Spot{spots(0, 0, 2, 0, 10, 0, 12, 0, 12, 5, 10, 5, 10, 0, 2, 0, 2, 5, 0, 5)},
			[]shape.Face{{lattice(0, 0, 2, 5)}, {lattice(10, 0, 12, 5)}}},
		{"half of a side walked again", [][]shape.Spot{square, spots(0, 0, 6, 0, 6, 6, 0, 6)},
			[]shape.Face{{spots(6, 0, 12, 0, 12, 12, 0, 12, 0, 6, 6, 6)}}},
		// A hole from corner to corner parts the square, which it meets at two spots.
		{"a hole that meets its outer ring twice", [][]shape.Spot{square, spots(0, 0, 7, 5, 12, 12, 5, 7)},
			[]shape.Face{{spots(0, 0, 12, 0, 12, 12, 7, 5)}, {spots(0, 0, 5, 7, 12, 12, 0, 12)}}},
		// Two holes that meet at two spots have an island between them.
		{"holes that meet twice", [][]shape.Spot{square, spots(2, 2, 6, 2, 4, 6, 6, 10, 2, 10), spots(6, 2, 10, 2, 10, 10, 6, 10, 8, 6)},
			[]shape.Face{{square, reversed(spots(2, 2, 6, 2, 10, 2, 10, 10, 6, 10, 2, 10))}, {spots(6, 2, 8, 6, 6, 10, 4, 6)}}},
	} {
		got := shape.Fill(shape.Noded(tt.lines))
		if diff := cmp.Diff(tt.want, got, cmp.Transformer("fromLeast", fromLeast), sortFaces); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if !shape.NewWorker().Valid(polygons(got)) {
			t.Errorf("%s: %v is not valid", tt.name, got)
		}
	}
}

// sortFaces makes the order of faces no matter.
var sortFaces = cmp.Transformer("sortFaces", func(faces []shape.Face) [][][][2]int {
	var out [][][][2]int
	for _, f := range faces {
		var rings [][][2]int
		for _, r := range f {
			rings = append(rings, fromLeast(r))
		}
		out = append(out, rings)
	}
	slices.SortFunc(out, func(a, b [][][2]int) int { return slices.Compare(flat(a), flat(b)) })
	return out
})

func flat(rings [][][2]int) []int {
	var out []int
	for _, r := range rings {
		for _, s := range r {
			out = append(out, s[0], s[1])
		}
	}
	return out
}

// However lines tangle, they become valid polygons, and those cover what the
// lines bounded, but for a spot or two along them.
func TestNoded(t *testing.T) {
	w := shape.NewWorker()
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 3))
		wide := 10 + random.IntN(300) // a narrow lattice makes spots coincide
		var lines [][]shape.Spot
		for range 1 + random.IntN(3) {
			var xy []int
			for range 3 + random.IntN(20) {
				xy = append(xy, random.IntN(wide), random.IntN(wide))
			}
			lines = append(lines, spots(xy...))
		}
		faces := shape.Fill(shape.Noded(lines))
		if !w.Valid(polygons(faces)) {
			t.Fatalf("seed %d: %v is not valid, from %v", seed, faces, lines)
		}
		var rings [][]shape.Spot
		for _, f := range faces {
			rings = append(rings, f...)
		}
		for range 200 {
			x, y := random.Float64()*float64(wide), random.Float64()*float64(wide)
			const moved = 2.0 // units that rounding, time after time, may move a side
			if nearLine(lines, x, y) > moved && inside(lines, x, y) != inside(rings, x, y) {
				t.Fatalf("seed %d: (%g, %g) is in the lines or in the faces alone", seed, x, y)
			}
		}
	}
}

// nearLine is how far a place is from the nearest of the lines.
func nearLine(lines [][]shape.Spot, x, y float64) float64 {
	least := math.Inf(1)
	for _, l := range lines {
		for i := 1; i < len(l); i++ {
			ax, ay := float64(l[i-1].X), float64(l[i-1].Y)
			dx, dy := float64(l[i].X)-ax, float64(l[i].Y)-ay
			t := 0.0
			if length := dx*dx + dy*dy; length > 0 {
				t = max(0, min(1, ((x-ax)*dx+(y-ay)*dy)/length))
			}
			least = min(least, math.Hypot(x-ax-t*dx, y-ay-t*dy))
		}
	}
	return least
}
