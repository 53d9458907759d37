package app_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/internal/app"
)

func TestRobustnessCalls(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string // on either stream
	}{
		{"no draws", []string{"--draws", "0"}, app.ExitCall, "--draws 0: want 1 to 1000000"},
		{"negative outreach draws", []string{"--outreach-draws=-1"}, app.ExitCall, "--outreach-draws -1: want 0 or more"},
		{"seed that is none", []string{"--seed", "x"}, app.ExitCall, "--seed"},
		{"a file for a folder", []string{"--out", file}, app.ExitData, "want a folder, found a file"},
	} {
		code, out, err := call(t, append([]string{"robustness", "sample"}, tt.args...)...)
		if code != tt.code || !strings.Contains(out+err, tt.says) {
			t.Errorf("%s: exit %d, printed %q; want exit %d and %q", tt.name, code, out+err, tt.code, tt.says)
		}
	}
}

// The files are complete and agree with what is printed. That draws are the same
// at any number of processors is tested in package study.
func TestRobustnessFiles(t *testing.T) {
	dir := t.TempDir()
	code, text, errs := call(t, "robustness", "sample", "--draws", "40", "--outreach-draws", "3", "--out", dir)
	if code != app.ExitDone || !strings.Contains(text, "40 draws") || !strings.Contains(text, "covered_in_need weighs 0.36") {
		t.Fatalf("exit %d, printed %q, %q; want the draws and the flip weights in words", code, text, errs)
	}
	if n := strings.Count(text, " required hubs are required in 95% of the draws or more."); n != 5 || !strings.Contains(text, "is required as the study is set, and in ") {
		t.Errorf("printed %q, want for each of 5 options which required hubs hang on the settings", text)
	}
	for name, rows := range map[string]int{"robustness_options.csv": 5, "robustness_sites.csv": 100, "robustness_areas.csv": 1000} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if got, err := csv.NewReader(f).ReadAll(); err != nil || len(got) < rows+1 {
			t.Errorf("%s: %d rows, %v; want %d at least", name, len(got)-1, err, rows)
		}
	}
	written, err := os.ReadFile(filepath.Join(dir, "robustness.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Options []struct {
			First float64   `json:"first_share"`
			Ranks []float64 `json:"rank_shares"`
		} `json:"options"`
		Sites []struct {
			ID string `json:"site_id"`
		} `json:"sites"`
	}
	if err := json.Unmarshal(written, &doc); err != nil || len(doc.Options) != 5 || len(doc.Sites) != 52 || doc.Options[0].First != doc.Options[0].Ranks[0] {
		t.Errorf("read back: %+v, %v; want 5 options and 52 sites", doc, err)
	}
}
