package postgis

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"hubreach/internal/store"
)

// schema holds everything of ours, River's tables too.
const schema = "hubreach"

// Advisory locks of ours, as pairs of a class and a number: "hub" in ASCII, and
// what is locked. The class of workers is its own, since their numbers are drawn.
const (
	lockClass       = 0x687562
	lockMigrate     = 1
	lockLoad        = 2
	workerLockClass = lockClass + 1
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date, ours and River's. One process at a time
// does it, under an advisory lock; one that finds nothing to do takes no lock
// and needs no right to change tables.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("store %s: %w", s.name, err)
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	ours, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithTableName(schema+".migrations"), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("store %s: %w", s.name, err)
	}
	rivers, err := rivermigrate.New(riverpgxv5.New(s.pool), &rivermigrate.Config{Schema: schema})
	if err != nil {
		return fmt.Errorf("store %s: %w", s.name, err)
	}
	if current, err := s.upToDate(ctx, ours, rivers); err != nil || current {
		return err
	}
	guard, err := s.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("migrate %s: %w", s.name, fault(ctx, err))
	}
	defer guard.Release()
	if _, err := guard.Exec(ctx, "SELECT set_config('statement_timeout', '0', false), pg_advisory_lock($1, $2)", lockClass, lockMigrate); err != nil {
		return fmt.Errorf("migrate %s: %w", s.name, fault(ctx, err))
	}
	// Closed, not unlocked: so nothing of the session is left in the pool.
	defer guard.Conn().Close(context.WithoutCancel(ctx))
	if err := raise(ctx, guard.Conn(), ours, rivers); err != nil {
		return fmt.Errorf("migrate %s: %w%s", s.name, fault(ctx, err), hint(err))
	}
	s.pool.Reset() // the connections that do not know geometry yet
	_, err = s.upToDate(ctx, ours, rivers)
	return err
}

// raise does what has not been done.
func raise(ctx context.Context, guard *pgx.Conn, ours *goose.Provider, rivers *rivermigrate.Migrator[pgx.Tx]) error {
	if _, err := guard.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+schema); err != nil {
		return err
	}
	if _, err := rivers.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	_, err := ours.Up(ctx)
	return err
}

// hint says what to do about a right that is missing.
func hint(err error) string {
	var answer *pgconn.PgError
	switch {
	case !errors.As(err, &answer):
		return ""
	case answer.Code == "42501": // insufficient_privilege
		return "; as an administrator of the database: CREATE EXTENSION IF NOT EXISTS postgis; GRANT CREATE ON DATABASE ... TO ...; then hubreach migrate"
	case answer.Code == "0A000", answer.Code == "58P01": // no such extension on the server
		return "; install PostGIS on the server (Debian: postgresql-15-postgis-3)"
	}
	return ""
}

// upToDate reports whether the database has had every migration of this program,
// and refuses one that has had more.
func (s *Store) upToDate(ctx context.Context, ours *goose.Provider, rivers *rivermigrate.Migrator[pgx.Tx]) (bool, error) {
	sources, versions := ours.ListSources(), rivers.AllVersions()
	current := true
	for _, part := range []struct {
		what, table, applied string
		newest               int64
	}{
		{"its tables are", "migrations", "SELECT coalesce(max(version_id), 0) FROM hubreach.migrations WHERE is_applied", sources[len(sources)-1].Version},
		{"its queue is", "river_migration", "SELECT coalesce(max(version), 0) FROM hubreach.river_migration WHERE line = 'main'", int64(versions[len(versions)-1].Version)},
	} {
		var known bool
		var has int64
		err := s.pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", schema+"."+part.table).Scan(&known)
		if err == nil && known {
			err = s.pool.QueryRow(ctx, part.applied).Scan(&has)
		}
		switch {
		case err != nil:
			return false, fmt.Errorf("store %s: %w", s.name, fault(ctx, err))
		case has > part.newest:
			return false, fmt.Errorf("store %s: %w: %s of version %d, and this hubreach knows %d: use the newer hubreach", s.name, store.ErrNewer, part.what, has, part.newest)
		}
		current = current && has == part.newest
	}
	return current, nil
}
