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
		{"more elements than a reader should make values of", strings.Repeat("<row/>", 1<<20), "", "sheet1.xml: want at most 1048576 elements in all parts"},
		{"a number in pieces", strings.Repeat(`<c t="s"><v>1<!-- -->0</v></c>`, 600), strings.Repeat("<si/>", 10) + long(30_000), "sheet1.xml: want cells of at most 16 million characters"},
		{"a word for a number, which stands for the first", strings.Repeat(`<c t="s"><v>x</v></c>`, 600), long(30_000), "sheet1.xml: want cells of at most 16 million characters"},
		{"an element in a number", `<c t="s"><v>1<b/>0</v></c>`, "", "sheet1.xml: want values that are plain text"},
		{"another encoding", `<?xml version="1.0" encoding="utf-7"?>`, "", "sheet1.xml: want parts in UTF-8"},
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

// What a workbook asks for is counted wherever in it it stands.
func TestHostileBookHasNoHidingPlace(t *testing.T) {
	const wide = `<row><c r="XFD1"/></row>`
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/Worksheets/Sheet1.XML", "xl/other/sheet1.xml", "sheet.png", "xl/sharedstrings.xml.xml"} {
		book := bookOf(t, "", "", name, fmt.Sprintf(sheetXML, wide))
		if _, err := study.ReadOptionBook(bytes.NewReader(book), "o.xlsx"); err == nil || !strings.Contains(err.Error(), "at most 702 columns") {
			t.Errorf("%s: error %v, want it refused for its columns", name, err)
		}
	}
	for _, name := range []string{"xl/sharedStrings.xml", "XL/SHAREDSTRINGS.XML"} {
		book := bookOf(t, "", "", name, fmt.Sprintf(textsXML, "<si><t>"+strings.Repeat("y", 200_000)+"</t></si>"))
		if _, err := study.ReadOptionBook(bytes.NewReader(book), "o.xlsx"); err == nil || !strings.Contains(err.Error(), "at most 32767 characters") {
			t.Errorf("%s: error %v, want it refused for its texts", name, err)
		}
	}
}

// bookOf is a workbook of one sheet and shared texts, and more parts: names and
// texts.
func bookOf(t *testing.T, sheet, texts string, more ...string) []byte {
	t.Helper()
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var book bytes.Buffer
	w := zip.NewWriter(&book)
	parts := [][2]string{
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + office + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/worksheets/sheet1.xml", sheet},
		{"xl/sharedStrings.xml", texts},
	}
	for i := 0; i+1 < len(more); i += 2 {
		parts = append(parts, [2]string{more[i], more[i+1]})
	}
	for _, part := range parts {
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
