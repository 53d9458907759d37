package api

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/maypok86/otter/v2"
)

// answer is a whole answer, squeezed or not, as it was sent.
type answer struct {
	header http.Header
	body   []byte
}

// question is what an answer is kept by: the ETag, so that nothing outlives its
// snapshot, and all of the request that the answer depends on.
type question struct {
	etag, uri, accept, encoding string
}

// longest is how long a question may be to be kept, in bytes.
const longest = 1000

// newMemory keeps answers of so many bytes in all, those asked for most.
func newMemory(most int64) *otter.Cache[question, *answer] {
	const overhead = 1000 // bytes that an answer takes besides its body
	return otter.Must(&otter.Options[question, *answer]{
		MaximumWeight: uint64(most),
		Weigher: func(q question, a *answer) uint32 {
			return uint32(len(q.uri)+len(q.accept)+len(a.body)) + overhead
		},
	})
}

// remember keeps the answers that depend on the snapshot alone, so that a list
// of areas is written and squeezed once, and a thousand clients who are slow to
// read it share the same bytes.
func (s *service) remember(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := snapshotOf(r.Context())
		q := question{uri: r.URL.RequestURI(), accept: r.Header.Get("Accept"), encoding: encodingFor(r.Header.Values("Accept-Encoding")).String()}
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if now == nil || !reads || !strings.HasPrefix(r.URL.Path, base+"/") || len(q.uri)+len(q.accept) > longest || r.Header.Get("If-None-Match") != "" {
			next.ServeHTTP(w, r)
			return
		}
		q.etag = now.etag
		kept, ok := s.memory.GetIfPresent(q)
		if !ok {
			seen := &recorder{answer: answer{header: w.Header()}, status: http.StatusOK}
			next.ServeHTTP(seen, r)
			if seen.status != http.StatusOK || seen.header.Get("ETag") != now.etag {
				w.WriteHeader(seen.status)
				_, _ = w.Write(seen.body) // the client may be gone
				return
			}
			kept = &answer{keptOf(seen.header), bytes.Clone(seen.body)}
			s.memory.Set(q, kept)
		}
		for name, values := range kept.header {
			w.Header()[name] = values
		}
		_, _ = w.Write(kept.body) // the client may be gone
	})
}

// keptOf returns the headers that belong to an answer, not to its request.
func keptOf(h http.Header) http.Header {
	kept := http.Header{}
	for _, name := range []string{"Cache-Control", "Content-Encoding", "Content-Type", "Etag", "Link", "Vary", "X-Total-Count"} {
		if values := h.Values(name); len(values) > 0 {
			kept[name] = values
		}
	}
	return kept
}

// recorder writes an answer down instead of sending it. Its headers are those of
// the answer that will be sent.
type recorder struct {
	answer
	status int
}

// Header returns the headers to send.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) { r.status = status }

// Write notes the body.
func (r *recorder) Write(b []byte) (int, error) {
	r.body = append(r.body, b...)
	return len(b), nil
}
