package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hubreach/internal/report"
	"hubreach/internal/study"
)

// robustnessCmd draws everything uncertain.
type robustnessCmd struct {
	studyFlags
	Draws         int    `default:"1000" help:"Number of draws."`
	Seed          uint64 `default:"1" help:"Seed: the same seed gives the same draws, at any number of processors."`
	OutreachDraws int    `default:"100" help:"In how many of the draws areas are sorted into the outreach categories, which takes longest."`
	Out           string `help:"Folder to write robustness.json, robustness_options.csv, robustness_sites.csv and robustness_areas.csv to; made when it is not there." placeholder:"DIR"`
	JSON          bool   `name:"json" help:"Print the answer as JSON."`
}

// Validate refuses numbers that cannot be meant; its error is one of the call.
func (c *robustnessCmd) Validate() error {
	const most = 1_000_000
	switch {
	case c.Draws < 1 || c.Draws > most:
		return fmt.Errorf("--draws %d: want 1 to %d", c.Draws, most)
	case c.OutreachDraws < 0:
		return fmt.Errorf("--outreach-draws %d: want 0 or more", c.OutreachDraws)
	}
	return nil
}

// Run draws, prints and, with --out, writes the answer.
func (c *robustnessCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	if info, err := os.Stat(c.Out); err == nil && !info.IsDir() { // before the work, not after it
		return fmt.Errorf("--out %s: want a folder, found a file", c.Out)
	}
	p := newProgress(s)
	doc, err := c.answer(ctx, s, spec, c.env(open, p))
	p.done()
	if err != nil {
		return err
	}
	if c.Out != "" {
		if err := writeRobustness(ctx, c.Out, doc); err != nil {
			return err
		}
	}
	if c.JSON {
		return doc.JSON(s.out)
	}
	if err := doc.Table(s.out); err != nil || c.Out == "" {
		return err
	}
	_, err = fmt.Fprintf(s.out, "\nThe answer is in %s%c\n", filepath.Clean(c.Out), filepath.Separator)
	return err
}

// answer runs the study and draws.
func (c *robustnessCmd) answer(ctx context.Context, s std, spec study.Spec, env study.Env) (*report.Robustness, error) {
	r, err := s.run(ctx, spec, env)
	if err != nil {
		return nil, err
	}
	return drawAll(ctx, r, c.Draws, c.Seed, c.OutreachDraws, env)
}

// drawAll draws so many times.
func drawAll(ctx context.Context, r *study.Results, draws int, seed uint64, outreachDraws int, env study.Env) (*report.Robustness, error) {
	params := study.DefaultRobustness(r.Spec)
	params.Draws, params.Seed, params.OutreachDraws = draws, seed, outreachDraws
	found, err := r.Robustness(ctx, params, env)
	if err != nil {
		return nil, err
	}
	sure, err := r.Uncertainty(ctx, env)
	if err != nil {
		return nil, err
	}
	return report.NewRobustness(r, found, sure), nil
}

// writeRobustness writes the files into dir, each whole or not at all: they are
// written beside their places first, and moved there when all are done.
func writeRobustness(ctx context.Context, dir string, doc *report.Robustness) (err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("folder for the answer: %w", err)
	}
	stage, err := os.MkdirTemp(dir, ".robustness-")
	if err != nil {
		return fmt.Errorf("folder for the answer: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	files := doc.Files()
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeSynced(filepath.Join(stage, file.Name), func(f *os.File) error { return file.Write(f) }); err != nil {
			return fmt.Errorf("write %s: %w", file.Name, err)
		}
	}
	for _, file := range files {
		if err := os.Rename(filepath.Join(stage, file.Name), filepath.Join(dir, file.Name)); err != nil {
			return fmt.Errorf("write %s: %w", file.Name, err)
		}
	}
	return nil
}
