package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5/middleware"
)

// slow is how long an answer takes that is worth a line of the log.
const slow = time.Second

// account counts every answer, and logs those that somebody may want to read
// about: changes, faults, and what took long. The others are debug lines, since
// a map asks for hundreds of tiles and the metrics count them.
//
// A line holds the path and not the query, which may say where somebody lives.
func (s *service) account(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		s.metrics.now.Inc()
		defer func() {
			s.metrics.now.Dec()
			took, status := time.Since(began), seen.Status()
			if status == 0 { // nothing was written
				status = http.StatusOK
				if r.Context().Err() != nil {
					status = statusGone
				}
			}
			s.metrics.count(r, status, took)
			s.log.LogAttrs(r.Context(), levelOf(r.Method, status, took), "answered",
				slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.String("route", routeOf(r)), slog.Int("status", status),
				slog.Int("bytes", seen.BytesWritten()), slog.Float64("ms", float64(took.Microseconds())/1000), slog.String("from", r.RemoteAddr), requestAttr(r.Context()))
		}()
		next.ServeHTTP(seen, r)
	})
}

func levelOf(method string, status int, took time.Duration) slog.Level {
	switch {
	case status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable:
		return slog.LevelError
	case status == http.StatusServiceUnavailable, status == http.StatusTooManyRequests:
		return slog.LevelWarn
	case took >= slow, method == http.MethodPut, method == http.MethodDelete, method == http.MethodPost && status != http.StatusOK:
		return slog.LevelInfo // a POST that changes something is 201 or 202
	}
	return slog.LevelDebug
}
