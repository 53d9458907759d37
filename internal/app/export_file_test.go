package app_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/internal/app"
)

// A call that cannot be meant is refused before the study is run, and leaves
// nothing behind.
func TestExportRefused(t *testing.T) {
	dir, folder := t.TempDir(), filepath.Join(t.TempDir(), "a.pmtiles")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no ending", []string{"sample", "--out", filepath.Join(dir, "kent")}, app.ExitCall, "want .pmtiles, .geojson, .gpkg or .svg"},
		{"another ending", []string{"sample", "--out", filepath.Join(dir, "kent.zip")}, app.ExitCall, `".zip"`},
		{"no study", []string{"--out", filepath.Join(dir, "a.gpkg")}, app.ExitCall, "want a study file or --store"},
		{"a study and a store", []string{"sample", "--store", "x.gpkg", "--out", filepath.Join(dir, "a.gpkg")}, app.ExitCall, "one of them"},
		{"no such store", []string{"--store", filepath.Join(dir, "none.gpkg"), "--out", filepath.Join(dir, "a.gpkg")}, app.ExitData, "no such file"},
		{"a store and data", []string{"--store", "x.gpkg", "--data", dir, "--out", filepath.Join(dir, "a.gpkg")}, app.ExitCall, "--data goes with a study file"},
		{"zooms the wrong way round", []string{"sample", "--zoom", "9-8", "--out", filepath.Join(dir, "a.pmtiles")}, app.ExitCall, "--zoom"},
		{"too deep", []string{"sample", "--zoom", "6-15", "--out", filepath.Join(dir, "a.pmtiles")}, app.ExitCall, "0 to 14"},
		{"no such set", []string{"sample", "--sets", "roads", "--out", filepath.Join(dir, "a.pmtiles")}, app.ExitCall, "want areas"},
		{"no such layer", []string{"sample", "--layer", "roads", "--out", filepath.Join(dir, "a.geojson")}, app.ExitCall, "--layer"},
		{"no such folder", []string{"sample", "--zoom", "6", "--out", filepath.Join(dir, "nowhere", "a.pmtiles")}, app.ExitData, "nowhere"},
		{"a folder", []string{"sample", "--zoom", "6", "--out", folder}, app.ExitData, "want the name of a file"},
	} {
		code, out, err := call(t, append([]string{"export"}, tt.args...)...)
		if code != tt.code || !strings.Contains(err, tt.says) || strings.Contains(out, "Wrote") {
			t.Errorf("%s: exit %d, %q, %q; want exit %d and %q", tt.name, code, out, err, tt.code, tt.says)
		}
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// An export takes the place of the file that was there.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	tiles, layer, picture := filepath.Join(dir, "sample.pmtiles"), filepath.Join(dir, "sample.geojson"), filepath.Join(dir, "sample.svg")
	if err := os.WriteFile(tiles, []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(t.TempDir(), "kept.gpkg")
	if code, _, err := call(t, "load", "sample", "--store", kept); code != app.ExitDone {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"export", "sample", "--out", tiles, "--zoom", "8-10", "--sets", "areas,sites"},
		{"export", "--store", kept, "--out", layer, "--layer", "sites", "--option", "O2"},
		{"export", "--store", kept, "--out", picture, "--option", "O2"},
	} {
		if code, out, err := call(t, args...); code != app.ExitDone || !strings.Contains(out, "Wrote "+dir) {
			t.Fatalf("hubreach %v: exit %d, %q, %q", args, code, out, err)
		}
	}
	archive, err := os.ReadFile(tiles)
	if err != nil || !bytes.HasPrefix(archive, []byte("PMTiles\x03")) {
		t.Errorf("%d bytes of %q, %v; want an archive of version 3", len(archive), archive[:min(8, len(archive))], err)
	}
	text, err := os.ReadFile(layer)
	if err != nil {
		t.Fatal(err)
	}
	var sites struct {
		Features []struct {
			Properties struct {
				Option string `json:"option_id"`
			}
			Geometry struct {
				Type        string
				Coordinates [2]float64
			}
		}
	}
	if err := json.Unmarshal(text, &sites); err != nil || len(sites.Features) != 52 {
		t.Fatalf("%d sites, %v; want the sample's 52 under one option", len(sites.Features), err)
	}
	for _, f := range sites.Features {
		if f.Properties.Option != "O2" || f.Geometry.Type != "Point" || f.Geometry.Coordinates[0] < 0 || f.Geometry.Coordinates[1] < 53 {
			t.Errorf("site %+v, want a point of option O2 by longitude and latitude", f)
		}
	}
	drawn, err := os.ReadFile(picture)
	if err != nil || !bytes.HasPrefix(drawn, []byte("<svg ")) || !bytes.Contains(drawn, []byte("option O2, ")) {
		t.Errorf("%.200q, %v; want a map of option O2", drawn, err)
	}
	if left, err := os.ReadDir(dir); len(left) != 3 || err != nil {
		t.Errorf("in the folder: %v, %v; want the three files", left, err)
	}
}
