package app_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"hubreach/internal/app"
)

func TestExitCodes(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string // on either stream
	}{
		{"no command", nil, app.ExitDone, "Usage: hubreach"},
		{"help", []string{"--help"}, app.ExitDone, "Commands:"},
		{"unknown command", []string{"plan"}, app.ExitCall, "unexpected argument plan"},
		{"missing argument", []string{"check"}, app.ExitCall, "<study>"},
		{"missing flag", []string{"run", "sample"}, app.ExitCall, "--out"},
		{"unknown flag", []string{"run", "sample", "--fast"}, app.ExitCall, "--fast"},
		{"no such study", []string{"check", "nowhere.toml"}, app.ExitData, "nowhere.toml"},
		{"no such folder", []string{"check", "app_test.go", "--data", "nowhere"}, app.ExitData, "bad study file"},
		{"version", []string{"version"}, app.ExitDone, "method 1"},
		{"version by a flag", []string{"--version"}, app.ExitDone, "method 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, err := call(t, tt.args...)
			if code != tt.code || !strings.Contains(out+err, tt.says) {
				t.Errorf("hubreach %v: exit %d, printed %q; want exit %d and %q", tt.args, code, out+err, tt.code, tt.says)
			}
		})
	}
}

// files reads a folder of results.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		out[d.Name()] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The files of design.md section 5, and a picture of each of the sample's options.
var contract = []string{
	"summary.json", "areas.csv", "sites.csv", "outreach.csv", "outreach.xlsx", "sheets_O1.html", "sheets_O2.html", "sheets_O3.html", "sheets_O4.html", "sheets_O5.html", "catchments.geojson", "transit.csv", "losers.csv", "equality.csv", "closures.csv", "closure_groups.csv", "services.csv", "study.gpkg",
	"map_O1.svg", "map_O2.svg", "map_O3.svg", "map_O4.svg", "map_O5.svg",
}

// A run of the sample county writes every file of the contract, the same bytes
// at one processor and at many, with a street graph built for it and with one
// that was kept, and every outreach category is there.
func TestRunSample(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first"), filepath.Join(dir, "second")
	code, out, err := callAfresh(t, "run", "sample", "--out", first, "--no-cache")
	if code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	if !strings.Contains(out, "Building threshold B") || !strings.Contains(out, first) {
		t.Errorf("printed %q, want the thresholds and where the files are", out)
	}
	cache := t.TempDir()
	if code, _, err := call(t, "check", "sample", "--cache", cache); code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	switch code, _, err := callAfresh(t, "run", "sample", "--out", second, "--cache", cache); {
	case code != app.ExitDone:
		t.Fatalf("exit %d: %s", code, err)
	case strings.Contains(err, "build the street graph"):
		t.Errorf("the street graph was kept, and built again: %s", err)
	}
	a, b := files(t, first), files(t, second)
	for _, name := range contract {
		if len(a[name]) == 0 {
			t.Errorf("%s is missing or empty", name)
		}
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs between two runs", name)
		}
	}
	if len(a) != len(contract) {
		t.Errorf("%d files, want the %d of the contract", len(a), len(contract))
	}
	var summary struct {
		Options []struct {
			ID       string         `json:"id"`
			Outreach map[string]int `json:"outreach"`
		} `json:"options"`
	}
	if err := json.Unmarshal(a["summary.json"], &summary); err != nil {
		t.Fatal(err)
	}
	if len(summary.Options) != 5 {
		t.Fatalf("%d options, want 5", len(summary.Options))
	}
	for _, category := range []string{"edge_of_town", "whole_town", "rural", "detached_youth"} {
		if summary.Options[0].Outreach[category] == 0 {
			t.Errorf("option %s has no area in category %s", summary.Options[0].ID, category)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%d entries beside the results, want the two folders only: %v", len(entries), err)
	}
}

func TestRunRefusesAForeignFolder(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(own, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, err := call(t, "run", "sample", "--out", dir)
	if code != app.ExitData || strings.Count(strings.TrimSpace(lastLine(err)), "\n") > 0 {
		t.Errorf("exit %d, %q; want exit 1 and one line", code, err)
	}
	if text, err := os.ReadFile(own); err != nil || string(text) != "mine" {
		t.Errorf("the user's file: %q, %v; want it untouched", text, err)
	}
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

func TestCompareSample(t *testing.T) {
	code, out, err := call(t, "compare", "sample", "O1", "O2", "--json")
	if code != app.ExitDone {
		t.Fatalf("exit %d: %s", code, err)
	}
	var c struct {
		A, B struct {
			Covered float64 `json:"covered_0_19"`
		}
		Groups []struct {
			Dimension          string
			Kept, Lost, Gained float64
		}
	}
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatal(err)
	}
	g := c.Groups[0]
	const tolerance = 2 * 2.5 // people: groups are rounded to five, each number by itself
	if d := g.Kept + g.Gained - c.B.Covered; d > tolerance || d < -tolerance {
		t.Errorf("kept %f and gained %f, want %f covered under B", g.Kept, g.Gained, c.B.Covered)
	}
	if d := g.Kept + g.Lost - c.A.Covered; d > tolerance || d < -tolerance {
		t.Errorf("kept %f and lost %f, want %f covered under A", g.Kept, g.Lost, c.A.Covered)
	}
	var table struct {
		Performance struct {
			Options  []string
			Criteria []struct{ Values []*float64 }
			Rivals   []struct{ Words string }
		}
	}
	if err := json.Unmarshal([]byte(out), &table); err != nil {
		t.Fatal(err)
	}
	if p := table.Performance; len(p.Options) != 2 || len(p.Criteria) < 14 || len(p.Rivals) != 1 || len(p.Criteria[0].Values) != 2 {
		t.Errorf("performance of %v: %d criteria, %d rivals; want two options over all criteria", p.Options, len(p.Criteria), len(p.Rivals))
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "summary.json"), []byte(`{"study":{"fingerprint":"0123456789abcdef"}}`), 0o666); err != nil {
		t.Fatal(err)
	}
	code, out, err = call(t, "compare", "sample", "O1", "O2", "O5", "--with", dir)
	if code != app.ExitData || out != "" || !strings.Contains(lastLine(err), "not the same study: its fingerprint is 0123456789ab, this study's is ") {
		t.Errorf("beside a run of another study: exit %d, %q, %q; want it refused with the reason", code, out, lastLine(err))
	}
	if code, _, err := call(t, "compare", "sample", "O1", "O9"); code != app.ExitData || !strings.Contains(err, "want one of O1, O2, O3, O4, O5") {
		t.Errorf("unknown option: exit %d, %q", code, err)
	}
}

func TestCheckSample(t *testing.T) {
	code, out, err := call(t, "check", "sample")
	if !strings.Contains(out, "Every area has a population") || !strings.Contains(err, "checks, ") {
		t.Errorf("printed %q and %q, want the checks and their count", out, err)
	}
	if code != app.ExitDone || strings.Contains(out, "FAILED") {
		t.Errorf("exit %d, %q; want every check of the sample to pass", code, out)
	}
}
