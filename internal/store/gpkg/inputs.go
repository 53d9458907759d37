package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"

	"hubreach/internal/store"
)

// keepInput keeps the bytes of an input, unless another version has brought
// them, and says that v was made from them.
func keepInput(ctx context.Context, tx *sql.Tx, v store.VersionID, in store.Input) error {
	var known bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM hubreach_contents WHERE sha256 = ?)", in.SHA256).Scan(&known); err != nil {
		return err
	}
	size, err := in.Parts(func(number int, part []byte) error {
		if known {
			return ctx.Err() // read all the same: the bytes may differ from the sum
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO hubreach_parts (sha256, part, body) VALUES (?, ?, ?)", in.SHA256, number, part)
		return err
	})
	if err != nil {
		return err
	}
	if !known {
		if _, err := tx.ExecContext(ctx, "INSERT INTO hubreach_contents (sha256, size) VALUES (?, ?)", in.SHA256, size); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO hubreach_inputs (version_id, path, sha256) VALUES (?, ?, ?)", v, in.Path, in.SHA256)
	return err
}

// Open reads an input of a version: see store.Store.
func (s *Store) Open(ctx context.Context, v store.VersionID, path string) (io.ReadCloser, error) {
	var sum string
	err := s.read.QueryRowContext(ctx, "SELECT sha256 FROM hubreach_inputs WHERE version_id = ? AND path = ?", v, path).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		if _, err := s.Spec(ctx, v); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("version %d, %q: %w", v, path, store.ErrNoInput)
	}
	if err != nil {
		return nil, fmt.Errorf("input %q of version %d: %w", path, v, fault(err))
	}
	parts := store.Join(func(number int) ([]byte, error) { return s.part(ctx, sum, number) })
	return io.NopCloser(store.Verify(parts, path, sum)), nil
}

// part reads one part of a content; the error is io.EOF after the last.
func (s *Store) part(ctx context.Context, sum string, number int) (body []byte, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT body FROM hubreach_parts WHERE sha256 = ? AND part = ?", sum, number).Scan(&body)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, io.EOF
	case err != nil:
		return nil, fault(err)
	}
	return body, nil
}
