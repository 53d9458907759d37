package tile_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"

	"hubreach/internal/tile"
)

// over is the tile of a zoom over the middle of the sample county.
func over(zoom uint8) tile.ID {
	m := maptile.At(orb.Point{0.8943, 53.2957}, maptile.Zoom(zoom))
	return tile.ID{Z: zoom, X: m.X, Y: m.Y}
}

// plain returns a tile of the sample county as it is.
func plain(t testing.TB, c tile.Choice, id tile.ID) []byte {
	t.Helper()
	body, err := setsOf(t).Tile(t.Context(), c, id, tile.Plain)
	if err != nil {
		t.Fatalf("Tile(%v, %v): %v", c, id, err)
	}
	return body
}

func TestEncodings(t *testing.T) {
	want := plain(t, tile.Areas, over(9))
	for e, open := range map[tile.Encoding]func(io.Reader) (io.Reader, error){
		tile.Gzip:   func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		tile.Brotli: func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		s, err := tile.New(sample(t), tile.Params{})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second by a compressor that has been used
			packed, err := s.Tile(t.Context(), tile.Areas, over(9), e)
			if err != nil || len(packed) >= len(want) {
				t.Fatalf("%s: %d bytes, %v; want fewer than %d", e, len(packed), err, len(want))
			}
			r, err := open(bytes.NewReader(packed))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s unpacked: %d bytes, %v; want those of the plain tile, %d", e, len(got), err, len(want))
			}
		}
	}
}

// Several sets in one tile are their layers one after another.
func TestSeveralSets(t *testing.T) {
	both, err := mvt.Unmarshal(plain(t, tile.Sites|tile.Areas, over(11)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range both {
		names = append(names, l.Name)
	}
	want := []string{"areas", "area_labels", "settlements", "sites"}
	if !slices.Equal(names, want) {
		t.Errorf("layers %q, want %q", names, want)
	}
}

func TestNoTile(t *testing.T) {
	s := setsOf(t)
	for _, tt := range []struct {
		name string
		c    tile.Choice
		id   tile.ID
		e    tile.Encoding
		want error
	}{
		{"no set", 0, over(9), tile.Plain, tile.ErrNoSet},
		{"a set that is not", tile.All + 1, over(9), tile.Plain, tile.ErrNoSet},
		{"too deep", tile.Areas, tile.ID{Z: tile.Deepest + 1}, tile.Plain, tile.ErrBadTile},
		{"beyond the world", tile.Areas, tile.ID{Z: 3, X: 8}, tile.Plain, tile.ErrBadTile},
		{"an encoding that is not", tile.Areas, over(9), tile.Brotli + 1, tile.ErrBadTile},
	} {
		if _, err := s.Tile(t.Context(), tt.c, tt.id, tt.e); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	for _, e := range []tile.Encoding{tile.Plain, tile.Gzip, tile.Brotli} {
		if body, err := s.Tile(t.Context(), tile.All, tile.ID{Z: 9}, e); len(body) != 0 || err != nil {
			t.Errorf("a tile in the Arctic, %q: %d bytes, %v; want none", e, len(body), err)
		}
	}
}

// A hundred who ask at once for a tile that is not there yet get the same bytes,
// and it is made once.
func TestStampede(t *testing.T) {
	s, err := tile.New(sample(t), tile.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	bodies := make([][]byte, 100)
	for i := range bodies {
		wg.Go(func() { bodies[i], _ = s.Tile(t.Context(), tile.Areas, over(10), tile.Gzip) })
	}
	wg.Wait()
	for _, b := range bodies {
		if len(b) == 0 || &b[0] != &bodies[0][0] {
			t.Fatal("somebody got another tile, or none")
		}
	}
	s.Settle() // weights are added up afterwards
	if u := s.Use(); u.Tiles != 1 || u.Bytes < uint64(len(bodies[0])) {
		t.Errorf("Use() = %+v, want one tile", u)
	}
}

// The cache does not outgrow its limit, and without one tiles are the same.
func TestCacheLimit(t *testing.T) {
	const limit = 50_000 // bytes: two tiles of zoom 10
	small, err := tile.New(sample(t), tile.Params{CacheBytes: limit})
	if err != nil {
		t.Fatal(err)
	}
	none, err := tile.New(sample(t), tile.Params{})
	if err != nil {
		t.Fatal(err)
	}
	first := over(11)
	for dx := range uint32(4) {
		for dy := range uint32(4) {
			id := tile.ID{Z: 11, X: first.X - 2 + dx, Y: first.Y - 2 + dy}
			kept, err := small.Tile(t.Context(), tile.All, id, tile.Gzip)
			if err != nil {
				t.Fatal(err)
			}
			made, err := none.Tile(t.Context(), tile.All, id, tile.Gzip)
			if err != nil || !bytes.Equal(made, kept) {
				t.Errorf("%v: %d bytes with a cache, %d without, %v", id, len(kept), len(made), err)
			}
		}
	}
	small.Settle()
	if u := small.Use(); u.Bytes > limit {
		t.Errorf("the cache holds %d bytes, want at most %d", u.Bytes, limit)
	}
}
