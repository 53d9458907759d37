package tile_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"

	"hubreach/geo/shape"
	"hubreach/internal/tile"
)

// Polygons across a window, around it, inside and beyond, with holes and in
// several parts, are cut to valid ones of the size that orb finds, which cuts
// ring by ring.
func TestClip(t *testing.T) {
	w := shape.NewWorker()
	window := orb.Bound{Min: orb.Point{100, 100}, Max: orb.Point{200, 200}}
	some, none := 0, 0
	for seed := range uint64(3000) {
		random := rand.New(rand.NewPCG(seed, 11))
		faces := tangle(random)
		rings, cut := tile.Clip(faces, window)
		if !cut {
			t.Fatalf("seed %d: %v cannot be cut", seed, faces)
		}
		got := parts(rings)
		if !w.Valid(got) {
			t.Fatalf("seed %d: %v is cut to %v, which is not valid", seed, faces, got)
		}
		want, around := 0.0, 0.0
		for _, f := range faces {
			for _, r := range f {
				cut := clip.Ring(window, ringOf(r))
				want += planar.Area(cut)
				around += planar.Length(orb.LineString(ringOf(r)))
			}
		}
		// Cuts are put on whole units: each side moves by half a unit at most, along its
		// length.
		if size := planar.Area(got); size < abs(want)-around/2 || size > abs(want)+around/2 {
			t.Fatalf("seed %d: %v is cut to %v, of size %g, want %g", seed, faces, got, size, abs(want))
		}
		if len(rings) > 0 {
			some++
		} else {
			none++
		}
	}
	if some == 0 || none == 0 {
		t.Errorf("%d polygons with something left, %d without; want some of each", some, none)
	}
}

// tangle is what a few random lines bound.
func tangle(random *rand.Rand) []shape.Face {
	var lines [][]shape.Spot
	for range 1 + random.IntN(3) {
		corner, wide := shape.Spot{X: random.IntN(250), Y: random.IntN(250)}, 1+random.IntN(300)
		var line []shape.Spot
		for range 3 + random.IntN(9) {
			line = append(line, shape.Spot{X: corner.X + random.IntN(wide), Y: corner.Y + random.IntN(wide)})
		}
		lines = append(lines, append(line, line[0]))
	}
	return shape.Fill(shape.Noded(lines))
}

func ringOf(line []shape.Spot) orb.Ring {
	var r orb.Ring
	for _, s := range line {
		r = append(r, orb.Point{float64(s.X), float64(s.Y)})
	}
	return r
}

// parts puts rings together as readers of vector tiles do: an outer ring begins a
// polygon.
func parts(rings [][]shape.Spot) orb.MultiPolygon {
	var m orb.MultiPolygon
	for _, line := range rings {
		if r := ringOf(line); r.Orientation() == orb.CCW || len(m) == 0 {
			m = append(m, orb.Polygon{r})
		} else {
			m[len(m)-1] = append(m[len(m)-1], r)
		}
	}
	return m
}
