package store_test

import (
	"errors"
	"strings"
	"testing"

	"hubreach/internal/store"
)

func TestSecrets(t *testing.T) {
	secret, hash := store.NewSecret()
	again, err := store.HashSecret(secret)
	if err != nil || again != hash || len(hash) != 64 {
		t.Errorf("HashSecret of a new one = %q, %v; want %q, of 64 digits", again, err, hash)
	}
	if other, otherHash := store.NewSecret(); other == secret || otherHash == hash {
		t.Error("two tokens are the same")
	}
	for _, bad := range []string{"", "hub_", secret[1:], secret + "A", secret[:len(secret)-1], strings.Replace(secret, "hub_", "HUB_", 1), secret + "=", " " + secret} {
		if _, err := store.HashSecret(bad); !errors.Is(err, store.ErrBadSecret) || len(bad) > 10 && strings.Contains(err.Error(), bad[len(bad)/2:]) {
			t.Errorf("HashSecret(%q): %v, want %v without the text", bad, err, store.ErrBadSecret)
		}
	}
}
