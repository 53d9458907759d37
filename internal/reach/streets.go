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
	doors   *Doors
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

// Doors are points and how each is linked to the streets, whatever the profile.
type Doors struct {
	g      *walk.Graph
	at     []geo.Grid
	links  [][]walk.Link
	faults []*walk.SnapError // by point, nil where it is linked
	raster *raster
}

// NewDoors returns the points, none of them linked yet.
func NewDoors(g *walk.Graph, points []geo.Grid) *Doors {
	return &Doors{g: g, at: slices.Clone(points), links: make([][]walk.Link, len(points)), faults: make([]*walk.SnapError, len(points)), raster: newRaster(g)}
}

// Link links a point, by its number, to the streets. Goroutines may link
// different points at once, and none while Streets runs.
func (d *Doors) Link(point int) {
	var err error
	d.links[point], err = d.g.Snap(d.at[point])
	errors.As(err, &d.faults[point])
}

// Streets lays out the linked points for the named profile; a point that was
// never linked is in nobody's reach. The errors are walk.ErrNoProfile and
// ErrMinutes. Many goroutines may call at once.
func (d *Doors) Streets(profile string, p Params) (*Streets, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("link points to streets: %w", err)
	}
	number, _, err := d.g.Profile(profile)
	if err != nil {
		return nil, fmt.Errorf("link points to streets: %w", err)
	}
	s := &Streets{g: d.g, profile: number, params: p, doors: d}
	for i, f := range d.faults {
		if f != nil {
			s.refused = append(s.refused, Refused{int32(i), f.Reason, f.Metres})
		}
	}
	s.lay()
	slices.SortFunc(s.refused, func(a, b Refused) int { return cmp.Compare(a.Point, b.Point) })
	return s, nil
}

// NewStreets links every point to the streets of g for the named profile. A
// point that cannot be linked is listed in Refused. The errors are
// walk.ErrNoProfile and ErrMinutes.
func NewStreets(g *walk.Graph, profile string, points []geo.Grid, p Params) (*Streets, error) {
	d := NewDoors(g, points)
	for i := range d.at {
		d.Link(i)
	}
	return d.Streets(profile, p)
}

// With returns the same points and streets for another profile, or for other
// parameters. The links, which take the longest, are shared.
func (s *Streets) With(profile string, p Params) (*Streets, error) {
	return s.doors.Streets(profile, p)
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
