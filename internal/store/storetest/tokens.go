package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hubreach/internal/store"
)

func tokens(t *testing.T, place Place) {
	ctx, s := t.Context(), place(t)
	hash := func(digit string) string { return strings.Repeat(digit, 64) }
	expires := time.Date(2030, 1, 2, 3, 4, 5, 678_000, time.UTC)
	mary := store.Token{Name: "mary", Hash: hash("a"), Scope: store.Planner, Expires: expires}
	john := store.Token{Name: "john", Hash: hash("b"), Scope: store.Reader}
	for _, tc := range []struct {
		name  string
		token store.Token
		want  error
	}{
		{"a planner", mary, nil},
		{"a reader", john, nil},
		{"a name in use", store.Token{Name: "mary", Hash: hash("c"), Scope: store.Reader}, store.ErrTaken},
		{"a hash in use", store.Token{Name: "anne", Hash: hash("a"), Scope: store.Reader}, store.ErrTaken},
		{"no name", store.Token{Hash: hash("d"), Scope: store.Reader}, store.ErrInvalid},
		{"a name with NUL", store.Token{Name: "a\x00", Hash: hash("d"), Scope: store.Reader}, store.ErrInvalid},
		{"a token in the open", store.Token{Name: "anne", Hash: "secret", Scope: store.Reader}, store.ErrInvalid},
		{"no scope", store.Token{Name: "anne", Hash: hash("d")}, store.ErrInvalid},
		{"a scope nobody knows", store.Token{Name: "anne", Hash: hash("d"), Scope: "root"}, store.ErrInvalid},
	} {
		if err := s.AddToken(ctx, tc.token); !errors.Is(err, tc.want) {
			t.Errorf("AddToken, %s: %v, want %v", tc.name, err, tc.want)
		}
	}
	s = place(t)
	ignored := cmpopts.IgnoreFields(store.Token{}, "At")
	if diff := cmp.Diff([]store.Token{mary, john}, must[[]store.Token](t)(s.Tokens(ctx)), ignored); diff != "" {
		t.Errorf("Tokens (-want +got):\n%s", diff)
	}
	got := must[store.Token](t)(s.Token(ctx, hash("a")))
	if diff := cmp.Diff(mary, got, ignored); diff != "" || got.At.IsZero() {
		t.Errorf("Token at %v (-want +got):\n%s", got.At, diff)
	}
	if !got.Valid(expires.Add(-1)) || got.Valid(expires) {
		t.Errorf("a token that expires at %v: want it valid before, and not then", expires)
	}
	for _, unknown := range []string{hash("e"), "", hash("A"), "' OR 1=1 --"} {
		if _, err := s.Token(ctx, unknown); !errors.Is(err, store.ErrNoToken) {
			t.Errorf("Token(%q): %v, want ErrNoToken", unknown, err)
		}
	}
	if err := s.RevokeToken(ctx, "mary"); err != nil {
		t.Errorf("RevokeToken: %v", err)
	}
	for _, name := range []string{"mary", "nobody"} {
		if err := s.RevokeToken(ctx, name); !errors.Is(err, store.ErrNoToken) {
			t.Errorf("RevokeToken(%s), who has none in use: %v, want ErrNoToken", name, err)
		}
	}
	if got := must[store.Token](t)(s.Token(ctx, hash("a"))); !got.Revoked || got.Valid(expires.Add(-1)) {
		t.Errorf("a revoked token = %+v, want it revoked and not valid", got)
	}
	if err := s.AddToken(ctx, store.Token{Name: "mary", Hash: hash("f"), Scope: store.Planner}); err != nil {
		t.Errorf("AddToken of a name whose token was revoked: %v", err)
	}
	if got := must[store.Token](t)(s.Token(ctx, hash("f"))); !got.Valid(expires.AddDate(100, 0, 0)) {
		t.Errorf("a token that never expires = %+v, want it valid in a hundred years", got)
	}
}
