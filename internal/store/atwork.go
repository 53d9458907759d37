package store

import (
	"context"
	"sync"
)

// AtWork holds the jobs that this process works on, so that they can be asked
// to stop. The zero value holds none. It may be used from several goroutines.
type AtWork struct {
	mu   sync.Mutex
	jobs map[JobID]context.CancelCauseFunc
}

// Begin notes that a job is worked on. Its context ends with ctx, or when Stop or
// cancel is called. Call done when the work is over: the job is forgotten then.
func (a *AtWork) Begin(ctx context.Context, id JobID) (working context.Context, cancel context.CancelCauseFunc, done func()) {
	working, cancel = context.WithCancelCause(ctx)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.jobs == nil {
		a.jobs = map[JobID]context.CancelCauseFunc{}
	}
	a.jobs[id] = cancel
	return working, cancel, func() {
		a.mu.Lock()
		delete(a.jobs, id)
		a.mu.Unlock()
		cancel(nil)
	}
}

// Stop asks a job to stop, with the cause ErrAsked; a job that is not worked on
// here is left alone.
func (a *AtWork) Stop(id JobID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if cancel := a.jobs[id]; cancel != nil {
		cancel(ErrAsked)
	}
}
