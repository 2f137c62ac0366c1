package viser_test

import (
	"math"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestVectorOfTwoAndColorOfFour(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		v := s.GUI().AddVector2("v", viser.Vec2{1, 2.25}, &viser.Vector2Options{Min: &viser.Vec2{0, 0}, Max: &viser.Vec2{5, 5}})
		c := s.GUI().AddRGBA("c", viser.RGBA{1, 2, 3, 4}, nil)
		p.catchUp()
		if m := last[*wire.GuiVector2Message](p); m.Value != [2]float64{1, 2.25} || m.Props.Step != 0.01 || m.Props.Precision != 2 {
			t.Errorf("%+v", m)
		}
		for _, bad := range []any{nil, []any{1.0}, []any{1.0, 2.0, 3.0}, []any{math.Inf(1), 0.0}, "12"} {
			say(p, vector2ID, bad)
			say(p, rgbaID, bad)
		}
		if v.Value() != (viser.Vec2{1, 2.25}) || c.Value() != (viser.RGBA{1, 2, 3, 4}) {
			t.Error(v.Value(), c.Value())
		}
		say(p, vector2ID, []any{-7.0, 3.0})
		say(p, rgbaID, []any{300.0, -1.0, 127.5, int64(200)})
		if v.Value() != (viser.Vec2{0, 3}) || c.Value() != (viser.RGBA{255, 0, 128, 200}) {
			t.Error(v.Value(), c.Value())
		}
		v.SetValue(viser.Vec2{9, 1})
		if v.Value() != (viser.Vec2{5, 1}) {
			t.Error(v.Value())
		}
	})
}
