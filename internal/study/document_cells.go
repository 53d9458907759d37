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

// Bounds of the cells of a workbook of options. A reader pads each row to its
// last cell and writes a shared text out for every cell that names it, so that a
// small file could ask for any amount of memory.
const (
	maxBookColumns = 702     // the last is ZZ: no column of three letters
	maxBookText    = 32_767  // characters of one text: what Excel puts into a cell
	maxBookTexts   = MaxBook // characters of all cells together, shared texts counted each time
)

// checkCells refuses a workbook that asks for more than those bounds, in one pass
// over its shared texts and one over its sheets. What is no archive, or no XML, is
// left to the reader of workbooks, which says so.
func checkCells(book []byte, file string) error {
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return nil
	}
	cells := bookCells{file: file}
	for _, pass := range []struct {
		folder string
		read   func(part string, d *xml.Decoder) error
	}{{"xl", cells.texts}, {"xl/worksheets", cells.sheet}} {
		for _, f := range z.File {
			if path.Dir(f.Name) != pass.folder || path.Ext(f.Name) != ".xml" {
				continue
			}
			if err := eachPart(f, pass.read); err != nil {
				return err
			}
		}
	}
	return nil
}

func eachPart(f *zip.File, read func(string, *xml.Decoder) error) error {
	part, err := f.Open()
	if err != nil {
		return nil
	}
	defer part.Close()
	err = read(f.Name, xml.NewDecoder(io.LimitReader(part, MaxBook)))
	if refused := (*source.RowError)(nil); errors.As(err, &refused) {
		return refused
	}
	return nil
}

// bookCells counts what a workbook asks for.
type bookCells struct {
	file   string
	shared []int // characters of each shared text
	sum    int   // characters of all cells so far
}

// texts measures the shared texts, which one part of a workbook holds.
func (b *bookCells) texts(part string, d *xml.Decoder) error {
	if path.Base(part) != "sharedStrings.xml" {
		return nil
	}
	return eachToken(d, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" {
				b.shared = append(b.shared, 0)
			}
		case xml.CharData:
			if last := len(b.shared) - 1; last >= 0 {
				if b.shared[last] += len(t); b.shared[last] > 4*maxBookText { // bytes
					return b.refuse(part, fmt.Sprintf("texts of at most %d characters", maxBookText))
				}
			}
		}
		return nil
	})
}

// sheet adds up the cells of one sheet.
func (b *bookCells) sheet(part string, d *xml.Decoder) error {
	shared := false
	return eachToken(d, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				return nil
			}
			shared = attribute(t, "t") == "s"
			if cell := attribute(t, "r"); strings.IndexAny(cell, "0123456789") > 2 {
				return b.refuse(part, fmt.Sprintf("at most %d columns, found cell %.20s", maxBookColumns, cell))
			}
		case xml.CharData:
			if k, err := strconv.Atoi(strings.TrimSpace(string(t))); shared && err == nil && k >= 0 && k < len(b.shared) {
				b.sum += b.shared[k]
			}
			if b.sum > maxBookTexts {
				return b.refuse(part, fmt.Sprintf("cells of at most %d million characters in all", maxBookTexts>>20))
			}
		}
		return nil
	})
}

func (b *bookCells) refuse(part, want string) error {
	return &source.RowError{File: b.file, Field: path.Base(part), Want: want, Do: "keep the options alone in the workbook"}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func eachToken(d *xml.Decoder, f func(xml.Token) error) error {
	for {
		t, err := d.RawToken()
		if err != nil {
			return err
		}
		if err := f(t); err != nil {
			return err
		}
	}
}
