package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// slow is how long an answer takes that is worth a line of the log.
const slow = time.Second

// account begins the visit that a request is, with an id and the address of its
// client, which a trusted proxy tells. It counts every answer, and logs those that
// somebody may want to read about: changes, faults, and what took long. The others
// are debug lines, since a map asks for hundreds of tiles and the metrics count
// them.
//
// A line holds the path and not the query, which may say where somebody lives.
func (s *service) account(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		from, secure := s.proxies.client(r)
		v := &visit{ResponseWriter: w, id: idOf(r), secure: secure}
		w.Header()["X-Request-Id"] = []string{v.id}
		r = r.WithContext(context.WithValue(r.Context(), requestKey, v))
		r.RemoteAddr = from
		s.metrics.now.Inc()
		defer func() {
			s.metrics.now.Dec()
			s.answered(v, r, time.Since(began))
		}()
		next.ServeHTTP(v, r)
	})
}

// answered counts and logs an answer.
func (s *service) answered(v *visit, r *http.Request, took time.Duration) {
	if v.status == 0 { // nothing was written
		v.status = http.StatusOK
		if r.Context().Err() != nil {
			v.status = statusGone
		}
	}
	if v.route == "" {
		v.route = noRoute
	}
	s.metrics.count(r.Method, v.route, v.status, took)
	level := levelOf(r.Method, v.status, took)
	if !s.log.Enabled(r.Context(), level) {
		return // most answers: their line is not even put together
	}
	s.log.LogAttrs(r.Context(), level, "answered",
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.String("route", v.route), slog.Int("status", v.status),
		slog.Int("bytes", v.bytes), slog.Float64("ms", float64(took.Microseconds())/1000), slog.String("from", r.RemoteAddr), slog.String("request", v.id))
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
