package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"hubreach/internal/county"
	"hubreach/internal/study"
)

// WriteOptionBook writes documents as an XLSX workbook for planners: a sheet to
// read first, one that lists the options, and one an option with a row a site.
// Statuses and yes or no are held to their choices by the spreadsheet. Columns
// "building" and "district" say what a site of the study is; they are for people,
// and study.ReadOptionBook, which reads all else back exactly, leaves them.
// The bytes depend on nothing but r and docs.
func WriteOptionBook(ctx context.Context, w io.Writer, r *study.Results, docs []study.OptionDocument) (err error) {
	b := workbook{File: excelize.NewFile(), taken: map[string]bool{}}
	defer func() {
		if cerr := b.Close(); err == nil {
			err = cerr
		}
	}()
	if err := b.begin("Options: " + firstOf(r.Spec.Title, r.Spec.Name)); err != nil {
		return err
	}
	if err := b.optionsReadMe(r); err != nil {
		return err
	}
	b.taken["options"], b.taken["history"] = true, true // a name that Excel keeps for itself
	names := make([]string, len(docs))
	var list [][]value
	for i, d := range docs {
		names[i] = b.name(string(d.ID))
		list = append(list, []value{text(d.ID), text(d.Name), text(d.BasedOn), text(d.Author), text(d.About), text(names[i])})
	}
	clear(b.taken)
	b.taken["read me"] = true
	if err := b.sheet(study.OptionsSheet, study.OptionsColumns[:], list); err != nil {
		return err
	}
	for i, d := range docs {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.optionSheet(r, names[i], d); err != nil {
			return err
		}
	}
	var packed bytes.Buffer
	if err := b.Write(&packed); err != nil {
		return err
	}
	return repack(w, packed.Bytes())
}

// optionsReadMe writes the first sheet.
func (b *workbook) optionsReadMe(r *study.Results) error {
	say := func(name, words string) []value { return []value{text(name), text(words)} }
	rows := [][]value{
		say("What", "Estate options of "+firstOf(r.Spec.Title, r.Spec.Name)+", to change and read back: hubreach options import STUDY FILE.xlsx"),
		say("Options", "One row an option. option_id: letters, digits, - _ and . alone. based_on: an option that the sites without a row, or without a status, are as in. sheet: the sheet with its sites. A new option is a new row and a copy of a sheet."),
		say("Empty", "An empty cell is as the study's tables have it. For a new site it is not known: a cost that nobody gave is \"not costed\", never zero."),
		say("A new site", "Add a row with an id of its own, a name, lon and lat. To move a site, give its row lon and lat."),
		say("building, district", "What the study calls the site and where it stands. For people; not read back."),
	}
	for _, c := range study.OptionColumns() {
		rows = append(rows, say(c.Name, c.About))
	}
	rows = append(rows, say("Fingerprint", r.Fingerprint))
	return b.sheet("Read me", []string{"about", "words"}, rows)
}

// optionSheet writes the sites of one option.
func (b *workbook) optionSheet(r *study.Results, name string, d study.OptionDocument) error {
	columns := study.OptionColumns()
	head := []string{columns[0].Name, "building", "district"}
	var held []choices
	for _, c := range columns[1:] {
		head = append(head, c.Name)
		if c.Choices != nil {
			held = append(held, choices{len(head), c})
		}
	}
	known := map[county.SiteID]county.Site{}
	for _, s := range r.County.Sites {
		if !s.Proposed() {
			known[s.ID] = s
		}
	}
	var rows [][]value
	for _, s := range d.Sites {
		was := known[s.ID]
		row := []value{text(s.ID), text(was.Name), text(r.County.DistrictName(was.District))}
		for i, c := range columns {
			if i > 0 {
				row = append(row, cellOf(s.Cell(i), c.Number))
			}
		}
		rows = append(rows, row)
	}
	return b.sheet(name, head, rows, held...)
}

// cellOf is what stands in a column as a value, exactly.
func cellOf(cell string, number bool) value {
	if n, err := strconv.ParseFloat(cell, 64); number && err == nil {
		return value{kind: isReal, text: cell, number: n}
	}
	return text(cell)
}

// choices are what the cells of a column may hold; column counts from 1.
type choices struct {
	column int
	of     study.OptionColumn
}

// hold holds the column of a sheet to its choices, in its rows and in some below
// them for new sites.
func (c choices) hold(b *workbook, sheet string, rows int) error {
	const spare = 200 // rows
	column, err := excelize.ColumnNumberToName(c.column)
	if err != nil {
		return err
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s2:%s%d", column, column, rows+1+spare))
	if err := v.SetDropList(c.of.Choices); err != nil {
		return err
	}
	v.SetError(excelize.DataValidationErrorStyleStop, c.of.Name, c.of.About)
	return b.AddDataValidation(sheet, v)
}
