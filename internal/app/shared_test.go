package app_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hubreach/data"
	"hubreach/internal/app"
	"hubreach/internal/study"
)

// call runs the command line and returns its exit code and what it printed. A
// study that an earlier call of this process has run is not run again: its
// results, which nobody changes, are what the command works on.
func call(t *testing.T, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	code = app.MainWith(shared.run, args, &o, &e)
	return code, o.String(), e.String()
}

// callAfresh is call with every study run, whatever was run before.
func callAfresh(t *testing.T, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	code = app.Main(args, &o, &e)
	return code, o.String(), e.String()
}

// runs are the studies that this process has run.
type runs map[string]*study.Results

// shared are those of the tests, which come one after another.
var shared = runs{}

// run runs a study as study.Run does, unless the same study file has been run on
// the same bytes, with a solver or without as now.
func (r runs) run(ctx context.Context, spec study.Spec, env study.Env) (*study.Results, error) {
	key, err := keyOf(spec, env)
	if err != nil { // an input that cannot be read: study.Run says so better
		return study.Run(ctx, spec, env)
	}
	if known := r[key]; known != nil {
		return known, nil
	}
	env.Lines = true // changes nothing but what may be drawn
	done, err := study.Run(ctx, spec, env)
	if err == nil {
		r[key] = done
	}
	return done, err
}

// What was run is not run again, which is what keeps these tests short.
func TestStudiesAreRunOnce(t *testing.T) {
	transit := func() int {
		if code, _, err := call(t, "transit", "sample"); code != app.ExitDone {
			t.Fatalf("exit %d: %s", code, err)
		}
		return len(shared)
	}
	if first, second := transit(), transit(); first != second {
		t.Errorf("%d studies were run after the first call, %d after the second: want as many", first, second)
	}
}

func keyOf(spec study.Spec, env study.Env) (string, error) {
	sum := sha256.New()
	if err := json.NewEncoder(sum).Encode([]any{spec, spec.Inputs, env.Solver != nil}); err != nil { // Spec leaves its inputs out
		return "", err
	}
	for _, in := range spec.Inputs {
		f, err := env.Open(in.File)
		if err != nil {
			return "", err
		}
		if _, err := io.Copy(sum, f); err != nil {
			return "", err
		}
		if err := f.Close(); err != nil {
			return "", err
		}
	}
	return string(sum.Sum(nil)), nil
}

// light returns the arguments that name the sample county without its timetable:
// for processes of their own, each of which has to run it, where public transport
// is not what the test is about. It runs in a third of the time.
func light(t *testing.T) []string {
	t.Helper()
	text, err := fs.ReadFile(data.Sample(), data.Study)
	if err != nil {
		t.Fatal(err)
	}
	const block = "[[input]]\n"
	var kept []string
	for _, part := range strings.Split(string(text), block) {
		if !strings.HasPrefix(part, "role = \"timetable\"\n") {
			kept = append(kept, part)
		}
	}
	file := filepath.Join(t.TempDir(), "light.toml")
	if err := os.WriteFile(file, []byte(strings.Join(kept, block)), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{file, "--data", filepath.Join("..", "..", "data", "sample")}
}
