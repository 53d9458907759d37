package main

import (
	"fmt"
	"math"
	"slices"
)

// timetable is the county's public transport: buses between the towns and
// around the larger ones, one railway, and the ferry to the island.
type timetable struct {
	stops  []stop
	routes []route
}

// stop is a place to board.
type stop struct {
	name  string
	at    point
	place int // settlement
}

// route is a line with one pattern of stops, run in both directions unless it
// is a loop.
type route struct {
	id, name string
	kind     int // GTFS route_type: 2 rail, 3 bus, 4 ferry
	operator string
	loop     bool
	calls    []call
	weekday  []int // departures from the first stop, minutes after midnight
	saturday []int
}

// call is a stop of a route and the minutes from its start.
type call struct{ stop, minute int }

// The lines of the plan: towns by name, minutes between departures on weekdays.
var lines = []struct {
	id    string
	via   []string
	every int
}{
	{"1", []string{"Harrowmere", "Calderstow", "Sandrey"}, 30},
	{"2", []string{"Harrowmere", "Astelford"}, 20},
	{"3", []string{"Harrowmere", "Drayhaven"}, 60},
	{"4", []string{"Harrowmere", "Pellingham"}, 30},
	{"5", []string{"Harrowmere", "Merrowby", "Hallowick"}, 60},
	{"6", []string{"Harrowmere", "Fenwardine", "Dunmarsh"}, 60},
	{"7", []string{"Astelford", "Brindlow"}, 90},
	{"8", []string{"Astelford", "Cranwold", "Upwolden"}, 90},
	{"9", []string{"Drayhaven", "Ockerby", "Kelverdon", "Osmouth", "Sandrey"}, 60},
	{"10", []string{"Calderstow", "Tarnford"}, 60},
	{"11", []string{"Calderstow", "Pellingham", "Merrowby"}, 60},
	{"12", []string{"Harrowmere", "Thaxley", "Kelverdon"}, 120},
}

// newTimetable plans the services over the network's roads.
func newTimetable(c *country, n *network) *timetable {
	t := &timetable{}
	next := n.links(func(s street) bool { return s.class.rank() > 0 })
	place := make([]int, len(n.nodes))
	names := make([]string, len(n.nodes))
	for i := range place {
		place[i] = -1
	}
	for _, s := range n.streets {
		for _, k := range s.nodes {
			if s.place >= 0 && s.class.rank() > 0 {
				place[k], names[k] = s.place, s.name
			}
		}
	}
	p := &planner{t: t, c: c, n: n, next: next, place: place, names: names}
	byName := map[string]*settlement{}
	for _, s := range c.settlements {
		byName[s.name] = s
	}
	for _, l := range lines {
		var through []int
		for _, name := range l.via {
			through = append(through, p.centre(byName[name]))
		}
		p.addBus(l.id, l.via[0]+" - "+l.via[len(l.via)-1], through, false, l.every)
	}
	for _, s := range c.settlements[:len(towns)] {
		if s.people < 29000 {
			continue
		}
		// Loops to the four quarters of a larger town.
		for q := range 4 {
			var far *block
			for b := range s.blocks {
				m := middle(s.blocks[b].ring).minus(s.at)
				quarter := 0
				if m.X < 0 {
					quarter = 1
				}
				if m.Y < 0 {
					quarter += 2
				}
				if quarter == q && s.blocks[b].order < 0.92 && s.blocks[b].pattern != works {
					far = &s.blocks[b]
				}
			}
			if far != nil {
				start := p.centre(s)
				p.addBus(fmt.Sprintf("%s%d", s.name[:1], 10*(s.id+1)+q), s.name+" town service", []int{start, p.nearest(middle(far.ring), s.id), start}, true, 20)
			}
		}
	}
	p.addDirect("R1", "Estermere Main Line", 2, "EMR", []*settlement{byName["Harrowmere"], byName["Calderstow"], byName["Sandrey"]}, 1100, 60)
	p.addDirect("F1", "Morrey ferry", 4, "EMF", []*settlement{byName["Osmouth"], byName["Morrey Quay"]}, 260, 90)
	return t
}

// planner draws lines over the roads.
type planner struct {
	t     *timetable
	c     *country
	n     *network
	next  [][]link
	place []int // per node: settlement, or -1
	names []string
}

// centre returns the road node nearest to the middle of s.
func (p *planner) centre(s *settlement) int { return p.nearest(s.at, s.id) }

// nearest returns the road node of a settlement nearest to q.
func (p *planner) nearest(q point, settlement int) int {
	best := -1
	for k := range p.n.nodes {
		if p.place[k] == settlement && len(p.next[k]) > 0 && (best < 0 || p.n.nodes[k].at.distance(q) < p.n.nodes[best].at.distance(q)) {
			best = k
		}
	}
	return best
}

// stopApart is the least distance between two stops of a line in a town, metres.
const stopApart = 430.0

// Bus speeds in metres a minute, stops included: 17 km/h in towns and 36 km/h
// in open country.
const (
	townSpeed = 285.0
	openSpeed = 600.0
)

// addBus adds a line over the shortest roads through the nodes.
func (p *planner) addBus(id, name string, through []int, loop bool, every int) {
	r := route{id: id, name: name, kind: 3, operator: "EMB", loop: loop}
	if through[0] < 0 {
		return
	}
	var minute, since float64
	r.calls = append(r.calls, call{p.stop(through[0]), 0})
	for i := 1; i < len(through); i++ {
		path := p.path(through[i-1], through[i])
		for k := 1; k < len(path); k++ {
			m := p.n.nodes[path[k-1]].at.distance(p.n.nodes[path[k]].at)
			town := p.place[path[k]]
			since += m
			if town >= 0 {
				minute += m / townSpeed
			} else {
				minute += m / openSpeed
			}
			end := k == len(path)-1
			if end || town >= 0 && since > stopApart {
				if s := p.stop(path[k]); s != r.calls[len(r.calls)-1].stop {
					r.calls = append(r.calls, call{s, int(math.Round(minute))})
				}
				since = 0
			}
		}
	}
	if len(r.calls) < 3 {
		return
	}
	r.weekday = departures(6*60+10+len(p.t.routes)*3%30, 21*60, every)
	r.saturday = departures(7*60+20+len(p.t.routes)*3%30, 19*60, every*3/2)
	p.t.routes = append(p.t.routes, r)
}

// addDirect adds a line with one stop in each settlement, at metres a minute.
func (p *planner) addDirect(id, name string, kind int, operator string, via []*settlement, speed float64, every int) {
	r := route{id: id, name: name, kind: kind, operator: operator}
	var minute float64
	for k, s := range via {
		if k > 0 {
			minute += s.at.distance(via[k-1].at)/speed + 2
		}
		suffix := " station"
		if kind == 4 {
			suffix = " ferry landing"
		}
		at := p.nearest(s.at.plus(point{60, 40}), s.id)
		if kind == 4 { // the landing is on the shore that faces the other one
			at = p.nearest(s.at.towards(via[1-k].at, 0.18), s.id)
		}
		p.t.stops = append(p.t.stops, stop{s.name + suffix, p.n.nodes[at].at, s.id})
		r.calls = append(r.calls, call{len(p.t.stops) - 1, int(math.Round(minute))})
	}
	r.weekday, r.saturday = departures(6*60+30, 20*60, every), departures(7*60+30, 19*60, every)
	p.t.routes = append(p.t.routes, r)
}

func departures(first, last, every int) []int {
	var out []int
	for m := first; m <= last; m += every {
		out = append(out, m)
	}
	return out
}

// stop returns the stop at a node, or one of the same settlement within 130 m.
func (p *planner) stop(k int) int {
	at := p.n.nodes[k].at
	for i, s := range p.t.stops {
		if s.place == p.place[k] && s.at.distance(at) < 130 {
			return i
		}
	}
	name := p.c.names.lane(newDice(uint64(k), "stop"))
	if p.place[k] >= 0 {
		name = p.c.settlements[p.place[k]].name
	}
	if p.names[k] != "" {
		name += ", " + p.names[k]
	}
	p.t.stops = append(p.t.stops, stop{name, at, p.place[k]})
	return len(p.t.stops) - 1
}

// path returns the nodes of the shortest road from a to b.
func (p *planner) path(a, b int) []int {
	via := map[int]int{}
	spread(len(p.n.nodes), []seedCost{{a, 0}}, func(at int, step func(to, by int, metres float64)) {
		for _, l := range p.next[at] {
			step(l.to, at, l.metres)
		}
	}, func(to, by int, _ float64) bool {
		via[to] = by
		return to != b
	})
	if _, ok := via[b]; !ok {
		return []int{a}
	}
	var out []int
	for at := b; at >= 0; at = via[at] {
		out = append(out, at)
	}
	slices.Reverse(out)
	return out
}
