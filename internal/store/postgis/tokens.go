package postgis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hubreach/internal/store"
)

const tokenColumns = "name, hash, scope, made_at, expires_at, revoked" // #nosec G101 -- names of columns, no secret

func scanToken(row pgx.Row) (store.Token, error) {
	var t store.Token
	var expires *time.Time
	err := row.Scan(&t.Name, &t.Hash, &t.Scope, &t.At, &expires, &t.Revoked)
	t.At, t.Expires = t.At.UTC(), utc(expires)
	return t, err
}

// AddToken keeps a token: see store.Store.
func (s *Store) AddToken(ctx context.Context, t store.Token) error {
	if err := t.Check(); err != nil {
		return fmt.Errorf("add token %q: %w", t.Name, err)
	}
	_, err := s.pool.Exec(ctx, "INSERT INTO hubreach.tokens ("+tokenColumns+") VALUES ($1, $2, $3, clock_timestamp(), $4, false)", t.Name, t.Hash, t.Scope, orNull(t.Expires))
	var answer *pgconn.PgError
	switch {
	case errors.As(err, &answer) && answer.Code == "23505": // unique_violation
		return fmt.Errorf("add token %q: %w", t.Name, store.ErrTaken)
	case err != nil:
		return fmt.Errorf("add token %q: %w", t.Name, fault(ctx, err))
	}
	return nil
}

// Token finds a token by its hash: see store.Store.
func (s *Store) Token(ctx context.Context, hash string) (store.Token, error) {
	t, err := scanToken(s.pool.QueryRow(ctx, "SELECT "+tokenColumns+" FROM hubreach.tokens WHERE hash = $1", hash))
	if errors.Is(err, pgx.ErrNoRows) {
		return store.Token{}, store.ErrNoToken
	}
	if err != nil {
		return store.Token{}, fmt.Errorf("token: %w", fault(ctx, err))
	}
	return t, nil
}

// Tokens lists every token: see store.Store.
func (s *Store) Tokens(ctx context.Context) ([]store.Token, error) {
	found, err := all(ctx, s.pool, scanToken, "SELECT "+tokenColumns+" FROM hubreach.tokens ORDER BY made_at, name")
	if err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	return found, nil
}

// RevokeToken ends the token of a name: see store.Store.
func (s *Store) RevokeToken(ctx context.Context, name string) error {
	done, err := s.pool.Exec(ctx, "UPDATE hubreach.tokens SET revoked = true WHERE name = $1 AND NOT revoked", name)
	switch {
	case err != nil:
		return fmt.Errorf("revoke token %q: %w", name, fault(ctx, err))
	case done.RowsAffected() == 0:
		return fmt.Errorf("revoke token %q: %w", name, store.ErrNoToken)
	}
	return nil
}
