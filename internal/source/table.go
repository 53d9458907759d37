package source

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Table is a table as published: text cells, trimmed, under trimmed headers.
type Table struct {
	Header []string
	Rows   []TableRow
	// Read counts the rows under the header, blank ones aside; Filtered are
	// those of them that Options.Keep left out. Rows holds the difference.
	Read, Filtered int
}

// TableRow is a row of a Table. Cells are as many as the headers; codes stay
// text, and numbers are as the file spells them.
type TableRow struct {
	Line  int // line of a text file, row of a sheet, from 1
	Cells []string
}

// ReadTable reads a table whole: CSV in UTF-8 or Windows-1252, plain, as .gz or
// as the one CSV of a .zip, or a sheet of an XLSX workbook. The header may stand
// below a title: without Options.HeaderRow it is the first of the first 30 rows
// that fills more than half as many cells as the fullest of them.
//
// A row with fewer or more cells than the header is a *RowError, except for
// empty cells at its end and, in a workbook, cells left off its end. Rows
// without any text are passed over.
func ReadTable(r io.Reader, file string, o Options) (*Table, error) {
	t := &Table{}
	err := eachRow(r, file, o, rowReader{
		header: func(c columns) error {
			t.Header = c.names
			return nil
		},
		row: func(line int, cells []string) error {
			t.Rows = append(t.Rows, TableRow{line, slices.Clone(cells)})
			return nil
		},
		counts: func(read, filtered int) { t.Read, t.Filtered = read, filtered },
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// rowReader receives a table: the header first, then every row that
// Options.Keep keeps, then the counts. cells is valid only during the call.
type rowReader struct {
	header func(c columns) error
	row    func(line int, cells []string) error
	counts func(read, filtered int)
}

// record is a line of cells before it is known whether it is title, header or row.
type record struct {
	line  int
	cells []string
}

// records gives the lines of a table to each, in order; cells is valid only
// during the call. padded says that lines leave off empty cells at their end.
type records struct {
	file   string
	padded bool
	each   func(func(record) error) error
}

// eachRow reads any table to in.
func eachRow(r io.Reader, file string, o Options, in rowReader) error {
	c, err := open(r, file, o)
	if err != nil {
		return err
	}
	rs, err := tableOf(c, o)
	if err != nil {
		return err
	}
	return scan(rs, o, in)
}

// tableOf finds the table in a file by its content.
func tableOf(c content, o Options) (records, error) {
	if c.archive == nil {
		return csvRecords(c.file, c.data, o)
	}
	if isWorkbook(c.archive) {
		return sheetRecords(c, o)
	}
	csvs := members(c.archive, ".csv")
	if o.Layer != "" {
		all := csvs
		csvs = nil
		for _, f := range all {
			if isMember(f, o.Layer) {
				csvs = append(csvs, f)
			}
		}
		if len(csvs) == 0 {
			return records{}, &RowError{File: c.file, Field: "layer", Found: o.Layer, Want: "one of " + memberNames(all)}
		}
	}
	if len(csvs) != 1 {
		return records{}, &RowError{File: c.file, Want: "one CSV file in the archive, found " + memberNames(csvs), Do: "name one in layer"}
	}
	data, err := readMember(csvs[0], c.file, o)
	if err != nil {
		return records{}, err
	}
	return csvRecords(c.file+"/"+csvs[0].Name, data, o)
}

// scan finds the header among the records, holds every row to its width, keeps
// what Options.Keep wants and hands it to in.
func scan(rs records, o Options, in rowReader) error {
	s := scanner{file: rs.file, padded: rs.padded, o: o, in: in}
	if err := rs.each(s.add); err != nil {
		return err
	}
	if !s.started {
		if err := s.start(); err != nil {
			return err
		}
	}
	in.counts(s.read, s.filtered)
	return nil
}

// headerSearch is how many lines are looked at to find the header.
const headerSearch = 30

type scanner struct {
	file    string
	padded  bool
	o       Options
	in      rowReader
	held    []record // the first lines, until the header is found
	started bool
	width   int
	keep    keep
	headed  int // line of the header

	read, filtered int
}

// add takes one record. Records are held until the header can be told.
func (s *scanner) add(r record) error {
	filled := false
	for i, cell := range r.cells {
		r.cells[i] = strings.TrimSpace(cell)
		filled = filled || r.cells[i] != ""
	}
	if !filled || r.line < s.o.HeaderRow {
		return nil
	}
	if s.started {
		return s.row(r)
	}
	s.held = append(s.held, record{r.line, slices.Clone(r.cells)})
	if len(s.held) == headerSearch || s.o.HeaderRow != 0 {
		return s.start()
	}
	return nil
}

// start takes the header from the held records and passes on the others.
func (s *scanner) start() error {
	s.started = true
	if len(s.held) == 0 {
		return &RowError{File: s.file, Line: max(s.o.HeaderRow, 0), Want: "a row of column names, found no text"}
	}
	names, rest := s.header()
	s.width = len(names)
	c := newColumns(s.file, s.headed, names)
	if err := s.in.header(c); err != nil {
		return err
	}
	var err error
	if s.keep, err = c.keep(s.o); err != nil {
		return err
	}
	for _, r := range rest {
		if err := s.row(r); err != nil {
			return err
		}
	}
	s.held = nil
	return nil
}

// header tells the column names and the records under them.
func (s *scanner) header() ([]string, []record) {
	if s.o.HeaderRow == NoHeader {
		names := make([]string, len(s.held[0].cells))
		for i := range names {
			names[i] = strconv.Itoa(i + 1)
		}
		return names, s.held
	}
	at := 0
	if s.o.HeaderRow == 0 {
		at = widest(s.held)
	}
	s.headed = s.held[at].line
	return trimEnd(s.held[at].cells), s.held[at+1:]
}

// widest returns the first record that fills more than half as many cells as
// the fullest, or the next fullest of three and more, which keeps one faulty row
// from being taken for the header. Titles and notes above a header are narrow.
func widest(rs []record) int {
	var counts []int
	for _, r := range rs {
		counts = append(counts, filled(r.cells))
	}
	sorted := slices.Sorted(slices.Values(counts))
	most := sorted[len(sorted)-1]
	if len(sorted) >= 3 {
		most = sorted[len(sorted)-2]
	}
	return slices.IndexFunc(counts, func(n int) bool { return 2*n > most })
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

// trimEnd leaves off the empty cells at the end.
func trimEnd(cells []string) []string {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// row holds a record to the header's width and passes it on if it is kept.
func (s *scanner) row(r record) error {
	cells := r.cells
	if len(cells) > s.width {
		cells = cells[:max(s.width, len(trimEnd(cells)))]
	}
	for s.padded && len(cells) < s.width {
		cells = append(cells, "")
	}
	if len(cells) != s.width {
		want := fmt.Sprintf("%d cells as in the header on line %d, found %d", s.width, s.headed, len(cells))
		if s.headed == 0 {
			want = fmt.Sprintf("%d cells as in the first line, found %d", s.width, len(cells))
		}
		return &RowError{File: s.file, Line: r.line, Want: want}
	}
	s.read++
	if !s.keep.has(cells) {
		s.filtered++
		return nil
	}
	return s.in.row(r.line, cells)
}
