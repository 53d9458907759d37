package app_test

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hubreach/data"
	"hubreach/internal/app"
)

// asProgram is the variable that makes the program of the tests be hubreach.
const asProgram = "HUBREACH_TEST_AS_PROGRAM"

// program returns a process of the program itself.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// large is a folder with the sample county, its streets copied over and over in
// one file: the same blocks of data behind one header, which takes as long to
// read as a county of that size.
func large(t *testing.T, copies int) string {
	t.Helper()
	dir := t.TempDir()
	sample := data.Sample()
	if err := os.CopyFS(dir, sample); err != nil {
		t.Fatal(err)
	}
	one, err := fs.ReadFile(sample, "streets.osm.pbf")
	if err != nil {
		t.Fatal(err)
	}
	many := bytes.Clone(one)
	for range copies - 1 {
		many = append(many, one[afterHeader(t, one):]...)
	}
	if err := os.WriteFile(filepath.Join(dir, "streets.osm.pbf"), many, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// afterHeader returns where the first block of data begins: a length of four
// bytes, a head of that length which says in its field 3, its last two or three
// bytes, how long the block of the file's header is.
func afterHeader(t *testing.T, pbf []byte) int {
	t.Helper()
	head := int(pbf[0])<<24 | int(pbf[1])<<16 | int(pbf[2])<<8 | int(pbf[3])
	at := bytes.LastIndexByte(pbf[4:4+head], 3<<3)
	size, shift := 0, 0
	for _, b := range pbf[4+at+1 : 4+head] {
		size |= int(b&0x7f) << shift
		shift += 7
	}
	next := 4 + head + size
	if !bytes.Contains(pbf[next:next+20], []byte("OSMData")) {
		t.Fatal("no block of data behind the header")
	}
	return next
}

// Ctrl-C while the streets are read, and while the graph is built, ends a real
// process in good order, and leaves nothing half-written: no results, no graph.
func TestInterrupt(t *testing.T) {
	for _, c := range []struct {
		stage  string // interrupted as soon as the program says so
		copies int
	}{
		{"read the streets of streets.osm.pbf", 60},
		{"build the street graph", 1},
		{"link people to the streets", 1},
	} {
		t.Run(c.stage, func(t *testing.T) {
			dir := large(t, c.copies)
			out, cache := filepath.Join(dir, "out"), filepath.Join(dir, "cache")
			cmd := program(t, "run", filepath.Join(dir, "study.toml"), "--out", out, "--cache", cache)
			stderr, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			var lines []string
			for s := bufio.NewScanner(stderr); s.Scan(); {
				lines = append(lines, s.Text())
				if s.Text() == c.stage {
					if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
						t.Fatal(err)
					}
				}
			}
			err = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != app.ExitData || lines[len(lines)-1] != "hubreach: stopped; nothing was written" {
				t.Fatalf("%v, exit %d after %q", err, code, lines)
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("the folder of results is there")
			}
			left, _ := filepath.Glob(filepath.Join(dir, "out*"))
			kept, _ := filepath.Glob(filepath.Join(cache, "*"))
			for _, f := range kept {
				if !strings.HasSuffix(f, ".graph") { // a whole one may be there, when the build was quicker
					left = append(left, f)
				}
			}
			if len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}
