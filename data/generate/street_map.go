package main

import (
	"fmt"
	"sort"
)

// osmNode and osmWay are what the street map holds.
type osmNode struct {
	id       int64
	lon, lat float64
	tags     []tag
}

type osmWay struct {
	id   int64
	refs []int64
	tags []tag
}

type tag struct{ key, value string }

// streetMap gives the network, the barriers, the coast and the public buildings
// their OpenStreetMap tags. Ids count from 1 in the order of use.
func (c *County) streetMap() ([]osmNode, []osmWay) {
	var nodes []osmNode
	var ways []osmWay
	d := newDice(c.seed, "tags")
	ids := make([]int64, len(c.streets.nodes))
	addNode := func(p point, tags []tag) int64 {
		lon, lat := degrees(p)
		nodes = append(nodes, osmNode{int64(len(nodes) + 1), lon, lat, tags})
		return int64(len(nodes))
	}
	addWay := func(refs []int64, tags []tag) {
		ways = append(ways, osmWay{int64(len(ways) + 1), refs, tags})
	}
	for _, s := range c.streets.streets {
		var refs []int64
		for _, k := range s.nodes {
			if ids[k] == 0 {
				n := c.streets.nodes[k]
				var tags []tag
				if n.tag != "" {
					tags = []tag{{"barrier", n.tag}}
				}
				ids[k] = addNode(n.at, tags)
			}
			refs = append(refs, ids[k])
		}
		addWay(refs, c.streetTags(d, s))
	}
	for _, b := range c.country.barriers {
		tags := map[barrierKind][]tag{
			overRiver: {{"name", b.name}, {"waterway", "river"}},
			overRail:  {{"gauge", "1435"}, {"name", b.name}, {"railway", "rail"}},
		}[b.kind]
		var run []int64
		flush := func() {
			if len(run) > 1 {
				addWay(run, tags)
			}
			run = nil
		}
		for _, p := range b.line {
			if b.kind == overMotorway || !c.country.onLand(p) {
				flush()
				continue
			}
			run = append(run, addNode(p, nil))
		}
		flush()
	}
	for _, r := range c.bus.routes {
		if r.kind == 4 {
			var refs []int64
			for _, x := range r.calls {
				refs = append(refs, addNode(c.bus.stops[x.stop].at, []tag{{"amenity", "ferry_terminal"}, {"name", c.bus.stops[x.stop].name}}))
			}
			addWay(refs, []tag{{"name", r.name}, {"route", "ferry"}})
		}
	}
	for _, v := range c.venues {
		tags := []tag{{"amenity", v.kind}, {"name", v.name}}
		if v.hours != "" {
			tags = append(tags, tag{"opening_hours", v.hours})
		}
		if v.kind == "place_of_worship" {
			tags = append(tags, tag{"religion", "christian"})
		}
		if v.school != "" {
			tags = append(tags, tag{"school", v.school})
		}
		addNode(v.at, tags)
	}
	for _, s := range c.country.settlements {
		kind := "village"
		switch {
		case s.people > 80000:
			kind = "city"
		case s.style != village:
			kind = "town"
		}
		addNode(s.at, []tag{{"name", s.name}, {"place", kind}})
	}
	for _, h := range c.country.hamlets {
		addNode(h.at, []tag{{"name", h.name}, {"place", "hamlet"}})
	}
	return nodes, ways
}

// streetTags describes a street as a mapper would, with the gaps of a real map:
// sidewalk, lit and surface are not on every way.
func (c *County) streetTags(d *dice, s street) []tag {
	t := []tag{{"highway", string(s.class)}}
	add := func(key, value string) { t = append(t, tag{key, value}) }
	town := s.place >= 0
	if s.bridge {
		add("bridge", "yes")
		add("layer", "1")
	}
	if s.name != "" {
		if s.class == classMotorway {
			add("ref", s.name)
		} else {
			add("name", s.name)
		}
	}
	if s.oneway {
		add("oneway", "yes")
	}
	switch s.class {
	case classMotorway, classMotorwayLink:
		add("foot", "no")
	case classPrimary, classSecondary, classTertiary:
		if town {
			add("lit", "yes")
			add("sidewalk", "both")
			add("maxspeed", "30 mph")
		} else {
			add("lit", "no")
			add("maxspeed", "60 mph")
			if d.chance(0.6) {
				add("sidewalk", pick(d, []string{"no", "no", "left", "right"}))
			}
		}
		add("surface", "asphalt")
	case classUnclassified:
		if !town {
			add("lit", "no")
			add("maxspeed", "60 mph")
		}
	case classResidential, classLiving:
		if d.chance(0.75) {
			add("lit", "yes")
		}
		if d.chance(0.6) {
			add("sidewalk", "both")
		}
		if d.chance(0.5) {
			add("surface", "asphalt")
		}
	case classPedestrian:
		add("lit", "yes")
		add("surface", "paving_stones")
	case classService:
		if d.chance(0.18) {
			add("access", "private")
		}
	case classSteps:
		add("step_count", fmt.Sprint(8+d.below(24)))
		if d.chance(0.3) {
			add("ramp", "yes")
		}
	case classFootway:
		if town {
			if d.chance(0.7) {
				add("lit", pick(d, []string{"yes", "yes", "no"}))
			}
			add("surface", pick(d, []string{"asphalt", "asphalt", "paving_stones", "compacted"}))
		} else {
			add("foot", "designated")
			add("lit", "no")
			add("surface", pick(d, []string{"ground", "gravel"}))
		}
	case classPath:
		add("foot", "designated")
		add("surface", pick(d, []string{"ground", "grass", "dirt"}))
	case classBridleway:
		add("foot", "yes")
		add("surface", "ground")
	case classTrack:
		if d.chance(0.3) {
			add("access", "private")
			if d.chance(0.6) {
				add("foot", "designated")
			}
		}
		add("surface", pick(d, []string{"gravel", "ground", "compacted"}))
	}
	sort.Slice(t, func(a, b int) bool { return t[a].key < t[b].key })
	return t
}
