package viser_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

type traced struct{}

// TestCallbacksAreNamed: traces, and the log of a panic, say what a callback is called for, and by whom.
func TestCallbacksAreNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got record[string]
		log := &logBook{}
		s := viser.NewTestServer(&viser.Options{
			Logger: slog.New(slog.NewTextHandler(log, nil)),
			Trace: viser.Trace{Callback: func(ctx context.Context, c viser.CallbackTrace) (context.Context, func(bool)) {
				got.add(fmt.Sprint(c.Name, "|", c.Label, "|", c.UUID, "|", c.Node, "|", c.Client))
				return ctx, func(bool) {}
			}},
		})
		defer s.Close()
		slider := s.GUI().AddSlider("Speed", 0, nil)
		slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
			if e.Client != nil {
				panic("of a user")
			}
		})
		s.GUI().AddButton("Go", nil).OnHold(10, func(context.Context, viser.ButtonEvent) {})
		s.GUI().AddForm("Form", nil).OnSubmit(func(context.Context, viser.FormEvent) {})
		s.GUI().AddCommand("Reset", nil).OnTrigger(func(context.Context, viser.CommandEvent) {})
		s.GUI().AddUploadButton("Load", nil).OnUploadBegin(func(context.Context, viser.UploadEvent) {})
		box := s.Scene().AddBox("/box", nil)
		box.OnClick(func(context.Context, viser.ClickEvent) { panic("of a node") })
		box.OnDrag(viser.LeftButton, func(_ context.Context, e viser.DragEvent) {})
		s.Scene().AddTransformControls("/gizmo", nil).OnUpdate(func(context.Context, viser.TransformControlsEvent) {})
		s.OnClientConnect(func(context.Context, *viser.Client) {})
		p, _ := joinAs(t, s, viser.RoleOperate, "")
		uuid := last[*wire.GuiSliderMessage](p).UUID
		slider.SetValue(0.1)
		synctest.Wait()
		for _, m := range operate(p) {
			p.Receive(m)
			synctest.Wait()
		}
		want := []string{
			"OnClientConnect||||client 0",
			"Slider.OnUpdate|Speed|" + uuid + "||<nil>",
			"Slider.OnUpdate|Speed|" + uuid + "||client 0",
			"Button.OnHold|Go|" + last[*wire.GuiButtonMessage](p).UUID + "||client 0",
			"Form.OnSubmit|Form|" + last[*wire.GuiFormMessage](p).UUID + "||client 0",
			"Command.OnTrigger|Reset|" + last[*wire.RegisterCommandMessage](p).UUID + "||client 0",
			"OnClick|||/box|client 0",
			"OnDrag|||/box|client 0",
			"TransformControls.OnUpdate|||/gizmo|client 0",
			"UploadButton.OnUploadBegin|Load|" + last[*wire.GuiUploadButtonMessage](p).UUID + "||client 0",
		}
		if diff := cmp.Diff(want, slices.Compact(got.got())); diff != "" {
			t.Error(diff)
		}
		for _, line := range []string{
			`msg="a callback panicked" callback=Slider.OnUpdate label=Speed uuid=` + uuid + ` client=0 panic="of a user"`,
			`msg="a callback panicked" callback=OnClick node=/box client=0 panic="of a node"`,
		} {
			if !log.has(line) {
				t.Errorf("the log does not have %s", line)
			}
		}
	})
}

// TestTooSlowCallbackIsNamed: so is one that is so slow that its events are dropped.
func TestTooSlowCallbackIsNamed(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		release := make(chan struct{})
		form := s.GUI().AddForm("Order", nil) // whose lock is held while the event is dropped
		form.OnSubmit(func(context.Context, viser.FormEvent) { <-release })
		p, _ := connect(t, s)
		uuid := last[*wire.GuiFormMessage](p).UUID
		for range 5000 {
			p.Receive(&wire.GuiFormSubmitMessage{UUID: uuid})
		}
		close(release)
		synctest.Wait()
		if !log.has(`events are dropped" callback=Form.OnSubmit label=Order uuid=` + uuid + " client=0") {
			t.Error("the log does not say which form, and which client")
		}
	})
}

// TestTrace: around callbacks, whose context it provides, and after windows.
func TestTrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls record[string]
		var windows record[viser.WindowTrace]
		log := &logBook{}
		s := viser.NewTestServer(&viser.Options{
			Logger: slog.New(slog.NewTextHandler(log, nil)),
			Trace: viser.Trace{
				Callback: func(ctx context.Context, c viser.CallbackTrace) (context.Context, func(bool)) {
					calls.add("begin " + c.Name)
					return context.WithValue(ctx, traced{}, c.Name), func(panicked bool) {
						if panicked {
							calls.add("panicked")
							return
						}
						calls.add("end")
					}
				},
				Window: func(w viser.WindowTrace) {
					windows.add(w)
					if len(windows.got()) == 1 {
						panic("tracer")
					}
				},
			},
		})
		defer s.Close()
		slider, button := s.GUI().AddSlider("s", 0, nil), s.GUI().AddButton("b", nil)
		slider.OnUpdate(func(ctx context.Context, _ viser.UpdateEvent[float64]) {
			calls.add("runs in " + ctx.Value(traced{}).(string))
		})
		button.OnClick(func(context.Context, viser.ButtonEvent) { panic("ouch") })
		p, _ := connect(t, s)
		slider.SetValue(0.5)
		synctest.Wait()
		say(p, buttonID, true)
		if want := []string{"begin Slider.OnUpdate", "runs in Slider.OnUpdate", "end", "begin Button.OnClick", "panicked"}; !slices.Equal(calls.got(), want) {
			t.Errorf("%q, want %q", calls.got(), want)
		}
		if log.panics("ouch") != 1 || !log.has("at=") || !log.has("trace_test.go") {
			t.Errorf("the log does not have the line of the panic")
		}
		before := len(windows.got())
		slider.SetValue(0.6)
		time.Sleep(time.Second)
		got := windows.got()
		if len(got) != before+1 || got[before].Messages != 1 || got[before].Start.IsZero() || got[before].Duration < 0 {
			t.Errorf("windows: %+v, %d before", got, before)
		}
		if log.panics("tracer") != 1 {
			t.Error("the panic of the tracer is not logged")
		}
	})
}
