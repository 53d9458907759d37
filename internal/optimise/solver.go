package optimise

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// Task is a program for an exact solver.
type Task struct {
	MPS []byte // as WriteMPS writes it; to be made small
	// Start holds the whole variables of a set that is allowed, name and value,
	// for the solver to start from; empty when none is known.
	Start []Named
	Limit time.Duration // 0: none
}

// Named is the value of one variable.
type Named struct {
	Name  string
	Value float64
}

// Status is what a solver says of a program.
type Status int

// The statuses. The zero value is Stopped, so that nothing is proven by silence.
const (
	Stopped    Status = iota // by the time limit or for another reason: a bound, perhaps a solution
	Optimal                  // the solution is proven to be the best
	Infeasible               // there is proven to be no solution
)

// Outcome is what a solver says.
type Outcome struct {
	Status Status
	// Values are those of the variables that are not zero, nil without a solution.
	Values    map[string]float64
	Objective float64
	// Bound is a value that no solution is below; -Inf when the solver gives none.
	Bound  float64
	Solver string // name and version, as the solver gives them
	Says   string // its own words for the status
}

// Solver solves a program. It returns ctx's error when ctx is done, and an
// error when the solver itself fails; a time limit is not an error.
type Solver func(ctx context.Context, t Task) (Outcome, error)

// ErrNoSolver means that a proof was asked for and there is no exact solver.
var ErrNoSolver = errors.New("no exact solver")

// Env is what solving needs from outside the problem.
type Env struct {
	Solver Solver        // of the proven tier; nil: there is none
	Limit  time.Duration // of each exact solve; 0: none
}

// solve hands a program to the solver and reads the open sites out of what
// comes back; nil when there is no solution.
func (e Env) solve(ctx context.Context, g *program, sites int, start []bool) (Outcome, []bool, error) {
	if e.Solver == nil {
		return Outcome{}, nil, ErrNoSolver
	}
	var mps bytes.Buffer
	if err := g.write(&mps); err != nil {
		return Outcome{}, nil, err
	}
	t := Task{MPS: mps.Bytes(), Limit: e.Limit}
	for s, open := range start {
		v := 0.0
		if open {
			v = 1
		}
		t.Start = append(t.Start, Named{siteName(s), v})
	}
	out, err := e.Solver(ctx, t)
	if err != nil {
		return Outcome{}, nil, fmt.Errorf("exact solver: %w", err)
	}
	if out.Values == nil {
		return out, nil, nil
	}
	open := make([]bool, sites)
	for s := range open {
		v := out.Values[siteName(s)]
		// The solver's own tolerance for a whole number is a millionth.
		if math.Abs(v-math.Round(v)) > 1e-5 || math.Round(v) < 0 || math.Round(v) > 1 {
			return Outcome{}, nil, fmt.Errorf("exact solver: %s = %v: want 0 or 1", siteName(s), v)
		}
		open[s] = math.Round(v) == 1
	}
	return out, open, nil
}
