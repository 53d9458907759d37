package study

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"hubreach/internal/source"
)

// Bounds of a workbook of options. A reader makes a value of each element, pads
// each row to its last cell and writes a shared text out for every cell that names
// it, so that a small file could ask for any amount of memory and time.
const (
	maxBookElements = 1 << 20 // of all its parts together; a cell has two or three
	maxBookColumns  = 702     // the last is ZZ: no column of three letters
	maxBookText     = 32_767  // characters of one text: what Excel puts into a cell
	maxBookTexts    = MaxBook // characters of all cells together, shared texts counted each time
)

// checkCells refuses a workbook that asks for more than those bounds, in one pass
// over its shared texts and one over everything else: a workbook may keep a sheet
// in any of its parts, so none is left out for its name.
func checkCells(book []byte, file string) error {
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return &source.RowError{File: file, Want: "a workbook of options", Err: err, Do: "save it as .xlsx"}
	}
	cells := bookCells{file: file}
	for _, shared := range []bool{true, false} {
		for _, f := range z.File {
			if strings.EqualFold(f.Name, "xl/sharedStrings.xml") != shared {
				continue
			}
			if err := cells.read(f, shared); err != nil {
				return err
			}
		}
	}
	return nil
}

// bookCells counts what a workbook asks for.
type bookCells struct {
	file     string
	part     string
	elements int
	shared   []int // bytes of each shared text
	sum      int   // bytes of all shared texts of cells so far

	named  bool   // the cell that is read names a shared text
	inside bool   // its value is being read
	value  []byte // of that, what was read: in pieces, where a comment stands between
}

// errEncoding means a part that says that it is not in UTF-8. What it holds then
// depends on who reads it.
var errEncoding = errors.New("not in UTF-8")

// read counts one part, as far as it is XML: the reader of workbooks stops at the
// same place.
func (b *bookCells) read(f *zip.File, shared bool) error {
	part, err := f.Open()
	if err != nil {
		return nil // the reader of workbooks says so
	}
	defer part.Close()
	b.part = f.Name
	d := xml.NewDecoder(io.LimitReader(part, MaxBook))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errEncoding }
	for {
		token, err := d.RawToken()
		switch {
		case errors.Is(err, errEncoding):
			return b.refuse("parts in UTF-8")
		case err != nil:
			return nil
		}
		if _, ok := token.(xml.StartElement); ok {
			if b.elements++; b.elements > maxBookElements {
				return b.refuse(fmt.Sprintf("at most %d elements in all parts", maxBookElements))
			}
		}
		if shared {
			err = b.text(token)
		} else {
			err = b.cell(token)
		}
		if err != nil {
			return err
		}
	}
}

// text measures the shared texts.
func (b *bookCells) text(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if t.Name.Local == "si" {
			b.shared = append(b.shared, 0)
		}
	case xml.CharData:
		if last := len(b.shared) - 1; last >= 0 {
			if b.shared[last] += len(t); b.shared[last] > 4*maxBookText { // bytes
				return b.refuse(fmt.Sprintf("texts of at most %d characters", maxBookText))
			}
		}
	}
	return nil
}

// cell adds up the shared texts that the cells of a sheet name.
func (b *bookCells) cell(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		switch {
		case b.inside:
			return b.refuse("values that are plain text")
		case t.Name.Local == "c":
			return b.opened(t)
		case t.Name.Local == "v" && b.named:
			b.inside, b.value = true, b.value[:0]
		}
	case xml.CharData:
		if b.inside {
			b.value = append(b.value, t...)
		}
	case xml.EndElement:
		if b.inside {
			b.inside = false
			return b.names(string(bytes.TrimSpace(b.value)))
		}
	}
	return nil
}

// opened begins a cell.
func (b *bookCells) opened(cell xml.StartElement) error {
	b.named = false
	for _, a := range cell.Attr {
		switch a.Name.Local {
		case "t":
			b.named = b.named || a.Value == "s"
		case "r":
			if strings.IndexAny(a.Value, "0123456789") > 2 {
				return b.refuse(fmt.Sprintf("at most %d columns, found cell %.20s", maxBookColumns, a.Value))
			}
		}
	}
	return nil
}

// names adds the shared text that a value names. What is no number is taken for
// the first, as the reader of workbooks does.
func (b *bookCells) names(value string) error {
	k, err := strconv.Atoi(value)
	if err != nil {
		k = 0
	}
	if k >= 0 && k < len(b.shared) {
		b.sum += b.shared[k]
	}
	if b.sum > maxBookTexts {
		return b.refuse(fmt.Sprintf("cells of at most %d million characters in all", maxBookTexts>>20))
	}
	return nil
}

func (b *bookCells) refuse(want string) error {
	return &source.RowError{File: b.file, Field: path.Base(b.part), Want: want, Do: "keep the options alone in the workbook"}
}
