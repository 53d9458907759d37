package api_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"hubreach/internal/api"
)

// What a client likes is what it gets.
func TestForms(t *testing.T) {
	for _, tt := range []struct {
		accept, query string
		status        int
		media         string
	}{
		{"", "", 200, "application/json"},
		{"*/*", "", 200, "application/json"},
		{"text/html, */*;q=0.1", "", 200, "application/json"},
		{"text/csv", "", 200, "text/csv"},
		{"application/json;q=0.5, text/csv;q=0.6", "", 200, "text/csv"},
		{"application/*, text/csv;q=0.9", "", 200, "application/json"},
		{"application/*;q=0.5, application/geo+json", "", 200, "application/geo+json"},
		{"*/*, application/json;q=0", "", 200, "text/csv"},
		{"text/csv;q=0", "", 406, "application/problem+json"},
		{"image/png", "", 406, "application/problem+json"},
		{"image/png", "&format=csv", 200, "text/csv"},
		{"", "&format=geojson", 200, "application/geo+json"},
		{"", "&format=pdf", 422, "application/problem+json"},
	} {
		var headers []string
		if tt.accept != "" {
			headers = []string{"Accept", tt.accept}
		}
		r := ask(t, "GET", "/api/v1/sites?limit=1"+tt.query, headers...)
		if media := r.Header.Get("Content-Type"); r.StatusCode != tt.status || !strings.HasPrefix(media, tt.media) {
			t.Errorf("Accept %q%s: %d, %s; want %d, %s", tt.accept, tt.query, r.StatusCode, media, tt.status, tt.media)
		}
	}
	if r := ask(t, "GET", "/api/v1/checks?format=geojson"); r.StatusCode != http.StatusNotAcceptable {
		t.Errorf("checks as GeoJSON: %d, want 406: they lie nowhere", r.StatusCode)
	}
}

// Every page of a list, by the links, is the list; sorted downwards what is not
// known still comes last.
func TestPages(t *testing.T) {
	type page struct {
		Items []map[string]any
		Total int
	}
	load := func(path string) (p page, next string) {
		r := ask(t, "GET", path)
		if err := json.Unmarshal(read(t, r), &p); err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d, %v", path, r.StatusCode, err)
		}
		next, _, _ = strings.Cut(strings.TrimPrefix(r.Header.Get("Link"), "<"), ">")
		return p, next
	}
	whole, none := load("/api/v1/areas?option=O2&sort=-walk_min,area_code")
	if whole.Total != 334 || len(whole.Items) != 334 || none != "" {
		t.Fatalf("%d of %d areas, next %q; want all 334", len(whole.Items), whole.Total, none)
	}
	var codes []any
	for next := "/api/v1/areas?option=O2&sort=-walk_min,area_code&limit=100"; next != ""; {
		var p page
		p, next = load(next)
		for _, item := range p.Items {
			codes = append(codes, item["area_code"])
		}
	}
	last := 1e9
	for i, item := range whole.Items {
		if i >= len(codes) || codes[i] != item["area_code"] {
			t.Fatalf("page by page, area %d of %d is not %v", i, len(codes), item["area_code"])
		}
		walk, known := item["walk_min"].(float64)
		if known && walk > last || known && last < 0 {
			t.Errorf("area %d: %v after %v", i, item["walk_min"], last)
		}
		if last = walk; !known {
			last = -1
		}
	}
	if past, next := load("/api/v1/areas?offset=1000"); len(past.Items) != 0 || past.Items == nil || next != "" {
		t.Errorf("past the end: %v, next %q; want an empty list", past.Items, next)
	}
	one := read(t, ask(t, "GET", "/api/v1/areas?option=O1&option=O3&limit=700"))
	if other := read(t, ask(t, "GET", "/api/v1/areas?option=O1,O3&limit=700")); !bytes.Equal(one, other) {
		t.Error("option=O1&option=O3 is not option=O1,O3")
	}
}

// A spreadsheet takes no cell of a CSV for a formula.
func TestCSVIsSafe(t *testing.T) {
	s := serveOver(t, stores[0].open(t), api.Deps{})
	body := `{"id": "sum", "name": "=SUM(A1:A9)", "about": "+1; -2", "based_on": "O3", "sites": []}`
	if r := s.do(t, question{method: "POST", path: "/api/v1/options", plan: true, body: body}); r.StatusCode != http.StatusCreated {
		t.Fatalf("%d: %s", r.StatusCode, read(t, r))
	}
	rows, err := csv.NewReader(s.do(t, question{method: "GET", path: "/api/v1/options?format=csv&offset=5"}).Body).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := map[string]string{}
	for i, name := range rows[0] {
		at[name] = rows[1][i]
	}
	if at["name"] != "'=SUM(A1:A9)" || at["about"] != "'+1; -2" || at["equity_index"] == "" || strings.HasPrefix(at["equity_index"], "'") {
		t.Errorf("name %q, about %q, equity index %q", at["name"], at["about"], at["equity_index"])
	}
}

// The log holds data, one JSON object a line, and no secret; metrics have routes
// for labels, never what was asked.
func TestLogAndMetrics(t *testing.T) {
	var log bytes.Buffer
	s := serveOver(t, stores[0].open(t), api.Deps{Log: slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	evil := "/api/v1/areas/%0a%22level%22:%22ERROR%22"
	for _, q := range []question{
		{method: "GET", path: evil}, {method: "GET", path: "/api/v1/reach?postcode=EM1+1AA"}, {method: "PURGE", path: "/api/v1/study"},
		{method: "POST", path: "/api/v1/options", plan: true, body: strings.Replace(newOption, "%", "seen", 1)},
		{method: "POST", path: "/api/v1/options", headers: []string{"Authorization", "Bearer " + s.reader}, body: strings.Replace(newOption, "%", "x", 1)},
	} {
		s.do(t, q)
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	levels := map[string]int{}
	for _, line := range lines {
		var said struct{ Level, Request, Route string }
		if err := json.Unmarshal([]byte(line), &said); err != nil || said.Request == "" && said.Route != "" {
			t.Errorf("%v in the line %s", err, line)
		}
		levels[said.Level]++
	}
	if levels["ERROR"] > 0 || levels["INFO"] < 1 || levels["DEBUG"] < 3 {
		t.Errorf("levels %v of %d lines; want a change as information, reads for debugging and no error", levels, len(lines))
	}
	for _, secret := range []string{s.planner, s.reader, "EM1"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
	text := string(read(t, s.do(t, question{method: "GET", path: "/metrics"})))
	for _, want := range []string{
		`hubreach_http_request_duration_seconds_count{method="GET",route="/api/v1/areas/{code}",status="404"} 1`,
		`hubreach_http_request_duration_seconds_count{method="GET",route="/api/v1/reach",status="200"} 1`,
		`hubreach_http_request_duration_seconds_count{method="POST",route="/api/v1/options",status="201"} 1`,
		`method="other"`, "hubreach_study_version 1\n", "hubreach_study_options 6\n", "hubreach_store_up 1\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics do not say %s", want)
		}
	}
	if strings.Contains(text, "PURGE") || strings.Contains(text, "ERROR") {
		t.Error("what was asked is a label")
	}
}

// A page of another origin may read, and see what it needs of the headers.
func TestHeadersForBrowsers(t *testing.T) {
	r := ask(t, "OPTIONS", "/api/v1/options/O1", "Origin", "https://council.example", "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "authorization,if-match")
	if h := r.Header; h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Methods") != "PUT" {
		t.Errorf("preflight: %v", h)
	}
	r = ask(t, "GET", "/api/v1/options", "Origin", "https://council.example", "Accept-Encoding", "br")
	for name, want := range map[string]string{
		"Content-Encoding": "br", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
		"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if p := r.Header.Get("Content-Security-Policy"); strings.Contains(p, "http") || !strings.Contains(p, "default-src 'none'") || !strings.Contains(p, "worker-src 'self' blob:") {
		t.Errorf("policy %q: want no other origin, and workers for the map", p)
	}
	if got := r.Header.Get("Access-Control-Expose-Headers"); !strings.Contains(got, "Etag") && !strings.Contains(got, "ETag") {
		t.Errorf("exposed headers %q, want the ETag among them", got)
	}
}

// The same answer comes from memory the second time, also squeezed.
func TestRememberedAnswers(t *testing.T) {
	for _, encoding := range []string{"identity", "gzip", "br"} {
		var first []byte
		for try := range 2 {
			r := ask(t, "GET", "/api/v1/areas?option=O4", "Accept-Encoding", encoding)
			body := read(t, r)
			if try == 0 {
				first = body
			}
			if !bytes.Equal(body, first) || r.StatusCode != 200 || (encoding != "identity") != (r.Header.Get("Content-Encoding") == encoding) || r.Header.Get("X-Total-Count") != "334" {
				t.Errorf("%s, try %d: %d, %d bytes as %q; want the same %d", encoding, try, r.StatusCode, len(body), r.Header.Get("Content-Encoding"), len(first))
			}
		}
	}
}

func BenchmarkWhatIf(b *testing.B) {
	for _, changes := range []string{`{"do":"close","site_id":"S09"}`, `{"do":"move","site_id":"S09","lon":1.12,"lat":53.26}`} {
		b.Run(fmt.Sprintf("%.14s", changes), func(b *testing.B) {
			s := served{Handler: sampleService(b)}
			for b.Loop() {
				if r := s.do(b, question{method: "POST", path: "/api/v1/what-if", body: `{"changes":[` + changes + `]}`}); r.StatusCode != 200 {
					b.Fatalf("%d: %s", r.StatusCode, read(b, r))
				}
			}
		})
	}
}

func BenchmarkReach(b *testing.B) {
	s := served{Handler: sampleService(b)}
	for b.Loop() {
		if r := s.do(b, question{method: "GET", path: "/api/v1/reach?lon=0.8216&lat=53.2994"}); r.StatusCode != 200 {
			b.Fatalf("%d: %s", r.StatusCode, read(b, r))
		}
	}
}
