package study

import (
	"context"
	"errors"
	"fmt"
	"io"

	"hubreach/internal/source"
)

// streetFile is the street data of a study. They are read when first asked for,
// which takes seconds for a county, and a street graph that was kept does
// without.
type streetFile struct {
	in     *Input
	sha256 string
	rows   *source.Streets // nil until read
}

// errChanged means that a file is not the one it was at the beginning of the run.
var errChanged = errors.New("it changed while it was read")

// streetFile takes up the input of street data, and returns its SHA-256.
func (l *loaded) streetFile(ctx context.Context, in *Input, open Open) (sum string, err error) {
	if l.streets != nil {
		return "", fmt.Errorf("%s: a second input with role \"streets\": a study has one; merge the extracts first", in.File)
	}
	if sum, err = hashed(ctx, open, in.File, func(io.Reader) error { return nil }); err != nil {
		return "", err
	}
	l.streets = &streetFile{in: in, sha256: sum}
	return sum, nil
}

// read returns the streets.
func (f *streetFile) read(ctx context.Context, env Env) (*source.Streets, error) {
	if f.rows != nil {
		return f.rows, nil
	}
	stage := "read the streets of " + f.in.File
	o := f.in.options()
	o.Watch = func(done, total int) error {
		env.Progress(stage, done, total)
		return ctx.Err()
	}
	var rows source.Streets
	sum, err := hashed(ctx, env.Open, f.in.File, func(r io.Reader) (err error) {
		rows, err = source.ReadStreets(r, f.in.File, o)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read %w", err)
	}
	if sum != f.sha256 {
		return nil, fmt.Errorf("read %s: %w; run again", f.in.File, errChanged)
	}
	f.rows = &rows
	return f.rows, nil
}

// streetPoints reads the streets when people are put along them.
func (l *loaded) streetPoints(ctx context.Context, s *Spec, env Env) (err error) {
	along := s.Points.Method == "streets" || s.Points.Method == "" && len(l.tables.Points) == 0
	if along && l.streets != nil {
		l.tables.Streets, err = l.streets.read(ctx, env)
	}
	return err
}
