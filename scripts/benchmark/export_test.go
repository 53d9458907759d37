package main

import (
	"io"
	"time"

	"hubreach/geo"
	"hubreach/internal/walk"
)

// What the tests look at, exported for them.
type (
	Network struct{ n *network }
	Step    struct {
		To     walk.NodeID
		Millis uint32
	}
	Origin struct {
		Node walk.NodeID
		Link walk.Link
	}
)

func NetworkOf(g *walk.Graph, profile int, bends bool) Network {
	return Network{networkOf(g, profile, bends)}
}

func (n Network) From(node walk.NodeID) []Step {
	var out []Step
	for _, a := range n.n.arcs[n.n.first[node]:n.n.first[node+1]] {
		out = append(out, Step{a.to, a.millis})
	}
	return out
}

func OriginsOf(g *walk.Graph, proj *geo.Projection, profile, n int, seed uint64) ([]Origin, error) {
	os, err := originsOf(g, proj, profile, n, seed)
	var out []Origin
	for _, o := range os {
		out = append(out, Origin{o.node, o.link})
	}
	return out, err
}

func WriteTable(w io.Writer, columns []string, rows ...[]string) error {
	return (&table{columns, rows}).write(w)
}

func Figure(f float64) string                  { return figure(f) }
func Median(ds ...time.Duration) time.Duration { return median(ds) }
