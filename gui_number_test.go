package viser_test

import (
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestPrecisionAndStep(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		g := s.GUI()
		// What the real viser computes.
		for _, test := range []struct {
			v, step  float64
			wantStep float64
			want     int
		}{{1e-9, 0, 1e-7, 7}, {3, 0.001, 0.001, 3}, {2.5, 0, 0.1, 1}, {4, 0, 1, 0}} {
			g.AddNumber("n", test.v, &viser.NumberOptions{Step: test.step})
			p.catchUp()
			if n := last[*wire.GuiNumberMessage](p).Props; n.Step != test.wantStep || n.Precision != test.want {
				t.Errorf("number %v: step %v, precision %d", test.v, n.Step, n.Precision)
			}
		}
		g.AddSlider("s", 0.5, &viser.SliderOptions{Max: 1, Step: 5, Marks: []viser.Mark{{0, "low"}, {1, ""}}})
		p.catchUp()
		if s := last[*wire.GuiSliderMessage](p).Props; s.Step != 1 || s.Precision != 1 || *s.Marks[0].Label != "low" || s.Marks[1].Label != nil {
			t.Errorf("%+v", s)
		}
	})
}

func TestBoundsOfNumbers(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		gui := s.GUI()
		n := gui.AddNumber("x", 5, &viser.NumberOptions{Min: new(0.0), Max: new(10.0)})
		misused(t, "min above max", func() { n.SetMin(new(11.0)) })
		misused(t, "max below min", func() { n.SetMax(new(-1.0)) })
		n.SetMin(nil)
		n.SetMax(new(-1.0))
		if n.Min() != nil || *n.Max() != -1 {
			t.Error(n.Min(), n.Max())
		}
		v2 := gui.AddVector2("x", viser.Vec2{}, &viser.Vector2Options{Max: &viser.Vec2{1, 1}})
		misused(t, "min above max", func() { v2.SetMin(&viser.Vec2{0, 2}) })
		v3 := gui.AddVector3("x", viser.Vec3{}, &viser.Vector3Options{Min: &viser.Vec3{}})
		misused(t, "max below min", func() { v3.SetMax(&viser.Vec3{1, -1, 1}) })
		v3.SetMax(&viser.Vec3{1, 1, 1})
		if v2.Min() != nil || *v3.Max() != (viser.Vec3{1, 1, 1}) {
			t.Error(v2.Min(), v3.Max())
		}
	})
}
