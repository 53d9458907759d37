package source

import (
	"archive/zip"
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// isWorkbook tells whether an archive is an XLSX workbook.
func isWorkbook(z *zip.Reader) bool {
	for _, f := range z.File {
		if f.Name == "xl/workbook.xml" {
			return true
		}
	}
	return false
}

// sheetRecords reads one sheet of a workbook, row by row: that of
// Options.Layer, or the only one. Numbers come as stored, not as displayed.
func sheetRecords(c content, o Options) (records, error) {
	return records{file: c.file, padded: true, each: func(add func(record) error) error {
		return guard(c.file, "a workbook", func() error { return eachSheetRow(c, o, add) })
	}}, nil
}

func eachSheetRow(c content, o Options, add func(record) error) error {
	f, err := openWorkbook(c, o)
	if err != nil {
		return err
	}
	defer f.Close()
	return eachRowOf(f, c.file, o, add)
}

// openWorkbook opens a workbook, which the caller closes. Sheets over 16 MB are
// unpacked to temporary files, which Close removes: the ONS population workbook
// holds three of 200 MB.
func openWorkbook(c content, o Options) (*excelize.File, error) {
	f, err := excelize.OpenReader(bytes.NewReader(c.raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: o.limit(), UnzipXMLSizeLimit: min(o.limit(), 16<<20)})
	if err != nil {
		return nil, &RowError{File: c.file, Want: "a workbook", Err: err, Do: refetch}
	}
	return f, nil
}

// eachRowOf reads the sheet of an open workbook that o.Layer names.
func eachRowOf(f *excelize.File, file string, o Options, add func(record) error) error {
	sheet, err := pickSheet(file, f.GetSheetList(), o)
	if err != nil {
		return err
	}
	rows, err := f.Rows(sheet)
	if err != nil {
		return &RowError{File: file, Field: sheet, Want: "a sheet of cells", Err: err}
	}
	defer rows.Close()
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return &RowError{File: file, Line: line, Field: sheet, Want: "a row of cells", Err: err}
		}
		if err := add(record{line, cells}); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return &RowError{File: file, Field: sheet, Want: "a sheet of cells", Err: err, Do: refetch}
	}
	return nil
}

func pickSheet(file string, sheets []string, o Options) (string, error) {
	if o.Layer == "" && len(sheets) == 1 {
		return sheets[0], nil
	}
	for _, s := range sheets {
		if s == o.Layer {
			return s, nil
		}
	}
	if o.Layer == "" {
		return "", &RowError{File: file, Want: "one sheet, found " + quoteList(sheets, 10), Do: "name one in layer"}
	}
	return "", &RowError{File: file, Field: "layer", Found: o.Layer, Want: "one of the sheets " + quoteList(sheets, 10)}
}

// guard runs a third-party decoder. What it does on damaged input is not ours
// to prove, so that a panic in it is an error in the file.
func guard(file, want string, decode func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &RowError{File: file, Want: want, Err: fmt.Errorf("damaged: %v", p), Do: refetch}
		}
	}()
	return decode()
}
