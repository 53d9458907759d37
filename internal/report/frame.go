package report

import (
	"math"

	"github.com/paulmach/orb"

	"hubreach/geo/shape"
)

// frame is how the ground lies on the picture: north up, the same scale in both
// directions. The scale of the National Grid is taken as true everywhere; it is
// within 0.1% in England.
type frame struct {
	ground orb.Bound // British National Grid
	box    box       // pixels, from (0, 0)
	scale  float64   // pixels a metre
}

// box is a part of the picture in pixels; x1 and y1 are just outside.
type box struct{ x0, y0, x1, y1 int }

func (b box) overlaps(c box) bool { return b.x0 < c.x1 && c.x0 < b.x1 && b.y0 < c.y1 && c.y0 < b.y1 }
func (b box) holds(c box) bool    { return b.x0 <= c.x0 && c.x1 <= b.x1 && b.y0 <= c.y0 && c.y1 <= b.y1 }

// aspect returns width over height of a piece of ground, 1 for none.
func aspect(ground orb.Bound) float64 {
	w, h := ground.Max[0]-ground.Min[0], ground.Max[1]-ground.Min[1]
	if !(w > 0 && h > 0) {
		return 1
	}
	return w / h
}

// framed puts ground as large as it fits into a width and a height, at the upper
// left corner of its own box.
func framed(ground orb.Bound, width, height int) frame {
	w, h := ground.Max[0]-ground.Min[0], ground.Max[1]-ground.Min[1]
	if !(w > 0 && h > 0) { // nothing to see
		w, h = 1, 1
	}
	scale := min(float64(width)/w, float64(height)/h)
	return frame{ground, box{0, 0, int(math.Ceil(w * scale)), int(math.Ceil(h * scale))}, scale}
}

// spot places a point of the ground in the box.
func (f frame) spot(p orb.Point) shape.Spot {
	x := math.Round((p[0] - f.ground.Min[0]) * f.scale * 10)
	y := math.Round((f.ground.Max[1] - p[1]) * f.scale * 10)
	return shape.Spot{X: int(x), Y: int(y)}
}

// scaleBar returns a round number of metres that is 80 to 200 pixels long, and
// its length in pixels.
func (f frame) scaleBar() (metres float64, pixels int) {
	metres = 1
	for _, step := 0, 0; ; step++ {
		next := metres * [...]float64{2, 2.5, 2}[step%3] // 1, 2, 5, 10
		if next*f.scale > 200 {
			break
		}
		metres = next
	}
	return metres, int(math.Round(metres * f.scale))
}
