package main

// shortest finds the cheapest way from start to every one of n places. Next
// calls step for each step out of a place, naming what the step goes by; the
// result holds, per place, what the last step to it went by, or -1.
func shortest(n, start int, next func(at int, step func(to, by int, metres float64))) []int {
	via := make([]int, n)
	for i := range via {
		via[i] = -1
	}
	spread(n, []seedCost{{start, 0}}, next, func(to, by int, _ float64) bool {
		via[to] = by
		return true
	})
	return via
}

// seedCost is a place to spread from and what it costs to be there.
type seedCost struct {
	at   int
	cost float64
}

// spread reaches places in the order of their cost from the nearest seed, and
// calls reached once for each; it ends when reached returns false. Seeds are
// reached by -1-k, k being their position.
func spread(n int, seeds []seedCost, next func(at int, step func(to, by int, metres float64)), reached func(to, by int, cost float64) bool) {
	best := make([]float64, n)
	done := make([]bool, n)
	for i := range best {
		best[i] = -1
	}
	var q queue
	push := func(to, by int, cost float64) {
		if !done[to] && (best[to] < 0 || cost < best[to]) {
			best[to] = cost
			q.push(entry{cost, to, by})
		}
	}
	for k, s := range seeds {
		push(s.at, -1-k, fine(s.cost))
	}
	for len(q) > 0 {
		e := q.pop()
		if done[e.at] {
			continue
		}
		done[e.at] = true
		if !reached(e.at, e.by, e.cost) {
			return
		}
		next(e.at, func(to, by int, metres float64) { push(to, by, e.cost+fine(metres)) })
	}
}

// entry is a place waiting to be reached; ties go to the lower place.
type entry struct {
	cost float64
	at   int
	by   int
}

// queue is a binary heap of entries, the cheapest on top.
type queue []entry

func (e entry) before(o entry) bool {
	return e.cost < o.cost || e.cost == o.cost && e.at < o.at
}

func (q *queue) push(e entry) {
	h := append(*q, e)
	i := len(h) - 1
	for i > 0 && e.before(h[(i-1)/2]) {
		h[i] = h[(i-1)/2]
		i = (i - 1) / 2
	}
	h[i] = e
	*q = h
}

func (q *queue) pop() entry {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	for i := 0; len(h) > 0; {
		child := 2*i + 1
		if child+1 < len(h) && h[child+1].before(h[child]) {
			child++
		}
		if child >= len(h) || !h[child].before(last) {
			h[i] = last
			break
		}
		h[i] = h[child]
		i = child
	}
	*q = h
	return top
}
