package county

import (
	"fmt"

	"hubreach/geo"
	"hubreach/internal/source"
)

// residential lists the highway values along which people live.
var residential = map[string]bool{"residential": true, "living_street": true, "unclassified": true, "tertiary": true, "pedestrian": true}

// streetPoints puts a point every Spacing metres along residential streets,
// the first half a spacing from the start of the way.
func (b *builder) streetPoints() error {
	s := b.in.Streets
	switch {
	case s == nil:
		return fmt.Errorf("%w: points by %q need an input with role \"streets\"", ErrParams, StreetPoints)
	case !(b.p.Spacing > 0):
		return fmt.Errorf("%w: %g m between points along streets: want more than 0", ErrParams, float64(b.p.Spacing))
	}
	on := make(map[int64]bool)
	for _, w := range s.Ways {
		if residential[w.Tags["highway"]] {
			for _, n := range w.Nodes {
				on[n] = true
			}
		}
	}
	at := make(map[int64]geo.Grid, len(on))
	for _, n := range s.Nodes {
		if !on[n.ID] {
			continue
		}
		g, err := b.p.Projection.ToGrid(geo.LonLat(n.At))
		if err != nil {
			continue // far outside; no area of the county is there
		}
		at[n.ID] = g
	}
	for _, w := range s.Ways {
		if !residential[w.Tags["highway"]] {
			continue
		}
		if err := b.alongWay(w, at); err != nil {
			return err
		}
	}
	return nil
}

// alongWay puts points along one street; parts outside every area get none.
func (b *builder) alongWay(w source.Way, at map[int64]geo.Grid) error {
	next := b.p.Spacing / 2
	for k := 1; k < len(w.Nodes); k++ {
		p, ok := at[w.Nodes[k-1]]
		q, ok2 := at[w.Nodes[k]]
		if !ok || !ok2 {
			continue
		}
		length := p.Distance(q)
		for ; next < length; next += b.p.Spacing {
			f := float64(next / length)
			g := geo.Grid{p[0] + f*(q[0]-p[0]), p[1] + f*(q[1]-p[1])}
			area, err := b.areaOf(g)
			if err != nil {
				return err
			}
			if area >= 0 {
				b.county.Points = append(b.county.Points, Point{Area: area, At: g, Share: 1})
			}
		}
		next -= length
	}
	return nil
}
