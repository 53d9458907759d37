package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hubreach/internal/county"
	"hubreach/internal/optimise"
	"hubreach/internal/optimise/cbc"
	"hubreach/internal/study"
)

// optimiseCmd finds the best set of sites.
type optimiseCmd struct {
	studyFlags
	Keep          int           `help:"Number of sites to keep open, those of --open counted." placeholder:"N"`
	AtMost        bool          `help:"Keep N at most, not exactly N."`
	Minutes       float64       `help:"Walk that counts, exactly that included. Default: the study's." placeholder:"20"`
	DistrictMin   int           `help:"Fewest open sites in every district." placeholder:"M"`
	DistrictMax   int           `help:"Most open sites in every district." placeholder:"M"`
	Budget        float64       `help:"Most pounds a year, running and staffing." placeholder:"GBP"`
	Open          []string      `help:"Sites that stay open, by id." placeholder:"ID"`
	Close         []string      `help:"Sites that close, by id." placeholder:"ID"`
	OneOf         []string      `sep:"none" help:"Of these sites one at most stays open; may be given again." placeholder:"ID,ID"`
	Needs         []string      `help:"The first site stays open only with the second." placeholder:"ID=ID"`
	DeprivedFloor float64       `help:"Share of those who count in the most deprived fifth of England to cover at least, 0 to 1." placeholder:"SHARE"`
	DistrictFloor float64       `help:"Share of those who count to cover at least in every district, 0 to 1." placeholder:"SHARE"`
	Weight        string        `enum:"in_need,0_19" default:"in_need" help:"Who counts: in_need, or 0_19 for everyone aged 0-19."`
	Model         string        `enum:"maximal_covering,backup_cover,p_median,fewest_sites,p_center" default:"maximal_covering" help:"What best means: ${enum}."`
	Theta         float64       `default:"0.5" help:"backup_cover: worth of a second site within the walk, 0 to 1."`
	Tier          string        `enum:"live,certified,proven,auto" default:"auto" help:"How sure: live, certified or proven. Default: proven where cbc is installed, else certified."`
	Limit         time.Duration `default:"60s" help:"Time limit of each exact solve; an answer that it stops shows its gap."`
	Prices        bool          `help:"Also price every building: what closing it, or keeping it, costs the others."`
	Closing       bool          `help:"Also print the order in which to close the best sites."`
	ClosingBest   bool          `help:"The same, with the best set of each number beside it."`
	Front         []float64     `help:"Also the best under each of these budgets, in pounds a year." placeholder:"GBP"`
	Within        float64       `help:"Also find the fewest changes from the baseline within this share of the best, such as 0.01." placeholder:"SHARE"`
	Out           string        `help:"Folder to write optimise.json, optimise.csv and model.mps to; made when it is not there." placeholder:"DIR"`
	JSON          bool          `name:"json" help:"Print the answer as JSON."`
}

// Validate refuses a call that asks for nothing; its error is one of the call.
func (c *optimiseCmd) Validate() error {
	if c.Keep == 0 && c.Budget == 0 && c.Model != string(optimise.FewestSites) {
		return errors.New("missing flag: --keep=N, the number of sites to keep open, or --budget=GBP")
	}
	if c.Limit < 0 {
		return errors.New("--limit: want a time of zero (none) or more")
	}
	for _, list := range c.OneOf {
		if slices.Contains(strings.Split(list, ","), "") {
			return fmt.Errorf("--one-of %s: want ids of sites with a comma between, such as S01,S02", list)
		}
	}
	for _, pair := range c.Needs {
		if first, second, _ := strings.Cut(pair, "="); first == "" || second == "" {
			return fmt.Errorf("--needs %s: want the id of a site and of the one that it needs, such as S02=S01", pair)
		}
	}
	return nil
}

// Run solves, prints and, with --out, writes the answer. It fails when the rules
// leave no set at all, after saying why.
func (c *optimiseCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	solver, tier, err := c.solver(s)
	if err != nil {
		return err
	}
	if info, err := os.Stat(c.Out); err == nil && !info.IsDir() { // before the work, not after it
		return fmt.Errorf("--out %s: want a folder, found a file", c.Out)
	}
	p := newProgress(s)
	r, err := s.run(ctx, spec, c.env(open, p))
	var found *study.OptimiseResult
	if err == nil {
		found, err = study.Optimise(ctx, r, c.request(tier), c.env(open, p), solver)
	}
	p.done()
	if err != nil {
		return err
	}
	doc := optimiseDoc{found.Summary(r)}
	if c.Out != "" {
		if err := writeOptimised(ctx, c.Out, found, doc); err != nil {
			return err
		}
	}
	if c.JSON {
		err = doc.json(s.out)
	} else {
		err = doc.print(s.out)
	}
	if err != nil {
		return err
	}
	if c.Out != "" && !c.JSON {
		fmt.Fprintf(s.out, "\nThe answer is in %s%c\n", filepath.Clean(c.Out), filepath.Separator)
	}
	if found.Answer.Verdict != optimise.Found {
		return errReported
	}
	return nil
}

// solver finds the exact solver that the tier needs.
func (c *optimiseCmd) solver(s std) (optimise.Solver, optimise.Tier, error) {
	if c.Tier != "auto" && c.Tier != string(optimise.Proven) {
		return nil, optimise.Tier(c.Tier), nil
	}
	solver, err := cbc.Find()
	switch {
	case err == nil:
		return solver, optimise.Proven, nil
	case c.Tier == "auto":
		fmt.Fprintf(s.err, "certified, not proven: %v\n", err)
		return nil, optimise.Certified, nil
	}
	return nil, "", fmt.Errorf("--tier proven: %w, or ask for --tier certified", err)
}

func (c *optimiseCmd) request(tier optimise.Tier) study.OptimiseRequest {
	q := study.OptimiseRequest{
		Model: optimise.Model(c.Model), Tier: tier, Weight: c.Weight, Minutes: c.Minutes,
		Keep: c.Keep, AtMost: c.AtMost, DistrictMin: c.DistrictMin, DistrictMax: c.DistrictMax, Budget: c.Budget,
		DeprivedFloor: c.DeprivedFloor, DistrictFloor: c.DistrictFloor,
		Limit: c.Limit, Prices: c.Prices, Closing: c.Closing, ClosingBest: c.ClosingBest, Front: c.Front, Within: c.Within,
	}
	if q.Model == optimise.BackupCover {
		q.Theta = c.Theta
	}
	q.In, q.Out = siteIDs(c.Open), siteIDs(c.Close)
	for _, list := range c.OneOf {
		q.OneOf = append(q.OneOf, siteIDs(strings.Split(list, ",")))
	}
	for _, pair := range c.Needs {
		satellite, hub, _ := strings.Cut(pair, "=")
		q.Needs = append(q.Needs, [2]county.SiteID{county.SiteID(satellite), county.SiteID(hub)})
	}
	return q
}

func siteIDs(texts []string) (ids []county.SiteID) {
	for _, text := range texts {
		ids = append(ids, county.SiteID(text))
	}
	return ids
}

// writeOptimised writes the three files into dir, each whole or not at all:
// they are written beside their places first, and moved there when all are done.
func writeOptimised(ctx context.Context, dir string, found *study.OptimiseResult, doc optimiseDoc) (err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("folder for the answer: %w", err)
	}
	stage, err := os.MkdirTemp(dir, ".optimise-")
	if err != nil {
		return fmt.Errorf("folder for the answer: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	files := []struct {
		name  string
		write func(*os.File) error
	}{
		{"optimise.csv", func(f *os.File) error { return doc.csv(f) }},
		{"model.mps", func(f *os.File) error { return optimise.WriteMPS(f, found.Problem) }},
		{"optimise.json", func(f *os.File) error { return doc.json(f) }},
	}
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeSynced(filepath.Join(stage, file.name), file.write); err != nil {
			return fmt.Errorf("write %s: %w", file.name, err)
		}
	}
	for _, file := range files {
		if err := os.Rename(filepath.Join(stage, file.name), filepath.Join(dir, file.name)); err != nil {
			return fmt.Errorf("write %s: %w", file.name, err)
		}
	}
	return nil
}

func writeSynced(path string, write func(*os.File) error) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) // #nosec G304 -- a file of a fixed name in the folder that the operator names
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := write(f); err != nil {
		return err
	}
	return f.Sync()
}
