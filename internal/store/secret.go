package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// secretPrefix begins every token, so that one that was left in a file or a log
// is known for what it is.
const secretPrefix = "hub_"

// secretBytes is the length of a token's random part: 256 bits.
const secretBytes = 32

// ErrBadSecret means that a text cannot be a token. It does not hold the text.
var ErrBadSecret = errors.New("not a token")

// NewSecret makes a token, to be shown once to whoever will bear it, and the
// hash that is kept of it.
func NewSecret() (secret, hash string) {
	var random [secretBytes]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	return secretPrefix + base64.RawURLEncoding.EncodeToString(random[:]), hashOf(random[:])
}

// HashSecret returns the hash by which a token is found. The error is
// ErrBadSecret. A plain SHA-256 is enough: 256 random bits cannot be guessed,
// however fast a guess is.
func HashSecret(secret string) (string, error) {
	text, ok := strings.CutPrefix(secret, secretPrefix)
	random, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if !ok || err != nil || len(random) != secretBytes {
		return "", fmt.Errorf("%w: want %q and 43 letters, digits, - or _", ErrBadSecret, secretPrefix)
	}
	return hashOf(random), nil
}

func hashOf(random []byte) string {
	sum := sha256.Sum256(random)
	return hex.EncodeToString(sum[:])
}
