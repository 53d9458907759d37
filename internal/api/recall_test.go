package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/api"
)

// recalls returns how many answers a service had at hand, by its metrics.
func recalls(t *testing.T, s served) (n int) {
	t.Helper()
	text := string(read(t, s.do(t, question{method: "GET", path: "/metrics", headers: []string{"Authorization", "Bearer " + s.reader}})))
	_, after, _ := strings.Cut(text, "\nhubreach_http_recalled_total ")
	if _, err := fmt.Sscan(after, &n); err != nil {
		t.Fatalf("the metrics do not say how many answers were at hand: %v", err)
	}
	return n
}

// The first answer is made, the second is at hand: nobody can tell them apart.
func TestRecalledIsTheSame(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{})
	etag := map[string]string{}
	for _, path := range []string{overCounty, "/api/v1/options", "/api/v1/areas?limit=3", "/api/v1/areas?format=csv"} {
		etag[path] = s.do(t, question{method: "GET", path: path, headers: []string{"Accept-Encoding", "gzip"}}).Header.Get("ETag")
	}
	asked := 0
	for path := range etag {
		for _, tt := range []struct {
			name    string
			method  string
			headers []string
			status  int
		}{
			{"plain", "GET", nil, 200},
			{"gzip", "GET", []string{"Accept-Encoding", "gzip"}, 200},
			{"brotli", "GET", []string{"Accept-Encoding", "gzip, br"}, 200},
			{"from another origin", "GET", []string{"Origin", "https://council.example"}, 200},
			{"HEAD", "HEAD", []string{"Accept-Encoding", "gzip"}, 200},
			{"a part, which there is none of", "GET", []string{"Range", "bytes=0-9"}, 200},
			{"the client has it", "GET", []string{"Accept-Encoding", "gzip", "If-None-Match", etag[path]}, 304},
			{"HEAD, and the client has it", "HEAD", []string{"Accept-Encoding", "gzip", "If-None-Match", etag[path]}, 304},
			{"the client has another", "GET", []string{"If-None-Match", `"0123456789abcdef"`}, 200},
		} {
			asked++
			accept := fmt.Sprintf("*/*;q=0.%d", asked) // what nobody asked for before
			q := question{method: tt.method, path: path, headers: append([]string{"Accept", accept, "X-Request-Id", "the-same"}, tt.headers...)}
			if tt.status == 304 { // a client that has it was given it
				before := question{method: "GET", path: path, headers: []string{"Accept", accept, "Accept-Encoding", "gzip"}}
				defer func(first *http.Response) {
					s.do(t, before)
					sameAnswer(t, path+", "+tt.name, first, s.do(t, q), tt.status)
				}(s.do(t, q))
				continue
			}
			first := s.do(t, q)
			known := recalls(t, s)
			second := s.do(t, q)
			sameAnswer(t, path+", "+tt.name, first, second, tt.status)
			keeps := tt.name != "the client has another" || path == overCounty // the API keeps what is asked for without conditions
			if n := recalls(t, s) - known; (n == 1) != keeps {
				t.Errorf("%s, %s: %d of one answer was at hand, want it: %v", path, tt.name, n, keeps)
			}
		}
	}
}

func sameAnswer(t *testing.T, name string, made, recalled *http.Response, status int) {
	t.Helper()
	if made.StatusCode != status || recalled.StatusCode != status {
		t.Errorf("%s: %d made, %d recalled; want %d", name, made.StatusCode, recalled.StatusCode, status)
	}
	if diff := cmp.Diff(linesOf(made.Header), linesOf(recalled.Header)); diff != "" {
		t.Errorf("%s: headers made (-) and recalled (+):\n%s", name, diff)
	}
	if a, b := read(t, made), read(t, recalled); !bytes.Equal(a, b) {
		t.Errorf("%s: %d bytes made, %d others recalled", name, len(a), len(b))
	}
}

// linesOf puts several lines of one header on one, which means the same
// (RFC 9110, section 5.3).
func linesOf(h http.Header) map[string]string {
	lines := map[string]string{}
	for name, values := range h {
		lines[name] = strings.Join(values, ", ")
	}
	return lines
}

// An answer at hand is kept from those who may not read, and is not at hand any
// more from the moment that an option is edited.
func TestRecalledForWhom(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{Closed: true})
	for _, path := range []string{overCounty, "/api/v1/options"} {
		ask := func(secret string) *http.Response {
			return s.do(t, question{method: "GET", path: path, headers: []string{"Authorization", "Bearer " + secret}})
		}
		first := ask(s.reader)
		before := recalls(t, s)
		for _, tt := range []struct {
			secret string
			status int
		}{{s.reader, 200}, {swapLast(s.reader), 401}, {"", 401}, {s.planner, 200}} {
			if got := ask(tt.secret); got.StatusCode != tt.status || tt.status == 401 && (got.Header.Get("ETag") != "" || got.Header.Get("WWW-Authenticate") == "") {
				t.Errorf("%s, with the token %.8s...: %d, want %d; %v", path, tt.secret, got.StatusCode, tt.status, got.Header)
			}
		}
		if n := recalls(t, s) - before; n != 2 {
			t.Errorf("%s: %d answers at hand were sent, want 2", path, n)
		}
		created := s.do(t, question{method: "POST", path: "/api/v1/options", plan: true, body: strings.Replace(newOption, "%", fmt.Sprint("new", before), 1)})
		if now := ask(s.reader); created.StatusCode != http.StatusCreated || now.StatusCode != http.StatusOK || now.Header.Get("ETag") == first.Header.Get("ETag") {
			t.Errorf("%s after an edit (%d): %d, ETag %s; want another than %s", path, created.StatusCode, now.StatusCode, now.Header.Get("ETag"), first.Header.Get("ETag"))
		}
	}
}

// What is at hand is counted by its route like any other answer, and against the
// client's rate.
func TestRecalledIsCounted(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{Limits: api.Limits{Requests: 5}})
	for i, want := range []int{200, 200, 200, 200, 429} {
		if got := s.do(t, question{method: "GET", path: overCounty}).StatusCode; got != want {
			t.Errorf("request %d of a minute that may have 4 and the metrics: %d, want %d", i+1, got, want)
		}
		if i == 3 {
			text := string(read(t, s.do(t, question{method: "GET", path: "/metrics"})))
			if want := `hubreach_http_request_duration_seconds_count{method="GET",route="/tiles/{sets}/{z}/{x}/{y}.mvt",status="200"} 4`; !strings.Contains(text, want) {
				t.Errorf("the metrics do not say %s", want)
			}
		}
	}
}

// Without a cache of tiles no tile is kept, in no other cache either.
func TestTilesNotKept(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{})
	s.keeper.Tiles.CacheBytes = 0
	if err := s.keeper.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.do(t, question{method: "POST", path: "/api/v1/options", plan: true, body: strings.Replace(newOption, "%", "new", 1)}) // a snapshot of its own
	for range 2 {
		if r := s.do(t, question{method: "GET", path: overCounty}); r.StatusCode != http.StatusOK {
			t.Errorf("%s: %d, want 200", overCounty, r.StatusCode)
		}
	}
	if n := recalls(t, s); n != 0 {
		t.Errorf("%d tiles were at hand, want none", n)
	}
}
