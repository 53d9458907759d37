package postgis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"hubreach/internal/store"
)

// queue keeps the jobs of a database. Any number of processes work through them.
type queue struct {
	s     *Store
	log   *slog.Logger
	river *river.Client[pgx.Tx] // hands out; takes nothing

	atWork store.AtWork // jobs of this process
}

// take is what River carries: the number of a job of ours.
type take struct {
	Job store.JobID `json:"job"`
}

// Kind is River's name for it.
func (take) Kind() string { return "hubreach" }

func newQueue(s *Store, log *slog.Logger) (*queue, error) {
	client, err := river.NewClient(riverpgxv5.New(s.pool), &river.Config{Schema: schema, Logger: quiet(log)})
	if err != nil {
		return nil, err
	}
	return &queue{s: s, log: log, river: client}, nil
}

// quiet is a log without what River says every few seconds when all is well.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(troubleOnly{log.Handler()}) }

type troubleOnly struct{ slog.Handler }

func (t troubleOnly) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && t.Handler.Enabled(ctx, level)
}

func (t troubleOnly) WithAttrs(attrs []slog.Attr) slog.Handler {
	return troubleOnly{t.Handler.WithAttrs(attrs)}
}

func (t troubleOnly) WithGroup(name string) slog.Handler {
	return troubleOnly{t.Handler.WithGroup(name)}
}

const jobColumns = "id, kind, args, made_by, state, stage, progress, media, error, tries, made_at, began_at, ended_at"

func scanJob(row pgx.Row) (store.Job, error) { return scanJobAnd(row) }

// scanJobAnd reads jobColumns and what comes after them.
func scanJobAnd(row pgx.Row, more ...any) (store.Job, error) {
	var j store.Job
	var args string
	var began, ended *time.Time
	err := row.Scan(append([]any{&j.ID, &j.Kind, &args, &j.By, &j.State, &j.Stage, &j.Progress, &j.Media, &j.Error, &j.Tries, &j.Made, &began, &ended}, more...)...)
	if args != "" {
		j.Args = []byte(args)
	}
	j.Made, j.Began, j.Ended = j.Made.UTC(), utc(began), utc(ended)
	return j, err
}

// Add keeps a job: see store.Queue.
func (q *queue) Add(ctx context.Context, j store.Job) (store.Job, error) {
	what := fmt.Sprintf("add a job of kind %q", j.Kind)
	if err := j.Check(); err != nil {
		return store.Job{}, fmt.Errorf("%s: %w", what, err)
	}
	var kept store.Job
	err := q.s.inTx(ctx, what, func(tx pgx.Tx) (err error) {
		kept, err = scanJob(tx.QueryRow(ctx, "INSERT INTO hubreach.jobs (kind, args, made_by, state, made_at) VALUES ($1, $2, $3, $4, clock_timestamp()) RETURNING "+jobColumns,
			j.Kind, string(j.Args), j.By, store.Waiting))
		if err != nil {
			return err
		}
		return q.handOut(ctx, tx, kept.ID)
	})
	return kept, err
}

// handOut lets River give a job that waits to a worker.
func (q *queue) handOut(ctx context.Context, tx pgx.Tx, id store.JobID) error {
	inserted, err := q.river.InsertTx(ctx, tx, take{Job: id}, nil)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE hubreach.jobs SET dispatch = $2 WHERE id = $1", id, inserted.Job.ID)
	return err
}

// Job finds a job: see store.Queue.
func (q *queue) Job(ctx context.Context, id store.JobID) (store.Job, error) {
	return findJob(ctx, q.s.pool, id)
}

func findJob(ctx context.Context, db querier, id store.JobID) (store.Job, error) {
	var result []byte
	j, err := scanJobAnd(db.QueryRow(ctx, "SELECT "+jobColumns+", result FROM hubreach.jobs WHERE id = $1", id), &result)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return store.Job{}, fmt.Errorf("job %d: %w", id, store.ErrNoJob)
	case err != nil:
		return store.Job{}, fmt.Errorf("job %d: %w", id, fault(ctx, err))
	}
	j.Result = result
	return j, nil
}

// Jobs lists the newest jobs: see store.Queue.
func (q *queue) Jobs(ctx context.Context, limit int) ([]store.Job, error) {
	found, err := all(ctx, q.s.pool, scanJob, "SELECT "+jobColumns+" FROM hubreach.jobs ORDER BY id DESC LIMIT $1", max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	return found, nil
}

// Cancel ends a job that waits and asks one that runs to stop: see store.Queue.
// River tells the worker at once; a worker that cannot hear it sees it at its
// next look.
func (q *queue) Cancel(ctx context.Context, id store.JobID) (store.Job, error) {
	var j store.Job
	err := q.s.inTx(ctx, fmt.Sprintf("cancel job %d", id), func(tx pgx.Tx) error {
		var dispatch *int64
		err := tx.QueryRow(ctx, `UPDATE hubreach.jobs SET cancel_asked = true,
			ended_at = CASE state WHEN 'waiting' THEN clock_timestamp() ELSE ended_at END, state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END
			WHERE id = $1 AND state IN ('waiting', 'running') RETURNING dispatch`, id).Scan(&dispatch)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if dispatch != nil {
			if _, err := q.river.JobCancelTx(ctx, tx, *dispatch); err != nil && !errors.Is(err, river.ErrNotFound) {
				return err
			}
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
