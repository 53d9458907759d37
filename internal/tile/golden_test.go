package tile_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/encoding/wkt"

	"hubreach/internal/tile"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// decoded writes a tile as text: layers, features with their ids, attributes and
// geometry in the tile's units.
func decoded(t testing.TB, body []byte) string {
	t.Helper()
	layers, err := mvt.Unmarshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, l := range layers {
		fmt.Fprintf(&b, "layer %s, version %d, extent %d\n", l.Name, l.Version, l.Extent)
		for _, f := range l.Features {
			fmt.Fprintf(&b, "  feature %.0f\n", f.ID)
			for _, key := range slices.Sorted(maps.Keys(f.Properties)) {
				fmt.Fprintf(&b, "    %s = %v\n", key, f.Properties[key])
			}
			fmt.Fprintf(&b, "    %s\n", wkt.MarshalString(f.Geometry))
		}
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// Tiles of a county of three areas, as text: all of it at zoom 13, where it lies
// across four tiles, and at zoom 8, where the yard of 20 m is a dot.
func TestGolden(t *testing.T) {
	s, err := tile.New(small(), tile.Params{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		c    tile.Choice
		id   tile.ID
	}{
		{"near.txt", tile.All, tile.ID{Z: 13, X: 4107, Y: 2732}},
		{"far.txt", tile.Areas | tile.Outreach, tile.ID{Z: 8, X: 128, Y: 85}},
	} {
		body, err := s.Tile(t.Context(), tt.c, tt.id, tile.Plain)
		if err != nil || len(body) == 0 {
			t.Errorf("%s: tile %v: %d bytes, %v", tt.name, tt.id, len(body), err)
			continue
		}
		golden(t, tt.name, decoded(t, body))
	}
	j, err := s.TileJSON(tile.All, "https://example.org/tiles/{z}/{x}/{y}.mvt")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "tilejson.json", string(j)+"\n")
}

// Without streets the set is empty, and TileJSON says so.
func TestNoStreets(t *testing.T) {
	r := small()
	r.Lines = nil
	s, err := tile.New(r, tile.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	body, err := s.Tile(t.Context(), tile.Streets, tile.ID{Z: 13, X: 4107, Y: 2732}, tile.Gzip)
	if len(body) != 0 || err != nil {
		t.Errorf("%d bytes, %v; want none", len(body), err)
	}
	j, err := s.TileJSON(tile.Streets, "x")
	if err != nil || !strings.Contains(string(j), `"vector_layers": []`) || !strings.Contains(string(j), "no streets") {
		t.Errorf("TileJSON %s, %v; want no layers, and a word about it", j, err)
	}
}
