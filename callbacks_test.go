package viser_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// TestLastValueDeliveredIsTheValue sets an input from goroutines of the program and
// from pages at once: callbacks run one at a time and in the order of the values of
// each source, the last value is the input's, and each context is its client's.
func TestLastValueDeliveredIsTheValue(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	slider := s.GUI().AddSlider("s", 0, &viser.SliderOptions{Max: 1e6, Step: 1})
	var pages []*viser.TestPage
	for range 2 {
		p, err := s.JoinTestPage(true)
		if err != nil {
			t.Fatal(err)
		}
		cam := someCamera
		p.Receive(&cam)
		pages = append(pages, p)
	}
	defer func() {
		for _, p := range pages {
			p.Leave()
		}
	}()
	id := viser.UUIDOf(&slider.Input)
	rapid.Check(t, func(t *rapid.T) {
		var running atomic.Int32
		var heard []viser.UpdateEvent[float64]
		off := slider.OnUpdate(func(ctx context.Context, e viser.UpdateEvent[float64]) {
			if running.Add(1) != 1 {
				t.Error("a callback ran beside itself")
			}
			defer running.Add(-1)
			if e.Client != nil && ctx != e.Client.Context() {
				t.Error("the context is not the client's")
			}
			heard = append(heard, e)
		})
		defer off()
		n := rapid.IntRange(1, 20).Draw(t, "values of each")
		base := rapid.IntRange(0, 1000).Draw(t, "base")
		var all sync.WaitGroup
		for source := range 4 {
			all.Go(func() {
				for i := range n {
					v := float64(base + 10*i + source)
					if source < len(pages) {
						pages[source].Receive(&wire.GuiUpdateMessage{UUID: id, Updates: wire.Updates{{Key: "value", Value: v}}})
					} else {
						slider.SetValue(v)
					}
				}
			})
		}
		all.Wait()
		if err := s.WaitForCallbacks(context.Background()); err != nil {
			t.Fatal(err)
		}
		if len(heard) > 0 && heard[len(heard)-1].Value != slider.Value() {
			t.Fatalf("the last value delivered is %v; the input has %v", heard[len(heard)-1].Value, slider.Value())
		}
		newest := map[*viser.Client]float64{}
		for _, e := range heard {
			if e.Client != nil && e.Value < newest[e.Client] {
				t.Fatalf("client %d: %v came after %v", e.Client.ID(), e.Value, newest[e.Client])
			}
			newest[e.Client] = e.Value
		}
	})
}

func TestCallbackMaySetItsOwnInput(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		slider := s.GUI().AddSlider("s", 0, &viser.SliderOptions{Max: 100, Step: 1})
		var got record[float64]
		slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
			got.add(e.Value)
			slider.SetValue(min(e.Value+1, 5))
		})
		slider.SetValue(2)
		synctest.Wait()
		if list := got.got(); len(list) != 4 || list[3] != 5 || slider.Value() != 5 {
			t.Errorf("got %v, the value is %v", list, slider.Value())
		}
	})
}

func TestCloseEndsACallbackThatNeverSettles(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		box := s.GUI().AddCheckbox("c", false, nil)
		turns := make(chan struct{}, 1)
		box.OnUpdate(func(_ context.Context, e viser.UpdateEvent[bool]) {
			select {
			case turns <- struct{}{}:
			default:
			}
			box.SetValue(!e.Value)
		})
		box.SetValue(true)
		<-turns
		<-turns
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestTrySetValue(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	d := s.GUI().AddDropdown("d", []string{"a", "b"}, nil)
	var misuse *viser.UsageError
	if err := d.TrySetValue("c"); !errors.As(err, &misuse) || !strings.Contains(err.Error(), "Dropdown.TrySetValue") || d.Value() != "a" {
		t.Errorf("%v, the value is %q", err, d.Value())
	}
	if err := d.TrySetValue("b"); err != nil || d.Value() != "b" {
		t.Errorf("%v, the value is %q", err, d.Value())
	}
	d.Remove()
	if err := d.TrySetValue("a"); !errors.Is(err, viser.ErrRemoved) || d.Value() != "b" {
		t.Errorf("%v, the value is %q", err, d.Value())
	}
}

func TestPanicsOfACallbackAreRateLimited(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		slider := s.GUI().AddNumber("n", 0, nil)
		slider.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { panic("always") })
		for i := range 1000 {
			slider.SetValue(float64(i + 1))
			synctest.Wait()
		}
		if n := log.panics("always"); n != 1 {
			t.Errorf("%d of 1000 panics were logged; want 1 in ten seconds", n)
		}
	})
}

// TestShutdownByCallbacks shuts down in two callbacks at once, with the context of
// the program and in spite of a third one that ends later.
func TestShutdownByCallbacks(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		a, b, c := s.GUI().AddCheckbox("a", false, nil), s.GUI().AddCheckbox("b", false, nil), s.GUI().AddCheckbox("c", false, nil)
		began, release := make(chan struct{}), make(chan struct{})
		var ended record[string]
		a.OnUpdate(func(context.Context, viser.UpdateEvent[bool]) { <-release; ended.add("a") })
		for _, box := range []*viser.Checkbox{b, c} {
			box.OnUpdate(func(context.Context, viser.UpdateEvent[bool]) {
				<-began // none is queued after the shutdown
				if err := s.Shutdown(context.Background()); err != nil {
					t.Error(err)
				}
				ended.add("shutdown")
			})
		}
		for _, box := range []*viser.Checkbox{a, b, c} {
			box.SetValue(true)
		}
		close(began)
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Shutdown(ctx); !errors.Is(err, context.Canceled) || len(ended.got()) != 0 {
			t.Errorf("Shutdown with a busy callback: %v, %v", err, ended.got())
		}
		close(release)
		if err := s.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
		if got := strings.Join(ended.got(), " "); got != "a shutdown shutdown" {
			t.Errorf("ended: %s", got)
		}
	})
}

func TestStartAndCloseWaitForTheLog(t *testing.T) {
	var messages []string // no lock: after Start and Close nothing writes to it
	s := viser.NewTestServer(&viser.Options{Addr: "127.0.0.1:0", Logger: slog.New(logHandler{slog.DiscardHandler, func(r slog.Record) {
		messages = append(messages, r.Message)
	}})})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(messages) == 0 || !strings.Contains(messages[len(messages)-1], "listening") {
		t.Errorf("after Start the log has %q", messages)
	}
	box := s.GUI().AddCheckbox("c", false, nil)
	box.OnUpdate(func(context.Context, viser.UpdateEvent[bool]) { panic("late") })
	box.SetValue(true)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(messages[len(messages)-1], "panicked") {
		t.Errorf("after Close the log has %q", messages)
	}
}

// TestPanicIsLoggedWithItsPlace: the line of the program, whether it panics itself or
// the runtime or this package does.
func TestPanicIsLoggedWithItsPlace(t *testing.T) {
	for _, c := range []struct {
		name string
		fail func(*viser.Slider) // on the line after its declaration
	}{
		{"by itself", func(*viser.Slider) {
			panic("here")
		}},
		{"by the runtime", func(s *viser.Slider) {
			_ = []string{}[int(s.Value())]
		}},
		{"by misuse", func(s *viser.Slider) {
			s.SetStep(-1)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
				slider := s.GUI().AddSlider("s", 0, nil)
				slider.OnUpdate(func(context.Context, viser.UpdateEvent[float64]) { c.fail(slider) })
				slider.SetValue(0.5)
				file, line := runtime.FuncForPC(reflect.ValueOf(c.fail).Pointer()).FileLine(reflect.ValueOf(c.fail).Pointer())
				if want := fmt.Sprintf("at=%s:%d", file, line+1); !log.has(want) {
					t.Errorf("%s was not logged:\n%s", want, log.buf.String())
				}
			})
		})
	}
}

// TestNilCallbacksAreRefused: when they are attached, not at the event.
func TestNilCallbacksAreRefused(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		all := append(everyHandle(t, p, c), s)
		tried := 0
		for _, handle := range all {
			for _, name := range methodNames(handle) {
				if !strings.HasPrefix(name, "On") {
					continue
				}
				in, missing := all.argumentsOf(t.Context(), handle, name)
				if missing != nil {
					t.Fatalf("%T.%s: there is no legal %v", handle, name, missing)
				}
				for i, v := range in {
					if v.Kind() == reflect.Func {
						in[i] = reflect.Zero(v.Type())
						tried++
					}
				}
				misused(t, fmt.Sprintf("%T.%s", handle, name), func() { reflect.ValueOf(handle).MethodByName(name).Call(in) })
			}
		}
		if tried < 50 {
			t.Errorf("only %d methods were tried", tried)
		}
	})
}
