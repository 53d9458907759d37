package source

import (
	"io"
	"slices"
)

// Values are numbers by area.
type Values struct {
	Rows []ValueRow
	// Read counts the rows of the file, Filtered those that Options.Keep left
	// out; Rows holds the difference.
	Read, Filtered int
}

// ReadValues reads the named columns of a table as numbers, in that order, with
// the area code of each row (field "code"). A column is the one whose header is
// spelt exactly as named, else the only one that differs from it in case or
// blanks, else the only one of which one of the two is the beginning of the
// other. A blank cell, and the marks that publishers write for a value
// that is suppressed or not available ("-", ".", "..", ":", "*", "c", "x",
// "[c]", "[x]", "[z]", "NA" and the like) are not known. Thousands separators
// are taken out. Anything else that is not a number, a blank code and a code
// that comes twice are a *RowError.
func ReadValues(r io.Reader, file string, o Options, columnNames []string) (Values, error) {
	var v Values
	var cols columns
	var code cellOf
	at := make([]int, len(columnNames))
	seen := lines{}
	err := eachRow(r, file, o, rowReader{
		header: func(c columns) (err error) {
			cols = c
			if code, err = c.require("", "code", o); err != nil {
				return err
			}
			return findAll(c, columnNames, at)
		},
		row: func(line int, cells []string) error {
			row := ValueRow{Line: line, Code: code.in(cells), Values: make([]Value, len(at))}
			if err := seen.add(cols.file, line, "code", row.Code); err != nil {
				return err
			}
			for i, column := range at {
				var err error
				if row.Values[i], err = cols.number(line, column, cells); err != nil {
					return err
				}
			}
			v.Rows = append(v.Rows, row)
			return nil
		},
		counts: func(read, filtered int) { v.Read, v.Filtered = read, filtered },
	})
	if err != nil {
		return Values{}, err
	}
	return v, nil
}

// findAll finds the named columns; two names for one column are an error, since
// one of them then names something the file does not have.
func findAll(c columns, names []string, at []int) error {
	for i, name := range names {
		var err error
		if at[i], err = c.find(name); err != nil {
			return err
		}
		if before := slices.Index(at[:i], at[i]); before >= 0 && names[before] != name {
			return &RowError{File: c.file, Line: c.line, Field: "column", Found: clip(name),
				Want: "a column of its own: " + quoteList([]string{names[before], c.names[at[i]]}, 2) + " is taken"}
		}
	}
	return nil
}

// number reads one cell as a number.
func (c columns) number(line, column int, cells []string) (Value, error) {
	v, err := parseValue(cells[column])
	if err != nil {
		return Value{}, &RowError{File: c.file, Line: line, Field: c.names[column], Found: clip(cells[column]), Want: "a number, or a blank where it is not known"}
	}
	return v, nil
}

// lines holds on which line each code stands, so that none comes twice.
type lines map[string]int

// add notes a code. A blank one and one that was there before are errors.
func (l lines) add(file string, line int, field, code string) error {
	if code == "" {
		return &RowError{File: file, Line: line, Field: field, Want: "a code, found a blank"}
	}
	if before, ok := l[code]; ok {
		return &RowError{File: file, Line: line, Field: field, Found: clip(code), Want: "each code once: it is on line " + plainNumber(float64(before)) + " too"}
	}
	l[code] = line
	return nil
}
