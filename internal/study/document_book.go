package study

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"hubreach/internal/county"
	"hubreach/internal/estate"
	"hubreach/internal/source"
)

// OptionsSheet is the name of the sheet that lists the options of a workbook, and
// OptionsColumns its columns: one row an option, with the sheet of its sites.
const OptionsSheet = "Options"

// OptionsColumns are the columns of OptionsSheet.
var OptionsColumns = [...]string{"option_id", "name", "based_on", "author", "about", "sheet"}

// MaxBook bounds what a workbook of options may hold and unpack to, in bytes. A
// cell takes Excel some 30 bytes, so that half a million of them fit.
const MaxBook = 16 << 20

// maxBookOptions bounds the options of a workbook.
const maxBookOptions = 50

// ReadOptionBook reads the options of an XLSX workbook: those that the sheet
// "Options" lists, each from the sheet of its own that the list names, with the
// columns of OptionColumns in any order; other columns are for people and are not
// read. file is its name, for messages. An error names sheet, line and column.
func ReadOptionBook(r io.Reader, file string) ([]OptionDocument, error) {
	book, err := io.ReadAll(io.LimitReader(r, MaxBook+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", file, err)
	case len(book) > MaxBook:
		return nil, fmt.Errorf("%s: %w: over %d MB: want a workbook of options", file, ErrBadDocument, MaxBook>>20)
	}
	if err := checkCells(book, file); err != nil {
		return nil, err
	}
	open, err := source.OpenBook(book, file, source.Options{MaxBytes: MaxBook})
	if err != nil {
		return nil, err
	}
	defer open.Close()
	return readOptions(open, file)
}

// readOptions reads the options of a workbook that is within its bounds.
func readOptions(book *source.Book, file string) ([]OptionDocument, error) {
	fields := OptionsColumns[:]
	list, err := readSheet(book, OptionsSheet, []string{fields[0], "name?", "based_on?", "author?", "about?", "sheet?"})
	if err != nil {
		return nil, err
	}
	if len(list.Rows) > maxBookOptions {
		return nil, &source.RowError{File: file, Field: "sheet " + OptionsSheet, Want: fmt.Sprintf("at most %d options, found %d", maxBookOptions, len(list.Rows)), Do: "share them out over several workbooks"}
	}
	var docs []OptionDocument
	taken := map[string]bool{}
	for _, row := range list.Rows {
		d := OptionDocument{ID: estate.OptionID(row.Texts[0]), Name: row.Texts[1], BasedOn: estate.OptionID(row.Texts[2]), Author: row.Texts[3], About: row.Texts[4], Sites: []OptionSite{}}
		sheet := row.Texts[5]
		if sheet == "" {
			sheet = row.Texts[0]
		}
		if taken[sheet] {
			return nil, &source.RowError{File: file, Line: row.Line, Field: "sheet " + OptionsSheet + ", sheet", Found: sheet, Want: "a sheet of its own for each option"}
		}
		taken[sheet] = true
		if d.Sites, err = readSites(book, file, sheet); err != nil {
			return nil, err
		}
		if err := d.Validate(); err != nil {
			return nil, fmt.Errorf("%s: sheet %s: %w", file, sheet, err)
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// readSheet reads one sheet by its column names in the first row. A sheet without
// rows below them is read as empty.
func readSheet(book *source.Book, sheet string, fields []string) (source.Codes, error) {
	rows, err := book.ReadCodes(sheet, fields)
	var at *source.RowError
	if errors.As(err, &at) && at.Field != "layer" {
		at.Field = strings.TrimSuffix("sheet "+sheet+", "+at.Field, ", ")
	}
	return rows, err
}

// readSites reads the sites of one option.
func readSites(book *source.Book, file, sheet string) ([]OptionSite, error) {
	fields := []string{siteColumns[0].Name}
	for _, c := range siteColumns[1:] {
		fields = append(fields, c.Name+"?")
	}
	rows, err := readSheet(book, sheet, fields)
	if err != nil {
		return nil, err
	}
	sites := []OptionSite{}
	seen := map[county.SiteID]bool{}
	for _, row := range rows.Rows {
		bad := func(column int, want string, err error) error {
			return &source.RowError{File: file, Line: row.Line, Field: "sheet " + sheet + ", " + siteColumns[column].Name, Found: row.Texts[column], Want: want, Err: err, Do: "correct the cell"}
		}
		var s OptionSite
		for k, text := range row.Texts {
			if err := s.SetCell(k, text); err != nil {
				return nil, bad(k, strings.TrimPrefix(err.Error(), "want "), nil)
			}
		}
		if seen[s.ID] {
			return nil, bad(0, "each site once", nil)
		}
		seen[s.ID] = true
		if err := s.validate(); err != nil {
			return nil, &source.RowError{File: file, Line: row.Line, Field: "sheet " + sheet, Err: err}
		}
		sites = append(sites, s)
	}
	return sites, nil
}
