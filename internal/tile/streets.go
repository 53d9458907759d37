package tile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/shape"
	"hubreach/internal/study"
)

// street is how a highway of OpenStreetMap is drawn: its class and the least
// zoom at which it is there.
type street struct {
	class string
	from  uint8
}

// The classes of streets.
var (
	mainRoad  = street{"main", 7}
	throughSt = street{"through", 10}
	localSt   = street{"local", 12}
	footpath  = street{"path", 13}
	ferry     = street{"ferry", 9}
)

// streetClasses are the classes by the value of the tag highway. A value that is
// not here (one under construction, planned or gone) is not drawn.
var streetClasses = map[string]street{
	"motorway": mainRoad, "trunk": mainRoad, "primary": mainRoad,
	"secondary": throughSt, "tertiary": throughSt,
	"residential": localSt, "unclassified": localSt, "living_street": localSt, "pedestrian": localSt, "road": localSt, "service": localSt, "busway": localSt,
	"footway": footpath, "path": footpath, "steps": footpath, "cycleway": footpath, "bridleway": footpath, "track": footpath, "corridor": footpath, "elevator": footpath,
	"": ferry, // and platforms, which are too short to be seen
}

func classOf(highway string) (street, bool) {
	s, ok := streetClasses[strings.TrimSuffix(highway, "_link")]
	return s, ok
}

// ways is the streets.
type ways struct {
	published []study.StreetLine
	lines     []orb.LineString
	zooms     [Deepest + 1]kept[[][]shape.Spot]
}

func newWays(published []study.StreetLine, p *geo.Projection) (*ways, error) {
	w := &ways{published: published}
	for _, l := range published {
		line, err := p.LonLatOf(l.Line)
		if err != nil {
			return nil, fmt.Errorf("street %d: %w", l.ID, err)
		}
		on := line.(orb.LineString)
		for i, at := range on {
			on[i] = world(at)
		}
		w.lines = append(w.lines, on)
	}
	return w, nil
}

// streetLines returns the streets at a zoom.
func (w *ways) streetLines(zoom uint8) [][]shape.Spot {
	return w.zooms[zoom].get(func() [][]shape.Spot {
		place := lattice(zoom)
		out := make([][]shape.Spot, len(w.lines))
		for i, line := range w.lines {
			spots := make([]shape.Spot, len(line))
			for k, v := range line {
				spots[k] = place(v)
			}
			out[i] = slices.Compact(shape.SimplifyLine(spots, tolerance(zoom)))
		}
		return out
	})
}

// streetsOf draws the study's streets; without any the set is empty.
func streetsOf(r *study.Results, g *ground) drawing {
	if len(r.Lines) == 0 {
		return drawing{figures: func(uint8) []figure { return nil }}
	}
	words := newDictionary()
	var features []*feature
	var at []int // in the study's lines
	for i, l := range r.Lines {
		s, ok := classOf(l.Highway)
		if !ok || len(l.Line) < 2 {
			continue
		}
		p := props{"class": s.class}
		say(p, "highway", l.Highway)
		say(p, "name", l.Name)
		features = append(features, &feature{layer: "streets", id: uint64(max(l.ID, 0)), tags: words.tags(p), from: s.from})
		at = append(at, i)
	}
	return drawing{
		words: words,
		layers: []layer{{name: "streets", about: "Streets as published", from: mainRoad.from, fields: []field{
			{"class", "main (from zoom 7), ferry (9), through (10), local (12) or path (13)"}, {"highway", "value of the tag highway"}, {"name", "name of the street"},
		}}},
		figures: func(zoom uint8) []figure {
			if zoom < mainRoad.from {
				return nil
			}
			var figures []figure
			lines := g.streetLines(zoom)
			for k, f := range features {
				if zoom >= f.from && len(lines[at[k]]) > 1 {
					figures = append(figures, figure{feature: f, lines: lines[at[k] : at[k]+1]})
				}
			}
			return figures
		},
	}
}
