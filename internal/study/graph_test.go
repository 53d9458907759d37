package study_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hubreach/data"
	"hubreach/internal/study"
	"hubreach/internal/walk"
)

// A street graph that was kept gives the results that a new one gives. One that
// is damaged or cut short is built anew, replaced, and spoken of. Other heights,
// or another slope, are another graph.
func TestKeptGraph(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "graphs")
	var said []error
	built := 0
	ask := func(run func(context.Context, study.Spec, study.Env) (*study.Results, error), env study.Env, heights map[string]string) string {
		t.Helper()
		said, built = nil, 0
		env.Warn = func(err error) { said = append(said, err) }
		env.Progress = func(stage string, done, _ int) {
			if stage == "build the street graph" && done == 0 {
				built++
			}
		}
		r := withSample(t, run, env, heights, func(s *study.Spec) { s.Walk.Profiles = s.Walk.Profiles[:1] })
		text, err := json.Marshal([]any{r.Fingerprint, r.Inputs, r.Checks, r.NotAssessed, r.Streets, r.Refused, r.Catchments, r.Thresholds})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	load := func(env study.Env, heights map[string]string) string {
		t.Helper()
		return ask(study.Load, env, heights)
	}
	kept := study.Env{Graphs: dir}
	want := load(study.Env{}, nil)
	graphs := func() []string {
		t.Helper()
		names, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	spoil := func(change func([]byte) []byte) func() {
		return func() {
			file := graphs()[0]
			b, err := os.ReadFile(file)
			if err == nil {
				err = os.WriteFile(file, change(b), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name   string
		before func()
		built  int
		said   error
	}{
		{"the first time", func() {}, 1, nil},
		{"the second time", func() {}, 0, nil},
		{"a byte changed", spoil(func(b []byte) []byte { b[len(b)/3] ^= 1; return b }), 1, walk.ErrStored},
		{"cut short", spoil(func(b []byte) []byte { return b[:len(b)/2] }), 1, walk.ErrStored},
		{"after all that", func() {}, 0, nil},
	} {
		c.before()
		if diff := cmp.Diff(want, load(kept, nil)); diff != "" {
			t.Errorf("%s: other results (-no graph kept +kept):\n%s", c.name, diff)
		}
		if built != c.built || len(said) != 0 && c.said == nil || c.said != nil && (len(said) != 1 || !errors.Is(said[0], c.said)) {
			t.Errorf("%s: built %d times, said %v; want %d and %v", c.name, built, said, c.built, c.said)
		}
		if n := len(graphs()); n != 1 {
			t.Errorf("%s: %d files kept, want 1", c.name, n)
		}
	}
	if diff := cmp.Diff(ask(study.Run, study.Env{}, nil), ask(study.Run, kept, nil)); diff != "" || built != 0 {
		t.Errorf("a whole run, built %d times: other results (-no graph kept +kept):\n%s", built, diff)
	}
	load(kept, map[string]string{"hills.asc": hills(false)})
	load(kept, map[string]string{"hills.asc": hills(true)})
	if n := len(graphs()); n != 3 {
		t.Errorf("%d graphs kept, want 3: one on the level and one for either heights", n)
	}
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := load(study.Env{Graphs: blocked}, nil); got != want || len(said) == 0 {
		t.Errorf("with a file for a folder: the same results %v, said %v; want the results, and why none is kept", got == want, said)
	}
}

// Streets that change between two looks at them, or that come twice, are refused
// in one line.
func TestStreetsRefused(t *testing.T) {
	sample := data.Sample()
	text, err := fs.ReadFile(sample, "study.toml")
	if err != nil {
		t.Fatal(err)
	}
	const file = "streets.osm.pbf"
	opened := 0
	changing := func(p string) (io.ReadCloser, error) {
		if p == file {
			if opened++; opened == 1 {
				return io.NopCloser(strings.NewReader("as it was before")), nil
			}
		}
		return sample.Open(p)
	}
	twice := string(text) + "\n[[input]]\nrole = \"streets\"\nname = \"more\"\nfile = \"" + file + "\"\n"
	plain := func(p string) (io.ReadCloser, error) { return sample.Open(p) }
	for _, c := range []struct {
		name, text string
		open       study.Open
		want       string
	}{
		{"changing", string(text), changing, "read streets.osm.pbf: it changed while it was read; run again"},
		{"twice", twice, plain, "read streets.osm.pbf: a second input with role \"streets\": a study has one; merge the extracts first"},
	} {
		s, err := study.ParseSpec([]byte(c.text), "study.toml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := study.Load(t.Context(), s, study.Env{Open: c.open}); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
