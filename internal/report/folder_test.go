package report_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/report"
	"hubreach/internal/study"
)

// put writes a file of somebody else, making its folder.
func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// listed returns the names in a folder, hidden ones too.
func listed(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

func wantListed(t *testing.T, dir string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if diff := cmp.Diff(want, listed(t, dir)); diff != "" {
		t.Errorf("files in %s (-want +got):\n%s", dir, diff)
	}
}

func TestWriteMakesTheFolders(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "county", "2025", "out")
	if err := report.Write(t.Context(), small(), dir); err != nil {
		t.Fatal(err)
	}
	wantListed(t, dir, names...)
	wantListed(t, filepath.Dir(dir), "out")
}

func TestWriteReplacesOnlyItsOwn(t *testing.T) {
	dir := written(t, small())
	put(t, filepath.Join(dir, "map.qgz"), "a project of a desktop GIS")
	put(t, filepath.Join(dir, "notes", "areas.csv"), "a file of the same name elsewhere")
	put(t, filepath.Join(dir, "study.gpkg-wal"), "what SQLite keeps beside the old file")
	if err := os.Chmod(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	r := small()
	r.Fingerprint = "another"
	if err := report.Write(t.Context(), r, dir); err != nil {
		t.Fatal(err)
	}
	wantListed(t, dir, append([]string{"map.qgz", "notes"}, names...)...)
	wantListed(t, filepath.Dir(dir), "out")
	if !bytes.Contains(read(t, filepath.Join(dir, "summary.json")), []byte(`"another"`)) {
		t.Error("summary.json is still that of the earlier run")
	}
	if got := string(read(t, filepath.Join(dir, "notes", "areas.csv"))); got != "a file of the same name elsewhere" {
		t.Errorf("notes/areas.csv = %q, want it as it was", got)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("mode of the folder = %v, %v, want it kept at 0750", info.Mode().Perm(), err)
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(t *testing.T, dir string)
	}{
		{"a folder of other files", func(t *testing.T, dir string) { put(t, filepath.Join(dir, "sites.csv"), "an input") }},
		{"a summary.json of somebody else", func(t *testing.T, dir string) { put(t, filepath.Join(dir, "summary.json"), `{"total": 7}`) }},
		{"a summary.json that is no JSON", func(t *testing.T, dir string) { put(t, filepath.Join(dir, "summary.json"), "seven") }},
		{"a file", func(t *testing.T, dir string) { put(t, dir, "a file") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			dir := filepath.Join(root, "out")
			tt.make(t, dir)
			before := contentsOf(t, root)
			for call, err := range map[string]error{"Write": report.Write(t.Context(), small(), dir), "Ready": report.Ready(dir)} {
				if !errors.Is(err, report.ErrOccupied) {
					t.Errorf("%s: %v, want ErrOccupied", call, err)
				}
			}
			if diff := cmp.Diff(before, contentsOf(t, root)); diff != "" {
				t.Errorf("a refused folder changed (-before +after):\n%s", diff)
			}
		})
	}
	if err := report.Write(t.Context(), small(), ""); err == nil {
		t.Error("Write to no folder: want an error")
	}
}

// contentsOf returns every file under root with its bytes.
func contentsOf(t *testing.T, root string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		if d.IsDir() {
			found[path] = "folder"
			return nil
		}
		b, err := os.ReadFile(path)
		found[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestReady(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "empty"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{filepath.Join(root, "new", "out"), filepath.Join(root, "empty"), written(t, small())} {
		if err := report.Ready(dir); err != nil {
			t.Errorf("Ready(%s): %v", dir, err)
		}
	}
	wantListed(t, root, "empty")
}

func TestWriteThroughALink(t *testing.T) {
	root := t.TempDir()
	real := filepath.Join(root, "real")
	if err := os.Mkdir(real, 0o777); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(root, "link")
	if err := os.Symlink("real", link); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if err := report.Write(t.Context(), small(), link); err != nil {
		t.Fatal(err)
	}
	wantListed(t, real, names...)
	if to, err := os.Readlink(link); err != nil || to != "real" {
		t.Errorf("the link leads to %q, %v, want real", to, err)
	}
}

// The folder a shell stands in is not replaced: its files are moved in.
func TestWriteWhereWeStand(t *testing.T) {
	dir := t.TempDir()
	before, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for range 2 {
		if err := report.Write(t.Context(), small(), "."); err != nil {
			t.Fatal(err)
		}
		wantListed(t, dir, names...)
	}
	after, err := os.Stat(dir)
	if err != nil || !os.SameFile(before, after) {
		t.Errorf("the folder was replaced: %v", err)
	}
	// A run that was killed between two files leaves a folder without a summary.
	if err := os.Remove("summary.json"); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, ".partial-1", "study.gpkg"), "half")
	put(t, filepath.Join(dir, "study.gpkg-wal"), "what SQLite keeps beside the old file")
	if err := report.Write(t.Context(), small(), "."); err != nil {
		t.Fatal(err)
	}
	wantListed(t, dir, names...)
}

func TestWriteClearsUpAfterAKilledRun(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "out")
	put(t, filepath.Join(root, ".out.partial-1", "areas.csv"), "half")
	put(t, filepath.Join(root, ".out.partial-12", "study.gpkg"), "half")
	// Not ours: no number, another folder's, and a file.
	put(t, filepath.Join(root, ".out.partial-mine", "x"), "x")
	put(t, filepath.Join(root, ".other.partial-1", "x"), "x")
	put(t, filepath.Join(root, ".out.partial-3"), "x")
	if err := report.Write(t.Context(), small(), dir); err != nil {
		t.Fatal(err)
	}
	wantListed(t, root, "out", ".out.partial-mine", ".other.partial-1", ".out.partial-3")
	wantListed(t, dir, names...)
}

// A run killed while it replaced the folder has moved the earlier run aside,
// with files that are somebody else's.
func TestWriteRestoresWhatWasMovedAside(t *testing.T) {
	for _, tt := range []struct {
		name string
		new  bool // the new run was in place already
	}{
		{"before the new run was in place", false},
		{"after the new run was in place", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := written(t, small())
			aside := filepath.Join(filepath.Dir(dir), ".out.replaced-1")
			put(t, filepath.Join(dir, "map.qgz"), "mine")
			if err := os.Rename(dir, aside); err != nil {
				t.Fatal(err)
			}
			if tt.new {
				if err := os.CopyFS(dir, os.DirFS(written(t, small()))); err != nil {
					t.Fatal(err)
				}
			}
			if err := report.Write(t.Context(), small(), dir); err != nil {
				t.Fatal(err)
			}
			wantListed(t, dir, append([]string{"map.qgz"}, names...)...)
			wantListed(t, filepath.Dir(dir), "out")
		})
	}
}

// Two files of one name cannot both stay: nothing is lost, and Write says so.
func TestWriteDoesNotChooseBetweenTwoFiles(t *testing.T) {
	dir := written(t, small())
	aside := filepath.Join(filepath.Dir(dir), ".out.replaced-1")
	put(t, filepath.Join(dir, "map.qgz"), "new")
	put(t, filepath.Join(aside, "map.qgz"), "old")
	if err := report.Write(t.Context(), small(), dir); !errors.Is(err, os.ErrExist) {
		t.Errorf("Write: %v, want os.ErrExist", err)
	}
	if got := string(read(t, filepath.Join(aside, "map.qgz"))); got != "old" {
		t.Errorf("the file set aside = %q, want it as it was", got)
	}
	if got := string(read(t, filepath.Join(dir, "map.qgz"))); got != "new" {
		t.Errorf("the file in place = %q, want it as it was", got)
	}
}

// countdown is a context that is done once Err has been asked so many times.
type countdown struct {
	context.Context
	mu   sync.Mutex
	left int
	done chan struct{}
}

func (c *countdown) Done() <-chan struct{} { return c.done }

func (c *countdown) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left > 0 {
		return nil
	}
	if c.left == 0 {
		close(c.done)
	}
	return context.Canceled
}

// However far a run has come when it is stopped, the folder holds what it held
// before and nothing lies beside it.
func TestWriteInterrupted(t *testing.T) {
	earlier := small()
	earlier.Fingerprint = "earlier"
	dir := written(t, earlier)
	root := filepath.Dir(dir)
	before := contentsOf(t, root)
	stopped := 0
	for n := 1; ; n++ {
		ctx := &countdown{Context: t.Context(), left: n, done: make(chan struct{})}
		err := report.Write(ctx, small(), dir)
		if err == nil {
			break
		}
		stopped++
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at look %d: %v, want context.Canceled", n, err)
		}
		if diff := cmp.Diff(before, contentsOf(t, root)); diff != "" {
			t.Fatalf("stopped at look %d: (-before +after):\n%s", n, diff)
		}
	}
	if stopped < 10 { // nine files, and the end
		t.Errorf("a run looked at its context %d times, want at least once a file", stopped)
	}
	t.Logf("a run looks at its context %d times", stopped)
}

// A fault of the study while files are written leaves nothing behind either.
func TestWriteFails(t *testing.T) {
	root := t.TempDir()
	r := small()
	r.Catchments[0].Shape[0][0][0] = [2]float64{-5, -5} // off the grid
	if err := report.Write(t.Context(), r, filepath.Join(root, "out")); err == nil {
		t.Error("Write of a catchment off the grid: want an error")
	}
	wantListed(t, root)
}

func TestUnfinished(t *testing.T) {
	loaded := &study.Results{County: smallCounty()}
	dir := filepath.Join(t.TempDir(), "out")
	_, err := report.Summary(t.Context(), loaded)
	for call, err := range map[string]error{
		"Summary":    err,
		"Table":      report.Table(t.Context(), &bytes.Buffer{}, loaded),
		"Write":      report.Write(t.Context(), loaded, dir),
		"Write(nil)": report.Write(t.Context(), nil, dir),
	} {
		if !errors.Is(err, report.ErrUnfinished) {
			t.Errorf("%s of a study that was not run: %v, want ErrUnfinished", call, err)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("Write made a folder all the same")
	}
}

// Draws are written beside a run, and go with the next run that has none.
func TestWriteBesideARun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	beside := report.Beside{Name: "robustness.json", Write: func(w io.Writer) error { _, err := io.WriteString(w, "{}"); return err }}
	if err := report.Write(t.Context(), small(), dir, beside); err != nil {
		t.Fatal(err)
	}
	wantListed(t, dir, append([]string{"robustness.json"}, names...)...)
	if err := report.Write(t.Context(), small(), dir); err != nil {
		t.Fatal(err)
	}
	wantListed(t, dir, slices.Clone(names)...)
	failing := report.Beside{Name: "robustness.json", Write: func(io.Writer) error { return io.ErrClosedPipe }}
	if err := report.Write(t.Context(), small(), dir, failing); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a file that cannot be written: %v, want one that wraps io.ErrClosedPipe", err)
	}
	wantListed(t, dir, slices.Clone(names)...)
}
