package tile_test

import (
	"context"
	"runtime"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"

	"hubreach/geo/shape"
	"hubreach/internal/realdata"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// Every polygon of every tile of every layer at every zoom is valid by GEOS, in
// the units of its tile, and its rings run as the format asks: outer ones with Y
// pointing down clockwise, holes the other way.
func TestEveryPolygonIsValid(t *testing.T) {
	t.Run("sample", func(t *testing.T) { checkPolygons(t, setsOf(t)) })
	t.Run("Kent", func(t *testing.T) { checkPolygons(t, realSets(t, "kent.toml")) })
	t.Run("Newport", func(t *testing.T) { checkPolygons(t, realSets(t, "newport.toml")) })
}

// realSets returns the tiles of a study on real data.
func realSets(t *testing.T, name string) *tile.Sets {
	t.Helper()
	spec, open := realdata.Study(t, name)
	r, err := study.Run(context.Background(), spec, study.Env{Open: open, Workers: runtime.GOMAXPROCS(0), Lines: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := tile.New(r, tile.Params{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkPolygons looks at all tiles over a county that have polygons.
func checkPolygons(t *testing.T, s *tile.Sets) {
	const sets = tile.Areas | tile.Catchments | tile.Outreach
	w := shape.NewWorker()
	for zoom := range uint8(tile.Deepest + 1) {
		polygons, wrong := 0, 0
		for _, id := range s.TilesOf(tile.Archive{Sets: sets, Least: zoom, Most: zoom}) {
			body, err := s.Tile(t.Context(), sets, id, tile.Plain)
			if err != nil {
				t.Fatal(err)
			}
			layers, err := mvt.Unmarshal(body)
			if err != nil {
				t.Fatalf("tile %v: %v", id, err)
			}
			for _, l := range layers {
				for _, f := range l.Features {
					if f.Geometry.Dimensions() != 2 {
						continue
					}
					polygons++
					m := polygonsOf(f.Geometry)
					if why := wrongWith(w, m); why != "" {
						if wrong++; wrong <= 3 {
							t.Errorf("tile %v, layer %s, %v: %s: %v", id, l.Name, f.Properties, why, m)
						}
					}
				}
			}
		}
		t.Logf("zoom %d: %d polygons, %d not valid", zoom, polygons, wrong)
	}
}

// wrongWith returns what keeps a polygon of a tile from being one; "" if nothing.
func wrongWith(w *shape.Worker, m orb.MultiPolygon) string {
	for _, p := range m {
		for k, r := range p {
			if (r.Orientation() == orb.CCW) != (k == 0) { // Y points down
				return "a ring runs the wrong way"
			}
		}
	}
	if w.Valid(m) {
		return ""
	}
	return "not valid"
}
