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
}

type plainStep struct {
	to     int
	ends   bool
	millis []uint32
}

// newPlain makes the reference; towards turns every line round.
func newPlain(vs []walk.Vertex, ls []walk.Line, towards bool) *plain {
	p := &plain{steps: make([][]plainStep, len(vs))}
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
	best := map[plainState]uint32{}
	q := &plainQueue{{plainState{origin, 0}, 0}}
	for q.Len() > 0 {
		x := heap.Pop(q).(plainItem)
		if old, ok := best[x.plainState]; ok && old <= x.millis || x.millis > limit {
			continue
		}
		best[x.plainState] = x.millis
		if x.phase < 2 {
			heap.Push(q, plainItem{plainState{x.vertex, x.phase + 1}, x.millis})
		}
		if x.vertex != origin && p.gates[x.vertex]>>profile&1 == 1 {
			continue
		}
		for _, s := range p.steps[x.vertex] {
			if s.millis[profile] != walk.Never && s.ends == (x.phase != 1) {
				heap.Push(q, plainItem{plainState{s.to, x.phase}, x.millis + s.millis[profile]})
			}
		}
	}
	out := map[int]uint32{}
	for s, t := range best {
		if old, ok := out[s.vertex]; !ok || t < old {
			out[s.vertex] = t
		}
	}
	return out
}

type plainState struct{ vertex, phase int }

type plainItem struct {
	plainState
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
