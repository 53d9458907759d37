package api_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// sound checks that an answer is one that a service gives on purpose: no fault
// of its own, and where it is a problem, one in the form of RFC 9457.
func sound(t *testing.T, w *httptest.ResponseRecorder, asked string) {
	t.Helper()
	if w.Code >= 500 {
		t.Fatalf("%.300q: %d: %.300s", asked, w.Code, w.Body)
	}
	media := w.Header().Get("Content-Type")
	if w.Code >= 400 {
		var p struct {
			Title, Detail string
			Status        int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != w.Code || media != "application/problem+json" {
			t.Fatalf("%.300q: %d, %s, %.300s: want a problem that says so", asked, w.Code, media, w.Body)
		}
	}
	if strings.HasSuffix(media, "json") && !json.Valid(w.Body.Bytes()) {
		t.Fatalf("%.300q: not JSON: %.300s", asked, w.Body)
	}
}

// FuzzPath asks any path with any query: ids, numbers, options, columns.
func FuzzPath(f *testing.F) {
	for _, q := range questions {
		if q.method == "" {
			f.Add(q.path)
		}
	}
	for _, path := range []string{
		"/api/v1/sites/..%2f..%2fetc%2fpasswd", "/api/v1/areas/%00", "/api/v1/options/%2e%2e", "/api/v1/areas?limit=-1", "/api/v1/areas?offset=99999999999999999999",
		"/api/v1/areas?sort=,,,-", "/api/v1/reach?lon=NaN&lat=Inf", "/api/v1/reach?lon=1e308&lat=-1e308", "/api/v1/compare?options=,", "/api/v1/jobs/0x10",
		"/api/v1/sites/S01/catchment?minutes=1e-300", "/api/v1/areas?district='%20OR%201=1", "/tiles/areas/%31/0/0.mvt", "//api//v1//study", "/api/v1/options/O1/../O2",
	} {
		f.Add(path)
	}
	s := sampleService(f)
	f.Fuzz(func(t *testing.T, path string) {
		at, err := url.ParseRequestURI(path)
		if err != nil || !strings.HasPrefix(at.Path, "/") || at.Host != "" {
			t.Skip() // no HTTP request has such a target
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.URL = at
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		sound(t, w, path)
	})
}

// FuzzWhatIf sends any body as changes.
func FuzzWhatIf(f *testing.F) {
	for _, q := range questions {
		if q.path == "/api/v1/what-if" {
			f.Add(q.body)
		}
	}
	for _, body := range []string{
		"", "null", "[]", `{"changes":null}`, `{"changes":[null]}`, `{"changes":[{"do":"remove","site_id":"S01"}]}`, `{"changes":[{"do":"add","site_id":"S01","lon":1,"lat":53}]}`,
		`{"changes":[{"do":"add","site_id":"a","lon":1.12,"lat":53.26},{"do":"remove","site_id":"a"},{"do":"remove","site_id":"a"}]}`,
		`{"option_id":"../x","changes":[]}`, strings.Repeat("[", 10_000), strings.Repeat("[", 100_000), strings.Repeat(`{"changes":`, 50_000), `{"changes":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}`, `{"changes":[{"do":"move","site_id":"S01","lon":1e999,"lat":0}]}`,
	} {
		f.Add(body)
	}
	s := sampleService(f)
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest("POST", "/api/v1/what-if", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		sound(t, w, body)
	})
}

// FuzzHeaders sends any conditions and preferences.
func FuzzHeaders(f *testing.F) {
	f.Add("text/csv;q=0.5, application/json", `W/"x"`, "gzip;q=0", "Bearer x", "id")
	f.Add("*/*;q=2, text/csv;q=nan", "*", "*;q=", "Bearer hub_", "a b\nc")
	f.Add(";;;,,,", `"`, "br", "bearer", strings.Repeat("x", 100))
	s := sampleService(f)
	f.Fuzz(func(t *testing.T, accept, match, encoding, token, id string) {
		for _, path := range []string{"/api/v1/sites?limit=2", "/api/v1/options/O1"} {
			r := httptest.NewRequest("GET", path, nil)
			r.Header["Accept"], r.Header["If-None-Match"], r.Header["Accept-Encoding"] = []string{accept}, []string{match}, nil
			r.Header["Authorization"], r.Header["X-Request-Id"], r.Header["If-Match"] = []string{token}, []string{id}, []string{encoding}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			sound(t, w, path)
			if got := w.Header().Get("X-Request-Id"); strings.ContainsAny(got, "\r\n ") || got == "" || len(got) > 64 {
				t.Fatalf("request id %q for %q, want a plain word", got, id)
			}
		}
	})
}
