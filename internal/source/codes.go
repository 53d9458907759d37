package source

import (
	"io"
	"strings"
)

// Codes are text columns: look-ups, classifications, options, costs.
type Codes struct {
	Rows []CodeRow
	// Read counts the rows of the file, Filtered those that Options.Keep left
	// out; Rows holds the difference.
	Read, Filtered int
}

// ReadCodes reads text columns by the name of their field, in that order. A
// field takes the column that Options.Fields names, the text of Options.Values,
// or the first of its well-known headers that the file has; a field without
// such a list is looked for under its own name. A field that ends in "?" may be
// missing: its texts are then empty.
//
// Fields with well-known headers: code, name, district, district_name; from, to
// and change of the 2011 to 2021 look-up; class and class_name of the
// rural-urban classification; settlement and settlement_name. Rows may repeat.
func ReadCodes(r io.Reader, file string, o Options, fields []string) (Codes, error) {
	return codesOf(o, fields, func(in rowReader) error { return eachRow(r, file, o, in) })
}

// codesOf reads text columns of a table, which each gives row by row.
func codesOf(o Options, fields []string, each func(rowReader) error) (Codes, error) {
	var codes Codes
	from := make([]cellOf, len(fields))
	err := each(rowReader{
		header: func(c columns) error { return textFields(c, fields, o, from) },
		row: func(line int, cells []string) error {
			row := CodeRow{Line: line, Texts: make([]string, len(from))}
			for i, f := range from {
				row.Texts[i] = f.in(cells)
			}
			codes.Rows = append(codes.Rows, row)
			return nil
		},
		counts: func(read, filtered int) { codes.Read, codes.Filtered = read, filtered },
	})
	if err != nil {
		return Codes{}, err
	}
	return codes, nil
}

func textFields(c columns, fields []string, o Options, from []cellOf) error {
	for i, name := range fields {
		var err error
		if optional, ok := strings.CutSuffix(name, "?"); ok {
			from[i], err = c.field("", optional, o)
		} else {
			from[i], err = c.require("", name, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
