package main

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
)

// Frame says which part of the county a picture shows, in metres of the plan,
// and how many metres a pixel is.
type Frame struct {
	West, South, East, North float64
	MetresPerPixel           float64
}

// Whole is the frame of the whole county.
var Whole = Frame{0, 0, planWidth, planHeight, 24}

// Draw writes a picture of the county as PNG: areas shaded by deprivation,
// streets by class, sites as red squares, other venues as blue ones.
func (c *County) Draw(w io.Writer, f Frame) error {
	width, height := int((f.East-f.West)/f.MetresPerPixel), int((f.North-f.South)/f.MetresPerPixel)
	p := &picture{image.NewRGBA(image.Rect(0, 0, width, height)), f}
	for y := range height {
		for x := range width {
			p.SetRGBA(x, y, c.shade(p.plan(x, y)))
		}
	}
	for _, b := range c.country.barriers {
		colour, wide := color.RGBA{90, 150, 210, 255}, 30.0
		if b.kind == overRail {
			colour, wide = color.RGBA{60, 60, 60, 255}, 8
		}
		if b.kind == overMotorway {
			continue
		}
		for i := 1; i < len(b.line); i++ {
			p.line(b.line[i-1], b.line[i], wide, colour)
		}
	}
	for pass := range 2 {
		for _, s := range c.streets.streets {
			colour, wide := streetInk(s)
			if (s.class.rank() >= 2 || !walkable(s)) != (pass == 1) {
				continue
			}
			for i := 1; i < len(s.nodes); i++ {
				p.line(c.streets.nodes[s.nodes[i-1]].at, c.streets.nodes[s.nodes[i]].at, wide, colour)
			}
		}
	}
	for _, v := range c.venues {
		p.square(v.at, 20, color.RGBA{40, 70, 200, 255})
	}
	for _, s := range c.sites {
		p.square(s.at, 60, color.RGBA{220, 20, 40, 255})
	}
	return png.Encode(w, p)
}

// shade returns the ground's colour at p.
func (c *County) shade(p point) color.RGBA {
	i := c.country.at(p)
	if c.country.margin(i) || !c.country.dry[i] {
		return color.RGBA{196, 220, 240, 255}
	}
	k := c.areaOf[i]
	if k < 0 {
		return color.RGBA{240, 240, 230, 255}
	}
	d := float64(c.areas[k].decile()) / 10
	out := color.RGBA{uint8(236 - 40*(1-d)), uint8(160 + 80*d), uint8(120 + 100*d), 255}
	for _, n := range neighboursOf(c.country, i) {
		if c.areaOf[n] != k && c.areaOf[n] >= 0 {
			out.R, out.G, out.B = out.R-24, out.G-24, out.B-24
			break
		}
	}
	return out
}

func streetInk(s street) (color.RGBA, float64) {
	switch s.class {
	case classMotorway:
		return color.RGBA{40, 90, 190, 255}, 14
	case classMotorwayLink:
		return color.RGBA{40, 90, 190, 255}, 5
	case classPrimary:
		return color.RGBA{200, 60, 40, 255}, 14
	case classSecondary:
		return color.RGBA{225, 130, 30, 255}, 11
	case classTertiary:
		return color.RGBA{150, 120, 20, 255}, 8
	case classFootway, classPath, classBridleway, classSteps:
		return color.RGBA{40, 140, 60, 255}, 2
	case classTrack:
		return color.RGBA{140, 100, 50, 255}, 2
	}
	return color.RGBA{90, 90, 90, 255}, 4
}

// picture is an image with the frame it shows.
type picture struct {
	*image.RGBA
	frame Frame
}

func (p *picture) plan(x, y int) point {
	return point{p.frame.West + float64(x)*p.frame.MetresPerPixel, p.frame.North - float64(y)*p.frame.MetresPerPixel}
}

// line draws a line that many metres wide, one pixel at least.
func (p *picture) line(a, b point, wide float64, ink color.RGBA) {
	m := p.frame.MetresPerPixel
	steps := int(a.distance(b)/m*1.5) + 1
	for k := range steps + 1 {
		p.square(a.towards(b, float64(k)/float64(steps)), wide/2, ink)
	}
}

// square draws a square of that half width around q, one pixel at least.
func (p *picture) square(q point, half float64, ink color.RGBA) {
	m := p.frame.MetresPerPixel
	x, y := (q.X-p.frame.West)/m, (p.frame.North-q.Y)/m
	r := int(math.Round(half / m))
	for dx := -r; dx <= r; dx++ {
		for dy := -r; dy <= r; dy++ {
			p.SetRGBA(int(x)+dx, int(y)+dy, ink)
		}
	}
}
