package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// compareCmd compares two options.
type compareCmd struct {
	studyFlags
	A    string `arg:"" help:"Id of the option to start from."`
	B    string `arg:"" help:"Id of the option that would replace it."`
	JSON bool   `name:"json" help:"Print the comparison as JSON."`
}

// comparison is two options side by side.
type comparison struct {
	Fingerprint string            `json:"fingerprint"`
	Walk        string            `json:"walk"`
	A           side              `json:"a"`
	B           side              `json:"b"`
	Closes      []string          `json:"closes"` // sites open in A only
	Opens       []string          `json:"opens"`  // sites open in B only
	Groups      []groupDifference `json:"groups"`
}

type side struct {
	ID            string   `json:"id"`
	Name          string   `json:"name"`
	Rank          int      `json:"rank"`
	Score         float64  `json:"score"`
	OpenSites     int      `json:"open_sites"`
	Covered       float64  `json:"covered_0_19"`
	CoveredInNeed float64  `json:"covered_in_need"`
	MeanWalkMin   float64  `json:"mean_walk_min"`
	Equity        float64  `json:"equity_index"`
	AnnualCost    *float64 `json:"annual_cost_gbp"`
}

type groupDifference struct {
	Dimension string  `json:"dimension"`
	Group     string  `json:"group"`
	People    float64 `json:"people"`
	Kept      float64 `json:"kept"`
	Lost      float64 `json:"lost"`
	Gained    float64 `json:"gained"`
	ExtraMin  float64 `json:"mean_extra_walk_min"` // of those who lose
}

// Run prints who gains, keeps and loses 20-minute access from A to B.
func (c *compareCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	p := newProgress(s)
	r, err := study.Run(ctx, spec, c.env(open, p))
	p.done()
	if err != nil {
		return err
	}
	cmp, err := compare(r, estate.OptionID(c.A), estate.OptionID(c.B))
	if err != nil {
		return err
	}
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(cmp)
	}
	return cmp.print(s.out, r.Spec.Walk.Minutes)
}

func compare(r *study.Results, from, to estate.OptionID) (*comparison, error) {
	rows, err := r.Compare(from, to)
	if err != nil {
		return nil, err
	}
	a, _, _ := r.Option(from)
	b, _, _ := r.Option(to)
	out := &comparison{Fingerprint: r.Fingerprint, Walk: r.Walk.Method, A: sideOf(a), B: sideOf(b)}
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
		group := row.Group
		if row.Dimension == "district" {
			for _, d := range r.County.Districts {
				if string(d.Code) == group {
					group = d.Name
				}
			}
		}
		out.Groups = append(out.Groups, groupDifference{row.Dimension, group, row.People, row.Before - row.Lost, row.Lost, row.Gained, row.ExtraMin})
	}
	return out, nil
}

func sideOf(o *study.OptionResult) side {
	s := side{ID: string(o.Option.ID), Name: o.Option.Name, Rank: o.Score.Rank, Score: o.Score.Score, OpenSites: len(o.Option.OpenSites()),
		Covered: o.Covered, CoveredInNeed: o.CoveredInNeed, MeanWalkMin: o.MeanWalkMin, Equity: o.Equity}
	if o.Costed {
		s.AnnualCost = &o.AnnualCost
	}
	return s
}

func (c *comparison) print(out io.Writer, minutes float64) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "A  %s: %s\nB  %s: %s\nWalks: %s\n\n", c.A.ID, c.A.Name, c.B.ID, c.B.Name, c.Walk)
	fmt.Fprintln(w, "\tA\tB\tB - A\t")
	row := func(name, format string, a, b float64) {
		fmt.Fprintf(w, "%s\t"+format+"\t"+format+"\t%+"+format[1:]+"\t\n", name, a, b, b-a)
	}
	row("open sites", "%.0f", float64(c.A.OpenSites), float64(c.B.OpenSites))
	row("score", "%.3f", c.A.Score, c.B.Score)
	row(fmt.Sprintf("aged 0-19 within %g minutes", minutes), "%.0f", c.A.Covered, c.B.Covered)
	row("of them in need", "%.0f", c.A.CoveredInNeed, c.B.CoveredInNeed)
	row("mean walk, minutes", "%.1f", c.A.MeanWalkMin, c.B.MeanWalkMin)
	row("equity index", "%.3f", c.A.Equity, c.B.Equity)
	if c.A.AnnualCost != nil && c.B.AnnualCost != nil {
		row("pounds a year", "%.0f", *c.A.AnnualCost, *c.B.AnnualCost)
	} else {
		fmt.Fprintln(w, "pounds a year\tnot costed\tnot costed\t\t")
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nB closes %d sites and opens %d. Who keeps, loses and gains a site within %g minutes:\n\n", len(c.Closes), len(c.Opens), minutes)
	w = tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tgroup\tpeople\tkept\tlost\tgained\textra minutes of those who lose\t")
	for _, g := range c.Groups {
		fmt.Fprintf(w, "%s\t%s\t%.0f\t%.0f\t%.0f\t%.0f\t%.1f\t\n", g.Dimension, g.Group, g.People, g.Kept, g.Lost, g.Gained, g.ExtraMin)
	}
	return w.Flush()
}
