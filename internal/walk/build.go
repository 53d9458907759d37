package walk

import (
	"cmp"
	"fmt"
	"slices"

	"hubreach/geo"
	"hubreach/internal/source"
)

// Projector turns degrees into metres of the grid that a graph is drawn on.
// *geo.Projection is the one of the product; tests draw streets in metres.
type Projector interface {
	ToGrid(geo.LonLat) (geo.Grid, error)
}

// Build makes the graph of streets. The order of nodes and ways in streets
// never matters. Streets that hold no walkable way give a graph without edges.
//
// Nodes that the file does not hold and nodes outside the grid cut a way in two
// and are counted. The error is that of Params, or of a graph too large for
// 32-bit numbering.
func Build(streets source.Streets, proj Projector, p Params) (*Graph, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("build walking graph: %w", err)
	}
	p.Profiles = slices.Clone(p.Profiles)
	b := &builder{params: p, proj: proj, barred: tally{}}
	b.takeNodes(streets.Nodes)
	b.takeWays(streets.Ways)
	if len(b.segments) > 1<<30 {
		return nil, fmt.Errorf("build walking graph: %d street segments: want at most 2^30: %w", len(b.segments), ErrParams)
	}
	b.joinSegments()
	b.closePrivateGates()
	g := b.graph(b.chains())
	g.chunks = chunksOf(g)
	g.barriers = b.walls(streets.Barriers)
	g.report = b.report
	return g, nil
}

// builder holds the street data by vertex number while a graph is made.
type builder struct {
	params Params
	proj   Projector
	report Report
	barred tally

	vertices []vertex // sorted by id
	kinds    []kind
	numbers  map[kind]int32 // of kinds
	segments []segment
	ids      []int64 // of the walkable ways

	first []uint32 // meeting[first[v]:first[v+1]] are the segments that meet vertex v
	meets []int32
}

type vertex struct {
	id    int64
	lon   geo.LonLat
	at    point
	state vertexState
	gate  uint32 // profiles it stops
	// private is set for a gate that only those who belong behind it may pass.
	private bool
}

type vertexState uint8

const (
	vertexUnused vertexState = iota
	vertexUsed
	vertexOutside
)

// segment is a straight piece of a way between two vertices.
type segment struct {
	a, b int32
	way  int32
	kind int32
}

// kind is what tells the ground of two segments apart.
type kind struct {
	feature feature // steps, rough, ends and direction only
	barred  uint32
}

const kindFeatures = featureSteps | featureRough | featureEnds | featureForward | featureBackward

// takeNodes sorts the nodes by id. Of nodes with one id the most south-western
// stays, so that order does not matter.
func (b *builder) takeNodes(nodes []source.Node) {
	b.vertices = make([]vertex, 0, len(nodes))
	for _, n := range nodes {
		b.vertices = append(b.vertices, vertex{
			id: n.ID, lon: geo.LonLat(n.At), gate: gateOf(n.Tags, b.params.Profiles), private: privateGate(n.Tags),
		})
	}
	slices.SortFunc(b.vertices, func(p, q vertex) int {
		return cmp.Or(cmp.Compare(p.id, q.id), cmp.Compare(p.lon[0], q.lon[0]), cmp.Compare(p.lon[1], q.lon[1]), cmp.Compare(p.gate, q.gate))
	})
	whole := len(b.vertices)
	b.vertices = slices.CompactFunc(b.vertices, func(p, q vertex) bool { return p.id == q.id })
	b.report.Repeated += whole - len(b.vertices)
}

// takeWays judges the ways and cuts the walkable ones into segments.
func (b *builder) takeWays(ways []source.Way) {
	b.numbers = map[kind]int32{}
	sorted := make([]int, len(ways))
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortFunc(sorted, func(i, j int) int {
		return cmp.Or(cmp.Compare(ways[i].ID, ways[j].ID), slices.Compare(ways[i].Nodes, ways[j].Nodes),
			compareTags(ways[i].Tags, ways[j].Tags))
	})
	for n, i := range sorted {
		w := ways[i]
		if n > 0 && ways[sorted[n-1]].ID == w.ID {
			b.report.Repeated++
			continue
		}
		g := groundOf(w.Tags)
		if g.reason != "" {
			b.barred.add(g.reason, g.why)
			continue
		}
		b.report.Ways++
		b.ids = append(b.ids, w.ID)
		b.cut(w, int32(len(b.ids)-1), b.kindOf(g))
	}
}

func compareTags(a, b source.Tags) int {
	return slices.Compare(tagList(a), tagList(b))
}

func tagList(t source.Tags) []string {
	out := make([]string, 0, len(t))
	for k, v := range t {
		out = append(out, k+"="+v)
	}
	slices.Sort(out)
	return out
}

func (b *builder) kindOf(g ground) int32 {
	k := kind{feature: g.feature & kindFeatures}
	for i, p := range b.params.Profiles {
		if p.bars(g) {
			k.barred |= 1 << i
		}
	}
	return b.kindNumber(k)
}

func (b *builder) kindNumber(k kind) int32 {
	n, ok := b.numbers[k]
	if !ok {
		n = int32(len(b.kinds))
		b.numbers[k] = n
		b.kinds = append(b.kinds, k)
	}
	return n
}

// cut adds the segments of a way. A vertex that is missing or outside leaves a
// gap; a repeated vertex adds nothing.
func (b *builder) cut(w source.Way, way, kind int32) {
	last := int32(-1)
	for _, id := range w.Nodes {
		v, ok := b.vertex(id)
		if !ok {
			b.report.Missing++
			last = -1
			continue
		}
		if !b.place(v) {
			last = -1
			continue
		}
		if last >= 0 && last != v {
			b.segments = append(b.segments, segment{a: last, b: v, way: way, kind: kind})
		}
		last = v
	}
}

func (b *builder) vertex(id int64) (int32, bool) {
	n, ok := slices.BinarySearchFunc(b.vertices, id, func(v vertex, id int64) int { return cmp.Compare(v.id, id) })
	return int32(n), ok
}

// place reports whether a vertex of a walkable way is on the grid, and counts
// it once.
func (b *builder) place(n int32) bool {
	v := &b.vertices[n]
	fresh := v.state == vertexUnused
	on := v.project(b.proj)
	switch {
	case fresh && on:
		b.report.Vertices++
	case fresh:
		b.report.Outside++
	}
	return on
}

// project finds the position of v on first use and reports whether it has one.
func (v *vertex) project(proj Projector) bool {
	if v.state == vertexUnused {
		v.state = vertexOutside
		if p, err := proj.ToGrid(v.lon); err == nil {
			if at, ok := pointOf(p); ok {
				v.at, v.state = at, vertexUsed
			}
		}
	}
	return v.state == vertexUsed
}

// joinSegments lists the segments that meet each vertex.
func (b *builder) joinSegments() {
	b.first = make([]uint32, len(b.vertices)+1)
	for _, s := range b.segments {
		b.first[s.a+1]++
		b.first[s.b+1]++
	}
	for v := range b.vertices {
		b.first[v+1] += b.first[v]
	}
	b.meets = make([]int32, 2*len(b.segments))
	next := slices.Clone(b.first)
	for i, s := range b.segments {
		b.meets[next[s.a]] = int32(i)
		next[s.a]++
		b.meets[next[s.b]] = int32(i)
		next[s.b]++
	}
}

func (b *builder) meeting(v int32) []int32 { return b.meets[b.first[v]:b.first[v+1]] }

// isNode reports whether v stays a node: anything but a plain bend between two
// segments of one kind. One-way ground is never joined, because two segments
// may run against each other.
func (b *builder) isNode(v int32) bool {
	m := b.meeting(v)
	if len(m) != 2 || b.vertices[v].gate != 0 {
		return len(m) > 0
	}
	s, t := b.segments[m[0]], b.segments[m[1]]
	return s.kind != t.kind || b.kinds[s.kind].feature&(featureForward|featureBackward) != 0
}
