package walk

import (
	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
	"hubreach/internal/source"
)

// wall is one segment of a line that no link may cross.
type wall struct{ a, b geo.Grid }

// walls projects the barrier lines. What runs in a tunnel or culvert, under
// ground or on a bridge does not stop anyone above or below it.
func (b *builder) walls(ways []source.Way) *index.Index[wall] {
	var out []wall
	for _, w := range ways {
		if passes(w.Tags) {
			continue
		}
		last := int32(-1)
		for _, id := range w.Nodes {
			v, ok := b.vertex(id)
			if !ok || !b.vertices[v].project(b.proj) {
				last = -1
				continue
			}
			if last >= 0 && last != v {
				w := wall{b.vertices[last].at.grid(), b.vertices[v].at.grid()}
				b.report.BarrierM += float64(w.a.Distance(w.b))
				out = append(out, w)
			}
			last = v
		}
	}
	return index.New(out, func(w wall) orb.Bound {
		return orb.Bound{Min: orb.Point(w.a), Max: orb.Point(w.a)}.Extend(orb.Point(w.b))
	})
}

func passes(t source.Tags) bool {
	on := func(k string) bool { return t[k] != "" && t[k] != "no" }
	return on("tunnel") || on("bridge") || on("covered") || t["location"] == "underground"
}

// crosses reports whether the line from a door to its street crosses a wall.
// To touch one with an end is not to cross it: a door may stand on the bank,
// and a path may meet the bank where its bridge begins.
func (g *Graph) crosses(door, street geo.Grid) bool {
	crossed := false
	bound := orb.Bound{Min: orb.Point(door), Max: orb.Point(door)}.Extend(orb.Point(street))
	g.barriers.Intersecting(bound, func(w wall) bool {
		// A wall's vertex on the line counts as on the left, so that a wall that
		// crosses at a vertex is seen by exactly one of its segments.
		if (side(door, street, w.a) >= 0) != (side(door, street, w.b) >= 0) {
			crossed = side(w.a, w.b, door)*side(w.a, w.b, street) < 0
		}
		return !crossed
	})
	return crossed
}

// side is above 0 where p lies left of the line a-b, below 0 right of it.
func side(a, b, p geo.Grid) float64 {
	return float64((b[0]-a[0])*(p[1]-a[1])) - float64((b[1]-a[1])*(p[0]-a[0]))
}
