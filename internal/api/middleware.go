package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/CAFxX/httpcompression"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/cors"
	"github.com/go-chi/httprate"
)

type contextKey int

const (
	snapshotKey contextKey = iota
	requestKey
	bearerKey
	acceptKey
	wireKey
)

// recover turns a panic of a handler into a problem, and logs it.
func (s *service) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v) // how a handler cuts a connection
			}
			s.log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("panic", fmt.Sprint(v)), slog.String("stack", string(debug.Stack())), requestAttr(r.Context()))
			writeProblem(w, http.StatusInternalServerError, "a fault of the service; it is in its log under this request's id")
		}()
		next.ServeHTTP(w, r)
	})
}

// policy lets the map's pages run their own scripts and workers and nothing else.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src blob:; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// guards are the headers that keep a browser from doing what nobody asked for.
var guards = []field{
	{"Content-Security-Policy", []string{policy}}, {"X-Content-Type-Options", []string{"nosniff"}}, {"X-Frame-Options", []string{"DENY"}},
	{"Referrer-Policy", []string{"no-referrer"}}, {"Cross-Origin-Opener-Policy", []string{"same-origin"}},
}

// field is a header of answers, by its canonical name.
type field struct {
	name   string
	values []string // shared by all answers, and never changed
}

// set puts fields among the headers of an answer.
func set(h http.Header, fields []field) {
	for _, f := range fields {
		h[f.name] = f.values
	}
}

// secure sets them.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set(w.Header(), guards)
		next.ServeHTTP(w, r)
	})
}

// crossOrigin lets pages of other origins read, and change with a token: a
// token is never sent by a browser on its own, so there is nothing to forge.
func (s *service) crossOrigin() func(http.Handler) http.Handler {
	return cors.Handler(cors.Options{
		AllowedOrigins: []string{"*"},
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type", "If-Match", "If-None-Match", "X-Request-Id"},
		ExposedHeaders: []string{"ETag", "Link", "Location", "Retry-After", "X-Request-Id", "X-Total-Count"},
		MaxAge:         86400,
	})
}

// rate bounds how often one client asks, if there is a bound. An address of IPv6
// counts with its whole network of 64 bits, which one household has.
func (s *service) rate() func(http.Handler) http.Handler {
	if s.limits.Requests == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	return httprate.Limit(s.limits.Requests, time.Minute, httprate.WithKeyFuncs(httprate.KeyByIP), httprate.WithLimitHandler(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, http.StatusTooManyRequests, fmt.Sprintf("more than %d requests in a minute; Retry-After says when to ask again", s.limits.Requests))
	}))
}

// compress squeezes answers that are worth it. What is sent squeezed already,
// such as a tile, passes as it is.
func compress() func(http.Handler) http.Handler {
	adapter, err := httpcompression.DefaultAdapter(
		httpcompression.MinSize(1024),
		httpcompression.BrotliCompressionLevel(4), // a page of areas in a few milliseconds; the default takes ten times that
		httpcompression.ContentTypes([]string{mediaJSON, mediaCSV, mediaGeoJSON, "application/problem+json", "text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}, false),
	)
	if err != nil {
		panic(err) // the options above are wrong: a bug, found by the first test
	}
	return adapter
}

// deadline ends what takes longer than an answer may, and bounds what is read.
func (s *service) deadline(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.Answer)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, s.limits.Body)
		next.ServeHTTP(w, r)
	})
}

// current gives a request the snapshot that it answers from, and says which: a
// client that has this very answer is told so, and gets no other.
func (s *service) current(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := s.keeper.Now()
		if now == nil && !strings.HasPrefix(r.URL.Path, base+"/openapi") {
			w.Header().Set("Retry-After", fmt.Sprint(retryAfter))
			writeProblem(w, http.StatusServiceUnavailable, "no study is loaded yet; ask again in a few seconds")
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), snapshotKey, now)))
	})
}

// snapshotOf returns the snapshot that a request answers from.
func snapshotOf(ctx context.Context) *Snapshot { return ctx.Value(snapshotKey).(*Snapshot) }

// methodNotAllowed says which methods a path has.
func methodNotAllowed(routes chi.Routes) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			if routes.Match(chi.NewRouteContext(), m, r.URL.Path) {
				allowed = append(allowed, m)
			}
			if m == http.MethodGet && len(allowed) > 0 {
				allowed = append(allowed, http.MethodHead)
			}
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		writeProblem(w, http.StatusMethodNotAllowed, fmt.Sprintf("%.20s is not one of the methods of this path: %s", r.Method, strings.Join(allowed, ", ")))
	}
}
