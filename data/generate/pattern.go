package main

import (
	"fmt"
	"math"
)

// pattern is how a block is filled with streets.
type pattern int

const (
	centreLanes pattern = iota // short streets, many for people on foot only
	terraces                   // parallel streets, side streets out of step, back alleys
	crescents                  // rings with rounded corners, and the ways into them
	closes                     // a winding street with closes off it, joined by footpaths
	estate                     // access roads on one side, footpaths on the other
	works                      // yards behind service roads; no homes
	park                       // footpaths only
	lanes                      // a village block: a lane or two
)

// homesPerMetre of street, both sides together, before a settlement's homes
// are scaled to its people.
var homesPerMetre = map[pattern]float64{
	centreLanes: 0.13, terraces: 0.22, crescents: 0.12, closes: 0.13, estate: 0.20, works: 0, park: 0, lanes: 0.06,
}

// choosePattern gives a block its streets, by the kind of town and by how far
// out the block is.
func (t town) choosePattern(d *dice, order float64) pattern {
	if t.style == village {
		return pick(d, []pattern{lanes, lanes, lanes, closes})
	}
	middle := 900 / float64(t.people) * 8 // a few blocks, whatever the size
	switch {
	case order <= min(0.09, middle):
		return centreLanes
	case order > 0.12 && d.chance(0.06):
		return park
	case order > 0.5 && d.chance(0.07):
		return works
	}
	old := map[style]float64{oldTown: 0.34, industrial: 0.6, newTown: 0.1, suburban: 0.14}[t.style]
	switch {
	case order < old:
		return terraces
	case t.style == newTown:
		return pick(d, []pattern{estate, estate, closes, closes, closes, crescents})
	case order < old+0.35:
		return pick(d, []pattern{crescents, crescents, crescents, estate, closes})
	}
	return pick(d, []pattern{closes, closes, closes, crescents, estate})
}

// fill draws the streets of block b of s.
func (s *settlement) fill(d *dice, names *namer, j *joiner, b block) {
	f := &filler{d: d, names: names, joiner: j, settlement: s, pattern: b.pattern, ring: b.ring}
	if math.Abs(area(b.ring)) < 9000 {
		return
	}
	switch b.pattern {
	case centreLanes:
		f.grid(78, 95, 150)
	case terraces:
		f.grid(62, 130, 230)
	case crescents:
		if f.d.chance(0.68) {
			f.arcs()
		} else {
			f.rings()
		}
	case closes:
		f.winding()
	case estate:
		f.courts()
	case works:
		f.yards()
	case park:
		f.paths()
	case lanes:
		f.lanes()
	}
}

// filler fills one block.
type filler struct {
	d          *dice
	names      *namer
	joiner     *joiner
	settlement *settlement
	pattern    pattern
	ring       []point
}

// draw adds a street with homes along it.
func (f *filler) draw(c class, line ...point) { f.drawNamed(c, f.names.street(f.d), line...) }

func (f *filler) drawNamed(c class, name string, line ...point) {
	homes := homesPerMetre[f.pattern]
	if c == classFootway || c == classSteps || c == classService {
		name = ""
		homes = 0
	}
	f.joiner.strokes = append(f.joiner.strokes, stroke{
		street: street{class: c, name: name, place: f.settlement.id, homes: homes}, line: line, loose: true,
	})
}

// beyond draws a line's ends a little further out.
func beyond(a, b point) (point, point) {
	w := b.minus(a).unit().times(overshoot)
	return a.minus(w), b.plus(w)
}

// along returns the direction of the ring's longest side.
func (f *filler) along() point {
	var best point
	for i, a := range f.ring {
		if v := f.ring[(i+1)%len(f.ring)].minus(a); dot(v, v) > dot(best, best) {
			best = v
		}
	}
	return best.unit()
}

// within reports whether p is in the block.
func (f *filler) within(p point) bool { return inside(p, f.ring) }

// outline draws the through streets around the blocks of s.
func (s *settlement) outline(d *dice, names *namer, j *joiner) {
	called := map[int]string{}
	quiet := map[int]bool{} // roads that are no through roads
	for _, side := range s.sides {
		if _, ok := called[side.road]; !ok {
			called[side.road] = names.road(d, s.town)
			quiet[side.road] = d.chance(0.55)
		}
		if side.outer && d.chance(0.38) {
			continue // the last houses back on to fields
		}
		c, homes := side.class, 0.05
		switch {
		case side.outer:
			c, homes = classResidential, 0.07
		case s.style == village && c == classTertiary:
			c, homes = classResidential, 0.06
		case c == classTertiary && quiet[side.road]:
			c, homes = classResidential, 0.10
		case c.rank() >= classSecondary.rank():
			homes = 0.035
		}
		j.strokes = append(j.strokes, stroke{
			street: street{class: c, name: called[side.road], place: s.id, homes: homes},
			line:   []point{s.corners[side.a], s.corners[side.b]},
		})
	}
}

// bend moves the streets of a settlement off the straight and narrow.
func (s *settlement) bend(p point) point {
	salt := scramble(uint64(s.id) + 99)
	amp, wave := 34.0, 640.0
	if s.style == newTown {
		amp, wave = 46, 900
	}
	return p.plus(point{noise(p, wave, salt), noise(p, wave, salt+1)}.times(amp))
}

// label says what a settlement is in error messages.
func (s *settlement) label() string { return fmt.Sprintf("%s (%.1f, %.1f km)", s.name, s.x, s.y) }
