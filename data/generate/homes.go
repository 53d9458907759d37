package main

import (
	"fmt"
	"math"
)

// home is a postcode: some two dozen homes along a street.
type home struct {
	at         point // whole metres
	people     float64
	settlement int // -1 for a hamlet
	hamlet     int // -1 in a settlement
	street     int
	need       float64 // against England, in standard deviations
	postcode   string
	area       int
	district   int
}

// stretch is a piece of street with homes along it.
type stretch struct {
	street int
	a, b   point
	weight float64
}

// newHomes shares the people of every settlement over its streets and groups
// them into postcodes.
func newHomes(c *country, n *network) []home {
	inTown := make([][]stretch, len(c.settlements))
	inHamlet := make([][]stretch, len(c.hamlets))
	near := newBuckets(500)
	for k, h := range c.hamlets {
		near.addBox(k, h.at, h.at)
	}
	for i, s := range n.streets {
		for k := 1; k < len(s.nodes); k++ {
			p := stretch{street: i, a: n.nodes[s.nodes[k-1]].at, b: n.nodes[s.nodes[k]].at}
			switch {
			case s.place >= 0 && s.homes > 0:
				p.weight = fine(s.homes * p.a.distance(p.b) * 16)
				inTown[s.place] = append(inTown[s.place], p)
			case s.place < 0 && s.class.rank() == 1:
				for _, h := range near.near(p.a, p.b, 300) {
					if c.hamlets[h].at.distance(p.a.towards(p.b, 0.5)) < 300 {
						p.weight = p.a.distance(p.b)
						inHamlet[h] = append(inHamlet[h], p)
						break
					}
				}
			}
		}
	}
	var out []home
	for k, s := range c.settlements {
		out = append(out, s.homes(newDice(c.seed, "homes "+s.name), inTown[k], home{settlement: k, hamlet: -1})...)
	}
	for k, s := range c.hamlets {
		out = append(out, s.homes(newDice(c.seed, "homes "+s.name), inHamlet[k], home{settlement: -1, hamlet: k})...)
	}
	return out
}

// homes walks along the stretches and sets a postcode down whenever enough
// people have been passed.
func (s *settlement) homes(d *dice, along []stretch, like home) []home {
	var weight float64
	for _, p := range along {
		weight += p.weight
	}
	var out []home
	group := fine(d.between(34, 82))
	var passed float64
	for _, p := range along {
		people := fine(p.weight / weight * float64(s.people))
		for done := 0.0; done < people; {
			step := min(group-passed, people-done)
			passed, done = passed+step, done+step
			if passed < group {
				continue
			}
			h := like
			h.people, h.street = passed, p.street
			// Houses stand back from the road, on either side.
			back := p.b.minus(p.a).unit().left().times(d.between(7, 13) * float64(1-2*d.below(2)))
			h.at = p.a.towards(p.b, done/people).plus(back)
			h.at = point{math.Round(h.at.X), math.Round(h.at.Y)}
			h.need = needAt(s.need, h.at) + 0.22*noise(h.at, 520, 71)
			out = append(out, h)
			passed, group = 0, fine(d.between(34, 82))
		}
	}
	if len(out) > 0 {
		out[len(out)-1].people += passed
	} else if len(along) > 0 {
		h := like
		h.people, h.street, h.at = passed, along[0].street, along[0].a.towards(along[0].b, 0.5)
		h.at = point{math.Round(h.at.X + 9), math.Round(h.at.Y + 9)}
		h.need = needAt(s.need, h.at)
		out = append(out, h)
	}
	return out
}

// letters of the last part of a postcode: C, I, K, M, O and V are not used.
const letters = "ABDEFGHJLNPQRSTUWXYZ"

// nameHomes gives every postcode its code. The first part is that of the
// nearest town; EM is not a postcode area in use.
func (c *country) nameHomes(homes []home) {
	used := make([]int, len(towns))
	for i := range homes {
		h := &homes[i]
		t := h.settlement
		if t < 0 || t >= len(towns) {
			t = 0
			for k, s := range c.settlements[:len(towns)] {
				if s.at.distance(h.at) < c.settlements[t].at.distance(h.at) {
					t = k
				}
			}
		}
		k := used[t]
		used[t]++
		first := fmt.Sprintf("EM%d", t+1)
		last := fmt.Sprintf("%d%c%c", (k/400+1)%10, letters[k/20%20], letters[k%20])
		h.postcode = fmt.Sprintf("%-4s%s", first, last)
	}
}
