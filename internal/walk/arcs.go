package walk

import (
	"cmp"
	"fmt"
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

// An arc is one step of a search of one profile. Nearly all lead to a node close
// by along the curve in a few minutes: such an arc is one word, the difference
// of the nodes' numbers in the upper bits and the milliseconds in the lower
// stepBits. Any other is three: a word without difference, the node, and the
// milliseconds, which may be barredArc.
//
// Why: a county's search waits for memory. Of Newport's arcs 97 in 100 are short
// for every profile, and half the memory is half the waiting.
const (
	stepBits = 20
	stepMask = 1<<stepBits - 1
	maxStep  = 1<<(31-stepBits) - 1 // difference of the nodes' numbers
)

// barredArc is the time of an arc that a profile may not take: over every limit,
// and small enough to be added to a label. See Search.labels.
const barredArc uint32 = 1 << 31

// row says where the arcs that leave a node in one direction of search are: the
// number of the first word in the upper bits, how many words there are in the
// lower four. A count of manyWords is looked up in Graph.long.
type row uint32

const (
	rowBits   = 4
	manyWords = 1<<rowBits - 1
	maxWords  = 1 << (32 - rowBits) // of a graph
)

// rowOf returns the row of count words from first on.
func rowOf(first, count uint32) row { return row(first<<rowBits | min(count, manyWords)) }

// longRow is the number of words of a node that has manyWords or more.
type longRow struct{ node, words uint32 }

func (g *Graph) countWords(d Direction, n NodeID, r row) uint32 {
	if r&manyWords < manyWords {
		return uint32(r & manyWords)
	}
	i, _ := slices.BinarySearchFunc(g.long[d], n, func(l longRow, n NodeID) int { return cmp.Compare(l.node, n) })
	return g.long[d][i].words
}

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
	short  bool // one word is enough, for every profile
}

type stepKind uint8

const (
	alongEdge    stepKind = iota // as the edge runs
	backEdge                     // against it
	betweenTwins                 // between the copies of one junction, no time
)

// layArcs makes the search's arcs. An arc that all profiles are barred from is
// left out; of parallel ones the shortest stays. The error wraps ErrParams: too
// many arcs.
//
// Why profiles share their rows: a barred arc costs a profile one comparison
// where it is met, and a row of its own for every node that it never reaches.
func (b *builder) layArcs() error {
	g := b.g
	first, steps := b.steps()
	nodes, times := len(g.position), len(g.params.Profiles)
	// Sorted and joined in place. How many stay, and how many words they are.
	kept, words := make([]uint32, nodes), make([]uint32, nodes+1)
	millis := make([]uint32, times*len(steps))
	spread(b.workers, nodes, func(from, to int) {
		for n := from; n < to; n++ {
			here := steps[first[n]:first[n+1]]
			kept[n] = g.joinSteps(NodeID(n), here, millis[times*int(first[n]):times*int(first[n+1])])
			words[n+1] = wordsOf(here[:kept[n]])
		}
	})
	sums(words)
	if words[nodes] > maxWords {
		return fmt.Errorf("%d words of arcs: want at most 2^28: %w", words[nodes], ErrParams)
	}
	g.rows = [2][]row{make([]row, nodes), make([]row, nodes)}
	g.arcs = table(times, int(words[nodes]))
	spread(b.workers, nodes, func(from, to int) {
		for n := from; n < to; n++ {
			here := steps[first[n] : first[n]+kept[n]]
			for p := range g.arcs {
				pack(g.arcs[p][words[n]:words[n+1]], NodeID(n), here, millis[times*int(first[n]):], times, p)
			}
			for _, d := range []Direction{Towards, From} {
				skip, count := rowAmong(here, d)
				g.rows[d][n] = rowOf(words[n]+skip, count)
			}
		}
	})
	for d := range g.rows {
		for n, r := range g.rows[d] {
			if r&manyWords == manyWords {
				_, count := rowAmong(steps[first[n]:first[n]+kept[n]], Direction(d))
				g.long[d] = append(g.long[d], longRow{NodeID(n), count})
			}
		}
	}
	return nil
}

// words returns how many words an arc is.
func (s step) words() uint32 {
	if s.short {
		return 1
	}
	return 3
}

func wordsOf(steps []step) (words uint32) {
	for _, s := range steps {
		words += s.words()
	}
	return words
}

// pack writes the arcs of one of times profiles.
func pack(out []uint32, n NodeID, steps []step, millis []uint32, times, profile int) {
	for i, s := range steps {
		t := millis[i*times+profile]
		if s.short {
			out[0] = (s.to-n)<<stepBits | t
		} else {
			out[0], out[1], out[2] = 0, s.to, t
		}
		out = out[s.words():]
	}
}

// rowAmong returns how many words of the arcs from a node come before those of a
// direction, and how many those are.
func rowAmong(steps []step, d Direction) (skip, count uint32) {
	for _, s := range steps {
		switch {
		case s.course == either, s.course == ahead && d == From, s.course == behind && d == Towards:
			count += s.words()
		case s.course == ahead:
			skip += s.words()
		}
	}
	return skip, count
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
	for i := range kept {
		steps[i].short = near(n, steps[i].to) && slices.Max(millis[times*i:times*(i+1)]) <= stepMask
	}
	return uint32(kept)
}

func near(n, to NodeID) bool {
	d := int64(to) - int64(n)
	return -maxStep <= d && d <= maxStep
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
		yield(u, step{to: v, edge: e, course: ahead, kind: k})
		yield(v, step{to: u, edge: e, course: behind, kind: k})
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
				yield(u, step{to: v, edge: e, course: either, kind: alongEdge})
				yield(v, step{to: u, edge: e, course: either, kind: alongEdge})
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
