package walk

import (
	"sync"
	"sync/atomic"
)

// grain is the least number of items that a goroutine takes at a time: enough
// to pay for taking them.
const grain = 4096

// spread calls work for runs of items, first to before last, that together are
// 0 to n, on up to workers goroutines, and waits for them. work may write only
// what belongs to its own items, so that the result never depends on who takes
// which run.
func spread(workers, n int, work func(first, last int)) {
	spreadBy(workers, n, grain, work)
}

func spreadBy(workers, n, grain int, work func(first, last int)) {
	runs := (n + grain - 1) / grain
	if workers = min(workers, runs); workers <= 1 {
		if n > 0 {
			work(0, n)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for {
				run := int(next.Add(1)) - 1
				if run >= runs {
					return
				}
				work(run*grain, min(n, (run+1)*grain))
			}
		})
	}
	all.Wait()
}

// together runs the tasks on up to workers goroutines and waits for them.
func together(workers int, tasks ...func()) {
	spreadBy(workers, len(tasks), 1, func(first, last int) {
		for _, task := range tasks[first:last] {
			task()
		}
	})
}

// sums turns counts, counts[i+1] being that of item i and counts[0] 0, into the
// sum of all counts before each item.
func sums(counts []uint32) {
	var sum uint32
	for i, n := range counts {
		sum += n
		counts[i] = sum
	}
}
