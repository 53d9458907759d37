package source

import "github.com/xuri/excelize/v2"

// Book is an XLSX workbook that is unpacked once, however many of its sheets are
// read. It is not safe for use from several goroutines.
type Book struct {
	content content
	open    *excelize.File
	options Options
}

// OpenBook unpacks a workbook to o.MaxBytes at most. file is its name, for
// messages. The caller closes it.
func OpenBook(data []byte, file string, o Options) (*Book, error) {
	z, err := openZip(data, file, o)
	if err != nil {
		return nil, err
	}
	b := &Book{content: content{file: file, archive: z, raw: data}, options: o}
	err = guard(file, "a workbook", func() (err error) {
		b.open, err = openWorkbook(b.content, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Close removes what was unpacked.
func (b *Book) Close() error { return b.open.Close() }

// ReadCodes is the function ReadCodes on one sheet, with column names in its first
// row.
func (b *Book) ReadCodes(sheet string, fields []string) (Codes, error) {
	o := b.options
	o.Layer, o.HeaderRow = sheet, 1
	rows := records{file: b.content.file, padded: true, each: func(add func(record) error) error {
		return guard(b.content.file, "a workbook", func() error { return eachRowOf(b.open, b.content.file, o, add) })
	}}
	return codesOf(o, fields, func(in rowReader) error { return scan(rows, o, in) })
}
