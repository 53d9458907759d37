package app

import (
	"context"
	"fmt"
)

// migrateCmd makes a store, or brings its tables up to date.
type migrateCmd struct {
	storeFlag
}

// Run migrates. Every command that opens a store does so too: this one is for
// those who let one user change tables and another fill them.
func (c *migrateCmd) Run(ctx context.Context, s std) error {
	st, err := openStore(ctx, c.Store, nil)
	if err != nil {
		return err
	}
	if err := st.Close(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "The tables of %s are up to date\n", shown(c.Store))
	return err
}
