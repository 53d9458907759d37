package walk

import (
	"math"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Heights says how high the ground is. Many goroutines may ask at once.
type Heights interface {
	// At returns the height of the ground, and false where it is not known.
	At(geo.Grid) (geo.Metres, bool)
}

// Slope is a rule for how much longer walks on slopes take. It is scaled so that
// level ground is walked at the profile's speed, and never shortens a walk: a
// gentle way down takes as long as level ground. So heights can only make
// catchments smaller, never larger, and a plan does not lean on people walking
// home downhill.
//
// Steps keep their own speed, which knows that they climb. A bridge or a tunnel
// rises evenly from one end to the other, whatever the ground does.
type Slope string

// The slope rules. With s the rise over the length of a straight piece of
// street, in the direction of the walk:
const (
	// Level looks at no heights.
	Level Slope = ""
	// Tobler multiplies times by exp(3.5 (|s + 0.05| - 0.05)), at least 1: the
	// speed of the hiking function over its speed on level ground. Source:
	// W. Tobler, "Three presentations on geographical analysis and modeling",
	// NCGIA Technical Report 93-1 (1993).
	Tobler Slope = "tobler"
	// Naismith multiplies times uphill by 1 + 25/3 s, and leaves those downhill:
	// 5 km/h and a minute for ten metres climbed, for other speeds in proportion.
	Naismith Slope = "naismith"
)

func (s Slope) known() bool { return s == Level || s == Tobler || s == Naismith }

// factor returns what multiplies the time over a rise within a run, both in
// millimetres: at least 1, at most maxFactor.
func (s Slope) factor(rise, run float64) float64 {
	if run <= 0 {
		return 1
	}
	grade, f := rise/run, 1.0
	switch s {
	case Tobler:
		f = math.Exp(3.5 * (math.Abs(grade+0.05) - 0.05))
	case Naismith:
		f = 1 + 25.0/3*grade
	}
	return min(maxFactor, max(1, f))
}

// maxFactor bounds what a slope does to a time: about that of a slope of 66 %
// after Tobler. Steeper ground on a street is a flaw of the heights.
const maxFactor = 10

// spans reports whether a way does not lie on the ground.
func spans(t source.Tags) bool {
	on := func(k string) bool { return t[k] != "" && t[k] != "no" }
	return on("bridge") || on("tunnel")
}

// noHeight stands for a height that is not known.
const noHeight = math.MinInt32

// measure finds the heights of nodes and shapes.
func (b *builder) measure() {
	if b.heights == nil {
		return
	}
	g := b.g
	g.nodeHeights, g.shapeHeights = b.heightsOf(g.position), b.heightsOf(g.shape)
	for i := range g.Edges() {
		if g.feature(EdgeID(i))&featureSpan != 0 {
			g.spanEdge(EdgeID(i))
		}
	}
	for _, heights := range [][]int32{g.nodeHeights, g.shapeHeights} {
		for _, h := range heights {
			if h == noHeight {
				b.report.NoHeight++
			}
		}
	}
}

func (b *builder) heightsOf(ps []point) []int32 {
	out := make([]int32, len(ps))
	spread(b.workers, len(ps), func(first, last int) {
		for i := first; i < last; i++ {
			out[i] = noHeight
			if h, ok := b.heights.At(ps[i].grid()); ok && math.Abs(float64(h)) < 100_000 {
				out[i] = int32(math.Round(float64(h) * 1000))
			}
		}
	})
	return out
}

// spanEdge gives the vertices of a bridge or tunnel the heights of a straight
// line between its ends.
func (g *Graph) spanEdge(e EdgeID) {
	d := &g.edges[e]
	from, to := g.nodeHeights[d.from], g.nodeHeights[d.to]
	inner := g.inner(e)
	var along, whole float64
	p := g.position[d.from]
	for k := range uint32(len(inner) + 1) {
		q := g.vertex(e, k+1)
		whole += p.millimetres(q)
		p = q
	}
	p = g.position[d.from]
	for k, q := range inner {
		along += p.millimetres(q)
		p = q
		h := &g.shapeHeights[int(d.inner)+k]
		switch {
		case from == noHeight || to == noHeight:
			*h = noHeight
		case whole == 0:
			*h = from
		default:
			*h = from + int32(math.Round(float64(to-from)*along/whole))
		}
	}
}

// timer times the segments of one edge for one profile.
type timer struct {
	g     *Graph
	edge  EdgeID
	pace  float64
	level bool
}

func (g *Graph) timer(profile int, e EdgeID) timer {
	f := g.feature(e)
	return timer{g, e, g.params.Profiles[profile].pace(f), g.nodeHeights == nil || f&featureSteps != 0}
}

// segment returns the milliseconds along segment k of the edge, from p to q, and
// back.
func (t timer) segment(k uint32, p, q point) (ahead, back uint32) {
	mm := p.millimetres(q)
	if !t.level {
		if low, high := t.g.height(t.edge, k), t.g.height(t.edge, k+1); low != noHeight && high != noHeight {
			rise := float64(high) - float64(low)
			slope := t.g.params.Slope
			return millis(mm, t.pace*slope.factor(rise, mm)), millis(mm, t.pace*slope.factor(-rise, mm))
		}
	}
	one := millis(mm, t.pace)
	return one, one
}

// height returns the height of vertex k of e in millimetres, or noHeight.
func (g *Graph) height(e EdgeID, k uint32) int32 {
	d, end := &g.edges[e], g.edges[e+1].inner-g.edges[e].inner+1
	switch k {
	case 0:
		return g.nodeHeights[d.from]
	case end:
		return g.nodeHeights[d.to]
	}
	return g.shapeHeights[d.inner+k-1]
}
