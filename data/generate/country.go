package main

import (
	"fmt"
	"math"
	"slices"
)

// country is the land with its settlements and the roads between them, before
// they are drawn as streets. Roads run from cell to cell.
type country struct {
	*land
	seed        uint64
	names       *namer
	settlements []*settlement
	hamlets     []*settlement // no blocks; homes along the road
	built       []int         // per cell: the settlement it is part of, or -1
	roads       []class       // per side of a cell, see sideOf
	onRoad      []bool        // per cell
	cuts        [][3]bool     // per side: the barriers between the two cells
	going       []float64     // per cell: how much slower a road is to build than on level ground
	draw        []float64     // per cell: how much farther it feels to people's sense of place
	arrivals    []arrival
}

// arrival is where a road of the country meets a gate of a settlement.
type arrival struct {
	settlement int
	corner     int
	cell       int
	class      class
}

// How many settlements the country gets besides the towns of the plan.
const (
	villageCount = 74
	hamletCount  = 190
)

// newCountry settles the land and joins the settlements by road.
func newCountry(seed uint64, l *land) (*country, error) {
	c := &country{land: l, seed: seed, names: newNamer(), built: make([]int, l.count()), roads: make([]class, 3*l.count()), onRoad: make([]bool, l.count())}
	for i := range c.built {
		c.built[i] = -1
	}
	c.findCuts()
	c.findGoing()
	for _, t := range towns {
		c.settle(t)
	}
	c.addVillages()
	c.addHamlets()
	if err := c.joinSettlements(); err != nil {
		return nil, err
	}
	c.joinHamlets()
	c.addPaths()
	return c, nil
}

// settle adds a settlement with its blocks.
func (c *country) settle(t town) {
	s := newSettlement(c.seed, c.land, len(c.settlements), t)
	c.settlements = append(c.settlements, s)
	for _, b := range s.blocks {
		for _, i := range c.cellsIn(b.ring) {
			c.built[i] = s.id
		}
	}
}

// cellsIn returns the cells whose centre is in the ring.
func (c *country) cellsIn(ring []point) []int {
	lo, hi := ring[0], ring[0]
	for _, p := range ring {
		lo = point{min(lo.X, p.X), min(lo.Y, p.Y)}
		hi = point{max(hi.X, p.X), max(hi.Y, p.Y)}
	}
	var out []int
	for y := lo.Y - rowSpan; y <= hi.Y+rowSpan; y += rowSpan {
		row := int(math.Round(y/rowSpan)) + 2
		for x := lo.X - cellSpan; x <= hi.X+cellSpan; x += cellSpan {
			col := int(math.Round(x/cellSpan)) + 2
			if row < 0 || row >= c.rows || col < 0 || col >= c.cols {
				continue
			}
			if i := row*c.cols + col; inside(c.centre(i), ring) {
				out = append(out, i)
			}
		}
	}
	return out
}

// needAt returns how deprived a place of that base need is, with the pockets.
func needAt(base float64, p point) float64 {
	for _, q := range pockets {
		if d := p.distance(point{q.x, q.y}.times(1000)) / (q.radius * 1000); d < 1 {
			base += q.need * ease(1-d)
		}
	}
	return base
}

// apart reports whether p is at least metres from every settlement's rim.
func (c *country) apart(p point, metres float64, from []*settlement) bool {
	for _, s := range from {
		if p.distance(s.at) < metres {
			return false
		}
	}
	return true
}

// openGround reports whether no cell within about r metres of p is built up.
func (c *country) openGround(p point, r float64) bool {
	for _, k := range []float64{1, 0.5} {
		for _, a := range compass {
			if c.built[c.at(p.plus(a.times(r*k)))] >= 0 {
				return false
			}
		}
	}
	return c.built[c.at(p)] < 0
}

// addVillages scatters villages over the open country.
func (c *country) addVillages() {
	d := newDice(c.seed, "villages")
	for tries := 0; tries < 40000 && len(c.settlements) < len(towns)+villageCount; tries++ {
		p := point{d.between(0, planWidth), d.between(0, planHeight)}
		size := d.unit()
		if !c.inland(p, 650) || !c.openGround(p, 1150) || c.toBarrier(p) < 330 || !c.apart(p, 2000, c.settlements) {
			continue
		}
		c.settle(town{
			name: c.names.village(d), x: p.X / 1000, y: p.Y / 1000,
			people: 320 + int(2500*size*size), district: -1, style: village, need: -0.25 + 0.35*d.bell(),
		})
	}
}

// addHamlets scatters groups of a few homes.
func (c *country) addHamlets() {
	d := newDice(c.seed, "hamlets")
	for tries := 0; tries < 40000 && len(c.hamlets) < hamletCount; tries++ {
		p := point{d.between(0, planWidth), d.between(0, planHeight)}
		if !c.inland(p, 300) || !c.openGround(p, 700) || c.toBarrier(p) < 200 || !c.apart(p, 1050, c.hamlets) || !c.apart(p, 900, c.settlements) {
			continue
		}
		c.hamlets = append(c.hamlets, &settlement{
			town: town{name: c.names.village(d), x: p.X / 1000, y: p.Y / 1000, people: 25 + d.below(95), district: -1, style: hamlet, need: -0.2 + 0.3*d.bell()},
			id:   -1, at: p,
		})
	}
}

// sideOf returns the number that the two cells on a side share.
func (c *country) sideOf(i, k int) int {
	if k >= 3 {
		i, k = c.neighbours(i)[k], k-3
	}
	return 3*i + k
}

// findCuts notes, for every side of every cell, what the step across it crosses.
func (c *country) findCuts() {
	c.cuts = make([][3]bool, 3*c.count())
	for i := range c.count() {
		if c.margin(i) || !c.dry[i] || c.toBarrier(c.centre(i)) > 200 {
			continue
		}
		n := c.neighbours(i)
		for k := range 3 {
			c.cuts[3*i+k], _ = c.crossed(c.centre(i), c.centre(n[k]))
		}
	}
}

// findGoing gives the ground its small differences, so that roads and the edges
// of areas wind.
func (c *country) findGoing() {
	c.going, c.draw = make([]float64, c.count()), make([]float64, c.count())
	for i := range c.count() {
		if p := c.centre(i); c.dry[i] {
			c.going[i] = 1 + 0.5*noise(p, 500, c.seed+11)
			c.draw[i] = 1 + 0.5*noise(p, 900, c.seed+21) + 0.3*noise(p, 330, c.seed+22)
		}
	}
}

// gateCell returns the open cell just outside a gate, or -1.
func (c *country) gateCell(s *settlement, corner int) int {
	p := s.corners[corner]
	best, metres := -1, 260.0
	start := c.at(p)
	for _, a := range append(neighboursOf(c, start), start) {
		for _, i := range neighboursOf(c, a) {
			if d := c.centre(i).distance(p); c.open(i) && d < metres {
				if k, any := c.crossed(p, c.centre(i)); !any || k == [3]bool{} {
					best, metres = i, d
				}
			}
		}
	}
	return best
}

func neighboursOf(c *country, i int) []int {
	if c.margin(i) {
		return nil
	}
	n := c.neighbours(i)
	return n[:]
}

// open reports whether a road may run through cell i.
func (c *country) open(i int) bool { return c.dry[i] && c.built[i] < 0 && !c.margin(i) }

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
