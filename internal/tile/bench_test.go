package tile_test

import (
	"fmt"
	"testing"

	"hubreach/internal/tile"
)

// One tile over the middle of the sample county, made anew: cut, encoded and
// packed, its level drawn beforehand.
func BenchmarkTile(b *testing.B) {
	s, err := tile.New(sample(b), tile.Params{})
	if err != nil {
		b.Fatal(err)
	}
	for _, zoom := range []uint8{8, 10, 12} {
		for _, e := range []tile.Encoding{tile.Plain, tile.Gzip, tile.Brotli} {
			b.Run(fmt.Sprintf("zoom=%d/%s", zoom, e), func(b *testing.B) {
				size := 0
				for b.Loop() {
					body, err := s.Tile(b.Context(), tile.Areas, over(zoom), e)
					if err != nil {
						b.Fatal(err)
					}
					size = len(body)
				}
				b.ReportMetric(float64(size), "B/tile")
			})
		}
	}
}

// Every tile of a zoom with polygons, cut anew: what lies across the edges of
// tiles has to be clipped, and catchments there are full of holes.
func BenchmarkZoom(b *testing.B) {
	s, err := tile.New(sample(b), tile.Params{})
	if err != nil {
		b.Fatal(err)
	}
	for _, zoom := range []uint8{10, 14} {
		b.Run(fmt.Sprintf("zoom=%d", zoom), func(b *testing.B) {
			tiles := covering(b, zoom)
			all := func() {
				for _, id := range tiles {
					if _, err := s.Tile(b.Context(), tile.Areas|tile.Catchments|tile.Outreach, id, tile.Plain); err != nil {
						b.Fatal(err)
					}
				}
			}
			all() // draws the levels
			for b.Loop() {
				all()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(tiles)), "µs/tile")
		})
	}
}

// The first tile of a zoom: its level is drawn.
func BenchmarkLevel(b *testing.B) {
	for _, zoom := range []uint8{8, 12} {
		b.Run(fmt.Sprintf("zoom=%d", zoom), func(b *testing.B) {
			for b.Loop() {
				s, err := tile.New(sample(b), tile.Params{})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := s.Tile(b.Context(), tile.Areas, over(zoom), tile.Plain); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
