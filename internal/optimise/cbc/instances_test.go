package cbc_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/optimisetest"
)

// glpk solves an MPS file with GLPK, a solver that shares nothing with cbc, and
// turns its objective into a value by the file's own comment. The second result
// is false when GLPK proves that there is no solution.
func glpk(t *testing.T, mps []byte) (float64, bool) {
	t.Helper()
	dir := t.TempDir()
	model, solution := filepath.Join(dir, "model.mps"), filepath.Join(dir, "solution.txt")
	if err := os.WriteFile(model, mps, 0o600); err != nil {
		t.Fatal(err)
	}
	// --mps reads the fixed form; cbc is given the same bytes.
	log, err := exec.Command("glpsol", "--mps", model, "--cuts", "-w", solution).CombinedOutput()
	if err != nil {
		t.Fatalf("glpsol: %v: %s", err, log)
	}
	text, err := os.ReadFile(solution)
	if err != nil || bytes.Contains(log, []byte("PROBLEM HAS NO")) || bytes.Contains(log, []byte("NO PRIMAL FEASIBLE")) {
		return 0, false
	}
	for line := range strings.Lines(string(text)) {
		var rows, columns int
		var status string
		var cost float64
		if n, _ := fmt.Sscanf(line, "s mip %d %d %s %g", &rows, &columns, &status, &cost); n == 4 {
			if status == "o" {
				return valueOf(t, mps, cost), true
			}
			if status == "n" {
				return 0, false
			}
			t.Fatalf("glpsol: %s", line)
		}
	}
	t.Fatalf("glpsol says nothing: %s", log)
	return 0, false
}

// valueOf reads "value = A - cost" or "value = cost + A" from the comment.
func valueOf(t *testing.T, mps []byte, cost float64) float64 {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(mps))
	for lines.Scan() {
		var a float64
		if n, _ := fmt.Sscanf(lines.Text(), "* value = cost + %g,", &a); n == 1 {
			return cost + a
		}
		if n, _ := fmt.Sscanf(lines.Text(), "* value = %g - cost,", &a); n == 1 {
			return a - cost
		}
	}
	t.Fatal("the comment does not say what the value is")
	return 0
}

// Random instances with quotas, budgets, forced sites, one-of, needs, floors
// and backup: cbc, GLPK and trying every set agree on the value, or on there
// being none.
func TestTwoSolversAgree(t *testing.T) {
	s := solver(t)
	if _, err := exec.LookPath("glpsol"); err != nil {
		t.Skip("the program glpsol is not installed: install the package glpk-utils")
	}
	const instances = 14 // of each of the five models
	solved, impossible := 0, 0
	for seed := range uint64(instances) {
		for _, m := range optimisetest.Models {
			p := optimisetest.Random(100+seed, m, 10, 50)
			want, sets := optimisetest.Best(p)
			a, err := optimise.Solve(context.Background(), p, optimise.Proven, optimise.Env{Solver: s})
			if err != nil {
				t.Fatalf("seed %d %s: %v", seed, m, err)
			}
			var mps bytes.Buffer
			if err := optimise.WriteMPS(&mps, p); err != nil {
				t.Fatal(err)
			}
			second, ok := glpk(t, mps.Bytes())
			if ok != (sets != nil) || (a.Verdict == optimise.Found) != ok || a.Verdict == optimise.NotFound {
				t.Errorf("seed %d %s: cbc %s, GLPK %v, every set %v; want all to agree", seed, m, a.Verdict, ok, sets != nil)
				continue
			}
			if !ok {
				impossible++
				if len(a.Clashes) == 0 {
					t.Errorf("seed %d %s: impossible without a reason", seed, m)
				}
				continue
			}
			solved++
			const tolerance = 1e-6 // of the value; the solvers' own
			if a.Tier != optimise.Proven || math.Abs(a.Value-want) > 1e-9*(1+want) || math.Abs(second-want) > tolerance*(1+want) {
				t.Errorf("seed %d %s: cbc %v (%s, %s), GLPK %v, every set %v", seed, m, a.Value, a.Tier, a.Says, second, want)
			}
			if !optimisetest.Allowed(p, mask(p, a.Open)) {
				t.Errorf("seed %d %s: %v is not allowed", seed, m, a.Open)
			}
		}
	}
	t.Logf("%d instances: %d solved, %d impossible", instances*len(optimisetest.Models), solved, impossible)
	if solved < 20 || impossible < 10 {
		t.Errorf("%d solved and %d impossible: want 20 and 10 at least, or the test says little", solved, impossible)
	}
}

func mask(p *optimise.Problem, open []int) []bool {
	out := make([]bool, len(p.Sites))
	for _, s := range open {
		out[s] = true
	}
	return out
}
