package tile_test

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"hubreach/internal/tile"
)

// GDAL's driver for vector tiles reads a folder of ours, as a desktop GIS would,
// and finds every area with its attributes, and every site where it stands.
func TestTilesOpenInGDAL(t *testing.T) {
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		t.Skip("no ogr2ogr: install gdal-bin")
	}
	const zoom = 10
	dir := t.TempDir()
	for _, id := range covering(t, zoom) {
		path := filepath.Join(dir, strconv.Itoa(zoom), strconv.Itoa(int(id.X)), strconv.Itoa(int(id.Y))+".mvt")
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, plain(t, tile.Areas|tile.Sites|tile.Outreach|tile.Catchments|tile.Streets, id), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	read := func(layer string, more ...string) [][]string {
		t.Helper()
		out := filepath.Join(t.TempDir(), layer+".csv")
		args := append([]string{"-f", "CSV", "-oo", "TILE_EXTENSION=mvt", "-oo", "CLIP=NO"}, more...)
		cmd := exec.CommandContext(t.Context(), "ogr2ogr", append(args, out, "MVT:"+filepath.Join(dir, strconv.Itoa(zoom)), layer)...)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("ogr2ogr %s: %v\n%s", layer, err, said)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%s: %d lines, %v", layer, len(rows), err)
		}
		return rows
	}
	for _, layer := range []string{"catchments", "outreach", "streets"} {
		read(layer)
	}
	areas := read("areas")
	at := map[string]int{}
	for i, name := range areas[0] {
		at[name] = i
	}
	ranks := map[string]string{}
	for _, row := range areas[1:] {
		ranks[row[at["area_code"]]] = row[at["need_rank"]]
	}
	r := sample(t)
	if len(ranks) != len(r.County.Areas) {
		t.Errorf("GDAL finds %d areas, want %d", len(ranks), len(r.County.Areas))
	}
	for i, a := range r.County.Areas {
		if want := strconv.Itoa(r.Need.Areas[i].Rank); r.Need.Areas[i].Known && ranks[string(a.Code)] != want {
			t.Errorf("%s: need_rank %q in GDAL, want %s", a.Code, ranks[string(a.Code)], want)
		}
	}
	// A unit of zoom 10 is 40,075 km / 2^10 / 4096 = 9.6 m on the projection's own
	// scale; its cosine makes less of it on the ground. 8 m there and the Helmert
	// transformation of both programs' own leave 15 m.
	sites := read("sites", "-t_srs", "EPSG:27700", "-lco", "GEOMETRY=AS_WKT")
	where := map[string]orb.Point{}
	for _, row := range sites[1:] {
		place, err := wkt.Unmarshal(row[0])
		if err != nil {
			t.Fatal(err)
		}
		where[column(sites, row, "site_id")] = place.Bound().Center()
	}
	for _, s := range r.County.Sites {
		at, ok := where[string(s.ID)]
		const tolerance = 15.0 // metres
		if !ok || abs(at[0]-s.At[0]) > tolerance || abs(at[1]-s.At[1]) > tolerance {
			t.Errorf("site %s is at %v in GDAL (found: %t), want %v", s.ID, at, ok, s.At)
		}
	}
}

func abs(f float64) float64 { return max(f, -f) }

// column returns the cell of a row by the name of its column.
func column(rows [][]string, row []string, name string) string {
	for i, n := range rows[0] {
		if n == name {
			return row[i]
		}
	}
	return ""
}
