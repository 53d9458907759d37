package main

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
