package recording

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/viser-go/viser/internal/fold"
)

// TestStateAt compares the state at random times with what a page has that received everything until then: the entries
// themselves, not as they were read.
func TestStateAt(t *testing.T) {
	for i, how := range ways {
		t.Run(how, func(t *testing.T) {
			entries := random(t, uint64(i), 4000)
			last := entries[len(entries)-1].Time
			b := written(t, how, entries, last+1)
			if i == 2 { // the index is lost, and so is what follows it
				b = b[:len(b)-9]
			}
			r := opened(t, b)
			if r.Info().Keys < 10 || r.Info().Ours < 500 {
				t.Fatalf("too little to test: %+v", r.Info())
			}
			checkStates(t, r, entries, last+1, 1000/everyNth)
		})
	}
}

func checkStates(t *testing.T, r *Reader, entries []Entry, duration float64, n int) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(1, 1))
	times := make([]float64, n)
	for i := range times {
		times[i] = rnd.Float64() * duration
		if i%3 == 0 {
			times[i] = entries[rnd.IntN(len(entries))].Time
		}
	}
	slices.Sort(times)
	want, next := fold.New(), 0
	for _, at := range times {
		for ; next < len(entries) && entries[next].Time <= at; next++ {
			if entries[next].For != Plain {
				_ = want.Apply(entries[next].Message) // what a page refuses
			}
		}
		got, err := r.StateAt(at)
		if err != nil {
			t.Fatal(err)
		}
		if got.Digest() != want.Digest() {
			t.Fatalf("the state at %v is not that of entry %d", at, next)
		}
	}
}
