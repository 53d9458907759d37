package study

import (
	"cmp"
	"context"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// StreetLine is one way of the study's streets as published, to be drawn. It is
// there whether one may walk along it or not.
type StreetLine struct {
	ID      int64  // of the way
	Highway string // value of the tag, such as "residential"; empty for a ferry or a platform
	Name    string
	Line    orb.LineString // British National Grid
}

// drawLines keeps the lines of the streets if env asks for them.
func (r *Results) drawLines(ctx context.Context, l *loaded, env Env) error {
	if !env.Lines || l.streets == nil {
		return nil
	}
	streets, err := l.streets.read(ctx, env)
	if err != nil {
		return err
	}
	r.Lines = streetLines(streets, l.projection)
	return nil
}

// streetLines returns the ways of streets that lie on the National Grid, in
// their order. Nodes that the file does not hold are passed over.
func streetLines(s *source.Streets, p *geo.Projection) []StreetLine {
	var lines []StreetLine
	for _, w := range s.Ways {
		on := make(orb.LineString, 0, len(w.Nodes))
		for _, id := range w.Nodes {
			i, found := slices.BinarySearchFunc(s.Nodes, id, func(n source.Node, id int64) int { return cmp.Compare(n.ID, id) })
			if found {
				on = append(on, s.Nodes[i].At)
			}
		}
		if len(on) < 2 {
			continue
		}
		line, err := p.GridOf(on)
		if err != nil {
			continue // off the grid; no area of the county is there
		}
		lines = append(lines, StreetLine{ID: w.ID, Highway: w.Tags["highway"], Name: w.Tags["name"], Line: line.(orb.LineString)})
	}
	return lines
}
