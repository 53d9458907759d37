package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"hubreach/internal/store"
)

// Earlier checks that a store that an earlier version of the tables kept has all
// of its things, and goes on with them: two loads of Load("kent", ...), an option
// with a refused edit, a token, and a job that waits.
func Earlier(t *testing.T, s store.Store) {
	ctx := t.Context()
	vs := must[[]store.Version](t)(s.Versions(ctx, "kent"))
	if len(vs) != 2 || vs[0].ID != 2 || vs[0].Fingerprint != "f2" || vs[1].By != "mary" {
		t.Errorf("Versions = %+v, want the two that were loaded", vs)
	}
	if got := must[[]byte](t)(s.Spec(ctx, 1)); !bytes.Equal(got, Load("kent", "").Spec) {
		t.Errorf("Spec = %q, want the study file that was loaded", got)
	}
	f := must[io.ReadCloser](t)(s.Open(ctx, 1, "areas.csv"))
	if got := must[[]byte](t)(io.ReadAll(f)); string(got) != "code,people\nE01,10\n" {
		t.Errorf("Open gives %q, want the bytes that were loaded", got)
	}
	history := must[[]store.Edit](t)(s.History(ctx, "kent", "O1"))
	if len(history) != 2 || history[0].Revision != 1 || !history[1].Refused || string(history[1].Document) != `{"name": "lost"}` || history[0].At.IsZero() {
		t.Errorf("History = %+v, want an edit and a refused one", history)
	}
	if e := must[store.Edit](t)(s.PutOption(ctx, edit("O1", 1, `{}`))); e.Revision != 2 || e.ID != 3 {
		t.Errorf("the next edit = %+v, want revision 2, number 3", e)
	}
	if token := must[store.Token](t)(s.Token(ctx, strings.Repeat("a", 64))); token.Name != "mary" || token.Scope != store.Planner {
		t.Errorf("Token = %+v, want mary's", token)
	}
	running(t, s.Queue(), 1, func(_ context.Context, j store.Job, _ func(string, float64)) (store.Answer, error) {
		return store.Answer{Body: j.Args}, nil
	})
	if j := in(t, s.Queue(), 1, store.Done); string(j.Result) != `{"version": 1}` || j.By != "mary" {
		t.Errorf("the job that waited = %+v, want it done", j)
	}
	wider := Load("kent", "f3")
	wider.Layers[0].Columns = append(wider.Layers[0].Columns, store.Column{Name: "new", Kind: store.Int})
	for i := range wider.Layers[0].Rows {
		wider.Layers[0].Rows[i] = append(wider.Layers[0].Rows[i], int64(1))
	}
	if v := must[store.Version](t)(s.Load(ctx, wider)); v.ID != 3 {
		t.Errorf("the next load is version %d, want 3", v.ID)
	}
}

// Forgotten runs the queue of s, checks that it forgets the given job, and that
// the others are there: one that waits is done.
func Forgotten(t *testing.T, s store.Store, old store.JobID) {
	before := must[[]store.Job](t)(s.Queue().Jobs(t.Context(), 10))
	running(t, s.Queue(), 1, func(context.Context, store.Job, func(string, float64)) (store.Answer, error) {
		return store.Answer{}, nil
	})
	Until(t, "the old job is forgotten", func() bool {
		_, err := s.Queue().Job(t.Context(), old)
		return errors.Is(err, store.ErrNoJob)
	})
	if after := must[[]store.Job](t)(s.Queue().Jobs(t.Context(), 10)); len(after) != len(before)-1 {
		t.Errorf("of %d jobs %d are left, want all but one", len(before), len(after))
	}
}
