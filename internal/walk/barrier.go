package walk

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// wall is one segment of a line that no link may cross.
type wall struct{ a, b point }

// crossable returns the barrier lines that stop somebody. What runs in a tunnel
// or culvert, under ground or on a bridge does not stop anyone above or below
// it.
func crossable(ways []source.Way) []source.Way {
	out := make([]source.Way, 0, len(ways))
	for _, w := range ways {
		if !passes(w.Tags) {
			out = append(out, w)
		}
	}
	return out
}

func passes(t source.Tags) bool {
	on := func(k string) bool { return t[k] != "" && t[k] != "no" }
	return on("tunnel") || on("bridge") || on("covered") || t["location"] == "underground"
}

// raise cuts the barrier lines into walls.
func (b *builder) raise(vertices []int32, first []int) {
	var millimetres int64 // a whole number, so that the order of the lines does not matter
	for i := 1; i < len(first); i++ {
		last := noVertex
		for _, v := range vertices[first[i-1]:first[i]] {
			if v != noVertex && b.states[v]&placed == 0 {
				v = noVertex
			}
			if last != noVertex && v != noVertex && last != v {
				w := wall{b.at[last], b.at[v]}
				millimetres += int64(math.Round(w.a.millimetres(w.b)))
				b.walls = append(b.walls, w)
			}
			last = v
		}
	}
	b.report.BarrierM = float64(millimetres) / 1000
}

// wallIndex holds walls along a Hilbert curve, in a tree of boxes around runs of
// wallRun of them.
type wallIndex struct {
	walls []wall
	boxes boxes
}

const wallRun = 8

// newWallIndex puts the walls in order along the curve by their first end, those
// that begin in one cell by their ends, each once.
func newWallIndex(walls []wall) wallIndex {
	c := curveOver(func(yield func(point)) {
		for _, w := range walls {
			yield(w.a)
			yield(w.b)
		}
	})
	keys := make([]uint64, len(walls))
	for i, w := range walls {
		keys[i] = uint64(c.along(w.a))<<32 | uint64(i)
	}
	sortKeys(keys)
	sorted := make([]wall, len(walls))
	for i, k := range keys {
		sorted[i] = walls[k&(1<<32-1)]
	}
	for first := 0; first < len(keys); {
		last := first + 1
		for last < len(keys) && keys[last]>>32 == keys[first]>>32 {
			last++
		}
		slices.SortFunc(sorted[first:last], wall.compare)
		first = last
	}
	x := wallIndex{walls: slices.Clip(slices.Compact(sorted))}
	x.lay()
	return x
}

func (w wall) compare(v wall) int {
	return cmp.Or(cmp.Compare(w.a.x, v.a.x), cmp.Compare(w.a.y, v.a.y), cmp.Compare(w.b.x, v.b.x), cmp.Compare(w.b.y, v.b.y))
}

// lay makes the boxes around the walls.
func (x *wallIndex) lay() {
	leaves := make([]box, 0, (len(x.walls)+wallRun-1)/wallRun)
	for run := range slices.Chunk(x.walls, wallRun) {
		b := boxOf(run[0].a)
		for _, w := range run {
			b = b.with(w.a).with(w.b)
		}
		leaves = append(leaves, b)
	}
	x.boxes = newBoxes(leaves)
}

// crosses reports whether the line from a door to its street crosses a wall.
// To touch one with an end is not to cross it: a door may stand on the bank,
// and a path may meet the bank where its bridge begins.
func (g *Graph) crosses(door, street geo.Grid) bool {
	crossed := false
	bound := orb.Bound{Min: orb.Point(door), Max: orb.Point(door)}.Extend(orb.Point(street))
	g.walls.boxes.meeting(bound, func(run int) bool {
		first := run * wallRun
		for _, w := range g.walls.walls[first:min(len(g.walls.walls), first+wallRun)] {
			a, b := w.a.grid(), w.b.grid()
			// A wall's vertex on the line counts as on the left, so that a wall that
			// crosses at a vertex is seen by exactly one of its segments.
			if (side(door, street, a) >= 0) != (side(door, street, b) >= 0) && side(a, b, door)*side(a, b, street) < 0 {
				crossed = true
				return false
			}
		}
		return true
	})
	return crossed
}

// side is above 0 where p lies left of the line a-b, below 0 right of it.
func side(a, b, p geo.Grid) float64 {
	return float64((b[0]-a[0])*(p[1]-a[1])) - float64((b[1]-a[1])*(p[0]-a[0]))
}
