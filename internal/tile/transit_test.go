package tile_test

import (
	"bytes"
	"testing"

	"hubreach/internal/tile"
)

// Minutes by public transport are in the tiles of a study with a timetable, and
// nowhere in those of one without: no map may show what was not assessed.
func TestTransitOnlyWhereAssessed(t *testing.T) {
	without, err := tile.New(small(), tile.Params{})
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		sets *tile.Sets
		want bool
	}{"with a timetable": {setsOf(t), true}, "without": {without, false}} {
		b, err := tt.sets.TileJSON(tile.Areas, "{z}/{x}/{y}")
		if err != nil || bytes.Contains(b, []byte("transit_min_")) != tt.want {
			t.Errorf("%s: fields of public transport: want %t (%v)", name, tt.want, err)
		}
	}
}
