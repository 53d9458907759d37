package app

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"hubreach/internal/api"
	"hubreach/internal/store"
	"hubreach/internal/study"
)

// desk is where jobs are done. It keeps the results of the version that it ran
// last, since jobs come in rows about one version.
type desk struct {
	store  store.Store
	runner runner
	graphs string // folder of street graphs, see study.Env
	log    *slog.Logger
	// served is what this process serves, whose results need no second run; nil in
	// a process that serves nothing.
	served func() *api.Snapshot

	mu      sync.Mutex // held by whoever runs a version
	version store.VersionID
	base    *study.Results
}

// comeBack is how long a process waits before it asks again for a queue that it
// could not have: another process worked through it, or the store was away.
const comeBack = 2 * time.Second

// work works through the queue until ctx ends, whatever becomes of the store.
func (d *desk) work(ctx context.Context, workers int) {
	said := ""
	for ctx.Err() == nil {
		err := d.store.Queue().Run(ctx, workers, d.do)
		if err == nil {
			continue
		}
		if text := err.Error(); text != said && ctx.Err() == nil {
			d.log.WarnContext(ctx, "the queue waits", "error", text)
			said = text
		}
		select {
		case <-ctx.Done():
		case <-time.After(comeBack):
		}
	}
}

// do does a job: it is the store.Work of every process.
func (d *desk) do(ctx context.Context, j store.Job, tell func(stage string, share float64)) (store.Answer, error) {
	handle, ok := handlers[j.Kind]
	if !ok {
		return store.Answer{}, fmt.Errorf("a job of kind %q: this hubreach knows none: use the newer hubreach", j.Kind)
	}
	args, err := store.ParseArgs(j.Args)
	if err != nil {
		return store.Answer{}, err
	}
	t := &task{desk: d, job: j, args: args, env: study.Env{
		Workers: runtime.GOMAXPROCS(0), Graphs: d.graphs, Lines: true,
		Progress: func(stage string, done, total int) { tell(stage, float64(done)/float64(max(total, 1))) },
		Warn:     func(err error) { d.log.WarnContext(ctx, "a job goes on", "job", j.ID, "error", err) },
	}}
	if j.Kind == store.KindLoad { // it makes results of its own
		return handle(ctx, t, nil)
	}
	r, err := d.results(ctx, args.Version, t.env)
	if err != nil {
		return store.Answer{}, err
	}
	return handle(ctx, t, r)
}

// results returns those of a version with the edited options in force now.
func (d *desk) results(ctx context.Context, id store.VersionID, env study.Env) (*study.Results, error) {
	if d.served != nil {
		if now := d.served(); now != nil && now.Version.ID == id {
			return now.Results, nil
		}
	}
	v, err := d.find(ctx, id)
	if err != nil {
		return nil, err
	}
	base, err := d.run(ctx, v, env)
	if err != nil {
		return nil, err
	}
	k := api.NewKeeper(d.store, v.Study, nil, d.log)
	if err := k.Adopt(ctx, v, base); err != nil {
		return nil, err
	}
	return k.Now().Results, nil
}

// run runs a version, unless it is the one that was run last.
func (d *desk) run(ctx context.Context, v store.Version, env study.Env) (*study.Results, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.version == v.ID {
		return d.base, nil
	}
	r, err := runAgain(ctx, d.runner, d.store, v, env)
	if err == nil {
		d.version, d.base = v.ID, r
	}
	return r, err
}

func (d *desk) find(ctx context.Context, id store.VersionID) (store.Version, error) {
	all, err := d.store.Versions(ctx, "")
	if err != nil {
		return store.Version{}, err
	}
	for _, v := range all {
		if v.ID == id {
			return v, nil
		}
	}
	return store.Version{}, fmt.Errorf("version %d: %w", id, store.ErrNoVersion)
}
