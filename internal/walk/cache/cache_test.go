package cache_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"hubreach/geo"
	"hubreach/internal/village"
	"hubreach/internal/walk"
	"hubreach/internal/walk/cache"
)

// villageGraph is the graph of a small village.
func villageGraph(t *testing.T) *walk.Graph {
	t.Helper()
	proj, err := geo.NewProjection()
	if err != nil {
		t.Fatal(err)
	}
	g, err := walk.Build(village.Random(1, 20, 12).Streets(), proj, walk.DefaultParams())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func bytesOf(t *testing.T, g *walk.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := walk.Write(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// TestGet: built the first time, loaded the second, built anew when the file is
// damaged or cut, and the same graph each time.
func TestGet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "graphs")
	d, key := cache.Dir(dir), walk.Key(walk.DefaultParams(), "streets")
	want := villageGraph(t)
	builds := 0
	build := func() (*walk.Graph, error) { builds++; return want, nil }
	file := filepath.Join(dir, key+".graph")
	spoil := func(change func([]byte) []byte) func() {
		return func() {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, change(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name    string
		before  func()
		loaded  bool
		trouble error
	}{
		{"the first time", nil, false, nil},
		{"the second time", nil, true, nil},
		{"a byte changed", spoil(func(b []byte) []byte { b[len(b)/2] ^= 4; return b }), false, walk.ErrStored},
		{"the next time", nil, true, nil},
		{"cut short", spoil(func(b []byte) []byte { return b[:len(b)-1] }), false, walk.ErrStored},
		{"empty", spoil(func([]byte) []byte { return nil }), false, walk.ErrStored},
		{"another version", spoil(func(b []byte) []byte { b[7]++; return b }), false, walk.ErrStored},
		{"the last time", nil, true, nil},
	} {
		if c.before != nil {
			c.before()
		}
		before := builds
		got, err := d.Get(key, build)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got.Loaded != c.loaded || got.Loaded == (builds > before) || !errors.Is(got.Unusable, c.trouble) || got.Unkept != nil {
			t.Errorf("%s: loaded %t after %d builds, unusable %v, unkept %v; want loaded %t, unusable %v, kept", c.name, got.Loaded, builds-before, got.Unusable, got.Unkept, c.loaded, c.trouble)
		}
		if !bytes.Equal(bytesOf(t, got.Graph), bytesOf(t, want)) {
			t.Errorf("%s: another graph", c.name)
		}
		if files := names(t, dir); len(files) != 1 {
			t.Errorf("%s: the folder holds %q, want one file", c.name, files)
		}
	}
}

func TestTrouble(t *testing.T) {
	key, g := walk.Key(walk.DefaultParams()), villageGraph(t)
	build := func() (*walk.Graph, error) { return g, nil }

	if _, err := cache.Dir(t.TempDir()).Load(key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("load from an empty folder: %v, want %v", err, fs.ErrNotExist)
	}
	for _, bad := range []string{"", "../../etc/passwd", "ABC"} {
		if _, err := cache.Dir(t.TempDir()).Load(bad); !errors.Is(err, cache.ErrKey) {
			t.Errorf("load %q: %v, want %v", bad, err, cache.ErrKey)
		}
	}
	if got, err := cache.Dir("").Get(key, build); err != nil || got.Loaded || got.Unusable != nil || got.Unkept != nil {
		t.Errorf("without a folder: %+v, %v; want a built graph", got, err)
	}
	// A file where the folder should be: the graph is built, and the trouble said.
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := cache.Dir(blocked).Get(key, build); err != nil || got.Graph != g || got.Unkept == nil {
		t.Errorf("with a file for a folder: %+v, %v; want the graph and the trouble", got, err)
	}
	broken := errors.New("broken")
	if _, err := cache.Dir(t.TempDir()).Get(key, func() (*walk.Graph, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("a build that fails: %v, want %v", err, broken)
	}
}

// TestTrim: the graphs that were asked for the longest ago go first; the one that
// is kept, what somebody is writing and what is not the cache's stay.
func TestTrim(t *testing.T) {
	key := func(name string) string { return walk.Key(walk.DefaultParams(), name) }
	a, b, c, d := key("a")+".graph", key("b")+".graph", key("c")+".graph", key("d")+".graph"
	left, writing := key("e")+".123.new", key("f")+".45.new"
	foreign := []string{"my.graph", "notes.txt", "a.1.new"}
	dir := t.TempDir()
	old := time.Now().Add(-48 * time.Hour)
	for i, name := range slices.Concat([]string{a, b, c, d, left, writing}, foreign) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, make([]byte, 100), 0o600); err != nil {
			t.Fatal(err)
		}
		if name == writing {
			continue
		}
		at := old.Add(time.Duration(i) * time.Minute)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		most int64
		want []string
	}{
		{400, []string{a, b, c, d, writing}}, // no more than that
		{399, []string{a, c, d, writing}},
		{0, []string{a, writing}},
	} {
		cache.Dir(dir).Trim(tt.most, a)
		want := slices.Sorted(slices.Values(slices.Concat(tt.want, foreign)))
		if got := names(t, dir); !slices.Equal(got, want) {
			t.Errorf("trimmed to %d bytes: %q, want %q", tt.most, got, want)
		}
	}
	cache.Dir(filepath.Join(dir, "nowhere")).Trim(0, "") // nothing to do

	// A graph that was asked for is younger than one that was not.
	graphs, g := cache.Dir(t.TempDir()), villageGraph(t)
	for _, name := range []string{"asked", "forgotten"} {
		if err := graphs.Store(key(name), g); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(filepath.Join(string(graphs), key(name)+".graph"), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := graphs.Load(key("asked")); err != nil {
		t.Fatal(err)
	}
	graphs.Trim(int64(len(bytesOf(t, g))), "")
	if got := names(t, string(graphs)); !slices.Equal(got, []string{key("asked") + ".graph"}) {
		t.Errorf("trimmed to one: %q kept, want the one that was asked for", got)
	}
}
