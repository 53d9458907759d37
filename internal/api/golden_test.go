package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/store/postgis"
	"hubreach/internal/store/storetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// stores are what the service is asked over: the same questions, the same answers.
var stores = []struct {
	name string
	open func(*testing.T) store.Store
}{
	{"gpkg", func(t *testing.T) store.Store {
		return opened(t)(gpkg.Open(t.Context(), filepath.Join(t.TempDir(), "kept.gpkg")))
	}},
	{"postgis", func(t *testing.T) store.Store {
		s, err := postgis.Open(t.Context(), storetest.Database(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}},
}

func opened(t *testing.T) func(*gpkg.Store, error) store.Store {
	return func(s *gpkg.Store, err error) store.Store {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
}

// served is a service over a store of its own, with a token of each scope.
type served struct {
	http.Handler
	store           store.Store
	keeper          *api.Keeper
	planner, reader string
}

func serveOver(t *testing.T, s store.Store, d api.Deps) served {
	t.Helper()
	h, k, err := fresh(t.Context(), s, d)
	if err != nil {
		t.Fatal(err)
	}
	return served{h, s, k, token(t, s, "Pat Planner", store.Planner, time.Time{}), token(t, s, "Rae Reader", store.Reader, time.Time{})}
}

// token adds a token to a store and returns it.
func token(t *testing.T, s store.Store, name string, scope store.Scope, expires time.Time) string {
	t.Helper()
	secret, hash := store.NewSecret()
	if err := s.AddToken(t.Context(), store.Token{Name: name, Hash: hash, Scope: scope, Expires: expires}); err != nil {
		t.Fatal(err)
	}
	return secret
}

// question is a request of the golden tests.
type question struct {
	name, method, path string
	headers            []string // names and values
	body               string
	plan               bool // bears the planner's token
}

// do asks the service and returns its answer.
func (s served) do(t testing.TB, q question) *http.Response {
	t.Helper()
	r := httptest.NewRequest(q.method, q.path, strings.NewReader(q.body))
	if q.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if q.plan {
		r.Header.Set("Authorization", "Bearer "+s.planner)
	}
	for i := 0; i+1 < len(q.headers); i += 2 {
		r.Header.Set(q.headers[i], q.headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

// questions are asked in this order: the later ones see what the earlier changed.
var questions = []question{
	{name: "study", path: "/api/v1/study"},
	{name: "checks", path: "/api/v1/checks?limit=3"},
	{name: "versions", path: "/api/v1/versions"},
	{name: "areas", path: "/api/v1/areas?limit=2&option=O1,O2&district=E07900002&sort=-in_need_0_19"},
	{name: "areas csv", path: "/api/v1/areas?limit=3&category=rural", headers: []string{"Accept", "text/csv"}},
	{name: "areas geojson", path: "/api/v1/areas?limit=1&uncovered=true", headers: []string{"Accept", "application/geo+json"}},
	{name: "area", path: "/api/v1/areas/E01900008"},
	{name: "sites", path: "/api/v1/sites?limit=2&option=O3&open=true&sort=-only_here_in_need"},
	{name: "sites geojson", path: "/api/v1/sites?limit=2&format=geojson"},
	{name: "site", path: "/api/v1/sites/S09"},
	{name: "catchment", path: "/api/v1/sites/S52/catchment?minutes=3&profile=pushchair"},
	{name: "options", path: "/api/v1/options"},
	{name: "options csv", path: "/api/v1/options?format=csv"},
	{name: "option of the study", path: "/api/v1/options/O2"},
	{name: "score", path: "/api/v1/options/O2/score"},
	{name: "losers", path: "/api/v1/options/O2/losers?dimension=decile&against=O5"},
	{name: "compare", path: "/api/v1/compare?options=O1,O5"},
	{name: "what-if", method: "POST", path: "/api/v1/what-if", body: `{"option_id": "O5", "changes": [
		{"do": "close", "site_id": "S09"}, {"do": "status", "site_id": "S10", "status": "outreach_only"},
		{"do": "move", "site_id": "S52", "lon": 0.8216, "lat": 53.2994}, {"do": "add", "site_id": "hall", "name": "Village hall", "lon": 1.12, "lat": 53.26, "youth_space": true, "running_gbp": 20000, "staffing_gbp": 90000}]}`},
	{name: "outreach", path: "/api/v1/outreach?option=O2&frequency=weekly&sort=-in_need_0_19&limit=2"},
	{name: "outreach plan", path: "/api/v1/outreach/plan?option=O2"},
	{name: "target", path: "/api/v1/outreach/targets/edge_of_town-E01900008"},
	{name: "no such target", path: "/api/v1/outreach/targets/edge_of_town-E01900001"},
	{name: "reach by postcode", path: "/api/v1/reach?postcode=em1+1aa"},
	{name: "create an option", method: "POST", path: "/api/v1/options?reason=A+first+draft", plan: true,
		body: `{"id": "draft", "name": "A draft", "based_on": "O5", "sites": [{"id": "S09", "status": "closed"}]}`},
	{name: "option that was edited", path: "/api/v1/options/draft"},
	{name: "replace it", method: "PUT", path: "/api/v1/options/draft?reason=Keep+Sandrey", plan: true, headers: []string{"If-Match", `"1"`},
		body: `{"id": "draft", "name": "A better draft", "based_on": "O5", "sites": [{"id": "S10", "status": "closed"}, {"id": "hall", "name": "Village hall", "lon": 1.12, "lat": 53.26, "running_gbp": 20000, "staffing_gbp": 90000}]}`},
	{name: "replace an older one", method: "PUT", path: "/api/v1/options/draft", plan: true, headers: []string{"If-Match", `"1"`}, body: `{"id": "draft", "name": "Mine", "based_on": "O1", "sites": []}`},
	{name: "options with the edited one", path: "/api/v1/options?limit=1&offset=5"},
	{name: "no revision", method: "PUT", path: "/api/v1/options/draft", plan: true, body: `{"id": "draft", "name": "x", "sites": []}`},
	{name: "delete it", method: "DELETE", path: "/api/v1/options/draft?reason=Done", plan: true, headers: []string{"If-Match", `"2"`}},
	{name: "its history", path: "/api/v1/options/draft/history"},
	{name: "optimise", method: "POST", path: "/api/v1/optimise", plan: true, body: `{"keep": 20, "district_min": 1}`},
	{name: "robustness", method: "POST", path: "/api/v1/robustness", plan: true, body: `{"draws": 100}`},
	{name: "report", method: "POST", path: "/api/v1/report", plan: true, body: `{"format": "html", "options": ["O1", "O2"]}`},
	{name: "export", method: "POST", path: "/api/v1/export", plan: true, body: `{"format": "gpkg"}`},
	{name: "jobs", path: "/api/v1/jobs?sort=job_id"},
	{name: "job", path: "/api/v1/jobs/1"},
	{name: "cancel a job", method: "DELETE", path: "/api/v1/jobs/1", plan: true},
	{name: "result of a cancelled job", path: "/api/v1/jobs/1/result"},
	{name: "health", path: "/healthz"},
	{name: "readiness", path: "/readyz"},

	{name: "no such path", path: "/api/v1/hubs"},
	{name: "no such method", method: "DELETE", path: "/api/v1/study"},
	{name: "no such area", path: "/api/v1/areas/E01000001"},
	{name: "no such site", path: "/api/v1/sites/S99"},
	{name: "no such option", path: "/api/v1/compare?options=O1,O9"},
	{name: "no such job", path: "/api/v1/jobs/99"},
	{name: "no such postcode", path: "/api/v1/reach?postcode=SW1A+1AA"},
	{name: "unknown parameter", path: "/api/v1/areas?distrct=E07900002"},
	{name: "unknown column", path: "/api/v1/sites?sort=size"},
	{name: "unknown form", path: "/api/v1/areas", headers: []string{"Accept", "image/png"}},
	{name: "limit too high", path: "/api/v1/areas?limit=1000000"},
	{name: "no token", method: "POST", path: "/api/v1/options", body: `{"id": "x", "name": "x", "sites": []}`},
	{name: "no such token", method: "POST", path: "/api/v1/options", headers: []string{"Authorization", "Bearer hub_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, body: `{"id": "x", "name": "x", "sites": []}`},
	{name: "an option of the study is not edited", method: "PUT", path: "/api/v1/options/O1", plan: true, headers: []string{"If-Match", `"1"`}, body: `{"id": "O1", "name": "x", "sites": []}`},
	{name: "an id that is taken", method: "POST", path: "/api/v1/options", plan: true, body: `{"id": "O1", "name": "x", "sites": []}`},
	{name: "an option that nobody can mean", method: "POST", path: "/api/v1/options", plan: true, body: `{"id": "bad", "name": "x", "sites": [{"id": "S99", "status": "hub"}]}`},
	{name: "an unknown field", method: "POST", path: "/api/v1/what-if", body: `{"changes": [{"do": "close", "site": "S09"}]}`},
	{name: "a change that cannot be", method: "POST", path: "/api/v1/what-if", body: `{"changes": [{"do": "move", "site_id": "S09", "lon": 12.5, "lat": 41.9}]}`},
	{name: "not JSON", method: "POST", path: "/api/v1/what-if", body: `{"changes": `},
}

// One golden answer per endpoint, asked of both stores, equal.
func TestGoldenAnswers(t *testing.T) {
	for _, st := range stores {
		t.Run(st.name, func(t *testing.T) {
			s := serveOver(t, st.open(t), api.Deps{})
			for _, q := range questions {
				if q.method == "" {
					q.method = http.MethodGet
				}
				got := shown(t, q, s.do(t, q))
				golden(t, q.name, got, st.name == "gpkg")
			}
		})
	}
}

// golden compares an answer with the one that is kept.
func golden(t *testing.T, name string, got []byte, write bool) {
	t.Helper()
	path := filepath.Join("testdata", "golden", strings.ReplaceAll(name, " ", "_")+".txt")
	if *update && write {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test -update writes it", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s: the answer is not the golden one; if it should be, go test -update (-want +got):\n%s", name, diff)
	}
}

// told are the headers that a golden file holds.
var told = []string{"Allow", "Content-Type", "Etag", "Link", "Location", "Retry-After", "Www-Authenticate", "X-Total-Count"}

// changing are what differs from run to run: times, and the fingerprint, which
// says whether the OSTN15 grid is installed.
var changing = []struct {
	what *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`"\d{4}-\d\d-\d\dT[0-9:.]+Z"`), `"TIME"`},
	{regexp.MustCompile(`W/"[0-9a-f]{16}-`), `W/"FINGERPRINT-`},
	{regexp.MustCompile(`"[0-9a-f]{64}"`), `"SHA-256"`},
}

// shown writes a question and its answer for a reader.
func shown(t *testing.T, q question, r *http.Response) []byte {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\n", q.method, q.path)
	if q.body != "" {
		fmt.Fprintf(&b, "%s\n", q.body)
	}
	fmt.Fprintf(&b, "\n%d %s\n", r.StatusCode, http.StatusText(r.StatusCode))
	for _, name := range told {
		if v := r.Header.Get(name); v != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	b.WriteByte('\n')
	if strings.Contains(r.Header.Get("Content-Type"), "json") && len(body) > 0 {
		if err := json.Indent(&b, body, "", "  "); err != nil {
			t.Fatalf("%s: %v in %s", q.name, err, body)
		}
		b.WriteByte('\n')
	} else {
		b.Write(body)
	}
	out := b.Bytes()
	for _, c := range changing {
		out = c.what.ReplaceAll(out, []byte(c.with))
	}
	return out
}
