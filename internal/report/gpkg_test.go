package report_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// gdal runs a tool of GDAL and returns what it printed. Anything on standard
// error is a warning, and fails the test.
func gdal(t *testing.T, tool string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Skipf("%s is not installed (Debian: gdal-bin): the GeoPackage is not opened by GDAL here", tool)
	}
	var out, warnings bytes.Buffer
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Stdout, cmd.Stderr = &out, &warnings
	if err := cmd.Run(); err != nil || warnings.Len() > 0 {
		t.Fatalf("%s %s: %v\n%s", tool, strings.Join(args, " "), err, warnings.String())
	}
	return out.String()
}

// awkward is small with ids of options that SQLite takes for one another.
func awkward() *study.Results {
	r := small()
	third := r.Options[1]
	copied := *third.Assessment
	copied.Option.ID = "ONE.hub"
	third.Assessment = &copied
	fourth := third
	again := copied
	again.Option.ID = estate.OptionID("one-hub.2")
	fourth.Assessment = &again
	r.Options = append(r.Options, third, fourth)
	return r
}

func TestGeoPackageOpensInGDAL(t *testing.T) {
	path := filepath.Join(written(t, awkward()), "study.gpkg")
	listing := gdal(t, "ogrinfo", "-al", "-so", path)
	if strings.Contains(listing, "Warning") {
		t.Errorf("ogrinfo warns:\n%s", listing)
	}
	var layers []string
	for _, m := range regexp.MustCompile(`(?s)Layer name: (\S+).*?Geometry: ([^\n]+).*?Feature Count: (\d+)`).FindAllStringSubmatch(listing, -1) {
		layers = append(layers, strings.Join(m[1:], ", "))
	}
	slices.Sort(layers)
	// Three areas, two sites and two targets, each under four options; the losers
	// of three of them, five groups each.
	want := []string{
		"area_results, None, 12", "areas, Multi Polygon, 3",
		"areas_all, Multi Polygon, 3", "areas_one_hub, Multi Polygon, 3", "areas_one_hub_2, Multi Polygon, 3", "areas_one_hub_2_2, Multi Polygon, 3",
		"catchments, Multi Polygon, 2", "checks, None, 3", "closures, None, 0", "inputs, None, 3", "losers, None, 15", "not_assessed, None, 1", "options, None, 4",
		"outreach, Multi Polygon, 8", "sites, Point, 8", "transit, None, 0",
	}
	if diff := cmp.Diff(want, layers); diff != "" {
		t.Errorf("layers (-want +got):\n%s", diff)
	}
	if n := strings.Count(listing, `ID["EPSG",27700]`); n != 8 {
		t.Errorf("%d layers in EPSG:27700, want the 8 with geometry", n)
	}
}

// GDAL copies every layer, and GDAL's copy of a view holds the rows of
// areas.csv.
func TestGeoPackageConverts(t *testing.T) {
	dir := written(t, awkward())
	path := filepath.Join(dir, "study.gpkg")
	gdal(t, "ogr2ogr", "-f", "GPKG", filepath.Join(t.TempDir(), "copy.gpkg"), path)
	out := filepath.Join(t.TempDir(), "areas.csv")
	gdal(t, "ogr2ogr", "-f", "CSV", out, path, "areas_one_hub")
	got := table(t, filepath.Dir(out), "areas.csv")
	var want []map[string]string
	for _, row := range table(t, dir, "areas.csv") {
		if row["option_id"] == "one-hub" {
			want = append(want, row)
		}
	}
	// GDAL writes 3.0 as 3, and a yes as 1.
	same := cmp.Comparer(func(a, b string) bool { return plain(a) == plain(b) })
	if diff := cmp.Diff(want, got, same); diff != "" {
		t.Errorf("areas_one_hub is not areas.csv (-csv +layer):\n%s", diff)
	}
}

func plain(s string) string {
	switch s = strings.TrimSuffix(s, ".0"); s {
	case "true":
		return "1"
	case "false":
		return "0"
	}
	return s
}

// The GeoJSON is read by GDAL as well, valid and in degrees.
func TestCatchmentsOpenInGDAL(t *testing.T) {
	listing := gdal(t, "ogrinfo", "-al", "-so", filepath.Join(written(t, small()), "catchments.geojson"))
	for _, want := range []string{"Feature Count: 2", `ID["EPSG",4326]`, "Multi Polygon"} {
		if !strings.Contains(listing, want) {
			t.Errorf("ogrinfo does not say %q:\n%s", want, listing)
		}
	}
}
