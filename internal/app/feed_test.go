package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/data"
	"hubreach/internal/app"
)

// A timetable may lie in a folder, unpacked: the study says what it says of the
// archive. A folder without one is refused in one line.
func TestTimetableInAFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, data.Sample()); err != nil {
		t.Fatal(err)
	}
	study := filepath.Join(dir, filepath.FromSlash(data.Study))
	archive, err := fs.ReadFile(data.Sample(), "timetable.gtfs.zip")
	if err != nil {
		t.Fatal(err)
	}
	feed := mkdir(t, filepath.Dir(study), "feed")
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		in.Close()
		if err == nil {
			err = os.WriteFile(filepath.Join(feed, filepath.Base(f.Name)), text, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(study)
	if err != nil {
		t.Fatal(err)
	}
	table := func(file string) (doc struct{ Options []any }, errs string) {
		t.Helper()
		if err := os.WriteFile(study, bytes.Replace(text, []byte("timetable.gtfs.zip"), []byte(file), 1), 0o666); err != nil {
			t.Fatal(err)
		}
		code, out, errs := call(t, "transit", study, "--json")
		if code != app.ExitDone {
			return doc, errs
		}
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Fatal(err)
		}
		return doc, ""
	}
	packed, errs := table("timetable.gtfs.zip")
	if errs != "" {
		t.Fatal(errs)
	}
	unpacked, errs := table("feed")
	if errs != "" {
		t.Fatal(errs)
	}
	a, _ := json.Marshal(packed.Options)
	b, _ := json.Marshal(unpacked.Options)
	if !bytes.Equal(a, b) || len(packed.Options) == 0 {
		t.Errorf("the folder says %.300s, the archive %.300s", b, a)
	}
	mkdir(t, filepath.Dir(study), "empty")
	if _, errs := table("empty"); !strings.Contains(errs, "found a folder without stop_times.txt") {
		t.Errorf("an empty folder: %q, want a word on stop_times.txt", errs)
	}
}
