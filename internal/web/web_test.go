package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"hubreach/internal/web"
)

// built is what a build writes, in small: script.br is the smallest.
var built = fstest.MapFS{
	"index.html":              {Data: []byte("<html><head></head><body>pages</body></html>")},
	"favicon.svg":             {Data: []byte("<svg/>")},
	"assets/main-0a1b.js":     {Data: []byte("let aaaaaaaaaaaaaaaaaaaaaaaa")},
	"assets/main-0a1b.js.br":  {Data: []byte("brotli")},
	"assets/main-0a1b.js.gz":  {Data: []byte("gzipped")},
	"assets/data-0a1b.weird":  {Data: []byte{0, 1}},
	"assets/worker-0a1b.mjs":  {Data: []byte("export {}")},
	"assets/main-0a1b.css":    {Data: []byte("p{}")},
	"assets/lone-0a1b.css.gz": {Data: []byte("without the file it is of")},
}

func handler(t *testing.T, s web.Settings) http.Handler {
	t.Helper()
	h, err := web.New(built, s)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	return h
}

func get(h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestWhatIsServed(t *testing.T) {
	h := handler(t, web.Settings{})
	const page = "text/html; charset=utf-8"
	for _, c := range []struct {
		name, method, path, accept string
		status                     int
		kind, cache, body          string
	}{
		{"the overview", "GET", "/", "", 200, page, "no-cache", "pages"},
		{"a place by its address", "GET", "/plan?option=O1", "", 200, page, "no-cache", "pages"},
		{"a hashed script", "GET", "/assets/main-0a1b.js", "", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "let aaaa"},
		{"brotli is smaller", "GET", "/assets/main-0a1b.js", "gzip, br", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "brotli"},
		{"gzip where brotli is refused", "GET", "/assets/main-0a1b.js", "gzip;q=1.0, br;q=0", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "gzipped"},
		{"an encoding nobody made", "GET", "/assets/main-0a1b.css", "br", 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable", "p{}"},
		{"a worker", "GET", "/assets/worker-0a1b.mjs", "", 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "export"},
		{"an ending nobody knows", "GET", "/assets/data-0a1b.weird", "", 200, "application/octet-stream", "public, max-age=31536000, immutable", "\x00"},
		{"a file without a hash", "GET", "/favicon.svg", "", 200, "image/svg+xml", "no-cache", "<svg/>"},
		{"no such page", "GET", "/nowhere", "", 404, page, "no-cache", "no such page"},
		{"no way out of the folder", "GET", "/assets/../../web.go", "", 404, page, "no-cache", "no such page"},
		{"the document is at its addresses only", "GET", "/index.html", "", 404, page, "no-cache", "no such page"},
		{"nothing can be changed", "POST", "/", "", 405, "text/plain; charset=utf-8", "", "only GET"},
	} {
		w := get(h, c.method, c.path, "Accept-Encoding", c.accept)
		if w.Code != c.status || w.Header().Get("Content-Type") != c.kind || w.Header().Get("Cache-Control") != c.cache || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%s: %s %s: got %d, %q, %q, %q; want %d, %q, %q, …%q…", c.name, c.method, c.path,
				w.Code, w.Header().Get("Content-Type"), w.Header().Get("Cache-Control"), w.Body, c.status, c.kind, c.cache, c.body)
		}
	}
}

func TestEveryAddressAnswers(t *testing.T) {
	h := handler(t, web.Settings{})
	for _, at := range web.Addresses {
		if w := get(h, "GET", at); w.Code != 200 || !strings.Contains(w.Header().Get("Content-Security-Policy"), "connect-src 'self';") {
			t.Errorf("GET %s: got %d, policy %q; want 200 and a policy that lets the page speak to us alone", at, w.Code, w.Header().Get("Content-Security-Policy"))
		}
	}
}

func TestUnchangedIsNotSentAgain(t *testing.T) {
	h := handler(t, web.Settings{})
	for _, accept := range []string{"", "br", "gzip"} {
		first := get(h, "GET", "/assets/main-0a1b.js", "Accept-Encoding", accept)
		tag := first.Header().Get("ETag")
		again := get(h, "GET", "/assets/main-0a1b.js", "Accept-Encoding", accept, "If-None-Match", tag)
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("encoding %q, If-None-Match %s: got %d with %d bytes, want 304 with none", accept, tag, again.Code, again.Body.Len())
		}
		other := get(h, "GET", "/assets/main-0a1b.css", "If-None-Match", tag)
		if other.Code != 200 {
			t.Errorf("encoding %q: another file's tag: got %d, want 200", accept, other.Code)
		}
	}
	if w := get(h, "HEAD", "/"); w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("HEAD /: got %d with %d bytes, want 200 with none", w.Code, w.Body.Len())
	}
}

func TestNotBuilt(t *testing.T) {
	for name, pages := range map[string]fstest.MapFS{"no folder": nil, "an empty build": {"assets/x.js": {Data: []byte("x")}}} {
		h, err := web.New(pages, web.Settings{})
		if err != nil {
			t.Fatalf("%s: New: %v", name, err)
		}
		for _, at := range web.Addresses {
			if w := get(h, "GET", at); w.Code != 503 || !strings.Contains(w.Body.String(), "scripts/run") {
				t.Errorf("%s: GET %s: got %d, %q; want 503 and how to build", name, at, w.Code, w.Body)
			}
		}
		if w := get(h, "HEAD", "/"); w.Code != 503 || w.Body.Len() != 0 {
			t.Errorf("%s: HEAD /: got %d with %d bytes, want 503 with none", name, w.Code, w.Body.Len())
		}
	}
}

func TestTheProgramHoldsPagesOrSaysSo(t *testing.T) {
	h, err := web.Handler(web.Settings{})
	if err != nil {
		t.Fatalf("Handler: %v", err)
	}
	want := map[bool]int{true: 200, false: 503}[web.Built()]
	if w := get(h, "GET", "/"); w.Code != want {
		t.Errorf("GET /: got %d, want %d as Built() = %v", w.Code, want, web.Built())
	}
}

func TestStyleFromElsewhere(t *testing.T) {
	h := handler(t, web.Settings{StyleURL: `https://maps.example/s?a=1&b="2`})
	w := get(h, "GET", "/")
	if !strings.Contains(w.Body.String(), `<meta name="hubreach-style" content="https://maps.example/s?a=1&amp;b=&#34;2" />`) {
		t.Errorf("GET /: got %s, want the style's address, escaped", w.Body)
	}
	if p := w.Header().Get("Content-Security-Policy"); !strings.Contains(p, "connect-src 'self' https://maps.example;") {
		t.Errorf("policy %q: want the style's host to be asked", p)
	}
	for _, bad := range []string{"maps.example/style.json", "javascript:alert(1)", "https://", "https://a b/", "https://a;script-src/", "://"} {
		if _, err := web.New(built, web.Settings{StyleURL: bad}); err == nil || !strings.Contains(err.Error(), "want http") {
			t.Errorf("StyleURL %q: got %v, want an error that says what is wanted", bad, err)
		}
	}
}

// FuzzPaths asks for anything: the answer is a page, a file or a refusal, never
// a panic, and a HEAD has no body.
func FuzzPaths(f *testing.F) {
	for _, s := range []string{"/", "/plan", "/assets/main-0a1b.js", "//", "/../web.go", "/%00", "/assets/"} {
		f.Add(s, "gzip, br;q=0.5")
	}
	h, err := web.New(built, web.Settings{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path, accept string) {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path = path
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 && w.Code != 404 {
			t.Errorf("GET %q: got %d, want 200 or 404", path, w.Code)
		}
	})
}
