package viser_test

import (
	"math"
	"testing"

	"github.com/viser-go/viser"
)

// TestDefaultsOfSliders: without options from 0 to 1, and steps that are about a
// hundredth of the range, written as people write them.
func TestDefaultsOfSliders(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		gui := s.GUI()
		if sl := gui.AddSlider("x", 0.5, nil); sl.Min() != 0 || sl.Max() != 1 || sl.Step() != 0.01 || sl.Precision() != 2 {
			t.Errorf("without options: %v to %v by %v, %d places", sl.Min(), sl.Max(), sl.Step(), sl.Precision())
		}
		for _, test := range []struct{ min, max, step float64 }{
			{0, 10, 0.1}, {-1, 0, 0.01}, {0, 100, 1}, {0, 255, 2}, {0, 360, 2}, {0, 1000, 10}, {-180, 180, 2}, {0, 0.1, 0.001},
			{-math.Pi, math.Pi, 0.05}, {0, 3, 0.02}, {0, 9.9, 0.05}, {5, 5, 1}, {0, 1e-6, 1e-8}, {-math.MaxFloat64, math.MaxFloat64, 1e306},
		} {
			sl := gui.AddSlider("x", test.min, &viser.SliderOptions{Min: test.min, Max: test.max})
			m := gui.AddMultiSlider("x", []float64{test.min}, &viser.MultiSliderOptions{Min: test.min, Max: test.max})
			if sl.Step() != test.step || m.Step() != test.step {
				t.Errorf("%v to %v: step %v and %v, want %v", test.min, test.max, sl.Step(), m.Step(), test.step)
			}
		}
	})
}

// TestStepsFromZero: with -pi to pi by 0.01 pages send multiples of 0.01, and the
// program gets them as they are.
func TestStepsFromZero(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sl := s.GUI().AddSlider("x", 0, &viser.SliderOptions{Min: -math.Pi, Max: math.Pi, Step: 0.01})
		p.catchUp()
		for _, v := range []float64{0.01, -3.14, math.Pi, -math.Pi} {
			say(p, sliderID, v)
			if sl.Value() != v {
				t.Errorf("the page sent %v, the value is %v", v, sl.Value())
			}
		}
		if sl.Precision() != 7 { // as viser 1.1.1 computes it: the page shows both ends to seven places
			t.Errorf("%d decimal places", sl.Precision())
		}
	})
}

func TestRangeOfMultiSlider(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		m := s.GUI().AddMultiSlider("x", []float64{2, 8}, &viser.MultiSliderOptions{Max: 10, MinRange: 3})
		misused(t, "min above max", func() { m.SetMin(11) })
		misused(t, "no room for MinRange", func() { m.SetMax(2) })
		misused(t, "no room for MinRange", func() { m.SetRange(4, 6) })
		misused(t, "MinRange longer than the range", func() { m.SetMinRange(11) })
		m.SetRange(-5, 5)
		m.SetMinRange(0)
		if m.Min() != -5 || m.Max() != 5 || m.MinRange() != 0 {
			t.Errorf("%v to %v, MinRange %v", m.Min(), m.Max(), m.MinRange())
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
