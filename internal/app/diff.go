package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hubreach/internal/report"
	"hubreach/internal/study"
)

// diffCmd compares two runs.
type diffCmd struct {
	Old  string `arg:"" help:"Folder of the earlier run, or its study file."`
	New  string `arg:"" help:"Folder of the later run, or its study file."`
	Data string `help:"Folder that the paths of study files start from. Default: the folder of each study file." placeholder:"DIR"`
	JSON bool   `name:"json" help:"Print the differences as JSON."`
	cacheFlags
}

// Run prints which areas entered, left or changed their outreach category, and
// why.
func (c *diffCmd) Run(ctx context.Context, s std) error {
	before, err := c.snapshot(ctx, s, c.Old)
	if err != nil {
		return err
	}
	after, err := c.snapshot(ctx, s, c.New)
	if err != nil {
		return err
	}
	d, err := study.Compare(before, after)
	if err != nil {
		return fmt.Errorf("diff %s %s: %w", c.Old, c.New, err)
	}
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(d)
	}
	return printDiff(s.out, d)
}

// snapshot reads the folder of a run, or runs a study file.
func (c *diffCmd) snapshot(ctx context.Context, s std, path string) (*study.Snapshot, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return runFolder(path)
	case err != nil && path != sampleName:
		return nil, fmt.Errorf("%s: %w; want the folder of a run, or a study file", path, err)
	}
	spec, open, err := studyFlags{Study: path, Data: c.Data}.open()
	if err != nil {
		return nil, err
	}
	p := newProgress(s)
	r, err := s.run(ctx, spec, c.env(open, p))
	p.done()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	summary, err := report.Summary(ctx, r)
	if err != nil {
		return nil, err
	}
	var areas, sites bytes.Buffer
	if err := errors.Join(report.CSV(ctx, &areas, r, "areas.csv"), report.CSV(ctx, &sites, r, "sites.csv")); err != nil {
		return nil, err
	}
	return study.ReadSnapshot(bytes.NewReader(summary), &areas, &sites)
}

// runFolder reads the files of a run. sites.csv may be missing: then which sites
// an option opens and closes is not told.
func runFolder(dir string) (*study.Snapshot, error) {
	summary, err := os.Open(filepath.Join(dir, "summary.json")) // #nosec G304 -- the operator names the folder of a run
	if err != nil {
		return nil, fmt.Errorf("%s: %w; want the folder that hubreach run wrote", dir, err)
	}
	defer summary.Close()
	areas, err := os.Open(filepath.Join(dir, "areas.csv")) // #nosec G304 -- the operator names the folder of a run
	if err != nil {
		return nil, fmt.Errorf("%s: %w; want the folder that hubreach run wrote", dir, err)
	}
	defer areas.Close()
	var sites io.Reader
	f, err := os.Open(filepath.Join(dir, "sites.csv")) // #nosec G304 -- the operator names the folder of a run
	switch {
	case err == nil:
		defer f.Close()
		sites = f
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	s, err := study.ReadSnapshot(summary, areas, sites)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return s, nil
}

// printDiff prints the differences as text.
func printDiff(out io.Writer, d *study.Diff) error {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("old  %s (%.12s)\nnew  %s (%.12s)", d.Old.Name, d.Old.Fingerprint, d.New.Name, d.New.Fingerprint)
	if d.Same {
		line("\nThe fingerprints are the same: the same data and parameters, so the same results.")
	}
	if len(d.Causes) > 0 {
		line("\nWhat differs:")
	}
	for _, c := range d.Causes {
		line("  %-9s  %s: %s to %s", c.Kind, c.What, orNothing(c.Old), orNothing(c.New))
	}
	if n, m := len(d.AreasOnlyOld), len(d.AreasOnlyNew); n+m > 0 {
		line("  %-9s  %d areas are no longer there, %d are new", study.ByBoundary, n, m)
	}
	for _, id := range d.OnlyOld {
		line("  %-9s  %s is no longer there", study.ByOption, id)
	}
	for _, id := range d.OnlyNew {
		line("  %-9s  %s is new", study.ByOption, id)
	}
	for _, o := range d.Options {
		line("\n%s: %s", o.ID, o.Name)
		if len(o.Opened)+len(o.Closed) > 0 {
			line("  opens %s; closes %s", orNothing(strings.Join(o.Opened, ", ")), orNothing(strings.Join(o.Closed, ", ")))
		}
		line("  %d areas entered outreach, %d left it, %d changed category", o.Entered, o.Left, o.Changed)
		for _, a := range o.Areas {
			line("  %-7s  %s %s, %s: %s to %s. %s", a.Change, a.Code, a.Name, a.District,
				orNothing(strings.Join(a.Old, ", ")), orNothing(strings.Join(a.New, ", ")), a.Because)
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}
