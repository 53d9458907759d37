package report

import (
	"fmt"

	"hubreach/internal/estate"
)

// Sizes of the legend, in pixels.
const (
	legendWidth = 580
	legendText  = 15
	legendNote  = 13
	legendRow   = 25
	swatchWide  = 36
	swatchHigh  = 17
	swatchRoom  = swatchWide + 12
)

// legendClasses writes the colours with the numbers of areas and residents, and
// returns where it ends.
func (p *picture) legendClasses(x, y int) int {
	const areas, number, share, bar = 375, 460, 510, 522 // ends of columns, start of the bars
	d := &p.drawing
	head := words{size: legendNote, weight: "bold", anchor: "end"}
	y += legendText
	d.text(x, y, words{size: legendText, weight: "bold"}, "Small areas")
	d.text(x+areas, y, head, "Areas")
	d.text(x+number, y, head, "Aged 0-19")
	d.text(x+share, y, head, "%")
	all := p.r.County.People(0, 19)
	figure := words{size: legendText, anchor: "end"}
	for i, t := range tallies(p.r, p.o) {
		y += legendRow
		l := looks[i]
		p.swatch(l, x, y-swatchHigh+4)
		d.text(x+swatchRoom, y, words{size: legendText}, l.label)
		d.text(x+areas, y, figure, thousands(float64(t.areas)))
		d.text(x+number, y, figure, thousands(t.people))
		d.text(x+share, y, figure, partOf(t.people, all))
		if all > 0 {
			d.put("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"11\" fill=\"#444\"/>\n", x+bar, y-10, float64(legendWidth-bar)*t.people/all)
		}
	}
	y += legendRow
	d.put("<path d=\"M%d %dH%d\" stroke=\"#444\"/>\n", x, y-18, x+share)
	d.text(x+swatchRoom, y, words{size: legendText}, "County")
	d.text(x+areas, y, figure, thousands(float64(len(p.r.County.Areas))))
	d.text(x+number, y, figure, thousands(all))
	y += 6
	for _, note := range []string{
		fmt.Sprintf("An area is outside when %s or more of its residents aged 0-19 live beyond the walk; the numbers are of all residents aged 0-19 of the areas. "+
			"An area to which several categories apply has the colour of the first.", percent(ratio(p.r.Thresholds.UncoveredShare))),
		"Large areas are thinly settled: the numbers, not the ground they cover, say how many people are meant.",
	} {
		y = p.paragraph(x, y, legendWidth, words{size: legendNote, ink: quiet}, note) + 3
	}
	return y
}

// swatch writes a sample of a class.
func (p *picture) swatch(l look, x, y int) {
	for _, fill := range p.fills(l) {
		p.swatches.put("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#444\" stroke-width=\"8\"/>\n", x*10, y*10, swatchWide*10, swatchHigh*10, fill)
	}
}

// legendMarks writes what the other signs mean, and returns where it ends.
func (p *picture) legendMarks(x, y, width int) int {
	d := &p.drawing
	y += legendText
	d.text(x, y, words{size: legendText, weight: "bold"}, "Sites under this option")
	counts := p.siteCounts()
	for _, s := range signs {
		if counts[s.sign] == 0 && s.optional {
			continue
		}
		y += legendRow
		p.mark(s.sign, x+swatchWide/2, y-5)
		d.text(x+swatchRoom, y, words{size: legendText}, fmt.Sprintf("%s: %s", s.label, thousands(float64(counts[s.sign]))))
	}
	y += legendRow
	p.swatches.put("<path d=\"M%d %dh%d\" %s/>\n", x*10, (y-5)*10, swatchWide*10, districtLine)
	d.text(x+swatchRoom, y, words{size: legendText}, "District border")
	y += legendRow
	for _, style := range []string{warrantedCase, warrantedLine} {
		p.swatches.put("<path d=\"M%d %dh%dv%dh%dz\" %s/>\n", x*10, (y-swatchHigh+4)*10, swatchWide*10, swatchHigh*10, -swatchWide*10, style)
	}
	towns := warranted(p.o.Outreach.Towns)
	if towns == "" {
		towns = "nowhere"
	} else {
		towns += " people in need aged 0-19 out of reach"
	}
	y = p.paragraph(x+swatchRoom, y-legendText-3, width-swatchRoom, words{size: legendText}, "Building warranted: "+towns)
	y = p.paragraph(x, y+10, width, words{size: legendNote, ink: quiet}, fmt.Sprintf("A building is warranted in a town, and an open site required, "+
		"when without it %s or more people in need aged 0-19 are out of reach of every open site.", tenths(p.r.Thresholds.BuildingThreshold)))
	return p.scaleBar(x, y+legendRow+10)
}

// scaleBar writes how long a kilometre is and where north is, and returns where
// it ends.
func (p *picture) scaleBar(x, y int) int {
	d := &p.drawing
	metres, length := p.frame.scaleBar()
	name := fmt.Sprintf("%g km", metres/1000)
	if metres < 1000 {
		name = fmt.Sprintf("%g m", metres)
	}
	d.put("<path d=\"M%d %dv8h%dv-8M%d %dv-5\" fill=\"none\" stroke=\"#222\" stroke-width=\"1.6\"/>\n", x, y-8, length, x+length/2, y)
	d.text(x+length+10, y, words{size: legendText}, name)
	n := x + length + 110
	d.put("<path d=\"M%d %dl6 18l-6-5l-6 5z\" fill=\"#222\"/>\n", n, y-16)
	d.text(n+14, y, words{size: legendText}, "North")
	return y + 6
}

// sign is how a site is drawn.
type sign uint8

const (
	signRequired sign = iota
	signOpen
	signOutreach
	signClosed
)

// signs are the signs of sites, in the order of the legend. An optional one is
// left out of it when no site has it.
var signs = [...]struct {
	sign     sign
	label    string
	optional bool
}{
	{signRequired, "Open and required", false},
	{signOpen, "Open, not required", false},
	{signOutreach, "Not open to walk in, used for outreach", true},
	{signClosed, "Closed", false},
}

// signOf returns the sign of site i.
func (p *picture) signOf(i int) sign {
	switch s := p.o.Option.Status[i]; {
	case s.Open() && p.o.Required[i]:
		return signRequired
	case s.Open():
		return signOpen
	case s == estate.OutreachOnly:
		return signOutreach
	}
	return signClosed
}

// siteCounts counts sites by sign: those of the county, and those outside that
// are open to it.
func (p *picture) siteCounts() [len(signs)]int {
	var n [len(signs)]int
	for i, s := range p.r.County.Sites {
		if !s.Outside() || p.o.Option.Status[i].Open() {
			n[p.signOf(i)]++
		}
	}
	return n
}

// mark writes the sign of a site.
func (p *picture) mark(s sign, x, y int) {
	d := &p.drawing
	switch s {
	case signRequired:
		d.put("<circle cx=\"%d\" cy=\"%d\" r=\"4.6\" fill=\"#111\" stroke=\"#fff\"/>\n", x, y)
	case signOpen:
		d.put("<circle cx=\"%d\" cy=\"%d\" r=\"3.6\" fill=\"#fff\" stroke=\"#111\" stroke-width=\"2.2\"/>\n", x, y)
	case signOutreach:
		d.put("<path d=\"M%d %dl5 8h-10z\" fill=\"#fff\" stroke=\"#111\" stroke-width=\"1.6\"/>\n", x, y-5)
	case signClosed:
		cross := fmt.Sprintf("M%d %dl8 8m0-8l-8 8", x-4, y-4)
		d.put("<path d=\"%s\" stroke=\"#fff\" stroke-width=\"4.4\"/><path d=\"%s\" stroke=\"#111\" stroke-width=\"2\"/>\n", cross, cross)
	}
}

// paragraph writes a text in lines below y, and returns where it ends.
func (p *picture) paragraph(x, y, width int, w words, s string) int {
	for _, line := range linesOf(clean(s), w.size, width) {
		y += w.size * 13 / 10
		p.text(x, y, w, line)
	}
	return y
}

// partOf returns a part of all in whole per cent; what is less than half a per
// cent but not nothing is "<1%".
func partOf(part, all float64) string {
	if part > 0 && part/all < 0.005 {
		return "<1%"
	}
	return percent(ratio(part / all))
}
