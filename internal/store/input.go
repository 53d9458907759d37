package store

import (
	"fmt"
	"io"
)

// ReadError is an error of reading an input, and not of the store that was to
// keep it: a share that went away is no database that did.
type ReadError struct{ Err error }

func (e *ReadError) Error() string { return e.Err.Error() }

// Unwrap returns what went wrong.
func (e *ReadError) Unwrap() error { return e.Err }

// Parts reads the input to its end and gives keep one part after another, as the
// function Parts does. The error is keep's, or a *ReadError, which wraps
// ErrInvalid when the bytes are not those of the SHA-256.
func (in Input) Parts(keep func(number int, part []byte) error) (size int64, err error) {
	f, err := in.Open()
	if err != nil {
		return 0, &ReadError{fmt.Errorf("input %q: %w", in.Path, err)}
	}
	defer f.Close()
	return Parts(outside{Verify(f, in.Path, in.SHA256)}, keep)
}

// outside marks the errors of what it reads.
type outside struct{ r io.Reader }

func (o outside) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	if err != nil && err != io.EOF {
		err = &ReadError{err}
	}
	return n, err
}
