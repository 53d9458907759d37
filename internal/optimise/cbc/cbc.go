// Package cbc runs COIN-OR's cbc, a program, as the exact solver of package
// optimise, whose package comment says why it is this one.
package cbc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"hubreach/internal/optimise"
)

// Program is the program's name, and Package the Debian package that has it.
const (
	Program = "cbc"
	Package = "coinor-cbc"
)

// ErrNotInstalled means that the program is not on this machine. It wraps
// optimise.ErrNoSolver.
var ErrNotInstalled = fmt.Errorf("%w: the program %q is not installed: install the package %s", optimise.ErrNoSolver, Program, Package)

// Find returns a solver that runs the cbc of PATH. The error is ErrNotInstalled.
func Find() (optimise.Solver, error) {
	path, err := exec.LookPath(Program)
	if err != nil {
		return nil, ErrNotInstalled
	}
	return At(path), nil
}

// At returns a solver that runs the cbc of the given path, in a folder of its
// own that is gone afterwards. It may be used by many goroutines; each call is
// one process on one processor.
//
// When ctx is done the process is killed. The time limit is the solver's own,
// and the process is killed when it is over that by half a minute.
func At(path string) optimise.Solver {
	return func(ctx context.Context, t optimise.Task) (optimise.Outcome, error) {
		dir, err := os.MkdirTemp("", "hubreach-cbc-")
		if err != nil {
			return optimise.Outcome{}, err
		}
		defer os.RemoveAll(dir)
		return solve(ctx, path, dir, t)
	}
}

// The files of one call.
const (
	modelFile    = "model.mps"
	startFile    = "start.sol"
	solutionFile = "solution.sol"
)

func solve(ctx context.Context, path, dir string, t optimise.Task) (optimise.Outcome, error) {
	if err := os.WriteFile(filepath.Join(dir, modelFile), t.MPS, 0o600); err != nil {
		return optimise.Outcome{}, err
	}
	// No gap is accepted: optimal means optimal.
	args := []string{modelFile, "-ratioGap", "0", "-allowableGap", "0"}
	if len(t.Start) > 0 {
		if err := os.WriteFile(filepath.Join(dir, startFile), writeStart(t.Start), 0o600); err != nil {
			return optimise.Outcome{}, err
		}
		args = append(args, "-mips", startFile)
	}
	runCtx := ctx
	if t.Limit > 0 {
		const grace = 30 * time.Second
		var cancel context.CancelFunc
		runCtx, cancel = context.WithTimeout(ctx, t.Limit+grace)
		defer cancel()
		args = append(args, "-timeMode", "elapsed", "-sec", strconv.FormatFloat(t.Limit.Seconds(), 'f', 3, 64))
	}
	args = append(args, "-solve", "-solution", solutionFile)
	cmd := exec.CommandContext(runCtx, path, args...)
	cmd.Dir = dir
	cmd.WaitDelay = time.Second
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	err := cmd.Run()
	if ctx.Err() != nil {
		return optimise.Outcome{}, ctx.Err()
	}
	if err != nil {
		return optimise.Outcome{}, fmt.Errorf("%s: %w: %s", Program, err, complaint(log.String()))
	}
	text, err := os.ReadFile(filepath.Join(dir, solutionFile)) // #nosec G304 -- the solver wrote it into a folder made here
	if errors.Is(err, os.ErrNotExist) {
		return optimise.Outcome{}, fmt.Errorf("%s wrote no solution: %s", Program, complaint(log.String()))
	}
	if err != nil {
		return optimise.Outcome{}, err
	}
	return Parse(text, log.Bytes())
}

// writeStart writes a set to start from, as cbc's option mips reads it.
func writeStart(start []optimise.Named) []byte {
	var b bytes.Buffer
	b.WriteString("Stopped on iterations - objective value 0\n")
	for i, v := range start {
		fmt.Fprintf(&b, "%d %s %g 0\n", i, v.Name, v.Value)
	}
	return b.Bytes()
}

// complaint is the line of a log that says what is wrong: the first that speaks
// of an error or is marked as one, else the last.
func complaint(log string) string {
	last := ""
	for line := range strings.Lines(log) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "**") || strings.Contains(line, " errors on input") {
			return line
		}
		if line != "" {
			last = line
		}
	}
	return last
}
