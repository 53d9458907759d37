package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"hubreach/internal/store"
	"hubreach/internal/store/gpkg"
	"hubreach/internal/store/postgis"
)

// openStore opens the store that dsn names, and brings its tables up to date:
// postgres://user:password@host:port/database, or the path of a GeoPackage, which
// is made when it is not there. log is told what the store's queue is at.
func openStore(ctx context.Context, dsn string, log *slog.Logger) (store.Store, error) {
	scheme, _, address := strings.Cut(dsn, "://")
	switch {
	case dsn == "":
		return nil, errors.New("--store: want postgres://user:password@host:port/database or the path of a .gpkg file")
	case scheme == "postgres", scheme == "postgresql":
		return postgis.Open(ctx, dsn, log)
	case address: // said without the rest, which may hold a password
		return nil, fmt.Errorf("--store %s://...: want postgres://user:password@host:port/database or the path of a .gpkg file", scheme)
	}
	return gpkg.Open(ctx, dsn)
}
