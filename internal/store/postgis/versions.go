package postgis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"hubreach/internal/store"
)

// Load keeps a version: see store.Store. Loads follow one another, so that
// versions are numbered in the order in which they come into force.
func (s *Store) Load(ctx context.Context, l store.Load) (store.Version, error) {
	if err := l.Check(); err != nil {
		return store.Version{}, fmt.Errorf("load: %w", err)
	}
	v := l.Version
	err := s.inTx(ctx, "load "+l.Study, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT set_config('statement_timeout', $1, true), pg_advisory_xact_lock($2, $3)", milliseconds(loadTimeout), lockClass, lockLoad); err != nil {
			return err
		}
		err := tx.QueryRow(ctx, `INSERT INTO hubreach.versions (id, study, title, fingerprint, program, loaded_by, loaded_at, spec, summary)
			SELECT coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, clock_timestamp(), $6, $7 FROM hubreach.versions RETURNING id, loaded_at`,
			v.Study, v.Title, v.Fingerprint, v.Program, v.By, l.Spec, string(l.Summary)).Scan(&v.ID, &v.At)
		if err != nil {
			return err
		}
		v.At = v.At.UTC()
		for _, in := range l.Inputs {
			if err := keepInput(ctx, tx, v.ID, in); err != nil {
				return err
			}
		}
		for _, layer := range l.Layers {
			if err := keepLayer(ctx, tx, v.ID, layer); err != nil {
				return fmt.Errorf("layer %s: %w", layer.Name, err)
			}
		}
		return joinAreas(ctx, tx)
	})
	if err != nil {
		return store.Version{}, err
	}
	return v, nil
}

const versionColumns = "id, study, title, fingerprint, program, loaded_by, loaded_at"

func scanVersion(row pgx.Row) (store.Version, error) {
	var v store.Version
	err := row.Scan(&v.ID, &v.Study, &v.Title, &v.Fingerprint, &v.Program, &v.By, &v.At)
	v.At = v.At.UTC()
	return v, err
}

// Versions lists versions, the newest first: see store.Store.
func (s *Store) Versions(ctx context.Context, study string) ([]store.Version, error) {
	vs, err := all(ctx, s.pool, scanVersion, "SELECT "+versionColumns+" FROM hubreach.versions WHERE $1 IN ('', study) ORDER BY id DESC", study)
	if err != nil {
		return nil, fmt.Errorf("versions: %w", err)
	}
	return vs, nil
}

// Current returns the newest version: see store.Store.
func (s *Store) Current(ctx context.Context, study string) (store.Version, error) {
	v, err := scanVersion(s.pool.QueryRow(ctx, "SELECT "+versionColumns+" FROM hubreach.versions WHERE $1 IN ('', study) ORDER BY id DESC LIMIT 1", study))
	if errors.Is(err, pgx.ErrNoRows) {
		return store.Version{}, fmt.Errorf("study %q: %w", study, store.ErrNoVersion)
	}
	if err != nil {
		return store.Version{}, fmt.Errorf("current version: %w", fault(ctx, err))
	}
	return v, nil
}

// Spec returns the study file of a version: see store.Store.
func (s *Store) Spec(ctx context.Context, v store.VersionID) ([]byte, error) {
	var spec []byte
	err := s.pool.QueryRow(ctx, "SELECT spec FROM hubreach.versions WHERE id = $1", v).Scan(&spec)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("version %d: %w", v, store.ErrNoVersion)
	}
	if err != nil {
		return nil, fmt.Errorf("study file of version %d: %w", v, fault(ctx, err))
	}
	return spec, nil
}

// utc returns the time that a column holds; NULL is the zero time.
func utc(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

// orNull is the opposite of utc.
func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
