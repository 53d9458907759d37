package report

import "codeberg.org/go-pdf/fpdf"

// chartScale is how many millimetres of a page a pixel of a chart is wide.
const chartScale = float64(pdfWidth) / chartWidth

// chartPen draws a chart on a page, so many millimetres from its top.
type chartPen struct {
	*printed
	top float64
}

// at is where a place of the chart is on the page, in millimetres.
func (c *chartPen) at(x, y float64) (float64, float64) {
	return pdfMargin + x*chartScale, c.top + y*chartScale
}

func (c *chartPen) line(x0, y0, x1, y1 float64, i ink) {
	x0, y0 = c.at(x0, y0)
	x1, y1 = c.at(x1, y1)
	c.SetLineWidth(0.15)
	c.SetDrawColor(215, 223, 230)
	if i == inkLink {
		c.SetLineWidth(0.6)
		c.SetDrawColor(119, 158, 188)
	}
	c.Line(x0, y0, x1, y1)
}

func (c *chartPen) box(x, y, wide, high float64, i ink) {
	c.SetFillColor(29, 93, 143)
	if i == inkTrack {
		c.SetFillColor(215, 223, 230)
	}
	x, y = c.at(x, y)
	c.Rect(x, y, wide*chartScale, high*chartScale, "F")
}

func (c *chartPen) dot(x, y float64, form dot) {
	x, y = c.at(x, y)
	switch form {
	case dotOther:
		c.SetFillColor(255, 255, 255)
		c.SetDrawColor(29, 93, 143)
		c.SetLineWidth(0.6)
		c.Circle(x, y, (dotSize-1)*chartScale, "DF")
		return
	case dotToday:
		c.SetFillColor(0, 0, 0)
	case dotOption:
		c.SetFillColor(29, 93, 143)
	}
	var corners []fpdf.PointType
	for _, k := range cornersOf(form) {
		corners = append(corners, fpdf.PointType{X: x + k[0]*chartScale, Y: y + k[1]*chartScale})
	}
	c.Polygon(corners, "F")
}

func (c *chartPen) text(x, y int, w words, s string) {
	style := ""
	if w.weight == "bold" {
		style = "B"
	}
	c.font(style, float64(w.size)*chartScale*pdfPoints)
	s = clean(s)
	left, base := c.at(float64(x), float64(y))
	switch w.anchor {
	case "middle":
		left -= c.GetStringWidth(s) / 2
	case "end":
		left -= c.GetStringWidth(s)
	}
	c.Text(left, base, s)
}
