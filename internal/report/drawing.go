package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hubreach/geo/shape"
)

// drawing is an SVG picture while it is written. Lengths are pixels.
type drawing struct {
	strings.Builder
	prefix string // of ids, so that several pictures may stand in one page
}

// put writes markup of ours as fmt does. Texts of others go through escaped.
func (d *drawing) put(format string, args ...any) { fmt.Fprintf(d, format, args...) }

// id returns a name for an element.
func (d *drawing) id(name string) string { return d.prefix + "-" + name }

// escaped returns a text as it may stand in XML, in one line. What XML 1.0 does
// not allow becomes a space.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case unicode.IsControl(r), r == utf8.RuneError, r == 0xfffe, r == 0xffff:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// words is how a text is set.
type words struct {
	size   int
	weight string // empty for normal
	anchor string // empty for start
	ink    string // empty for that of the picture
}

// text writes one line of text whose baseline is at y.
func (d *drawing) text(x, y int, w words, s string) {
	d.put(`<text x="%d" y="%d" font-size="%d"`, x, y, w.size)
	for _, a := range [...]struct{ name, value string }{{"font-weight", w.weight}, {"text-anchor", w.anchor}, {"fill", w.ink}} {
		if a.value != "" {
			d.put(` %s="%s"`, a.name, a.value)
		}
	}
	d.put(">%s</text>\n", escaped(s))
}

// path writes the data of a path: each line from its first spot, relative after
// that, in tenths of a pixel.
func (d *drawing) path(lines [][]shape.Spot, closed bool) {
	b := make([]byte, 0, 4096)
	number := func(n int) {
		if c := b[len(b)-1]; n >= 0 && c >= '0' && c <= '9' {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	for _, line := range lines {
		b = append(b, 'M')
		number(line[0].X)
		number(line[0].Y)
		b = append(b, 'l')
		last := len(line) - 1
		if !closed {
			last++
		}
		for k := 1; k < last; k++ {
			number(line[k].X - line[k-1].X)
			number(line[k].Y - line[k-1].Y)
		}
		if closed {
			b = append(b, 'z')
		}
	}
	d.Builder.Write(b)
}

// widthOf returns the width of a character in hundredths of the font's size: that
// of the usual sans-serif fonts and a tenth more, since some are wider.
func widthOf(r rune) int {
	switch {
	case strings.ContainsRune("iljI.,:;'|!()[]/ ftr-", r):
		return 31
	case strings.ContainsRune("mwMW%@", r):
		return 90
	case unicode.IsUpper(r):
		return 75
	}
	return 60
}

// widthOfText returns about how many pixels wide a text of a font size is.
func widthOfText(s string, size int) int {
	n := 0
	for _, r := range s {
		n += widthOf(r)
	}
	return (n*size + 99) / 100
}

// linesOf breaks a text into lines of at most so many pixels. A word that is
// longer is cut.
func linesOf(s string, size, room int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && widthOfText(line+" "+word, size) <= room {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; widthOfText(line, size) > room; {
			cut := fitting(line, size, room)
			lines = append(lines, line[:cut])
			line = line[cut:]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fitting returns how many bytes of s have room, those of one character at least.
func fitting(s string, size, room int) int {
	n := 0
	for at, r := range s {
		n += widthOf(r)
		if at > 0 && (n*size+99)/100 > room {
			return at
		}
	}
	return len(s)
}
