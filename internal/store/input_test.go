package store_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"hubreach/internal/store"
)

// The SHA-256 of "abc" is an example of FIPS 180-2, appendix B.1.
const sumABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

func TestInputParts(t *testing.T) {
	away, full := errors.New("the share is away"), errors.New("the disk is full")
	of := func(r io.Reader) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return io.NopCloser(r), nil }
	}
	for _, tc := range []struct {
		name   string
		open   func() (io.ReadCloser, error)
		keep   error
		want   error
		inputs bool // the input is at fault, not the store
	}{
		{"its bytes", of(strings.NewReader("abc")), nil, nil, false},
		{"other bytes", of(strings.NewReader("abd")), nil, store.ErrInvalid, true},
		{"cannot be opened", func() (io.ReadCloser, error) { return nil, away }, nil, away, true},
		{"cannot be read", of(iotest.ErrReader(away)), nil, away, true},
		{"cannot be kept", of(strings.NewReader("abc")), full, full, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := store.Input{Path: "a.csv", SHA256: sumABC, Open: tc.open}
			size, err := in.Parts(func(int, []byte) error { return tc.keep })
			_, inputs := errors.AsType[*store.ReadError](err)
			if !errors.Is(err, tc.want) || inputs != tc.inputs || err == nil && size != 3 {
				t.Errorf("Parts = %d, %v; want %v, of the input: %t", size, err, tc.want, tc.inputs)
			}
		})
	}
}
