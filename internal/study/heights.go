package study

import (
	"fmt"
	"io"
	"strings"

	"hubreach/geo"
	"hubreach/internal/county"
	"hubreach/internal/source"
	"hubreach/internal/walk"
)

// noSlope is the walk.slope that looks at no heights.
const noSlope = "none"

// heightFile is one input of heights.
type heightFile struct {
	in     *Input
	sha256 string
	rows   *source.Heights
}

// readHeights reads an input of heights.
func (l *loaded) readHeights(in *Input, r io.Reader) error {
	rows, err := source.ReadHeights(r, in.File, in.options())
	if err == nil {
		l.heights = append(l.heights, heightFile{in: in, rows: rows})
	}
	return err
}

// ground is the heights of all inputs: of two that know a height, the first in
// the study file counts.
type ground []heightFile

// At returns the height at p, and false where no input knows it.
func (g ground) At(p geo.Grid) (geo.Metres, bool) {
	for _, t := range g {
		if h, ok := t.rows.At(p); ok {
			return h, true
		}
	}
	return 0, false
}

// slope returns the rule of the study.
func (w Walk) slope() walk.Slope {
	if w.Slope == noSlope {
		return walk.Level
	}
	return walk.Slope(w.Slope)
}

// slopeDefault takes heights into account where there are some and the study
// does not say how.
func (s *Spec) slopeDefault() {
	if s.Walk.Slope != "" {
		return
	}
	for _, in := range s.Inputs {
		if in.Role == "heights" {
			s.Walk.Slope = string(walk.Tobler)
		}
	}
}

// useHeights counts the heights that were used.
func (l *loaded) useHeights(used bool) {
	for _, t := range l.heights {
		n := t.rows.Posts()
		if used {
			l.use(t.in.Name, n, n, 0)
		} else {
			l.use(t.in.Name, n, 0, n)
		}
	}
}

// slopeNote says what became of slopes, when they do not count. Empty: they do.
func (r *Results) slopeNote(l *loaded) string {
	asked := r.Spec.Walk.slope() != walk.Level
	switch {
	case r.Walk.Method != "streets" && (asked || len(l.heights) > 0):
		return "slope: not assessed: only walks along streets climb"
	case r.Walk.Method != "streets":
		return ""
	case len(l.heights) == 0:
		return "slope: not assessed: no input has the role heights; all ground is taken as level"
	case !asked:
		return "slope: not assessed: walk.slope is none; all ground is taken as level"
	}
	return ""
}

// slopeCheck says how much of the streets the heights cover.
func slopeCheck(g walk.Report, heights ground) county.Check {
	const most = 0.05 // of the places
	places := g.Nodes + g.Segments - g.Edges
	var names []string
	posts := 0
	for _, t := range heights {
		names = append(names, t.in.Name)
		posts += t.rows.Posts()
	}
	return county.Check{Title: "Nearly all streets have heights", Ran: true, Passed: float64(g.NoHeight) <= most*float64(places),
		Detail: fmt.Sprintf("slope by %s; %d heights of %s; not known at %d of %d places along the streets, which are taken as level",
			g.Slope, posts, strings.Join(names, ", "), g.NoHeight, places)}
}
