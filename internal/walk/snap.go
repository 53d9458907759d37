package walk

import (
	"fmt"

	"hubreach/geo"
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
	if g.Edges() == 0 {
		return nil, &SnapError{At: p, Reason: NoStreets, Metres: geo.Unreachable}
	}
	every := uint32(1)<<(len(g.params.Profiles)-1)<<1 - 1
	d := door{g: g, at: p, without: every}
	g.nearest(p, d.meet)
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
func (d *door) meet(f foot) bool {
	m := geo.Metres(f.metres)
	if m > d.g.params.SnapLimit {
		d.refuse(TooFar, m)
		return false
	}
	useful := d.without &^ d.g.barred(f.edge)
	if useful == 0 {
		return true
	}
	if d.g.onIsland(f.edge) {
		d.refuse(OnIsland, m)
		return true
	}
	at := Place{Edge: f.edge, Segment: f.segment, Fraction: f.fraction}
	if d.g.crosses(d.at, d.g.Position(at)) {
		d.refuse(Across, m)
		return true
	}
	d.without &^= useful
	d.links = append(d.links, Link{
		Place:   at,
		Metres:  m,
		Way:     d.g.wayOf(f.edge, f.segment),
		Piece:   d.g.piece[d.g.edges[f.edge].from],
		Private: d.g.feature(f.edge)&featureEnds != 0,
	})
	return d.without != 0
}

func (d *door) refuse(r Refusal, m geo.Metres) {
	if d.refused == nil {
		d.refused = &SnapError{At: d.at, Reason: r, Metres: m}
	}
}

// At returns where on the network the link ends.
func (l Link) At(g *Graph) geo.Grid { return g.Position(l.Place) }
