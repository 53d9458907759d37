package app

import (
	"context"
	"io"

	"hubreach/internal/study"
)

// MainWith is Main with studies run by run.
func MainWith(run func(context.Context, study.Spec, study.Env) (*study.Results, error), args []string, out, err io.Writer) int {
	return runArgs(context.Background(), args, std{out: out, err: err, run: run})
}
