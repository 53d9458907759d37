package app

import (
	"context"
	"encoding/json"
	"fmt"

	"hubreach/internal/county"
	"hubreach/internal/study"
)

// checkCmd checks the data of a study.
type checkCmd struct {
	studyFlags
	JSON bool `name:"json" help:"Print the checks as JSON."`
}

// Run prints every check; the command fails when one does.
func (c *checkCmd) Run(ctx context.Context, s std) error {
	spec, open, err := c.open()
	if err != nil {
		return err
	}
	p := newProgress(s)
	r, err := study.Load(ctx, spec, c.env(open, p))
	p.done()
	if err != nil {
		return err
	}
	failed := 0
	for _, check := range r.Checks {
		if check.Ran && !check.Passed {
			failed++
		}
	}
	if c.JSON {
		enc := json.NewEncoder(s.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		if err := enc.Encode(checkRows(r.Checks)); err != nil {
			return err
		}
	} else {
		for _, check := range r.Checks {
			fmt.Fprintf(s.out, "%-8s%s\n        %s\n", verdict(check), check.Title, check.Detail)
		}
		for _, in := range r.Inputs {
			fmt.Fprintf(s.out, "%-8s%s: %d rows read, %d used, %d dropped\n", "input", in.File, in.Read, in.Used, in.Dropped)
		}
	}
	fmt.Fprintf(s.err, "%d checks, %d failed\n", len(r.Checks), failed)
	if failed > 0 {
		return errReported
	}
	return nil
}

func verdict(c county.Check) string {
	switch {
	case !c.Ran:
		return "not run"
	case c.Passed:
		return "passed"
	}
	return "FAILED"
}

// checkRow is a check as --json prints it.
type checkRow struct {
	Title  string `json:"title"`
	Ran    bool   `json:"ran"`
	Passed bool   `json:"passed"`
	Detail string `json:"detail"`
}

func checkRows(cs []county.Check) []checkRow {
	rows := make([]checkRow, len(cs))
	for i, c := range cs {
		rows[i] = checkRow(c)
	}
	return rows
}
