package walk

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
)

// Link joins a door to the network by a straight line.
type Link struct {
	Place
	Metres  geo.Metres // from the door to the network, to the millimetre
	Way     int64      // id of the street it joins
	Piece   int32      // component of that street
	Private bool       // the street is private: a walk may begin or end on it only
}

// Refusal says why a door has no link.
type Refusal uint8

// The refusals. Where several streets were refused, the nearest one counts.
const (
	TooFar    Refusal = iota + 1 // no street within the limit
	OnIsland                     // only streets that lead nowhere: a component under Params.IslandNodes
	Across                       // only streets across a river, a railway or a motorway
	NoStreets                    // the graph has no street at all
	OffGrid                      // the position is not a number, or far outside the grid
	NotOpen                      // only streets that are barred to the profile
)

// String returns the refusal in words.
func (r Refusal) String() string {
	switch r {
	case TooFar:
		return "no street near enough"
	case OnIsland:
		return "only streets that lead nowhere"
	case Across:
		return "only streets across a river, railway or motorway"
	case NoStreets:
		return "no streets"
	case OffGrid:
		return "outside the grid"
	case NotOpen:
		return "only streets that are barred to the profile"
	}
	return "linked"
}

// SnapError says why the door at At was refused. Metres is the distance to the
// nearest street that was looked at and refused: past the limit for TooFar, and
// Unreachable where there is none.
type SnapError struct {
	At     geo.Grid
	Reason Refusal
	Metres geo.Metres
}

// Error returns the place and the reason.
func (e *SnapError) Error() string {
	return fmt.Sprintf("link %.0f,%.0f to the streets: %v (nearest at %.1f m)", e.At[0], e.At[1], e.Reason, float64(e.Metres))
}

// Open returns the links whose street the profile may walk along, or a
// *SnapError with the reason NotOpen. door is where the links begin.
func (g *Graph) Open(profile int, door geo.Grid, links []Link) ([]Link, error) {
	out := make([]Link, 0, len(links))
	for _, l := range links {
		if g.costs[profile][l.Edge] != Never {
			out = append(out, l)
		}
	}
	if len(out) == 0 {
		nearest := geo.Unreachable
		if len(links) > 0 {
			nearest = links[0].Metres
		}
		return nil, &SnapError{At: door, Reason: NotOpen, Metres: nearest}
	}
	return out, nil
}

// Snap returns the links of the door at p, nearest first: the nearest street
// that is not an island and not across a barrier line, and where that one is
// barred to some profile, the next street that is open to it, up to the limit.
// A link of exactly the limit is accepted. The error is a *SnapError.
//
// Why more than one link: every profile uses all links that are open to it, so
// a profile that may walk wherever another may is never slower than it, even
// from a door on a flight of steps.
func (g *Graph) Snap(p geo.Grid) ([]Link, error) {
	if _, ok := pointOf(p); !ok {
		return nil, &SnapError{At: p, Reason: OffGrid, Metres: geo.Unreachable}
	}
	if len(g.edges) == 0 {
		return nil, &SnapError{At: p, Reason: NoStreets, Metres: geo.Unreachable}
	}
	every := uint32(1)<<(len(g.params.Profiles)-1)<<1 - 1
	d := door{g: g, at: p, without: every}
	g.chunks.Nearest(p, func(c chunk) geo.Metres { return g.nearest(c, p).metres }, d.meet)
	if len(d.links) > 0 {
		return d.links, nil
	}
	if d.refused == nil {
		d.refuse(NotOpen, geo.Unreachable) // every street is barred to every profile
	}
	return nil, d.refused
}

// door is a place that is being linked, shown the streets from the nearest on.
type door struct {
	g       *Graph
	at      geo.Grid
	without uint32 // profiles that have no link yet, a bit each
	links   []Link
	refused error // of the nearest street that was refused
}

// meet takes or refuses a street and reports whether to go on to the next.
func (d *door) meet(c chunk, m geo.Metres) bool {
	if m > d.g.params.SnapLimit {
		d.refuse(TooFar, m)
		return false
	}
	e := &d.g.edges[c.edge]
	useful := d.without &^ e.barred
	if useful == 0 {
		return true
	}
	if d.g.onIsland(c.edge) {
		d.refuse(OnIsland, m)
		return true
	}
	n := d.g.nearest(c, d.at)
	if d.g.crosses(d.at, n.at) {
		d.refuse(Across, m)
		return true
	}
	d.without &^= useful
	d.links = append(d.links, Link{
		Place:   Place{Edge: c.edge, Segment: n.segment - e.first, Fraction: n.fraction},
		Metres:  m,
		Way:     d.g.ids[d.g.way[n.segment]],
		Piece:   d.g.piece[e.from],
		Private: e.feature&featureEnds != 0,
	})
	return d.without != 0
}

func (d *door) refuse(r Refusal, m geo.Metres) {
	if d.refused == nil {
		d.refused = &SnapError{At: d.at, Reason: r, Metres: m}
	}
}

// chunk is a run of up to chunkSegments segments of one edge: short enough for
// a tight box, long enough to keep the index small.
type chunk struct {
	edge        EdgeID
	first, last uint32  // of shape; last is the end vertex
	before      float32 // metres of the edge before first
}

const chunkSegments = 8

func chunksOf(g *Graph) *index.Index[chunk] {
	var out []chunk
	for i := range g.edges {
		e := &g.edges[i]
		var before float64
		for k := e.first; k < e.last; k += chunkSegments {
			c := chunk{EdgeID(i), k, min(k+chunkSegments, e.last), float32(before)}
			out = append(out, c)
			for j := c.first; j < c.last; j++ {
				before += g.shape[j].millimetres(g.shape[j+1]) / 1000
			}
		}
	}
	return index.New(out, func(c chunk) orb.Bound { return boundOf(g.shape[c.first : c.last+1]) })
}

// foot is the point of a chunk nearest to a door.
type foot struct {
	segment  uint32 // of shape
	fraction float64
	at       geo.Grid
	metres   geo.Metres // to the millimetre, so that a limit is met exactly
}

func (g *Graph) nearest(c chunk, p geo.Grid) foot {
	best := foot{metres: geo.Unreachable}
	for k := c.first; k < c.last; k++ {
		a, b := g.shape[k].grid(), g.shape[k+1].grid()
		if f, m := nearestOn(p, a, b); geo.Metres(m) < best.metres {
			best = foot{segment: k, fraction: f, metres: geo.Metres(m), at: between(a, b, f)}
		}
	}
	best.metres = geo.Metres(math.Round(float64(best.metres)*1000) / 1000)
	return best
}

// Segment is a straight piece of an edge. From and To are shares of the edge's
// length, in [0, 1]; both are 0 on an edge of no length.
type Segment struct {
	Edge     EdgeID
	A, B     geo.Grid
	From, To float64
}

// Segments calls yield with the pieces of every edge near b: at least those
// that meet it. The order is not defined.
func (g *Graph) Segments(b orb.Bound, yield func(Segment)) {
	if g.chunks == nil {
		return
	}
	g.chunks.Intersecting(b, func(c chunk) bool {
		whole := float64(g.edges[c.edge].metres)
		before := float64(c.before)
		share := func(m float64) float64 {
			if whole == 0 {
				return 0
			}
			return min(1, m/whole)
		}
		for k := c.first; k < c.last; k++ {
			after := before + g.shape[k].millimetres(g.shape[k+1])/1000
			yield(Segment{c.edge, g.shape[k].grid(), g.shape[k+1].grid(), share(before), share(after)})
			before = after
		}
		return true
	})
}

// At returns where on the network the link ends.
func (l Link) At(g *Graph) geo.Grid { return g.Position(l.Place) }
