package store_test

import (
	"context"
	"errors"
	"testing"

	"hubreach/internal/store"
)

// A job stops when it is asked to, and no other does with it; once its work is
// over it is known no more.
func TestAtWork(t *testing.T) {
	var a store.AtWork
	a.Stop(1) // nothing is worked on
	one, _, doneOne := a.Begin(t.Context(), 1)
	two, cancelTwo, doneTwo := a.Begin(t.Context(), 2)
	a.Stop(1)
	if got := context.Cause(one); !errors.Is(got, store.ErrAsked) {
		t.Errorf("job 1 was asked to stop: cause %v, want %v", got, store.ErrAsked)
	}
	if two.Err() != nil {
		t.Errorf("job 2 was left alone: %v, want nil", two.Err())
	}
	ours := errors.New("ours")
	cancelTwo(ours)
	a.Stop(2) // too late: the first cause stands
	if got := context.Cause(two); !errors.Is(got, ours) {
		t.Errorf("job 2 gave up by itself: cause %v, want %v", got, ours)
	}
	doneOne()
	doneTwo()
	again, _, done := a.Begin(t.Context(), 3)
	a.Stop(1)
	if again.Err() != nil {
		t.Errorf("job 3 while job 1 is asked to stop again: %v, want nil", again.Err())
	}
	done()
	if got := context.Cause(again); !errors.Is(got, context.Canceled) {
		t.Errorf("job 3 is over: cause %v, want %v", got, context.Canceled)
	}
}

// A job ends with the process that works on it.
func TestAtWorkEndsWithItsProcess(t *testing.T) {
	var a store.AtWork
	process, stop := context.WithCancel(t.Context())
	working, _, done := a.Begin(process, 1)
	defer done()
	stop()
	if got := context.Cause(working); !errors.Is(got, context.Canceled) || errors.Is(got, store.ErrAsked) {
		t.Errorf("its process stops: cause %v, want %v", got, context.Canceled)
	}
}
