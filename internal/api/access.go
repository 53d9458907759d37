package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/maypok86/otter/v2"

	"hubreach/internal/store"
)

// tokenScheme is the name of the bearer tokens in OpenAPI.
const tokenScheme = "token"

// Errors of access.
var (
	errNoToken   = errors.New("a token is needed")
	errForbidden = errors.New("the token does not allow that")
)

// bearer finds the token of a request by its hash. The error wraps errNoToken
// when there is none that opens anything: one that does not exist, that was
// revoked and that has expired look the same from outside.
func (s *service) bearer(r *http.Request, find func(context.Context, string) (store.Token, error)) (store.Token, error) {
	scheme, secret, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return store.Token{}, fmt.Errorf("%w: send Authorization: Bearer and a token made by hubreach token add", errNoToken)
	}
	bad := fmt.Errorf("%w: this one opens nothing", errNoToken)
	hash, err := store.HashSecret(strings.TrimSpace(secret))
	if err != nil {
		return store.Token{}, bad
	}
	t, err := find(r.Context(), hash)
	switch {
	case errors.Is(err, store.ErrNoToken):
		return store.Token{}, bad
	case err != nil:
		return store.Token{}, err
	case subtle.ConstantTimeCompare([]byte(t.Hash), []byte(hash)) != 1, !t.Valid(time.Now()):
		return store.Token{}, bad
	}
	return t, nil
}

// seenToken is a token as the store knew it at some time.
type seenToken struct {
	store.Token
	at time.Time
}

// newReaders keeps the tokens that were seen last.
func newReaders() *otter.Cache[string, seenToken] {
	return otter.Must(&otter.Options[string, seenToken]{MaximumSize: 10_000})
}

// known finds a token for reading: for Limits.Trust in memory, so that a map of a
// hundred tiles is one look-up, and while the store does not answer for
// Limits.Away, so that reading goes on. Who changes something is looked up each
// time.
func (s *service) known(ctx context.Context, hash string) (store.Token, error) {
	seen, ok := s.readers.GetIfPresent(hash)
	if ok && time.Since(seen.at) < s.limits.Trust {
		return seen.Token, nil
	}
	t, err := s.store.Token(ctx, hash)
	switch {
	case err == nil:
		s.readers.Set(hash, seenToken{t, time.Now()})
	case ok && errors.Is(err, store.ErrUnavailable) && time.Since(seen.at) < s.limits.Away:
		return seen.Token, nil
	}
	return t, err
}

// reading lets a request read. On loopback everybody may; where the service is
// open to a network, whoever has a token.
func (s *service) reading(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.admits(w, r) {
			next.ServeHTTP(w, r)
		}
	})
}

// admits reports whether a request may read; one that may not has been turned
// away.
func (s *service) admits(w http.ResponseWriter, r *http.Request) bool {
	if !s.closed || r.Method == http.MethodOptions {
		return true
	}
	_, err := s.bearer(r, s.known)
	if err != nil {
		s.turnAway(w, r, err)
	}
	return err == nil
}

// planning lets a request change something, if its operation says that it does
// and its token that it may.
func (s *service) planning(hc huma.Context, next func(huma.Context)) {
	if len(hc.Operation().Security) == 0 {
		next(hc)
		return
	}
	r, w := humachi.Unwrap(hc)
	t, err := s.bearer(r, s.store.Token)
	if err == nil && t.Scope != store.Planner {
		err = fmt.Errorf("%w: %s may read, and changing needs a token of scope %s", errForbidden, t.Name, store.Planner)
	}
	if err != nil {
		s.turnAway(w, r, err)
		return
	}
	next(huma.WithValue(hc, bearerKey, t.Name))
}

// turnAway sends the problem of a request that may not.
func (s *service) turnAway(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, errForbidden):
		writeProblem(w, http.StatusForbidden, err.Error())
	case errors.Is(err, errNoToken):
		w.Header().Set("WWW-Authenticate", `Bearer realm="hubreach"`)
		writeProblem(w, http.StatusUnauthorized, err.Error())
	default:
		s.log.LogAttrs(r.Context(), slog.LevelWarn, "cannot look a token up", slog.String("error", err.Error()), requestAttr(r.Context()))
		w.Header().Set("Retry-After", fmt.Sprint(retryAfter))
		writeProblem(w, http.StatusServiceUnavailable, awayDetail)
	}
}

// bearerOf returns the name of whoever changes something.
func bearerOf(ctx context.Context) string {
	name, _ := ctx.Value(bearerKey).(string)
	return name
}
