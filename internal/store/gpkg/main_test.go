package gpkg_test

import (
	"context"
	"os"
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Child(func(ctx context.Context, place string) (store.Store, error) { return gpkg.Open(ctx, place) })
	os.Exit(m.Run())
}
