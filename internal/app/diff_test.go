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

// The sample county against itself, as a folder and as a study, and refused
// against what is no run.
func TestDiff(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	if code, _, errs := call(t, "run", "sample", "--out", dir); code != app.ExitDone {
		t.Fatalf("run: exit %d: %s", code, errs)
	}
	code, text, errs := call(t, "diff", dir, "sample")
	if code != app.ExitDone {
		t.Fatalf("diff: exit %d: %s", code, errs)
	}
	if !strings.Contains(text, "The fingerprints are the same") || !strings.Contains(text, "0 areas entered outreach, 0 left it, 0 changed category") {
		t.Errorf("the sample against itself:\n%s", text)
	}
	// Another threshold, written into the run's own words.
	b, err := os.ReadFile(filepath.Join(dir, "areas.csv"))
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other")
	if err := os.MkdirAll(other, 0o777); err != nil {
		t.Fatal(err)
	}
	summary, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"areas.csv": bytes.Replace(b, []byte(",edge_of_town,edge_of_town,"), []byte(",,,"), 1), "summary.json": summary} {
		if err := os.WriteFile(filepath.Join(other, name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	code, text, errs = call(t, "diff", dir, other, "--json")
	if code != app.ExitDone {
		t.Fatalf("diff --json: exit %d: %s", code, errs)
	}
	var d struct {
		Options []struct{ Left int }
	}
	if err := json.Unmarshal([]byte(text), &d); err != nil || len(d.Options) == 0 || d.Options[0].Left != 1 {
		t.Errorf("one area left its category: %v, %+v", err, d)
	}
	if code, _, errs := call(t, "diff", dir, t.TempDir()); code != app.ExitData || !strings.Contains(errs, "want the folder that hubreach run wrote") {
		t.Errorf("diff with an empty folder: exit %d, %s", code, errs)
	}
}
