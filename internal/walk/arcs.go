package walk

import (
	"cmp"
	"slices"
)

// Direction says which way a search runs.
type Direction uint8

// A search Towards a place finds the walks that end there, one From a place
// those that begin there.
const (
	Towards Direction = iota
	From
)

// roles returns what the place of a search and the places it is asked about are.
func (d Direction) roles() (place, asked Role) {
	if d == Towards {
		return Destination, Origin
	}
	return Origin, Destination
}

// arc is one step of a search of one profile.
type arc struct {
	to     NodeID
	millis uint32 // barredArc when the profile is barred
}

// barredArc is the time of an arc that a profile may not take: over every limit,
// and small enough to be added to a label. See Search.labels.
const barredArc uint32 = 1 << 31

// row says which arcs of a profile leave a node in one direction of search:
// first to before last.
type row struct{ first, last uint32 }

// course says in which directions of search an arc may be taken. Arcs of a node
// are sorted by it, so that those of either direction lie in one row, and one
// that may be taken in both is kept once.
type course uint8

const (
	ahead  course = iota // only From
	either               // both
	behind               // only Towards
)

// step is an arc before the profiles' times are known.
type step struct {
	to     NodeID
	edge   EdgeID // 0 between twins
	course course
	kind   stepKind
}

type stepKind uint8

const (
	alongEdge    stepKind = iota // as the edge runs
	backEdge                     // against it
	betweenTwins                 // between the copies of one junction, no time
)

// layArcs makes the search's arcs. An arc that all profiles are barred from is
// left out; of parallel ones the shortest stays.
//
// Why profiles share their rows: a barred arc costs a profile one comparison
// where it is met, and a row of its own for every node that it never reaches.
func (b *builder) layArcs() {
	g := b.g
	first, steps := b.steps()
	nodes := len(g.position)
	times := len(g.params.Profiles)
	// Sorted and joined in place; kept counts what stays.
	kept := make([]uint32, nodes+1)
	millis := make([]uint32, times*len(steps))
	spread(b.workers, nodes, func(from, to int) {
		for n := from; n < to; n++ {
			kept[n+1] = g.joinSteps(NodeID(n), steps[first[n]:first[n+1]], millis[times*int(first[n]):times*int(first[n+1])])
		}
	})
	sums(kept)
	g.rows = [2][]row{make([]row, nodes), make([]row, nodes)}
	g.arcs = make([][]arc, times)
	for p := range g.arcs {
		g.arcs[p] = make([]arc, kept[nodes])
	}
	spread(b.workers, nodes, func(from, to int) {
		for n := from; n < to; n++ {
			at := kept[n]
			var end [behind + 2]uint32 // where each course begins
			for i, s := range steps[first[n] : first[n]+kept[n+1]-at] {
				for p := range g.arcs {
					g.arcs[p][at+uint32(i)] = arc{s.to, millis[times*(int(first[n])+i)+p]}
				}
				end[s.course+1]++
			}
			end[ahead] = at
			for c := ahead; c <= behind; c++ {
				end[c+1] += end[c]
			}
			g.rows[From][n] = row{end[ahead], end[behind]}
			g.rows[Towards][n] = row{end[either], end[behind+1]}
		}
	})
}

// joinSteps sorts the steps of n, joins those to the same node on the same
// course and drops those that no profile may take. It returns how many are left
// at the front of steps; millis has their times, profile after profile.
func (g *Graph) joinSteps(n NodeID, steps []step, millis []uint32) uint32 {
	slices.SortFunc(steps, func(s, t step) int {
		return cmp.Or(cmp.Compare(s.course, t.course), cmp.Compare(s.to, t.to), cmp.Compare(s.edge, t.edge), cmp.Compare(s.kind, t.kind))
	})
	times := len(g.params.Profiles)
	kept := 0
	for _, s := range steps {
		joined := kept > 0 && steps[kept-1].to == s.to && steps[kept-1].course == s.course
		if !joined {
			steps[kept] = s
			kept++
		}
		row := millis[times*(kept-1) : times*kept]
		open := joined
		for p := range row {
			t := g.stepMillis(p, n, s)
			open = open || t != barredArc
			if joined {
				t = min(t, row[p])
			}
			row[p] = t
		}
		if !open {
			kept--
		}
	}
	return uint32(kept)
}

// stepMillis returns the time of a step from n, barredArc where the profile is
// barred from it or stopped at one of its ends.
func (g *Graph) stepMillis(profile int, n NodeID, s step) uint32 {
	if !g.passable(profile, n) || !g.passable(profile, s.to) {
		return barredArc
	}
	t := uint32(0)
	switch s.kind {
	case alongEdge:
		t = g.Cost(profile, s.edge)
	case backEdge:
		t = g.CostBack(profile, s.edge)
	}
	return min(t, barredArc)
}

// steps lists the steps from every node, in compressed rows.
func (b *builder) steps() (first []uint32, steps []step) {
	first = make([]uint32, len(b.g.position)+1)
	b.eachStep(func(n NodeID, _ step) { first[n+1]++ })
	sums(first)
	steps = make([]step, first[len(b.g.position)])
	next := slices.Clone(first)
	b.eachStep(func(n NodeID, s step) {
		steps[next[n]] = s
		next[n]++
	})
	return first, steps
}

func (b *builder) eachStep(yield func(n NodeID, s step)) {
	g := b.g
	// one yields a step that may only be taken from u to v.
	one := func(u, v NodeID, e EdgeID, k stepKind) {
		yield(u, step{v, e, ahead, k})
		yield(v, step{u, e, behind, k})
	}
	for i := range g.Edges() {
		e := EdgeID(i)
		forward, backward := g.directions(e)
		alike := g.levelEdge(e)
		for _, role := range []Role{Destination, Origin} {
			u, v := g.Ends(e, role)
			switch {
			case u == v:
			case forward && backward && alike:
				yield(u, step{v, e, either, alongEdge})
				yield(v, step{u, e, either, alongEdge})
			default:
				if forward {
					one(u, v, e, alongEdge)
				}
				if backward {
					one(v, u, e, backEdge)
				}
			}
			if g.edges[e].kind&edgeThrough == 0 {
				break
			}
		}
	}
	// Steps of no length between the copies of a node: from where walks begin to
	// the streets, from the streets to where walks end, and straight from the one
	// to the other.
	for _, t := range b.twins {
		one(t.ends+1, t.ends, 0, betweenTwins)
		if t.street != none {
			one(t.ends+1, t.street, 0, betweenTwins)
			one(t.street, t.ends, 0, betweenTwins)
		}
	}
}
