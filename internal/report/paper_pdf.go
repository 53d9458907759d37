package report

import (
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
// embedded fonts, and pictures drawn as lines. It is not tagged, because no kept
// library for Go can: whoever reads by ear is better served by the HTML. The
// bytes depend on nothing but the results. The errors are those of PaperHTML.
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
		d.section(s)
	}
	return d.Output(w)
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
	links  map[string]int // of the sections in the contents
}

// newPrinted begins the file with its title and contents.
func newPrinted(p *paper) *printed {
	d := &printed{Fpdf: fpdf.New("P", "mm", "A4", ""), p: p, ground: groundOf(p.r), links: map[string]int{}}
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
	d.SetAutoPageBreak(true, pdfMargin)
	d.SetCellMargin(0)
	d.SetFooterFunc(func() {
		d.SetY(-pdfMargin + 4)
		d.font("", pdfSmall)
		d.CellFormat(pdfWidth/2, 4, fmt.Sprintf("%s. Fingerprint %.12s", p.Title, p.Print), "", 0, "L", false, 0, "")
		d.CellFormat(pdfWidth/2, 4, fmt.Sprintf("Page %d", d.PageNo()), "", 0, "R", false, 0, "")
	})
	d.AddPage()
	d.font("B", 22)
	d.MultiCell(pdfWidth, 9, clean(p.Title), "", "L", false)
	d.paragraph(strings.TrimSpace(p.Subtitle + ". " + p.About))
	for _, s := range p.Sections {
		if s.Level == 2 {
			d.links[s.ID] = d.AddLink()
			d.font("", pdfText)
			d.SetTextColor(20, 78, 138)
			d.CellFormat(pdfWidth, 5.2, clean(s.Title), "", 1, "L", false, d.links[s.ID], "")
			d.SetTextColor(0, 0, 0)
		}
	}
	return d
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
	if link, ok := d.links[s.ID]; ok {
		d.SetLink(link, d.GetY(), d.PageNo())
	}
	d.Bookmark(clean(s.Title), level, -1)
	d.SetTextColor(18, 50, 74)
	d.font("B", size)
	d.MultiCell(pdfWidth, size*0.45, clean(s.Title), "", "L", false)
	d.SetTextColor(0, 0, 0)
	d.Ln(1)
	for _, b := range s.Blocks {
		switch b := b.(type) {
		case prose:
			d.paragraph(string(b))
		case points:
			for _, item := range b.Items {
				d.room(5)
				d.font("", pdfText)
				d.CellFormat(4, 5, "•", "", 0, "L", false, 0, "")
				d.MultiCell(pdfWidth-4, 5, clean(item), "", "L", false)
			}
			d.Ln(1.5)
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
	if f, ok := s.Blocks[0].(figure); ok {
		return d.figureHigh(f)
	}
	return 26
}

// paragraph sets a text.
func (d *printed) paragraph(s string) {
	d.font("", pdfText)
	d.MultiCell(pdfWidth, 5, clean(s), "", "L", false)
	d.Ln(1.5)
}

// grid sets a table whose columns are as wide as what they hold asks for, with
// its head again on every page.
func (d *printed) grid(g grid) {
	widths := d.columns(g)
	d.room(22)
	d.Ln(1)
	d.SetTextColor(18, 50, 74)
	d.font("B", 9)
	d.MultiCell(pdfWidth, 4.6, clean(g.Caption), "", "L", false)
	d.SetTextColor(0, 0, 0)
	head := make([]datum, len(g.Head))
	for i, h := range g.Head {
		head[i] = cell(h)
	}
	d.row(head, widths, "B", true)
	for _, r := range g.Rows {
		if d.GetY()+d.high(r, widths) > pdfBottom {
			d.AddPage()
			d.row(head, widths, "B", true)
		}
		d.row(r, widths, "", false)
	}
	if g.Note != "" {
		d.font("", pdfSmall+1)
		d.MultiCell(pdfWidth, 4, clean(g.Note), "", "L", false)
	}
	d.Ln(2)
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
func (d *printed) high(r []datum, widths []float64) float64 {
	d.font("B", pdfSmall)
	most := 1
	for i, x := range r {
		most = max(most, len(d.lines(x, widths[i])))
	}
	return float64(most)*pdfLine + 1.4
}

// row sets one row, its numbers at the right, a line below it.
func (d *printed) row(r []datum, widths []float64, style string, head bool) {
	x, y := pdfMargin, d.GetY()
	h := d.high(r, widths)
	if head {
		d.SetFillColor(238, 242, 245)
		d.Rect(x, y, sum(widths), h, "F")
	}
	for i, c := range r {
		own := style
		if i == 0 {
			own = "B"
		}
		d.font(own, pdfSmall)
		align := "L"
		if !head && c.Value.kind != isText && (c.Value.kind != unknown || c.Key != "") {
			align = "R"
		}
		for n, line := range d.lines(c, widths[i]) {
			d.SetXY(x, y+0.7+float64(n)*pdfLine)
			d.CellFormat(widths[i]-pdfGap, pdfLine, line, "", 0, align, false, 0, "")
		}
		x += widths[i]
	}
	d.SetDrawColor(118, 118, 118)
	d.SetLineWidth(0.15)
	d.Line(pdfMargin, y+h, pdfMargin+sum(widths), y+h)
	d.SetXY(pdfMargin, y+h)
}
