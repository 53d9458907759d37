package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"hubreach/internal/app"
	"hubreach/internal/optimise/cbc"
)

func TestOptimiseExitCodes(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string // on either stream
	}{
		{"nothing asked for", nil, app.ExitCall, "--keep=N"},
		{"unknown model", []string{"--keep", "8", "--model", "best"}, app.ExitCall, "--model"},
		{"unknown tier", []string{"--keep", "8", "--tier", "sure"}, app.ExitCall, "--tier"},
		{"negative limit", []string{"--keep", "8", "--limit", "-1s"}, app.ExitCall, "--limit"},
		{"too many", []string{"--keep", "99", "--tier", "live"}, app.ExitData, "52 sites may be open, 99 are to be kept: short by 47"},
		{"one of nothing", []string{"--keep", "8", "--one-of", "S01,"}, app.ExitCall, "such as S01,S02"},
		{"needs nothing", []string{"--keep", "8", "--needs", "S02"}, app.ExitCall, "such as S02=S01"},
		{"one of two that are kept", []string{"--keep", "8", "--tier", "live", "--open", "S01,S02", "--one-of", "S01,S02,S03", "--one-of", "S04,S05"}, app.ExitData, "only one of them may be open"},
		{"needs one that closes", []string{"--keep", "8", "--tier", "live", "--open", "S02", "--close", "S01", "--needs", "S02=S01"}, app.ExitData, "S01 is closed, and a site that is kept needs it"},
		{"needs a site that is not there", []string{"--keep", "8", "--tier", "live", "--needs", "S02=S99"}, app.ExitData, `site "S99"`},
		{"live", []string{"--keep", "8", "--tier", "live"}, app.ExitDone, "of the best possible"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, err := call(t, append([]string{"optimise", "sample"}, tt.args...)...)
			if code != tt.code || !strings.Contains(out+err, tt.says) {
				t.Errorf("exit %d, printed %q; want exit %d and %q", code, out+err, tt.code, tt.says)
			}
		})
	}
}

// Without cbc the default tier is certified and says so, and asking for a proof
// fails in one line that says what to install.
func TestOptimiseWithoutSolver(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	code, out, err := call(t, "optimise", "sample", "--keep", "8")
	if code != app.ExitDone || !strings.Contains(out, "Certified: within ") || !strings.Contains(err, "install the package coinor-cbc") {
		t.Errorf("exit %d, %q, %q; want a certified answer and what to install", code, out, err)
	}
	code, _, err = call(t, "optimise", "sample", "--keep", "8", "--tier", "proven")
	if code != app.ExitData || strings.Count(err, "\n") != 1 || !strings.Contains(err, "install the package coinor-cbc, or ask for --tier certified") {
		t.Errorf("exit %d, %q; want one line that says what to install", code, err)
	}
}

// The files are complete, agree with each other, and are the same bytes at one
// processor and at many.
func TestOptimiseFiles(t *testing.T) {
	dir := t.TempDir()
	args := func(out string) []string {
		return []string{"optimise", "sample", "--keep", "20", "--district-min", "1", "--prices", "--closing", "--within", "0.01", "--tier", tier(), "--out", filepath.Join(dir, out)}
	}
	if code, _, err := call(t, args("first")...); code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if code, _, err := call(t, args("second")...); code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	a, b := files(t, filepath.Join(dir, "first")), files(t, filepath.Join(dir, "second"))
	if len(a) != 3 {
		t.Errorf("%d files, want optimise.json, optimise.csv and model.mps", len(a))
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs between two runs", name)
		}
	}
	var doc struct {
		Answer struct {
			Tier  string
			Open  int `json:"open_sites"`
			Value float64
			Bound float64
		}
		Options []struct {
			Share float64 `json:"share_of_best"`
		}
		Sites []struct {
			Chosen bool
			Price  *float64
		}
	}
	if err := json.Unmarshal(a["optimise.json"], &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Answer.Tier != tier() || doc.Answer.Open != 20 || doc.Answer.Bound < doc.Answer.Value || len(doc.Options) != 5 {
		t.Errorf("%+v, want 20 sites, %s, and five options", doc.Answer, tier())
	}
	rows, err := csv.NewReader(bytes.NewReader(a["optimise.csv"])).ReadAll()
	if err != nil || len(rows) != 1+len(doc.Sites) {
		t.Fatalf("optimise.csv: %d rows, %v; want a head and %d", len(rows), err, len(doc.Sites))
	}
	chosen := 0
	for i, s := range doc.Sites {
		if s.Chosen {
			chosen++
		}
		if row := rows[i+1]; (row[3] == "true") != s.Chosen || (row[4] != "") != (s.Price != nil) {
			t.Errorf("row %q, and the JSON says chosen %v", row, s.Chosen)
		}
	}
	if chosen != 20 {
		t.Errorf("%d sites chosen, want 20", chosen)
	}
	if !bytes.Contains(a["model.mps"], []byte("\n* y0001 = S01\n")) || !bytes.HasSuffix(a["model.mps"], []byte("ENDATA\n")) {
		t.Error("model.mps does not map its names, or does not end")
	}
}

// tier is the surest tier of this machine.
func tier() string {
	if _, err := cbc.Find(); err != nil {
		return "certified"
	}
	return "proven"
}

// A folder that is a file is refused before the work.
func TestOptimiseBadFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, err := call(t, "optimise", "sample", "--keep", "8", "--tier", "live", "--out", path)
	if code != app.ExitData || strings.Count(err, "\n") != 1 || !strings.Contains(err, "want a folder, found a file") {
		t.Errorf("exit %d, %q; want one line that names the folder", code, err)
	}
}
