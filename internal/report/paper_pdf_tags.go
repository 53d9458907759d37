package report

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// tag is one element of what a PDF means: a heading, a paragraph, a table, a row,
// a cell, a picture. Kinds are those of ISO 32000-1, 14.8.4.
type tag struct {
	kind  string
	about string // further entries, such as the words for a picture
	kids  []kid
	of    *tag // nil for the document

	object int // its number in the file, once it has one
}

// kid is a part of a tag: another tag, a mark on a page, or a link.
type kid struct {
	tag  *tag
	mark mark
	link *jump
}

// mark is a piece of a page's content: the n-th of the page from 0. Pages count
// from 1.
type mark struct{ page, n int }

// jump is a link on a page to a section of the report.
type jump struct {
	page             int
	x, y, wide, high float64 // points: the lower left corner, width and height
	to               *place
	words            string
	tag              *tag

	object int
}

// place is where a section begins: a page from 1, and points from its foot.
type place struct {
	page int
	y    float64
}

// tagged is a report's structure while its pages are set. Everything drawn is
// either in a mark, and so has a meaning, or beside the text, as rules, fills and
// the foot of a page are.
type tagged struct {
	root  *tag
	now   *tag
	marks [][]*tag // by page from 0, the tag of each mark
	jumps []*jump
}

func newTagged() *tagged {
	root := &tag{kind: "Document"}
	return &tagged{root: root, now: root}
}

// within sets f as a part of the present tag.
func (d *printed) within(kind string, f func()) *tag { return d.withinAs(kind, "", f) }

// What a cell of a head is the head of: classes of tags, and what they stand for.
const (
	headOfColumn = "/C/Column"
	headOfRow    = "/C/Row"
	pdfClasses   = "/Column <</O /Table /Scope /Column>> /Row <</O /Table /Scope /Row>>"
)

// withinAs is within, with further entries, as headOfRow.
func (d *printed) withinAs(kind, about string, f func()) *tag {
	t := &tag{kind: kind, about: about, of: d.tags.now}
	t.of.kids = append(t.of.kids, kid{tag: t})
	d.tags.now = t
	f()
	d.tags.now = t.of
	return t
}

// marked draws something that means the present tag. It must not begin a page.
func (d *printed) marked(draw func()) {
	page := d.PageNo()
	for len(d.tags.marks) < page {
		d.tags.marks = append(d.tags.marks, nil)
	}
	m := mark{page, len(d.tags.marks[page-1])}
	d.tags.marks[page-1] = append(d.tags.marks[page-1], d.tags.now)
	d.tags.now.kids = append(d.tags.now.kids, kid{mark: m})
	d.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", d.tags.now.kind, m.n))
	draw()
	d.RawWriteStr("EMC")
}

// beside draws something that means nothing: a rule, a fill, a heading that is
// repeated.
func (d *printed) beside(draw func()) {
	d.RawWriteStr("/Artifact BMC")
	draw()
	d.RawWriteStr("EMC")
}

// atFoot draws the foot of a page.
func (d *printed) atFoot(draw func()) {
	d.RawWriteStr("/Artifact <</Type /Pagination /Subtype /Footer>> BDC")
	draw()
	d.RawWriteStr("EMC")
}

// flow sets a text of the present tag in lines, from x, over as many pages as it
// takes.
func (d *printed) flow(s string, x, width, line float64) {
	lines := d.SplitText(clean(s), width)
	for len(lines) > 0 {
		if d.GetY()+line > pdfBottom {
			d.AddPage()
		}
		n := min(len(lines), max(1, int((pdfBottom-d.GetY())/line)))
		d.marked(func() {
			for i, l := range lines[:n] {
				d.SetX(x)
				d.CellFormat(width, line, spaced(l, i < len(lines)-1, false), "", 1, "L", false, 0, "")
			}
		})
		lines = lines[n:]
	}
}

// spaced is a line of a text with the space that breaking it took away, where
// nobody sees it: whoever reads by ear hears two words, not one.
func spaced(line string, space, right bool) string {
	switch {
	case space && right:
		return " " + line
	case space:
		return line + " "
	}
	return line
}

// link sets a line that leads to a place.
func (d *printed) link(s string, to *place) {
	const line = 5.2
	j := &jump{page: d.PageNo(), x: pdfMargin * pdfPoints, y: d.up(d.GetY() + line), wide: d.GetStringWidth(clean(s)) * pdfPoints, high: line * pdfPoints, to: to, words: s}
	j.tag = d.within("Link", func() { d.flow(s, pdfMargin, pdfWidth, line) })
	j.tag.kids = append(j.tag.kids, kid{link: j})
	d.tags.jumps = append(d.tags.jumps, j)
}

// pdfString writes a text as PDFs hold it: UTF-16, in hexadecimal.
func pdfString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteString(">")
	return b.String()
}
