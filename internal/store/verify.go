package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// Verify reads r and fails at its end, wrapping ErrInvalid, when the bytes were
// not those of the SHA-256 want. path is for the message.
func Verify(r io.Reader, path, want string) io.Reader {
	return &verifier{r: r, path: path, want: want, sum: sha256.New()}
}

type verifier struct {
	r          io.Reader
	path, want string
	sum        hash.Hash
}

// Read reads on.
func (v *verifier) Read(p []byte) (int, error) {
	n, err := v.r.Read(p)
	v.sum.Write(p[:n])
	switch {
	case err == nil:
		return n, nil
	case err != io.EOF: // wrapped, so that nobody takes io.ErrUnexpectedEOF for the end
		return n, fmt.Errorf("read input %q: %w", v.path, err)
	}
	if got := hex.EncodeToString(v.sum.Sum(nil)); got != v.want {
		return n, fmt.Errorf("%w: input %q has SHA-256 %s: want %s", ErrInvalid, v.path, got, v.want)
	}
	return n, io.EOF
}

// PartSize is how many bytes of an input a store keeps in one row, so that no
// input is ever in memory whole.
const PartSize = 1 << 20

// Parts reads r to its end and gives keep one part after another: each of
// PartSize bytes but the last. The slice is used again after keep returns.
func Parts(r io.Reader, keep func(number int, part []byte) error) (size int64, err error) {
	buffer := make([]byte, PartSize)
	for number := 0; ; number++ {
		n, err := io.ReadFull(r, buffer)
		if n > 0 {
			if err := keep(number, buffer[:n]); err != nil {
				return size, err
			}
			size += int64(n)
		}
		switch err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return size, nil
		default:
			return size, err
		}
	}
}

// Join reads parts one after another: those that next returns for 0, 1, 2 and so
// on, until it returns io.EOF. It asks for a part when it needs it and holds
// nothing between them, so a reader that is never read to its end costs nothing.
func Join(next func(number int) ([]byte, error)) io.Reader { return &joiner{next: next} }

type joiner struct {
	next   func(number int) ([]byte, error)
	number int
	left   []byte
}

// Read reads on.
func (j *joiner) Read(p []byte) (int, error) {
	for len(j.left) == 0 {
		part, err := j.next(j.number)
		if err != nil {
			return 0, err
		}
		j.left = part
		j.number++
	}
	n := copy(p, j.left)
	j.left = j.left[n:]
	return n, nil
}
