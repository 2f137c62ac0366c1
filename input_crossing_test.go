package viser_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/internal/wire/pagewire"
	"pgregory.net/rapid"
)

// A slowPage is a page whose messages are in flight for a while in both directions. Its user moves a slider.
type slowPage struct {
	*viser.TestPage
	t        *rapid.T
	uuid     string
	up       []*wire.GuiUpdateMessage
	down     []*wire.Window
	value    float64
	latest   int // revision that was sent
	received int // revision that the server has confirmed
}

func (p *slowPage) slide(v float64) {
	p.latest++
	p.value = v
	p.up = append(p.up, &wire.GuiUpdateMessage{
		UUID: p.uuid, Revision: p.latest, Updates: wire.Updates{{Key: "value", Value: v}},
	})
}

// poll takes a frame of the server on its way.
func (p *slowPage) poll() bool {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second/20)
	defer cancel()
	f, err := p.Next(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	if err != nil {
		p.t.Fatal(err)
	}
	w, err := pagewire.DecodeFrame(f.Bytes(), wire.DefaultLimits)
	if err != nil {
		p.t.Fatal(err)
	}
	p.down = append(p.down, w)
	return true
}

// arrive applies the oldest frame as the page does: while a value of its own is not confirmed, others are older.
func (p *slowPage) arrive() {
	if len(p.down) == 0 {
		return
	}
	w := p.down[0]
	p.down = p.down[1:]
	for _, m := range w.Messages {
		switch m := m.(type) {
		case *wire.GuiSliderMessage:
			p.uuid, p.value = m.UUID, m.Value
		case *wire.GuiUpdateAckMessage:
			p.received = max(p.received, m.Revision)
		case *wire.GuiUpdateMessage:
			for _, u := range m.Updates {
				if v, ok := u.Value.(float64); ok && u.Key == "value" && p.received == p.latest {
					p.value = v
				}
			}
		}
	}
}

func (p *slowPage) deliver() {
	if len(p.up) > 0 {
		p.Receive(p.up[0])
		p.up = p.up[1:]
	}
}

// TestValuesThatCrossConverge lets pages and the program set a value while messages are in flight. In the end all have
// the same one.
func TestValuesThatCrossConverge(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var failed any
		synctest.Test(t, func(*testing.T) {
			defer func() { failed = recover() }()
			crossValues(rt)
		})
		if failed != nil {
			panic(failed)
		}
	})
}

func crossValues(t *rapid.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	slider := s.GUI().AddSlider("speed", 0, &viser.SliderOptions{Max: 1000})
	slider.OnUpdate(func(_ context.Context, e viser.UpdateEvent[float64]) {
		if e.Client != nil && e.Value > 900 {
			slider.SetValue(900) // a program that corrects its user
		}
	})
	var pages []*slowPage
	for range rapid.IntRange(1, 3).Draw(t, "pages") {
		tp, err := s.ResumeTestPage("", "")
		if err != nil {
			t.Fatal(err)
		}
		p := &slowPage{TestPage: tp, t: t}
		for p.uuid == "" {
			p.poll()
			p.arrive()
		}
		cam := someCamera
		p.Receive(&cam)
		pages = append(pages, p)
	}
	page := func() *slowPage { return rapid.SampledFrom(pages).Draw(t, "page") }
	value := func() float64 { return float64(rapid.IntRange(0, 1000).Draw(t, "value")) }
	for range rapid.IntRange(1, 60).Draw(t, "steps") {
		switch rapid.IntRange(0, 7).Draw(t, "step") {
		case 0, 1:
			page().slide(value())
		case 2:
			slider.SetValue(value())
		case 3, 4:
			page().deliver()
		case 5:
			page().poll()
		case 6:
			page().arrive()
		case 7:
			p := page()
			p.Receive(&wire.GuiUpdateMessage{UUID: p.uuid, Updates: wire.Updates{{Key: "value", Value: "nonsense"}}})
		}
		synctest.Wait()
	}
	for range 3 { // the callback's corrections need another round
		for _, p := range pages {
			for len(p.up) > 0 {
				p.deliver()
			}
		}
		synctest.Wait()
		for _, p := range pages {
			for p.poll() {
			}
			for len(p.down) > 0 {
				p.arrive()
			}
		}
	}
	for i, p := range pages {
		if p.value != slider.Value() {
			t.Fatalf("page %d shows %v, the slider is at %v", i, p.value, slider.Value())
		}
	}
}

func TestInvalidValueIsTakenBack(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		slider := s.GUI().AddSlider("speed", 0.5, nil)
		p, _ := openSession(t, s)
		p.catchUp()
		p.Receive(&wire.GuiUpdateMessage{UUID: viser.UUIDOf(&slider.Input), Revision: 7, Updates: wire.Updates{{Key: "value", Value: "x"}}})
		p.catchUp()
		if m := last[*wire.GuiUpdateAckMessage](p); m.Revision != 7 {
			t.Errorf("%+v", m)
		}
		if m := last[*wire.GuiUpdateMessage](p); m.Updates[0].Value != 0.5 {
			t.Errorf("%+v; want the value that the slider has", m)
		}
	})
}
