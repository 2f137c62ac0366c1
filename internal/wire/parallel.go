package wire

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallelPart is how much of an array, in elements or bytes, one processor takes at a time. Copying it takes some
// microseconds, but the new memory is also mapped by then, which takes longer.
const parallelPart = 1 << 18

// inParallel calls f for parts of 0…n that cover all of it, on several processors if n is large. The calling goroutine
// takes part, so that it is not slower if all processors are busy.
func inParallel(n int, f func(from, to int)) {
	if n < 2*parallelPart {
		f(0, n)
		return
	}
	var next atomic.Int64
	work := func() {
		for {
			to := int(next.Add(parallelPart))
			from := to - parallelPart
			if from >= n {
				return
			}
			f(from, min(to, n))
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n/parallelPart) - 1 {
		others.Go(work)
	}
	work()
	others.Wait()
}
