package viser_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestLightsDefaults(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		sc.AddDirectionalLight("/directional", nil)
		sc.AddAmbientLight("/ambient", nil)
		sc.AddHemisphereLight("/hemisphere", nil)
		sc.AddPointLight("/point", nil)
		sc.AddRectAreaLight("/rect", nil)
		sc.AddSpotLight("/spot", nil)
		p.catchUp()
		white := [3]uint8{255, 255, 255}
		checkOne(t, p, func(m *wire.DirectionalLightMessage) any { return m.Props }, wire.DirectionalLightProps{Color: white, Intensity: 1})
		checkOne(t, p, func(m *wire.AmbientLightMessage) any { return m.Props }, wire.AmbientLightProps{Color: white, Intensity: 1})
		checkOne(t, p, func(m *wire.HemisphereLightMessage) any { return m.Props }, wire.HemisphereLightProps{SkyColor: white, GroundColor: white, Intensity: 1})
		checkOne(t, p, func(m *wire.PointLightMessage) any { return m.Props }, wire.PointLightProps{Color: white, Intensity: 1, Decay: 2})
		checkOne(t, p, func(m *wire.RectAreaLightMessage) any { return m.Props }, wire.RectAreaLightProps{Color: white, Intensity: 1, Width: 10, Height: 10})
		checkOne(t, p, func(m *wire.SpotLightMessage) any { return m.Props }, wire.SpotLightProps{Color: white, Intensity: 1, Angle: math.Pi / 3, Decay: 2, Direction: [3]float64{0, 0, -1}})
	})
}

// checkOne compares the only message of a kind.
func checkOne[M wire.Message](t *testing.T, p *page, props func(M) any, want any) {
	t.Helper()
	ms := all[M](p)
	if len(ms) != 1 {
		t.Fatalf("%d messages of type %T", len(ms), *new(M))
	}
	if diff := cmp.Diff(want, props(ms[0])); diff != "" {
		t.Errorf("%T: %s", ms[0], diff)
	}
}

func TestSpotLightDirection(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		spot := s.Scene().AddSpotLight("/spot", nil)
		p.catchUp()
		spot.SetDirection(viser.Vec3{0, 0, -1}) // as it is
		spot.SetDirection(viser.Vec3{1, 2, 3})
		p.catchUp()
		if n := len(all[*wire.SceneNodeUpdateMessage](p)); n != 1 || spot.Direction() != (viser.Vec3{1, 2, 3}) {
			t.Errorf("%d updates, the direction is %v", n, spot.Direction())
		}
	})
}

func TestLightsRefuse(t *testing.T) {
	s := viser.NewTestServer(nil)
	defer s.Close()
	sc := s.Scene()
	nan := math.NaN()
	spot := sc.AddSpotLight("/spot", nil)
	for name, call := range map[string]func(){
		"intensity below 0": func() {
			sc.AddAmbientLight("/x", &viser.AmbientLightOptions{Intensity: new(-1.0)})
		},
		"sky of NaN":       func() { sc.AddHemisphereLight("/x", &viser.HemisphereLightOptions{Intensity: &nan}) },
		"wide spot":        func() { sc.AddSpotLight("/x", &viser.SpotLightOptions{Angle: new(1.6)}) },
		"set a wide spot":  func() { spot.SetAngle(1.6) },
		"penumbra":         func() { sc.AddSpotLight("/x", &viser.SpotLightOptions{Penumbra: 1.5}) },
		"direction of NaN": func() { sc.AddSpotLight("/x", &viser.SpotLightOptions{Direction: viser.Vec3{nan, 0, 0}}) },
		"no direction":     func() { spot.SetDirection(viser.Vec3{}) },
		"decay":            func() { sc.AddPointLight("/x", &viser.PointLightOptions{Decay: new(-1.0)}) },
		"distance":         func() { sc.AddPointLight("/x", &viser.PointLightOptions{Distance: math.Inf(1)}) },
		"width":            func() { sc.AddRectAreaLight("/x", &viser.RectAreaLightOptions{Width: -1}) },
		"no name":          func() { sc.AddDirectionalLight("", nil) },
		"fog backwards":    func() { sc.ConfigureFog(5, 1, nil) },
		"tone mapping":     func() { sc.SetToneMapping("vivid") },
		"fog of NaN":       func() { sc.ConfigureFog(nan, 1, nil) },
		"blurriness": func() {
			_ = sc.ConfigureEnvironmentMap(nil, &viser.EnvironmentMapOptions{BackgroundBlurriness: 2})
		},
		"turned by NaN": func() {
			_ = sc.ConfigureEnvironmentMap(nil, &viser.EnvironmentMapOptions{EnvironmentWXYZ: viser.Quat{W: nan}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if _, ok := recover().(*viser.UsageError); !ok {
					t.Error("no UsageError")
				}
			}()
			call()
		})
	}
	if _, ok := sc.Node("/x"); ok {
		t.Error("a light that was refused is there")
	}
}
