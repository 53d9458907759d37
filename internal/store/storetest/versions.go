package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/store"
)

func versions(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	if _, err := s.Current(ctx, ""); !errors.Is(err, store.ErrNoVersion) {
		t.Errorf("Current of an empty store: %v, want ErrNoVersion", err)
	}
	if vs, err := s.Versions(ctx, ""); err != nil || len(vs) != 0 {
		t.Errorf("Versions of an empty store = %v, %v, want none", vs, err)
	}
	before := time.Now().Add(-time.Minute) // the clocks of two machines
	kent := must[store.Version](t)(s.Load(ctx, Load("kent", "f1")))
	essex := must[store.Version](t)(s.Load(ctx, Load("essex", "f2")))
	again := must[store.Version](t)(s.Load(ctx, Load("kent", "f1")))
	if kent.ID != 1 || essex.ID != 2 || again.ID != 3 {
		t.Errorf("three loads are versions %d, %d and %d, want 1, 2 and 3: a load again is a new version", kent.ID, essex.ID, again.ID)
	}
	want := store.Version{ID: 1, Study: "kent", Title: "A study", Fingerprint: "f1", Program: "1", By: "mary", At: kent.At}
	if diff := cmp.Diff(want, kent); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
	if kent.At.Location() != time.UTC || !kent.At.Equal(kent.At.Truncate(time.Microsecond)) || kent.At.Before(before) || again.At.Before(kent.At) {
		t.Errorf("loaded at %v and %v, want times in UTC, to the microsecond, in order", kent.At, again.At)
	}
	s = place(t) // what another process sees
	for _, tc := range []struct {
		study   string
		all     []store.Version
		current store.Version
	}{
		{"", []store.Version{again, essex, kent}, again},
		{"kent", []store.Version{again, kent}, again},
		{"essex", []store.Version{essex}, essex},
	} {
		if diff := cmp.Diff(tc.all, must[[]store.Version](t)(s.Versions(ctx, tc.study))); diff != "" {
			t.Errorf("Versions(%q) (-want +got):\n%s", tc.study, diff)
		}
		if diff := cmp.Diff(tc.current, must[store.Version](t)(s.Current(ctx, tc.study))); diff != "" {
			t.Errorf("Current(%q) (-want +got):\n%s", tc.study, diff)
		}
	}
	if _, err := s.Current(ctx, "wales"); !errors.Is(err, store.ErrNoVersion) {
		t.Errorf("Current of a study nobody loaded: %v, want ErrNoVersion", err)
	}
	if got := must[[]byte](t)(s.Spec(ctx, 2)); string(got) != "name = \"essex\"\n" {
		t.Errorf("Spec(2) = %q, want the bytes that were loaded", got)
	}
	if _, err := s.Spec(ctx, 4); !errors.Is(err, store.ErrNoVersion) {
		t.Errorf("Spec(4): %v, want ErrNoVersion", err)
	}
	if err := s.Ping(ctx); err != nil {
		t.Errorf("Ping: %v", err)
	}
}
