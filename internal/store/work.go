package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

// ErrAsked is the cause of a job's context when somebody cancelled the job.
var ErrAsked = errors.New("cancelled")

// Try does a job and turns a panic in it into an error, so that a bug in one
// kind of job does not stop the service.
func (w Work) Try(ctx context.Context, j Job, tell func(stage string, share float64)) (a Answer, err error) {
	defer func() {
		if bug := recover(); bug != nil {
			a, err = Answer{}, fmt.Errorf("a bug in jobs of kind %s: %v", j.Kind, bug)
		}
	}()
	return w(ctx, j, tell)
}

// End says where a job is after its Work returned err, and what of its answer is
// kept. ctx is the context that
// Work had. Work that answers although it was asked to stop has done the job;
// work that was stopped with its process waits again.
func End(ctx context.Context, a Answer, err error) (State, string, Answer) {
	switch {
	case err == nil:
		return Done, "", a
	case errors.Is(context.Cause(ctx), ErrAsked):
		return Cancelled, "", Answer{}
	case ctx.Err() != nil:
		return Waiting, "", Answer{}
	}
	return Failed, strings.Join(strings.Fields(strings.ToValidUTF8(err.Error(), "?")), " "), Answer{}
}

// tellEvery is how often the progress of one stage is kept at most.
const tellEvery = 200 * time.Millisecond

// Teller returns a function that keeps stages at once and progress now and then.
// It may be called from several goroutines. keep is called by one at a time;
// what it cannot keep is lost, which harms nobody.
func Teller(keep func(stage string, share float64)) func(stage string, share float64) {
	var mu sync.Mutex
	var last time.Time
	var at string
	return func(stage string, share float64) {
		mu.Lock()
		defer mu.Unlock()
		if stage == at && time.Since(last) < tellEvery {
			return
		}
		at, last = stage, time.Now()
		keep(stage, min(max(share, 0), 1))
	}
}
