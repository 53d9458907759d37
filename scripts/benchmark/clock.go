package main

import (
	"runtime"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// sample is how long one thing took: by the wall clock, and on the processor.
type sample struct{ wall, cpu time.Duration }

// samples are of one thing done again and again.
type samples []sample

// measure runs each of n things on its own. It keeps to one thread, whose
// processor time a busy machine does not add to.
func measure(n int, do func(i int)) samples {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	out := make(samples, n)
	for i := range n {
		cpu, wall := cpuTime(), time.Now()
		do(i)
		out[i] = sample{time.Since(wall), cpuTime() - cpu}
	}
	return out
}

// cpuTime returns the processor time of this thread, 0 where it is not told.
func cpuTime() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// wall and cpu return the medians.
func (s samples) wall() time.Duration {
	return s.median(func(x sample) time.Duration { return x.wall })
}
func (s samples) cpu() time.Duration { return s.median(func(x sample) time.Duration { return x.cpu }) }

func (s samples) median(of func(sample) time.Duration) time.Duration {
	ds := make([]time.Duration, len(s))
	for i, x := range s {
		ds[i] = of(x)
	}
	return median(ds)
}

// median returns the middle of ds, the mean of the two middle ones of an even
// number, and 0 of none.
func median(ds []time.Duration) time.Duration {
	if len(ds) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(ds))
	k := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[k-1] + sorted[k]) / 2
	}
	return sorted[k]
}

// processTime returns the processor time of all threads.
func processTime() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
