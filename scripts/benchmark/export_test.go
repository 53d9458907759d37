package main

import (
	"context"
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

// Peer is a peer that a test starts.
type Peer struct{ p *peer }

func StartPeer(ctx context.Context, command []string, logs string) (Peer, error) {
	p, err := startPeer(ctx, "test", command, logs, task{})
	return Peer{p}, err
}

func (p Peer) Run(ctx context.Context, mode string) (wall, cpu time.Duration, err error) {
	s, err := p.p.run(ctx, mode, []origin{{node: 1}, {node: 2}})
	return s.wall, s.cpu, err
}

func (p Peer) Modes() map[string]int { return p.p.modes }
func (p Peer) Stop()                 { p.p.stop() }

// ErrPeerTime is the error of a peer that takes too long.
var ErrPeerTime = errPeerTime
