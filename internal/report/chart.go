package report

import (
	"fmt"
	"strings"
)

// chartWidth is how wide a chart is; lengths in a chart are pixels from its upper
// left corner, and a pen makes of them what its page needs.
const chartWidth = 720

// chart is a picture of numbers. It is laid out once, and drawn by a pen.
type chart interface {
	// high is how many pixels high it is.
	high() int
	draw(pen)
	// told is the same in words.
	told() string
}

// pen draws on a web page or on paper.
type pen interface {
	line(x0, y0, x1, y1 float64, i ink)
	box(x, y, wide, high float64, i ink)
	dot(x, y float64, d dot)
	// text writes one line whose baseline is at y.
	text(x, y int, w words, s string)
}

// ink says what a part of a chart is; its colour, light or dark, is the page's.
type ink uint8

const (
	inkBar ink = iota
	inkTrack
	inkGrid // lines to read values by
	inkLink // lines between dots
)

// inkNames are the classes of inks on a web page.
var inkNames = [...]string{inkBar: "bar", inkTrack: "track", inkGrid: "grid", inkLink: "link"}

// dot is the form of a point, so that none is told by its colour alone.
type dot uint8

const (
	dotOther  dot = iota // a ring
	dotToday             // a square: the baseline
	dotOption            // a diamond: the option that the chart is about
)

// dotSize is how far a dot reaches from its middle.
const dotSize = 7.0

// svgOf draws a chart for a web page, in the colours of the page.
func svgOf(f figure) string {
	d := drawing{prefix: f.ID}
	high := f.Chart.high()
	d.put("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s %s\" class=\"chart\">\n", chartWidth, high, chartWidth, high, d.id("title"), d.id("desc"))
	d.put("<title id=\"%s\">%s</title>\n<desc id=\"%s\">%s</desc>\n<g fill=\"currentColor\" font-family=\"Arial, Helvetica, sans-serif\">\n", d.id("title"), escaped(f.Caption), d.id("desc"), escaped(f.words()))
	f.Chart.draw(&d)
	d.put("</g>\n</svg>\n")
	return d.String()
}

func (d *drawing) line(x0, y0, x1, y1 float64, i ink) {
	d.put("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n", x0, y0, x1, y1, inkNames[i])
}

func (d *drawing) box(x, y, wide, high float64, i ink) {
	d.put("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n", x, y, wide, high, inkNames[i])
}

func (d *drawing) dot(x, y float64, form dot) {
	if form == dotOther {
		d.put("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"other\"/>\n", x, y, dotSize-1)
		return
	}
	var corners []string
	for _, c := range cornersOf(form) {
		corners = append(corners, fmt.Sprintf("%.1f,%.1f", x+c[0], y+c[1]))
	}
	d.put("<polygon points=\"%s\" class=\"%s\"/>\n", strings.Join(corners, " "), [...]string{dotToday: "today", dotOption: "option"}[form])
}

// cornersOf are those of a square or a diamond, from its middle.
func cornersOf(form dot) [][2]float64 {
	if form == dotToday {
		const s = dotSize - 1
		return [][2]float64{{-s, -s}, {s, -s}, {s, s}, {-s, s}}
	}
	const s = dotSize + 2
	return [][2]float64{{0, -s}, {s, 0}, {0, s}, {-s, 0}}
}

// legend says what dots stand for, side by side from x.
func legend(p pen, x, y int, names map[dot]string) {
	for form := dotOther; form <= dotOption; form++ {
		name, ok := names[form]
		if !ok {
			continue
		}
		p.dot(float64(x)+dotSize, float64(y)-5, form)
		const size, most = 14, 320
		if cut := fitting(name, size, most); cut < len(name) {
			name = name[:cut] + "…"
		}
		p.text(x+20, y, words{size: size}, name)
		x += 40 + widthOfText(name, size)
	}
}
