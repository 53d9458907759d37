package main

import (
	"fmt"
	"math"
	"slices"
)

// venue is a building that could be lent for an outreach session.
type venue struct {
	id, name   string
	kind       string // the OSM amenity value
	school     string // "primary" or "secondary"
	settlement int    // -1 in a hamlet
	home       int    // the postcode it stands in
	at         point
	hours      string
}

// venueKind says how often a kind of building occurs.
type venueKind struct {
	amenity string
	suffix  string
	each    int // one for so many residents of a town
	least   int // a settlement of this many has at least one
	central bool
	hours   string
}

var venueKinds = []venueKind{
	{"library", "Library", 30000, 4000, true, "Mo-Fr 09:30-17:00; Sa 10:00-14:00"},
	{"townhall", "Town Hall", 200000, 10000, true, "Mo-Fr 09:00-17:00"},
	{"community_centre", "Community Centre", 6500, 3000, false, "Mo-Su 09:00-21:00"},
	{"community_centre", "Village Hall", 100000, 300, true, ""},
	{"place_of_worship", "", 4200, 300, false, ""},
	{"school", "Primary School", 4600, 700, false, ""},
	{"school", "Academy", 15000, 9000, false, ""},
	{"social_facility", "Advice Centre", 20000, 12000, true, "Mo-Fr 10:00-16:00"},
	{"youth_centre", "Youth Centre", 24000, 12000, false, "Mo-Fr 16:00-21:00"},
	{"pub", "", 3200, 300, true, ""},
}

// venues places the public buildings of every settlement.
func (c *country) venues(areas []area21, homes []home, n *network) []venue {
	bySettlement := make([][]int, len(c.settlements))
	for i, h := range homes {
		if h.settlement >= 0 {
			bySettlement[h.settlement] = append(bySettlement[h.settlement], i)
		}
	}
	var out []venue
	var names []string
	for k, s := range c.settlements {
		of := bySettlement[k]
		if len(of) == 0 {
			continue
		}
		d := newDice(c.seed, "venues "+s.name)
		taken := map[int]bool{}
		for _, kind := range venueKinds {
			count := s.people / kind.each
			if s.people >= kind.least {
				count = max(1, count)
			}
			if kind.suffix == "Village Hall" && s.people > 3000 {
				count = 0
			}
			var near []point
			for v := range count {
				i := c.venueSpot(d, s, of, homes, taken, near, kind.central && v == 0)
				if i < 0 {
					break
				}
				taken[i] = true
				near = append(near, homes[i].at)
				out = append(out, venue{
					id: fmt.Sprintf("V%04d", len(out)+1), kind: kind.amenity, settlement: k, home: i,
					name: unique(&names, kind.nameIn(d, s, n.streets[homes[i].street].name, v)), school: map[string]string{"Primary School": "primary", "Academy": "secondary"}[kind.suffix],
					at: beside(areas, homes[i], 0), hours: kind.hours,
				})
			}
		}
	}
	return out
}

// beside returns a place a few metres from a postcode, in the same area; turn
// says which way to try first.
func beside(areas []area21, h home, turn int) point {
	for k := range compass {
		way := compass[(turn+k)%len(compass)].times(7)
		p := point{h.at.X + math.Round(way.X), h.at.Y + math.Round(way.Y)}
		if covers(areas[h.area].rings, p) {
			return p
		}
	}
	return h.at
}

// venueSpot picks a postcode of the settlement that is not taken: near the
// middle, or away from the others of its kind.
func (c *country) venueSpot(d *dice, s *settlement, of []int, homes []home, taken map[int]bool, near []point, central bool) int {
	best, score := -1, math.Inf(-1)
	for range 24 {
		i := pick(d, of)
		if taken[i] {
			continue
		}
		far := 2500.0
		for _, p := range near {
			far = min(far, p.distance(homes[i].at))
		}
		if central {
			far = -homes[i].at.distance(s.at)
		}
		if far > score {
			best, score = i, far
		}
	}
	return best
}

// nameIn names the v-th building of its kind in s, by its street.
func (k venueKind) nameIn(d *dice, s *settlement, street string, v int) string {
	switch {
	case k.amenity == "place_of_worship":
		return pick(d, saints) + " Church, " + s.name
	case k.amenity == "pub":
		return "The " + pick(d, []string{"Plough", "Bell", "Red Lion", "Crown", "Ship", "Wheatsheaf", "Fox", "Anchor", "Railway", "Royal Oak"}) + ", " + s.name
	case k.central && v == 0, street == "":
		return s.name + " " + k.suffix
	}
	return street + " " + k.suffix + ", " + s.name
}

// site is a building of the council's estate.
type site struct {
	id, name, kind string
	home           int
	at             point
	settlement     int
	youth, under5s bool
	privateRoom    bool
	school         bool
	capacity       int
	with           string // what it shares the building with
	hours          int    // staffed hours a year
	proposed       bool   // not there today
	need           float64
}

// unserved are the estates at the edge of town that have never had a building:
// kilometres, and the radius within which none stands.
var unserved = []pocket{{18.7, 19.0, 1.75, 0}, {11.0, 22.5, 1.3, 0}, {24.0, 5.7, 0.9, 0}, {37.4, 12.6, 0.8, 0}}

// sitesOf places the council's buildings: the first of a town in its middle, the
// others where most people in need are more than 900 m from one.
func (c *country) sitesOf(areas []area21, homes []home, n *network) []site {
	counts := make([]int, len(c.settlements))
	for k, t := range towns {
		counts[k] = t.sites
	}
	for _, d := range []int{8, 9, 3} { // and the largest village of three districts
		best := -1
		for k, s := range c.settlements {
			if s.style == village && (best < 0 || s.people > c.settlements[best].people) && c.districtOf(homes, k) == d {
				best = k
			}
		}
		if best >= 0 {
			counts[best] = 1
		}
	}
	var out []site
	for k, s := range c.settlements {
		d := newDice(c.seed, "sites "+s.name)
		var of []int
		for i, h := range homes {
			if h.settlement == k {
				of = append(of, i)
			}
		}
		for v := range counts[k] {
			i := bestSite(s, of, homes, out, v == 0)
			out = append(out, newSite(d, s, homes[i], i, len(out), v, n.streets[homes[i].street].name))
		}
	}
	for _, u := range unserved[:2] { // proposals for the two worst
		p := point{u.x, u.y}.times(1000)
		var of []int
		for i, h := range homes {
			if h.at.distance(p) < 900 {
				of = append(of, i)
			}
		}
		i := nearestHome(of, homes, p)
		s := c.settlements[homes[i].settlement]
		x := newSite(newDice(c.seed, "proposal "+s.name), s, homes[i], i, len(out), 1, n.streets[homes[i].street].name)
		x.proposed, x.kind, x.school, x.with, x.youth = true, "proposed", false, "", true
		x.name = n.streets[homes[i].street].name + " Family Hub (proposed)"
		out = append(out, x)
	}
	var names []string
	for k := range out {
		out[k].at = beside(areas, homes[out[k].home], 2)
		out[k].name = unique(&names, out[k].name)
		for _, h := range homes {
			if h.at.distance(out[k].at) < 1100 {
				out[k].need += h.people * normal(h.need-0.6)
			}
		}
	}
	return out
}

// districtOf returns the district of the first postcode of a settlement, as
// noted by its areas.
func (c *country) districtOf(homes []home, settlement int) int {
	for _, h := range homes {
		if h.settlement == settlement {
			return h.district
		}
	}
	return -1
}

func bestSite(s *settlement, of []int, homes []home, built []site, first bool) int {
	if first {
		return nearestHome(of, homes, s.at)
	}
	const reach = 900.0
	best, most := of[0], -1.0
	for n, i := range of {
		p := homes[i].at
		if n%3 != 0 || slices.ContainsFunc(unserved, func(u pocket) bool { return p.distance(point{u.x, u.y}.times(1000)) < u.radius*1000 }) {
			continue
		}
		var sum float64
		for _, j := range of {
			h := homes[j]
			if h.at.distance(p) > reach || slices.ContainsFunc(built, func(b site) bool { return b.at.distance(h.at) < reach }) {
				continue
			}
			sum += h.people * (0.15 + normal(h.need-0.4))
		}
		if sum > most {
			best, most = i, sum
		}
	}
	return best
}

// newSite makes up the building at a postcode.
func newSite(d *dice, s *settlement, h home, at, count, v int, street string) site {
	x := site{
		id: fmt.Sprintf("S%02d", count+1), home: at, at: h.at, settlement: s.id,
		capacity: 30 + 5*d.below(15), under5s: true, privateRoom: d.chance(0.8), hours: 1500 + 50*d.below(16),
	}
	switch {
	case v == 0 && s.style != village:
		x.kind, x.name, x.youth = "family_hub", s.name+" Family Hub", d.chance(0.75)
		if d.chance(0.5) {
			x.with = "library"
		}
		x.capacity += 40
	case v == 3 || v == 0 && d.chance(0.2):
		x.kind, x.name, x.youth, x.under5s = "youth_hub", s.name+" Youth Hub", true, d.chance(0.4)
	default:
		x.kind = "childrens_centre"
		if street == "" {
			street = s.name
		}
		x.name = street + " Children's Centre"
		x.school = d.chance(0.4)
		if x.school {
			x.with = "school"
		} else if d.chance(0.25) {
			x.with = pick(d, []string{"health visiting", "library", "community centre"})
		}
		x.hours -= 500
	}
	return x
}
