package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/store"
)

// running runs a queue until the test ends or stop is called, which returns what
// Run returned.
func running(t *testing.T, q store.Queue, workers int, do store.Work) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx, workers, do) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { _ = stop() })
	return stop
}

func add(t *testing.T, q store.Queue, kind, args string) store.Job {
	t.Helper()
	return must[store.Job](t)(q.Add(t.Context(), store.Job{Kind: kind, Args: json.RawMessage(args), By: "mary", State: store.Done, Result: []byte("x"), Error: "x"}))
}

func in(t *testing.T, q store.Queue, id store.JobID, state store.State) store.Job {
	t.Helper()
	var j store.Job
	Until(t, fmt.Sprintf("job %d is %s", id, state), func() bool {
		j = must[store.Job](t)(q.Job(t.Context(), id))
		return j.State == state
	})
	return j
}

func jobs(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	q := s.Queue()
	if _, err := q.Job(ctx, 1); !errors.Is(err, store.ErrNoJob) {
		t.Errorf("Job(1) of an empty queue: %v, want ErrNoJob", err)
	}
	if _, err := q.Cancel(ctx, 1); !errors.Is(err, store.ErrNoJob) {
		t.Errorf("Cancel(1) of an empty queue: %v, want ErrNoJob", err)
	}
	first := add(t, q, "report", `{"option": "O1"}`)
	second := add(t, q, "export", "")
	if want := (store.Job{ID: first.ID, Kind: "report", Args: []byte(`{"option": "O1"}`), By: "mary", State: store.Waiting, Made: first.Made}); !cmp.Equal(want, first) || first.Made.IsZero() {
		t.Errorf("Add (-want +got):\n%s", cmp.Diff(want, first))
	}
	for name, j := range map[string]store.Job{"no kind": {}, "bad args": {Kind: "run", Args: json.RawMessage("{")}, "NUL": {Kind: "a\x00"}} {
		if _, err := q.Add(ctx, j); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("Add with %s: %v, want ErrInvalid", name, err)
		}
	}
	var order []store.JobID
	running(t, q, 1, func(_ context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		order = append(order, j.ID)
		if j.State != store.Running || j.Tries != 1 || j.Began.IsZero() {
			t.Errorf("the job that is worked on is %+v, want it running for the first time", j)
		}
		return store.Answer{Media: "text/plain", Body: []byte("answer to " + string(j.Args))}, nil
	})
	in(t, q, second.ID, store.Done)
	third := add(t, q, "run", `[]`) // while it runs
	in(t, q, third.ID, store.Done)
	if want := []store.JobID{first.ID, second.ID, third.ID}; !cmp.Equal(order, want) {
		t.Errorf("jobs were done in the order %v, want %v", order, want)
	}
	q = place(t).Queue() // what another process sees
	got := must[store.Job](t)(q.Job(ctx, first.ID))
	want := store.Job{ID: first.ID, Kind: "report", Args: first.Args, By: "mary", State: store.Done, Progress: 1, Result: []byte(`answer to {"option": "O1"}`),
		Media: "text/plain", Tries: 1, Made: first.Made, Began: got.Began, Ended: got.Ended}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Job (-want +got):\n%s", diff)
	}
	if got.Began.Before(got.Made) || got.Ended.Before(got.Began) {
		t.Errorf("made %v, began %v, ended %v, want them in order", got.Made, got.Began, got.Ended)
	}
	list := must[[]store.Job](t)(q.Jobs(ctx, 2))
	want.Result = nil
	if len(list) != 2 || list[0].ID != third.ID || list[1].ID != second.ID || list[0].Result != nil {
		t.Errorf("Jobs(2) = %+v, want the third and the second, without results", list)
	}
	if all := must[[]store.Job](t)(q.Jobs(ctx, 10)); len(all) != 3 || !cmp.Equal(all[2], want) {
		t.Errorf("Jobs(10) = %+v, want three, the last %+v", all, want)
	}
}

func badEnds(t *testing.T, place Place) {
	q := place(t).Queue()
	running(t, q, 2, func(_ context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		switch j.Kind {
		case "fails":
			return store.Answer{Body: []byte("half")}, errors.New("line 1:\n\tno such \xff site")
		case "panics":
			panic("index out of range")
		}
		return store.Answer{}, nil
	})
	for _, tc := range []struct{ kind, want string }{
		{"fails", "line 1: no such ? site"}, {"panics", "a bug in jobs of kind panics: index out of range"},
	} {
		j := in(t, q, add(t, q, tc.kind, "").ID, store.Failed)
		if j.Error != tc.want || len(j.Result) != 0 || j.Ended.IsZero() || j.Tries != 1 {
			t.Errorf("a job that %s = %+v, want the error %q after one try and no result", tc.kind, j, tc.want)
		}
	}
	in(t, q, add(t, q, "fine", "").ID, store.Done) // the queue has survived both
}

func progress(t *testing.T, place Place) {
	s := place(t)
	q := s.Queue()
	told, seen := make(chan struct{}), make(chan struct{})
	running(t, q, 1, func(_ context.Context, _ store.Job, tell func(string, float64)) (store.Answer, error) {
		for _, stage := range []string{"read", "walk"} {
			tell(stage, 0.25)
			told <- struct{}{}
			<-seen
		}
		tell("too far", 7)
		told <- struct{}{}
		<-seen
		return store.Answer{}, nil
	})
	id := add(t, q, "run", "").ID
	for _, tc := range []struct {
		stage string
		share float64
	}{{"read", 0.25}, {"walk", 0.25}, {"too far", 1}} {
		<-told
		if j := must[store.Job](t)(q.Job(t.Context(), id)); j.Stage != tc.stage || j.Progress != tc.share {
			t.Errorf("a job told %q %v, and is at %q %v", tc.stage, tc.share, j.Stage, j.Progress)
		}
		seen <- struct{}{}
	}
	in(t, q, id, store.Done)
}

// workers: as many at a time as were asked for, and no more.
func workers(t *testing.T, place Place) {
	q := place(t).Queue()
	const n = 3
	var mu sync.Mutex
	at, most := 0, 0
	met := make(chan struct{})
	running(t, q, n, func(ctx context.Context, _ store.Job, _ func(string, float64)) (store.Answer, error) {
		mu.Lock()
		at++
		if most = max(most, at); at == n {
			close(met)
		}
		mu.Unlock()
		select { // the first three go on only together
		case <-met:
		case <-ctx.Done():
		}
		mu.Lock()
		defer mu.Unlock()
		at--
		return store.Answer{}, ctx.Err()
	})
	var ids []store.JobID
	for range n {
		ids = append(ids, add(t, q, "run", "").ID)
	}
	for _, id := range ids {
		in(t, q, id, store.Done)
	}
	if most != n {
		t.Errorf("%d jobs ran at a time, want %d", most, n)
	}
}

func cancel(t *testing.T, place Place) {
	ctx, q := t.Context(), place(t).Queue()
	never := add(t, q, "run", "")
	if j := must[store.Job](t)(q.Cancel(ctx, never.ID)); j.State != store.Cancelled || j.Ended.IsZero() {
		t.Errorf("Cancel of a job that waits = %+v, want it cancelled at once", j)
	}
	begun := make(chan store.JobID)
	deaf := make(chan struct{})
	stop := running(t, q, 1, func(ctx context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		if j.ID == never.ID {
			t.Error("a cancelled job was begun")
		}
		begun <- j.ID
		if j.Kind == "deaf" {
			<-deaf
			return store.Answer{Body: []byte("done all the same")}, nil
		}
		<-ctx.Done()
		return store.Answer{}, ctx.Err()
	})
	id := add(t, q, "run", "").ID
	<-begun
	must[store.Job](t)(q.Cancel(ctx, id))
	if j := in(t, q, id, store.Cancelled); j.Error != "" || j.Ended.IsZero() {
		t.Errorf("a job cancelled while it ran = %+v, want an end and no error", j)
	}
	if j := must[store.Job](t)(q.Cancel(ctx, id)); j.State != store.Cancelled {
		t.Errorf("Cancel again = %+v, want it left as it is", j)
	}
	id = add(t, q, "deaf", "").ID
	<-begun
	must[store.Job](t)(q.Cancel(ctx, id))
	close(deaf)
	if j := in(t, q, id, store.Done); string(j.Result) != "done all the same" {
		t.Errorf("a job that was done when it was asked to stop = %+v, want its result", j)
	}
	if j := must[store.Job](t)(q.Cancel(ctx, id)); j.State != store.Done || len(j.Result) == 0 {
		t.Errorf("Cancel of what is done = %+v, want it left as it is", j)
	}
	if err := stop(); err != nil {
		t.Errorf("Run, when its context ends: %v, want nil", err)
	}
}

// stopAndGoOn: a service that stops puts its jobs back, and the next goes on.
func stopAndGoOn(t *testing.T, place Place) {
	first := place(t)
	q := first.Queue()
	begun := make(chan struct{})
	stop := running(t, q, 1, func(ctx context.Context, _ store.Job, tell func(string, float64)) (store.Answer, error) {
		tell("half way", 0.5)
		begun <- struct{}{}
		<-ctx.Done()
		return store.Answer{}, fmt.Errorf("stopped: %w", ctx.Err())
	})
	j := add(t, q, "run", `{"a": 1}`)
	waits := add(t, q, "run", `{"a": 2}`)
	<-begun
	if err := stop(); err != nil {
		t.Errorf("Run, when its context ends: %v, want nil", err)
	}
	if got := must[store.Job](t)(q.Job(t.Context(), j.ID)); got.State != store.Waiting || got.Tries != 0 || got.Error != "" {
		t.Errorf("a job whose service stopped = %+v, want it waiting, and no try counted", got)
	}
	if err := first.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	q = place(t).Queue()
	running(t, q, 1, func(_ context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		return store.Answer{Body: j.Args}, nil
	})
	for _, id := range []store.JobID{j.ID, waits.ID} {
		if got := in(t, q, id, store.Done); got.Tries != 1 || !strings.HasPrefix(string(got.Result), `{"a": `) {
			t.Errorf("the job done after the restart = %+v, want one try and its arguments back", got)
		}
	}
}

// twoStores: one adds and cancels, the other works.
func twoStores(t *testing.T, place Place) {
	asks, works := place(t).Queue(), place(t).Queue()
	begun := make(chan struct{})
	running(t, works, 1, func(ctx context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		if j.Kind == "quick" {
			return store.Answer{}, nil
		}
		begun <- struct{}{}
		<-ctx.Done()
		return store.Answer{}, ctx.Err()
	})
	in(t, asks, add(t, asks, "quick", "").ID, store.Done)
	id := add(t, asks, "long", "").ID
	<-begun
	must[store.Job](t)(asks.Cancel(t.Context(), id))
	in(t, asks, id, store.Cancelled)
}
