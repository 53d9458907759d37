package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/mattn/go-sqlite3"

	"hubreach/internal/store"
)

// fault gives an error of SQLite its meaning in the seam. Errors that have one,
// and those of contexts, pass as they are.
func fault(err error) error {
	var e sqlite3.Error
	switch {
	case err == nil, errors.Is(err, store.ErrUnavailable), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, sql.ErrConnDone), strings.Contains(err.Error(), "sql: database is closed"): // database/sql does not export the latter
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	case !errors.As(err, &e):
		return err
	}
	switch e.Code {
	case sqlite3.ErrInterrupt: // by a context that has ended
		return fmt.Errorf("%w: %w", context.Canceled, err)
	case sqlite3.ErrFull:
		return fmt.Errorf("%w: the disk is full: make room and call again; nothing was written: %w", store.ErrUnavailable, err)
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return fmt.Errorf("%w: another process has been writing for too long: %w", store.ErrUnavailable, err)
	case sqlite3.ErrIoErr, sqlite3.ErrCantOpen, sqlite3.ErrReadonly, sqlite3.ErrPerm:
		return fmt.Errorf("%w: the file cannot be read or written: %w", store.ErrUnavailable, err)
	}
	return err
}
