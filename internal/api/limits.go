package api

import (
	"net/http"
	"time"
)

// Limits keep one client from taking the service from the others.
type Limits struct {
	Body     int64         // bytes of a request; default 1 MiB
	Answer   time.Duration // the longest that one answer may take to make; default 20 s
	Header   time.Duration // the longest to send a request's head; default 5 s
	Read     time.Duration // the longest to send a request; default 15 s
	Write    time.Duration // from the request's head to the answer's last byte; default 60 s
	Idle     time.Duration // the longest that a connection stays open without a request; default 60 s
	Changes  int           // most changes of one what-if; default 200
	Requests int           // most requests of one client in a minute; 0: as many as it likes
	Memory   int64         // bytes of answers that are kept to be sent again; default 64 MiB
	Jobs     int           // most jobs that wait or run at one time; default 16
	// Trust is how long a reader's token opens what is read without asking the store
	// again; default 10 s.
	Trust time.Duration
	// Away is how long after the store last vouched for a reader's token it still
	// opens what is read, when the store does not answer; default 5 min. A token that
	// is revoked meanwhile opens it for no longer.
	Away time.Duration
}

// WithDefaults fills in what is zero.
func (l Limits) WithDefaults() Limits {
	for _, d := range []struct{ at, to *time.Duration }{
		{&l.Answer, ptr(20 * time.Second)}, {&l.Header, ptr(5 * time.Second)}, {&l.Read, ptr(15 * time.Second)},
		{&l.Write, ptr(time.Minute)}, {&l.Idle, ptr(time.Minute)}, {&l.Trust, ptr(10 * time.Second)}, {&l.Away, ptr(5 * time.Minute)},
	} {
		if *d.at == 0 {
			*d.at = *d.to
		}
	}
	if l.Body == 0 {
		l.Body = 1 << 20
	}
	if l.Memory == 0 {
		l.Memory = 64 << 20
	}
	if l.Changes == 0 {
		l.Changes = 200
	}
	if l.Jobs == 0 {
		l.Jobs = 16
	}
	return l
}

func ptr[T any](v T) *T { return &v }

// Server returns an HTTP server for a handler. It gives up on clients that are
// too slow to ask or to take their answer, so that none of them holds a
// connection for ever. Its listener should be one of Wire.
func (l Limits) Server(h http.Handler) *http.Server {
	l = l.WithDefaults()
	return &http.Server{
		Handler: h, ReadHeaderTimeout: l.Header, ReadTimeout: l.Read, WriteTimeout: l.Write, IdleTimeout: l.Idle,
		MaxHeaderBytes: 16 << 10, ConnContext: along,
	}
}
