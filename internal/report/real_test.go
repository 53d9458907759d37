package report_test

import (
	"bytes"
	"encoding/json"
	"math"
	"path/filepath"
	"testing"

	"hubreach/internal/realdata"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// realStudy runs a study of data/studies on the real data, or skips the test and
// says so.
func realStudy(t *testing.T, name string) *study.Results {
	t.Helper()
	if testing.Short() {
		t.Skip("a run on the real data takes seconds: not with -short")
	}
	s, open := realdata.Study(t, name)
	r, err := study.Run(t.Context(), s, study.Env{Open: open, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// kentStudy is one run of Kent for all tests.
func kentStudy(t *testing.T) *study.Results {
	t.Helper()
	if kentResults == nil {
		kentResults = realStudy(t, "kent.toml")
	}
	return kentResults
}

var kentResults *study.Results // tests of a package run one after another

// A real county is written whole, adds up, and opens in GDAL.
func TestRealKent(t *testing.T) {
	r := kentStudy(t)
	dir := written(t, r)
	const tenth = 0.05 // people: what rounding takes from or gives to one area
	rows := table(t, dir, "areas.csv")
	if want := len(r.Options) * len(r.County.Areas); len(rows) != want {
		t.Fatalf("areas.csv has %d rows, want %d: one per option and area", len(rows), want)
	}
	covered, all := map[string]float64{}, map[string]float64{}
	for _, row := range rows {
		covered[row["option_id"]] += number(t, row["covered_0_19"])
		all[row["option_id"]] += number(t, row["population_0_19"])
	}
	var s struct {
		County struct {
			People float64 `json:"population_0_19"`
		}
		Options []struct {
			ID      string
			Covered float64 `json:"covered_0_19"`
		}
	}
	if err := json.Unmarshal(read(t, filepath.Join(dir, "summary.json")), &s); err != nil {
		t.Fatal(err)
	}
	tol := tenth * float64(len(r.County.Areas))
	for _, o := range s.Options {
		if math.Abs(o.Covered-covered[o.ID]) > tol || math.Abs(s.County.People-all[o.ID]) > tol {
			t.Errorf("option %s: %.1f of %.1f covered in summary.json, %.1f of %.1f in areas.csv", o.ID, o.Covered, s.County.People, covered[o.ID], all[o.ID])
		}
	}
	keepsToTheScreen(t, r)
	saysTheSummary(t, r)
	for _, o := range s.Options {
		const most = 600_000 // bytes
		if n := len(read(t, filepath.Join(dir, "map_"+o.ID+".svg"))); n > most {
			t.Errorf("map of option %s: %d bytes, want at most %d", o.ID, n, most)
		}
	}
	var b bytes.Buffer
	if err := report.Table(t.Context(), &b, r); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", b.String())
	gdal(t, "ogrinfo", "-al", "-so", filepath.Join(dir, "catchments.geojson"))
	gdal(t, "ogrinfo", "-al", "-so", filepath.Join(dir, "study.gpkg"))
	gdal(t, "ogr2ogr", "-f", "GPKG", filepath.Join(t.TempDir(), "copy.gpkg"), filepath.Join(dir, "study.gpkg"))
}
