package api_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"

	"hubreach/internal/api"
)

// onWire runs a server as the program does, and returns its address.
func onWire(t *testing.T, server *http.Server) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(api.Wire(listener)) }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

// Nothing stays behind in a connection, whatever is asked one after another and
// before the last answer is there.
func TestWireHoldsNothing(t *testing.T) {
	c, err := net.Dial("tcp", onWire(t, api.Limits{}.Server(sampleService(t))))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	asked := []struct{ method, path string }{
		{"HEAD", overCounty}, {"GET", overCounty}, {"GET", inTheSea}, {"GET", "/api/v1/areas"}, {"HEAD", "/api/v1/areas"}, {"GET", "/healthz"},
		{"GET", "/api/v1/options"}, {"GET", "/tiles/roads/1/1/1.mvt"}, {"GET", "/api/v1/areas"}, {"GET", overCounty}, {"HEAD", overCounty}, {"GET", "/ogc"},
	}
	in := bufio.NewReader(c)
	for _, together := range []int{1, len(asked)} {
		for from := 0; from < len(asked); from += together {
			some := asked[from : from+together]
			for _, q := range some {
				fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: example.com\r\n\r\n", q.method, q.path)
			}
			for _, q := range some {
				r, err := http.ReadResponse(in, &http.Request{Method: q.method})
				if err != nil {
					t.Fatalf("%s %s: %v", q.method, q.path, err)
				}
				body, err := io.ReadAll(r.Body)
				want := ask(t, q.method, q.path)
				if wantBody := read(t, want); q.method == "HEAD" {
					want.Body = http.NoBody
				} else if err != nil || !bytes.Equal(body, wantBody) {
					t.Errorf("%s %s: %d bytes, %v; want %d", q.method, q.path, len(body), err, len(wantBody))
				}
				if r.StatusCode != want.StatusCode {
					t.Errorf("%s %s: %d, want %d", q.method, q.path, r.StatusCode, want.StatusCode)
				}
			}
		}
	}
}
