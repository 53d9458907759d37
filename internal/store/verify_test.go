package store_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"hubreach/internal/store"
)

// What Parts takes apart, Join reads again, whatever the size: none, a byte, a
// part exactly, and parts with a rest.
func TestPartsAndJoin(t *testing.T) {
	for _, size := range []int{0, 1, store.PartSize - 1, store.PartSize, store.PartSize + 1, 2*store.PartSize + 7} {
		whole := make([]byte, size)
		for i, r := 0, rand.New(rand.NewPCG(1, uint64(size))); i < size; i++ {
			whole[i] = byte(r.Uint32())
		}
		var kept [][]byte
		n, err := store.Parts(iotest.HalfReader(bytes.NewReader(whole)), func(number int, part []byte) error {
			if number != len(kept) {
				t.Errorf("%d bytes: part %d, want %d", size, number, len(kept))
			}
			kept = append(kept, bytes.Clone(part))
			return nil
		})
		if err != nil || n != int64(size) {
			t.Errorf("%d bytes: Parts = %d, %v", size, n, err)
		}
		again := store.Join(func(number int) ([]byte, error) {
			if number == len(kept) {
				return nil, io.EOF
			}
			return kept[number], nil
		})
		if err := iotest.TestReader(again, whole); err != nil {
			t.Errorf("%d bytes: Join: %v", size, err)
		}
	}
}

// An error of a part is that of the reader, after what was read before it.
func TestJoinFails(t *testing.T) {
	away := errors.New("the store is away")
	r := store.Join(func(number int) ([]byte, error) {
		if number == 1 {
			return nil, away
		}
		return []byte("abc"), nil
	})
	if got, err := io.ReadAll(r); string(got) != "abc" || !errors.Is(err, away) {
		t.Errorf("read %q, %v; want \"abc\" and %v", got, err, away)
	}
}
