package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hubreach/data"
	"hubreach/internal/app"
)

// countyFolder copies the sample county into a folder of its own, beside a file that
// is not part of it, and returns the folder of its study file.
func countyFolder(t *testing.T) string {
	t.Helper()
	dir := mkdir(t, t.TempDir(), "county")
	if err := os.CopyFS(dir, data.Sample()); err != nil {
		t.Fatal(err)
	}
	writeText(t, filepath.Join(filepath.Dir(dir), "secret.csv"), "name,password\nboss,hunter2\n")
	return filepath.Join(dir, filepath.Dir(filepath.FromSlash(data.Study)))
}

func writeText(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// withInput writes the sample's study file with another file for its boundaries,
// the first input to be read.
func withInput(t *testing.T, dir, file string) (study string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, filepath.Base(data.Study)))
	if err != nil {
		t.Fatal(err)
	}
	const own = `file = "boundaries.geojson"`
	if strings.Count(string(text), own) != 1 {
		t.Fatalf("the sample has no %s to put another in the place of", own)
	}
	study = filepath.Join(dir, "hostile.toml")
	writeText(t, study, strings.Replace(string(text), own, "file = '"+file+"'", 1))
	return study
}

// oneLine checks that a command said no in one line, with these words.
func oneLine(t *testing.T, code int, errs string, words ...string) {
	t.Helper()
	said := strings.TrimRight(errs, "\n")
	last := said[strings.LastIndexByte(said, '\n')+1:] // progress comes before it
	for _, w := range words {
		if !strings.Contains(last, w) {
			t.Errorf("%.300q: want %q in its last line", errs, w)
		}
	}
	if code != app.ExitData || len(last) > 600 {
		t.Errorf("exit %d with %d bytes, want %d and a line that people read", code, len(last), app.ExitData)
	}
	if strings.Contains(errs, "hunter2") {
		t.Errorf("%q shows what stands in a file that is none of the study's", errs)
	}
}

// What is loaded into a store comes from the folder of the study: a study file
// that names another file of whoever loads it is refused, however it does so.
// The same study may be checked: then nobody else gets to see the file.
func TestLoadStaysInItsFolder(t *testing.T) {
	dir := countyFolder(t)
	secret := filepath.Join(filepath.Dir(dir), "secret.csv")
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link(secret, "absolute-link.csv")
	link("../secret.csv", "link.csv")
	link("..", "up")
	link("link.csv", "link-to-link.csv")
	const no = "outside the folder of the study"
	for _, tt := range []struct{ name, file string }{
		{"a path that climbs", "../secret.csv"},
		{"a path that climbs from below", "nowhere/../../secret.csv"},
		{"a path to the passwords", "../../../../../../../../../../etc/passwd"},
		{"an absolute path", secret},
		{"a link", "link.csv"},
		{"an absolute link", "absolute-link.csv"},
		{"a link to a link", "link-to-link.csv"},
		{"a link to a folder", "up/secret.csv"},
		{"a folder", ".."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			study := withInput(t, dir, tt.file)
			for _, args := range [][]string{{"load", study}, {"serve", study, "--addr", "127.0.0.1:0"}} {
				code, _, errs := call(t, append(args, "--store", filepath.Join(t.TempDir(), "x.gpkg"))...)
				oneLine(t, code, errs, tt.file, no, "--data")
			}
			code, _, errs := call(t, "check", study)
			if code != app.ExitData || strings.Contains(errs, no) {
				t.Errorf("check: exit %d, %q: want that the file is read, and is no layer", code, errs)
			}
		})
	}
}

// A folder may be arranged by links inside it, be a link itself, be named by
// --data, and hold absolute paths to its own files.
func TestLoadTakesWhatIsInItsFolder(t *testing.T) {
	dir := countyFolder(t)
	own := filepath.Join(dir, "boundaries.geojson")
	if err := os.Rename(own, filepath.Join(mkdir(t, dir, "kept"), "b.geojson")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("kept/b.geojson", own); err != nil {
		t.Fatal(err)
	}
	door := filepath.Join(t.TempDir(), "door")
	if err := os.Symlink(dir, door); err != nil {
		t.Fatal(err)
	}
	study := filepath.Join(t.TempDir(), "elsewhere.toml")
	text, err := os.ReadFile(filepath.Join(dir, filepath.Base(data.Study)))
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, study, string(text))
	if code, out, errs := call(t, "load", study, "--data", door, "--store", filepath.Join(t.TempDir(), "x.gpkg")); code != app.ExitDone || !strings.Contains(out, "is version 1") {
		t.Errorf("exit %d, %q, %q: want version 1", code, out, errs)
	}
}

// What is not a file is refused before it is read: a named pipe without a writer
// never begins, /dev/zero and a file of 8 exabytes of nothing never end.
func TestInputsThatNeverEnd(t *testing.T) {
	dir := countyFolder(t)
	pipe := filepath.Join(dir, "pipe.geojson")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"round": "about", "about": "round", "zero": "/dev/zero", "itself": "itself", "piped": "pipe.geojson"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	sparse, err := os.Create(filepath.Join(dir, "sparse"))
	if err == nil {
		err = sparse.Truncate(1 << 42) // 4 TiB, of which nothing is on the disk
	}
	if err != nil {
		t.Fatal(err)
	}
	sparse.Close()
	const noFile = "want a file, found a device, a named pipe or a socket"
	for _, tt := range []struct {
		name, file, want string
		loads            bool
	}{
		{"a named pipe", "pipe.geojson", noFile, true},
		{"a link to a named pipe", "piped", noFile, true},
		{"a device", "/dev/zero", noFile, false},
		{"a link to a device", "zero", noFile, false},
		{"links in a loop", "round", "too many levels of symbolic links", true},
		{"a link to itself", "itself", "too many levels of symbolic links", true},
		{"a file of 4 TiB", "sparse", "want at most 2147483648 bytes, found 4398046511104", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			study := withInput(t, dir, tt.file)
			code, _, errs := call(t, "check", study)
			oneLine(t, code, errs, tt.file, tt.want)
			if tt.loads {
				code, _, errs = call(t, "load", study, "--store", filepath.Join(t.TempDir(), "x.gpkg"))
				oneLine(t, code, errs, tt.file, tt.want)
			}
		})
	}
	t.Run("as the study file", func(t *testing.T) {
		for _, file := range []string{pipe, "/dev/zero", filepath.Join(dir, "round"), dir, filepath.Join(dir, "sparse")} {
			code, _, errs := call(t, "check", file)
			oneLine(t, code, errs, "study file: ", file)
		}
	})
	t.Run("as a workbook of options", func(t *testing.T) {
		for _, file := range []string{pipe, "/dev/zero", dir, filepath.Join(dir, "sparse")} {
			code, _, errs := call(t, "options", "import", "sample", file)
			oneLine(t, code, errs, "workbook of options: ", file)
		}
	})
	// A folder is looked through by init, which passes over all of them.
	if code, _, errs := call(t, "init", dir, "--out", filepath.Join(t.TempDir(), "made.toml")); code != app.ExitDone {
		t.Errorf("init: exit %d, %q", code, errs)
	}
}
