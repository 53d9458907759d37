package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver of database/sql

	"hubreach/internal/store"
)

// Store is a GeoPackage file that keeps what store.Store says.
type Store struct {
	path  string
	write *sql.DB // one connection, so that writers of this process wait with their contexts
	read  *sql.DB
	queue *queue
}

var _ store.Store = (*Store)(nil)

// busy is how long a writer waits for one of another process.
const busy = 20 * time.Second

// readers is how many reads of one process run at a time.
const readers = 8

// Open opens the store in the file at path, which is made when there is none,
// and brings its tables up to date. The error wraps store.ErrNewer for a file of
// a later hubreach, and store.ErrUnavailable when the file cannot be reached. A
// file that is not a store is refused and left as it is.
func Open(ctx context.Context, path string) (*Store, error) {
	path, err := filepath.Abs(path) // the working directory may change
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	if err := ours(ctx, path); err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if s.write, err = pool(path, "_txlock=immediate&_synchronous=FULL", 1); err != nil {
		return nil, err
	}
	if s.read, err = pool(path, "_query_only=1", readers); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.queue = newQueue(s)
	return s, nil
}

// pool opens connections to the file. They are made when they are first used.
func pool(path, parameters string, connections int) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", fmt.Sprintf("%s?_journal_mode=WAL&_foreign_keys=1&_busy_timeout=%d&%s", address(path), busy.Milliseconds(), parameters))
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// address is path as SQLite's URI, in which ?, # and % mean something.
func address(path string) string {
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

// ours refuses a file that holds something other than a store, before any
// connection that could change it.
func ours(ctx context.Context, path string) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("store %s: %w: %w", path, store.ErrUnavailable, err)
	case info.IsDir():
		return fmt.Errorf("store %s: found a folder: want a file, or a name for a new one, ending in .gpkg", path)
	case info.Size() == 0:
		return nil
	}
	db, err := sql.Open("sqlite3", address(path)+"?mode=ro")
	if err != nil {
		return fmt.Errorf("store %s: %w", path, err)
	}
	defer db.Close()
	var tables, migrations int
	err = db.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(name = ?), 0) FROM sqlite_schema", migrationTable).Scan(&tables, &migrations)
	switch {
	case err != nil:
		return fmt.Errorf("store %s: %w; want a store that hubreach made, or the name of a file that is not there yet", path, fault(err))
	case tables > 0 && migrations == 0:
		return fmt.Errorf("store %s: a database that hubreach load did not make (hubreach run writes one to look at, not a store): want a store, or the name of a file that is not there yet", path)
	}
	return nil
}

// Path returns the absolute path of the file.
func (s *Store) Path() string { return s.path }

// Queue returns the jobs of the file.
func (s *Store) Queue() store.Queue { return s.queue }

// Ping reads from the file.
func (s *Store) Ping(ctx context.Context) error {
	var n int
	if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM hubreach_current").Scan(&n); err != nil {
		return fmt.Errorf("store %s: %w", s.path, fault(err))
	}
	return nil
}

// Close lets go of the file. What is called afterwards wraps store.ErrUnavailable.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// inTx does work in one transaction of the single writer and adds what was
// attempted to its error.
func (s *Store) inTx(ctx context.Context, what string, work func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", what, fault(err))
	}
	err = work(tx)
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		_ = tx.Rollback() // err is what went wrong first
		return fmt.Errorf("%s: %w", what, fault(err))
	}
	return nil
}

// querier is what a pool and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// all reads every row of a query.
func all[T any](ctx context.Context, db querier, scan func(row scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fault(err)
	}
	defer rows.Close()
	found := []T{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fault(err)
		}
		found = append(found, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fault(err)
	}
	return found, nil
}

// scanner is a row of a result.
type scanner interface{ Scan(to ...any) error }
