package gesture_test

import (
	"slices"
	"testing"

	"github.com/viser-go/viser/internal/gesture"
)

type key = gesture.Key[string, int]

// A drag notes its end.
type drag struct {
	key   key
	ended *[]key
}

func (d drag) End() { *d.ended = append(*d.ended, d.key) }

func TestEachStartHasOneEnd(t *testing.T) {
	var held gesture.Held[string, int]
	var ended []key
	begun := 0
	start := func(client string, node int, over bool) bool {
		k := key{Client: client, Node: node}
		return held.Start(k, drag{k, &ended}, func() bool { return over }, func() { begun++ })
	}
	if !start("a", 1, false) || !start("a", 2, false) || !start("b", 1, false) {
		t.Error("a start was refused")
	}
	if start("a", 1, false) {
		t.Error("a second start with the same node was accepted")
	}
	if !start("c", 1, true) || begun != 3 {
		t.Errorf("%d gestures have begun; what is over must not", begun)
	}
	if !held.With(key{"b", 1}, func(gesture.Gesture) bool { return true }) || held.With(key{"b", 1}, func(gesture.Gesture) bool { return false }) {
		t.Error("a gesture that is over is still held")
	}
	held.End(func(k key) bool { return k.Node == 1 })
	held.End(func(k key) bool { return k.Client == "a" })
	if want := []key{{"a", 1}, {"a", 2}}; !slices.Equal(ended, want) {
		t.Errorf("ended: %v, want %v", ended, want)
	}
}

func TestGesturesOfAClientAreBounded(t *testing.T) {
	var held gesture.Held[string, int]
	live := func() bool { return false }
	for node := range gesture.Max {
		if !held.Start(key{"a", node}, drag{}, live, func() {}) {
			t.Fatalf("gesture %d was refused", node)
		}
	}
	if held.Start(key{"a", gesture.Max}, drag{}, live, func() {}) {
		t.Error("there is no bound")
	}
	if !held.Start(key{"b", 0}, drag{}, live, func() {}) {
		t.Error("the bound is not of one client")
	}
}
