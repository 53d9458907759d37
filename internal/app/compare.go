package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// compareCmd compares options.
type compareCmd struct {
	studyFlags
	A    string   `arg:"" help:"Id of the option to start from."`
	B    string   `arg:"" help:"Id of the option that would replace it."`
	More []string `arg:"" optional:"" help:"Ids of more options to put beside them."`
	With string   `help:"Folder of an earlier run that the comparison has to belong to: refused when its study is another." placeholder:"DIR"`
	JSON bool     `name:"json" help:"Print the comparison as JSON."`
}

// errOtherStudy means that results of two studies were to be compared.
var errOtherStudy = errors.New("not the same study")

// Run prints the options side by side, and who gains, keeps and loses a hub within
// the walk from the first to each other.
func (c *compareCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	p := newProgress(s)
	e := c.env(open, p)
	r, err := s.run(ctx, spec, e)
	if err == nil {
		err = belongs(c.With, r)
	}
	var cmp *comparison
	if err == nil {
		cmp, err = compare(ctx, r, e, append([]string{c.A, c.B}, c.More...))
	}
	p.done()
	if err != nil {
		return err
	}
	if c.JSON {
		return indentedJSON(s.out, cmp)
	}
	return cmp.print(s.out, r.Spec.Walk.Minutes)
}

// belongs refuses a run in dir whose fingerprint is not that of r: its figures come
// from other data, parameters or options, so a difference between the two says
// nothing of the options.
func belongs(dir string, r *study.Results) error {
	if dir == "" {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(dir, "summary.json")) // #nosec G304 -- the operator names the folder of a run
	if err != nil {
		return fmt.Errorf("--with %s: %w; want the folder of a run", dir, err)
	}
	var s struct {
		Study struct{ Fingerprint string } `json:"study"`
	}
	if err := json.Unmarshal(text, &s); err != nil || s.Study.Fingerprint == "" {
		return fmt.Errorf("--with %s: summary.json has no fingerprint; want the folder of a run", dir)
	}
	if s.Study.Fingerprint != r.Fingerprint {
		return fmt.Errorf("--with %s: %w: its fingerprint is %.12s, this study's is %.12s: other data, parameters or options; run it again, or see what differs with hubreach diff", dir, errOtherStudy, s.Study.Fingerprint, r.Fingerprint)
	}
	return nil
}

// compare compares the options with these ids, two at least.
func compare(ctx context.Context, r *study.Results, e study.Env, ids []string) (*comparison, error) {
	options := make([]estate.OptionID, len(ids))
	for i, id := range ids {
		options[i] = estate.OptionID(id)
	}
	table, err := r.Performance(ctx, e, options...)
	if err != nil {
		return nil, err
	}
	out := &comparison{Fingerprint: r.Fingerprint, Walk: r.Walk.Method, Performance: performanceDocOf(r, table)}
	for i, to := range options[1:] {
		change, err := changeOf(r, options[0], to)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			out.change = *change
			continue
		}
		out.More = append(out.More, *change)
	}
	return out, nil
}

// changeOf says what option to does that from does not, and to whom.
func changeOf(r *study.Results, from, to estate.OptionID) (*change, error) {
	rows, err := r.ComparePublic(from, to)
	if err != nil {
		return nil, err
	}
	a, _, _ := r.Option(from)
	b, _, _ := r.Option(to)
	out := &change{A: sideOf(a), B: sideOf(b), Closes: []string{}, Opens: []string{}}
	for i, site := range r.County.Sites {
		before, after := a.Option.Status[i].Open(), b.Option.Status[i].Open()
		switch {
		case before && !after:
			out.Closes = append(out.Closes, site.Name)
		case after && !before:
			out.Opens = append(out.Opens, site.Name)
		}
	}
	for _, row := range rows {
		g := groupDifference{row.Dimension, row.Group, published(row.People), published(row.Kept), published(row.Lost), published(row.Gained), nil}
		if row.Dimension == "district" {
			g.Group = r.County.DistrictName(county.DistrictCode(row.Group))
		}
		if !row.Lost.Suppressed {
			g.ExtraMin = &row.ExtraMin
		}
		out.Groups = append(out.Groups, g)
	}
	return out, nil
}

// published returns the people of a cell, nil where they are hidden.
func published(c estate.Cell) *float64 {
	if c.Suppressed {
		return nil
	}
	return &c.People
}
