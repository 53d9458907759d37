//go:build unix

package gpkg

import (
	"fmt"
	"os"
	"syscall"

	"hubreach/internal/store"
)

// lock takes the lock of the store at path. It is a file of its own: opening the
// database's file beside SQLite, and closing it, would drop SQLite's locks. The
// error wraps store.ErrQueueHeld when another has it.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path+"-lock", os.O_CREATE|os.O_RDWR, 0o600) // #nosec G304 -- beside the store that the operator names
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close() // nothing was written
		return nil, fmt.Errorf("%w: lock %s-lock: %w", store.ErrQueueHeld, path, err)
	}
	return f, nil
}

// unlock lets go. The empty file stays: removing it would race with the next.
func unlock(f *os.File) { _ = f.Close() }
