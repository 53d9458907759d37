package main

import "slices"

// newNetwork draws the country as streets: the settlements' own, the roads and
// paths between them, the bridges, and the motorway.
func newNetwork(c *country) *network {
	n := &network{}
	for _, s := range c.settlements {
		d := newDice(c.seed, "streets "+s.name)
		j := &joiner{}
		s.straighten()
		s.outline(d, c.names, j)
		for i := range s.blocks {
			b := &s.blocks[i]
			b.pattern = s.choosePattern(d, b.order)
			s.fill(d, c.names, j, *b)
		}
		j.join(n, s.bend)
	}
	c.drawRoads(n)
	c.cutAtBarriers(n)
	n.keepJoined(func(p point) bool { return c.isle[c.at(p)] })
	c.addFootbridges(n)
	c.addMotorway(n)
	c.addGates(n)
	return n
}

// drawRoads adds the roads and paths between settlements to n.
func (c *country) drawRoads(n *network) {
	at := map[int]int{} // cell to node
	place := func(i int) int {
		k, ok := at[i]
		if !ok {
			h := scramble(uint64(i) + 31)
			shift := point{float64(h&0xff)/255 - 0.5, float64(h>>8&0xff)/255 - 0.5}
			k = n.add(c.centre(i).plus(shift.times(44)))
			at[i] = k
		}
		return k
	}
	type edge struct {
		a, b  int
		class class
		used  bool
	}
	known := newBuckets(120)
	for k, x := range n.nodes {
		known.addBox(k, x.at, x.at)
	}
	townNodes := len(n.nodes)
	var edges []edge
	for i := range c.count() {
		if c.margin(i) {
			continue
		}
		nb := c.neighbours(i)
		for k := range 3 {
			if cl := c.roads[3*i+k]; cl != "" {
				edges = append(edges, edge{place(i), place(nb[k]), cl, false})
			}
		}
	}
	for _, a := range c.arrivals {
		s := c.settlements[a.settlement]
		p := s.bend(s.corners[a.corner])
		best, metres := -1, 90.0
		for _, k := range known.near(p, p, metres) {
			if d := n.nodes[k].at.distance(p); d < metres {
				best, metres = k, d
			}
		}
		if best >= 0 {
			edges = append(edges, edge{best, place(a.cell), a.class, false})
		}
	}

	meet := make([][]int, len(n.nodes))
	for e, x := range edges {
		meet[x.a], meet[x.b] = append(meet[x.a], e), append(meet[x.b], e)
	}
	other := func(e, k int) int { return edges[e].a + edges[e].b - k }
	for range 4 { // smooth the corners of the cells away
		moved := make([]point, len(n.nodes))
		for k := townNodes; k < len(n.nodes); k++ {
			var sum point
			for _, e := range meet[k] {
				sum = sum.plus(n.nodes[other(e, k)].at)
			}
			mean := sum.times(1 / float64(len(meet[k])))
			share := 0.5
			if len(meet[k]) != 2 {
				share = 0.2
			}
			if len(meet[k]) == 1 {
				share = 0
			}
			moved[k] = n.nodes[k].at.towards(mean, share)
		}
		for k := townNodes; k < len(n.nodes); k++ {
			n.nodes[k].at = moved[k].rounded()
		}
	}

	d := newDice(c.seed, "road names")
	through := func(k int, cl class) bool { // a road of that class goes on at k, and nothing else
		return len(meet[k]) == 2 && edges[meet[k][0]].class == cl && edges[meet[k][1]].class == cl
	}
	follow := func(e, k int) []int {
		line := []int{k}
		for {
			edges[e].used = true
			k = other(e, k)
			line = append(line, k)
			if k < townNodes || !through(k, edges[e].class) {
				return line
			}
			next := meet[k][0] + meet[k][1] - e
			if edges[next].used {
				return line
			}
			e = next
		}
	}
	for pass := range 2 { // chains between junctions first, then closed rings
		for e := range edges {
			x := edges[e]
			if x.used {
				continue
			}
			start := x.a
			if through(x.a, x.class) && x.a >= townNodes {
				if start = x.b; pass == 0 && through(x.b, x.class) && x.b >= townNodes {
					continue
				}
			}
			name := ""
			if !x.class.offRoad() {
				name = c.names.lane(d)
				if x.class.rank() >= classSecondary.rank() {
					name = c.nearestTown(n.nodes[x.a].at) + " Road"
				}
			}
			n.streets = append(n.streets, street{class: x.class, name: name, place: -1, nodes: follow(e, start)})
		}
	}
}

// nearestTown returns the name of the nearest town of the plan.
func (c *country) nearestTown(p point) string {
	best := c.settlements[0]
	for _, s := range c.settlements[:len(towns)] {
		if s.at.distance(p) < best.at.distance(p) {
			best = s
		}
	}
	return best.name
}

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
			for i, p := range b.line {
				w := b.line[min(i+1, len(b.line)-1)].minus(b.line[max(i-1, 0)]).unit().left()
				if q := p.plus(w.times(11 * hand)); c.onLand(q) {
					line = append(line, n.add(q))
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
