// Package realdata opens the published files that tests run on, for tests only.
// They are too large to be kept with the code.
package realdata

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"testing"

	"hubreach/internal/detector"
	"hubreach/internal/source"
	"hubreach/internal/study"
)

// Folder returns the folder of the real data: HUBREACH_REAL, or else
// shared/data/real beside the checkout. Where it is not there the test is
// skipped, which scripts/test counts.
func Folder(tb testing.TB) string {
	tb.Helper()
	return filepath.Dir(Path(tb, "MANIFEST.csv"))
}

// Path returns the path of one file, named with slashes below Folder. Where it is
// not there the test is skipped.
func Path(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join(folder(tb), filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("real data are not here: set HUBREACH_REAL to the folder that holds %s (%v)", name, err)
	}
	return path
}

func folder(tb testing.TB) string {
	tb.Helper()
	if dir := os.Getenv("HUBREACH_REAL"); dir != "" {
		return dir
	}
	return filepath.Join(root(tb), "..", "shared", "data", "real")
}

// root returns the folder of the module: a test runs in that of its package.
func root(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			tb.Fatal("no go.mod above the folder of the test")
		}
		dir = up
	}
}

// Open opens a file until the test ends.
func Open(tb testing.TB, name string) *os.File {
	tb.Helper()
	f, err := os.Open(Path(tb, name)) // #nosec G304 -- a test names the file
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = f.Close() })
	return f
}

// Bytes reads a file whole.
func Bytes(tb testing.TB, name string) []byte {
	tb.Helper()
	return readAll(tb, Open(tb, name))
}

// Unpacked reads a file that gzip made, and returns what it was made from.
func Unpacked(tb testing.TB, name string) []byte {
	tb.Helper()
	z, err := gzip.NewReader(Open(tb, name))
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	return readAll(tb, z)
}

func readAll(tb testing.TB, r io.Reader) []byte {
	tb.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// Rows reads a CSV file: each row by the names of the first one.
func Rows(tb testing.TB, name string) []map[string]string {
	tb.Helper()
	lines, err := csv.NewReader(Open(tb, name)).ReadAll()
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// Newport is the extract of OpenStreetMap of Newport in Wales, of 13 June 2023.
const Newport = "newport_wales/newport-2023-06-13.osm.pbf"

// Streets reads an extract of OpenStreetMap.
func Streets(tb testing.TB, name string) source.Streets {
	tb.Helper()
	s, err := source.ReadStreets(bytes.NewReader(Bytes(tb, name)), name, source.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// Study reads a study file of data/studies, such as "kent.toml", and opens the
// files it names.
//
// The test runs without the race detector: a run of a real county is the same
// code as one of the sample county, which the detector sees whole.
func Study(tb testing.TB, name string) (study.Spec, study.Open) {
	tb.Helper()
	dir := Folder(tb)
	detector.Without(tb, "a whole county of real data")
	text, err := os.ReadFile(filepath.Join(root(tb), "data", "studies", name)) // #nosec G304 -- a test names the study
	if err != nil {
		tb.Fatal(err)
	}
	s, err := study.ParseSpec(text, name)
	if err != nil {
		tb.Fatal(err)
	}
	return s, Opener(dir)
}

// Opener opens the files of a folder for a study.
func Opener(dir string) study.Open {
	return func(path string) (io.ReadCloser, error) {
		return os.Open(filepath.Join(dir, path)) // #nosec G304 -- a study of ours names the file
	}
}
