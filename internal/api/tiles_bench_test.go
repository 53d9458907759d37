package api_test

import (
	"net/http/httptest"
	"testing"
)

// What the service adds to a tile that is at hand, and what a tile not modified costs.
func BenchmarkTileOverHTTP(b *testing.B) {
	h := sampleService(b)
	first := ask(b, "GET", overCounty, "Accept-Encoding", "gzip")
	for name, etag := range map[string]string{"cached": "", "not modified": first.Header.Get("ETag")} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("GET", overCounty, nil)
			r.Header.Set("Accept-Encoding", "gzip")
			if etag != "" {
				r.Header.Set("If-None-Match", etag)
			}
			for b.Loop() {
				h.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}
