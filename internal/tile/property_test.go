package tile_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/planar"

	"hubreach/geo/shape"
	"hubreach/internal/tile"
)

// covering lists the tiles of a zoom over the sample county.
func covering(t testing.TB, zoom uint8) []tile.ID {
	return setsOf(t).TilesOf(tile.Archive{Sets: tile.All, Least: zoom, Most: zoom})
}

// layersOf decodes a tile of the sample county.
func layersOf(t testing.TB, c tile.Choice, id tile.ID) mvt.Layers {
	t.Helper()
	layers, err := mvt.Unmarshal(plain(t, c, id))
	if err != nil {
		t.Fatalf("tile %v: %v", id, err)
	}
	return layers
}

// Nothing is lost between tiles: at each zoom, what the tiles hold of each area
// within their own edges adds up to the area as it is drawn whole; and every ring
// runs as the format asks.
func TestTilesAddUp(t *testing.T) {
	own := orb.Bound{Max: orb.Point{tile.Extent, tile.Extent}}
	for _, zoom := range []uint8{7, 10, 12} {
		got := map[string]float64{}
		for _, id := range covering(t, zoom) {
			for _, l := range layersOf(t, tile.Areas, id) {
				if l.Name != "areas" {
					continue
				}
				if l.Version != 2 {
					t.Fatalf("tile %v: version %d", id, l.Version)
				}
				for _, f := range l.Features {
					for _, p := range polygonsOf(f.Geometry) {
						for k, r := range p {
							if (r.Orientation() == orb.CCW) != (k == 0) { // Y points down
								t.Fatalf("tile %v, %v: ring %d runs the wrong way", id, f.Properties["area_code"], k)
							}
						}
						got[f.Properties["area_code"].(string)] += math.Abs(planar.Area(clip.Polygon(own, p)))
					}
				}
			}
		}
		faces, _ := setsOf(t).Faces(zoom)
		for i, a := range sample(t).County.Areas {
			want, around := 0.0, 0
			for _, f := range faces[i] {
				for k, r := range f {
					around += len(r)
					want += math.Abs(areaOf(r)) * map[bool]float64{true: 1, false: -1}[k == 0]
				}
			}
			// Where a side leaves a tile it is cut at a whole unit: half a unit off, along
			// a side.
			if tolerance := 8 + 0.01*want; math.Abs(got[string(a.Code)]-want) > tolerance {
				t.Errorf("zoom %d: area %s is %.0f square units in the tiles, %.0f whole", zoom, a.Code, got[string(a.Code)], want)
			}
		}
	}
}

func polygonsOf(g orb.Geometry) orb.MultiPolygon {
	if p, ok := g.(orb.Polygon); ok {
		return orb.MultiPolygon{p}
	}
	return g.(orb.MultiPolygon)
}

func areaOf(r []shape.Spot) float64 {
	sum := 0
	for i := 1; i < len(r); i++ {
		sum += r[i-1].X*r[i].Y - r[i].X*r[i-1].Y
	}
	return float64(sum) / 2
}

// The whole county is as large on the deepest zoom as on the globe's projection:
// simplification moves borders to and fro, and loses no ground.
func TestCountyKeepsItsArea(t *testing.T) {
	whole := func(zoom uint8) float64 {
		faces, _ := setsOf(t).Faces(zoom)
		sum := 0.0
		for _, fs := range faces {
			for _, f := range fs {
				for _, r := range f {
					sum += areaOf(r) // holes run the other way
				}
			}
		}
		return sum / math.Ldexp(1, 2*int(zoom)) // square units of zoom 0
	}
	want := whole(tile.Deepest)
	for zoom := uint8(6); zoom < tile.Deepest; zoom++ {
		if got := whole(zoom); math.Abs(got-want) > 0.01*want {
			t.Errorf("zoom %d: %.5f, want %.5f within one in a hundred", zoom, got, want)
		}
	}
}

// side is a piece of border between two spots.
type side [2]shape.Spot

func sidesOf(faces []shape.Face) []side {
	var out []side
	for _, f := range faces {
		for _, r := range f {
			for i := 1; i < len(r); i++ {
				out = append(out, side{r[i-1], r[i]})
			}
		}
	}
	return out
}

// At every zoom a side of an area is, the other way round, a side of its
// neighbour, unless it is one of the county's own outline: there are no cracks
// and no overlaps. Target areas have no sides but those of areas. Farther out than
// zoom 4 a unit is over 300 m wide, and areas fall on one another.
func TestNeighboursShareBorders(t *testing.T) {
	for zoom := uint8(4); zoom <= tile.Deepest; zoom++ {
		faces, outline := setsOf(t).Faces(zoom)
		count := map[side]int{}
		for _, fs := range faces {
			for _, s := range sidesOf(fs) {
				count[s]++
			}
		}
		rim := map[side]bool{}
		for _, l := range outline {
			for i := 1; i < len(l); i++ {
				rim[side{l[i-1], l[i]}], rim[side{l[i], l[i-1]}] = true, true
			}
		}
		for s, n := range count {
			back := count[side{s[1], s[0]}]
			if n > 1 || back != 1 && !rim[s] || back > 0 && rim[s] {
				t.Errorf("zoom %d: side %v is there %d times, and %d times the other way; on the county's outline: %t", zoom, s, n, back, rim[s])
			}
		}
		for _, fs := range setsOf(t).TargetFaces(zoom) {
			for _, s := range sidesOf(fs) {
				if count[s] == 0 && len(faces) > 0 && len(fs[0][0]) != 5 { // a dot has five spots
					t.Errorf("zoom %d: side %v of a target area is no side of an area", zoom, s)
				}
			}
		}
	}
}

// Every area can be seen at every zoom, and has one id in all tiles.
func TestEveryAreaEverywhere(t *testing.T) {
	ids := map[string]any{}
	for zoom := range uint8(12) {
		seen := map[string]bool{}
		for _, id := range covering(t, zoom) {
			for _, l := range layersOf(t, tile.Areas, id) {
				for _, f := range l.Features {
					code, ok := f.Properties["area_code"].(string)
					if !ok { // a settlement
						continue
					}
					seen[code] = true
					if ids[code] == nil {
						ids[code] = f.ID
					}
					if f.ID != ids[code] {
						t.Errorf("tile %v: %s has the id %v, elsewhere %v", id, code, f.ID, ids[code])
					}
				}
			}
		}
		if len(seen) != len(sample(t).County.Areas) {
			t.Errorf("zoom %d: %d areas, want %d", zoom, len(seen), len(sample(t).County.Areas))
		}
	}
	all := slices.Collect(maps.Values(ids))
	distinct := map[any]bool{}
	for _, id := range all {
		distinct[id] = true
	}
	if len(distinct) != len(all) {
		t.Errorf("%d ids for %d areas", len(distinct), len(all))
	}
}

// Points are in one tile each. Settlements are named at every zoom, areas from zoom 10.
func TestPointsOnce(t *testing.T) {
	for _, zoom := range []uint8{9, 10, 13} {
		count := map[string]int{}
		for _, id := range covering(t, zoom) {
			for _, l := range layersOf(t, tile.Areas|tile.Sites, id) {
				if l.Name == "areas" {
					continue
				}
				count[l.Name] += len(l.Features)
			}
		}
		want := map[string]int{"sites": len(sample(t).County.Sites), "settlements": len(sample(t).County.Settlements)}
		if zoom >= 10 {
			want["area_labels"] = len(sample(t).County.Areas)
		}
		if !maps.Equal(count, want) {
			t.Errorf("zoom %d: points %v, want %v", zoom, count, want)
		}
	}
}

// Tiles of edited options keep the borders and the ids, have a version of their
// own, and say what the new options say.
func TestWith(t *testing.T) {
	before, err := tile.New(small(), tile.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	r := small()
	edited := *r
	edited.Options = edited.Options[:1]
	after, err := before.With(&edited)
	if err != nil {
		t.Fatal(err)
	}
	if before.Version() == after.Version() {
		t.Errorf("both have the version %s", after.Version())
	}
	again, err := before.With(r)
	if err != nil || again.Version() != before.Version() {
		t.Errorf("the same results: version %s, want %s, %v", again.Version(), before.Version(), err)
	}
	id := tile.ID{Z: 13, X: 4107, Y: 2732}
	one, err := before.Tile(t.Context(), tile.All, id, tile.Plain)
	if err != nil {
		t.Fatal(err)
	}
	same, err := again.Tile(t.Context(), tile.All, id, tile.Plain)
	if err != nil || decoded(t, one) != decoded(t, same) {
		t.Errorf("the same results give another tile, %v", err)
	}
	fewer, err := after.Tile(t.Context(), tile.Outreach, id, tile.Plain)
	if err != nil || len(fewer) != 0 {
		t.Errorf("%d bytes of target areas, %v; the option that had them is gone", len(fewer), err)
	}
}
