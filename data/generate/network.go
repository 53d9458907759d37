package main

import (
	"math"
	"slices"
)

// class is what kind of way a street is; its text is the OSM highway value.
type class string

const (
	classMotorway     class = "motorway"
	classMotorwayLink class = "motorway_link"
	classPrimary      class = "primary"
	classSecondary    class = "secondary"
	classTertiary     class = "tertiary"
	classUnclassified class = "unclassified"
	classResidential  class = "residential"
	classLiving       class = "living_street"
	classPedestrian   class = "pedestrian"
	classService      class = "service"
	classFootway      class = "footway"
	classSteps        class = "steps"
	classPath         class = "path"
	classBridleway    class = "bridleway"
	classTrack        class = "track"
)

// rank orders the classes of public road, the greatest first; 0 is none.
func (c class) rank() int {
	switch c {
	case classPrimary:
		return 4
	case classSecondary:
		return 3
	case classTertiary:
		return 2
	case classUnclassified, classResidential, classLiving:
		return 1
	}
	return 0
}

// offRoad reports whether c is a way for people on foot across country.
func (c class) offRoad() bool {
	return c == classPath || c == classBridleway || c == classTrack || c == classFootway
}

// node is a point of the network; tag is an OSM barrier value or empty.
type node struct {
	at  point
	tag string
}

// street is a line of the network with the same kind and name throughout.
type street struct {
	class  class
	name   string
	place  int     // settlement, or -1 in open country
	homes  float64 // weight of homes per metre
	bridge bool
	oneway bool
	nodes  []int
}

// network is the streets and paths of the county.
type network struct {
	nodes   []node
	streets []street
}

// add returns a new node at p.
func (n *network) add(p point) int {
	n.nodes = append(n.nodes, node{at: p.rounded()})
	return len(n.nodes) - 1
}

// links returns, per node, its neighbours along streets that the test accepts,
// and the metres to each.
func (n *network) links(accept func(street) bool) [][]link {
	out := make([][]link, len(n.nodes))
	for _, s := range n.streets {
		if !accept(s) {
			continue
		}
		for i := 1; i < len(s.nodes); i++ {
			a, b := s.nodes[i-1], s.nodes[i]
			d := n.nodes[a].at.distance(n.nodes[b].at)
			out[a] = append(out[a], link{b, d})
			out[b] = append(out[b], link{a, d})
		}
	}
	return out
}

// link is a step to another node.
type link struct {
	to     int
	metres float64
}

// walkable reports whether people on foot use s.
func walkable(s street) bool { return s.class != classMotorway && s.class != classMotorwayLink }

// keepJoined drops every street that is not joined, on foot, to the largest
// piece of its land mass: a stub that a river or railway cut off.
func (n *network) keepJoined(onIsle func(point) bool) {
	piece := make([]int, len(n.nodes))
	for i := range piece {
		piece[i] = -1
	}
	next := n.links(walkable)
	var metres []float64
	var isle []bool
	for start := range n.nodes {
		if piece[start] >= 0 || len(next[start]) == 0 {
			continue
		}
		id := len(metres)
		metres, isle = append(metres, 0), append(isle, onIsle(n.nodes[start].at))
		piece[start] = id
		for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
			for _, l := range next[queue[0]] {
				metres[id] += l.metres
				if piece[l.to] < 0 {
					piece[l.to] = id
					queue = append(queue, l.to)
				}
			}
		}
	}
	best := map[bool]int{false: -1, true: -1}
	for id := range metres {
		if b := best[isle[id]]; b < 0 || metres[id] > metres[b] {
			best[isle[id]] = id
		}
	}
	kept := n.streets[:0]
	for _, s := range n.streets {
		if id := piece[s.nodes[0]]; !walkable(s) || id == best[isle[id]] {
			kept = append(kept, s)
		}
	}
	n.streets = kept
}

// joiner makes a network out of strokes that were drawn without regard to one
// another: they are cut where they cross, and ends that nearly meet are joined.
type joiner struct {
	strokes []stroke
}

// stroke is a line drawn on the plan.
type stroke struct {
	street
	line []point
	// loose says that the ends were drawn a little too far, so that they are
	// sure to meet the streets they end on; what sticks out is trimmed.
	loose bool
}

const (
	overshoot = 4.0  // metres that a loose end is drawn too far
	stub      = 9.0  // metres: a dead end this short is trimmed
	sameNode  = 4.5  // metres within which two points are one node
	bendEvery = 62.0 // metres between the points of a bending street
)

// join adds the strokes to n; bend moves each node to its final place.
func (j *joiner) join(n *network, bend func(point) point) {
	type segment struct {
		stroke int
		a, b   point
	}
	var segments []segment
	first := make([]int, len(j.strokes))
	squares := newBuckets(110)
	for k, s := range j.strokes {
		first[k] = len(segments)
		for i := 1; i < len(s.line); i++ {
			squares.addBox(len(segments), s.line[i-1], s.line[i])
			segments = append(segments, segment{k, s.line[i-1], s.line[i]})
		}
	}
	cuts := make([][]float64, len(segments))
	for i, s := range segments {
		for _, o := range squares.near(s.a, s.b, 0) {
			if o <= i || segments[o].stroke == s.stroke && o == i+1 {
				continue
			}
			if t, u, ok := crossing(s.a, s.b, segments[o].a, segments[o].b); ok {
				cuts[i] = append(cuts[i], t)
				cuts[o] = append(cuts[o], u)
			}
		}
	}

	known := newBuckets(sameNode)
	var places []point
	var ids []int
	nodeAt := func(p point) int {
		best, metres := -1, sameNode
		for _, k := range known.near(p, p, sameNode) {
			if d := places[k].distance(p); d < metres {
				best, metres = k, d
			}
		}
		if best < 0 {
			best = len(places)
			places, ids = append(places, p), append(ids, n.add(bend(p)))
			known.addBox(best, p, p)
		}
		return best
	}

	lines := make([][]int, len(j.strokes)) // places per stroke
	uses := map[int]int{}
	for k, s := range j.strokes {
		line := []int{nodeAt(s.line[0])}
		for i := 1; i < len(s.line); i++ {
			g := first[k] + i - 1
			at := cuts[g]
			slices.Sort(at)
			for _, t := range append(at, 1) {
				if id := nodeAt(segments[g].a.towards(segments[g].b, t)); id != line[len(line)-1] {
					line = append(line, id)
				}
			}
		}
		lines[k] = line
		for i, id := range line {
			if uses[id]++; i > 0 && i < len(line)-1 {
				uses[id]++
			}
		}
	}

	for k, s := range j.strokes {
		line := lines[k]
		if s.loose {
			line = trim(line, places, uses)
		}
		if len(line) < 2 {
			continue
		}
		out := s.street
		out.nodes = []int{ids[line[0]]}
		for i := 1; i < len(line); i++ {
			a, b := places[line[i-1]], places[line[i]]
			parts := int(math.Ceil(a.distance(b) / bendEvery))
			for q := 1; q < parts; q++ {
				out.nodes = append(out.nodes, n.add(bend(a.towards(b, float64(q)/float64(parts)))))
			}
			out.nodes = append(out.nodes, ids[line[i]])
		}
		n.streets = append(n.streets, out)
	}
}

// trim takes the short dead ends off a line of places.
func trim(line []int, places []point, uses map[int]int) []int {
	for len(line) >= 2 && uses[line[0]] == 1 && places[line[0]].distance(places[line[1]]) < stub {
		line = line[1:]
	}
	for len(line) >= 2 && uses[line[len(line)-1]] == 1 && places[line[len(line)-1]].distance(places[line[len(line)-2]]) < stub {
		line = line[:len(line)-1]
	}
	return line
}
