package report

import (
	"context"
	"io"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/estate"
	"hubreach/internal/study"
)

// SitesCSV writes sites.csv alone, for fuzzing.
func SitesCSV(ctx context.Context, w io.Writer, r *study.Results) error {
	return sitesTable(r).csv(ctx, w)
}

// Degrees exposes how a catchment is turned into degrees.
func Degrees(j *geo.Projection, m orb.MultiPolygon) (orb.MultiPolygon, int, error) {
	g := geoJSON{projection: j, work: shape.NewWorker()}
	return g.degrees(m)
}

// Exactly stands for degrees written with all their decimals.
const Exactly = exactly

// Label is a name as it is placed on the map.
type Label struct {
	Text           string
	X0, Y0, X1, Y1 int
}

// Labels places names of towns with so many residents, at pixels of a picture of
// so many pixels, clear of each other and rather not over marks.
func Labels(names []string, residents []float64, warrants []bool, at [][2]int, side int, marks [][2]int) []Label {
	f := frame{orb.Bound{Max: orb.Point{float64(side), float64(side)}}, box{0, 0, side, side}, 1}
	var towns []town
	for i, n := range names {
		towns = append(towns, town{name: n, residents: residents[i], warrants: warrants[i], at: orb.Point{float64(at[i][0]), float64(side - at[i][1])}})
	}
	var boxes []box
	for _, m := range marks {
		boxes = append(boxes, box{m[0] - 5, m[1] - 5, m[0] + 5, m[1] + 5})
	}
	var out []Label
	for _, l := range labelled(towns, f, boxes) {
		out = append(out, Label{l.text, l.box.x0, l.box.y0, l.box.x1, l.box.y1})
	}
	return out
}

// MapNames exposes the names of the pictures' files.
func MapNames(ids ...estate.OptionID) []string { return mapNames(ids) }

// ScaleBar returns the length of the scale bar of a county so many metres wide
// and high, in metres and in pixels.
func ScaleBar(width, height float64) (float64, int) {
	return framed(orb.Bound{Max: orb.Point{width, height}}, mapWidth-2*mapMargin, mapHeight).scaleBar()
}

// ErrPDF means a file that is not as the PDF library writes it.
var ErrPDF = errPDF

// Tag gives a finished PDF the structure of an empty document.
func Tag(pdf []byte) ([]byte, error) { return newTagged().into(pdf) }

// Priced is an option as a point of the chart of money.
type Priced = priced

// MoneyBest names the options that none beats.
func MoneyBest(options []Priced) []string { return money(options).best().ids() }

// MoneyBeating names the options that beat one of them.
func MoneyBeating(options []Priced, id string) []string {
	for _, o := range options {
		if o.ID == id {
			return money(options).beating(o).ids()
		}
	}
	return nil
}

// Axis returns where an axis ends, and its marks.
func Axis(greatest float64, steps int) (float64, []float64) {
	a := axisTo(greatest, steps)
	return a.end, a.marks()
}
