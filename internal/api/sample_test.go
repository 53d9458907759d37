package api_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"hubreach/data"
	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/study"
)

// county is the sample county, run once for all tests.
type county struct {
	text    []byte // the study file
	results *study.Results
}

var sample = sync.OnceValues(func() (*county, error) {
	text, err := fs.ReadFile(data.Sample(), "study.toml")
	if err != nil {
		return nil, err
	}
	r, err := runStudy(context.Background(), text, openSample)
	return &county{text, r}, err
})

func openSample(path string) (io.ReadCloser, error) { return data.Sample().Open(path) }

func runStudy(ctx context.Context, text []byte, open study.Open) (*study.Results, error) {
	spec, err := study.ParseSpec(text, "sample/study.toml")
	if err != nil {
		return nil, err
	}
	return study.Run(ctx, spec, study.Env{Open: open, Workers: runtime.GOMAXPROCS(0), Lines: true})
}

// keepSample loads the sample county into a store, without its inputs, which no
// test asks the store for.
func keepSample(ctx context.Context, to store.Store) (store.Version, *study.Results, error) {
	c, err := sample()
	if err != nil {
		return store.Version{}, nil, err
	}
	v, err := to.Load(ctx, store.Load{
		Version: store.Version{Study: c.results.Spec.Name, Title: c.results.Spec.Title, Fingerprint: c.results.Fingerprint, Program: study.Method, By: "a test"},
		Spec:    c.text, Summary: []byte("{}"),
	})
	return v, c.results, err
}

// fresh serves the sample county from a store that has only just been made. The
// results are at hand, so the keeper has nothing to run.
func fresh(ctx context.Context, to store.Store, with api.Deps) (http.Handler, *api.Keeper, error) {
	v, r, err := keepSample(ctx, to)
	if err != nil {
		return nil, nil, err
	}
	if with.Log == nil {
		with.Log = slog.New(slog.DiscardHandler)
	}
	again := func(context.Context, store.Version) (*study.Results, error) { return r, nil }
	with.Keeper, with.Program = api.NewKeeper(to, v.Study, again, with.Log), study.Method
	return api.New(with), with.Keeper, with.Keeper.Adopt(ctx, v, r)
}

// temporary is the store of the tests that only read.
var temporary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "hubreach-api-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	temporary = filepath.Join(dir, "read.gpkg")
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var serviceOnce = sync.OnceValues(func() (http.Handler, error) {
	s, err := gpkg.Open(context.Background(), temporary)
	if err != nil {
		return nil, err
	}
	h, _, err := fresh(context.Background(), s, api.Deps{Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}) // that of httptest's client
	return h, err
})

// sampleService answers for the sample county to tests that only read. It lives
// as long as the tests do.
func sampleService(t testing.TB) http.Handler {
	t.Helper()
	s, err := serviceOnce()
	if err != nil {
		t.Fatal(err)
	}
	return s
}
