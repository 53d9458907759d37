package gpkg

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"hubreach/internal/store"
)

// look is how often a process looks for what other processes have asked: jobs
// added and jobs to be stopped. What its own have asked it sees at once.
const look = 200 * time.Millisecond

// forgetEvery is how often a process looks for jobs that ended too long ago.
const forgetEvery = time.Hour

// grace is how long a process that stops tries to keep the end of a job.
const grace = 5 * time.Second

// Run works through the queue: see store.Queue. It begins with the jobs that a
// process left when it died.
func (q *queue) Run(ctx context.Context, workers int, do store.Work) error {
	held, err := lock(q.s.path)
	if err != nil {
		return fmt.Errorf("work through the queue of %s: %w", q.s.path, err)
	}
	defer unlock(held)
	if err := q.resume(ctx); err != nil {
		return err
	}
	var group sync.WaitGroup
	for range max(workers, 1) {
		group.Go(func() { q.worker(ctx, do) })
	}
	group.Go(func() { q.watch(ctx) })
	group.Wait()
	return nil
}

// resume puts back what a process was at when it died. Nobody else runs: this
// process holds the lock.
func (q *queue) resume(ctx context.Context) error {
	return q.s.inTx(ctx, "resume the queue", func(tx *sql.Tx) error {
		at := stamp(now())
		_, err := tx.ExecContext(ctx, `UPDATE hubreach_jobs SET
			error = CASE WHEN NOT cancel_asked AND tries >= ?1 THEN ?2 ELSE '' END,
			ended_at = CASE WHEN cancel_asked OR tries >= ?1 THEN ?3 ELSE '' END,
			state = CASE WHEN cancel_asked THEN 'cancelled' WHEN tries >= ?1 THEN 'failed' ELSE 'waiting' END
			WHERE state = 'running'`, store.MaxTries, store.Died, at)
		return err
	})
}

// forget deletes the jobs that ended too long ago.
func (q *queue) forget(ctx context.Context) error {
	return q.s.inTx(ctx, "forget old jobs", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM hubreach_jobs WHERE ended_at <> '' AND ended_at < ?", stamp(now().Add(-store.KeepJobs)))
		return err
	})
}

// worker does one job after another until ctx ends.
func (q *queue) worker(ctx context.Context, do store.Work) {
	for ctx.Err() == nil {
		j, err := q.take(ctx)
		if err == nil {
			q.signal() // there may be more for the others
			q.work(ctx, j, do)
			continue
		}
		// Nothing waits, or the file cannot be read now and may later.
		select {
		case <-ctx.Done():
		case <-q.wake:
		case <-time.After(look):
		}
	}
}

// take begins the job that has waited longest. The error is sql.ErrNoRows when
// none waits.
func (q *queue) take(ctx context.Context) (j store.Job, err error) {
	// Asked first, because a look that writes would hold up those who write.
	if err := q.s.read.QueryRowContext(ctx, "SELECT 1 FROM hubreach_jobs WHERE state = 'waiting' LIMIT 1").Scan(new(int)); err != nil {
		return store.Job{}, err
	}
	err = q.s.inTx(ctx, "take a job", func(tx *sql.Tx) error {
		j, err = scanJob(tx.QueryRowContext(ctx, `UPDATE hubreach_jobs SET state = 'running', tries = tries + 1, stage = '', progress = 0, began_at = ?
			WHERE id = (SELECT min(id) FROM hubreach_jobs WHERE state = 'waiting') RETURNING `+jobColumns, stamp(now())))
		return err
	})
	return j, err
}

// work does one job and keeps how it ended.
func (q *queue) work(ctx context.Context, j store.Job, do store.Work) {
	working, _, done := q.atWork.Begin(ctx, j.ID)
	defer done()
	answer, err := do.Try(working, j, store.Teller(func(stage string, share float64) {
		_, _ = q.s.write.ExecContext(working, "UPDATE hubreach_jobs SET stage = ?, progress = ? WHERE id = ?", stage, share, j.ID)
	}))
	state, why, answer := store.End(working, answer, err)
	for q.end(ctx, j.ID, state, why, answer) != nil && ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-time.After(look):
		}
	}
}

// end keeps how a job ended, also when ctx has ended meanwhile.
func (q *queue) end(ctx context.Context, id store.JobID, state store.State, why string, a store.Answer) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	return q.s.inTx(ctx, fmt.Sprintf("end job %d", id), func(tx *sql.Tx) error {
		if state == store.Waiting { // it stopped with its process, which is no try
			_, err := tx.ExecContext(ctx, `UPDATE hubreach_jobs SET state = CASE WHEN cancel_asked THEN 'cancelled' ELSE 'waiting' END,
				ended_at = CASE WHEN cancel_asked THEN ? ELSE '' END, tries = tries - 1 WHERE id = ?`, stamp(now()), id)
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE hubreach_jobs SET state = ?, error = ?, result = ?, media = ?, ended_at = ?,
			progress = CASE WHEN ? THEN 1 ELSE progress END WHERE id = ?`,
			state, why, a.Body, a.Media, stamp(now()), state == store.Done, id)
		return err
	})
}

// watch stops jobs of this process that other processes have cancelled, and
// forgets old ones.
func (q *queue) watch(ctx context.Context) {
	var forgot time.Time
	for {
		if time.Since(forgot) > forgetEvery && q.forget(ctx) == nil {
			forgot = time.Now()
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(look):
		}
		ids, err := all(ctx, q.s.read, func(row scanner) (id store.JobID, err error) {
			err = row.Scan(&id)
			return id, err
		}, "SELECT id FROM hubreach_jobs WHERE state = 'running' AND cancel_asked")
		if err != nil {
			continue // seen at the next look
		}
		for _, id := range ids {
			q.atWork.Stop(id)
		}
	}
}
