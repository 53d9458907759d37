package tile_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"

	"hubreach/geo/shape"
	"hubreach/internal/tile"
)

// Closed lines across a window, around it, inside and beyond are cut as orb cuts
// them, number by number.
func TestClipAsOrb(t *testing.T) {
	const seed = 7
	random := rand.New(rand.NewPCG(seed, 0))
	window := orb.Bound{Min: orb.Point{100, 100}, Max: orb.Point{200, 200}}
	some, none := 0, 0
	for range 5000 {
		corner, wide := shape.Spot{X: random.IntN(250), Y: random.IntN(250)}, 1+random.IntN(300)
		var spots []shape.Spot
		for range 3 + random.IntN(6) {
			spots = append(spots, shape.Spot{X: corner.X + random.IntN(wide), Y: corner.Y + random.IntN(wide)})
		}
		spots = append(spots, spots[0])
		var ring orb.Ring
		for _, s := range spots {
			ring = append(ring, orb.Point{float64(s.X), float64(s.Y)})
		}
		got, want := tile.Clip(spots, window), orb.LineString(clip.Ring(window, ring))
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: %v is cut to %v, want %v", seed, spots, got, want)
		}
		if len(got) > 0 {
			some++
		} else {
			none++
		}
	}
	if some == 0 || none == 0 {
		t.Errorf("%d lines with something left, %d without; want some of each", some, none)
	}
}
