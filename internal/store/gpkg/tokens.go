package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"

	"hubreach/internal/store"
)

const tokenColumns = "name, hash, scope, made_at, expires_at, revoked" // #nosec G101 -- names of columns, no secret

func scanToken(row scanner) (store.Token, error) {
	var t store.Token
	var at, expires string
	err := row.Scan(&t.Name, &t.Hash, &t.Scope, &at, &expires, &t.Revoked)
	if err == nil {
		t.At, err = unstamp(at)
	}
	if err == nil {
		t.Expires, err = unstamp(expires)
	}
	return t, err
}

// AddToken keeps a token: see store.Store.
func (s *Store) AddToken(ctx context.Context, t store.Token) error {
	what := fmt.Sprintf("add token %q", t.Name)
	if err := t.Check(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return s.inTx(ctx, what, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO hubreach_tokens ("+tokenColumns+") VALUES (?, ?, ?, ?, ?, 0)", t.Name, t.Hash, t.Scope, stamp(now()), stamp(t.Expires))
		var e sqlite3.Error
		if errors.As(err, &e) && e.Code == sqlite3.ErrConstraint {
			return store.ErrTaken
		}
		return err
	})
}

// Token finds a token by its hash: see store.Store.
func (s *Store) Token(ctx context.Context, hash string) (store.Token, error) {
	t, err := scanToken(s.read.QueryRowContext(ctx, "SELECT "+tokenColumns+" FROM hubreach_tokens WHERE hash = ?", hash))
	if errors.Is(err, sql.ErrNoRows) {
		return store.Token{}, store.ErrNoToken
	}
	if err != nil {
		return store.Token{}, fmt.Errorf("token: %w", fault(err))
	}
	return t, nil
}

// Tokens lists every token: see store.Store.
func (s *Store) Tokens(ctx context.Context) ([]store.Token, error) {
	found, err := all(ctx, s.read, scanToken, "SELECT "+tokenColumns+" FROM hubreach_tokens ORDER BY made_at, name")
	if err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	return found, nil
}

// RevokeToken ends the token of a name: see store.Store.
func (s *Store) RevokeToken(ctx context.Context, name string) error {
	return s.inTx(ctx, fmt.Sprintf("revoke token %q", name), func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE hubreach_tokens SET revoked = 1 WHERE name = ? AND NOT revoked", name)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return store.ErrNoToken
	})
}
