package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"hubreach/geo"
	"hubreach/scripts/benchmark/scale"
)

// settings are the flags of a run.
type settings struct {
	size    string
	from    string
	real    string
	out     string
	peers   string
	why     string
	origins int
	seed    uint64
	within  time.Duration
	share   time.Duration
	home    string
	bends   bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	var s settings
	flag.StringVar(&s.size, "size", "kent", "newport, kent or england")
	flag.StringVar(&s.from, "from", "newport", "whose streets are copied: newport (real) or sample")
	flag.StringVar(&s.real, "real", "", "folder of the real data")
	flag.StringVar(&s.out, "out", "out/bench", "folder for the report and the extracts")
	flag.StringVar(&s.peers, "peers", "", "peers to ask, separated by commas")
	flag.StringVar(&s.why, "skipped", "", "peers that cannot be asked, and why, separated by semicolons")
	flag.IntVar(&s.origins, "origins", 100, "junctions to search from beside the peers")
	flag.Uint64Var(&s.seed, "seed", 1, "of the origins and doors")
	flag.DurationVar(&s.within, "within", 9*time.Minute, "time of the whole run")
	flag.DurationVar(&s.share, "share", 20*time.Second, "time for each way of asking a peer")
	flag.BoolVar(&s.bends, "bends", false, "give the peers every bend of a street as a node, as the street data have it")
	flag.StringVar(&s.home, "valhalla", "", "folder that @valhallajs/valhallajs is installed in")
	flag.Parse()
	if flag.NArg() > 0 || s.origins < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(ctx, s, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		stop()
		os.Exit(1)
	}
	stop()
}

func say(format string, a ...any) { fmt.Fprintf(os.Stderr, format+"\n", a...) }

// run measures and prints the report. A run that is out of time reports what it
// has, one that is stopped reports nothing.
func run(ctx context.Context, s settings, stdout io.Writer) error {
	started := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, s.within, fmt.Errorf("%w (%v)", errTime, s.within))
	defer cancel()
	command := "scripts/bench engine --size " + s.size + " --from " + s.from
	if s.bends {
		command += " --bends"
	}
	r := &report{
		command: command, date: started.Format(time.DateOnly),
		machine: machine(), from: s.from,
	}
	for _, why := range strings.Split(s.why, ";") {
		if why = strings.TrimSpace(why); why != "" {
			r.skipped = append(r.skipped, why)
		}
	}
	err := r.measure(ctx, s)
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errTime) && len(r.sizes) > 0:
		r.short = cause.Error() // what there is, is reported
	case cause != nil:
		return errors.New("stopped: " + cause.Error())
	case err != nil:
		return err
	}
	say("done after %.0f s", time.Since(started).Seconds())
	err = create(filepath.Join(s.out, "engine.md"), r.write)
	return errors.Join(err, r.write(stdout))
}

// errTime is why a run ends that takes longer than it was given.
var errTime = errors.New("the time of the run was over")

// measure fills the report, size by size; the peers are asked at the last.
func (r *report) measure(ctx context.Context, s settings) error {
	proj, err := geo.NewProjection()
	if err != nil {
		return err
	}
	tile, err := tileOf(s.from, s.real)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(sizes, func(z size) bool { return z.name == s.size }) {
		return fmt.Errorf("size %q: want newport, kent or england", s.size)
	}
	for _, z := range sizes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.measureSize(z, tile, proj, s); err != nil {
			return fmt.Errorf("%s: %w", z.name, err)
		}
		if z.name == s.size {
			break
		}
		r.last().g = nil // the next one takes its room
	}
	return r.measureLast(ctx, s, proj)
}

func (r *report) measureSize(z size, tile *scale.Tile, proj *geo.Projection, s settings) error {
	c, err := scale.Of(tile, z.nodes)
	if err != nil {
		return err
	}
	columns, rows := c.Size()
	file := filepath.Join(s.out, "data", fmt.Sprintf("%s-%dx%d-%d.osm.pbf", s.from, columns, rows, c.Nodes()))
	l, err := load(z.name, c, file, proj, say)
	if err != nil {
		return err
	}
	origins, err := originsOf(l.g, proj, l.adult, 1000, s.seed)
	if err != nil {
		return err
	}
	say("searching %s", z.name)
	one := sized{loaded: *l}
	one.search, one.nodes = searches(l, origins)
	one.rss, _ = resident()
	r.sizes = append(r.sizes, one)
	return nil
}

// measureLast asks the main job's questions, and the peers.
func (r *report) measureLast(ctx context.Context, s settings, proj *geo.Projection) error {
	last := r.last()
	origins, err := originsOf(last.g, proj, last.adult, max(1000, s.origins), s.seed)
	if err != nil {
		return err
	}
	net := networkOf(last.g, last.adult, false)
	r.floor = floorOf(&last.loaded, net, origins)
	doors, err := doorsOf(last.county, proj, doorsFor(last.county.Nodes()), s.seed)
	if err != nil {
		return err
	}
	places, err := doorsOf(last.county, proj, 1000, s.seed+1)
	if err != nil {
		return err
	}
	tasks, streets, err := do(ctx, &last.loaded, doors, places, runtime.NumCPU(), say)
	if r.tasks = tasks; err != nil {
		return err
	}
	r.us = &ours{g: last.g, search: last.g.NewSearch(last.adult), worker: streets.Worker()}
	return r.askPeers(ctx, s, net, origins[:min(s.origins, len(origins))])
}
