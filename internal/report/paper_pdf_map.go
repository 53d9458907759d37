package report

import (
	"fmt"
	"strconv"
	"strings"

	"hubreach/geo/shape"
)

// figure sets a chart or a map, with its words below it.
func (d *printed) figure(f figure) {
	if f.Chart == nil {
		d.mapOf(f)
		return
	}
	d.room(d.figureHigh(f))
	d.within("P", func() { d.caption(f.Caption) })
	top, high := d.GetY(), chartScale*float64(f.Chart.high())
	d.picture(f, high, func() { f.Chart.draw(&chartPen{d, top}) })
	d.SetXY(pdfMargin, top+high+2)
}

// picture draws a figure that is so many millimetres high, and gives it its words.
func (d *printed) picture(f figure, high float64, draw func()) {
	y := d.GetY()
	about := fmt.Sprintf(" /Alt %s /A <</O /Layout /Placement /Block /BBox [%.1f %.1f %.1f %.1f]>>", pdfString(f.words()), pdfMargin*pdfPoints, d.up(y+high), (pdfMargin+pdfWidth)*pdfPoints, d.up(y))
	d.withinAs("Figure", about, func() { d.marked(draw) })
}

// up is how far a place on the page, in millimetres from its top, is from its
// foot, in points.
func (d *printed) up(y float64) float64 { return (297 - y) * pdfPoints }

// caption sets the name of a table or a figure.
func (d *printed) caption(s string) {
	d.SetTextColor(18, 50, 74)
	d.font("B", 9)
	d.flow(s, pdfMargin, pdfWidth, 4.6)
	d.SetTextColor(0, 0, 0)
	d.Ln(0.6)
}

// pdfPoints is how many points of a PDF are in a millimetre.
const pdfPoints = 72 / 25.4

// mapOf sets the map of an option and its legend.
func (d *printed) mapOf(f figure) {
	high := float64(d.ground.frame.box.y1) * d.mapScale()
	d.room(d.figureHigh(f))
	d.within("P", func() { d.caption(f.Caption) })
	top := d.GetY()
	d.picture(f, high, func() { d.drawMap(f, top, high) })
	d.SetXY(pdfMargin, top+high+2)
	d.within("L", func() { d.legend(f.Map) })
	d.font("", 8)
	d.within("P", func() {
		d.flow("A dashed line goes around a town in which a building would be fair. Thick lines are districts. North is up.", pdfMargin, pdfWidth, 4.2)
	})
	d.Ln(2)
}

// drawMap draws the areas by class, with hatches, borders, and open and closed
// sites.
func (d *printed) drawMap(f figure, top, high float64) {
	o, g := d.p.option(f.Map), d.ground
	scale := d.mapScale()
	at := func(s shape.Spot) (x, y float64) { // points from the lower left corner
		return (pdfMargin + float64(s.X)/10*scale) * pdfPoints, (297 - top - float64(s.Y)/10*scale) * pdfPoints
	}
	drawn := tallies(d.p.r, o)
	for _, c := range classes {
		if drawn[c].areas == 0 {
			continue
		}
		outline := pdfPath(g.mesh.Outline(func(a int) bool { return classOf(o.Outreach.Areas[a]) == c }), at, true)
		l := looks[c]
		d.RawWriteStr(fmt.Sprintf("q %s rg %sf* Q\n", pdfColour(l.fill), outline))
		if l.hatch != "" {
			d.RawWriteStr(fmt.Sprintf("q %sW* n 0.35 w %s RG %sQ\n", outline, pdfColour(l.ink), d.hatch(c, top, high)))
		}
	}
	c := d.p.r.County
	outer := func(areas []int) bool {
		return len(areas)%2 == 1 || c.Areas[areas[0]].District != c.Areas[areas[len(areas)-1]].District
	}
	d.RawWriteStr("q 0.15 w 1 1 1 RG " + pdfPath(g.mesh.Lines(func(a []int) bool { return !outer(a) }), at, false) + "S Q\n")
	d.RawWriteStr("q 0.4 w 0.13 0.13 0.13 RG " + pdfPath(g.mesh.Lines(outer), at, false) + "S Q\n")
	towns := warrantedIn(o)
	if around := g.mesh.Outline(func(a int) bool { return towns[c.Areas[a].Settlement] }); len(around) > 0 {
		d.RawWriteStr("q 1 w 0 0 0 RG [2.5 1.2] 0 d " + pdfPath(around, at, true) + "S Q\n")
	}
	d.sites(f.Map, top, scale)
}

// mapScale is how many millimetres a pixel of a map is wide.
func (d *printed) mapScale() float64 {
	box := d.ground.frame.box
	return min(pdfWidth/float64(box.x1), 150/float64(box.y1))
}

// figureHigh returns how much room a figure asks for.
func (d *printed) figureHigh(f figure) float64 {
	if f.Chart != nil {
		const caption = 12
		return caption + chartScale*float64(f.Chart.high())
	}
	const legend = 52
	return float64(d.ground.frame.box.y1)*d.mapScale() + legend
}

// pdfPath writes lines as a path of a PDF's content.
func pdfPath(lines [][]shape.Spot, at func(shape.Spot) (x, y float64), closed bool) string {
	var b strings.Builder
	for _, line := range lines {
		for k, s := range line {
			x, y := at(s)
			b.WriteString(strconv.FormatFloat(x, 'f', 1, 64) + " " + strconv.FormatFloat(y, 'f', 1, 64))
			if k == 0 {
				b.WriteString(" m ")
			} else {
				b.WriteString(" l ")
			}
		}
		if closed {
			b.WriteString("h ")
		}
	}
	return b.String()
}

// pdfColour turns #a9d3ee, or #444, into the numbers of a PDF.
func pdfColour(hex string) string {
	hex = strings.TrimPrefix(hex, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	var parts []string
	for i := 0; i+2 <= len(hex); i += 2 {
		n, err := strconv.ParseUint(hex[i:i+2], 16, 8)
		if err != nil {
			n = 0 // never of our own colours
		}
		parts = append(parts, strconv.FormatFloat(float64(n)/255, 'f', 3, 64))
	}
	return strings.Join(parts, " ")
}

// hatch draws the lines of a class over the whole picture; whoever calls clips
// them. Each class has a slope and a spacing of its own, so that none is told by
// its colour alone.
func (d *printed) hatch(c class, top, high float64) string {
	x0, x1 := pdfMargin*pdfPoints, (210-pdfMargin)*pdfPoints
	y0, y1 := (297-top-high)*pdfPoints, (297-top)*pdfPoints
	var b strings.Builder
	slanted := func(step, slope float64) {
		for x := x0 - (y1 - y0); x < x1+(y1-y0); x += step {
			from, to := x, x+slope*(y1-y0)
			fmt.Fprintf(&b, "%.1f %.1f m %.1f %.1f l ", from, y0, to, y1)
		}
	}
	switch c {
	case classEdge:
		slanted(3, 1)
	case classTown:
		slanted(3.6, 1)
		slanted(3.6, -1)
	case classRural:
		slanted(6, -1)
	case classYouth:
		slanted(2.4, 0)
	case classNone:
		for y := y0; y < y1; y += 5 {
			fmt.Fprintf(&b, "[0.6 5] 0 d %.1f %.1f m %.1f %.1f l S ", x0, y, x1, y)
		}
		return b.String()
	}
	return b.String() + "S "
}

// sites draws the sites of option k, closed ones below, and the names of towns.
func (d *printed) sites(k int, top, scale float64) {
	p := picture{ground: d.ground, r: d.p.r, o: d.p.option(k)}
	places := p.places()
	for _, s := range places {
		d.sign(s.sign, pdfMargin+float64(s.x)*scale, top+float64(s.y)*scale)
	}
	for _, l := range p.labels(places) {
		d.name(l, pdfMargin+float64(l.x())*scale, top+float64(l.y())*scale, scale)
	}
}

// name writes the name of a town around a place on the page: a white edge, and
// the letters over it.
func (d *printed) name(l label, x, y, scale float64) {
	style := ""
	if l.bold {
		style = "B"
	}
	const narrow = 1.1 // our font is narrower than the one that the box has room for
	d.font(style, float64(l.size)*scale*pdfPoints*narrow)
	words := clean(l.text)
	x -= d.GetStringWidth(words) / 2
	d.SetDrawColor(255, 255, 255)
	d.SetLineWidth(0.5)
	d.SetTextRenderingMode(1)
	d.Text(x, y, words)
	d.SetTextRenderingMode(0)
	d.Text(x, y, words)
}

// sign draws the sign of a site at a place on the page.
func (d *printed) sign(s sign, x, y float64) {
	d.SetDrawColor(17, 17, 17)
	d.SetLineWidth(0.25)
	switch s {
	case signRequired:
		d.SetFillColor(17, 17, 17)
		d.Circle(x, y, 0.8, "F")
	case signOpen:
		d.SetFillColor(255, 255, 255)
		d.Circle(x, y, 0.65, "DF")
	case signOutreach:
		d.Line(x, y-0.8, x+0.8, y+0.6)
		d.Line(x+0.8, y+0.6, x-0.8, y+0.6)
		d.Line(x-0.8, y+0.6, x, y-0.8)
	case signClosed:
		d.Line(x-0.6, y-0.6, x+0.6, y+0.6)
		d.Line(x-0.6, y+0.6, x+0.6, y-0.6)
	}
}

// legend explains the classes and signs of a map, with their numbers.
func (d *printed) legend(k int) {
	p := picture{ground: d.ground, r: d.p.r, o: d.p.option(k)}
	for c, t := range tallies(d.p.r, p.o) {
		d.legendLine(fmt.Sprintf("%s: %d areas, %s residents aged 0-19", looks[c].label, t.areas, thousands(t.people)), func(y float64) { d.swatch(class(c), y) })
	}
	counts := p.siteCounts()
	for _, s := range signs {
		count := counts[s.sign]
		if s.optional && count == 0 {
			continue
		}
		d.legendLine(fmt.Sprintf("%s: %d sites", s.label, count), func(y float64) { d.sign(s.sign, pdfMargin+3.5, y+2.1) })
	}
}

// legendLine sets one line of a legend behind its sample.
func (d *printed) legendLine(words string, sample func(y float64)) {
	y := d.GetY()
	d.beside(func() { sample(y) })
	d.font("", 8)
	d.SetY(y)
	d.within("LI", func() {
		d.within("LBody", func() { d.flow(words, pdfMargin+9, pdfWidth-9, 4.2) })
	})
}

// swatch draws a sample of a class.
func (d *printed) swatch(c class, y float64) {
	l := looks[c]
	box := fmt.Sprintf("%.1f %.1f %.1f %.1f re ", pdfMargin*pdfPoints, d.up(y+3.6), 7*pdfPoints, 3*pdfPoints)
	d.RawWriteStr(fmt.Sprintf("q %s rg 0.2 w 0.4 0.4 0.4 RG %sB Q\n", pdfColour(l.fill), box))
	if l.hatch != "" {
		d.RawWriteStr(fmt.Sprintf("q %sW n 0.35 w %s RG %sQ\n", box, pdfColour(l.ink), d.hatch(c, y+0.6, 3)))
	}
}
