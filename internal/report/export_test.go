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

// Line is one piece of border of a mesh, in tenths of a pixel, and the areas
// that have it.
type Line struct {
	At    [][2]int
	Areas []int
}

// Borders cuts shapes into borders and simplifies each once.
func Borders(shapes []orb.MultiPolygon, place func(orb.Point) [2]int, tolerance float64) []Line {
	var out []Line
	for _, a := range meshOf(shapes, place, tolerance) {
		out = append(out, Line{pairs(a.line), a.areas})
	}
	return out
}

// Outline returns the closed lines around some of the shapes.
func Outline(shapes []orb.MultiPolygon, place func(orb.Point) [2]int, tolerance float64, of func(int) bool) [][][2]int {
	var out [][][2]int
	for _, l := range meshOf(shapes, place, tolerance).outline(of) {
		out = append(out, pairs(l))
	}
	return out
}

func meshOf(shapes []orb.MultiPolygon, place func(orb.Point) [2]int, tolerance float64) mesh {
	return newMesh(shapes, func(p orb.Point) spot { at := place(p); return spot{at[0], at[1]} }).simplified(tolerance)
}

func pairs(line []spot) [][2]int {
	out := make([][2]int, len(line))
	for i, s := range line {
		out[i] = [2]int{s.x, s.y}
	}
	return out
}

// Simplify exposes the simplification of one line.
func Simplify(line [][2]int, tolerance float64) [][2]int {
	spots := make([]spot, len(line))
	for i, p := range line {
		spots[i] = spot{p[0], p[1]}
	}
	return pairs(simplify(spots, tolerance))
}

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
