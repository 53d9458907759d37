package app

import (
	"context"
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
	Out     string   `required:"" help:"File to write: the report as .html, .pdf or .xlsx; or .gpkg, its maps as layers for a desktop GIS, of every option." placeholder:"FILE"`
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
	if writers[c.form()] == nil && c.form() != ".gpkg" {
		return fmt.Errorf("--out %s: want a name that ends in .html, .pdf, .xlsx or .gpkg", c.Out)
	}
	if c.form() == ".gpkg" && len(c.Options) > 0 {
		return fmt.Errorf("--options with --out %s: a GeoPackage has the layers of every option; leave --options out", c.Out)
	}
	if c.Draws < 0 {
		return fmt.Errorf("--draws %d: want 0 or more", c.Draws)
	}
	return nil
}

// form is the end of the file's name.
func (c *reportCmd) form() string { return strings.ToLower(filepath.Ext(c.Out)) }

// Run runs the study and writes the report, whole or not at all.
func (c *reportCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	if err := placeFor(c.Out); err != nil { // before the work, not after it
		return fmt.Errorf("--out %s: %w", c.Out, err)
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
	if c.form() == ".gpkg" {
		p.report("write the layers", 0, 1)
		return replaced(c.Out, func(path string) error { return report.GeoPackage(ctx, path, r) })
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
	return replaced(c.Out, func(path string) error {
		return written(path, func(f *os.File) error { return writers[c.form()](ctx, f, r, params) })
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
