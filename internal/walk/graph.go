package walk

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/geo"
)

// Params says how a graph is built. There are no hidden defaults: see
// DefaultParams.
type Params struct {
	Profiles    []Profile  // at most MaxProfiles, names unique
	SnapLimit   geo.Metres // a link of exactly this length is accepted, a longer one refused
	IslandNodes int        // a component with fewer nodes is never snapped to; the largest always is
	Slope       Slope      // how heights lengthen walks; Level where it is empty
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
	if !p.Slope.known() {
		return fmt.Errorf("slope %q: want tobler, naismith or none: %w", p.Slope, ErrParams)
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

	position []point // of each node; the copies of one junction share it
	piece    []int32 // component of each node
	island   bitmap  // components that are never snapped to
	stops    []stop  // nodes that stop a profile, by node
	stopping bitmap  // the same nodes

	edges []edge // and one more, which ends the shape of the last
	kinds []kind
	shape []point // vertices of all edges between their ends, each edge's in a row
	ids   []int64 // street data id of each way
	parts []part  // by edge and segment

	incidentFirst []uint32 // incidentEdges[incidentFirst[n]:incidentFirst[n+1]] meet node n
	incidentEdges []EdgeID

	// Milliseconds of each whole edge per profile, Never when barred: as the edge
	// runs and, where ground is not level, back; costsBack is nil when it is.
	costs, costsBack [][]uint32
	// Heights in millimetres of the nodes and of shape; nil on level ground.
	nodeHeights, shapeHeights []int32

	rows [2][]row     // per Direction and node
	long [2][]longRow // per Direction, by node
	arcs [][]uint32   // per profile, in words

	blocks []block
	boxes  boxes // around the blocks
	walls  wallIndex
}

// edge is a street between two nodes, of one kind of ground from end to end.
type edge struct {
	from, to NodeID // of private ground that could be walked through: where a walk ends; +1 where one begins
	inner    uint32 // number in shape of the first vertex after from; the next edge's follow the last before to
	metres   float32
	kind     uint32 // number of its kind, and flags below it
	way      int32  // number of the way of its first segment
}

// The flags of edge.kind.
const (
	edgeThrough uint32 = 1 << iota // private ground that could be walked through: nodes have copies
	edgeParts                      // segments belong to several ways
	kindShift   = iota
)

// part says that from a segment of an edge on, its segments belong to way.
type part struct {
	edge    EdgeID
	segment uint32
	way     int32
}

// stop is a node that stops profiles, a bit each.
type stop struct {
	node     NodeID
	profiles uint32
}

// Report returns the counts of the build.
func (g *Graph) Report() Report { return g.report }

// Params returns the parameters of the build.
func (g *Graph) Params() Params { return g.params }

// Nodes returns the number of nodes, the copies on private ground included.
func (g *Graph) Nodes() int { return len(g.position) }

// Edges returns the number of edges.
func (g *Graph) Edges() int { return max(0, len(g.edges)-1) }

// ErrNoProfile means that the graph was not built with a profile of that name.
var ErrNoProfile = errors.New("no such profile")

// Bound returns the bounds of all streets, and false when there are none.
func (g *Graph) Bound() (b orb.Bound, ok bool) {
	whole, ok := g.boxes.whole()
	return whole.bound(), ok
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

// Millimetres returns At in whole millimetres, as positions are kept.
func (g *Graph) Millimetres(n NodeID) (east, north int32) { return g.position[n].x, g.position[n].y }

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
	if d.kind&edgeThrough != 0 && r == Origin {
		return d.from + 1, d.to + 1
	}
	return d.from, d.to
}

// Cost returns the milliseconds of a walk along all of e from its first node to
// its last, or Never when the profile is barred from it. One-way streets are not
// looked at.
func (g *Graph) Cost(profile int, e EdgeID) uint32 { return g.costs[profile][e] }

// CostBack is Cost from the last node of e to its first. The two differ on
// slopes only.
func (g *Graph) CostBack(profile int, e EdgeID) uint32 {
	if g.costsBack == nil {
		return g.costs[profile][e]
	}
	return g.costsBack[profile][e]
}

// Length returns the length of e.
func (g *Graph) Length(e EdgeID) geo.Metres { return geo.Metres(g.edges[e].metres) }

// Vertices returns the number of vertices of e, both ends included: at least 2.
func (g *Graph) Vertices(e EdgeID) int { return len(g.inner(e)) + 2 }

// Shape calls yield with each vertex of e from its first node to its last.
func (g *Graph) Shape(e EdgeID, yield func(geo.Grid) bool) {
	d := &g.edges[e]
	if !yield(g.position[d.from].grid()) {
		return
	}
	for _, p := range g.inner(e) {
		if !yield(p.grid()) {
			return
		}
	}
	yield(g.position[d.to].grid())
}

// inner returns the vertices of e between its ends.
func (g *Graph) inner(e EdgeID) []point { return g.shape[g.edges[e].inner:g.edges[e+1].inner] }

// vertex returns vertex k of e, from 0.
func (g *Graph) vertex(e EdgeID, k uint32) point {
	d, end := &g.edges[e], g.edges[e+1].inner-g.edges[e].inner+1
	switch k {
	case 0:
		return g.position[d.from]
	case end:
		return g.position[d.to]
	}
	return g.shape[d.inner+k-1]
}

// feature returns what makes e slow or barred.
func (g *Graph) feature(e EdgeID) feature { return g.kinds[g.edges[e].kind>>kindShift].feature }

// barred returns the profiles that are barred from e, a bit each.
func (g *Graph) barred(e EdgeID) uint32 { return g.kinds[g.edges[e].kind>>kindShift].barred }

// wayOf returns the street data id of the way of a segment of e.
func (g *Graph) wayOf(e EdgeID, segment uint32) int64 {
	way := g.edges[e].way
	if g.edges[e].kind&edgeParts != 0 {
		i, exact := slices.BinarySearchFunc(g.parts, part{edge: e, segment: segment}, func(p, q part) int {
			return cmp.Or(cmp.Compare(p.edge, q.edge), cmp.Compare(p.segment, q.segment))
		})
		if !exact {
			i--
		}
		if i >= 0 && g.parts[i].edge == e {
			way = g.parts[i].way
		}
	}
	return g.ids[way]
}

// markStops sets the bits of the nodes that stop a profile.
func (g *Graph) markStops() {
	g.stopping = newBits(len(g.position))
	for _, s := range g.stops {
		g.stopping.set(s.node)
	}
}

// passable reports whether profile may walk off an edge at node n and on.
func (g *Graph) passable(profile int, n NodeID) bool {
	if !g.stopping.has(n) {
		return true
	}
	i, _ := slices.BinarySearchFunc(g.stops, n, func(s stop, n NodeID) int { return cmp.Compare(s.node, n) })
	return g.stops[i].profiles>>profile&1 == 0
}

// Plain reports whether e has no rule of its own for walks: it may be walked both
// ways and gone on from at both ends, by every profile that may walk there, and
// its ends are one node each. Then the walk to its first node that goes on along
// it is the walk to that node, and so with its last.
func (g *Graph) Plain(e EdgeID) bool {
	d := &g.edges[e]
	forward, backward := g.directions(e)
	return forward && backward && d.kind&edgeThrough == 0 && !g.stopping.has(d.from) && !g.stopping.has(d.to)
}

// directions reports whether e may be walked from its first node to its last,
// and back.
func (g *Graph) directions(e EdgeID) (forward, backward bool) {
	f := g.feature(e)
	return f&featureBackward == 0, f&featureForward == 0
}
