package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"hubreach/data"
	"hubreach/geo"
	"hubreach/internal/source"
	"hubreach/internal/walk"
	"hubreach/internal/walk/cache"
	"hubreach/scripts/benchmark/scale"
)

// sizes are the street vertices of each size, in ascending order. The smallest
// is a single copy.
var sizes = []size{{"newport", 1}, {"kent", scale.KentNodes}, {"england", scale.EnglandNodes}}

type size struct {
	name  string
	nodes int
}

// newportFile is the extract of real streets, below the folder of real data.
const newportFile = "newport_wales/newport-2023-06-13.osm.pbf"

// tileOf cuts the tile out of the real streets, or out of the sample county,
// and says which.
func tileOf(from, real string) (*scale.Tile, error) {
	var r io.ReadCloser
	var err error
	if from == "sample" {
		r, err = data.Sample().Open("streets.osm.pbf")
	} else {
		r, err = os.Open(filepath.Join(real, newportFile)) // #nosec G304 -- who runs the benchmark names the folder
	}
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s, err := source.ReadStreets(r, "streets.osm.pbf", source.Options{})
	if err != nil {
		return nil, err
	}
	return scale.Cut(s, scale.Trim)
}

// loaded is a graph, and what it took to make it.
type loaded struct {
	size       string
	county     *scale.County
	file       string
	bytes      int64       // of the file
	g          *walk.Graph // nil once it is done with
	report     walk.Report
	adult      int // number of the profile
	parse      sample
	build      sample
	keep       sample // to store the graph in a cache
	kept       sample // to load it from there
	keptBytes  int64  // of that file
	graphBytes int64  // in use by the graph alone
	most       int64  // bytes of the process at its largest
}

func (l *loaded) vertices() int { return l.report.Vertices }

// load writes the county's extract into folder unless it is there, reads it as
// the product does, and builds the graph.
func load(size string, c *scale.County, file string, proj *geo.Projection, say func(string, ...any)) (*loaded, error) {
	l := &loaded{size: size, county: c, file: file}
	if err := ensure(file, c, say); err != nil {
		return nil, err
	}
	before := heap()
	s, err := l.read(say)
	if err != nil {
		return nil, err
	}
	say("building %s", size)
	l.build = once(func() { l.g, err = walk.Build(s, proj, walk.DefaultParams()) })
	if err != nil {
		return nil, err
	}
	l.graphBytes = heap() - before // the streets are no longer needed, and not counted
	_, l.most = resident()
	l.report = l.g.Report()
	if err := l.fromCache(filepath.Dir(file)); err != nil {
		return nil, err
	}
	l.adult, _, err = l.g.Profile("adult")
	return l, err
}

// fromCache stores the graph and goes on with the one that is loaded again, as
// the next run of the product does.
func (l *loaded) fromCache(folder string) error {
	dir, err := os.MkdirTemp(folder, "graphs-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	key := walk.Key(l.g.Params(), l.size)
	l.keep = once(func() { err = cache.Dir(dir).Store(key, l.g) })
	if err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(dir, key+".graph"))
	if err != nil {
		return err
	}
	l.keptBytes, l.g = info.Size(), nil
	runtime.GC() // or two graphs take the room of two
	l.kept = once(func() { l.g, err = cache.Dir(dir).Load(key) })
	return err
}

func (l *loaded) read(say func(string, ...any)) (source.Streets, error) {
	f, err := os.Open(l.file)
	if err != nil {
		return source.Streets{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return source.Streets{}, err
	}
	l.bytes = info.Size()
	say("reading %s, %s MB", filepath.Base(l.file), figure(float64(l.bytes)/1e6))
	var s source.Streets
	l.parse = once(func() { s, err = source.ReadStreets(f, filepath.Base(l.file), source.Options{MaxBytes: 16 << 30}) })
	return s, err
}

// ensure writes the extract unless a whole one is there. The name holds what
// the content depends on.
func ensure(file string, c *scale.County, say func(string, ...any)) error {
	if _, err := os.Stat(file); err == nil {
		return nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	columns, rows := c.Size()
	say("writing %s: %d x %d copies, %s street vertices", filepath.Base(file), columns, rows, count(c.Nodes()))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return create(file, c.WritePBF)
}

// once measures one thing, on all cores.
func once(do func()) sample {
	began, cpu := time.Now(), processTime()
	do()
	return sample{time.Since(began), processTime() - cpu}
}

// doorsOf returns n doors of the county on the grid; see scale.County.Doors.
func doorsOf(c *scale.County, proj *geo.Projection, n int, seed uint64) ([]geo.Grid, error) {
	out := make([]geo.Grid, 0, n)
	for _, d := range c.Doors(n, seed) {
		p, err := proj.ToGrid(d)
		if err != nil {
			return nil, fmt.Errorf("door at %v: %w", d, err)
		}
		out = append(out, p)
	}
	return out, nil
}
