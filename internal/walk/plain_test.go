package walk_test

import (
	"container/heap"

	"hubreach/internal/walk"
)

// plain is the reference: Dijkstra's algorithm with a heap over every vertex of
// the street data, three times over: on private ground before any street, on
// the streets, and on private ground after them.
type plain struct {
	gates []uint32
	steps [][]plainStep
	best  []uint32 // of vertex 3v, 3v+1, 3v+2; Never between searches
	seen  []int
}

type plainStep struct {
	to     int
	ends   bool
	millis []uint32
}

// newPlain makes the reference; towards turns every line round.
func newPlain(vs []walk.Vertex, ls []walk.Line, towards bool) *plain {
	p := &plain{steps: make([][]plainStep, len(vs)), best: make([]uint32, 3*len(vs))}
	for i := range p.best {
		p.best[i] = walk.Never
	}
	for _, v := range vs {
		p.gates = append(p.gates, v.Gate)
	}
	for _, l := range ls {
		if l.Forward && !towards || l.Backward && towards {
			p.steps[l.A] = append(p.steps[l.A], plainStep{l.B, l.Ends, l.Millis})
		}
		if l.Backward && !towards || l.Forward && towards {
			p.steps[l.B] = append(p.steps[l.B], plainStep{l.A, l.Ends, l.Millis})
		}
	}
	return p
}

// from returns the milliseconds to every vertex within limit.
func (p *plain) from(origin, profile int, limit uint32) map[int]uint32 {
	q := plainQueue{}
	push := func(state int, millis uint32) {
		if millis <= limit && millis < p.best[state] {
			if p.best[state] == walk.Never {
				p.seen = append(p.seen, state)
			}
			p.best[state] = millis
			heap.Push(&q, plainItem{state, millis})
		}
	}
	push(3*origin, 0)
	for len(q) > 0 {
		x := heap.Pop(&q).(plainItem)
		if x.millis > p.best[x.state] {
			continue
		}
		v, phase := x.state/3, x.state%3
		if phase < 2 {
			push(x.state+1, x.millis)
		}
		if v != origin && p.gates[v]>>profile&1 == 1 {
			continue
		}
		for _, s := range p.steps[v] {
			if s.millis[profile] != walk.Never && s.ends == (phase != 1) {
				push(3*s.to+phase, x.millis+s.millis[profile])
			}
		}
	}
	out := map[int]uint32{}
	for _, state := range p.seen {
		if old, ok := out[state/3]; !ok || p.best[state] < old {
			out[state/3] = p.best[state]
		}
		p.best[state] = walk.Never
	}
	p.seen = p.seen[:0]
	return out
}

type plainItem struct {
	state  int
	millis uint32
}

type plainQueue []plainItem

func (q plainQueue) Len() int           { return len(q) }
func (q plainQueue) Less(i, j int) bool { return q[i].millis < q[j].millis }
func (q plainQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *plainQueue) Push(x any)        { *q = append(*q, x.(plainItem)) }
func (q *plainQueue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}
