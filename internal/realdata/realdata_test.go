package realdata_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/realdata"
)

func TestFilesOfAFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HUBREACH_REAL", dir)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte("within")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"MANIFEST.csv": "file,bytes\na.csv,12\nb.gz,30\n", "text.gz": packed.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := realdata.Folder(t); got != dir {
		t.Errorf("Folder() = %s, want %s", got, dir)
	}
	want := []map[string]string{{"file": "a.csv", "bytes": "12"}, {"file": "b.gz", "bytes": "30"}}
	if diff := cmp.Diff(want, realdata.Rows(t, "MANIFEST.csv")); diff != "" {
		t.Errorf("Rows (-want +got):\n%s", diff)
	}
	if got := string(realdata.Unpacked(t, "text.gz")); got != "within" {
		t.Errorf("Unpacked() = %q, want %q", got, "within")
	}
}

// skipped is a test that says whether it was skipped, so that scripts/test does
// not count it among those that were.
type skipped struct {
	testing.TB
	is bool
}

func (s *skipped) Skipf(string, ...any) {
	s.is = true
	runtime.Goexit()
}

// A test whose file is not there is skipped, and does not go on.
func TestSkips(t *testing.T) {
	t.Setenv("HUBREACH_REAL", t.TempDir())
	inner, ended := &skipped{TB: t}, make(chan bool)
	go func() {
		defer close(ended)
		realdata.Bytes(inner, "MANIFEST.csv")
		t.Error("Bytes returned")
	}()
	if <-ended; !inner.is {
		t.Error("the test of a file that is not there was not skipped")
	}
}
