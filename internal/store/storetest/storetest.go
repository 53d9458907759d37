// Package storetest is the suite that every store passes: the rules of the seam,
// one test each, on a store that keeps its things for real.
package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"hubreach/internal/store"
)

// Place is an empty file or database. Each call opens it anew, as one process
// after another or beside another would; the test's end closes what it opened.
type Place func(t *testing.T) store.Store

// Run runs the suite. fresh makes a place that nobody else uses.
func Run(t *testing.T, fresh func(t *testing.T) Place) {
	for _, part := range []struct {
		name string
		test func(t *testing.T, place Place)
	}{
		{"versions", versions}, {"a failed load", failedLoad}, {"inputs", inputs}, {"layers", layers}, {"refused loads", refusedLoads},
		{"options", options}, {"planners at once", plannersAtOnce}, {"refused edits", refusedEdits},
		{"tokens", tokens},
		{"jobs", jobs}, {"jobs that end badly", badEnds}, {"progress", progress}, {"workers", workers},
		{"cancel", cancel}, {"stop and go on", stopAndGoOn}, {"two stores, one queue", twoStores},
		{"contexts", contexts}, {"closed", closed},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, fresh(t)) })
	}
}

// Load returns a small load of a study: two areas, a site and one input.
func Load(study, fingerprint string) store.Load {
	square := func(x, y float64) orb.MultiPolygon {
		return orb.MultiPolygon{{{{x, y}, {x + 100, y}, {x + 100, y + 100}, {x, y + 100}, {x, y}}}}
	}
	return store.Load{
		Version: store.Version{Study: study, Title: "A study", Fingerprint: fingerprint, Program: "1", By: "mary"},
		Spec:    []byte("name = \"" + study + "\"\n"),
		Summary: []byte(`{"study": {"name": "` + study + `"}}`),
		Inputs:  []store.Input{Input("areas.csv", []byte("code,people\nE01,10\n"))},
		Layers: []store.Layer{
			{Name: "areas", Columns: []store.Column{{Name: "geom", Kind: store.Polygons}, {Name: "area_code", Kind: store.Text},
				{Name: "people", Kind: store.Int}, {Name: "share", Kind: store.Float}, {Name: "rural", Kind: store.Bool}},
				Rows: [][]any{{square(600000, 150000), "E01", int64(10), 0.5, true}, {orb.MultiPolygon{}, "E02", nil, nil, nil}}},
			{Name: "sites", Columns: []store.Column{{Name: "geom", Kind: store.Point}, {Name: "site_id", Kind: store.Text}},
				Rows: [][]any{{orb.Point{600050, 150050}, "S1"}}},
			{Name: "area_results", Columns: []store.Column{{Name: "option_id", Kind: store.Text}, {Name: "area_code", Kind: store.Text}, {Name: "covered_share", Kind: store.Float}},
				Rows: [][]any{{"O1", "E01", 1.0}, {"O1", "E02", 0.0}}},
		},
	}
}

// Input returns an input with these bytes.
func Input(path string, body []byte) store.Input {
	sum := sha256.Sum256(body)
	return store.Input{Path: path, SHA256: hex.EncodeToString(sum[:]), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(body)), nil
	}}
}

// Until waits for something that another goroutine or process brings about,
// however slow the machine is. What never comes fails the test shortly before go
// test gives up on all of them.
func Until(t *testing.T, what string, reached func() bool) {
	t.Helper()
	const before = 30 * time.Second
	ctx := t.Context()
	if end, ok := t.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, end.Add(-before))
		defer cancel()
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !reached() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain for this: %s", what)
		case <-tick.C:
		}
	}
}

// must fails the test on an error of something that is not under test.
func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
