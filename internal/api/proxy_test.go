package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"hubreach/internal/api"
)

// Who asks is who connects, unless that is a proxy of ours: then whom it names.
// The log says so, and the limit of rate counts by it.
func TestWhoAsks(t *testing.T) {
	var log bytes.Buffer
	s := serveOver(t, stores[0].open(t), api.Deps{
		Log:     slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")},
	})
	for _, tt := range []struct{ name, peer, forwarded, want string }{
		{"nobody in between", "192.0.2.1:5000", "", "192.0.2.1:5000"},
		{"a client that names another", "192.0.2.1:5000", "198.51.100.7", "192.0.2.1:5000"},
		{"a proxy", "10.1.2.3:5000", "198.51.100.7", "198.51.100.7"},
		{"a proxy that names a port", "10.1.2.3:5000", "198.51.100.7:99", "198.51.100.7"},
		{"what the client wrote before the proxy did", "10.1.2.3:5000", "203.0.113.9, 198.51.100.7", "198.51.100.7"},
		{"two proxies", "[::1]:5000", "203.0.113.9, 198.51.100.7, 10.9.9.9", "198.51.100.7"},
		{"two proxies on two lines", "[::1]:5000", "198.51.100.7\n10.9.9.9", "198.51.100.7"},
		{"nothing but proxies", "[::1]:5000", "10.9.9.9", "10.9.9.9"},
		{"a proxy that names nobody", "10.1.2.3:5000", "", "10.1.2.3:5000"},
		{"a proxy that writes nonsense", "10.1.2.3:5000", "198.51.100.7, unknown", "10.1.2.3:5000"},
		{"an address of IPv6", "10.1.2.3:5000", "[2001:db8::7]:99", "2001:db8::7"},
		{"IPv4 in IPv6", "[::ffff:10.1.2.3]:5000", "::ffff:198.51.100.7", "198.51.100.7"},
	} {
		log.Reset()
		r := httptest.NewRequest("GET", "/healthz", nil)
		r.RemoteAddr = tt.peer
		for line := range strings.SplitSeq(tt.forwarded, "\n") {
			r.Header.Add("X-Forwarded-For", line)
		}
		s.ServeHTTP(httptest.NewRecorder(), r)
		var said struct{ From string }
		if err := json.Unmarshal(log.Bytes(), &said); err != nil || said.From != tt.want {
			t.Errorf("%s: from %q, %v; want %q", tt.name, said.From, err, tt.want)
		}
	}
}

// Behind a proxy every client has a rate of its own; one that only claims to be
// many has one.
func TestRateBehindAProxy(t *testing.T) {
	const most = 5 // requests a minute
	for _, tt := range []struct {
		name    string
		proxies []netip.Prefix
		refused int
	}{
		{"behind a proxy of ours", []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, 0},
		{"no proxy of ours", nil, 20 - most},
	} {
		s := serveOver(t, stores[0].open(t), api.Deps{Limits: api.Limits{Requests: most}, Proxies: tt.proxies})
		refused := 0
		for i := range 20 { // httptest's client is 192.0.2.1
			r := s.do(t, question{method: "GET", path: "/healthz", headers: []string{"X-Forwarded-For", fmt.Sprintf("198.51.100.%d", i)}})
			if r.StatusCode == http.StatusTooManyRequests {
				refused++
			}
		}
		if refused != tt.refused {
			t.Errorf("%s: %d of 20 are refused, want %d", tt.name, refused, tt.refused)
		}
	}
}
