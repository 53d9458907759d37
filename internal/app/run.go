package app

import (
	"context"
	"fmt"
	"path/filepath"

	"hubreach/internal/report"
	"hubreach/internal/study"
)

// runCmd is the main job.
type runCmd struct {
	studyFlags
	Out        string `required:"" help:"Folder to write the results to; made when it is not there." placeholder:"DIR"`
	Robustness int    `help:"Also draw everything uncertain this many times, such as 1000, and write robustness.json and its tables." placeholder:"DRAWS"`
	JSON       bool   `name:"json" help:"Print the summary as JSON instead of the table."`
}

// Run runs the study, writes its results and prints the ranking.
func (c *runCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	if err := report.Ready(c.Out); err != nil { // before the work, not after it
		return err
	}
	p := newProgress(s)
	e := c.env(open, p)
	r, err := s.run(ctx, spec, e)
	if err == nil {
		_, err = r.Appraise(ctx, e)
	}
	if err == nil {
		err = c.write(ctx, r, e, p)
	}
	p.done()
	if err != nil {
		return err
	}
	if c.JSON {
		text, err := report.Summary(ctx, r)
		if err != nil {
			return err
		}
		_, err = s.out.Write(text)
		return err
	}
	if err := report.Table(ctx, s.out, r); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "\nThe results are in %s%c\n", filepath.Clean(c.Out), filepath.Separator)
	return err
}

// write writes the files, with the draws if they were asked for.
func (c *runCmd) write(ctx context.Context, r *study.Results, e study.Env, p *progress) error {
	var beside []report.Beside
	if c.Robustness > 0 {
		sure, err := drawAll(ctx, r, c.Robustness, 1, 100, e)
		if err != nil {
			return err
		}
		beside = sure.Files()
	}
	p.report("write the results", 0, 1)
	return report.Write(ctx, r, c.Out, beside...)
}
