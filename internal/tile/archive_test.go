package tile_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/internal/tile"
)

func TestNumberOf(t *testing.T) {
	// The examples of the PMTiles specification, version 3, section 4.1.
	for _, tt := range []struct {
		id   tile.ID
		want uint64
	}{
		{tile.ID{}, 0},
		{tile.ID{Z: 1}, 1},
		{tile.ID{Z: 1, Y: 1}, 2},
		{tile.ID{Z: 1, X: 1, Y: 1}, 3},
		{tile.ID{Z: 1, X: 1}, 4},
		{tile.ID{Z: 2}, 5},
		{tile.ID{Z: 12, X: 3423, Y: 1763}, 19078479},
	} {
		if got := tile.NumberOf(tt.id); got != tt.want {
			t.Errorf("NumberOf(%v) = %d, want %d", tt.id, got, tt.want)
		}
	}
}

// Every tile of a zoom has a number of its own, and the next number is that of a
// neighbour.
func TestNumbersAreACurve(t *testing.T) {
	const zoom, first = 5, 1 + 4 + 16 + 64 + 256
	at := map[uint64]tile.ID{}
	for x := range uint32(1 << zoom) {
		for y := range uint32(1 << zoom) {
			id := tile.ID{Z: zoom, X: x, Y: y}
			at[tile.NumberOf(id)-first] = id
		}
	}
	if len(at) != 1<<(2*zoom) {
		t.Fatalf("%d numbers for %d tiles", len(at), 1<<(2*zoom))
	}
	for n := uint64(1); n < uint64(len(at)); n++ {
		dx, dy := int(at[n].X)-int(at[n-1].X), int(at[n].Y)-int(at[n-1].Y)
		if dx*dx+dy*dy != 1 {
			t.Errorf("%v and %v follow each other and are no neighbours", at[n-1], at[n])
		}
	}
}

// archiveOf writes an archive of the sample county and returns its path.
func archiveOf(t *testing.T, a tile.Archive) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.pmtiles")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	last := -1
	err = setsOf(t).WriteArchive(t.Context(), f, a, func(done, total int) {
		if done < last || done > total {
			t.Errorf("told %d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// reader returns the folder of the npm package pmtiles, or skips the test.
func reader(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("HUBREACH_PMTILES")
	if dir == "" {
		dir = filepath.Join("..", "..", ".cache", "pmtiles", "node_modules", "pmtiles")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "package.json")); err != nil {
		t.Skipf("no npm package pmtiles in %s: scripts/test brings it; or set HUBREACH_PMTILES to its folder", dir)
	}
	return dir
}

// What an archive holds is read back by the npm package pmtiles: every tile, its
// bytes those that the server sends, from one directory and from leaves alike.
func TestArchiveReadBack(t *testing.T) {
	pkg := reader(t)
	for _, tt := range []struct {
		name string
		a    tile.Archive
	}{
		{"one directory", tile.Archive{Sets: tile.All, Least: 6, Most: 11}},
		{"leaves", tile.Archive{Sets: tile.Areas | tile.Streets, Least: 0, Most: 13}.WithRoot(60)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := setsOf(t)
			ids := append(s.TilesOf(tt.a), tile.ID{Z: 12}, tile.ID{Z: 7, X: 64, Y: 127}) // nothing there
			var list strings.Builder
			for _, id := range ids {
				fmt.Fprintln(&list, id)
			}
			cmd := exec.CommandContext(t.Context(), "node", filepath.Join("testdata", "archive.mjs"), pkg, archiveOf(t, tt.a))
			cmd.Stdin = strings.NewReader(list.String())
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("node: %v\n%s", err, stderr.String())
			}
			var got struct {
				Header struct {
					NumAddressedTiles, NumTileEntries, NumTileContents int
					Clustered                                          bool
					TileType, TileCompression, MinZoom, MaxZoom        int
					MinLon, MaxLat                                     float64
				}
				Metadata struct {
					Name   string
					Layers []struct{ ID string } `json:"vector_layers"`
				}
				Tiles map[string]*string
			}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			full := 0
			for _, id := range ids {
				body := plain(t, tt.a.Sets, id)
				want := "null"
				if len(body) > 0 {
					full++
					sum := sha256.Sum256(body)
					want = hex.EncodeToString(sum[:])
				}
				found := "null"
				if p := got.Tiles[id.String()]; p != nil {
					found = *p
				}
				if found != want {
					t.Errorf("tile %v: SHA-256 %s, want that of the server's %d bytes, %s", id, found, len(body), want)
				}
			}
			h := got.Header
			if h.NumAddressedTiles != full || h.NumTileContents > h.NumTileEntries || !h.Clustered || h.TileType != 1 || h.TileCompression != 2 ||
				h.MinZoom != int(tt.a.Least) || h.MaxZoom != int(tt.a.Most) || h.MinLon != 0.5592421 || h.MaxLat != 53.4388721 {
				t.Errorf("header %+v, want %d tiles of the sample county", h, full)
			}
			if got.Metadata.Name == "" || len(got.Metadata.Layers) < 3 || got.Metadata.Layers[0].ID != "areas" {
				t.Errorf("metadata %+v", got.Metadata)
			}
		})
	}
}

// The same results give the same bytes.
func TestArchiveTwice(t *testing.T) {
	a := tile.Archive{Sets: tile.Areas | tile.Outreach, Least: 8, Most: 10}
	first, err := os.ReadFile(archiveOf(t, a))
	if err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(archiveOf(t, a))
	if err != nil || !bytes.Equal(first, second) || len(first) < 16<<10 {
		t.Errorf("%d bytes, then %d, %v", len(first), len(second), err)
	}
}

func TestArchiveRefused(t *testing.T) {
	s := setsOf(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name string
		ctx  context.Context
		a    tile.Archive
		want error
	}{
		{"zooms the wrong way round", t.Context(), tile.Archive{Sets: tile.All, Least: 9, Most: 8}, tile.ErrBadTile},
		{"too deep", t.Context(), tile.Archive{Sets: tile.All, Most: tile.Deepest + 1}, tile.ErrBadTile},
		{"no set", t.Context(), tile.Archive{Most: 3}, tile.ErrNoSet},
		{"stopped", ended, tile.Archive{Sets: tile.All, Most: 3}, context.Canceled},
	} {
		f, err := os.Create(filepath.Join(t.TempDir(), "x.pmtiles"))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.WriteArchive(tt.ctx, f, tt.a, nil); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		f.Close()
	}
}
