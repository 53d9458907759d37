package postgis_test

import (
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/postgis"
	"hubreach/internal/store/storetest"
)

// at opens the store at an address and closes it when the test ends.
func at(t *testing.T, address string) *postgis.Store {
	t.Helper()
	s, err := postgis.Open(t.Context(), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// migrated returns the address of a new database with an empty store: for more
// than one, copying is quicker than migrating each.
func migrated(t *testing.T) string {
	t.Helper()
	address := storetest.Database(t)
	if err := at(t, address).Close(); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestStore(t *testing.T) {
	empty := migrated(t)
	storetest.Run(t, func(t *testing.T) storetest.Place {
		address := storetest.Copy(t, empty)
		return func(t *testing.T) store.Store { return at(t, address) }
	})
}

func TestCrashes(t *testing.T) {
	address := migrated(t)
	storetest.Crashes(t, address, func(t *testing.T) store.Store { return at(t, address) })
}
