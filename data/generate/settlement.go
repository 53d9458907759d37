package main

import (
	"math"
	"slices"
)

// settlement is a town or village with its blocks: pieces of ground a few
// hundred metres across, with a through street along every side.
type settlement struct {
	town
	id      int
	at      point
	blocks  []block
	corners []point // where three blocks meet
	sides   []blockSide
	centre  int   // corner nearest to the middle
	gates   []int // corners where roads may arrive, at the rim
}

// block is a convex piece of a settlement. Order counts from the middle
// outwards as a share: 0 is the centre, 1 the rim.
type block struct {
	ring    []point
	corners []int // the ring again, as corners of the settlement
	order   float64
	pattern pattern
}

// blockSide is the street between two corners, or between the settlement and
// the fields when outer.
type blockSide struct {
	a, b  int
	outer bool
	class class
	road  int // the sides of one road share its number, and so its name
}

// pitch returns how far apart the blocks' middles are, in metres.
func (s style) pitch() float64 {
	switch s {
	case village:
		return 265
	case oldTown:
		return 440
	case industrial:
		return 460
	}
	return 500
}

// density returns residents per square kilometre of built-up ground, in the
// middle of what the 2021 census gives for English towns of such a kind.
func (t town) density() float64 {
	switch {
	case t.style == village:
		return 2100
	case t.people > 60000:
		return 4300
	case t.style == newTown, t.style == suburban:
		return 3500
	case t.people < 10000:
		return 3100
	}
	return 3900
}

// newSettlement lays out the blocks of t on dry land.
func newSettlement(seed uint64, l *land, id int, t town) *settlement {
	d := newDice(seed, "blocks "+t.name)
	s := &settlement{town: t, id: id, at: point{t.x, t.y}.times(1000)}
	pitch := t.style.pitch()
	seeds, inner := s.seeds(d, l, pitch)

	corners := newBuckets(3)
	cornerAt := func(p point) int {
		for _, k := range corners.near(p, p, 1.5) {
			if s.corners[k].distance(p) < 1.5 {
				return k
			}
		}
		s.corners = append(s.corners, p)
		corners.addBox(len(s.corners)-1, p, p)
		return len(s.corners) - 1
	}
	known := map[[2]int]bool{}
	for i := range inner {
		ring, beyond := cell(i, seeds, pitch)
		b := block{order: float64(i) / float64(max(1, inner-1))}
		for k, p := range ring {
			q := ring[(k+1)%len(ring)]
			if p.distance(q) < 6 {
				continue
			}
			a, c := cornerAt(p), cornerAt(q)
			b.ring, b.corners = append(b.ring, p), append(b.corners, a)
			key := [2]int{min(a, c), max(a, c)}
			if a != c && !known[key] {
				known[key] = true
				s.sides = append(s.sides, blockSide{a: a, b: c, outer: beyond[k] >= inner, class: classTertiary})
			}
		}
		if len(b.ring) >= 3 {
			s.blocks = append(s.blocks, b)
		}
	}
	s.centre = s.nearestCorner(s.at)
	s.chooseGates(l)
	return s
}

// seeds returns the middles of the blocks, the first inner of them built up,
// nearest to the centre first, and the rest around them open.
func (s *settlement) seeds(d *dice, l *land, pitch float64) (seeds []point, inner int) {
	turn := d.between(0, math.Pi)
	east := bearing(turn)
	stretch := d.between(1, 1.35)
	want := max(2, int(math.Round(float64(s.people)/s.density()*1e6/(pitch*pitch*0.866))))
	reach := math.Sqrt(float64(want))*pitch*1.6 + 4*pitch
	type candidate struct {
		p    point
		far  float64
		open bool
	}
	var all []candidate
	n := int(reach/pitch) + 1
	salt := scramble(uint64(s.id) + 4242)
	for row := -n; row <= n; row++ {
		for col := -n; col <= n; col++ {
			u := point{(float64(col) + 0.5*float64(row&1)), float64(row) * 0.866}
			u = u.plus(point{d.between(-.27, .27), d.between(-.27, .27)}).times(pitch)
			p := s.at.plus(east.times(u.X)).plus(east.left().times(u.Y))
			w := point{fine(u.X / stretch), fine(u.Y * stretch)}
			far := fine(math.Sqrt(dot(w, w)) * (1 + 0.28*noise(p, pitch*4, salt)))
			all = append(all, candidate{p, far, !l.inland(p, pitch*0.33) || l.toBarrier(p) < 70})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		switch {
		case a.far < b.far:
			return -1
		case a.far > b.far:
			return 1
		}
		return 0
	})
	var rest []point
	for _, c := range all {
		if !c.open && len(seeds) < want {
			seeds = append(seeds, c.p)
		} else {
			rest = append(rest, c.p)
		}
	}
	return append(seeds, rest...), len(seeds)
}

// cell returns the ground nearer to seed i than to any other, and per side the
// seed beyond it.
func cell(i int, seeds []point, pitch float64) (ring []point, beyond []int) {
	o := seeds[i]
	r := 2 * pitch
	ring = []point{{o.X - r, o.Y - r}, {o.X + r, o.Y - r}, {o.X + r, o.Y + r}, {o.X - r, o.Y + r}}
	beyond = []int{len(seeds), len(seeds), len(seeds), len(seeds)}
	for j, q := range seeds {
		if j == i || o.distance(q) > 3*pitch {
			continue
		}
		mid, n := o.towards(q, 0.5), o.minus(q)
		var points []point
		var outside []int
		for k, a := range ring {
			b := ring[(k+1)%len(ring)]
			da, db := dot(a.minus(mid), n), dot(b.minus(mid), n)
			if da >= 0 {
				points, outside = append(points, a), append(outside, beyond[k])
			}
			if (da >= 0) != (db >= 0) {
				points = append(points, a.towards(b, da/(da-db)))
				if da >= 0 {
					outside = append(outside, j)
				} else {
					outside = append(outside, beyond[k])
				}
			}
		}
		ring, beyond = points, outside
	}
	return ring, beyond
}

func (s *settlement) nearestCorner(p point) int {
	best := 0
	for k, c := range s.corners {
		if c.distance(p) < s.corners[best].distance(p) {
			best = k
		}
	}
	return best
}

// chooseGates picks, in each direction, the rim corner farthest out on dry land.
func (s *settlement) chooseGates(l *land) {
	directions := 10
	if s.style == village {
		directions = 5
	}
	best := make([]int, directions)
	for k := range best {
		best[k] = -1
	}
	for _, side := range s.sides {
		if !side.outer {
			continue
		}
		for _, c := range []int{side.a, side.b} {
			p := s.corners[c]
			if !l.inland(p, 150) {
				continue
			}
			v := p.minus(s.at)
			k := int((math.Atan2(v.Y, v.X)+math.Pi)/(2*math.Pi)*float64(directions)) % directions
			if best[k] < 0 || p.distance(s.at) > s.corners[best[k]].distance(s.at) {
				best[k] = c
			}
		}
	}
	for _, c := range best {
		if c >= 0 {
			s.gates = append(s.gates, c)
		}
	}
}

// straighten decides which two sides go straight on at each corner, the greater
// roads first, makes one road of them and draws the corner towards the line
// between their far ends. What was a honeycomb becomes through roads with
// T-junctions. Corners at the rim stay.
func (s *settlement) straighten() {
	at := make([][]int, len(s.corners))
	rim := make([]bool, len(s.corners))
	for i, side := range s.sides {
		s.sides[i].road = i
		at[side.a], at[side.b] = append(at[side.a], i), append(at[side.b], i)
		if side.outer {
			rim[side.a], rim[side.b] = true, true
		}
	}
	for _, g := range s.gates {
		rim[g] = true
	}
	var root func(int) int
	root = func(i int) int {
		if s.sides[i].road != i {
			return root(s.sides[i].road)
		}
		return i
	}
	pairs := make([][2]int, len(s.corners))
	for c, meet := range at {
		best := -0.45 // cosine: a bend of 63 degrees at most, unless the road is a greater one
		pairs[c] = [2]int{-1, -1}
		for i, x := range meet {
			for _, y := range meet[i+1:] {
				k := dot(s.away(x, c), s.away(y, c)) - 0.8*float64(min(s.sides[x].class.rank(), s.sides[y].class.rank())-2)
				if k < best {
					best, pairs[c] = k, [2]int{x, y}
				}
			}
		}
		if x := pairs[c]; x[0] >= 0 {
			s.sides[root(x[0])].road = root(x[1])
		}
	}
	for range 4 {
		moved := slices.Clone(s.corners)
		for c, x := range pairs {
			if rim[c] || x[0] < 0 {
				continue
			}
			far := func(i int) point { return s.corners[s.sides[i].a+s.sides[i].b-c] }
			p, q := far(x[0]), far(x[1])
			_, t := offSegment(s.corners[c], p, q)
			moved[c] = s.corners[c].towards(p.towards(q, t), 0.42)
		}
		s.corners = moved
	}
	for i := range s.sides {
		s.sides[i].road = root(i)
	}
	for i := range s.blocks {
		for k, c := range s.blocks[i].corners {
			s.blocks[i].ring[k] = s.corners[c]
		}
	}
}

// away returns the direction of side i out of corner c.
func (s *settlement) away(i, c int) point {
	other := s.sides[i].a + s.sides[i].b - c
	return s.corners[other].minus(s.corners[c]).unit()
}

// artery raises the sides between the centre and a gate to at least the class,
// crossing as few barriers as it can and preferring roads already raised.
func (s *settlement) artery(l *land, gate int, to class) {
	at := make([][]int, len(s.corners))
	for i, side := range s.sides {
		at[side.a] = append(at[side.a], i)
		at[side.b] = append(at[side.b], i)
	}
	cost := func(i int) float64 {
		side := s.sides[i]
		a, b := s.corners[side.a], s.corners[side.b]
		m := a.distance(b)
		if !l.onLand(a) || !l.onLand(b) {
			m += 50000
		}
		raised := side.class.rank() > classTertiary.rank()
		if raised {
			m *= 0.55
		}
		if k, any := l.crossed(a, b); any && !raised {
			if k[overRiver] {
				m += 2500
			}
			if k[overMotorway] {
				m += 4000
			}
			if k[overRail] {
				m += 700
			}
		}
		return m
	}
	via := shortest(len(s.corners), s.centre, func(c int, step func(to, by int, metres float64)) {
		for _, i := range at[c] {
			step(s.sides[i].a+s.sides[i].b-c, i, cost(i))
		}
	})
	for c := gate; c != s.centre && via[c] >= 0; {
		side := &s.sides[via[c]]
		if side.class.rank() < to.rank() {
			side.class = to
		}
		side.outer = false
		c = side.a + side.b - c
	}
}
