package reach

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// Streets holds population points linked to a street graph for one profile. It
// is never changed once built and may be shared by many goroutines, each with a
// Worker of its own.
type Streets struct {
	g       *walk.Graph
	profile int
	params  Params
	doors   *doors
	raster  *raster
	refused []Refused

	// The points that a walk can come to by way of each node, in compressed
	// sparse rows: byNode[first[n]:first[n+1]].
	first  []uint32
	byNode []entry
	// The links by edge, for walks that stay on one edge.
	byEdge []stop
}

// entry is a point that can be walked to from a node.
type entry struct {
	point  int32
	millis uint32 // along the edge and along the link
}

// stop is a link of a point.
type stop struct {
	place  walk.Place
	point  int32
	millis uint32 // of the link
}

// Refused is a point that is not linked to the streets, and why: it is in
// nobody's reach. Metres is the distance to the nearest street refused.
type Refused struct {
	Point  int32
	Reason walk.Refusal
	Metres geo.Metres
}

// doors are the links of all points, whatever the profile.
type doors struct {
	at    []geo.Grid
	links [][]walk.Link
	fails []Refused
}

// NewStreets links every point to the streets of g for the named profile. A
// point that cannot be linked is listed in Refused. The errors are
// walk.ErrNoProfile and ErrMinutes.
func NewStreets(g *walk.Graph, profile string, points []geo.Grid, p Params) (*Streets, error) {
	d := &doors{at: slices.Clone(points), links: make([][]walk.Link, len(points))}
	for i, at := range d.at {
		links, err := g.Snap(at)
		var snap *walk.SnapError
		if errors.As(err, &snap) {
			d.fails = append(d.fails, Refused{int32(i), snap.Reason, snap.Metres})
		}
		d.links[i] = links
	}
	return newStreets(g, profile, d, newRaster(g), p)
}

// With returns the same points and streets for another profile, or for other
// parameters. The links, which take the longest, are shared.
func (s *Streets) With(profile string, p Params) (*Streets, error) {
	return newStreets(s.g, profile, s.doors, s.raster, p)
}

func newStreets(g *walk.Graph, profile string, d *doors, r *raster, p Params) (*Streets, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("link points to streets: %w", err)
	}
	number, _, err := g.Profile(profile)
	if err != nil {
		return nil, fmt.Errorf("link points to streets: %w", err)
	}
	s := &Streets{g: g, profile: number, params: p, doors: d, raster: r, refused: slices.Clone(d.fails)}
	s.lay()
	slices.SortFunc(s.refused, func(a, b Refused) int { return cmp.Compare(a.Point, b.Point) })
	return s, nil
}

// lay lists the points by node and by edge.
func (s *Streets) lay() {
	role := walk.Origin
	if s.params.Direction == walk.From {
		role = walk.Destination
	}
	profile := s.g.Params().Profiles[s.profile]
	type row struct {
		node walk.NodeID
		entry
	}
	var rows []row
	add := func(point int32, n walk.NodeID, link, along uint32) {
		if along != walk.Never {
			rows = append(rows, row{n, entry{point, link + along}})
		}
	}
	for i, links := range s.doors.links {
		if len(links) == 0 {
			continue
		}
		open, err := s.g.Open(s.profile, s.doors.at[i], links)
		if err != nil {
			s.refused = append(s.refused, Refused{int32(i), walk.NotOpen, links[0].Metres})
		}
		for _, l := range open {
			millis := profile.LinkMillis(float64(l.Metres))
			r := s.g.Reach(s.profile, l.Place, role)
			add(int32(i), r.From, millis, r.FromMillis)
			add(int32(i), r.To, millis, r.ToMillis)
			s.byEdge = append(s.byEdge, stop{l.Place, int32(i), millis})
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.node, b.node), cmp.Compare(a.point, b.point), cmp.Compare(a.millis, b.millis))
	})
	slices.SortStableFunc(s.byEdge, func(a, b stop) int { return cmp.Compare(a.place.Edge, b.place.Edge) })
	s.first = make([]uint32, s.g.Nodes()+1)
	s.byNode = make([]entry, len(rows))
	for i, r := range rows {
		s.first[r.node+1]++
		s.byNode[i] = r.entry
	}
	for n := range s.g.Nodes() {
		s.first[n+1] += s.first[n]
	}
}

// stops returns the links on edge e.
func (s *Streets) stops(e walk.EdgeID) []stop {
	find := func(e walk.EdgeID) int {
		i, _ := slices.BinarySearchFunc(s.byEdge, e, func(a stop, e walk.EdgeID) int { return cmp.Compare(a.place.Edge, e) })
		return i
	}
	return s.byEdge[find(e):find(e+1)]
}

// Points returns the number of points.
func (s *Streets) Points() int { return len(s.doors.at) }

// Refused returns the points that are not linked, by ascending point. It must
// not be changed.
func (s *Streets) Refused() []Refused { return s.refused }

// Links returns the links of a point, nearest first, whatever the profile; none
// when it was refused. It must not be changed.
func (s *Streets) Links(point int) []walk.Link { return s.doors.links[point] }

// Params returns the parameters.
func (s *Streets) Params() Params { return s.params }

// Graph returns the streets that the points are linked to.
func (s *Streets) Graph() *walk.Graph { return s.g }
