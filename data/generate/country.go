package main

import (
	"math"
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
