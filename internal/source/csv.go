package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// csvRecords reads comma-separated text.
func csvRecords(file string, data []byte, o Options) (records, error) {
	text, err := decodeText(file, data, o)
	if err != nil {
		return records{}, err
	}
	return records{file: file, each: func(add func(record) error) error {
		r := csv.NewReader(bytes.NewReader(text))
		r.FieldsPerRecord = -1 // rows are held to the header later, with their line
		r.ReuseRecord = true
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return csvError(file, err)
			}
			line, _ := r.FieldPos(0)
			if err := add(record{line, cells}); err != nil {
				return err
			}
		}
	}}, nil
}

func csvError(file string, err error) error {
	e := &RowError{File: file, Err: err, Want: "comma-separated cells"}
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		e.Line, e.Err = p.StartLine, p.Err
	}
	return e
}

// decodeText brings text to UTF-8 without a byte order mark. Text that is not
// UTF-8 is read as Windows-1252, in which every byte is a character, unless
// Options.Encoding says that it has to be UTF-8.
func decodeText(file string, data []byte, o Options) ([]byte, error) {
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, &RowError{File: file, Want: "a CSV or XLSX table, found binary data or UTF-16 text", Do: "save it as CSV in UTF-8"}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch strings.ToLower(o.Encoding) {
	case "", "utf-8":
		if utf8.Valid(data) {
			return data, nil
		}
		if o.Encoding != "" {
			return nil, &RowError{File: file, Line: badLine(data), Want: "text in UTF-8", Do: `set encoding = "windows-1252"`}
		}
	case "windows-1252":
	default:
		return nil, &RowError{File: file, Field: "encoding", Found: o.Encoding, Want: `"utf-8" or "windows-1252"`}
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return nil, &RowError{File: file, Want: "text in Windows-1252", Err: err}
	}
	return text, nil
}

// badLine returns the line of the first byte that is not UTF-8.
func badLine(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			return 1 + bytes.Count(data[:at], []byte("\n"))
		}
		at += size
	}
	return 0
}
