package walk

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"hubreach/internal/source"
)

// Options are what a build may use besides the streets. None of them but
// Heights changes the graph. The zero value is usable.
type Options struct {
	// Heights of the ground, for Params.Slope; nil when there are none: then all
	// ground is level and Report.Slope says so.
	Heights Heights
	// Progress, when not nil, is told of each stage as it begins, from the
	// goroutine that builds. done counts the stages before it, of total.
	Progress func(stage string, done, total int)
	// Workers is the most goroutines that work at once; 0 means one for each
	// processor. The graph is the same for any number.
	Workers int
}

// maxSegments keeps every number of a graph within 32 bits: a segment makes at
// most one edge, an edge at most four arcs.
const maxSegments = 1 << 29

// Build makes the graph of streets. The order of nodes and ways in streets
// never matters. Streets that hold no walkable way give a graph without edges.
//
// Nodes that the file does not hold and nodes outside the grid cut a way in two
// and are counted. The error is that of Params, or of a graph too large for
// 32-bit numbering.
func Build(streets source.Streets, proj Projector, p Params) (*Graph, error) {
	return build(func() error { return nil }, streets, proj, p, Options{})
}

// BuildWith is Build with a way to stop it and with Options. It asks ctx between
// steps, of which the longest takes a fifth of a second for a county and a few
// seconds for a country, and returns its error, wrapped.
func BuildWith(ctx context.Context, streets source.Streets, proj Projector, p Params, o Options) (*Graph, error) {
	return build(ctx.Err, streets, proj, p, o)
}

func build(stopped func() error, streets source.Streets, proj Projector, p Params, o Options) (*Graph, error) {
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("build walking graph: %w", err)
	}
	if len(streets.Nodes) > maxSegments {
		return nil, fmt.Errorf("build walking graph: %d nodes: want at most 2^29: %w", len(streets.Nodes), ErrParams)
	}
	b := newBuilder(proj, p, o)
	b.stopped = stopped
	stages := b.stages(streets)
	for i, s := range stages {
		if err := stopped(); err != nil {
			return nil, fmt.Errorf("build walking graph: before %s: %w", s.name, err)
		}
		if o.Progress != nil {
			o.Progress(s.name, i, len(stages))
		}
		if err := s.run(); err != nil {
			return nil, fmt.Errorf("build walking graph: %w", err)
		}
	}
	if o.Progress != nil {
		o.Progress("done", len(stages), len(stages))
	}
	b.g.report = b.report
	return b.g, nil
}

func newBuilder(proj Projector, p Params, o Options) *builder {
	p.Profiles = slices.Clone(p.Profiles)
	b := &builder{params: p, proj: proj, workers: o.Workers, barred: tally{}, stopped: func() error { return nil }}
	if b.workers <= 0 {
		b.workers = runtime.GOMAXPROCS(0)
	}
	switch {
	case p.Slope == Level:
		b.report.Slope = "not asked for"
	case o.Heights == nil:
		b.report.Slope = "no heights: all ground is taken as level"
	default:
		b.heights, b.report.Slope = o.Heights, string(p.Slope)
	}
	return b
}

// stage is a step of a build.
type stage struct {
	name string
	run  func() error
}

// stages returns the steps of a build, to be taken in this order.
func (b *builder) stages(streets source.Streets) []stage {
	do := func(f func()) func() error { return func() error { f(); return nil } }
	var cs chains
	return []stage{
		{"read the ways", func() error { return b.take(streets) }},
		{"close private gates", func() error { return b.inTurn(b.joinSegments, b.closePrivateGates) }},
		{"join bends", do(func() { cs = b.chains() })},
		{"number junctions", func() error { return b.graph(&cs) }},
		{"measure heights", do(b.measure)},
		{"time the walks", do(b.layCosts)},
		{"lay out the search", b.layArcs},
		{"index streets", do(b.index)},
	}
}

// builder holds the street data by vertex number while a graph is made.
type builder struct {
	params  Params
	proj    Projector
	heights Heights // nil: level
	workers int
	stopped func() error // why to stop, if so
	report  Report
	barred  tally
	g       *Graph

	nodes  []source.Node    // by vertex: sorted by id, each once
	ids    []int64          // of nodes
	every  []int64          // every 64th of ids
	at     []point          // of vertices that are placed
	states []vertexState    // of vertices
	gates  map[int32]uint32 // profiles that a vertex stops

	kinds    []kind
	numbers  map[kind]int32 // of kinds
	wayIDs   []int64        // of the walkable ways
	wayKinds []int32
	segments []segment
	walls    []wall

	first []uint32 // meets[first[v]:first[v+1]] are the segments that meet vertex v
	meets []int32

	nodeOf []NodeID         // street node of each vertex that is a junction, else none
	endsOf map[int32]NodeID // the node where walks end, of vertices on private ground that could be walked through
	twins  []twin           // of the same vertices, in the order of their nodes
}

// take reads nodes, ways and barriers into vertices and segments.
func (b *builder) take(streets source.Streets) error {
	var ways, barriers []source.Way
	var wayVertices, wallVertices []int32
	var wayFirst, wallFirst []int
	err := b.inTurn(
		func() { b.takeNodes(streets.Nodes) },
		func() { ways, barriers = b.takeWays(streets.Ways), crossable(streets.Barriers) },
		func() { wayVertices, wayFirst = b.resolve(ways) },
		func() { wallVertices, wallFirst = b.resolve(barriers) },
	)
	if most := len(wayVertices); err == nil && most > maxSegments {
		err = fmt.Errorf("%d street segments: want at most 2^29: %w", most, ErrParams)
	}
	if err != nil {
		return err
	}
	return b.inTurn(
		func() { b.mark(wayVertices, onWay); b.mark(wallVertices, onWall) },
		b.place,
		func() { b.cut(wayVertices, wayFirst) },
		func() { b.raise(wallVertices, wallFirst) },
	)
}

// inTurn takes steps until it is to stop, and returns why.
func (b *builder) inTurn(steps ...func()) error {
	for _, step := range steps {
		if err := b.stopped(); err != nil {
			return err
		}
		step()
	}
	return nil
}

// joinSegments lists the segments that meet each vertex.
func (b *builder) joinSegments() {
	b.first = make([]uint32, len(b.nodes)+1)
	for _, s := range b.segments {
		b.first[s.a+1]++
		b.first[s.b+1]++
	}
	sums(b.first)
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
	if len(m) != 2 || b.states[v]&gated != 0 {
		return len(m) > 0
	}
	s, t := b.segments[m[0]], b.segments[m[1]]
	return s.kind != t.kind || b.kinds[s.kind].feature&(featureForward|featureBackward) != 0
}
