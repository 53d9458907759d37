package store_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/internal/store"
)

// FuzzParseArgs: what is read is written the same, and anything else is refused.
func FuzzParseArgs(f *testing.F) {
	for _, text := range []string{
		`{"version": 1}`, `{"version": 1, "optimise": {"keep": 3, "in": ["S1"]}}`, `{"version": 1, "robustness": {"draws": 2, "outreach_draws": 1, "seed": 18446744073709551615}}`,
		`{"version": 1, "report": {"format": "html", "options": ["O1"]}}`, `{"version": 1, "export": {"format": "gpkg"}}`,
		`{"version": 1} {}`, `{"versions": 1}`, `[]`, `null`, ``, `{"version": 1e99}`, `{"version": "1"}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := store.ParseArgs(text)
		if err != nil {
			if !errors.Is(err, store.ErrInvalid) {
				t.Fatalf("ParseArgs(%q): %v, want ErrInvalid", text, err)
			}
			return
		}
		written, err := json.Marshal(a)
		if err != nil {
			t.Fatalf("%q is read, and cannot be written: %v", text, err)
		}
		again, err := store.ParseArgs(written)
		if err != nil {
			t.Fatalf("%q is written as %q, which is refused: %v", text, written, err)
		}
		if rewritten, _ := json.Marshal(again); !cmp.Equal(written, rewritten) {
			t.Errorf("%q is written as %q, then as %q", text, written, rewritten)
		}
	})
}
