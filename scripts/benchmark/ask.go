package main

import (
	"cmp"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// valhalla is the peer that reads the street data itself and draws outlines.
const valhalla = "Valhalla"

// pgRouting is the peer with targets of its own.
const pgRouting = "pgRouting"

// known are the peers, in the order of the report, and what starts them. Debian
// puts its Python packages where its own Python alone finds them.
var known = []struct {
	flag    string
	name    string
	command []string
}{
	{"pgrouting", pgRouting, []string{"/usr/bin/python3", "pgrouting_peer.py"}},
	{"scipy", "SciPy", []string{"/usr/bin/python3", "scipy_peer.py"}},
	{"spatialite", "SpatiaLite", []string{"/usr/bin/python3", "spatialite_peer.py"}},
	{"networkx", "NetworkX", []string{"/usr/bin/python3", "networkx_peer.py"}},
	{"valhalla", valhalla, []string{"node", "valhalla_peer.mjs"}},
}

// rounds is how often everyone gets its turn.
const rounds = 5

// askPeers starts the peers one after another, compares their answers with ours,
// and then measures all of them in turn.
func (r *report) askPeers(ctx context.Context, s settings, net *network, origins []origin) error {
	wanted := strings.Split(s.peers, ",")
	if s.peers == "" {
		return nil
	}
	folder, err := os.MkdirTemp("", "hubreach-network-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := os.Chmod(folder, 0o755); err != nil {
		return err
	}
	if s.bends {
		net = networkOf(r.last().g, r.last().adult, true)
	}
	r.given, r.givenArcs = len(net.at), len(net.arcs)
	if err := net.write(folder); err != nil {
		return err
	}
	pbf, err := filepath.Abs(r.last().file)
	if err != nil {
		return err
	}
	defer func() {
		for _, p := range r.peers {
			p.stop()
		}
	}()
	if s.home != "" {
		if err := os.Setenv("VALHALLA_HOME", s.home); err != nil {
			return err
		}
	}
	var order []string
	for _, k := range known {
		order = append(order, k.name)
		if slices.Contains(wanted, k.flag) && ctx.Err() == nil {
			command := []string{k.command[0], filepath.Join("scripts", "benchmark", "peers", k.command[1])}
			r.start(ctx, s, k.name, command, task{Folder: folder, PBF: pbf, Limit: limitMillis})
		}
	}
	r.check(ctx, origins)
	say("asking in turn: %d ways of asking, %d origins", len(r.rows), len(origins))
	sorted(r.rows, order)
	return compare(ctx, r.us, r.rows, origins, rounds, s.share)
}

// start loads a peer. One that does not load within a third of the run is
// skipped, and the report says so.
func (r *report) start(ctx context.Context, s settings, name string, command []string, load task) {
	say("loading %s", name)
	ctx, cancel := context.WithTimeout(ctx, s.within/3)
	defer cancel()
	p, err := startPeer(ctx, name, command, s.out, load)
	if err != nil {
		r.skipped = append(r.skipped, name+": "+err.Error())
		return
	}
	r.peers = append(r.peers, p)
	for mode, group := range p.modes {
		r.rows = append(r.rows, &asked{peer: p, mode: mode, group: group})
	}
}

// check compares the answers before anything is measured, which also warms
// everyone up. We draw each outline once, too: what the first one on a piece of
// ground takes is measured by itself.
func (r *report) check(ctx context.Context, origins []origin) {
	for _, o := range origins {
		_, _ = r.us.worker.Outlines(o.at, outlineMinutes) // one that cannot be drawn is met again when it is measured
	}
	for _, p := range r.peers {
		say("comparing the answers of %s", p.name)
		if p.name != valhalla {
			r.agreed = append(r.agreed, agree(ctx, r.us, p, origins, 15*time.Second))
			continue
		}
		widest := slices.MaxFunc(slices.Sorted(maps.Keys(p.modes)), func(a, b string) int { return cmp.Compare(len(a), len(b)) })
		var err error
		if r.areas, err = areaRatio(ctx, r.us, p, widest, origins[:min(20, len(origins))]); err != nil {
			r.agreed = append(r.agreed, agreement{peer: p.name, fault: err.Error()})
		}
	}
}
