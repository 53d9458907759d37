package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"hubreach/internal/store"
)

// calls are all the methods that reach the store.
func calls(s store.Store) map[string]func(ctx context.Context) error {
	q := s.Queue()
	return map[string]func(ctx context.Context) error{
		"Load":      func(ctx context.Context) error { _, err := s.Load(ctx, Load("kent", "f")); return err },
		"Versions":  func(ctx context.Context) error { _, err := s.Versions(ctx, ""); return err },
		"Current":   func(ctx context.Context) error { _, err := s.Current(ctx, ""); return err },
		"Spec":      func(ctx context.Context) error { _, err := s.Spec(ctx, 1); return err },
		"Open":      func(ctx context.Context) error { _, err := s.Open(ctx, 1, "areas.csv"); return err },
		"PutOption": func(ctx context.Context) error { _, err := s.PutOption(ctx, edit("O1", 0, "{}")); return err },
		"Options":   func(ctx context.Context) error { _, err := s.Options(ctx, "kent"); return err },
		"History":   func(ctx context.Context) error { _, err := s.History(ctx, "kent", "O1"); return err },
		"AddToken": func(ctx context.Context) error {
			return s.AddToken(ctx, store.Token{Name: "a", Hash: strings.Repeat("0", 64), Scope: store.Reader})
		},
		"Token":       func(ctx context.Context) error { _, err := s.Token(ctx, ""); return err },
		"Tokens":      func(ctx context.Context) error { _, err := s.Tokens(ctx); return err },
		"RevokeToken": func(ctx context.Context) error { return s.RevokeToken(ctx, "a") },
		"Add":         func(ctx context.Context) error { _, err := q.Add(ctx, store.Job{Kind: "run"}); return err },
		"Job":         func(ctx context.Context) error { _, err := q.Job(ctx, 1); return err },
		"Jobs":        func(ctx context.Context) error { _, err := q.Jobs(ctx, 1); return err },
		"Cancel":      func(ctx context.Context) error { _, err := q.Cancel(ctx, 1); return err },
		"Ping":        s.Ping,
	}
}

// Unavailable checks that every method of s wraps store.ErrUnavailable.
func Unavailable(t *testing.T, s store.Store) {
	t.Helper()
	for name, call := range calls(s) {
		if err := call(t.Context()); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s of a store that is away: %v, want ErrUnavailable", name, err)
		}
	}
}

func closed(t *testing.T, place Place) {
	s := place(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	Unavailable(t, s)
}

// contexts: a call whose context has ended says so, and keeps nothing.
func contexts(t *testing.T, place Place) {
	s := place(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range calls(s) {
		if err := call(ended); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a context that has ended: %v, want context.Canceled", name, err)
		}
	}
	ctx := t.Context()
	vs, _ := s.Versions(ctx, "")
	es, _ := s.Options(ctx, "kent")
	ts, _ := s.Tokens(ctx)
	js, err := s.Queue().Jobs(ctx, 9)
	if len(vs)+len(es)+len(ts)+len(js) > 0 || err != nil {
		t.Errorf("after calls whose contexts had ended the store holds %v %v %v %v (%v), want nothing", vs, es, ts, js, err)
	}
}
