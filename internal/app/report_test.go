package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/internal/app"
)

// The report comes in three forms, each whole; a call that cannot be meant is
// refused before the work, and leaves nothing.
func TestReport(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct{ name, begins, draws string }{
		{"paper.html", "<!DOCTYPE html>", "5"}, {"PAPER.PDF", "%PDF-", "0"}, {"paper.xlsx", "PK", "0"}, {"paper.gpkg", "SQLite format 3\x00", "0"},
	} {
		file := filepath.Join(dir, tt.name)
		args := []string{"report", "sample", "--out", file, "--draws", tt.draws}
		if tt.name != "paper.gpkg" { // which has them all
			args = append(args, "--options", "O5,O1")
		}
		code, out, errs := call(t, args...)
		if code != app.ExitDone || !strings.Contains(out, "The report is in") {
			t.Fatalf("%s: exit %d, %q, %q", tt.name, code, out, errs)
		}
		text, err := os.ReadFile(file)
		if err != nil || !bytes.HasPrefix(text, []byte(tt.begins)) || len(text) < 10_000 {
			t.Errorf("%s: %d bytes (%v), want a file that begins %q", tt.name, len(text), err, tt.begins)
		}
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no such form", []string{"--out", filepath.Join(dir, "paper.doc")}, app.ExitCall, "want a name that ends in .html, .pdf, .xlsx or .gpkg"},
		{"options of what has all", []string{"--out", filepath.Join(dir, "some.gpkg"), "--options", "O1"}, app.ExitCall, "leave --options out"},
		{"no such option", []string{"--out", filepath.Join(dir, "none.html"), "--options", "O9"}, app.ExitData, `option "O9"`},
		{"a folder", []string{"--out", mkdir(t, dir, "folder.html")}, app.ExitData, "found something else"},
		{"no such folder", []string{"--out", filepath.Join(dir, "not", "there.html"), "--draws", "0"}, app.ExitData, "want a folder that exists"},
		{"fewer than no draws", []string{"--out", filepath.Join(dir, "none.html"), "--draws=-1"}, app.ExitCall, "want 0 or more"},
	} {
		code, out, errs := call(t, append([]string{"report", "sample"}, tt.args...)...)
		if code != tt.code || !strings.Contains(out+errs, tt.says) {
			t.Errorf("%s: exit %d, printed %q; want exit %d and %q", tt.name, code, out+errs, tt.code, tt.says)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q (%v)", left, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "none.html")); err == nil {
		t.Error("a report that failed has left a file")
	}
}

func mkdir(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Mkdir(path, 0o777); err != nil {
		t.Fatal(err)
	}
	return path
}
