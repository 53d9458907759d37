package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// partState is what is remembered of a half-fetched file, so that only the
// same file is ever gone on with.
type partState struct {
	Address  string
	ETag     string
	Modified string // Last-Modified
	Total    int64  // bytes of the whole; 0 when the publisher does not say
}

// part is a file that is on its way.
type part struct {
	path  string // of the bytes; path + ".json" holds the state
	state partState
}

// openPart returns what an earlier run left of the file at address.
func openPart(path, address string) part {
	p := part{path: path}
	text, err := os.ReadFile(path + ".json") // #nosec G304 -- who fetches names the folder
	if err == nil {
		err = json.Unmarshal(text, &p.state)
	}
	if err != nil || p.state.Address != address {
		p.drop()
		p.state = partState{Address: address}
	}
	return p
}

func (p *part) drop() {
	_, _ = os.Remove(p.path), os.Remove(p.path+".json")
	p.state = partState{Address: p.state.Address}
}

func (p *part) remember(resp *http.Response, total int64) error {
	p.state.ETag, p.state.Modified, p.state.Total = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified"), total
	return writeWhole(p.path+".json", func(w io.Writer) error { return json.NewEncoder(w).Encode(p.state) })
}

// date is the publisher's own date of the file, or fallback.
func (p *part) date(fallback time.Time) time.Time {
	if t, err := http.ParseTime(p.state.Modified); err == nil {
		return t
	}
	return fallback
}

// download brings the whole file, from where an earlier try stopped if the
// publisher allows it and the file is still the same.
func (p *part) download(ctx context.Context, c *client, say *progress, name string) error {
	ask := func() (*http.Request, error) {
		req, err := http.NewRequest(http.MethodGet, p.state.Address, nil)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Accept-Encoding", "identity") // sizes and ranges are those of the file
		if have := size(p.path); have > 0 {
			req.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
			if tag := p.state.ETag; tag != "" && !strings.HasPrefix(tag, "W/") {
				req.Header.Set("If-Range", tag)
			} else if p.state.Modified != "" {
				req.Header.Set("If-Range", p.state.Modified)
			}
		}
		return req, nil
	}
	return c.exchange(ctx, ask, func(resp *http.Response) error { return p.take(resp, say, name) })
}

// take adds an answer to the part.
func (p *part) take(resp *http.Response, say *progress, name string) error {
	have := size(p.path)
	switch resp.StatusCode {
	case http.StatusRequestedRangeNotSatisfiable:
		if _, total, ok := contentRange(resp); ok && have > 0 && total == have && total == p.state.Total {
			return nil // it was whole already
		}
		p.drop()
		return &fault{what: name + ": the publisher's file is another size than before", again: true}
	case http.StatusPartialContent:
		from, total, ok := contentRange(resp)
		changed := p.state.Total > 0 && total != p.state.Total ||
			p.state.ETag != "" && resp.Header.Get("ETag") != "" && resp.Header.Get("ETag") != p.state.ETag
		if !ok || from != have || changed {
			p.drop()
			return &fault{what: name + ": the publisher's file has changed since its first part came", again: true}
		}
		if p.state.Total == 0 {
			if err := p.remember(resp, total); err != nil {
				return err
			}
		}
		say.line(fmt.Sprintf("%s: going on after %.1f MB", name, float64(have)/1e6))
	default:
		if have > 0 {
			say.line(name + ": starting again: the publisher sends the file from its beginning only, or it has changed")
		}
		p.drop()
		have = 0
		if err := p.remember(resp, max(0, resp.ContentLength)); err != nil {
			return err
		}
	}
	say.start(name, have, p.state.Total, "MB")
	if err := p.append(resp.Body, say); err != nil {
		return err
	}
	if got := size(p.path); p.state.Total > 0 && got != p.state.Total {
		return &fault{what: fmt.Sprintf("%s: %d bytes came of %d", name, got, p.state.Total), again: true}
	}
	return nil
}

// append writes body to the end of the part. What came before a fault stays.
func (p *part) append(body io.Reader, say *progress) (err error) {
	f, err := os.OpenFile(p.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.Copy(io.MultiWriter(f, countFunc(func(n int) { say.add(int64(n)) })), body)
	return errors.Join(err, f.Sync())
}

type countFunc func(n int)

func (c countFunc) Write(b []byte) (int, error) {
	c(len(b))
	return len(b), nil
}

var rangeForm = regexp.MustCompile(`^bytes (?:(\d+)-\d+|\*)/(\d+)$`)

// contentRange reads the header of that name: the first byte of the answer and
// the size of the whole.
func contentRange(resp *http.Response) (from, total int64, ok bool) {
	m := rangeForm.FindStringSubmatch(resp.Header.Get("Content-Range"))
	if m == nil {
		return 0, 0, false
	}
	if m[1] != "" {
		if n, err := strconv.ParseInt(m[1], 10, 64); err == nil {
			from = n
		}
	}
	total, err := strconv.ParseInt(m[2], 10, 64)
	return from, total, err == nil
}

// plain is an address without its query, which may be long or private.
func plain(u *url.URL) string { return u.Scheme + "://" + u.Host + u.Path }
