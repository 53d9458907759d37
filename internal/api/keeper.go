package api

import (
	"errors"
	"sync/atomic"

	"hubreach/internal/store"
)

// errNoRevision means an edit that does not say which revision it was made from.
var errNoRevision = errors.New("no revision")

// errLoading means that no study is loaded yet.
var errLoading = errors.New("no study is loaded yet")

// Keeper holds the snapshot that is served. Reading it takes no lock, and one
// that is replaced lives on until the last request that took it is answered.
type Keeper struct {
	now   atomic.Pointer[Snapshot]
	store store.Store
}

// NewKeeper returns a keeper that holds nothing yet.
func NewKeeper(s store.Store) *Keeper { return &Keeper{store: s} }

// Now returns the snapshot that is served, nil before the first.
func (k *Keeper) Now() *Snapshot { return k.now.Load() }

// Serve puts a snapshot in the place of the one before.
func (k *Keeper) Serve(s *Snapshot) {
	if before := k.now.Load(); before != nil {
		s.follow(before)
	}
	k.now.Store(s)
}
