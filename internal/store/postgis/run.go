package postgis

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"hubreach/internal/store"
)

const (
	look     = time.Second           // between two looks for workers that died and jobs to be stopped
	cooldown = 10 * time.Millisecond // between two fetches of River, whose default of 100 ms holds short jobs up
	grace    = 5 * time.Second       // for keeping the end of a job while the process stops
	longest  = 7 * 24 * time.Hour    // that a job may take
	// forgetEvery is how often a process looks for jobs that ended too long ago.
	forgetEvery = time.Hour
	// recovery is how long workers have to come back after the server was started,
	// before anybody else takes their jobs.
	recovery = "10 seconds"
)

// Run works through the queue: see store.Queue.
func (q *queue) Run(ctx context.Context, workers int, do store.Work) error {
	w := &worker{q: q, do: do, stopping: ctx.Done()}
	if err := w.enter(ctx); err != nil {
		return fmt.Errorf("work through the queue of %s: %w", q.s.name, fault(ctx, err))
	}
	defer w.leave(ctx)
	kinds := river.NewWorkers()
	river.AddWorker(kinds, w)
	client, err := river.NewClient(riverpgxv5.New(q.s.pool), &river.Config{
		ID: fmt.Sprintf("hubreach-%d", w.number), Schema: schema, Logger: quiet(q.log), Workers: kinds,
		Queues:        map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: max(workers, 1)}},
		FetchCooldown: cooldown, JobTimeout: longest, RescueStuckJobsAfter: longest + 24*time.Hour,
	})
	if err != nil {
		return fmt.Errorf("work through the queue of %s: %w", q.s.name, err)
	}
	if err := client.Start(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("work through the queue of %s: %w", q.s.name, fault(ctx, err))
	}
	w.watch(ctx)
	<-client.Stopped()
	return nil
}

// worker is this process at work. It is known by a number, whose advisory lock
// it holds while it lives.
type worker struct {
	river.WorkerDefaults[take]
	q        *queue
	do       store.Work
	stopping <-chan struct{}
	number   int32
	guard    *pgxpool.Conn // holds the lock; nil while the server is away
	forgot   time.Time     // when this process last forgot old jobs
}

// enter draws a number that no other worker has, and locks it.
func (w *worker) enter(ctx context.Context) error {
	conn, err := w.q.s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	for {
		number := w.number
		if number == 0 {
			number = rand.Int32N(1<<31-1) + 1 // #nosec G404 -- a number that no other worker has, no secret
		}
		var mine bool
		if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, $2)", workerLockClass, number).Scan(&mine); err != nil {
			conn.Release()
			return err
		}
		if mine {
			w.number, w.guard = number, conn
			return nil
		}
		if w.number != 0 { // the server has not seen yet that the old connection is gone
			conn.Release()
			return errors.New("the worker's number is still locked")
		}
	}
}

// leave lets the lock go with its connection.
func (w *worker) leave(ctx context.Context) {
	if w.guard != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		_ = w.guard.Conn().Close(ctx) // the server lets go of the lock either way
		w.guard.Release()
		w.guard = nil
	}
}

// watch looks, until ctx ends, for jobs of workers that died and for jobs of its
// own that were cancelled. When the server was away it comes back with its number.
func (w *worker) watch(ctx context.Context) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		err := w.look(ctx)
		if err != nil && ctx.Err() == nil {
			w.q.log.WarnContext(ctx, "the queue does not answer", "error", err)
			w.leave(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look looks once, on the connection that holds the lock: whoever has lost it
// judges nobody. A stop does not cut the look off, since pgx would close the
// connection, and with it the lock, while jobs are still being put back.
func (w *worker) look(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if w.guard == nil {
		if err := w.enter(ctx); err != nil {
			return err
		}
	}
	asked, err := all(ctx, w.guard, func(row pgx.Row) (id store.JobID, err error) {
		err = row.Scan(&id)
		return id, err
	}, "SELECT id FROM hubreach.jobs WHERE state = 'running' AND cancel_asked AND worker = $1", w.number)
	if err != nil {
		return err
	}
	for _, id := range asked {
		w.q.atWork.Stop(id)
	}
	if time.Since(w.forgot) > forgetEvery {
		if _, err := w.guard.Exec(ctx, "DELETE FROM hubreach.jobs WHERE ended_at < clock_timestamp() - make_interval(secs => $1)", store.KeepJobs.Seconds()); err != nil {
			return err
		}
		w.forgot = time.Now()
	}
	return pgx.BeginFunc(ctx, w.guard, func(tx pgx.Tx) error { return w.inherit(ctx, tx) })
}

// orphans are the jobs whose worker died: at work, or after River gave it the
// job and before it began; and jobs that River has lost.
const orphans = `WITH alive AS (
		SELECT objid::bigint AS number FROM pg_locks
		WHERE locktype = 'advisory' AND classid::bigint = $1 AND objsubid = 2 AND granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
	SELECT j.id, j.state, j.tries, j.cancel_asked FROM hubreach.jobs j LEFT JOIN hubreach.river_job r ON r.id = j.dispatch
	WHERE pg_postmaster_start_time() < now() - interval '` + recovery + `' AND (
		j.state = 'running' AND j.worker NOT IN (SELECT number FROM alive)
		OR j.state = 'waiting' AND (r.id IS NULL OR r.state IN ('completed', 'cancelled', 'discarded')
			OR r.state = 'running' AND split_part(r.attempted_by[array_upper(r.attempted_by, 1)], '-', 2)::bigint NOT IN (SELECT number FROM alive)))
	ORDER BY j.id FOR UPDATE OF j SKIP LOCKED`

// inherit hands the jobs of dead workers out again.
func (w *worker) inherit(ctx context.Context, tx pgx.Tx) error {
	found, err := all(ctx, tx, func(row pgx.Row) (o orphan, err error) {
		err = row.Scan(&o.id, &o.state, &o.tries, &o.cancelled)
		return o, err
	}, orphans, workerLockClass)
	if err != nil {
		return err
	}
	for _, o := range found {
		state, why := o.fate()
		w.q.log.InfoContext(ctx, "a job lost its worker", "job", o.id, "tries", o.tries, "now", state)
		_, err := tx.Exec(ctx, `UPDATE hubreach.jobs SET state = $2, error = $3, worker = NULL,
			ended_at = CASE WHEN $2 = 'waiting' THEN NULL ELSE clock_timestamp() END WHERE id = $1`, o.id, state, why)
		if err == nil && state == store.Waiting {
			err = w.q.handOut(ctx, tx, o.id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// orphan is a job without a worker.
type orphan struct {
	id        store.JobID
	state     store.State
	tries     int
	cancelled bool
}

func (o orphan) fate() (store.State, string) {
	switch {
	case o.cancelled:
		return store.Cancelled, ""
	case o.state == store.Running && o.tries >= store.MaxTries:
		return store.Failed, store.Died
	}
	return store.Waiting, ""
}
