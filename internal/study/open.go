package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"hubreach/internal/source"
)

// Open opens an input by its path in the study file.
type Open func(path string) (io.ReadCloser, error)

// hashed reads a file whole through read, and returns the SHA-256 of its bytes.
// Once ctx is done, reading fails with its error.
func hashed(ctx context.Context, open Open, path string, read func(io.Reader) error) (string, error) {
	f, err := open(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w; check the path in the study file and --data", path, err)
	}
	defer f.Close()
	sum := sha256.New()
	in := stoppable{ctx, f}
	if err := read(&tee{in, sum}); err != nil {
		return "", err
	}
	if _, err := io.Copy(sum, in); err != nil { // what the reader did not ask for
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

type tee struct {
	r   io.Reader
	sum hash.Hash
}

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.sum.Write(p[:n])
	return n, err
}

// stoppable reads until ctx is done.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// options turns what the study file says of an input into what a reader needs.
func (in *Input) options() source.Options {
	return source.Options{
		Fields: in.Columns, Keep: in.Keep, Values: in.Values, CRS: source.CRS(in.CRS),
		Layer: in.Layer, Encoding: in.Encoding, HeaderRow: in.HeaderRow,
	}
}
