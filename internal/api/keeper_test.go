package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/study"
)

// A new version is served while requests come in, and none of them fails: each
// sees the old one or the new one, whole.
func TestReloadUnderTraffic(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{})
	server := httptest.NewServer(s)
	defer server.Close()
	old := s.keeper.Now().Version.ID
	paths := []string{"/api/v1/study", "/api/v1/areas?limit=50", "/api/v1/options", "/api/v1/reach?lon=0.82&lat=53.3", "/tiles/areas/9/257/166.mvt", "/api/v1/outreach?option=O2"}
	var clients sync.WaitGroup
	var warm sync.WaitGroup
	var newer atomic.Bool
	warm.Add(len(paths))
	for _, path := range paths {
		clients.Add(1)
		go func() {
			defer clients.Done()
			for i, after := 0, 0; after < 5; i++ { // until five answers were asked for after the change
				if newer.Load() {
					after++
				}
				r, err := http.Get(server.URL + path)
				if err != nil {
					t.Errorf("%s: %v", path, err)
				} else if body := read(t, r); r.StatusCode != http.StatusOK || len(body) == 0 {
					t.Errorf("%s: %d, %.200s", path, r.StatusCode, body)
				} else if path == paths[0] {
					whole(t, r.Header.Get("ETag"), body)
				}
				if i == 0 {
					warm.Done()
				}
			}
		}()
	}
	warm.Wait()
	if _, _, err := keepSample(t.Context(), s.store); err != nil {
		t.Fatal(err)
	}
	if err := s.keeper.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	newer.Store(true)
	clients.Wait()
	if got := s.keeper.Now().Version.ID; got != old+1 {
		t.Errorf("version %d is served, want %d", got, old+1)
	}
}

// whole checks that an answer and its ETag are of one version.
func whole(t *testing.T, etag string, body []byte) {
	t.Helper()
	var said struct {
		Version     int
		Fingerprint string
	}
	if err := json.Unmarshal(body, &said); err != nil || !strings.HasPrefix(etag, fmt.Sprintf(`W/"%.16s-%d-`, said.Fingerprint, said.Version)) {
		t.Errorf("ETag %s of version %d, %.16s, %v; want those of one version", etag, said.Version, said.Fingerprint, err)
	}
}

// A version that cannot be run leaves the one before in service, and is not
// tried again; the next one is.
func TestABadVersionIsPassedOver(t *testing.T) {
	st := stores[0].open(t)
	v, r, err := keepSample(t.Context(), st)
	if err != nil {
		t.Fatal(err)
	}
	tries := 0
	bad := fmt.Errorf("no such column")
	k := api.NewKeeper(st, "", func(_ context.Context, v store.Version) (*study.Results, error) {
		if tries++; v.ID == 2 {
			return nil, bad
		}
		return r, nil
	}, quiet)
	if err := k.Adopt(t.Context(), v, r); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		load   bool
		fails  bool
		served store.VersionID
		tries  int
	}{{true, true, 1, 1}, {false, false, 1, 1}, {true, false, 3, 2}, {false, false, 3, 2}} {
		if step.load {
			if _, _, err := keepSample(t.Context(), st); err != nil {
				t.Fatal(err)
			}
		}
		err := k.Refresh(t.Context())
		if (err != nil) != step.fails || k.Now().Version.ID != step.served || tries != step.tries {
			t.Errorf("%+v: %v, serving %d after %d tries", step, err, k.Now().Version.ID, tries)
		}
	}
}

// A planner edits while a new version is being run: the edit is kept and served
// at once, and is there under the new version too.
func TestEditDuringReload(t *testing.T) {
	st := stores[0].open(t)
	v, r, err := keepSample(t.Context(), st)
	if err != nil {
		t.Fatal(err)
	}
	running, finish := make(chan struct{}), make(chan struct{})
	k := api.NewKeeper(st, "", func(context.Context, store.Version) (*study.Results, error) {
		close(running)
		<-finish
		return r, nil
	}, quiet)
	if err := k.Adopt(t.Context(), v, r); err != nil {
		t.Fatal(err)
	}
	if _, _, err := keepSample(t.Context(), st); err != nil {
		t.Fatal(err)
	}
	refreshed := make(chan error, 1)
	go func() { refreshed <- k.Refresh(t.Context()) }()
	<-running
	edit := store.Edit{Option: "meanwhile", Document: []byte(strings.Replace(newOption, "%", "meanwhile", 1)), Author: "Pat"}
	if _, err := k.Put(t.Context(), edit); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := k.Now().Results.Option("meanwhile"); !ok || k.Now().Version.ID != 1 {
		t.Errorf("version %d, the edit is served: %v; want version 1 with it", k.Now().Version.ID, ok)
	}
	close(finish)
	if err := <-refreshed; err != nil {
		t.Fatal(err)
	}
	if _, _, ok := k.Now().Results.Option("meanwhile"); !ok || k.Now().Version.ID != 2 {
		t.Errorf("version %d, the edit is served: %v; want version 2 with it", k.Now().Version.ID, ok)
	}
}

// Two services over one store: what is edited at one is served by the other.
func TestEditsOfAnotherService(t *testing.T) {
	path := filepath.Join(t.TempDir(), "shared.gpkg")
	one := serveOver(t, opened(t)(gpkg.Open(t.Context(), path)), api.Deps{})
	other := opened(t)(gpkg.Open(t.Context(), path))
	r := one.keeper.Now().Results
	k := api.NewKeeper(other, r.Spec.Name, nil, quiet)
	if err := k.Adopt(t.Context(), one.keeper.Now().Version, r); err != nil {
		t.Fatal(err)
	}
	if got := one.do(t, question{method: "POST", path: "/api/v1/options", plan: true, body: strings.Replace(newOption, "%", "here", 1)}); got.StatusCode != http.StatusCreated {
		t.Fatalf("%d: %s", got.StatusCode, read(t, got))
	}
	before := k.Now()
	if err := k.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := k.Now().Results.Option("here"); !ok || k.Now() == before {
		t.Error("the other service does not serve the new option")
	}
	before = k.Now()
	if err := k.Refresh(t.Context()); err != nil || k.Now() != before {
		t.Errorf("nothing is new, and another snapshot is served: %v", err)
	}
}

// An edited option that the study cannot mean, here because its building went
// with a newer version, is left out and said so; it can be mended or deleted.
func TestOptionLeftOut(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{})
	for _, id := range []string{"torn", "sound"} {
		site := map[string]string{"torn": "S99", "sound": "S09"}[id]
		text := fmt.Sprintf(`{"id": %q, "name": "kept earlier", "based_on": "O5", "sites": [{"id": %q, "status": "closed"}]}`, id, site)
		if _, err := s.store.PutOption(t.Context(), store.Edit{Study: "Estermere", Option: optionID(id), Document: []byte(text), Author: "Pat"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.keeper.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		q      question
		status int
		says   string
	}{
		{question{method: "GET", path: "/api/v1/options/sound"}, 200, "kept earlier"},
		{question{method: "GET", path: "/api/v1/options/torn"}, 404, "this study cannot mean it"},
		{question{method: "GET", path: "/api/v1/study"}, 200, "option torn, as it was edited"},
		{question{method: "PUT", path: "/api/v1/options/torn", plan: true, headers: []string{"If-Match", `"1"`}, body: `{"id": "torn", "name": "mended", "based_on": "O5", "sites": []}`}, 200, "mended"},
		{question{method: "GET", path: "/api/v1/options/torn"}, 200, "mended"},
	} {
		r := s.do(t, tt.q)
		if body := string(read(t, r)); r.StatusCode != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s %s: %d, %.300s; want %d and %q", tt.q.method, tt.q.path, r.StatusCode, body, tt.status, tt.says)
		}
	}
}

// Conditional requests: what a client has is not sent again, until it changes.
func TestNotModified(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{})
	for _, path := range []string{"/api/v1/study", "/api/v1/areas?limit=1", "/api/v1/sites?format=csv", "/api/v1/reach?postcode=EM1+1AA"} {
		first := s.do(t, question{method: "GET", path: path})
		etag := first.Header.Get("ETag")
		again := s.do(t, question{method: "GET", path: path, headers: []string{"If-None-Match", `"x", ` + etag}})
		if body := read(t, again); etag == "" || again.StatusCode != http.StatusNotModified || len(body) > 0 {
			t.Errorf("%s with its ETag %q: %d and %d bytes, want 304 and none", path, etag, again.StatusCode, len(body))
		}
		if other := s.do(t, question{method: "GET", path: path, headers: []string{"If-None-Match", `"x"`}}); other.StatusCode != http.StatusOK {
			t.Errorf("%s with another ETag: %d, want 200", path, other.StatusCode)
		}
	}
	etag := s.do(t, question{method: "GET", path: "/api/v1/options"}).Header.Get("ETag")
	s.do(t, question{method: "POST", path: "/api/v1/options", plan: true, body: strings.Replace(newOption, "%", "newer", 1)})
	if r := s.do(t, question{method: "GET", path: "/api/v1/options", headers: []string{"If-None-Match", etag}}); r.StatusCode != http.StatusOK || r.Header.Get("ETag") == etag {
		t.Errorf("after an edit: %d, ETag %s; want 200 and another than %s", r.StatusCode, r.Header.Get("ETag"), etag)
	}
}
