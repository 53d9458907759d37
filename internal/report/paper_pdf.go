package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"hubreach/internal/study"
)

// PaperPDF writes a committee report as PDF, A4: what PaperHTML says, with
// bookmarks for its headings, links from the contents, its language and title,
// embedded fonts, and pictures drawn as lines. It is tagged: headings, paragraphs,
// lists, tables with their heads, and pictures with words, in the order in which
// they are read. The bytes depend on nothing but the results. The errors are those
// of PaperHTML.
func PaperPDF(ctx context.Context, w io.Writer, r *study.Results, params PaperParams) error {
	p, err := newPaper(r, params)
	if err != nil {
		return err
	}
	d := newPrinted(p)
	for _, s := range p.Sections {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.within("Sect", func() { d.section(s) })
	}
	var plain bytes.Buffer
	if err := d.Output(&plain); err != nil {
		return err
	}
	whole, err := d.tags.into(plain.Bytes())
	if err != nil {
		return err
	}
	_, err = w.Write(whole)
	return err
}

// Sizes on the page, in millimetres, and of letters, in points.
const (
	pdfMargin = 16.0
	pdfWidth  = 210 - 2*pdfMargin
	pdfBottom = 297 - pdfMargin - 4
	pdfText   = 10.0
	pdfSmall  = 7.0
)

// printed is a report while it is laid out on pages.
type printed struct {
	*fpdf.Fpdf
	p      *paper
	ground *ground
	tags   *tagged
	places map[string]*place // of the sections in the contents
}

// newPrinted begins the file with its title and contents.
func newPrinted(p *paper) *printed {
	d := &printed{Fpdf: fpdf.New("P", "mm", "A4", ""), p: p, ground: groundOf(p.r), tags: newTagged(), places: map[string]*place{}}
	d.SetCatalogSort(true)
	made := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC) // files of ours hold no time
	d.SetCreationDate(made)
	d.SetModificationDate(made)
	d.SetProducer("hubreach", true)
	d.SetTitle(p.Title+": "+p.Subtitle, true)
	d.SetSubject("Study "+p.Study+", fingerprint "+p.Print, true)
	d.SetLang("en-GB")
	d.AddUTF8FontFromBytes("go", "", goregular.TTF)
	d.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	d.SetMargins(pdfMargin, pdfMargin, pdfMargin)
	d.SetAutoPageBreak(false, 0) // a mark ends before its page does: see flow
	d.SetCellMargin(0)
	d.SetFooterFunc(func() {
		d.SetY(-pdfMargin + 4)
		d.font("", pdfSmall)
		d.atFoot(func() {
			d.CellFormat(pdfWidth/2, 4, fmt.Sprintf("%s. Fingerprint %.12s", p.Title, p.Print), "", 0, "L", false, 0, "")
			d.CellFormat(pdfWidth/2, 4, fmt.Sprintf("Page %d", d.PageNo()), "", 0, "R", false, 0, "")
		})
	})
	d.AddPage()
	d.font("B", 22)
	d.within("H1", func() { d.flow(p.Title, pdfMargin, pdfWidth, 9) })
	d.paragraph(strings.TrimSpace(p.Subtitle + ". " + p.About))
	d.within("TOC", d.contents)
	return d
}

// contents lists the sections, each a link to where it begins.
func (d *printed) contents() {
	d.font("", pdfText)
	d.SetTextColor(20, 78, 138)
	for _, s := range d.p.Sections {
		if s.Level == 2 {
			d.places[s.ID] = &place{}
			d.within("TOCI", func() { d.link(s.Title, d.places[s.ID]) })
		}
	}
	d.SetTextColor(0, 0, 0)
}

func (d *printed) font(style string, size float64) { d.SetFont("go", style, size) }

// room begins a new page unless so many millimetres are left on this one.
func (d *printed) room(mm float64) {
	if d.GetY()+mm > pdfBottom {
		d.AddPage()
	}
}

// section sets one heading and its blocks.
func (d *printed) section(s section) {
	size, level := 13.0, 1
	if s.Level == 2 {
		size, level = 17, 0
		if s.ID != "summary" {
			d.AddPage()
		}
	}
	d.room(12 + d.first(s))
	d.Ln(4)
	if at := d.places[s.ID]; at != nil {
		at.page, at.y = d.PageNo(), d.up(d.GetY())
	}
	d.Bookmark(clean(s.Title), level, -1)
	d.SetTextColor(18, 50, 74)
	d.font("B", size)
	d.within(fmt.Sprintf("H%d", s.Level), func() { d.flow(s.Title, pdfMargin, pdfWidth, size*0.45) })
	d.SetTextColor(0, 0, 0)
	d.Ln(1)
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case prose:
			d.paragraph(string(b))
		case points:
			d.within("L", func() { d.list(b.Items) })
		case grid:
			d.grid(b)
		case figure:
			d.figure(b)
		}
	}
}

// first returns how high the first block of a section is at least, so that no
// heading stands alone at the foot of a page.
func (d *printed) first(s section) float64 {
	switch b := s.Blocks[0].(type) {
	case figure:
		return d.figureHigh(b)
	case grid:
		return d.least(b)
	}
	return 26
}

// least returns how much room a table asks for where it begins: all of it while
// that is less than half a page, so that a short one is not parted, and else its
// head and a row or two.
func (d *printed) least(g grid) float64 {
	const half, begun = 120, 22
	widths, high := d.columns(g), 14.0 // its caption and head, and a note
	for _, r := range g.Rows {
		if high += d.high(r, widths, bodyRow); high > half {
			return begun
		}
	}
	return high + 6
}

// paragraph sets a text.
func (d *printed) paragraph(s string) {
	d.font("", pdfText)
	d.within("P", func() { d.flow(s, pdfMargin, pdfWidth, 5) })
	d.Ln(1.5)
}

// list sets items, each behind a dot.
func (d *printed) list(items []string) {
	d.font("", pdfText)
	for _, item := range items {
		d.room(5)
		d.within("LI", func() {
			d.within("Lbl", func() { d.marked(func() { d.CellFormat(4, 5, "•", "", 0, "L", false, 0, "") }) })
			d.within("LBody", func() { d.flow(item, pdfMargin+4, pdfWidth-4, 5) })
		})
	}
	d.Ln(1.5)
}

// grid sets a table whose columns are as wide as what they hold asks for, with
// its head again on every page.
func (d *printed) grid(g grid) {
	widths, right := d.columns(g), numeric(g)
	d.room(d.least(g))
	d.Ln(1)
	head := make([]datum, len(g.Head))
	for i, h := range g.Head {
		head[i] = cell(h)
	}
	d.within("Table", func() {
		d.within("Caption", func() { d.caption(g.Caption) })
		d.within("THead", func() { d.within("TR", func() { d.row(head, widths, right, headRow) }) })
		d.within("TBody", func() {
			for _, r := range g.Rows {
				if d.GetY()+d.high(r, widths, bodyRow) > pdfBottom {
					d.AddPage()
					d.beside(func() { d.row(head, widths, right, headAgain) })
				}
				d.within("TR", func() { d.row(r, widths, right, bodyRow) })
			}
		})
	})
	if g.Note != "" {
		d.font("", pdfSmall+1)
		d.within("P", func() { d.flow(g.Note, pdfMargin, pdfWidth, 4) })
	}
	d.Ln(2)
}

// numeric tells the columns that hold numbers: they stand at the right, and so do
// their heads.
func numeric(g grid) []bool {
	right := make([]bool, len(g.Head))
	for _, r := range g.Rows {
		for i, c := range r {
			right[i] = right[i] || c.Value.kind != isText && (c.Value.kind != unknown || c.Key != "")
		}
	}
	return right
}

// The height of a line of a table and the space between columns, millimetres.
const (
	pdfLine = 3.2
	pdfGap  = 2.0
)

// columns shares the page out: each column gets what its widest cell asks for,
// up to a share of the page, and what is too much is taken from the widest.
func (d *printed) columns(g grid) []float64 {
	d.font("B", pdfSmall)
	want, least := make([]float64, len(g.Head)), make([]float64, len(g.Head))
	ask := func(i int, s string) {
		want[i] = max(want[i], min(d.GetStringWidth(clean(s)), 60)+pdfGap+0.5)
		for _, word := range strings.Fields(clean(s)) {
			least[i] = max(least[i], min(d.GetStringWidth(word), 34)+pdfGap+0.5)
		}
	}
	for i, h := range g.Head {
		for _, word := range strings.Fields(h) {
			ask(i, word)
		}
		for _, r := range g.Rows {
			ask(i, r[i].Text)
		}
	}
	for over := sum(want) - pdfWidth; over > 0.01; over = sum(want) - pdfWidth {
		widest := -1
		for i := range want {
			if want[i]-least[i] > 0.01 && (widest < 0 || want[i] > want[widest]) {
				widest = i
			}
		}
		if widest < 0 { // no word has room: all shrink alike
			for i := range want {
				want[i] *= pdfWidth / (over + pdfWidth)
			}
			break
		}
		want[widest] -= min(over, 1, want[widest]-least[widest])
	}
	wider := min(1.5, pdfWidth/sum(want))
	for i := range want {
		want[i] *= max(1, wider)
	}
	return want
}

func sum(xs []float64) float64 {
	n := 0.0
	for _, x := range xs {
		n += x
	}
	return n
}

// lines breaks the text of a cell.
func (d *printed) lines(x datum, width float64) []string {
	return d.SplitText(clean(x.Text), width-pdfGap)
}

// high returns how high a row is.
func (d *printed) high(r []datum, widths []float64, as part) float64 {
	most := 1
	for i, x := range r {
		d.font(as.style(i), pdfSmall)
		most = max(most, len(d.lines(x, widths[i])))
	}
	return float64(most)*pdfLine + 1.4
}

// part says which row of a table is set.
type part uint8

const (
	bodyRow part = iota
	headRow
	headAgain // on a further page, where it means nothing new
)

// style is how the letters of cell i are: a head's are bold.
func (p part) style(i int) string {
	if i == 0 || p != bodyRow {
		return "B"
	}
	return ""
}

// row sets one row, a line below it.
func (d *printed) row(r []datum, widths []float64, right []bool, as part) {
	x, y := pdfMargin, d.GetY()
	h := d.high(r, widths, as)
	rule := func() {
		if as != bodyRow {
			d.SetFillColor(238, 242, 245)
			d.Rect(x, y, sum(widths), h, "F")
		}
		d.SetDrawColor(118, 118, 118)
		d.SetLineWidth(0.15)
		d.Line(x, y+h, x+sum(widths), y+h)
	}
	if as == headAgain {
		rule()
	} else {
		d.beside(rule)
	}
	for i, c := range r {
		align := "L"
		if right[i] {
			align = "R"
		}
		d.font(as.style(i), pdfSmall)
		draw := func() {
			lines := d.lines(c, widths[i])
			for n, line := range lines {
				more := n < len(lines)-1
				if right[i] {
					more = n > 0
				}
				d.SetXY(x, y+0.7+float64(n)*pdfLine)
				d.CellFormat(widths[i]-pdfGap, pdfLine, spaced(line, more, right[i]), "", 0, align, false, 0, "")
			}
		}
		switch {
		case as == headAgain:
			draw()
		case as == headRow:
			d.withinAs("TH", headOfColumn, func() { d.marked(draw) })
		case i == 0:
			d.withinAs("TH", headOfRow, func() { d.marked(draw) })
		default:
			d.within("TD", func() { d.marked(draw) })
		}
		x += widths[i]
	}
	d.SetXY(pdfMargin, y+h)
}
