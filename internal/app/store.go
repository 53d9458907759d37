package app

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
)

// openStore opens the store that dsn names, and brings its tables up to date:
// the path of a GeoPackage, which is made when it is not there.
func openStore(ctx context.Context, dsn string, _ *slog.Logger) (store.Store, error) {
	switch {
	case dsn == "":
		return nil, fmt.Errorf("--store: want the path of a .gpkg file")
	case strings.Contains(dsn, "://"):
		return nil, fmt.Errorf("--store %s: want the path of a .gpkg file", scheme(dsn))
	}
	return gpkg.Open(ctx, dsn)
}

// scheme is what may be said of an address: the rest may hold a password.
func scheme(dsn string) string {
	before, _, _ := strings.Cut(dsn, "://")
	return before + "://..."
}
