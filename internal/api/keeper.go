package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hubreach/internal/store"
	"hubreach/internal/study"
	"hubreach/internal/tile"
)

// Errors of the keeper.
var (
	// errLoading means that no study is loaded yet.
	errLoading = errors.New("no study is loaded yet")
	// errInUse means that other options are based on one that cannot go.
	errInUse = errors.New("other options are based on it")
)

// Open runs a study version again from what the store keeps of it.
type Open func(ctx context.Context, v store.Version) (*study.Results, error)

// Keeper holds the snapshot that is served, and follows the store: a newer
// version of the study and every edit of an option are served once they are
// ready. Reading the snapshot takes no lock, and one that is replaced lives on
// until the last request that took it is answered.
type Keeper struct {
	// Tiles says how vector tiles are kept; it is set before anything is served.
	Tiles tile.Params

	store store.Store
	name  string // of the study; empty: whichever was loaded last
	open  Open
	log   *slog.Logger

	now  atomic.Pointer[Snapshot]
	away atomic.Bool // the store did not answer when it was last asked

	mu      sync.Mutex // held by whoever makes the next snapshot
	version store.Version
	base    *study.Results // of the version, without edited options
	chain   chain
	refused store.VersionID // a version that could not be run, not tried again
}

// NewKeeper returns a keeper that holds nothing yet. name is that of the study
// to follow; empty: whichever was loaded last.
func NewKeeper(s store.Store, name string, open Open, log *slog.Logger) *Keeper {
	return &Keeper{Tiles: tile.DefaultParams(), store: s, name: name, open: open, log: log}
}

// Now returns the snapshot that is served, nil before the first.
func (k *Keeper) Now() *Snapshot { return k.now.Load() }

// Adopt serves a version whose results are at hand, with the edits in force.
func (k *Keeper) Adopt(ctx context.Context, v store.Version, r *study.Results) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	edits, err := k.edits(ctx, v.Study)
	if err != nil {
		return err
	}
	return k.adopt(ctx, v, r, edits)
}

// adopt is called with the lock.
func (k *Keeper) adopt(ctx context.Context, v store.Version, r *study.Results, edits []store.Edit) error {
	var made chain
	next, err := made.snapshot(ctx, v, r, edits)
	if err != nil {
		return err
	}
	k.version, k.base, k.chain = v, r, made
	k.serve(next)
	return nil
}

// serve puts a snapshot in the place of the one before. It is called with the
// lock.
func (k *Keeper) serve(next *Snapshot) {
	next.tileParams = k.Tiles
	if before := k.now.Load(); before != nil {
		next.follow(before)
	}
	k.now.Store(next)
}

// Refresh asks the store once, and serves what is new. The error wraps
// store.ErrUnavailable when it does not answer, and store.ErrNoVersion when it
// keeps nothing; what is served stays as it is. One goroutine calls it at a time.
func (k *Keeper) Refresh(ctx context.Context) error {
	v, err := k.store.Current(ctx, k.name)
	if k.saw(err) != nil {
		return err
	}
	k.mu.Lock()
	served, base, refused := k.version, k.base, k.refused
	k.mu.Unlock()
	if base == nil || v.ID > served.ID && v.ID != refused {
		return k.reload(ctx, v)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	edits, err := k.edits(ctx, k.version.Study)
	if err != nil || k.chain.holds(edits) {
		return err
	}
	return k.edit(ctx, edits)
}

// reload runs a version and serves it. Planners go on editing while it runs.
func (k *Keeper) reload(ctx context.Context, v store.Version) error {
	r, err := k.open(ctx, v)
	k.mu.Lock()
	defer k.mu.Unlock()
	var edits []store.Edit
	if err == nil {
		edits, err = k.edits(ctx, v.Study)
	}
	if err == nil {
		err = k.adopt(ctx, v, r, edits)
	}
	if err != nil {
		if ctx.Err() == nil && !errors.Is(err, store.ErrUnavailable) {
			k.refused = v.ID
		}
		return fmt.Errorf("version %d of %s: %w", v.ID, v.Study, err)
	}
	k.log.LogAttrs(ctx, slog.LevelInfo, "serving a version", slog.Int64("version", int64(v.ID)), slog.String("study", v.Study), slog.String("fingerprint", v.Fingerprint))
	return nil
}

// edits reads the edits in force. It is called with the lock, so that no edit
// comes between what is read and what is served.
func (k *Keeper) edits(ctx context.Context, study string) ([]store.Edit, error) {
	edits, err := k.store.Options(ctx, study)
	return edits, k.saw(err)
}

// edit serves other edits of the same version. It is called with the lock.
func (k *Keeper) edit(ctx context.Context, edits []store.Edit) error {
	made := k.chain
	next, err := made.snapshot(ctx, k.version, k.base, edits)
	if err != nil {
		return err
	}
	k.chain = made
	k.serve(next)
	return nil
}

// Watch follows the store until ctx ends.
func (k *Keeper) Watch(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := k.Refresh(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrUnavailable) {
			k.log.LogAttrs(ctx, slog.LevelError, "cannot follow the store", slog.String("error", err.Error()))
		}
	}
}

// saw notes whether the store answers, and logs when that changes. It returns
// its argument.
func (k *Keeper) saw(err error) error {
	away := errors.Is(err, store.ErrUnavailable)
	if k.away.Swap(away) != away {
		if away {
			k.log.Warn("the store does not answer; reading goes on from memory", slog.String("error", err.Error()))
		} else {
			k.log.Info("the store answers again")
		}
	}
	return err
}

// Put keeps an edit and serves it: when Put returns without an error, the edit
// is kept for good and whoever asks next sees it. A document that the study
// cannot mean is refused and not kept; an edit from an older revision is refused
// and kept (store.ErrConflict).
func (k *Keeper) Put(ctx context.Context, e store.Edit) (store.Edit, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.base == nil {
		return store.Edit{}, errLoading
	}
	e.Study = k.version.Study
	tried := k.chain
	if _, err := tried.snapshot(ctx, k.version, k.base, replace(k.chain.edits(), e)); err != nil {
		return store.Edit{}, err
	}
	if err := tried.harm(k.chain, e.Option); err != nil {
		return store.Edit{}, err
	}
	kept, err := k.store.PutOption(ctx, e)
	if k.saw(err) != nil {
		return kept, err
	}
	// From here on the edit is kept, so it is served even if the client has gone.
	ctx = context.WithoutCancel(ctx)
	tried.keep(kept)
	k.chain = tried
	edits, err := k.edits(ctx, k.version.Study)
	if err != nil {
		edits = replace(k.chain.edits(), kept)
	}
	return kept, k.edit(ctx, edits)
}

// replace returns edits with e in the place of the one of its option.
func replace(edits []store.Edit, e store.Edit) []store.Edit {
	edits = slices.DeleteFunc(slices.Clone(edits), func(old store.Edit) bool { return old.Option == e.Option })
	if !e.Deleted {
		edits = append(edits, e)
	}
	return edits
}
