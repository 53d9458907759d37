package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Exit codes: all is there; something is missing; the call is bad; stopped.
const (
	exitDone    = 0
	exitMissing = 1
	exitUsage   = 2
	exitStopped = 130
)

// program is what a run takes from the outside world.
type program struct {
	stdout, stderr io.Writer
	now            func() time.Time
	wait           func(context.Context, time.Duration) error
	idle           time.Duration // longest silence of a publisher
	top            string        // root of the checkout
	terminal       bool          // stderr is one
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	info, err := os.Stderr.Stat()
	p := program{
		stdout: os.Stdout, stderr: os.Stderr,
		now: time.Now, wait: wait, idle: time.Minute,
		top:      os.Getenv("HUBREACH_TOP"),
		terminal: err == nil && info.Mode()&os.ModeCharDevice != 0,
	}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// wait sleeps for d, or until ctx is done.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

const usage = `scripts/fetch COUNTY [flags]    fetch a county's inputs into data/<county>/
scripts/fetch --list            the sources, and where they come from

COUNTY is the name or code of an English county (kent, "East Sussex",
E10000016), or any name with --districts. What is there already is kept; what
was cut off goes on where it stopped. The lines for a study file go to stdout.

`

// run does one call and returns its exit code.
func (p program) run(ctx context.Context, args []string) int {
	flags := flag.NewFlagSet("scripts/fetch", flag.ContinueOnError)
	flags.SetOutput(p.stderr)
	flags.Usage = func() { fmt.Fprint(p.stderr, usage); flags.PrintDefaults() }
	only := flags.String("only", "", "`ids` of the sources to fetch, separated by commas (default: those marked in --list)")
	districts := flags.String("districts", "", "`codes` of the county's districts, separated by commas (default: as listed for the county)")
	region := flags.String("region", "", "`name` of the bus timetable region, such as south_east (default: as listed for the county)")
	to := flags.String("to", "", "`directory` to fetch into (default data/<county>)")
	base := flags.String("base-url", "", "`address` of a mirror that holds each publisher's host as its first folder; for tests")
	list := flags.Bool("list", false, "list the sources and fetch nothing")
	county, err := parseArgs(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err != nil {
		return p.bad(err)
	}

	sources, err := loadSources()
	if err != nil {
		return p.bad(err)
	}
	if *list {
		listSources(p.stdout, sources)
		return exitDone
	}
	c, err := findCounty(county, *districts, *region)
	if err != nil {
		return p.bad(err)
	}
	wanted, err := choose(sources, *only)
	if err != nil {
		return p.bad(err)
	}
	if *to == "" {
		*to = nearby(filepath.Join(p.top, "data", c.Slug))
	}
	return p.fetch(ctx, c, sources, wanted, *to, *base)
}

// nearby is path as seen from the working directory, when that is shorter.
func nearby(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

// parseArgs reads the flags and the one county, in any order.
func parseArgs(flags *flag.FlagSet, args []string) (string, error) {
	var county string
	for {
		if err := flags.Parse(args); err != nil {
			return "", err
		}
		if flags.NArg() == 0 {
			return county, nil
		}
		if county != "" {
			return "", fmt.Errorf("one county at a time: %q after %q", flags.Arg(0), county)
		}
		county, args = flags.Arg(0), flags.Args()[1:]
	}
}

func (p program) bad(err error) int {
	fmt.Fprintln(p.stderr, "scripts/fetch:", err)
	return exitUsage
}

// fetch brings the wanted sources, one after another, and goes on after a
// failure; then it says what is there and what is not.
func (p program) fetch(ctx context.Context, c County, all, wanted []Source, dir, base string) int {
	unlock, err := lock(dir)
	if err != nil {
		fmt.Fprintln(p.stderr, "scripts/fetch:", err)
		return exitMissing
	}
	defer unlock()
	m, err := readManifest(filepath.Join(dir, manifestName))
	if err != nil {
		fmt.Fprintln(p.stderr, "scripts/fetch:", err)
		return exitMissing
	}
	say := &progress{to: p.stderr, now: p.now, terminal: p.terminal}
	f := &fetcher{
		county: c, dir: dir, base: base, all: all, manifest: m, now: p.now, progress: say,
		client: &client{http: newHTTP(), wait: p.wait, idle: p.idle, say: say.line, gone: map[string]error{}},
		done:   map[string]error{},
	}
	var missing []string
	for _, s := range wanted {
		err := f.bring(ctx, s)
		if ctx.Err() != nil {
			say.line("stopped; what has come is kept: call again to go on")
			return exitStopped
		}
		if err != nil {
			missing = append(missing, s.ID)
			say.line(s.ID + ": MISSING: " + err.Error())
			say.line("  by hand: " + strings.ReplaceAll(s.ByHand, "{file}", filepath.Join(dir, s.File)) + "; then call again")
		}
	}
	writeInputs(p.stdout, c, wanted, m)
	if len(missing) > 0 {
		say.line(fmt.Sprintf("%d of %d in %s; missing: %s", len(wanted)-len(missing), len(wanted), dir, strings.Join(missing, ", ")))
		return exitMissing
	}
	say.line(fmt.Sprintf("all %d in %s", len(wanted), dir))
	return exitDone
}

func newHTTP() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 1
	return &http.Client{Transport: t}
}
