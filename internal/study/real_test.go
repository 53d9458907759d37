package study_test

import (
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"testing"

	"hubreach/internal/study"
)

// realData returns the folder of the real data, or skips the test and says so.
func realData(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("HUBREACH_REAL")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data", "real")
	}
	if _, err := os.Stat(filepath.Join(dir, "MANIFEST.csv")); err != nil {
		t.Skipf("real data not found in %s: set HUBREACH_REAL to their folder", dir)
	}
	return dir
}

func openIn(dir string) study.Open {
	return func(path string) (io.ReadCloser, error) { return os.Open(filepath.Join(dir, path)) }
}

func spec(t testing.TB, name string) study.Spec {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "data", "studies", name))
	if err != nil {
		t.Fatal(err)
	}
	s, err := study.ParseSpec(text, name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLoadKent(t *testing.T) {
	dir := realData(t)
	r, err := study.Load(context.Background(), spec(t, "kent.toml"), study.Env{Open: openIn(dir)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Checks {
		t.Logf("%v %v %s: %s", c.Ran, c.Passed, c.Title, c.Detail)
	}
	for _, u := range r.Inputs {
		t.Logf("%s %s read %d used %d dropped %d", u.Name, u.File, u.Read, u.Used, u.Dropped)
	}
}

func readCSV(t testing.TB, dir, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

var newport = once("newport.toml")
