package postgis

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"hubreach/internal/estate"
	"hubreach/internal/store"
)

const editColumns = "id, study, option_id, revision, base, deleted, refused, document, author, reason, edited_at"

func scanEdit(row pgx.Row) (store.Edit, error) {
	var e store.Edit
	var document string
	err := row.Scan(&e.ID, &e.Study, &e.Option, &e.Revision, &e.Base, &e.Deleted, &e.Refused, &document, &e.Author, &e.Reason, &e.At)
	if document != "" {
		e.Document = []byte(document)
	}
	e.At = e.At.UTC()
	return e, err
}

// inForce finds the edits of a study that no later one has replaced.
const inForce = "SELECT DISTINCT ON (option_id) " + editColumns + ` FROM hubreach.edits
	WHERE NOT refused AND study = $1 AND $2 IN ('', option_id) ORDER BY option_id, revision DESC`

// PutOption adds an edit: see store.Store. Edits follow one another, which keeps
// their ids in the order of arrival; readers do not wait. There are never so
// many planners that one lock for all would be felt.
func (s *Store) PutOption(ctx context.Context, e store.Edit) (store.Edit, error) {
	what := fmt.Sprintf("edit option %s of %s", e.Option, e.Study)
	if err := e.Check(); err != nil {
		return store.Edit{}, fmt.Errorf("%s: %w", what, err)
	}
	var conflict error
	err := s.inTx(ctx, what, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "LOCK TABLE hubreach.edits IN SHARE ROW EXCLUSIVE MODE"); err != nil {
			return err
		}
		found, err := all(ctx, tx, scanEdit, inForce, e.Study, e.Option)
		if err != nil {
			return err
		}
		e, conflict, err = store.Judge(e, found)
		if err != nil {
			return err
		}
		return tx.QueryRow(ctx, `INSERT INTO hubreach.edits (study, option_id, revision, base, deleted, refused, document, author, reason, edited_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp()) RETURNING id, edited_at`,
			e.Study, e.Option, e.Revision, e.Base, e.Deleted, e.Refused, string(e.Document), e.Author, e.Reason).Scan(&e.ID, &e.At)
	})
	if err != nil {
		return store.Edit{}, err
	}
	e.At = e.At.UTC()
	return e, conflict
}

// Options lists the edits in force: see store.Store.
func (s *Store) Options(ctx context.Context, study string) ([]store.Edit, error) {
	found, err := all(ctx, s.pool, scanEdit, inForce, study, "")
	if err != nil {
		return nil, fmt.Errorf("options of %s: %w", study, err)
	}
	return store.Standing(found), nil
}

// History lists every edit of an option: see store.Store.
func (s *Store) History(ctx context.Context, study string, option estate.OptionID) ([]store.Edit, error) {
	found, err := all(ctx, s.pool, scanEdit, "SELECT "+editColumns+" FROM hubreach.edits WHERE study = $1 AND option_id = $2 ORDER BY id", study, option)
	if err != nil {
		return nil, fmt.Errorf("history of option %s of %s: %w", option, study, err)
	}
	return found, nil
}
