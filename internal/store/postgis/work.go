package postgis

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"hubreach/internal/store"
)

// Work does the job that River has handed out. It answers nil also for a job
// that failed: River has no more to do with it. An error means that the job could
// not be begun, and River hands it out again.
func (w *worker) Work(ctx context.Context, handed *river.Job[take]) error {
	j, err := w.begin(ctx, handed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil // cancelled, or handed out again meanwhile
	}
	if err != nil {
		return fmt.Errorf("begin job %d: %w", handed.Args.Job, fault(ctx, err))
	}
	working, cancel, done := w.q.atWork.Begin(ctx, j.ID)
	defer done()
	stop := context.AfterFunc(ctx, func() {
		if errors.Is(context.Cause(ctx), river.ErrJobCancelledRemotely) {
			cancel(store.ErrAsked)
		}
	})
	defer stop()
	answer, err := w.do.Try(working, j, store.Teller(func(stage string, share float64) { w.tell(working, cancel, j, stage, share) }))
	w.keep(working, j, answer, err)
	return nil
}

// begin makes a job that waits this worker's. The error is pgx.ErrNoRows when
// there is none for this piece of River's work.
func (w *worker) begin(ctx context.Context, handed *river.Job[take]) (store.Job, error) {
	return scanJob(w.q.s.pool.QueryRow(ctx, `UPDATE hubreach.jobs SET state = 'running', worker = $1, tries = tries + 1, stage = '', progress = 0, began_at = clock_timestamp()
		WHERE id = $2 AND dispatch = $3 AND state = 'waiting' RETURNING `+jobColumns, w.number, handed.Args.Job, handed.ID))
}

// tell keeps the progress of a job, and learns whether it was cancelled.
func (w *worker) tell(ctx context.Context, cancel context.CancelCauseFunc, j store.Job, stage string, share float64) {
	var asked bool
	err := w.q.s.pool.QueryRow(ctx, "UPDATE hubreach.jobs SET stage = $1, progress = $2 WHERE "+mine+" RETURNING cancel_asked", stage, share, j.ID, w.number, j.Tries).Scan(&asked)
	if err == nil && asked {
		cancel(store.ErrAsked)
	}
}

// mine finds a job that is still this worker's, by its id, worker and try.
const mine = "id = $3 AND state = 'running' AND worker = $4 AND tries = $5"

// keep keeps how a job ended. While the server is away it tries again and again;
// once the process stops, no more: then the job is done again.
func (w *worker) keep(working context.Context, j store.Job, answer store.Answer, err error) {
	state, why, answer := ended(working, answer, err)
	whole := context.WithoutCancel(working)
	for {
		ctx, cancel := context.WithTimeout(whole, grace)
		err := w.end(ctx, j, state, why, answer)
		cancel()
		if err == nil {
			return
		}
		w.q.log.WarnContext(whole, "the end of a job could not be kept yet", "job", j.ID, "error", err)
		select {
		case <-w.stopping:
			return
		case <-time.After(look):
		}
	}
}

// ended is store.End, told also of what River cancelled.
func ended(ctx context.Context, a store.Answer, err error) (store.State, string, store.Answer) {
	if err != nil && errors.Is(context.Cause(ctx), river.ErrJobCancelledRemotely) {
		return store.Cancelled, "", store.Answer{}
	}
	return store.End(ctx, a, err)
}

// end keeps how a job ended, unless it is no longer this worker's.
func (w *worker) end(ctx context.Context, j store.Job, state store.State, why string, a store.Answer) error {
	return w.q.s.inTx(ctx, fmt.Sprintf("end job %d", j.ID), func(tx pgx.Tx) error {
		if state == store.Waiting { // it stopped with its process, which is no try
			var cancelled bool
			err := tx.QueryRow(ctx, `UPDATE hubreach.jobs SET worker = NULL, tries = tries - 1, state = CASE WHEN cancel_asked THEN $1 ELSE $2 END,
				ended_at = CASE WHEN cancel_asked THEN clock_timestamp() END WHERE `+mine+" RETURNING cancel_asked",
				store.Cancelled, store.Waiting, j.ID, w.number, j.Tries).Scan(&cancelled)
			switch {
			case errors.Is(err, pgx.ErrNoRows):
				return nil
			case err != nil || cancelled:
				return err
			}
			return w.q.handOut(ctx, tx, j.ID)
		}
		_, err := tx.Exec(ctx, `UPDATE hubreach.jobs SET worker = NULL, state = $1, error = $2, result = $6, media = $7, ended_at = clock_timestamp(),
			progress = CASE WHEN $1 = 'done' THEN 1 ELSE progress END WHERE `+mine, state, why, j.ID, w.number, j.Tries, a.Body, a.Media)
		return err
	})
}
