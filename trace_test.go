package viser_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
)

type traced struct{}

// TestTrace: around callbacks, whose context it provides, and after windows.
func TestTrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls record[string]
		var windows record[viser.WindowTrace]
		log := &logBook{}
		s := viser.NewTestServer(&viser.Options{
			Logger: slog.New(slog.NewTextHandler(log, nil)),
			Trace: viser.Trace{
				Callback: func(ctx context.Context, name string) (context.Context, func(bool)) {
					calls.add("begin " + name)
					return context.WithValue(ctx, traced{}, name), func(panicked bool) {
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
