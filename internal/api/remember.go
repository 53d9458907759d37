package api

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"github.com/maypok86/otter/v2"
)

// answer is a whole answer, squeezed or not, as it is sent again.
type answer struct {
	route string
	etag  string
	head  []field // without those of its request
	body  []byte
}

// question is what an answer is kept by: the ETag of the snapshot, so that
// nothing outlives it, and all of the request that the answer depends on.
type question struct {
	etag, uri, accept, encoding string
}

// longest is how long a question may be to be kept, in bytes.
const longest = 1000

// questionOf returns what the answer to a request is kept by; false for a request
// whose answer is not kept.
func questionOf(r *http.Request, now *Snapshot) (question, bool) {
	reads := r.Method == http.MethodGet || r.Method == http.MethodHead
	if now == nil || !reads || !strings.HasPrefix(r.URL.Path, base+"/") && !strings.HasPrefix(r.URL.Path, tiles) {
		return question{}, false
	}
	q := question{now.etag, r.RequestURI, r.Header.Get("Accept"), encodingFor(r.Header["Accept-Encoding"]).String()}
	return q, q.uri != "" && len(q.uri)+len(q.accept) <= longest
}

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

// recall sends an answer that is at hand before its request is routed, given a
// deadline and read. What every answer has to have, whoever makes it, stands
// before it in the chain, and who may read is asked here.
func (s *service) recall(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := s.kept(r)
		switch {
		case kept == nil:
			next.ServeHTTP(w, r)
		case s.admits(w, r):
			s.metrics.recalled.Inc()
			kept.send(w, r)
		}
	})
}

// kept returns the answer to a request that is at hand, nil if none is.
func (s *service) kept(r *http.Request) *answer {
	q, ok := questionOf(r, s.keeper.Now())
	if !ok {
		return nil
	}
	a, _ := s.memory.GetIfPresent(q)
	return a
}

// remember keeps the answers that depend on the snapshot alone, so that a list
// of areas is written and squeezed once, and a thousand clients who are slow to
// read it share the same bytes.
func (s *service) remember(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := snapshotOf(r.Context())
		q, ok := questionOf(r, now)
		if !ok || r.Header.Get("If-None-Match") != "" {
			next.ServeHTTP(w, r)
			return
		}
		seen := &recorder{header: w.Header(), status: http.StatusOK}
		next.ServeHTTP(seen, r)
		if seen.status != http.StatusOK || seen.header.Get("ETag") != now.etag {
			w.WriteHeader(seen.status)
			_, _ = w.Write(seen.body) // the client may be gone
			return
		}
		s.keep(q, w, r, bytes.Clone(seen.body))
	})
}

// keep sends an answer whose head is written, and keeps it. The body must not be
// changed any more.
func (s *service) keep(q question, w http.ResponseWriter, r *http.Request, body []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	kept := &answer{route: routeOf(r), etag: w.Header().Get("ETag"), head: headOf(w.Header()), body: body}
	s.memory.Set(q, kept)
	kept.send(w, r)
}

// send sends an answer, or 304 to a client that has it.
func (a *answer) send(w http.ResponseWriter, r *http.Request) {
	visitOf(r.Context()).route = a.route
	if have := r.Header["If-None-Match"]; len(have) > 0 && holds(have, a.etag) {
		for _, f := range a.head {
			if stands[f.name] {
				w.Header()[f.name] = f.values
			}
		}
		w.WriteHeader(http.StatusNotModified)
		return
	}
	set(w.Header(), a.head)
	sendWhole(w, r, a.body)
}

// stands are the headers of an answer that 304 has too (RFC 9110, section 15.4.5).
var stands = map[string]bool{"Cache-Control": true, "Etag": true, "Vary": true}

// headOf returns the headers that belong to an answer, not to its request, one
// line each.
func headOf(h http.Header) []field {
	var kept []field
	for _, name := range []string{"Cache-Control", "Content-Encoding", "Content-Length", "Content-Type", "Etag", "Link", "Vary", "X-Total-Count"} {
		if values := h[name]; len(values) > 0 {
			kept = append(kept, field{name, []string{strings.Join(values, ", ")}})
		}
	}
	return kept
}

// recorder writes an answer down instead of sending it. Its headers are those of
// the answer that will be sent.
type recorder struct {
	header http.Header
	body   []byte
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
