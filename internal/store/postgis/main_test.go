package postgis_test

import (
	"context"
	"os"
	"testing"

	"hubreach/internal/store"
	"hubreach/internal/store/postgis"
	"hubreach/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Child(func(ctx context.Context, place string) (store.Store, error) { return postgis.Open(ctx, place, nil) })
	os.Exit(m.Run())
}
