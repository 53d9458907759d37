package postgis

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"

	"hubreach/internal/store"
)

// keepInput keeps the bytes of an input, unless another version has brought
// them, and says that v was made from them.
func keepInput(ctx context.Context, tx pgx.Tx, v store.VersionID, in store.Input) error {
	var known bool
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM hubreach.contents WHERE sha256 = $1)", in.SHA256).Scan(&known); err != nil {
		return err
	}
	size, err := in.Parts(func(number int, part []byte) error {
		if known {
			return ctx.Err() // read all the same: the bytes may differ from the sum
		}
		_, err := tx.Exec(ctx, "INSERT INTO hubreach.parts (sha256, part, body) VALUES ($1, $2, $3)", in.SHA256, number, part)
		return err
	})
	if err != nil {
		return err
	}
	if !known {
		if _, err := tx.Exec(ctx, "INSERT INTO hubreach.contents (sha256, size) VALUES ($1, $2)", in.SHA256, size); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, "INSERT INTO hubreach.inputs (version_id, path, sha256) VALUES ($1, $2, $3)", v, in.Path, in.SHA256)
	return err
}

// Open reads an input of a version: see store.Store.
func (s *Store) Open(ctx context.Context, v store.VersionID, path string) (io.ReadCloser, error) {
	var sum string
	err := s.pool.QueryRow(ctx, "SELECT sha256 FROM hubreach.inputs WHERE version_id = $1 AND path = $2", v, path).Scan(&sum)
	if errors.Is(err, pgx.ErrNoRows) {
		if _, err := s.Spec(ctx, v); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("version %d, %q: %w", v, path, store.ErrNoInput)
	}
	if err != nil {
		return nil, fmt.Errorf("input %q of version %d: %w", path, v, fault(ctx, err))
	}
	parts := store.Join(func(number int) ([]byte, error) { return s.part(ctx, sum, number) })
	return io.NopCloser(store.Verify(parts, path, sum)), nil
}

// part reads one part of a content; the error is io.EOF after the last.
func (s *Store) part(ctx context.Context, sum string, number int) (body []byte, err error) {
	err = s.pool.QueryRow(ctx, "SELECT body FROM hubreach.parts WHERE sha256 = $1 AND part = $2", sum, number).Scan(&body)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil, io.EOF
	case err != nil:
		return nil, fault(ctx, err)
	}
	return body, nil
}
