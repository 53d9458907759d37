package cbc_test

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hubreach/internal/optimise"
	"hubreach/internal/optimise/cbc"
	"hubreach/internal/optimise/optimisetest"
)

func TestNotInstalled(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := cbc.Find()
	if !errors.Is(err, optimise.ErrNoSolver) || !strings.Contains(err.Error(), "install the package coinor-cbc") {
		t.Errorf("no cbc in PATH: %v, want %v and the package to install", err, optimise.ErrNoSolver)
	}
}

// program writes a program of a few lines of shell that stands in for cbc.
func program(t *testing.T, lines string) optimise.Solver {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cbc")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+lines+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return cbc.At(path)
}

// ourFolder makes a folder for temporary files and returns a check that nothing
// is left in it.
func ourFolder(t *testing.T) func() {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	return func() {
		t.Helper()
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v; want nothing", left, err)
		}
	}
}

func TestProgramFaults(t *testing.T) {
	clean := ourFolder(t)
	for _, tt := range []struct{ name, lines, want string }{
		{"it fails", "echo out of memory; exit 3", "exit status 3: out of memory"},
		{"it writes nothing", "echo '** Current model not valid'; echo Total time", "wrote no solution: ** Current model not valid"},
		{"it writes something else", "echo hello > solution.sol", `line 1: "hello"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := program(t, tt.lines)(context.Background(), optimise.Task{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
	clean()
}

// A context that is done kills the program, and nothing is left of it.
func TestStopping(t *testing.T) {
	clean := ourFolder(t)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := program(t, "exec sleep 86400")(ctx, optimise.Task{}) // a day: whoever is not killed is noticed
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, want %v", err, context.DeadlineExceeded)
	}
	clean()
}

// A solve that its time limit stopped is answered with a gap and is not called
// proven. A and B cover 10 each and 10 together with nobody else, so 20 is best;
// the stand-in stops at one of them and says that no cost is below 0.
func TestTimeLimit(t *testing.T) {
	clean := ourFolder(t)
	p := &optimise.Problem{
		Model:   optimise.MaximalCovering,
		Sites:   []optimise.Site{{ID: "A", District: -1}, {ID: "B", District: -1}},
		Demands: []optimise.Demand{{Weight: 10, Reach: []optimise.Reach{{Site: 0}}}, {Weight: 10, Reach: []optimise.Reach{{Site: 1}}}},
		Rules:   optimise.Rules{Keep: 1},
	}
	const stop = `case "$*" in *"-timeMode elapsed -sec 0.001 "*) ;; *) exit 4 ;; esac
echo; echo "Version: 9"; echo "Lower bound: 4.0"
printf 'Stopped on time - objective value 10\n 0 y0001 1 0\n 3 x00002 1 10\n' > solution.sol`
	a, err := optimise.Solve(context.Background(), p, optimise.Proven, optimise.Env{Solver: program(t, stop), Limit: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if a.Tier != optimise.Certified || a.Value != 10 || !(a.Bound >= a.Value && a.Bound <= 16.001) || a.Says != "Stopped on time" || a.Solver != "cbc 9" {
		t.Errorf("%+v, want it certified with 10 and a bound of 16 at most", a)
	}
	clean()
}

// Of equal sets the answer is the one of the lower positions, whatever cbc says.
func TestSolvingTwice(t *testing.T) {
	p := optimisetest.Random(11, optimise.MaximalCovering, 14, 120)
	p.Rules = optimise.Rules{Keep: 7, Districts: p.Rules.Districts}
	for i := range p.Demands {
		p.Demands[i].Floors = nil
	}
	first, err := optimise.Solve(context.Background(), p, optimise.Proven, optimise.Env{Solver: solver(t)})
	if err != nil {
		t.Fatal(err)
	}
	second, err := optimise.Solve(context.Background(), p, optimise.Proven, optimise.Env{Solver: solver(t)})
	if err != nil || !slices.Equal(first.Open, second.Open) || first.Value != second.Value {
		t.Errorf("%v with %v, then %v with %v, %v", first.Open, first.Value, second.Open, second.Value, err)
	}
	if want, _ := optimisetest.Best(p); math.Abs(first.Value-want) > 1e-9*want || first.Tier != optimise.Proven {
		t.Errorf("%s %v, want proven %v", first.Tier, first.Value, want)
	}
}

// Rules that each leave room and cross all the same: the solver says which has
// to give way. A is in group one and B in group two, and only one may be open.
func TestElastic(t *testing.T) {
	p := &optimise.Problem{
		Model: optimise.MaximalCovering,
		Sites: []optimise.Site{{ID: "A", District: -1, Cost: 10, Costed: true}, {ID: "B", District: -1, Cost: 10, Costed: true}, {ID: "C", District: -1, Cost: 10, Costed: true}},
		Demands: []optimise.Demand{
			{Weight: 100, Reach: []optimise.Reach{{Site: 0}}, Floors: []int32{0}},
			{Weight: 100, Reach: []optimise.Reach{{Site: 1}}, Floors: []int32{1}},
		},
		Rules: optimise.Rules{
			Keep: 2, OneOf: [][]int32{{0, 1}},
			Floors: []optimise.Floor{{Name: "the coast", Share: 0.5}, {Name: "the weald", Share: 0.1}},
		},
	}
	a, err := optimise.Solve(context.Background(), p, optimise.Proven, optimise.Env{Solver: solver(t)})
	if err != nil {
		t.Fatal(err)
	}
	// Missing a tenth of the weald costs least: 0.1 of 3 sites, against 1 of one-of.
	const want = "the weald: its floor of 10.0% is missed by 10.00 points (10.0 of 100 people)"
	if a.Verdict != optimise.Impossible || a.Tier != optimise.Proven || len(a.Clashes) != 1 || a.Clashes[0].Text != want {
		t.Errorf("%s %s %+v, want %q", a.Tier, a.Verdict, a.Clashes, want)
	}
	// Everyone needs A and B, and only one of them may be open.
	p.Model, p.Rules.Floors, p.Rules.Keep = optimise.FewestSites, nil, 0
	p.Demands[0].Floors, p.Demands[1].Floors = nil, nil
	if a, err = optimise.Solve(context.Background(), p, optimise.Proven, optimise.Env{Solver: solver(t)}); err != nil {
		t.Fatal(err)
	}
	if a.Verdict != optimise.Impossible || len(a.Clashes) != 1 || a.Clashes[0].Rule != "one_of" {
		t.Errorf("%s %+v, want one_of to give way", a.Verdict, a.Clashes)
	}
	// One site of C and A, which needs it, cannot cover A: two are needed.
	p.Model, p.Rules.OneOf, p.Rules.Needs, p.Rules.Keep = optimise.MaximalCovering, nil, []optimise.Needs{{Satellite: 0, Hub: 2}}, 1
	p.Rules.Floors = []optimise.Floor{{Name: "the coast", Share: 1}}
	p.Demands[0].Weight, p.Demands[0].Floors = 100, []int32{0}
	p.Rules.In = []int32{2}
	if a, err = optimise.Solve(context.Background(), p, optimise.Proven, optimise.Env{Solver: solver(t)}); err != nil {
		t.Fatal(err)
	}
	if a.Verdict != optimise.Impossible || len(a.Clashes) != 1 || a.Clashes[0].Text != "to keep 1 is too few by 1" {
		t.Errorf("%s %+v, want one more site to be needed", a.Verdict, a.Clashes)
	}
}

// The fewest changes against trying every set.
func TestFewestChangesAgainstEverySet(t *testing.T) {
	env := optimise.Env{Solver: solver(t)}
	compared := 0
	for seed := range uint64(30) {
		m := optimisetest.Models[seed%3] // those that have this question
		p := optimisetest.Random(seed, m, 8, 30)
		best, err := optimise.Solve(context.Background(), p, optimise.Proven, env)
		if err != nil {
			t.Fatal(err)
		}
		if best.Verdict != optimise.Found {
			continue
		}
		const share = 0.1
		today := []int{0, 2, 3}
		got, err := optimise.FewestChanges(context.Background(), p, best, today, share, optimise.Proven, env)
		if err != nil {
			t.Fatal(err)
		}
		want := fewest(p, best.Value, share, mask(p, today))
		if n := len(got.Opens) + len(got.Closes); n != want || got.Fewest != want || got.Tier != optimise.Proven {
			t.Errorf("seed %d %s: %d changes (%d at least, %s, %q), want %d", seed, m, n, got.Fewest, got.Tier, got.Says, want)
		}
		compared++
	}
	if compared < 8 {
		t.Errorf("%d compared, want 8 or more", compared)
	}
}

// fewest tries every set.
func fewest(p *optimise.Problem, best, share float64, today []bool) int {
	least := len(p.Sites) + 1
	for m := range 1 << len(p.Sites) {
		open := make([]bool, len(p.Sites))
		n := 0
		for s := range open {
			if open[s] = m>>s&1 == 1; open[s] != today[s] {
				n++
			}
		}
		limit := best * (1 - share)
		if p.Model == optimise.PMedian {
			limit = best * (1 + share)
		}
		const rounding = 1e-8
		v := optimisetest.Value(p, open)
		if n < least && optimisetest.Allowed(p, open) && (!p.Model.Better(limit, v) || math.Abs(v-limit) <= rounding*limit) {
			least = n
		}
	}
	return least
}
