package gpkg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"hubreach/internal/store"
)

// queue keeps the jobs of a file. One process works through them: see Run.
type queue struct {
	s    *Store
	wake chan struct{} // holds one signal: a job may be waiting

	atWork store.AtWork // jobs of this process
}

func newQueue(s *Store) *queue {
	return &queue{s: s, wake: make(chan struct{}, 1)}
}

// signal wakes one worker; it wakes the next when it has found a job.
func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default: // one is on its way
	}
}

const jobColumns = "id, kind, args, made_by, state, stage, progress, media, error, tries, made_at, began_at, ended_at"

func scanJob(row scanner) (store.Job, error) { return scanJobAnd(row) }

// scanJobAnd reads jobColumns and what comes after them.
func scanJobAnd(row scanner, more ...any) (store.Job, error) {
	var j store.Job
	var args, made, began, ended string
	err := row.Scan(append([]any{&j.ID, &j.Kind, &args, &j.By, &j.State, &j.Stage, &j.Progress, &j.Media, &j.Error, &j.Tries, &made, &began, &ended}, more...)...)
	if err != nil {
		return j, err
	}
	if args != "" {
		j.Args = []byte(args)
	}
	if j.Made, err = unstamp(made); err != nil {
		return j, err
	}
	if j.Began, err = unstamp(began); err != nil {
		return j, err
	}
	j.Ended, err = unstamp(ended)
	return j, err
}

// Add keeps a job: see store.Queue.
func (q *queue) Add(ctx context.Context, j store.Job) (store.Job, error) {
	what := fmt.Sprintf("add a job of kind %q", j.Kind)
	if err := j.Check(); err != nil {
		return store.Job{}, fmt.Errorf("%s: %w", what, err)
	}
	var kept store.Job
	err := q.s.inTx(ctx, what, func(tx *sql.Tx) (err error) {
		kept, err = scanJob(tx.QueryRowContext(ctx, "INSERT INTO hubreach_jobs (kind, args, made_by, state, made_at) VALUES (?, ?, ?, ?, ?) RETURNING "+jobColumns,
			j.Kind, string(j.Args), j.By, store.Waiting, stamp(now())))
		return err
	})
	if err != nil {
		return store.Job{}, err
	}
	q.signal()
	return kept, nil
}

// Job finds a job: see store.Queue.
func (q *queue) Job(ctx context.Context, id store.JobID) (store.Job, error) {
	return findJob(ctx, q.s.read, id)
}

func findJob(ctx context.Context, db querier, id store.JobID) (store.Job, error) {
	var result []byte
	j, err := scanJobAnd(db.QueryRowContext(ctx, "SELECT "+jobColumns+", result FROM hubreach_jobs WHERE id = ?", id), &result)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return store.Job{}, fmt.Errorf("job %d: %w", id, store.ErrNoJob)
	case err != nil:
		return store.Job{}, fmt.Errorf("job %d: %w", id, fault(err))
	}
	j.Result = result
	return j, nil
}

// Jobs lists the newest jobs: see store.Queue.
func (q *queue) Jobs(ctx context.Context, limit int) ([]store.Job, error) {
	found, err := all(ctx, q.s.read, scanJob, "SELECT "+jobColumns+" FROM hubreach_jobs ORDER BY id DESC LIMIT ?", max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return found, nil
}

// Cancel ends a job that waits and asks one that runs to stop: see store.Queue.
// Of a job that another process runs, that process sees it at its next look.
func (q *queue) Cancel(ctx context.Context, id store.JobID) (store.Job, error) {
	var j store.Job
	err := q.s.inTx(ctx, fmt.Sprintf("cancel job %d", id), func(tx *sql.Tx) (err error) {
		if _, err = tx.ExecContext(ctx, `UPDATE hubreach_jobs SET cancel_asked = 1,
			ended_at = CASE state WHEN 'waiting' THEN ? ELSE ended_at END, state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END
			WHERE id = ? AND state IN ('waiting', 'running')`, stamp(now()), id); err != nil {
			return err
		}
		j, err = findJob(ctx, tx, id)
		return err
	})
	if err != nil {
		return store.Job{}, err
	}
	q.atWork.Stop(id)
	return j, nil
}
