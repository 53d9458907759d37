package gpkg

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"

	"hubreach/internal/store"
)

// migrationTable says which migrations a file has had.
const migrationTable = "hubreach_migrations"

//go:embed migrations/*.sql
var migrations embed.FS

// again is how often a process looks whether another has done migrating.
const again = 20 * time.Millisecond

// patience is how long a process waits for another that holds the file's lock
// before it gives up migrating.
const patience = 30 * time.Second

// migrate brings the tables up to date. Only the process that holds the lock
// does it, so two that open a new file at once do not get in each other's way.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return fmt.Errorf("store %s: %w", s.path, err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.write, files, goose.WithTableName(migrationTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("store %s: %w", s.path, err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		current, err := s.upToDate(ctx, p)
		if err != nil || current {
			return err
		}
		held, err := lock(s.path)
		if err == nil {
			if _, err = p.Up(ctx); err == nil {
				// Into the file itself, whose first bytes tell other programs what it is.
				_, err = s.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
			}
			unlock(held)
			if err != nil {
				return fmt.Errorf("migrate %s: %w", s.path, fault(err))
			}
			continue // and look at what there is now
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("migrate %s: %w: another hubreach works on the file; stop it first: %w", s.path, store.ErrUnavailable, ctx.Err())
		case <-time.After(again):
		}
	}
}

// upToDate reports whether the file has had every migration of this program.
func (s *Store) upToDate(ctx context.Context, p *goose.Provider) (bool, error) {
	var has int64
	err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = ?", migrationTable).Scan(&has)
	if err == nil && has > 0 {
		err = s.read.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM "+migrationTable+" WHERE is_applied").Scan(&has)
	}
	if err != nil {
		return false, fmt.Errorf("store %s: %w", s.path, fault(err))
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version
	if has > newest {
		return false, fmt.Errorf("store %s: %w: its tables are of version %d, and this hubreach knows %d: use the newer hubreach", s.path, store.ErrNewer, has, newest)
	}
	return has == newest, nil
}
