package main

import (
	"slices"
)

// cutAtBarriers takes out what runs into the sea, and every crossing of a
// river, motorway or railway that has no bridge.
func (c *country) cutAtBarriers(n *network) {
	d := newDice(c.seed, "bridges")
	var out []street
	for _, s := range n.streets {
		run := s
		run.nodes = s.nodes[:1]
		flush := func() {
			if len(run.nodes) > 1 {
				out = append(out, run)
			}
		}
		start := func(k int) {
			run = s
			run.nodes = []int{k}
		}
		for i := 1; i < len(s.nodes); i++ {
			a, b := s.nodes[i-1], s.nodes[i]
			p, q := n.nodes[a].at, n.nodes[b].at
			kinds, any := c.crossed(p, q)
			switch {
			case !c.onLand(p) || !c.onLand(q), any && !c.bridged(d, s, kinds):
				flush()
				start(b)
			case any && !(s.class.offRoad() && kinds[overRail]):
				flush()
				over := s
				over.nodes, over.bridge = []int{a, b}, true
				out = append(out, over)
				start(b)
			default:
				if len(run.nodes) == 1 {
					run.nodes = slices.Clone(run.nodes)
				}
				run.nodes = append(run.nodes, b)
			}
		}
		flush()
	}
	n.streets = out
}

// bridged reports whether street s is carried over what it crosses.
func (c *country) bridged(d *dice, s street, over [3]bool) bool {
	switch {
	case s.class.rank() >= classSecondary.rank():
		return true
	case s.place < 0 && !s.class.offRoad():
		return true
	case over[overRiver] || over[overMotorway]:
		// A small town's artery may be no more than tertiary; in a larger
		// town few of the other through roads have a bridge.
		return s.class == classTertiary && (c.settlements[s.place].people < 20000 || over[overRiver] && d.chance(0.35))
	case s.place < 0:
		return true // a path over the railway: a level crossing with gates
	}
	return s.class == classTertiary && d.chance(0.5)
}

// addFootbridges builds the bridges of the plan that are for people on foot:
// steps up, the span, steps down.
func (c *country) addFootbridges(n *network) {
	next := n.links(walkable)
	for _, f := range footbridges {
		at := f.at.times(1000)
		var s side
		metres := 1e9
		for _, x := range c.sides {
			if d, _ := offSegment(at, x.a, x.b); x.kind == f.over && d < metres {
				s, metres = x, d
			}
		}
		best := [2]int{-1, -1}
		for k := range next {
			if len(next[k]) == 0 || n.nodes[k].at.distance(at) > 900 {
				continue
			}
			hand := 0
			if cross(s.b.minus(s.a), n.nodes[k].at.minus(s.a)) < 0 {
				hand = 1
			}
			if best[hand] < 0 || n.nodes[k].at.distance(at) < n.nodes[best[hand]].at.distance(at) {
				best[hand] = k
			}
		}
		if best[0] < 0 || best[1] < 0 {
			continue
		}
		mid := s.a.towards(s.b, 0.5)
		out := s.b.minus(s.a).unit().left()
		up, down := n.add(mid.plus(out.times(24))), n.add(mid.minus(out.times(24)))
		foot, end := n.add(mid.plus(out.times(33))), n.add(mid.minus(out.times(33)))
		place := c.built[c.at(n.nodes[best[0]].at)]
		add := func(cl class, bridge bool, nodes ...int) {
			n.streets = append(n.streets, street{class: cl, place: place, bridge: bridge, nodes: nodes})
		}
		add(classFootway, false, best[0], foot)
		add(classSteps, false, foot, up)
		add(classFootway, true, up, down)
		add(classSteps, false, down, end)
		add(classFootway, false, end, best[1])
	}
}

// addMotorway adds the two carriageways, and slip roads to the main roads that
// cross them.
func (c *country) addMotorway(n *network) {
	for _, b := range c.barriers {
		if b.kind != overMotorway {
			continue
		}
		var crossings []int // nodes of main roads at the motorway
		for _, s := range n.streets {
			if s.bridge && s.class == classPrimary {
				if kinds, _ := c.crossed(n.nodes[s.nodes[0]].at, n.nodes[s.nodes[1]].at); kinds[overMotorway] {
					crossings = append(crossings, s.nodes[0], s.nodes[1])
				}
			}
		}
		for _, hand := range []float64{-1, 1} {
			var line []int
			for _, p := range b.carriageway(hand) {
				if c.onLand(p) {
					line = append(line, n.add(p))
				}
			}
			if hand > 0 { // traffic keeps to the left
				slices.Reverse(line)
			}
			n.streets = append(n.streets, street{class: classMotorway, name: b.name, place: -1, oneway: true, nodes: line})
			for _, k := range crossings {
				near := 0
				for i := range line {
					if n.nodes[line[i]].at.distance(n.nodes[k].at) < n.nodes[line[near]].at.distance(n.nodes[k].at) {
						near = i
					}
				}
				if near >= 5 && near+5 < len(line) && n.nodes[line[near]].at.distance(n.nodes[k].at) < n.nodes[crossings[0]].at.distance(n.nodes[crossings[1]].at)+60 {
					n.streets = append(n.streets,
						street{class: classMotorwayLink, place: -1, oneway: true, nodes: []int{line[near-5], k}},
						street{class: classMotorwayLink, place: -1, oneway: true, nodes: []int{k, line[near+5]}})
				}
			}
		}
	}
}

// addGates puts gates, stiles and kissing gates on paths across the fields, and
// bollards where footpaths leave the street.
func (c *country) addGates(n *network) {
	d := newDice(c.seed, "gates")
	for _, s := range n.streets {
		if s.place < 0 && s.class.offRoad() {
			for i := 1; i < len(s.nodes)-1; i++ {
				kinds := []string{"gate", "kissing_gate", "stile"}
				if s.class == classTrack || s.class == classBridleway {
					kinds = []string{"gate"}
				}
				if i == 1 || d.chance(0.16) {
					n.nodes[s.nodes[i]].tag = pick(d, kinds)
				}
			}
		} else if s.class == classFootway && len(s.nodes) > 2 && d.chance(0.25) {
			n.nodes[s.nodes[1]].tag = pick(d, []string{"bollard", "bollard", "cycle_barrier"})
		}
	}
}
