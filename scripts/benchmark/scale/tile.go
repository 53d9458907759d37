package scale

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"hubreach/internal/source"
)

// Trim is the share of street vertices left outside the box at each of its four
// sides by default. Of the Newport extract it takes off the ends of long roads
// and keeps the town.
const Trim = 0.01

// ErrNoStreets means that there is nothing to copy.
var ErrNoStreets = errors.New("no streets to copy")

// Tile is the middle of a place, to be copied. It is never changed once cut.
type Tile struct {
	box   orb.Bound
	nodes []source.Node // ids 1, 2, 3 ... in this order
	lines []line
	east  []join // from a node of this copy to one of the copy to the east
	north []join
	used  int // nodes on streets
	homes []int
}

// line is a way or a part of one, over the numbers of nodes.
type line struct {
	nodes           []int
	tags            source.Tags
	street, barrier bool
}

// join is a road from a node of a copy to one of its neighbour.
type join struct{ here, there int }

// Cut takes the box that leaves the share trim of the street vertices outside at
// each side, and cuts streets and barriers at it: a way that leaves the box and
// comes back gives two. trim is at least 0 and under 0.5; 0 keeps all and joins
// nothing. The error wraps ErrNoStreets, or says that trim is not usable.
func Cut(s source.Streets, trim float64) (*Tile, error) {
	if !(trim >= 0 && trim < 0.5) {
		return nil, fmt.Errorf("cut a tile: trim %v: want 0 or more and under 0.5", trim)
	}
	at := make(map[int64]source.Node, len(s.Nodes))
	for _, n := range s.Nodes {
		at[n.ID] = n
	}
	t := &Tile{}
	var ok bool
	if t.box, ok = boxOf(s, at, trim); !ok {
		return nil, fmt.Errorf("cut a tile: %w", ErrNoStreets)
	}
	c := cutter{tile: t, at: at, number: map[int64]int{}}
	for _, w := range linesOf(s) {
		c.cut(w)
	}
	t.east = pair(c.ends[east], c.ends[west], t.nodes, 1)
	t.north = pair(c.ends[north], c.ends[south], t.nodes, 0)
	t.count()
	return t, nil
}

// boxOf returns the box of the vertices of streets, less the trimmed ones.
func boxOf(s source.Streets, at map[int64]source.Node, trim float64) (orb.Bound, bool) {
	var xs, ys []float64
	seen := map[int64]bool{}
	for _, w := range s.Ways {
		if w.Tags["highway"] == "" {
			continue // a ferry runs far beyond the place
		}
		for _, id := range w.Nodes {
			if n, ok := at[id]; ok && !seen[id] {
				seen[id] = true
				xs, ys = append(xs, n.At[0]), append(ys, n.At[1])
			}
		}
	}
	if len(xs) == 0 {
		return orb.Bound{}, false
	}
	slices.Sort(xs)
	slices.Sort(ys)
	k := int(trim * float64(len(xs)))
	return orb.Bound{Min: orb.Point{xs[k], ys[k]}, Max: orb.Point{xs[len(xs)-1-k], ys[len(ys)-1-k]}}, true
}

// whole is a way before it is cut.
type whole struct {
	source.Way
	street, barrier bool
}

// linesOf returns streets and barriers by id, a way that is both once.
func linesOf(s source.Streets) []whole {
	byID := map[int64]int{}
	var out []whole
	for _, w := range s.Ways {
		byID[w.ID] = len(out)
		out = append(out, whole{Way: w, street: true})
	}
	for _, w := range s.Barriers {
		if i, both := byID[w.ID]; both {
			out[i].barrier = true
			continue
		}
		out = append(out, whole{Way: w, barrier: true})
	}
	slices.SortFunc(out, func(a, b whole) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// count notes the nodes on streets, and those where people may live.
func (t *Tile) count() {
	used, homes := make([]bool, len(t.nodes)), make([]bool, len(t.nodes))
	for _, l := range t.lines {
		h := l.tags["highway"]
		home := h == "residential" || h == "living_street" || h == "unclassified" || h == "tertiary"
		for _, n := range l.nodes {
			used[n] = used[n] || l.street
			homes[n] = homes[n] || home
		}
	}
	for n := range t.nodes {
		if used[n] {
			t.used++
		}
		if homes[n] {
			t.homes = append(t.homes, n)
		}
	}
}
