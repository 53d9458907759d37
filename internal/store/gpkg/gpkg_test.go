package gpkg_test

import (
	"path/filepath"
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/store/storetest"
)

// at opens the store at a path and closes it when the test ends.
func at(t *testing.T, path string) *gpkg.Store {
	t.Helper()
	s, err := gpkg.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Place {
		path := filepath.Join(t.TempDir(), "a store? 100% #1.gpkg") // what means something in an address
		return func(t *testing.T) store.Store { return at(t, path) }
	})
}

func TestCrashes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.gpkg")
	storetest.Crashes(t, path, func(t *testing.T) store.Store { return at(t, path) })
}
