package county

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
)

// touch is how near two areas must be to count as touching: generalised lines
// of neighbours can miss each other by a few decimals.
const touch geo.Metres = 1

// neighbours finds the areas that touch each area, be it at a corner.
func (b *builder) neighbours() error {
	areas := b.county.Areas
	b.county.Neighbours = make([][]int, len(areas))
	for i := range areas {
		var fault error
		b.shapes.Intersecting(areas[i].Shape.Bound().Pad(float64(touch)), func(j int) bool {
			if j <= i {
				return true
			}
			var near bool
			if near, fault = b.work.Near(areas[i].Shape, areas[j].Shape, touch); near {
				b.county.Neighbours[i] = append(b.county.Neighbours[i], j)
				b.county.Neighbours[j] = append(b.county.Neighbours[j], i)
			}
			return fault == nil
		})
		if fault != nil {
			return fmt.Errorf("area %s: %w", areas[i].Code, fault)
		}
	}
	for _, ns := range b.county.Neighbours {
		slices.Sort(ns)
	}
	return nil
}

// locate returns the area of a place: the one that holds it, else the nearest
// within Tolerance, else -1.
func (b *builder) locate(p geo.Grid) (int, error) {
	area, err := b.areaOf(p)
	if area < 0 && err == nil {
		area = b.nearest(p, Tolerance)
	}
	return area, err
}

// areaOf returns the area that holds p, the lowest code when p lies on a shared
// edge, or -1.
func (b *builder) areaOf(p geo.Grid) (int, error) {
	best := -1
	var fault error
	b.shapes.Intersecting(orb.Bound{Min: orb.Point(p), Max: orb.Point(p)}, func(i int) bool {
		if best >= 0 && i > best {
			return true
		}
		if b.ready[i] == nil {
			if b.ready[i], fault = b.work.Prepare(b.county.Areas[i].Shape); fault != nil {
				return false
			}
		}
		if b.ready[i].Covers(orb.Point(p)) {
			best = i
		}
		return true
	})
	return best, fault
}

// nearest returns the area whose edge is nearest to p and no further than
// limit, the lowest code of equals, or -1.
func (b *builder) nearest(p geo.Grid, limit geo.Metres) int {
	best, least := -1, limit
	box := orb.Bound{Min: orb.Point(p), Max: orb.Point(p)}.Pad(float64(limit))
	b.shapes.Intersecting(box, func(i int) bool {
		d := distanceTo(p, b.county.Areas[i].Shape)
		if d < least || d == least && (best < 0 || i < best) {
			best, least = i, d
		}
		return true
	})
	return best
}

// distanceTo returns the distance from p to the nearest edge of m.
func distanceTo(p geo.Grid, m orb.MultiPolygon) geo.Metres {
	best := geo.Unreachable
	for _, poly := range m {
		for _, ring := range poly {
			for k := 1; k < len(ring); k++ {
				best = min(best, toSegment(p, ring[k-1], ring[k]))
			}
		}
	}
	return best
}

// toSegment returns the distance from p to the line from a to c.
func toSegment(p geo.Grid, a, c orb.Point) geo.Metres {
	dx, dy := c[0]-a[0], c[1]-a[1]
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = min(1, max(0, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return p.Distance(geo.Grid{a[0] + t*dx, a[1] + t*dy})
}
