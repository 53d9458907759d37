package report_test

import (
	"context"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"hubreach/data"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// sampled is one run of the sample county, and the folder it was written to, for
// all tests: results are never changed.
var sampled = sync.OnceValues(func() (*study.Results, error) {
	files := data.Sample()
	text, err := fs.ReadFile(files, data.Study)
	if err != nil {
		return nil, err
	}
	s, err := study.ParseSpec(text, data.Study)
	if err != nil {
		return nil, err
	}
	return study.Run(context.Background(), s, study.Env{Open: func(path string) (io.ReadCloser, error) { return files.Open(path) }, Workers: 2})
})

var sampleWritten = sync.OnceValues(func() (string, error) {
	r, err := sampled()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "report-sample-")
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "run"), report.Write(context.Background(), r, filepath.Join(dir, "run"))
})

// TestMain takes away the folder of the sample county.
func TestMain(m *testing.M) {
	code := m.Run()
	if wrote {
		if dir, err := sampleWritten(); err == nil {
			os.RemoveAll(filepath.Dir(dir))
		}
	}
	os.Exit(code)
}

var wrote bool // sampleDir was asked for

// sampleRun returns the results of the sample county.
func sampleRun(t testing.TB) *study.Results {
	t.Helper()
	r, err := sampled()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sampleDir returns the folder of its files.
func sampleDir(t testing.TB) string {
	t.Helper()
	wrote = true
	dir, err := sampleWritten()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// A run on the sample county writes who loses by each closure, with the way to
// the site that is nearest now: rows of areas add up to their site's, but for rounding, and no
// journey is longer than its walk.
func TestSampleClosures(t *testing.T) {
	rows := table(t, sampleDir(t), "closures.csv")
	total, sum, areas := map[string]float64{}, map[string]float64{}, map[string]float64{}
	withBus, next := 0, 0
	for _, row := range rows {
		key := row["option_id"] + " " + row["site_id"]
		if row["lost_0_19"] == "" {
			total[key] = -1 // hidden
			continue
		}
		if row["area_code"] == "" {
			total[key] = number(t, row["lost_0_19"])
			continue
		}
		sum[key] += number(t, row["lost_0_19"])
		areas[key]++
		if row["next_site_id"] != "" {
			next++
		}
		if row["next_walk_min"] != "" && row["next_transit_min"] != "" {
			withBus++
		}
	}
	const half = 2.5 // people: each area, and the total, is rounded to five
	for key, n := range total {
		if got, ok := sum[key]; n >= 0 && ok && math.Abs(got-n) > half*(areas[key]+1) {
			t.Errorf("%s: areas add up to %g, want %g", key, got, n)
		}
	}
	if len(rows) == 0 || next == 0 || withBus == 0 {
		t.Errorf("%d rows, %d with a nearest site now, %d with a time by public transport: want some of each", len(rows), next, withBus)
	}
}
