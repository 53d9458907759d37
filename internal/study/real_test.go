package study_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"hubreach/internal/realdata"
	"hubreach/internal/study"
)

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
	dir := realdata.Folder(t)
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

var newport = once("newport.toml")
