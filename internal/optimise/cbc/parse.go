package cbc

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"hubreach/internal/optimise"
)

// ErrBadSolution means that a text is not a solution file of cbc.
var ErrBadSolution = errors.New("bad solution file")

// Parse reads the solution file of cbc and, for the version and for the bound
// of a solve that was stopped, what it printed. A variable that the file leaves
// out is zero. A status that Parse does not know is Stopped; a line that it
// cannot read is an error, which wraps ErrBadSolution.
func Parse(solution, log []byte) (optimise.Outcome, error) {
	head, rest, _ := bytes.Cut(solution, []byte("\n"))
	says, text, ok := strings.Cut(string(head), " - objective value ")
	if !ok {
		return optimise.Outcome{}, fmt.Errorf("%w: line 1: %.80q: want a status and an objective value", ErrBadSolution, head)
	}
	objective, err := number(text)
	if err != nil {
		return optimise.Outcome{}, fmt.Errorf("%w: line 1: objective value %.40q", ErrBadSolution, text)
	}
	out := optimise.Outcome{Objective: objective, Bound: math.Inf(-1), Says: says, Solver: solver(log)}
	switch says {
	case "Optimal":
		out.Status, out.Bound = optimise.Optimal, objective
	case "Infeasible", "Integer infeasible":
		out.Status = optimise.Infeasible
		return out, nil // the values that follow are of no solution
	}
	if bound, ok := logged(log, "Lower bound:"); ok && out.Status == optimise.Stopped {
		const printed = 0.0005 // half of the last of the three decimals that are printed
		out.Bound = bound - printed
	}
	if strings.Contains(says, "no integer solution") {
		return out, nil
	}
	out.Values = map[string]float64{}
	for i, line := range strings.Split(string(rest), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, v, err := value(line)
		if err != nil {
			return optimise.Outcome{}, fmt.Errorf("%w: line %d: %.80q: %w", ErrBadSolution, i+2, line, err)
		}
		if _, twice := out.Values[name]; twice {
			return optimise.Outcome{}, fmt.Errorf("%w: line %d: %.40q a second time", ErrBadSolution, i+2, name)
		}
		out.Values[name] = v
	}
	return out, nil
}

// value reads a line: position, name, value, reduced cost.
func value(line string) (string, float64, error) {
	// The solver marks values that are outside their bounds by more than its
	// tolerance; whoever uses them checks them.
	f := strings.Fields(strings.TrimPrefix(line, "**"))
	if len(f) != 4 {
		return "", 0, errors.New("want a position, a name, a value and a cost")
	}
	v, err := number(f[2])
	return f[1], v, err
}

func number(s string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("%.40q: want a number", s)
	}
	return v, nil
}

// logged returns the number behind a label of the closing report.
func logged(log []byte, label string) (float64, bool) {
	_, rest, ok := bytes.Cut(log, []byte("\n"+label))
	if !ok {
		return 0, false
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	v, err := number(string(line))
	return v, err == nil
}

// solver is the name and version that the log begins with.
func solver(log []byte) string {
	_, rest, ok := bytes.Cut(log, []byte("\nVersion: "))
	if !ok {
		return Program
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return strings.TrimSpace(Program + " " + string(bytes.TrimSpace(line)))
}
