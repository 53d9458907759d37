package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"hubreach/internal/store"
)

// clock is the form of times: UTC, to the microsecond, all of one width.
const clock = "2006-01-02T15:04:05.000000Z"

func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// stamp returns t as the file keeps it; the zero time is empty.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Truncate(time.Microsecond).Format(clock)
}

// unstamp reads what stamp wrote.
func unstamp(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(clock, s)
}

// Load keeps a version: see store.Store.
func (s *Store) Load(ctx context.Context, l store.Load) (store.Version, error) {
	if err := l.Check(); err != nil {
		return store.Version{}, fmt.Errorf("load: %w", err)
	}
	v := l.Version
	err := s.inTx(ctx, "load "+l.Study, func(tx *sql.Tx) error {
		v.At = now()
		err := tx.QueryRowContext(ctx, `INSERT INTO hubreach_versions (id, study, title, fingerprint, program, loaded_by, loaded_at, spec, summary)
			SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM hubreach_versions RETURNING id`,
			v.Study, v.Title, v.Fingerprint, v.Program, v.By, stamp(v.At), l.Spec, string(l.Summary)).Scan(&v.ID)
		if err != nil {
			return err
		}
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

func scanVersion(row scanner) (store.Version, error) {
	var v store.Version
	var at string
	err := row.Scan(&v.ID, &v.Study, &v.Title, &v.Fingerprint, &v.Program, &v.By, &at)
	if err == nil {
		v.At, err = unstamp(at)
	}
	return v, err
}

// Versions lists versions, the newest first: see store.Store.
func (s *Store) Versions(ctx context.Context, study string) ([]store.Version, error) {
	vs, err := all(ctx, s.read, scanVersion, "SELECT "+versionColumns+" FROM hubreach_versions WHERE ? IN ('', study) ORDER BY id DESC", study)
	if err != nil {
		return nil, fmt.Errorf("versions: %w", err)
	}
	return vs, nil
}

// Current returns the newest version: see store.Store.
func (s *Store) Current(ctx context.Context, study string) (store.Version, error) {
	v, err := scanVersion(s.read.QueryRowContext(ctx, "SELECT "+versionColumns+" FROM hubreach_versions WHERE ? IN ('', study) ORDER BY id DESC LIMIT 1", study))
	if errors.Is(err, sql.ErrNoRows) {
		return store.Version{}, fmt.Errorf("study %q: %w", study, store.ErrNoVersion)
	}
	if err != nil {
		return store.Version{}, fmt.Errorf("current version: %w", fault(err))
	}
	return v, nil
}

// Spec returns the study file of a version: see store.Store.
func (s *Store) Spec(ctx context.Context, v store.VersionID) ([]byte, error) {
	var spec []byte
	err := s.read.QueryRowContext(ctx, "SELECT spec FROM hubreach_versions WHERE id = ?", v).Scan(&spec)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("version %d: %w", v, store.ErrNoVersion)
	}
	if err != nil {
		return nil, fmt.Errorf("study file of version %d: %w", v, fault(err))
	}
	return spec, nil
}
