package gpkg

import (
	"context"
	"database/sql"
	"fmt"

	"hubreach/internal/estate"
	"hubreach/internal/store"
)

const editColumns = "id, study, option_id, revision, base, deleted, refused, document, author, reason, edited_at"

func scanEdit(row scanner) (store.Edit, error) {
	var e store.Edit
	var document, at string
	err := row.Scan(&e.ID, &e.Study, &e.Option, &e.Revision, &e.Base, &e.Deleted, &e.Refused, &document, &e.Author, &e.Reason, &at)
	if document != "" {
		e.Document = []byte(document)
	}
	if err == nil {
		e.At, err = unstamp(at)
	}
	return e, err
}

// inForce finds the edits of a study that no later one has replaced.
const inForce = "SELECT " + editColumns + ` FROM hubreach_edits e WHERE NOT refused AND study = ?1 AND ?2 IN ('', option_id)
	AND revision = (SELECT max(revision) FROM hubreach_edits n WHERE n.study = e.study AND n.option_id = e.option_id AND NOT n.refused)
	ORDER BY option_id`

// PutOption adds an edit: see store.Store. The single writer is what makes one
// of two planners the first.
func (s *Store) PutOption(ctx context.Context, e store.Edit) (store.Edit, error) {
	what := fmt.Sprintf("edit option %s of %s", e.Option, e.Study)
	if err := e.Check(); err != nil {
		return store.Edit{}, fmt.Errorf("%s: %w", what, err)
	}
	var conflict error
	err := s.inTx(ctx, what, func(tx *sql.Tx) error {
		found, err := all(ctx, tx, scanEdit, inForce, e.Study, e.Option)
		if err != nil {
			return err
		}
		e, conflict, err = store.Judge(e, found)
		if err != nil {
			return err
		}
		e.At = now()
		return tx.QueryRowContext(ctx, `INSERT INTO hubreach_edits (study, option_id, revision, base, deleted, refused, document, author, reason, edited_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			e.Study, e.Option, e.Revision, e.Base, e.Deleted, e.Refused, string(e.Document), e.Author, e.Reason, stamp(e.At)).Scan(&e.ID)
	})
	if err != nil {
		return store.Edit{}, err
	}
	return e, conflict
}

// Options lists the edits in force: see store.Store.
func (s *Store) Options(ctx context.Context, study string) ([]store.Edit, error) {
	found, err := all(ctx, s.read, scanEdit, inForce, study, "")
	if err != nil {
		return nil, fmt.Errorf("options of %s: %w", study, err)
	}
	return store.Standing(found), nil
}

// History lists every edit of an option: see store.Store.
func (s *Store) History(ctx context.Context, study string, option estate.OptionID) ([]store.Edit, error) {
	found, err := all(ctx, s.read, scanEdit, "SELECT "+editColumns+" FROM hubreach_edits WHERE study = ? AND option_id = ? ORDER BY id", study, option)
	if err != nil {
		return nil, fmt.Errorf("history of option %s of %s: %w", option, study, err)
	}
	return found, nil
}
