package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// tries is how often a request is sent before its source is given up, and
// connectTries how often a host that does not even answer is called.
const (
	tries        = 6
	connectTries = 3
	longestWait  = 2 * time.Minute // a publisher that asks for more is given up
)

// fault is why a publisher's answer is of no use, in words for a person.
type fault struct {
	what  string
	again bool          // a further try may help
	after time.Duration // how long the publisher asks to wait; 0: it does not say
	cause error
}

func (f *fault) Error() string {
	if f.cause != nil {
		return f.what + ": " + f.cause.Error()
	}
	return f.what
}

func (f *fault) Unwrap() error { return f.cause }

// errSilent is the cause of a request that was ended because nothing came.
var errSilent = errors.New("nothing came for too long")

// client sends requests, patiently and a bounded number of times.
type client struct {
	http *http.Client
	wait func(context.Context, time.Duration) error
	idle time.Duration
	say  func(string)
	gone map[string]error // hosts that could not be reached in this run
}

// exchange sends what ask makes and hands the answer to use, again and again
// while the fault is one that passes. The answer's status is checked first:
// use sees 200, 206 and 416 only, and never a web page.
func (c *client) exchange(ctx context.Context, ask func() (*http.Request, error), use func(*http.Response) error) error {
	for try := 1; ; try++ {
		req, err := ask()
		if err != nil {
			return err
		}
		if err := c.gone[req.URL.Host]; err != nil {
			return err
		}
		err = c.once(ctx, req, use)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var f *fault
		if !errors.As(err, &f) || !f.again {
			return err
		}
		connecting := isConnecting(err)
		if try == tries || connecting && try == connectTries {
			if connecting {
				c.gone[req.URL.Host] = err
			}
			return err
		}
		pause := f.after
		if pause == 0 { // 1, 2, 4, 8, 16 s, each a little different
			pause = time.Second<<(try-1) + rand.N(250*time.Millisecond) // #nosec G404 -- it spreads out tries, no secret
		}
		if pause > longestWait {
			return &fault{what: fmt.Sprintf("%s asks to wait %s", req.URL.Host, pause.Round(time.Second)), cause: err}
		}
		c.say(fmt.Sprintf("%v; again in %s", err, pause.Round(100*time.Millisecond)))
		if err := c.wait(ctx, pause); err != nil {
			return err
		}
	}
}

// once sends one request. A body that falls silent ends it.
func (c *client) once(ctx context.Context, req *http.Request, use func(*http.Response) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	alarm := time.AfterFunc(c.idle, func() { cancel(errSilent) })
	defer alarm.Stop()
	req.Header.Set("User-Agent", "hubreach-fetch")
	resp, err := c.http.Do(req.WithContext(ctx))
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return &fault{what: "no answer from " + req.URL.Host, again: true, cause: short(err)}
	}
	defer resp.Body.Close()
	if err := judge(resp); err != nil {
		return err
	}
	body := resp.Body
	resp.Body = readCloser{readFunc(func(b []byte) (int, error) {
		alarm.Reset(c.idle)
		n, err := body.Read(b)
		if err != nil && !errors.Is(err, io.EOF) {
			if cause := context.Cause(ctx); cause != nil {
				err = cause
			}
			err = &fault{what: "the connection to " + req.URL.Host + " broke", again: true, cause: err}
		}
		return n, err
	}), body}
	return use(resp)
}

// judge returns what is wrong with an answer before its body is read.
func judge(resp *http.Response) error {
	from, status := resp.Request.URL.Host, resp.Status
	switch code := resp.StatusCode; {
	case code == http.StatusOK || code == http.StatusPartialContent:
		if kind := resp.Header.Get("Content-Type"); isPage(kind) {
			return &fault{what: fmt.Sprintf("the address leads to a web page (%s), not to data: it has moved", plain(resp.Request.URL))}
		}
		return nil
	case code == http.StatusRequestedRangeNotSatisfiable:
		return nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return &fault{what: fmt.Sprintf("%s answered %s: the address has moved", from, status)}
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code >= 500:
		return &fault{what: fmt.Sprintf("%s answered %s", from, status), again: true, after: retryAfter(resp)}
	case code >= 300 && code < 400:
		return &fault{what: fmt.Sprintf("%s answered %s without saying where to", from, status)}
	}
	return &fault{what: fmt.Sprintf("%s refused: %s", from, status)}
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(resp *http.Response) time.Duration {
	text := resp.Header.Get("Retry-After")
	if s, err := strconv.Atoi(text); err == nil && s > 0 {
		return time.Duration(s) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	sent, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil || !at.After(sent) {
		return 0
	}
	return at.Sub(sent)
}

func isPage(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	return kind == "text/html" || kind == "application/xhtml+xml"
}

// isConnecting tells whether the host could not even be reached.
func isConnecting(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
}

// short drops the method and address that net/http puts before a fault; the
// caller names the host.
func short(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(b []byte) (int, error) { return f(b) }

type readCloser struct {
	io.Reader
	io.Closer
}
