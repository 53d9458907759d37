package api_test

import (
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"testing"

	"hubreach/data"
	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/study"
)

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

var serviceOnce = sync.OnceValues(func() (http.Handler, error) {
	r, err := sampleOnce()
	if err != nil {
		return nil, err
	}
	now, err := api.NewSnapshot(store.Version{Study: r.Spec.Name}, r, nil)
	if err != nil {
		return nil, err
	}
	keeper := api.NewKeeper(nil)
	keeper.Serve(now)
	return api.New(api.Deps{Keeper: keeper, Log: slog.New(slog.DiscardHandler), Program: study.Method}), nil
})

// sampleService answers for the sample county, run once for all tests.
func sampleService(t testing.TB) http.Handler {
	t.Helper()
	s, err := serviceOnce()
	if err != nil {
		t.Fatal(err)
	}
	return s
}
