package rate_test

import (
	"testing"
	"time"

	"github.com/viser-go/viser/internal/rate"
)

func TestMeterAveragesTheLastSeconds(t *testing.T) {
	var m rate.Meter
	check := func(at time.Duration, want float64) {
		t.Helper()
		if got := m.PerSecond(at); got != want {
			t.Errorf("at %v: %v per second, want %v", at, got, want)
		}
	}
	check(0, 0)
	m.Add(100*time.Millisecond, 30)
	m.Add(200*time.Millisecond, 10)
	check(300*time.Millisecond, 40) // the first second is not over
	check(time.Second, 40)
	check(2*time.Second, 20)
	for s := range 20 {
		m.Add(time.Duration(s+2)*time.Second, 100)
	}
	m.Add(21500*time.Millisecond, 1000) // the current second does not count yet
	check(21900*time.Millisecond, 100)
	check(22*time.Second, 300)
	check(26*time.Second, 220) // one second with 1,100, four without
	check(27*time.Second, 0)
	check(time.Hour, 0)
}
