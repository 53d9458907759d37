package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// Map writes a picture of an option as SVG 1.1: the county's areas by what the
// option leaves them, its sites, towns and districts, with a legend that counts
// areas and residents, a scale bar, the study's licence lines and the beginning
// of its fingerprint. It is 1200 pixels wide, has no scripts, fonts or links,
// and says in its <desc> what summary.json says of the option, people rounded.
//
// Borders are those of the study's areas, simplified to within
// mapTolerance on the picture; neighbours keep one border between them.
//
// The error wraps estate.ErrNoOption for an option that the study does not
// have, ErrUnfinished for results without options, or is that of w.
func Map(w io.Writer, r *study.Results, id estate.OptionID) error {
	if err := finished(r); err != nil {
		return err
	}
	for k := range r.Options {
		if r.Options[k].Option.ID == id {
			_, err := io.WriteString(w, pictureOf(r, k, groundOf(r)))
			return err
		}
	}
	return fmt.Errorf("map: %w: %q", estate.ErrNoOption, id)
}

// mapNames returns the file of each option's picture. Many file systems do not
// tell a from A.
func mapNames(ids []estate.OptionID) []string {
	taken := map[string]bool{}
	var names []string
	for _, id := range ids {
		name := "map_" + string(id)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("map_%s_%d", id, n)
		}
		taken[strings.ToLower(name)] = true
		names = append(names, name+".svg")
	}
	return names
}

// mapWriters returns the writers of the pictures of so many options, to be called
// one after another for the same results: the ground is drawn up once.
func mapWriters(options int) []func(context.Context, io.Writer, *study.Results) error {
	var shared *ground
	var writers []func(context.Context, io.Writer, *study.Results) error
	for k := range options {
		writers = append(writers, func(ctx context.Context, w io.Writer, r *study.Results) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if shared == nil {
				shared = groundOf(r)
			}
			_, err := io.WriteString(w, pictureOf(r, k, shared))
			return err
		})
	}
	return writers
}

// Sizes of the picture, in pixels.
const (
	mapWidth  = 1200
	mapMargin = 30
	mapHeight = 860 // of the ground, at most
	mapGap    = 24  // between the ground and the legend
)

// mapTolerance is how far a simplified border may be from the true one, in
// tenths of a pixel. Half a pixel cannot be seen; on a picture of Kent it is
// some 40 m and leaves out three of four vertices.
const mapTolerance = 5

// How lines are drawn, lengths in tenths of a pixel.
const (
	areaLine      = `fill="none" stroke="#fff" stroke-width="6" stroke-opacity=".8" stroke-linejoin="round"`
	districtLine  = `fill="none" stroke="#222" stroke-width="12" stroke-linejoin="round"`
	warrantedCase = `fill="none" stroke="#fff" stroke-width="50" stroke-linejoin="round"`
	warrantedLine = `fill="none" stroke="#000" stroke-width="26" stroke-linejoin="round" stroke-dasharray="70 30"`
)

// quiet is the colour of texts that are not to be read first.
const quiet = "#444"

// ground is what the pictures of all options of a study have in common.
type ground struct {
	frame  frame
	mesh   shape.Mesh
	beside bool // the legend stands beside the ground, not below
}

func groundOf(r *study.Results) *ground {
	bound := r.County.Bound()
	g := &ground{beside: aspect(bound) < 0.8}
	width := mapWidth - 2*mapMargin
	if g.beside {
		width -= legendWidth + mapGap
	}
	g.frame = framed(bound, width, mapHeight)
	shapes := make([]orb.MultiPolygon, len(r.County.Areas))
	for i, a := range r.County.Areas {
		shapes[i] = a.Shape
	}
	g.mesh = shape.NewMesh(shapes, g.frame.spot).Simplified(mapTolerance)
	return g
}

// picture is a map while it is drawn.
type picture struct {
	drawing
	*ground
	r        *study.Results
	o        *study.OptionResult
	baseline bool
	swatches drawing // of the legend, in tenths of a pixel as the areas are
}

// pictureOf draws option k.
func pictureOf(r *study.Results, k int, g *ground) string {
	o := &r.Options[k]
	p := &picture{ground: g, r: r, o: o, baseline: k == r.Baseline, drawing: drawing{prefix: "map_" + string(o.Option.ID)}}
	top := p.heading(mapMargin)
	left, below := mapMargin, top+g.frame.box.y1
	var bottom int
	if g.beside {
		x := mapWidth - mapMargin - legendWidth
		bottom = max(below, p.legendMarks(x, p.legendClasses(x, top)+mapGap, legendWidth))
		left += (x - mapGap - mapMargin - g.frame.box.x1) / 2
	} else {
		x := mapMargin + legendWidth + 2*mapGap
		bottom = max(p.legendClasses(mapMargin, below+mapGap), p.legendMarks(x, below+mapGap, mapWidth-mapMargin-x))
		left = (mapWidth - g.frame.box.x1) / 2
	}
	height := p.footing(bottom+mapGap) + mapMargin/2
	legend := p.String()
	p.Reset()
	p.open(height)
	p.put("<g transform=\"translate(%d %d)\">\n", left, top)
	p.areas()
	p.sites()
	p.put("</g>\n<g transform=\"scale(.1)\">\n%s</g>\n", p.swatches.String())
	p.Builder.WriteString(legend)
	p.put("</g>\n</svg>\n")
	return p.String()
}

// open begins the picture.
func (p *picture) open(height int) {
	p.put("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s %s\">\n",
		mapWidth, height, mapWidth, height, p.id("title"), p.id("desc"))
	p.put("<title id=\"%s\">%s</title>\n", p.id("title"), escaped(titleOf(p.r)+": "+p.optionName()))
	p.put("<desc id=\"%s\">%s</desc>\n", p.id("desc"), escaped(describe(p.r, p.o)))
	p.put("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", mapWidth, height)
	p.put("<g font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" fill=\"#111\">\n")
}

// areas draws the ground.
func (p *picture) areas() {
	drawn := tallies(p.r, p.o)
	p.put("<defs>\n")
	for _, c := range classes {
		l := looks[c]
		if l.hatch != "" {
			p.put("<pattern id=\"%s\" width=\"%d\" height=\"%d\" patternUnits=\"userSpaceOnUse\" patternTransform=\"scale(10)\"><path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/></pattern>\n",
				p.id("hatch-"+l.name), l.tile, l.tile, l.hatch, l.ink, l.thick)
		}
		if drawn[c].areas > 0 {
			p.put("<path id=\"%s\" fill-rule=\"evenodd\" d=\"", p.id(l.name))
			p.path(p.mesh.Outline(func(a int) bool { return classOf(p.o.Outreach.Areas[a]) == c }), true)
			p.put("\"/>\n")
		}
	}
	p.put("</defs>\n<g transform=\"scale(.1)\">\n")
	for _, c := range classes {
		if drawn[c].areas == 0 {
			continue
		}
		for i, fill := range p.fills(looks[c]) {
			edge := ""
			if i == 0 { // closes the hair that some viewers leave between neighbours
				edge = fmt.Sprintf(` stroke="%s" stroke-width="5"`, fill)
			}
			p.put("<use xlink:href=\"#%s\" fill=\"%s\"%s/>\n", p.id(looks[c].name), fill, edge)
		}
	}
	p.borders()
	p.put("</g>\n")
}

// fills returns what a class is filled with, one over the other.
func (p *picture) fills(l look) []string {
	if l.hatch == "" {
		return []string{l.fill}
	}
	return []string{l.fill, "url(#" + p.id("hatch-"+l.name) + ")"}
}

// borders draws the lines between areas, between districts, along the county's
// edge and around towns that warrant a building.
func (p *picture) borders() {
	c := p.r.County
	outer := func(areas []int) bool { return len(areas)%2 == 1 }
	district := func(areas []int) bool {
		for _, a := range areas[1:] {
			if c.Areas[a].District != c.Areas[areas[0]].District {
				return true
			}
		}
		return false
	}
	line := func(style string, lines [][]shape.Spot, closed bool) {
		if len(lines) > 0 {
			p.put("<path %s d=\"", style)
			p.path(lines, closed)
			p.put("\"/>\n")
		}
	}
	line(areaLine, p.mesh.Lines(func(a []int) bool { return !outer(a) && !district(a) }), false)
	line(districtLine, p.mesh.Lines(func(a []int) bool { return outer(a) || district(a) }), false)
	towns := warrantedIn(p.o)
	around := p.mesh.Outline(func(a int) bool { return towns[c.Areas[a].Settlement] })
	line(warrantedCase, around, true)
	line(warrantedLine, around, true)
}

// sites draws the sites that lie on the ground shown, and the names of towns.
func (p *picture) sites() {
	places := p.places()
	for _, s := range places {
		p.mark(s.sign, s.x, s.y)
	}
	p.names(p.labels(places))
}

// placed is a site on the ground shown, in pixels.
type placed struct {
	sign sign
	x, y int
}

// places lists the sites that lie on the ground shown, in the order in which they
// are drawn: closed ones below.
func (p *picture) places() []placed {
	var places []placed
	for i, s := range p.r.County.Sites {
		at := p.frame.spot(orb.Point(s.At))
		x, y := (at.X+5)/10, (at.Y+5)/10
		if (!s.Outside() || p.o.Option.Status[i].Open()) && p.frame.box.holds(box{x, y, x, y}) {
			places = append(places, placed{p.signOf(i), x, y})
		}
	}
	slices.SortStableFunc(places, func(a, b placed) int { return cmp.Compare(b.sign, a.sign) })
	return places
}

// labels places the names of towns; without towns, those of the open sites.
func (p *picture) labels(places []placed) []label {
	towns := townsOf(p.r, p.o)
	if len(towns) == 0 {
		towns = openSites(p.r, p.o)
	}
	marks := make([]box, len(places))
	for i, s := range places {
		marks[i] = box{s.x - 5, s.y - 5, s.x + 5, s.y + 5}
	}
	return labelled(towns, p.frame, marks)
}

// names writes the names of towns twice: a white edge, and the letters over it.
func (p *picture) names(labels []label) {
	if len(labels) == 0 {
		return
	}
	p.put("<defs><g id=\"%s\" text-anchor=\"middle\">\n", p.id("names"))
	for _, l := range labels {
		w := words{size: l.size}
		if l.bold {
			w.weight = "bold"
		}
		p.text(l.x(), l.y(), w, l.text)
	}
	p.put("</g></defs>\n")
	p.put("<use xlink:href=\"#%s\" fill=\"#fff\" stroke=\"#fff\" stroke-width=\"3.4\" stroke-linejoin=\"round\"/>\n<use xlink:href=\"#%s\"/>\n", p.id("names"), p.id("names"))
}
