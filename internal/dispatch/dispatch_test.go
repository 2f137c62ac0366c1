package dispatch_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/dispatch"
)

func newDispatcher() *dispatch.Dispatcher {
	return &dispatch.Dispatcher{After: func() {}, Panicked: func(dispatch.Event, any) {}, Dropped: func(dispatch.Event) {}}
}

// TestQueueRunsInOrder compares a busy queue with a model: tasks run in order; of those that coalesce, only the
// last of each value after the last that does not.
func TestQueueRunsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := rapid.SliceOfN(rapid.IntRange(0, 3), 0, 30).Draw(t, "kinds") // 0: does not coalesce
		want := model(kinds)
		d := newDispatcher()
		key, release := dispatch.Key{Element: t}, make(chan struct{})
		d.Do(key, dispatch.Task{Run: func() { <-release }})
		var got []int
		for i, kind := range kinds {
			task := dispatch.Task{Run: func() { got = append(got, i) }}
			if kind != 0 {
				task.Coalesce = kind
			}
			if !d.Do(key, task) {
				t.Fatalf("task %d was dropped", i)
			}
		}
		close(release)
		if err := d.Wait(context.Background()); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v ran as %v, %v; want %v", kinds, got, err, want)
		}
	})
}

// model lists the tasks that run: one that coalesces runs unless a later one of its kind comes before any that does
// not.
func model(kinds []int) (run []int) {
	for i, kind := range kinds {
		replaced := false
		for _, later := range kinds[i+1:] {
			if kind == 0 || later == 0 {
				break
			}
			replaced = replaced || later == kind
		}
		if !replaced {
			run = append(run, i)
		}
	}
	return run
}

func TestFullQueueDropsWhatDoesNotCoalesce(t *testing.T) {
	d := newDispatcher()
	dropped := 0
	d.Dropped = func(dispatch.Event) { dropped++ }
	release, ran, last := make(chan struct{}), 0, 0
	key := dispatch.Key{Element: "x"}
	started := make(chan struct{})
	d.Do(key, dispatch.Task{Run: func() { close(started); <-release }})
	<-started
	for range dispatch.MaxPending + 3 {
		d.Do(key, dispatch.Task{Run: func() { ran++ }})
	}
	for i := range 10 {
		d.Do(key, dispatch.Task{Coalesce: true, Run: func() { last = i }})
	}
	close(release)
	if err := d.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	if ran != dispatch.MaxPending || dropped != 3 || last != 9 {
		t.Errorf("%d ran, %d were dropped, the newest value is %d; want %d, 3 and 9", ran, dropped, last, dispatch.MaxPending)
	}
}

func TestQueuesRunConcurrently(t *testing.T) {
	d := newDispatcher()
	a, b := make(chan struct{}), make(chan struct{})
	d.Do(dispatch.Key{Client: 1, Element: "x"}, dispatch.Task{Run: func() { close(a); <-b }})
	d.Do(dispatch.Key{Client: 2, Element: "x"}, dispatch.Task{Run: func() { close(b); <-a }})
	if err := d.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestPanicsAreReportedAndContained(t *testing.T) {
	d := newDispatcher()
	reports := []any{}
	d.Panicked = func(e dispatch.Event, reason any) { reports = append(reports, e.Name, reason) }
	ran := false
	key := dispatch.Key{Element: "x"}
	d.Do(key, dispatch.Task{Event: dispatch.Event{Name: "OnClick"}, Run: func() { panic("ouch") }})
	d.Do(key, dispatch.Task{Run: func() { ran = true }})
	if err := d.Wait(context.Background()); err != nil || !ran || !slices.Equal(reports, []any{"OnClick", "ouch"}) {
		t.Errorf("%v, ran = %t, reports = %v", err, ran, reports)
	}
}

func TestClosedDispatcherRejectsTasksAndFinishes(t *testing.T) {
	d := newDispatcher()
	release, ran := make(chan struct{}), 0
	key := dispatch.Key{Element: "x"}
	d.Do(key, dispatch.Task{Run: func() { <-release; ran++ }})
	d.Do(key, dispatch.Task{Run: func() { ran++ }})
	d.Close()
	if d.Do(key, dispatch.Task{Run: func() { ran++ }}) || d.Do(dispatch.Key{}, dispatch.Task{Run: func() { ran++ }}) {
		t.Error("a closed dispatcher took a task")
	}
	close(release)
	if err := d.Wait(context.Background()); err != nil || ran != 2 {
		t.Errorf("%v, %d tasks ran; want 2", err, ran)
	}
}

// TestTaskAfterAnotherQueue: it runs after what the other queue has, also if the dispatcher is closed meanwhile, and
// Wait waits for it.
func TestTaskAfterAnotherQueue(t *testing.T) {
	d := newDispatcher()
	release, ran := make(chan struct{}), ""
	first, second := dispatch.Key{Element: "first"}, dispatch.Key{Element: "second"}
	d.DoAfter(first, second, dispatch.Task{Run: func() { ran += "0" }})
	if err := d.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	d.Do(first, dispatch.Task{Run: func() { <-release; ran += "1" }})
	if !d.DoAfter(first, second, dispatch.Task{Run: func() { ran += "2" }}) {
		t.Error("the task was rejected")
	}
	d.Close()
	close(release)
	if err := d.Wait(context.Background()); err != nil || ran != "012" {
		t.Errorf("%v, ran %q", err, ran)
	}
	if d.DoAfter(first, second, dispatch.Task{Run: func() { ran += "3" }}) {
		t.Error("a closed dispatcher took a task")
	}
}

// TestWaitOfTasks: a task waits for the others and not for itself, two tasks do not wait for each other, and who is
// no task waits for all.
func TestWaitOfTasks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDispatcher()
		release := make(chan struct{})
		var mu sync.Mutex
		var ended []string
		end := func(name string) {
			mu.Lock()
			defer mu.Unlock()
			ended = append(ended, name)
		}
		d.Do(dispatch.Key{Element: "busy"}, dispatch.Task{Run: func() { <-release; end("busy") }})
		for _, name := range []string{"waits", "waits too"} {
			d.Do(dispatch.Key{Element: name}, dispatch.Task{Run: func() {
				if err := d.Wait(t.Context()); err != nil {
					t.Error(err)
				}
				end("waits")
			}})
		}
		outside := make(chan error)
		go func() { outside <- d.Wait(t.Context()) }()
		synctest.Wait()
		if len(ended) != 0 {
			t.Fatalf("%v ended before the busy task", ended)
		}
		close(release)
		if err := <-outside; err != nil || !slices.Equal(ended, []string{"busy", "waits", "waits"}) {
			t.Errorf("%v, %v", err, ended)
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	d := newDispatcher()
	release := make(chan struct{})
	d.Do(dispatch.Key{}, dispatch.Task{Run: func() { <-release }})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := d.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v; want context.Canceled", err)
	}
	close(release)
	if err := d.Wait(context.Background()); err != nil {
		t.Error(err)
	}
}
