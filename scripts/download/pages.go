package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
)

// codeForm is the form of an area's code.
var codeForm = regexp.MustCompile(`^[A-Z]\d{8}$`)

// largestPage bounds an answer that is read as a whole.
const largestPage = 256 << 20

// pages are the answers of one source, kept until all have come.
type pages struct {
	dir    string
	client *client
}

// openPages returns the pages that an earlier run kept, if it asked for the
// same: key holds all that the answers depend on.
func openPages(dir, key string, c *client) (pages, error) {
	hash := sha256.Sum256([]byte(key))
	want := hex.EncodeToString(hash[:])
	keyFile := filepath.Join(dir, "key")
	have, err := os.ReadFile(keyFile) // #nosec G304 -- who fetches names the folder
	if err != nil || string(have) != want {
		if err := os.RemoveAll(dir); err != nil {
			return pages{}, err
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return pages{}, err
		}
		if err := writeWhole(keyFile, func(w io.Writer) error { _, err := io.WriteString(w, want); return err }); err != nil {
			return pages{}, err
		}
	}
	return pages{dir, c}, nil
}

// page returns the answer of address: the kept one, or a new one that check
// accepts.
func (p pages) page(ctx context.Context, name, address string, check func([]byte) error) ([]byte, error) {
	path := filepath.Join(p.dir, name)
	text, err := os.ReadFile(path) // #nosec G304 -- a page is named by its number
	if err == nil && check(text) == nil {
		return text, nil
	}
	text, err = p.client.text(ctx, address, check)
	if err != nil {
		return nil, err
	}
	return text, writeWhole(path, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// text returns a whole answer that check accepts.
func (c *client) text(ctx context.Context, address string, check func([]byte) error) ([]byte, error) {
	var text []byte
	ask := func() (*http.Request, error) { return http.NewRequest(http.MethodGet, address, nil) }
	err := c.exchange(ctx, ask, func(resp *http.Response) error {
		body, err := io.ReadAll(io.LimitReader(resp.Body, largestPage+1))
		if err != nil {
			return err
		}
		if len(body) > largestPage {
			return &fault{what: fmt.Sprintf("the answer is over %d MB", largestPage>>20)}
		}
		if err := check(body); err != nil {
			return err
		}
		text = body
		return nil
	})
	return text, err
}

// bringPages asks a layer or table all of its queries and puts the answers
// together at path.
func (f *fetcher) bringPages(ctx context.Context, s Source, address string, queries []query, path string) error {
	if s.Kind == kindNomis {
		return f.bringNomis(ctx, s, address, queries, path)
	}
	return f.bringLayer(ctx, s, address, queries, path)
}

// errTwice and errFew are what is wrong with answers that do not add up.
var (
	errTwice = errors.New("the publisher sent a record twice: its table changed while it was read; call again")
	errFew   = errors.New("the publisher sent fewer records than it counts")
)
