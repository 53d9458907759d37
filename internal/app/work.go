package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
)

// workCmd works through the queue of a store.
type workCmd struct {
	storeFlag
	Workers int `default:"1" help:"Jobs at a time."`
	cacheFlags
}

// Validate refuses a call that cannot be meant.
func (c *workCmd) Validate() error {
	if c.Workers < 1 {
		return fmt.Errorf("--workers %d: want 1 or more", c.Workers)
	}
	return nil
}

// Run works until ctx ends, and puts back what it was at.
func (c *workCmd) Run(ctx context.Context, s std) (err error) {
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	st, err := c.existing(ctx, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	fmt.Fprintf(s.out, "Working through the queue of %s, %d at a time\n", shown(c.Store), c.Workers)
	return st.Queue().Run(ctx, c.Workers, (&desk{store: st, runner: s.run, graphs: c.graphs(), log: log}).do)
}
