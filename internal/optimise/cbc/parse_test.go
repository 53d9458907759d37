package cbc_test

import (
	"errors"
	"math"
	"testing"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/cbc"
)

// Headers and lines as cbc 2.10.8 writes them.
func TestParse(t *testing.T) {
	const version = "Welcome to the CBC MILP Solver \nVersion: 2.10.8 \nBuild Date: May  9 2022 \n"
	none := math.Inf(-1)
	for _, tt := range []struct {
		name, solution, log string
		status              optimise.Status
		objective, bound    float64
		values              int // -1: no solution
	}{
		{"optimal", "Optimal - objective value 100.00000010\n      0 y0001                  1                       0\n      1 x00001                 0               12345.679\n", version, optimise.Optimal, 100.0000001, 100.0000001, 2},
		{"optimal, nothing but zeroes", "Optimal - objective value 0.00000000\n", version, optimise.Optimal, 0, 0, 0},
		{"a value a little outside its bounds", "Optimal - objective value 1.00000000\n**      0 y0001                  1.0000001                       0\n", version, optimise.Optimal, 1, 1, 1},
		{"infeasible", "Infeasible - objective value 0.00000000\n**      1 y0002                  2                       0\n", version, optimise.Infeasible, 0, none, -1},
		{"integer infeasible", "Integer infeasible - objective value 4.00000000\n      1 y0002                  0.5                       0\n", version, optimise.Infeasible, 4, none, -1},
		// The bound is printed with three decimals, so half of the last is taken off.
		{"stopped with a solution", "Stopped on time - objective value 12.00000000\n      1 y0002                  1                       0\n", version + "\nLower bound:                    10.500\n", optimise.Stopped, 12, 10.4995, 1},
		{"stopped without one", "Stopped on time (no integer solution - continuous used) - objective value 3.00000000\n      1 y0002                  0.5                       0\n", version + "\nLower bound:                    3.000\n", optimise.Stopped, 3, 2.9995, -1},
		{"stopped without a bound", "Stopped on iterations - objective value 3.00000000\n", version, optimise.Stopped, 3, none, 0},
		{"a status nobody knows", "Optimal, nearly - objective value 3.00000000\n", version, optimise.Stopped, 3, none, 0},
		{"unbounded", "Unbounded - objective value -1e+50\n", version, optimise.Stopped, -1e50, none, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := cbc.Parse([]byte(tt.solution), []byte(tt.log))
			if err != nil {
				t.Fatal(err)
			}
			values := len(got.Values)
			if got.Values == nil {
				values = -1
			}
			const rounding = 1e-12
			if got.Status != tt.status || got.Objective != tt.objective || values != tt.values || got.Bound != tt.bound && math.Abs(got.Bound-tt.bound) > rounding || got.Solver != "cbc 2.10.8" {
				t.Errorf("%+v, want %+v", got, tt)
			}
		})
	}
	for name, text := range map[string]string{
		"empty":           "",
		"no objective":    "Optimal\n",
		"not a number":    "Optimal - objective value nan\n",
		"three fields":    "Optimal - objective value 1\n 0 y0001 1\n",
		"a word":          "Optimal - objective value 1\n 0 y0001 one 0\n",
		"the same twice":  "Optimal - objective value 1\n 0 y0001 1 0\n 0 y0001 0 0\n",
		"infinite":        "Optimal - objective value 1\n 0 y0001 inf 0\n",
		"another program": "c Status: INTEGER OPTIMAL\n",
	} {
		if _, err := cbc.Parse([]byte(text), nil); !errors.Is(err, cbc.ErrBadSolution) {
			t.Errorf("%s: %v, want %v", name, err, cbc.ErrBadSolution)
		}
	}
}

// Whatever the file holds: an error or numbers, and optimal only when it says so.
func FuzzParse(f *testing.F) {
	f.Add([]byte("Optimal - objective value 100\n 0 y0001 1 0\n"), []byte("\nVersion: 2.10.8\n\nLower bound: 3\n"))
	f.Add([]byte("Infeasible - objective value 0\n"), []byte(""))
	f.Add([]byte("Stopped on time - objective value 1e5\n** 0 y 1 0"), []byte("\nLower bound:"))
	f.Fuzz(func(t *testing.T, solution, log []byte) {
		out, err := cbc.Parse(solution, log)
		if err != nil {
			if !errors.Is(err, cbc.ErrBadSolution) {
				t.Errorf("error %v, want one that wraps %v", err, cbc.ErrBadSolution)
			}
			return
		}
		if math.IsNaN(out.Objective) || math.IsNaN(out.Bound) || (out.Status == optimise.Optimal) != (out.Says == "Optimal") {
			t.Errorf("%q: %+v", solution, out)
		}
		for name, v := range out.Values {
			if name == "" || math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%q: %q = %v", solution, name, v)
			}
		}
	})
}
