//go:build unix

package report_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"hubreach/internal/report"
)

// The staging folder of a run that is alive is left alone.
func TestWriteBesideALiveRun(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "out")
	stage := filepath.Join(root, ".out.partial-1")
	put(t, filepath.Join(stage, "areas.csv"), "half")
	f, err := os.Open(stage)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if err := report.Write(t.Context(), small(), dir); err != nil {
		t.Fatal(err)
	}
	wantListed(t, root, "out", ".out.partial-1")
	wantListed(t, stage, "areas.csv")
}
