package tile_test

import (
	"context"
	"io"
	"io/fs"
	"runtime"
	"sync"
	"testing"

	"hubreach/data"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// sampleOnce runs the sample county, streets drawn, once for all tests.
var sampleOnce = sync.OnceValues(func() (*study.Results, error) {
	files := data.Sample()
	text, err := fs.ReadFile(files, "study.toml")
	if err != nil {
		return nil, err
	}
	spec, err := study.ParseSpec(text, "sample/study.toml")
	if err != nil {
		return nil, err
	}
	env := study.Env{Open: func(path string) (io.ReadCloser, error) { return files.Open(path) }, Workers: runtime.GOMAXPROCS(0), Lines: true}
	return study.Run(context.Background(), spec, env)
})

func sample(t testing.TB) *study.Results {
	t.Helper()
	r, err := sampleOnce()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var sampleSets = sync.OnceValues(func() (*tile.Sets, error) {
	r, err := sampleOnce()
	if err != nil {
		return nil, err
	}
	return tile.New(r, tile.DefaultParams())
})

// setsOf returns the tiles of the sample county.
func setsOf(t testing.TB) *tile.Sets {
	t.Helper()
	s, err := sampleSets()
	if err != nil {
		t.Fatal(err)
	}
	return s
}
