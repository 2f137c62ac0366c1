package goid_test

import (
	"testing"

	"github.com/viser-go/viser/internal/goid"
)

func TestGoroutinesHaveTheirOwnNumbers(t *testing.T) {
	own, other := goid.Current(), make(chan uint64)
	go func() { other <- goid.Current() }()
	if id := <-other; own == 0 || id == 0 || id == own {
		t.Errorf("this goroutine has number %d, another one %d", own, id)
	}
	if again := goid.Current(); again != own {
		t.Errorf("the number was %d and is %d", own, again)
	}
}

func BenchmarkCurrent(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		goid.Current()
	}
}
