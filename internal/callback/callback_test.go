package callback_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
)

func newDispatcher(panicked *[]string) *dispatch.Dispatcher {
	return &dispatch.Dispatcher{
		After: func() {}, Dropped: func(dispatch.Event) {},
		Panicked: func(e dispatch.Event, _ any) { *panicked = append(*panicked, e.Name) },
	}
}

func TestListRunsInOrderAndSurvivesPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var list callback.List[int]
		var got, panicked []string
		d := newDispatcher(&panicked)
		list.Fire(t.Context(), d, dispatch.Key{}, dispatch.Task{Event: dispatch.Event{Name: "to none"}}, 0)
		list.Add(func(context.Context, int) { got = append(got, "first"); panic("of the program") })
		off := list.Add(func(context.Context, int) { got = append(got, "detached") })
		list.Add(func(_ context.Context, e int) { got = append(got, "last") })
		list.Fire(t.Context(), d, dispatch.Key{}, dispatch.Task{Event: dispatch.Event{Name: "click"}}, 1)
		off() // before the task has run
		off()
		synctest.Wait()
		if want := []string{"first", "last"}; !slices.Equal(got, want) {
			t.Errorf("%v ran, want %v", got, want)
		}
		if !slices.Equal(panicked, []string{"click"}) {
			t.Errorf("panics: %v", panicked)
		}
	})
}

func TestFilteredSendsItsKinds(t *testing.T) {
	var f callback.Filtered[string, int]
	var sent [][]string
	f.SendTo(callback.Send[string](func(kinds []string) { sent = append(sent, kinds) }))
	var got []int
	offA := f.Add("a", func(_ context.Context, e int) { got = append(got, e) })
	f.Add("b", func(_ context.Context, e int) { got = append(got, -e) })
	begun := f.Of("a")
	f.Matching("a").Run(t.Context(), newDispatcher(new([]string)), dispatch.Event{}, 1)
	f.Matching("b").Run(t.Context(), newDispatcher(new([]string)), dispatch.Event{}, 2)
	offA()
	offA()
	f.Still(begun).Run(t.Context(), newDispatcher(new([]string)), dispatch.Event{}, 3)
	if !slices.Equal(got, []int{1, -2}) {
		t.Errorf("events: %v", got)
	}
	if want := [][]string{{"a"}, {"a", "b"}, {"b"}}; !slices.EqualFunc(sent, want, slices.Equal) {
		t.Errorf("sent %q, want %q", sent, want)
	}
	if f.Empty() || !f.Matching("a").Empty() {
		t.Error("what is attached is not what was attached last")
	}
}

// TestSeqEnds: by each of its contexts and channels, also while an event waits for the loop's body.
func TestSeqEnds(t *testing.T) {
	for name, end := range map[string]func(ctx, owner context.CancelFunc, removed chan struct{}){
		"context": func(ctx, _ context.CancelFunc, _ chan struct{}) { ctx() },
		"owner":   func(_, owner context.CancelFunc, _ chan struct{}) { owner() },
		"removed": func(_, _ context.CancelFunc, removed chan struct{}) { close(removed) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				owner, leave := context.WithCancel(t.Context())
				defer cancel()
				defer leave()
				removed := make(chan struct{})
				var list callback.List[int]
				d := newDispatcher(new([]string))
				fire := func(e int) { list.Fire(ctx, d, dispatch.Key{}, dispatch.Task{}, e) }
				var got []int
				go func() {
					for e := range callback.Seq(ctx, removed, owner, list.Add) {
						got = append(got, e)
						fire(e + 1)
						if e == 3 {
							end(cancel, leave, removed)
						}
					}
				}()
				synctest.Wait()
				fire(1)
				synctest.Wait()
				if !list.Empty() || len(got) < 3 || !slices.Equal(got[:3], []int{1, 2, 3}) {
					t.Errorf("the loop is attached: %v; events: %v", !list.Empty(), got)
				}
			})
		})
	}
}

func TestWatchersReceiveTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var w callback.Watchers[int]
		w.Put(0) // no loop: it is lost
		var got []int
		next := make(chan struct{})
		go func() {
			for e := range w.Seq(ctx, nil, nil) {
				got = append(got, e)
				<-next
			}
		}()
		synctest.Wait()
		w.Put(1)
		synctest.Wait()
		w.Put(2)
		w.Put(3)
		next <- struct{}{}
		synctest.Wait()
		cancel()
		next <- struct{}{}
		if !slices.Equal(got, []int{1, 3}) {
			t.Errorf("%v, want 1 and 3", got)
		}
	})
}
