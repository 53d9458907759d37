package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// Addresses are the paths at which the pages answer. All of them are the same
// document: it reads the view, the option, the layers and the selection from its
// address.
var Addresses = []string{"/", "/compare", "/plan", "/outreach", "/doorstep", "/method", "/accessibility"}

// types are the media types of what is served, by ending. The machine's own
// table is not asked, since it differs from one machine to the next.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".mjs":   "text/javascript; charset=utf-8",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// file is what is sent for one path.
type file struct {
	kind   string
	etag   string
	cache  string
	status int
	body   map[string][]byte // by encoding; "" as it is
}

// pages serves files held in memory.
type pages struct {
	files    map[string]file // by path, with a leading slash
	index    file            // at every address; without a body: never built
	missing  file
	policy   string
	notFound file
}

// New serves built pages from anywhere. Without an index.html the addresses
// answer 503 with a page that says how to build them. The error says which file
// cannot be read, or what is wrong with the settings.
func New(built fs.FS, s Settings) (http.Handler, error) {
	policy, err := s.policy()
	if err != nil {
		return nil, err
	}
	p := &pages{files: map[string]file{}, policy: policy, missing: plain(http.StatusServiceUnavailable, missingText), notFound: plain(http.StatusNotFound, notFoundText)}
	err = fs.WalkDir(built, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return p.read(built, name)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil // never built
	}
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	if index, ok := p.files["/index.html"]; ok {
		p.index = newFile("index.html", s.into(index.body[""]))
		delete(p.files, "/index.html")
	}
	return p, nil
}

// read holds a file; one that ends in .br or .gz is another encoding of the file
// it is named after, which the walk has met before it.
func (p *pages) read(built fs.FS, name string) error {
	body, err := fs.ReadFile(built, name)
	if err != nil {
		return err
	}
	for ending, encoding := range map[string]string{".br": "br", ".gz": "gzip"} {
		if of, ok := strings.CutSuffix(name, ending); ok {
			if f, ok := p.files["/"+of]; ok {
				f.body[encoding] = body
				return nil
			}
		}
	}
	p.files["/"+name] = newFile(name, body)
	return nil
}

// newFile prepares what is sent for a file. What stands below assets/ has a hash
// of its bytes in its name and never changes.
func newFile(name string, body []byte) file {
	sum := sha256.Sum256(body)
	f := file{kind: types[path.Ext(name)], etag: `"` + hex.EncodeToString(sum[:12]) + `"`, cache: "no-cache", status: http.StatusOK, body: map[string][]byte{"": body}}
	if f.kind == "" {
		f.kind = "application/octet-stream"
	}
	if strings.HasPrefix(name, "assets/") {
		f.cache = "public, max-age=31536000, immutable"
	}
	return f
}

// ServeHTTP answers GET and HEAD.
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	f, ok := p.files[r.URL.Path]
	if !ok {
		f = p.notFound
	}
	if slices.Contains(Addresses, r.URL.Path) {
		if f = p.index; f.body == nil {
			f = p.missing
		}
	}
	p.send(w, r, f)
}

// send writes a file in the best encoding that the browser takes.
func (p *pages) send(w http.ResponseWriter, r *http.Request, f file) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", f.cache)
	h.Set("X-Content-Type-Options", "nosniff")
	if strings.HasPrefix(f.kind, "text/html") {
		h.Set("Content-Security-Policy", p.policy)
		h.Set("Referrer-Policy", "same-origin")
	}
	encoding, body := "", f.body[""]
	if len(f.body) > 1 {
		h.Add("Vary", "Accept-Encoding")
		encoding = f.best(r.Header.Get("Accept-Encoding"))
		body = f.body[encoding]
	}
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if f.status != http.StatusOK {
		w.WriteHeader(f.status)
		if r.Method != http.MethodHead {
			_, _ = w.Write(body) // a browser that went away is no news
		}
		return
	}
	tag := f.etag
	if encoding != "" {
		tag = strings.TrimSuffix(tag, `"`) + "-" + encoding + `"` // other bytes, another tag
	}
	h.Set("ETag", tag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// best returns the smallest encoding that a list of accepted ones allows, ""
// for none. An encoding with q=0 is refused.
func (f file) best(accept string) string {
	best := ""
	for part := range strings.SplitSeq(accept, ",") {
		name, q, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		name = strings.ToLower(name)
		if refused := strings.HasPrefix(q, "q=0") && strings.Trim(q[len("q=0"):], ".0") == ""; refused || name == "" {
			continue
		}
		if body, ok := f.body[name]; ok && len(body) < len(f.body[best]) {
			best = name
		}
	}
	return best
}
