package walk

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/geo/index"
)

// Params says how a graph is built. There are no hidden defaults: see
// DefaultParams.
type Params struct {
	Profiles    []Profile  // at most MaxProfiles, names unique
	SnapLimit   geo.Metres // a link of exactly this length is accepted, a longer one refused
	IslandNodes int        // a component with fewer nodes is never snapped to; the largest always is
}

// MaxProfiles is the most profiles of one graph.
const MaxProfiles = 32

// DefaultParams returns the four default profiles, links up to 500 m, and
// islands under 20 nodes.
func DefaultParams() Params {
	return Params{Profiles: Profiles(), SnapLimit: 500, IslandNodes: 20}
}

// ErrParams means that Params cannot be used.
var ErrParams = errors.New("walk parameters not usable")

// Validate returns an error that wraps ErrParams or ErrProfile, or nil.
func (p Params) Validate() error {
	if len(p.Profiles) == 0 || len(p.Profiles) > MaxProfiles {
		return fmt.Errorf("%d profiles: want 1 to %d: %w", len(p.Profiles), MaxProfiles, ErrParams)
	}
	if !(p.SnapLimit >= 0 && p.SnapLimit <= 100_000) {
		return fmt.Errorf("snap limit %v m: want 0 to 100000: %w", float64(p.SnapLimit), ErrParams)
	}
	seen := map[string]bool{}
	for _, pr := range p.Profiles {
		if err := pr.Validate(); err != nil {
			return err
		}
		if seen[pr.Name] {
			return fmt.Errorf("profile %q twice: %w", pr.Name, ErrProfile)
		}
		seen[pr.Name] = true
	}
	return nil
}

// NodeID numbers the nodes of a graph from 0, in the order of a Hilbert curve.
type NodeID = uint32

// EdgeID numbers the edges of a graph from 0, in the order of their nodes.
type EdgeID = uint32

// Graph is a street network to walk on. It is never changed once built and may
// be read by many goroutines at once.
type Graph struct {
	params Params
	report Report

	position []point  // of each node; the copies of one junction share it
	blocked  []uint32 // profiles that each node stops, a bit each
	piece    []int32  // component of each node
	copy     []bool   // whether the node is a further copy of the one before it
	island   []bool   // of each component
	sizes    []int    // nodes of each component, copies not counted

	edges []edge
	shape []point // vertices of all edges, each edge's in a row with both ends
	way   []int32 // way[k] is the way of the segment from shape[k] to shape[k+1]
	ids   []int64 // street data id of each way

	incidentFirst []uint32 // incidentEdges[incidentFirst[n]:incidentFirst[n+1]] meet node n
	incidentEdges []EdgeID

	costs [][]uint32 // per profile: milliseconds of each whole edge, Never when barred
	arcs  [][2]arcs  // per profile and Direction

	chunks   *index.Index[chunk]
	barriers *index.Index[wall]
}

// edge is a street between two nodes, of one kind of ground from end to end.
type edge struct {
	from, to    NodeID // for feature ends: the copies where a walk ends; +1 where one begins
	first, last uint32 // of shape
	metres      float32
	feature     feature
	through     bool   // private ground that could be walked through: nodes have copies
	barred      uint32 // profiles, a bit each
}

// Report returns the counts of the build.
func (g *Graph) Report() Report { return g.report }

// Params returns the parameters of the build.
func (g *Graph) Params() Params { return g.params }

// Nodes returns the number of nodes, the copies on private ground included.
func (g *Graph) Nodes() int { return len(g.position) }

// Edges returns the number of edges.
func (g *Graph) Edges() int { return len(g.edges) }

// ErrNoProfile means that the graph was not built with a profile of that name.
var ErrNoProfile = errors.New("no such profile")

// Bound returns the bounds of all streets, and false when there are none.
func (g *Graph) Bound() (b orb.Bound, ok bool) {
	if len(g.shape) == 0 {
		return orb.Bound{}, false
	}
	return boundOf(g.shape), true
}

// Profile returns the number and the definition of the profile named name.
func (g *Graph) Profile(name string) (int, Profile, error) {
	for i, p := range g.params.Profiles {
		if p.Name == name {
			return i, p, nil
		}
	}
	return 0, Profile{}, fmt.Errorf("profile %q: %w", name, ErrNoProfile)
}

// At returns the position of a node.
func (g *Graph) At(n NodeID) geo.Grid { return g.position[n].grid() }

// Piece returns the component that a node belongs to.
func (g *Graph) Piece(n NodeID) int32 { return g.piece[n] }

// Incident returns the edges that meet at n, a loop twice. It must not be
// changed.
func (g *Graph) Incident(n NodeID) []EdgeID {
	return g.incidentEdges[g.incidentFirst[n]:g.incidentFirst[n+1]]
}

// Role says which end of a walk a place is.
type Role uint8

// A walk goes from its Origin to its Destination.
const (
	Origin Role = iota
	Destination
)

// Ends returns the first and last node of e, as a place on e sees them in that
// role: on private ground walks begin and end at different copies.
func (g *Graph) Ends(e EdgeID, r Role) (from, to NodeID) {
	d := &g.edges[e]
	if d.through && r == Origin {
		return d.from + 1, d.to + 1
	}
	return d.from, d.to
}

// Cost returns the milliseconds of a walk along all of e, or Never when the
// profile is barred from it.
func (g *Graph) Cost(profile int, e EdgeID) uint32 { return g.costs[profile][e] }

// Length returns the length of e.
func (g *Graph) Length(e EdgeID) geo.Metres { return geo.Metres(g.edges[e].metres) }

// Vertices returns the number of vertices of e, both ends included: at least 2.
func (g *Graph) Vertices(e EdgeID) int { return int(g.edges[e].last-g.edges[e].first) + 1 }

// Shape calls yield with each vertex of e from its first node to its last.
func (g *Graph) Shape(e EdgeID, yield func(geo.Grid) bool) {
	d := &g.edges[e]
	for k := d.first; k <= d.last; k++ {
		if !yield(g.shape[k].grid()) {
			return
		}
	}
}

// passable reports whether profile may walk off e at node n and on.
func (g *Graph) passable(profile int, n NodeID) bool { return g.blocked[n]>>profile&1 == 0 }

// Place is a position on the network: a fraction, 0 to 1, of one straight
// segment of an edge, segments counted from 0.
type Place struct {
	Edge     EdgeID
	Segment  uint32
	Fraction float64
}

// Position returns where pl is.
func (g *Graph) Position(pl Place) geo.Grid {
	k := g.edges[pl.Edge].first + pl.Segment
	return between(g.shape[k].grid(), g.shape[k+1].grid(), pl.Fraction)
}

// Offset returns the milliseconds along pl's edge from its first node to pl,
// or Never when the profile is barred from the edge. The rest of the edge takes
// Cost less Offset, to the millisecond.
func (g *Graph) Offset(profile int, pl Place) uint32 {
	if g.costs[profile][pl.Edge] == Never {
		return Never
	}
	d := &g.edges[pl.Edge]
	pace := g.params.Profiles[profile].pace(d.feature)
	var t uint32
	k := d.first
	for ; k < d.first+pl.Segment; k++ {
		t += millis(g.shape[k].millimetres(g.shape[k+1]), pace)
	}
	whole := millis(g.shape[k].millimetres(g.shape[k+1]), pace)
	return t + uint32(float64(whole)*pl.Fraction+0.5)
}

// Reach holds the milliseconds between a place and the two ends of its edge,
// Never where there is no such walk: against a one-way path, or through a gate
// at the end that stops the profile.
type Reach struct {
	From, To   NodeID
	FromMillis uint32
	ToMillis   uint32
}

// Reach returns the walks between pl and its edge's ends: to the ends when pl
// is an Origin, from them when it is a Destination.
func (g *Graph) Reach(profile int, pl Place, r Role) Reach {
	out := Reach{FromMillis: Never, ToMillis: Never}
	out.From, out.To = g.Ends(pl.Edge, r)
	offset := g.Offset(profile, pl)
	if offset == Never {
		return out
	}
	forward, backward := g.directions(pl.Edge)
	if r == Destination {
		forward, backward = backward, forward
	}
	if backward && g.passable(profile, out.From) {
		out.FromMillis = offset
	}
	if forward && g.passable(profile, out.To) {
		out.ToMillis = g.costs[profile][pl.Edge] - offset
	}
	return out
}

// Direct returns the milliseconds of the walk along one edge from origin to
// destination, or Never when they are not on one edge or it is one-way against
// the walk.
func (g *Graph) Direct(profile int, origin, destination Place) uint32 {
	if origin.Edge != destination.Edge {
		return Never
	}
	a, b := g.Offset(profile, origin), g.Offset(profile, destination)
	forward, backward := g.directions(origin.Edge)
	switch {
	case a == Never:
		return Never
	case a <= b && forward, a == b:
		return b - a
	case a > b && backward:
		return a - b
	}
	return Never
}

// directions reports whether e may be walked from its first node to its last,
// and back.
func (g *Graph) directions(e EdgeID) (forward, backward bool) {
	f := g.edges[e].feature
	return f&featureBackward == 0, f&featureForward == 0
}
