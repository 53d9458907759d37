package study_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"hubreach/internal/study"
)

// sheetXML and textsXML are parts of a workbook, as Excel writes them.
const (
	sheetXML = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>`
	textsXML = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>`
)

// A small workbook can ask for much: a row is padded to its last cell, and a
// shared text in pieces is put together again for every cell that names it.
func TestHostileBook(t *testing.T) {
	long := func(n int) string {
		return "<si>" + strings.Repeat("<r><t>x</t></r>", 8) + "<r><t>" + strings.Repeat("y", n) + "</t></r></si>"
	}
	named := strings.Repeat(`<c r="A1" t="s"><v>0</v></c>`, 200)
	for _, c := range []struct{ name, row, texts, want string }{
		{"a cell at the end of its row", `<c r="XFD1"/>`, "", "sheet1.xml: want at most 702 columns, found cell XFD1"},
		{"a text longer than a cell", "", long(200_000), "sharedStrings.xml: want texts of at most 32767 characters"},
		{"one text in very many cells", strings.Repeat("<row>"+named+"</row>", 3), long(30_000), "sheet1.xml: want cells of at most 16 million characters in all"},
		{"within every bound", `<row r="1"><c r="ZZ1"/></row>`, long(30_000), `"Options"`}, // read on: the sheet is not there
	} {
		t.Run(c.name, func(t *testing.T) {
			book := bookOf(t, fmt.Sprintf(sheetXML, c.row), fmt.Sprintf(textsXML, c.texts))
			if _, err := study.ReadOptionBook(bytes.NewReader(book), "o.xlsx"); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// bookOf is a workbook of one sheet and shared texts.
func bookOf(t *testing.T, sheet, texts string) []byte {
	t.Helper()
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var book bytes.Buffer
	w := zip.NewWriter(&book)
	for _, part := range [][2]string{
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + office + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/worksheets/sheet1.xml", sheet},
		{"xl/sharedStrings.xml", texts},
	} {
		f, err := w.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return book.Bytes()
}
