package main

import (
	"math"
)

// grid draws parallel streets gap metres apart and, between each two, side
// streets lo to hi metres apart, so that most junctions are T-junctions.
func (f *filler) grid(gap, lo, hi float64) {
	way := f.along()
	over := way.left()
	centre := middle(f.ring)
	from, to, ok := lineThrough(centre, over, f.ring)
	if !ok {
		return
	}
	count := int(from.distance(to) / gap)
	if count < 2 {
		count = 2
	}
	step := from.distance(to) / float64(count)
	c := classResidential
	for k := range count {
		if k > 0 {
			a, b, ok := lineThrough(from.plus(over.times(step*float64(k))), way, f.ring)
			if !ok || a.distance(b) < 40 {
				continue
			}
			a, b = beyond(a, b)
			if f.pattern == centreLanes && f.d.chance(0.4) {
				c = pick(f.d, []class{classPedestrian, classLiving, classService})
			} else {
				c = classResidential
			}
			f.draw(c, a, b)
		}
		// Side streets of the strip between street k and street k+1.
		mid := from.plus(over.times(step * (float64(k) + 0.5)))
		a, b, ok := lineThrough(mid, way, f.ring)
		if !ok {
			continue
		}
		long := a.distance(b)
		for x := f.d.between(0.2*lo, hi); x < long-25; x += f.d.between(lo, hi) {
			p := a.plus(way.times(x))
			u, v := p.minus(over.times(step*0.5+overshoot)), p.plus(over.times(step*0.5+overshoot))
			kind := classResidential
			if f.d.chance(0.22) {
				kind = classFootway // a cut through between the back yards
			}
			if !f.within(u.towards(v, 0.15)) || !f.within(u.towards(v, 0.85)) {
				continue
			}
			f.draw(kind, u, v)
		}
	}
}

// arcs draws streets curving around a point outside the block, one behind the
// other, and side streets between them.
func (f *filler) arcs() {
	way := f.along()
	c := middle(f.ring)
	far := f.d.between(230, 420)
	hub := c.plus(way.left().times(far * float64(1-2*f.d.below(2)))).plus(way.times(f.d.between(-120, 120)))
	lo, hi := math.Inf(1), 0.0
	for _, p := range f.ring {
		lo, hi = min(lo, p.distance(hub)), max(hi, p.distance(hub))
	}
	if inside(hub, f.ring) {
		lo = 60
	}
	gap := f.d.between(70, 88)
	for r := lo + gap*0.7; r < hi-35; r += gap {
		const parts = 72
		var circle []point
		for k := range parts + 1 {
			circle = append(circle, hub.plus(bearing(2*math.Pi*float64(k)/parts).times(r)))
		}
		for _, run := range f.clip(circle) {
			f.draw(classResidential, run...)
			// Side streets out to the next arc.
			for k := 1 + f.d.below(3); k < len(run)-1; k += 3 + f.d.below(3) {
				out := run[k].minus(hub).unit()
				a, b := run[k].minus(out.times(overshoot)), run[k].plus(out.times(gap+overshoot))
				if r+gap >= hi-35 {
					break
				}
				if f.within(b) {
					kind := classResidential
					if f.d.chance(0.3) {
						kind = classFootway
					}
					f.draw(kind, a, b)
				}
			}
		}
	}
}

// clip returns the parts of a line that lie in the block, each drawn a little
// over the rim, and none shorter than two segments.
func (f *filler) clip(line []point) [][]point {
	var out [][]point
	var run []point
	for i, p := range line {
		in := f.within(p)
		if i > 0 && in != f.within(line[i-1]) {
			q := line[i-1]
			if t, ok := f.rim(q, p); ok {
				if in {
					run = []point{q.towards(p, t).plus(q.minus(p).unit().times(overshoot))}
				} else {
					run = append(run, q.towards(p, t).plus(p.minus(q).unit().times(overshoot)))
				}
			}
			if !in {
				out = append(out, run)
				run = nil
			}
		}
		if in {
			run = append(run, p)
		}
	}
	out = append(out, run)
	kept := out[:0]
	for _, r := range out {
		if len(r) > 2 {
			kept = append(kept, r)
		}
	}
	return kept
}

// rim returns the share along a-b at which it crosses the block's rim.
func (f *filler) rim(a, b point) (float64, bool) {
	for i, p := range f.ring {
		if t, _, ok := crossing(a, b, p, f.ring[(i+1)%len(f.ring)]); ok {
			return t, true
		}
	}
	return 0, false
}

// rings draws one rounded ring inside another with ways in.
func (f *filler) rings() {
	outer := f.ring
	for depth := 0; depth < 3; depth++ {
		inner := inset(outer, f.d.between(72, 92))
		if inner == nil || math.Abs(area(inner)) < 5200 {
			break
		}
		round := roundOff(inner)
		f.draw(classResidential, append(round, round[0])...)
		ways := 2 + f.d.below(2)
		for k := range ways {
			i := (k*len(round)/ways + f.d.below(3)) % len(round)
			p := round[i]
			// The way in goes straight out from the ring's middle.
			out := p.minus(middle(inner)).unit()
			kind := classResidential
			if k == 2 {
				kind = classFootway
			}
			if q, ok := f.exit(p, out, outer); ok {
				a, b := beyond(p, q)
				f.draw(kind, a, b)
			}
		}
		outer = round
		if depth == 0 && f.d.chance(0.25) {
			break
		}
	}
	if c := middle(outer); math.Abs(area(outer)) > 9000 {
		if q, ok := f.exit(c, f.along(), outer); ok {
			_, b := beyond(c, q)
			f.draw(classResidential, c, b) // a close in the middle
		}
	}
}

// exit returns where the ray from p leaves the ring.
func (f *filler) exit(p, way point, ring []point) (point, bool) {
	best, found := point{}, false
	var far float64
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if t, _, ok := crossing(p.plus(way.times(1)), p.plus(way.times(900)), a, b); ok && (!found || t < far) {
			best, far, found = p.plus(way.times(1+t*899)), t, true
		}
	}
	return best, found
}

// winding draws a bent street through the block, closes off it to both sides
// and footpaths from the ends of some closes.
func (f *filler) winding() {
	way := f.along()
	over := way.left()
	c := middle(f.ring)
	from, to, ok := lineThrough(c, over, f.ring)
	if !ok {
		return
	}
	rows := max(1, int(from.distance(to)/190))
	for row := range rows {
		p := from.towards(to, (float64(row)+0.5)/float64(rows))
		a, b, ok := lineThrough(p, way, f.ring)
		if !ok || a.distance(b) < 90 {
			continue
		}
		a, b = beyond(a, b)
		half := from.distance(to) / float64(rows) / 2
		sway := min(30, half*0.35)
		spine := curve([]point{a, a.towards(b, 0.3).plus(over.times(f.d.between(-sway, sway))), a.towards(b, 0.7).plus(over.times(f.d.between(-sway, sway))), b}, 45)
		if f.d.chance(0.35) && len(spine) > 6 {
			spine = spine[:len(spine)-2-f.d.below(2)] // not a way through, except on foot
			f.draw(classFootway, spine[len(spine)-1], b)
		}
		f.draw(classResidential, spine...)
		long := a.distance(b)
		hand := f.d.chance(0.5)
		for x := f.d.between(35, 60); x < long-45; x += f.d.between(38, 62) {
			hand = !hand
			i := min(len(spine)-2, int(x/long*float64(len(spine)-1)))
			p := spine[i].towards(spine[i+1], 0.5)
			dir := over
			if !hand {
				dir = over.times(-1)
			}
			dir = dir.plus(way.times(f.d.between(-.35, .35))).unit()
			reach := half * f.d.between(0.62, 0.86)
			end := p.plus(dir.times(reach))
			if !f.within(end) || !f.within(p) {
				continue
			}
			bent := end.plus(way.times(f.d.between(-24, 24)))
			name := f.names.close(f.d)
			f.drawNamed(classResidential, name, p.minus(dir.times(overshoot)), p.plus(dir.times(reach*0.6)), bent)
			if f.d.chance(0.42) {
				if q, ok := f.exit(bent, dir, f.ring); ok && q.distance(bent) < 130 {
					q, kind := q.plus(dir.times(overshoot)), classFootway
					if f.d.chance(0.12) {
						kind = classSteps
					}
					f.draw(kind, bent, q)
				}
			}
		}
	}
}

// courts draws an estate: a loop, courts off it, and a net of footpaths.
func (f *filler) courts() {
	inner := inset(f.ring, 62)
	if inner == nil || math.Abs(area(inner)) < 8000 {
		f.grid(80, 120, 200)
		return
	}
	loop := roundOff(inner)
	f.draw(classResidential, append(loop, loop[0])...)
	for k := range 3 {
		p := loop[(k*len(loop)/3+f.d.below(2))%len(loop)]
		if q, ok := f.exit(p, p.minus(middle(inner)).unit(), f.ring); ok {
			a, b := beyond(p, q)
			f.draw(classResidential, a, b)
		}
	}
	way := f.along()
	over := way.left()
	from, to, ok := lineThrough(middle(inner), over, inner)
	if !ok {
		return
	}
	count := max(2, int(from.distance(to)/58))
	for k := 1; k < count; k++ {
		a, b, ok := lineThrough(from.towards(to, float64(k)/float64(count)), way, inner)
		if !ok || a.distance(b) < 50 {
			continue
		}
		a, b = beyond(a, b)
		switch k % 3 {
		case 0:
			f.draw(classFootway, a, b)
		case 1:
			f.drawNamed(classResidential, f.names.close(f.d), a, a.towards(b, 0.44))
			f.drawNamed(classResidential, f.names.close(f.d), b, b.towards(a, 0.44))
			f.draw(classFootway, a.towards(b, 0.44), b.towards(a, 0.44))
		default:
			f.draw(classResidential, a, b)
		}
	}
	for k := range 2 {
		if a, b, ok := lineThrough(middle(inner).plus(way.times(f.d.between(-70, 70)+float64(k)*90)), over, inner); ok {
			a, b = beyond(a, b)
			f.draw(classFootway, a, b)
		}
	}
}

// yards draws an industrial estate.
func (f *filler) yards() {
	way := f.along()
	a, b, ok := lineThrough(middle(f.ring), way, f.ring)
	if !ok {
		return
	}
	a, b = beyond(a, b)
	f.drawNamed(classUnclassified, f.names.works(f.d), a, b)
	for x := 60.0; x < a.distance(b)-60; x += f.d.between(90, 140) {
		p := a.plus(way.times(x))
		dir := way.left().times(float64(1 - 2*f.d.below(2)))
		end := p.plus(dir.times(f.d.between(50, 110)))
		if f.within(end) {
			f.draw(classService, p.minus(dir.times(overshoot)), end)
		}
	}
}

// paths draws the footpaths of a park: two across it and one around.
func (f *filler) paths() {
	c := middle(f.ring)
	way := f.along()
	for _, w := range []point{way.plus(way.left().times(0.6)).unit(), way.left().plus(way.times(-0.5)).unit()} {
		if a, b, ok := lineThrough(c, w, f.ring); ok {
			a, b = beyond(a, b)
			f.draw(classFootway, a, c.plus(w.left().times(f.d.between(-30, 30))), b)
		}
	}
	if inner := inset(f.ring, 55); inner != nil && math.Abs(area(inner)) > 8000 {
		round := roundOff(inner)
		f.draw(classFootway, append(round, round[0])...)
	}
}

// lanes draws a village block: a lane across, or one that ends in a close.
func (f *filler) lanes() {
	if f.d.chance(0.25) {
		return
	}
	a, b, ok := lineThrough(middle(f.ring), f.along().plus(f.along().left().times(f.d.between(-.5, .5))).unit(), f.ring)
	if !ok {
		return
	}
	a, b = beyond(a, b)
	m := a.towards(b, 0.5).plus(f.along().left().times(f.d.between(-25, 25)))
	if f.d.chance(0.5) {
		f.draw(classResidential, a, m, b)
		return
	}
	f.draw(classResidential, a, m)
	if f.d.chance(0.6) {
		f.draw(classFootway, m, b)
	}
}
