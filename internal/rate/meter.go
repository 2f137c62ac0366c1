package rate

import (
	"sync/atomic"
	"time"
)

// MeterSpan is the time over which a Meter averages, in seconds.
const MeterSpan = 5

// A Meter measures how much is counted per second, over the last MeterSpan whole seconds. Add is for one goroutine
// at a time; PerSecond may be called by others meanwhile, and may then miss what is being added.
type Meter struct {
	seconds [MeterSpan + 1]struct{ second, sum atomic.Int64 }
}

// Add counts n at a time since the start of what is measured.
func (m *Meter) Add(at time.Duration, n int64) {
	second := int64(at / time.Second)
	s := &m.seconds[second%int64(len(m.seconds))]
	if s.second.Load() != second {
		s.sum.Store(0)
		s.second.Store(second)
	}
	s.sum.Add(n)
}

// PerSecond returns the average of the last MeterSpan seconds before the current one. In the first second it returns
// what was counted so far, and until MeterSpan have passed the average of those that have.
func (m *Meter) PerSecond(at time.Duration) float64 {
	now := int64(at / time.Second)
	if now == 0 {
		return float64(m.seconds[0].sum.Load())
	}
	span := min(now, MeterSpan)
	var sum int64
	for i := range m.seconds {
		if s := &m.seconds[i]; s.second.Load() >= now-span && s.second.Load() < now {
			sum += s.sum.Load()
		}
	}
	return float64(sum) / float64(span)
}
