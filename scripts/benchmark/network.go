package main

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// arc is one step of a search, in whole milliseconds.
type arc struct {
	from, to walk.NodeID
	millis   uint32
}

// network is what our search runs on, read off the graph, for the peers: the
// arcs of a search towards a place, by ascending from and to, the shortest of
// parallel ones, in compressed sparse rows.
type network struct {
	at    []geo.Grid
	arcs  []arc
	first []uint32
	nodes int // of the graph; those after them are bends of its edges
}

// networkOf reads the arcs of the profile with that number. With bends, every
// bend of a street is a node as well, as in the street data: the same walks in
// more steps.
//
// What it reads is what Graph says to anyone: which ends of an edge a place on
// it can be walked to and from. Private ground has copies of its nodes, for
// walks that begin there and for walks that end there, joined to each other and
// to the streets by steps of no length.
func networkOf(g *walk.Graph, profile int, bends bool) *network {
	n := &network{at: make([]geo.Grid, g.Nodes()), nodes: g.Nodes()}
	for i := range n.at {
		n.at[i] = g.At(walk.NodeID(i))
	}
	open, copied := make([]bool, g.Nodes()), map[walk.NodeID]bool{}
	for e := range walk.EdgeID(g.Edges()) {
		millis := g.Cost(profile, e)
		if millis == walk.Never {
			continue
		}
		start := walk.Place{Edge: e}
		out, in := g.Reach(profile, start, walk.Origin), g.Reach(profile, start, walk.Destination)
		// A walk along the edge comes in at one end and goes off at the other.
		forward := in.FromMillis != walk.Never && out.ToMillis != walk.Never
		backward := in.ToMillis != walk.Never && out.FromMillis != walk.Never
		add := func(from, to walk.NodeID) {
			last, before := from, uint32(0)
			part := func(next walk.NodeID, after uint32) {
				if forward {
					n.arcs = append(n.arcs, arc{next, last, after - before}) // turned round: towards the place
				}
				if backward {
					n.arcs = append(n.arcs, arc{last, next, after - before})
				}
				last, before = next, after
			}
			for k := uint32(1); bends && int(k) < g.Vertices(e)-1; k++ {
				bend := walk.Place{Edge: e, Segment: k}
				n.at = append(n.at, g.Position(bend))
				part(walk.NodeID(len(n.at)-1), g.Offset(profile, bend))
			}
			part(to, millis)
			open[from] = open[from] || in.FromMillis != walk.Never || out.FromMillis != walk.Never
			open[to] = open[to] || in.ToMillis != walk.Never || out.ToMillis != walk.Never
		}
		add(in.From, in.To)
		if out.From != in.From {
			copied[in.From], copied[in.To] = true, true
			add(out.From, out.To)
		}
	}
	for end := range copied {
		n.joinCopies(g, end, open)
	}
	n.pack()
	return n
}

// joinCopies adds the steps between the copies of a node on private ground, of
// which end is the one where walks end and the next where they begin.
func (n *network) joinCopies(g *walk.Graph, end walk.NodeID, open []bool) {
	begin := end + 1
	if !open[end] && !open[begin] {
		return
	}
	n.arcs = append(n.arcs, arc{end, begin, 0})
	if street := end - 1; end > 0 && g.At(street) == g.At(end) && g.Piece(street) == g.Piece(end) && open[street] {
		n.arcs = append(n.arcs, arc{street, begin, 0}, arc{end, street, 0})
	}
}

func (n *network) pack() {
	n.arcs = slices.DeleteFunc(n.arcs, func(a arc) bool { return a.from == a.to })
	slices.SortFunc(n.arcs, func(a, b arc) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.millis, b.millis))
	})
	n.arcs = slices.CompactFunc(n.arcs, func(a, b arc) bool { return a.from == b.from && a.to == b.to })
	n.first = make([]uint32, len(n.at)+1)
	for _, a := range n.arcs {
		n.first[a.from+1]++
	}
	for i := range n.at {
		n.first[i+1] += n.first[i]
	}
}

// write puts the network into folder for the peers: first.u32, to.u32 and
// millis.u32, little-endian, and edges.csv with one row for the arcs of both
// directions between two nodes: id, source, target, cost, reverse_cost (-1
// where there is no arc), and the metres of the source.
func (n *network) write(folder string) error {
	numbers := func(name string, count int, of func(i int) uint32) error {
		return create(filepath.Join(folder, name), func(w io.Writer) error {
			var b [4]byte
			for i := range count {
				binary.LittleEndian.PutUint32(b[:], of(i))
				if _, err := w.Write(b[:]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := numbers("first.u32", len(n.first), func(i int) uint32 { return n.first[i] }); err != nil {
		return err
	}
	if err := numbers("to.u32", len(n.arcs), func(i int) uint32 { return n.arcs[i].to }); err != nil {
		return err
	}
	if err := numbers("millis.u32", len(n.arcs), func(i int) uint32 { return n.arcs[i].millis }); err != nil {
		return err
	}
	return create(filepath.Join(folder, "edges.csv"), n.writeEdges)
}

func (n *network) writeEdges(w io.Writer) error {
	id := 0
	for _, a := range n.arcs {
		back, both := n.arc(a.to, a.from)
		if both && a.from > a.to {
			continue // written with the other one
		}
		id++
		reverse := -1
		if both {
			reverse = int(back.millis)
		}
		p := n.at[a.from]
		if _, err := fmt.Fprintf(w, "%d,%d,%d,%d,%d,%.1f,%.1f\n", id, a.from, a.to, a.millis, reverse, p[0], p[1]); err != nil {
			return err
		}
	}
	return nil
}

func (n *network) arc(from, to walk.NodeID) (arc, bool) {
	row := n.arcs[n.first[from]:n.first[from+1]]
	i, ok := slices.BinarySearchFunc(row, to, func(a arc, to walk.NodeID) int { return cmp.Compare(a.to, to) })
	if !ok {
		return arc{}, false
	}
	return row[i], true
}

// create writes a file that is either whole or not there.
func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path + ".part") // #nosec G304 -- a file of the benchmark in its own folder
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<20)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		return os.Rename(path+".part", path)
	}
	_ = os.Remove(path + ".part") // the error is the one above
	return err
}
