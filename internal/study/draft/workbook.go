package draft

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// How much of a workbook is read. The ONS population workbook unpacks to over
// 600 MB; its header stands on row 4 of each sheet.
const (
	sheetMost    = 30       // sheets
	sheetRows    = 200      // rows of each
	sheetHead    = 8 << 20  // bytes of a sheet
	stringsHead  = 32 << 20 // bytes of the texts that the sheets share
	sheetColumns = 2_000
)

// workbook reads the first rows of every sheet. The decoder that a run uses
// unpacks sheets whole, so this one is of our own: it stops early.
func (s *sniffer) workbook(file string, z *zip.Reader) ([]*offer, error) {
	sheets, err := sheetsOf(z)
	if err != nil {
		return nil, err
	}
	var offers []*offer
	most := 0
	for i := range sheets {
		if err := sheets[i].read(z); err != nil {
			sheets[i].fault = err
		}
		most = max(most, sheets[i].shared)
	}
	texts, err := sharedStrings(z, most)
	if err != nil {
		return nil, err
	}
	for _, sh := range sheets {
		layer := sh.Name
		if len(sheets) == 1 {
			layer = ""
		}
		o, err := sh.offer(file, layer, texts)
		if err != nil {
			o = unread(file, layer, err)
		}
		offers = append(offers, o)
	}
	return offers, nil
}

// sheet is the beginning of one sheet of a workbook.
type sheet struct {
	Name   string `xml:"name,attr"`
	ID     string `xml:"id,attr"` // of the relation that names its file
	file   string
	rows   [][]sheetCell
	shared int // one more than the highest shared text that the rows use
	whole  bool
	fault  error
}

// sheetCell is a text, or the number of a shared one when shared is not negative.
type sheetCell struct {
	text   string
	shared int
}

// sheetsOf lists the sheets and their files.
func sheetsOf(z *zip.Reader) ([]sheet, error) {
	var book struct {
		Sheets []sheet `xml:"sheets>sheet"`
	}
	var relations struct {
		Of []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := decodeMember(z, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := decodeMember(z, "xl/_rels/workbook.xml.rels", &relations); err != nil {
		return nil, err
	}
	sheets := book.Sheets[:min(sheetMost, len(book.Sheets))]
	for i := range sheets {
		for _, r := range relations.Of {
			if r.ID == sheets[i].ID {
				sheets[i].file = strings.TrimPrefix(r.Target, "/")
				if !strings.HasPrefix(r.Target, "/") {
					sheets[i].file = path.Join("xl", r.Target)
				}
			}
		}
	}
	if len(sheets) == 0 {
		return nil, errors.New("a workbook without sheets")
	}
	return sheets, nil
}

func decodeMember(z *zip.Reader, name string, to any) error {
	r, err := z.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, sheetHead)).Decode(to)
}

// read reads the first rows of a sheet.
func (s *sheet) read(z *zip.Reader) error {
	r, err := z.Open(s.file)
	if err != nil {
		return err
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: sheetHead}
	d := xml.NewDecoder(limited)
	for len(s.rows) < sheetRows {
		t, err := d.Token()
		if errors.Is(err, io.EOF) && limited.N > 0 {
			s.whole = true
			return nil
		}
		if err != nil {
			if limited.N <= 0 && len(s.rows) > 0 {
				return nil // as much as is read
			}
			return err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "row" {
			var row struct {
				Cells []struct {
					At    string   `xml:"r,attr"`
					Type  string   `xml:"t,attr"`
					Value string   `xml:"v"`
					Texts []string `xml:"is>t"`
					Runs  []string `xml:"is>r>t"`
				} `xml:"c"`
			}
			if err := d.DecodeElement(&row, &e); err != nil {
				if limited.N <= 0 && len(s.rows) > 0 {
					return nil
				}
				return err
			}
			var cells []sheetCell
			for _, c := range row.Cells {
				column := columnOf(c.At, len(cells))
				if column < len(cells) || column >= sheetColumns {
					continue
				}
				for len(cells) < column {
					cells = append(cells, sheetCell{shared: -1})
				}
				cell := sheetCell{text: c.Value + strings.Join(c.Texts, "") + strings.Join(c.Runs, ""), shared: -1}
				if n, err := strconv.Atoi(strings.TrimSpace(c.Value)); c.Type == "s" && err == nil && n >= 0 {
					cell.shared = n
					s.shared = max(s.shared, n+1)
				}
				cells = append(cells, cell)
			}
			s.rows = append(s.rows, cells)
		}
	}
	return nil
}

// columnOf returns the column of a reference such as "AB12", from 0; next when
// the cell has none.
func columnOf(ref string, next int) int {
	column := 0
	for _, r := range ref {
		if r < 'A' || r > 'Z' || column > sheetColumns {
			break
		}
		column = column*26 + int(r-'A') + 1
	}
	if column == 0 {
		return next
	}
	return column - 1
}

// sharedStrings reads the first most texts that the sheets share, or as many as
// stand in the part that is read.
func sharedStrings(z *zip.Reader, most int) ([]string, error) {
	if most == 0 {
		return nil, nil
	}
	r, err := z.Open("xl/sharedStrings.xml")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, stringsHead))
	var texts []string
	for len(texts) < most {
		t, err := d.Token()
		if err != nil {
			return texts, nil
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "si" {
			var item struct {
				Text string   `xml:"t"`
				Runs []string `xml:"r>t"`
			}
			if err := d.DecodeElement(&item, &e); err != nil {
				return texts, nil
			}
			texts = append(texts, item.Text+strings.Join(item.Runs, ""))
		}
	}
	return texts, nil
}

// offer reads the rows as a table.
func (s *sheet) offer(file, layer string, texts []string) (*offer, error) {
	if s.fault != nil {
		return nil, s.fault
	}
	text, err := s.csv(texts)
	if err != nil {
		return nil, err
	}
	return tableOffer(file, layer, "xlsx", text, s.whole)
}

// csv writes the rows as text, each as wide as the widest.
func (s *sheet) csv(texts []string) ([]byte, error) {
	width := 0
	for _, row := range s.rows {
		width = max(width, len(row))
	}
	if width == 0 {
		return nil, errors.New("an empty sheet")
	}
	rows := make([][]string, len(s.rows))
	for i, row := range s.rows {
		rows[i] = make([]string, width)
		for j, c := range row {
			switch {
			case c.shared < 0:
				rows[i][j] = c.text
			case c.shared < len(texts):
				rows[i][j] = texts[c.shared]
			}
		}
	}
	return csvText(rows[0], rows[1:])
}
