package reach

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// Outlines returns, for each number of minutes, the ground whose nearest street
// is reached within them: polygons in National Grid metres, outer rings
// anticlockwise, holes kept, in an order that depends on nothing but the ground.
// The outline of fewer minutes lies inside that of more. Partly walked streets
// are cut where the minutes end, to about a metre. An outline is for looking at:
// whether a point is reached is said by Times.
//
// The errors are ErrMinutes and *walk.SnapError. The limit of Params does not
// bound the minutes.
func (w *Worker) Outlines(place geo.Grid, minutes []float64) ([]orb.MultiPolygon, error) {
	levels, longest, err := levelsOf(minutes)
	if err != nil || len(levels) == 0 {
		return nil, err
	}
	if _, err := w.run(place, longest); err != nil {
		return nil, err
	}
	b, ok := w.ground()
	out := make([]orb.MultiPolygon, len(levels))
	if !ok {
		return out, nil
	}
	w.field.fill(w.s.raster, w.search, w.s.g, b)
	rings := make([][]orb.Ring, len(levels))
	w.tracer.find(&w.field, levels)
	for i, level := range levels {
		rings[i] = w.tracer.rings(&w.field, i, level)
	}
	w.thin(rings, b)
	for i := range levels {
		out[i] = assemble(rings[i])
	}
	return out, nil
}

// thin leaves out vertices of all rings, together, so that they stay nested.
func (w *Worker) thin(rings [][]orb.Ring, b orb.Bound) {
	w.streets = w.streets[:0]
	w.s.g.Segments(b, func(s walk.Segment) {
		if w.streets = append(w.streets, orb.Point(s.A)); s.To == 1 {
			w.streets = append(w.streets, orb.Point(s.B))
		}
	})
	t := &w.thinner
	t.reset(&w.field, w.streets)
	var firsts []int32
	for _, level := range rings {
		for _, r := range level {
			firsts = append(firsts, t.addRing(r))
		}
	}
	t.thin(firsts)
	n := 0
	for _, level := range rings {
		for i := range level {
			level[i] = t.ring(firsts[n])
			n++
		}
	}
}

func levelsOf(minutes []float64) (levels []uint32, longest uint32, err error) {
	for _, m := range minutes {
		if err := checkMinutes(m); err != nil {
			return nil, 0, fmt.Errorf("outline: %w", err)
		}
		levels = append(levels, millisOf(m))
		longest = max(longest, millisOf(m))
	}
	return levels, longest, nil
}

// ground returns a bound of all that the last search reached, verges included.
func (w *Worker) ground() (b orb.Bound, ok bool) {
	g := w.s.g
	extend := func(p geo.Grid, by float64) {
		box := orb.Bound{Min: orb.Point(p), Max: orb.Point(p)}.Pad(by)
		if !ok {
			b, ok = box, true
		}
		b = b.Union(box)
	}
	for _, n := range w.search.Reached() {
		by := 0.0
		for _, e := range g.Incident(n) {
			by = max(by, float64(g.Length(e)))
		}
		left := float64(w.search.Limit()-w.search.Node(n)) * w.search.MetresPerMilli()
		extend(g.At(n), min(by, left))
	}
	w.search.Seeds(func(e walk.EdgeID) bool {
		g.Shape(e, func(p geo.Grid) bool { extend(p, 0); return true })
		return true
	})
	return b.Pad(float64(Verge)), ok
}

// assemble sorts rings into polygons: each hole belongs to the smallest outer
// ring around it.
func assemble(rings []orb.Ring) orb.MultiPolygon {
	type outer struct {
		ring  orb.Ring
		holes []orb.Ring
		area  float64
		bound orb.Bound
	}
	var outers []*outer
	var holes []orb.Ring
	for _, r := range rings {
		if a := signedArea(r); a > 0 {
			outers = append(outers, &outer{ring: r, area: a, bound: r.Bound()})
		} else if a < 0 {
			holes = append(holes, r)
		}
	}
	slices.SortStableFunc(outers, func(a, b *outer) int { return cmp.Compare(a.area, b.area) })
	for _, h := range holes {
		for _, o := range outers {
			if o.bound.Contains(h[0]) && encloses(o.ring, h[0]) {
				o.holes = append(o.holes, h)
				break
			}
		}
	}
	slices.Reverse(outers) // the largest first
	var m orb.MultiPolygon
	for _, o := range outers {
		m = append(m, append(orb.Polygon{o.ring}, o.holes...))
	}
	return m
}

// encloses reports whether p, which is not on the ring, lies inside it.
func encloses(r orb.Ring, p orb.Point) bool {
	inside := false
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if (a[1] > p[1]) != (b[1] > p[1]) && (cross(a, b, p) > 0) == (b[1] > a[1]) {
			inside = !inside
		}
	}
	return inside
}

// signedArea returns the area of a closed ring, above 0 when it runs
// anticlockwise. It is taken from the first vertex, so that metres far from the
// origin lose nothing.
func signedArea(r orb.Ring) float64 {
	var sum float64
	for i := 1; i+1 < len(r); i++ {
		ax, ay := r[i][0]-r[0][0], r[i][1]-r[0][1]
		bx, by := r[i+1][0]-r[0][0], r[i+1][1]-r[0][1]
		sum += float64(ax*by) - float64(ay*bx)
	}
	return sum / 2
}

// circleSides is the number of sides of a straight-line walk's outline.
const circleSides = 128

// circle returns the polygon of circleSides corners on the circle.
func circle(middle geo.Grid, radius float64) orb.MultiPolygon {
	ring := make(orb.Ring, 0, circleSides+1)
	for i := range circleSides {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / circleSides)
		ring = append(ring, orb.Point{middle[0] + radius*cos, middle[1] + radius*sin})
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}
