package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/go-chi/chi/v5"
)

// visit is what is known of a request from its first moment to its line in the
// log. It stands before the writer of the answer and notes what passes.
type visit struct {
	http.ResponseWriter
	id     string // of the request
	secure bool   // it came by HTTPS
	route  string // the pattern of the route that it took; empty: none
	status int    // that was sent; 0: none yet
	bytes  int    // of the body that were sent
}

// noRoute is the route of a request for which there is none.
const noRoute = "none"

// plainID is what a client may call its request.
var plainID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// idOf returns the client's own id of a request if it is a plain word, else a
// new one.
func idOf(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); id != "" && plainID.MatchString(id) {
		return id
	}
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// visitOf returns the visit that ctx belongs to; an empty one without.
func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(requestKey).(*visit); ok {
		return v
	}
	return &visit{}
}

// requestAttr is the id of the request that ctx belongs to, for the log.
func requestAttr(ctx context.Context) slog.Attr { return slog.String("request", visitOf(ctx).id) }

// WriteHeader notes the first status that is final.
func (v *visit) WriteHeader(status int) {
	if v.status == 0 && status >= http.StatusOK {
		v.status = status
	}
	v.ResponseWriter.WriteHeader(status)
}

// Write counts what is sent.
func (v *visit) Write(b []byte) (int, error) {
	if v.status == 0 {
		v.status = http.StatusOK
	}
	n, err := v.ResponseWriter.Write(b)
	v.bytes += n
	return n, err
}

// Unwrap returns the writer beneath, for http.ResponseController.
func (v *visit) Unwrap() http.ResponseWriter { return v.ResponseWriter }

// routed notes the route that a request took. It is the router's own first
// middleware, since only the router knows.
func routed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { visitOf(r.Context()).route = routeOf(r) }()
		next.ServeHTTP(w, r)
	})
}

// routeOf returns the pattern of the route that a request takes; empty before it
// is routed, and where there is none.
func routeOf(r *http.Request) string { return chi.RouteContext(r.Context()).RoutePattern() }
