package village

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/paulmach/orb"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Cell is the width and height of a character of a drawing.
const Cell geo.Metres = 50

// Origin is where the left end of a drawing's first line stands: between
// Maidstone and the North Downs.
var Origin = geo.Grid{576000, 157000}

// Village is a drawing that was understood. It is never changed and may be read
// by many goroutines at once.
type Village struct {
	drawing drawing
	spots   map[rune]spot
	streets source.Streets
}

// Parse reads a drawing. The error is an *Error that says where the drawing
// cannot be understood; an empty text is an empty village.
func Parse(text string) (*Village, error) {
	d := newDrawing(text)
	if err := d.check(); err != nil {
		return nil, err
	}
	v := &Village{drawing: d, spots: make(map[rune]spot)}
	for row, cells := range d.rows {
		for col, c := range cells {
			if isPlace(c) {
				v.spots[c] = d.middle(row, col, left)
			}
		}
	}
	if err := v.lay(); err != nil {
		return nil, err
	}
	return v, nil
}

// MustParse is Parse for drawings that are known to be right. It panics with
// the error of one that is not.
func MustParse(text string) *Village {
	v, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return v
}

// String returns the drawing without its indentation, with a line feed at the
// end of each line.
func (v *Village) String() string {
	var b strings.Builder
	for _, r := range v.drawing.rows {
		b.WriteString(string(r))
		b.WriteByte('\n')
	}
	return b.String()
}

// Places returns the places in ascending order.
func (v *Village) Places() []rune { return slices.Sorted(maps.Keys(v.spots)) }

// At returns where a place stands on the British National Grid. It panics when
// the drawing has no such place.
func (v *Village) At(place rune) geo.Grid { return v.spot(place).grid() }

// Node returns the ID of the node that a place has in Streets, when a line
// leads to it; the node of a place that nothing leads to is not in Streets. It
// panics when the drawing has no such place.
func (v *Village) Node(place rune) int64 { return v.node(v.spot(place)) }

func (v *Village) spot(place rune) spot {
	s, ok := v.spots[place]
	if !ok {
		panic(fmt.Sprintf("village: no place %q in\n%s", place, v))
	}
	return s
}

// Streets returns the lines and barriers as a street network in WGS 84, a node
// in the middle of each cell and wherever a line ends or changes. A way runs
// straight on through junctions as long as its kind does not change. A motorway
// is both a way and a barrier. Each call returns a copy of its own.
func (v *Village) Streets() source.Streets {
	s := source.Streets{
		Nodes:    slices.Clone(v.streets.Nodes),
		Ways:     cloneWays(v.streets.Ways),
		Barriers: cloneWays(v.streets.Barriers),
	}
	for i := range s.Nodes {
		s.Nodes[i].Tags = maps.Clone(s.Nodes[i].Tags)
	}
	return s
}

func cloneWays(ws []source.Way) []source.Way {
	out := slices.Clone(ws)
	for i := range out {
		out[i].Nodes = slices.Clone(out[i].Nodes)
		out[i].Tags = maps.Clone(out[i].Tags)
	}
	return out
}

// projection is opened once for all the drawings of a test run.
var projection = sync.OnceValues(geo.NewProjection)

// lay makes the street network.
func (v *Village) lay() error {
	used := make(map[int64]spot)
	node := func(s spot) int64 {
		id := v.node(s)
		used[id] = s
		return id
	}
	for i, t := range v.drawing.traces() {
		sym, _ := symbolOf(t.class)
		w := t.way(int64(i+1), node)
		if sym.kind == line {
			v.streets.Ways = append(v.streets.Ways, w)
		}
		if sym.kind == barrier || sym.blocks {
			v.streets.Barriers = append(v.streets.Barriers, w)
		}
	}
	proj, err := projection()
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(used)) {
		n, err := v.place(proj, id, used[id])
		if err != nil {
			return err
		}
		v.streets.Nodes = append(v.streets.Nodes, n)
	}
	return nil
}

// place makes the node of a spot.
func (v *Village) place(proj *geo.Projection, id int64, s spot) (source.Node, error) {
	at, err := proj.ToLonLat(s.grid())
	if err != nil {
		return source.Node{}, fmt.Errorf("village: place %v: %w", s, err)
	}
	n := source.Node{ID: id, At: orb.Point(at)}
	if s.row%2 == 1 && s.col%2 == 1 {
		if sym, _ := symbolOf(v.drawing.at(s.row/2, s.col/2)); sym.kind == vertex {
			n.Tags = maps.Clone(sym.tags)
		}
	}
	return n, nil
}

// node returns the ID of the node at a spot: in reading order, from 1, two to
// each half cell.
func (v *Village) node(s spot) int64 {
	id := int64(s.row)*int64(2*v.drawing.width()+1) + int64(s.col)
	if s.under {
		return 2*id + 2
	}
	return 2*id + 1
}

// grid returns where a spot stands.
func (s spot) grid() geo.Grid {
	const half = float64(Cell) / 2
	return geo.Grid{Origin[0] + float64(s.col-1)*half, Origin[1] - float64(s.row-1)*half}
}
