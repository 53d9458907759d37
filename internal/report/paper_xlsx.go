package report

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"hubreach/internal/study"
)

// PaperXLSX writes the tables of a committee report as a workbook: a sheet to
// read first, which says what the others hold, then one a table. Numbers are
// numbers, unrounded but where the read-me says so; what is hidden or not known says so. The bytes depend on nothing but
// the results. The errors are those of PaperHTML.
func PaperXLSX(ctx context.Context, w io.Writer, r *study.Results, params PaperParams) (err error) {
	p, err := newPaper(r, params)
	if err != nil {
		return err
	}
	b := workbook{File: excelize.NewFile(), taken: map[string]bool{}}
	defer func() {
		if cerr := b.Close(); err == nil {
			err = cerr
		}
	}()
	if err := b.begin(p.Title); err != nil {
		return err
	}
	if err := b.sheet("Read me", []string{"about", "words"}, p.readMe()); err != nil {
		return err
	}
	for _, s := range p.Sections {
		for _, x := range s.Blocks {
			g, ok := x.(grid)
			if !ok {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := b.sheet(g.Sheet, g.Head, g.values()); err != nil {
				return err
			}
		}
	}
	var packed bytes.Buffer
	if err := b.Write(&packed); err != nil {
		return err
	}
	return repack(w, packed.Bytes())
}

// readMe is the first sheet of the workbook of a report.
func (p *paper) readMe() [][]value {
	rows := [][]value{
		{text("What"), text(p.Title + ": " + p.Subtitle)},
		{text("Fingerprint"), text(p.Print)},
		{text("Cells"), text("Numbers are not rounded: shares are 0 to 1, people are modelled (those of target areas are rounded to 5), minutes and kilometres stand where the column says so, money is pounds. “hidden” stands for a small number, or one that would give a small number away.")},
	}
	n := 1
	for _, s := range p.Sections {
		for _, x := range s.Blocks {
			if g, ok := x.(grid); ok {
				n++
				rows = append(rows, []value{text(fmt.Sprintf("Sheet %d: %s", n, g.Sheet)), text(g.Caption)})
				if g.Note != "" {
					rows = append(rows, []value{text(""), text(g.Note)})
				}
			}
		}
	}
	for _, note := range p.r.NotAssessed {
		rows = append(rows, []value{text("Not assessed"), text(note)})
	}
	for _, l := range p.r.Spec.Licences {
		rows = append(rows, []value{text("Licence"), text(l.Text)})
	}
	return rows
}

// values returns the rows as cells: numbers where there are, else the words.
func (g grid) values() [][]value {
	rows := make([][]value, len(g.Rows))
	for i, row := range g.Rows {
		for _, d := range row {
			v := d.Value
			if v.kind == unknown {
				v = text(d.Text)
			}
			rows[i] = append(rows[i], v)
		}
	}
	return rows
}
