package village

import (
	"maps"
	"slices"

	"hubreach/internal/source"
)

// A spot is a point of the drawing in half cells: odd is the middle of a cell,
// even an edge. Under is set on what goes up and down through a crossing.
type spot struct {
	row, col int
	under    bool
}

// A piece is a straight bit of one class of line, from left to right or from
// above to below.
type piece struct {
	class    rune
	from, to spot
}

// middle is the spot in the middle of a cell, for what leaves it by side s.
func (d drawing) middle(row, col int, s side) spot {
	under := d.at(row, col) == '%' && (s == up || s == down)
	return spot{row: 2*row + 1, col: 2*col + 1, under: under}
}

// edge is the spot in the middle of a cell's side s.
func (d drawing) edge(row, col int, s side) spot {
	r, c := s.step()
	return spot{row: 2*row + 1 + r, col: 2*col + 1 + c}
}

// pieces appends what runs from the cell towards the ends of one axis: a bit
// that ends at its own first edge, and what leads to the next cell.
func (d drawing) pieces(ps []piece, row, col int, first, last side) []piece {
	k := d.carries(row, col, last)
	if d.endsAt(row, col, first) {
		ps = append(ps, piece{k, d.edge(row, col, first), d.middle(row, col, first)})
	}
	if d.endsAt(row, col, last) {
		return append(ps, piece{k, d.middle(row, col, last), d.edge(row, col, last)})
	}
	if !d.joined(row, col, last) {
		return ps
	}
	r, c := d.beside(row, col, last)
	a, b := d.middle(row, col, last), d.middle(r, c, first)
	next := d.carries(r, c, first)
	switch {
	case k == '+':
		return append(ps, piece{next, a, b})
	case next == '+' || next == k:
		return append(ps, piece{k, a, b})
	}
	e := d.edge(row, col, last)
	return append(ps, piece{k, a, e}, piece{next, e, b})
}

// endsAt reports whether what runs through the cell has an end of its own at
// side s: a line that joins nothing there, or a barrier that joins only the
// cell opposite.
func (d drawing) endsAt(row, col int, s side) bool {
	sym, _ := symbolOf(d.at(row, col))
	switch sym.kind {
	case line:
		return d.offers(row, col, s) && !d.joined(row, col, s)
	case barrier:
		for t := left; t <= down; t++ {
			if d.joined(row, col, t) != (t == s.opposite()) {
				return false
			}
		}
		return true
	}
	return false
}

// A trace is a line as a way is: spots in a row.
type trace struct {
	class rune
	spots []spot
}

// traces returns the lines and barriers of the drawing, as long as they run
// straight on in one class: rows first, then columns, then cells of a barrier
// that stand alone.
func (d drawing) traces() []trace {
	var ts []trace
	width := d.width()
	for row := range d.rows {
		var ps []piece
		for col := range width {
			ps = d.pieces(ps, row, col, left, right)
		}
		ts = appendTraces(ts, ps)
	}
	for col := range width {
		var ps []piece
		for row := range d.rows {
			ps = d.pieces(ps, row, col, up, down)
		}
		ts = appendTraces(ts, ps)
	}
	for row, cells := range d.rows {
		for col := range cells {
			if d.alone(row, col) {
				ts = append(ts, d.ring(row, col))
			}
		}
	}
	return ts
}

// appendTraces joins pieces that follow each other.
func appendTraces(ts []trace, ps []piece) []trace {
	for i, p := range ps {
		if i > 0 && ps[i-1].to == p.from && ps[i-1].class == p.class {
			t := &ts[len(ts)-1]
			t.spots = append(t.spots, p.to)
			continue
		}
		ts = append(ts, trace{p.class, []spot{p.from, p.to}})
	}
	return ts
}

// alone reports whether the cell is a barrier that joins nothing.
func (d drawing) alone(row, col int) bool {
	if !isBarrier(d.at(row, col)) {
		return false
	}
	for s := left; s <= down; s++ {
		if d.joined(row, col, s) {
			return false
		}
	}
	return true
}

func (d drawing) ring(row, col int) trace {
	t := trace{class: d.at(row, col)}
	for _, s := range []side{left, down, right, up, left} {
		t.spots = append(t.spots, d.edge(row, col, s))
	}
	return t
}

// way makes a way of a trace.
func (t trace) way(id int64, node func(spot) int64) source.Way {
	sym, _ := symbolOf(t.class)
	w := source.Way{ID: id, Tags: maps.Clone(sym.tags)}
	for _, s := range t.spots {
		w.Nodes = append(w.Nodes, node(s))
	}
	if sym.against {
		slices.Reverse(w.Nodes)
	}
	return w
}
