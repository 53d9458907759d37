package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hubreach/internal/estate"
	"hubreach/internal/report"
	"hubreach/internal/study"
)

// reportCmd writes a committee report.
type reportCmd struct {
	studyFlags
	Out     string   `required:"" help:"File to write: the report as .html, .pdf or .xlsx." placeholder:"FILE"`
	Options []string `help:"Options to report, in that order. Default: all, best first." placeholder:"ID,..."`
	Draws   int      `default:"200" help:"Draws of everything uncertain, for how sure the ranking is; 0: not tested." placeholder:"N"`
	Seed    uint64   `default:"1" help:"Seed of the draws." placeholder:"N"`
}

// writers are the forms of a report, by the end of a file's name.
var writers = map[string]func(context.Context, io.Writer, *study.Results, report.PaperParams) error{
	".html": report.PaperHTML, ".pdf": report.PaperPDF, ".xlsx": report.PaperXLSX,
}

// Validate checks the file's name before the work.
func (c *reportCmd) Validate() error {
	if writers[strings.ToLower(filepath.Ext(c.Out))] == nil {
		return fmt.Errorf("--out %s: want a name that ends in .html, .pdf or .xlsx", c.Out)
	}
	if c.Draws < 0 {
		return fmt.Errorf("--draws %d: want 0 or more", c.Draws)
	}
	return nil
}

// Run runs the study and writes the report, whole or not at all.
func (c *reportCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	if info, err := os.Stat(c.Out); err == nil && info.IsDir() { // before the work, not after it
		return fmt.Errorf("--out %s: want a file, found a folder", c.Out)
	}
	if info, err := os.Stat(filepath.Dir(c.Out)); err != nil || !info.IsDir() {
		return fmt.Errorf("--out %s: want a name in a folder that exists", c.Out)
	}
	p := newProgress(s)
	err = c.write(ctx, s, spec, c.env(open, p), p)
	p.done()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "The report is in %s\n", filepath.Clean(c.Out))
	return err
}

// write runs the study, tests its ranking and writes the file.
func (c *reportCmd) write(ctx context.Context, s std, spec study.Spec, env study.Env, p *progress) error {
	r, err := s.run(ctx, spec, env)
	if err != nil {
		return err
	}
	var options []estate.OptionID
	for _, id := range c.Options {
		options = append(options, estate.OptionID(id))
	}
	params, err := paperParams(ctx, r, options, c.Draws, c.Seed, env)
	if err != nil {
		return err
	}
	p.report("write the report", 0, 1)
	return writeWhole(c.Out, func(w io.Writer) error {
		return writers[strings.ToLower(filepath.Ext(c.Out))](ctx, w, r, params)
	})
}

// paperParams checks the options of a report and tests the ranking by so many
// draws; 0: not at all. The error wraps estate.ErrNoOption.
func paperParams(ctx context.Context, r *study.Results, options []estate.OptionID, draws int, seed uint64, env study.Env) (report.PaperParams, error) {
	params := report.PaperParams{Options: options}
	for _, id := range options { // before the draws, not after them
		if _, err := r.Compare(id, id); err != nil {
			return params, fmt.Errorf("report: %w", err)
		}
	}
	if draws == 0 || len(r.Options) < 2 || len(r.Scales) == 0 {
		return params, nil
	}
	p := study.DefaultRobustness(r.Spec)
	p.Draws, p.Seed, p.OutreachDraws = draws, seed, 0
	drawn, err := r.Robustness(ctx, p, env)
	params.Robust = drawn
	return params, err
}

// writeWhole writes a file beside its place and moves it there when all of it is
// on the disk.
func writeWhole(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".report-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := errors.Join(write(f), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(f.Name(), path)
}
