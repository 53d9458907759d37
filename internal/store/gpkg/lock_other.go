//go:build !unix

package gpkg

import (
	"fmt"
	"os"

	"hubreach/internal/store"
)

// lock takes the lock of the store at path: a file that only one process can
// make. After a crash it has to be removed by hand.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path+"-lock", os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w; when no hubreach runs, remove the file", store.ErrQueueHeld, err)
	}
	return f, nil
}

// unlock lets go.
func unlock(f *os.File) {
	f.Close()
	os.Remove(f.Name())
}
