package main

import (
	"fmt"
	"slices"
)

// leg is a pair of neighbouring settlements.
type leg struct {
	a, b  int
	cost  float64
	class class
}

// legs returns the pairs of settlements with no third one in the circle
// between them (the Gabriel graph), classed by the towns they lie between.
func (c *country) legs() []leg {
	var out []leg
	for a, s := range c.settlements {
		for b := a + 1; b < len(c.settlements); b++ {
			t := c.settlements[b]
			mid, r := s.at.towards(t.at, 0.5), s.at.distance(t.at)/2
			if c.isle[c.at(s.at)] != c.isle[c.at(t.at)] || slices.ContainsFunc(c.settlements, func(o *settlement) bool {
				return o.id != a && o.id != b && o.at.distance(mid) < r
			}) {
				continue
			}
			cost := 2 * r
			if k, _ := c.crossed(s.at, t.at); k[overRiver] || k[overMotorway] {
				cost += 2500
			}
			out = append(out, leg{a, b, cost, classUnclassified})
		}
	}
	at := make([][]int, len(c.settlements))
	for i, l := range out {
		at[l.a], at[l.b] = append(at[l.a], i), append(at[l.b], i)
	}
	raise := func(from, to int, limit float64, cl class) {
		if c.settlements[from].at.distance(c.settlements[to].at) > limit {
			return
		}
		via := shortest(len(c.settlements), from, func(p int, step func(to, by int, metres float64)) {
			for _, i := range at[p] {
				step(out[i].a+out[i].b-p, i, out[i].cost)
			}
		})
		for p := to; p != from && via[p] >= 0; p = out[via[p]].a + out[via[p]].b - p {
			if l := &out[via[p]]; l.class.rank() < cl.rank() {
				l.class = cl
			}
		}
	}
	for a := range towns {
		for b := a + 1; b < len(towns); b++ {
			small := min(towns[a].people, towns[b].people)
			switch {
			case small >= 16000:
				raise(a, b, 17000, classPrimary)
			case small >= 9000:
				raise(a, b, 13000, classSecondary)
			default:
				raise(a, b, 9000, classTertiary)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y leg) int { return y.class.rank() - x.class.rank() })
	return out
}

// joinSettlements builds the roads of every leg, the greatest first.
func (c *country) joinSettlements() error {
	d := newDice(c.seed, "legs")
	joined := make([]bool, len(c.settlements))
	for _, l := range c.legs() {
		if l.class == classUnclassified && d.chance(0.15) && joined[l.a] && joined[l.b] {
			continue
		}
		if c.build(l) {
			joined[l.a], joined[l.b] = true, true
		}
	}
	for i, s := range c.settlements {
		if !joined[i] && !c.isle[c.at(s.at)] {
			return fmt.Errorf("no road reaches %s", s.label())
		}
	}
	return nil
}

// build lays the road of a leg; false when there is no way.
func (c *country) build(l leg) bool {
	var seeds []seedCost
	var seedGate []int
	goal := map[int]int{} // cell to gate of b
	for _, g := range c.settlements[l.a].gates {
		if i := c.gateCell(c.settlements[l.a], g); i >= 0 {
			seeds, seedGate = append(seeds, seedCost{i, c.gateCost(l.a, g)}), append(seedGate, g)
		}
	}
	for _, g := range c.settlements[l.b].gates {
		if i := c.gateCell(c.settlements[l.b], g); i >= 0 {
			if _, ok := goal[i]; !ok {
				goal[i] = g
			}
		}
	}
	path, gate, ok := c.route(seeds, func(i int) bool { _, ok := goal[i]; return ok }, l.class)
	if !ok {
		return false
	}
	c.lay(path, l.class)
	c.arrive(arrival{l.a, seedGate[gate], path[0], l.class})
	c.arrive(arrival{l.b, goal[path[len(path)-1]], path[len(path)-1], l.class})
	return true
}

// gateCost makes gates that already have a road the cheaper ones.
func (c *country) gateCost(s, corner int) float64 {
	for _, a := range c.arrivals {
		if a.settlement == s && a.corner == corner {
			return 0
		}
	}
	return 350
}

// arrive notes an arrival, once, and raises the way from the gate to the centre.
func (c *country) arrive(a arrival) {
	within := a.class
	if within == classUnclassified {
		within = classTertiary
	}
	c.settlements[a.settlement].artery(c.land, a.corner, within)
	for k := range c.arrivals {
		if o := &c.arrivals[k]; o.settlement == a.settlement && o.corner == a.corner {
			if o.class.rank() < a.class.rank() {
				o.class = a.class
			}
			if o.cell == a.cell {
				return
			}
		}
	}
	c.arrivals = append(c.arrivals, a)
}

// route finds the cheapest line of open cells from a seed to a goal. It follows
// roads that exist, winds a little, and crosses barriers only where it must.
func (c *country) route(seeds []seedCost, goal func(int) bool, cl class) (path []int, seed int, ok bool) {
	from := make([]int, c.count())
	end := -1
	spread(c.count(), seeds, func(i int, step func(to, by int, metres float64)) {
		for k, n := range c.neighbours(i) {
			if c.open(n) {
				step(n, i, c.stepCost(i, n, k, cl))
			}
		}
	}, func(to, by int, _ float64) bool {
		from[to] = by
		if goal(to) {
			end = to
			return false
		}
		return true
	})
	if end < 0 {
		return nil, 0, false
	}
	for at := end; ; at = from[at] {
		path = append(path, at)
		if from[at] < 0 {
			slices.Reverse(path)
			return path, -1 - from[at], true
		}
	}
}

// stepCost is what a road costs from cell i to its neighbour n across side k.
func (c *country) stepCost(i, n, k int, cl class) float64 {
	side := c.sideOf(i, k)
	here := c.roads[side]
	cost := cellSpan * c.going[n]
	if cl.offRoad() {
		switch {
		case here != "" && !here.offRoad():
			cost *= 3.5
		case c.besideRoad(n, -1):
			cost *= 2.6 // a path beside a road is no path
		}
		if x := c.cuts[side]; x[overRiver] || x[overMotorway] {
			cost += 1e6
		} else if x[overRail] {
			cost += 500
		}
		return cost
	}
	if here.rank() > 0 {
		return cost * 0.4
	}
	if !c.onRoad[n] && c.besideRoad(n, i) {
		cost *= 1.35 // no second road beside the first
	}
	x := c.cuts[side]
	if x[overRiver] {
		cost += 5500
	}
	if x[overMotorway] {
		cost += 4000
	}
	if x[overRail] {
		cost += 1500
	}
	return cost
}

// besideRoad reports whether a road runs through cell n or a cell next to it
// other than but.
func (c *country) besideRoad(n, but int) bool {
	if c.onRoad[n] {
		return true
	}
	for _, m := range c.neighbours(n) {
		if m != but && c.onRoad[m] {
			return true
		}
	}
	return false
}

// lay makes the path a road of at least the class.
func (c *country) lay(path []int, cl class) {
	for j, i := range path {
		if j > 0 {
			for k, n := range c.neighbours(i) {
				if side := c.sideOf(i, k); n == path[j-1] && (c.roads[side] == "" || c.roads[side].rank() < cl.rank()) {
					c.roads[side] = cl
				}
			}
		}
		c.onRoad[i] = c.onRoad[i] || !cl.offRoad()
	}
}

// joinHamlets leads a lane from each hamlet to the nearest road, and another on
// to the nearest hamlet beyond.
func (c *country) joinHamlets() {
	d := newDice(c.seed, "lanes")
	for k, h := range c.hamlets {
		start := c.at(h.at)
		if path, _, ok := c.route([]seedCost{{start, 0}}, func(i int) bool { return c.onRoad[i] }, classUnclassified); ok {
			c.lay(path, classUnclassified)
		}
		if d.chance(0.55) {
			near := -1
			for m, o := range c.hamlets {
				if m != k && c.isle[c.at(o.at)] == c.isle[start] && (near < 0 || o.at.distance(h.at) < c.hamlets[near].at.distance(h.at)) {
					near = m
				}
			}
			if near < 0 || c.hamlets[near].at.distance(h.at) > 4500 {
				continue
			}
			goal := c.at(c.hamlets[near].at)
			if path, _, ok := c.route([]seedCost{{start, 0}}, func(i int) bool { return i == goal }, classUnclassified); ok {
				c.lay(path, classUnclassified)
			}
		}
	}
}

// How many public paths and farm tracks are tried.
const pathCount = 44000

// addPaths leads footpaths, bridleways and tracks across the fields from road
// to road, and from the rims of settlements into the country.
func (c *country) addPaths() {
	d := newDice(c.seed, "paths")
	var roadCells []int
	for i := range c.count() {
		if c.onRoad[i] {
			roadCells = append(roadCells, i)
		}
	}
	for range pathCount {
		start := pick(d, roadCells)
		cl := pick(d, []class{classPath, classPath, classPath, classFootway, classBridleway, classTrack, classTrack})
		end := pick(d, roadCells)
		if far := c.centre(start).distance(c.centre(end)); far < 700 || far > 2900 {
			continue
		}
		goal := func(i int) bool { return i == end }
		if path, _, ok := c.route([]seedCost{{start, 0}}, goal, cl); ok && len(path) < 40 {
			c.lay(path, cl)
		}
	}
	for _, s := range c.settlements {
		for _, g := range s.gates {
			if c.gateCost(s.id, g) == 0 || d.chance(0.35) {
				continue
			}
			i := c.gateCell(s, g)
			if i < 0 {
				continue
			}
			o := c.centre(i)
			goal := func(i int) bool { return c.onRoad[i] && c.centre(i).distance(o) > 300 }
			if path, _, ok := c.route([]seedCost{{i, 0}}, goal, classPath); ok && len(path) < 30 {
				c.lay(path, classPath)
				c.arrivals = append(c.arrivals, arrival{s.id, g, i, classPath})
			}
		}
	}
}
