package interop_test

import (
	"github.com/viser-go/viser"
	"github.com/viser-go/viser/hdri"
)

// The scenarios of pydriver/scenarios_lights.py, with our API.

func lightsDefaults(s *session) {
	scene := s.server.Scene()
	s.step("directional", func() { scene.AddDirectionalLight("/directional", nil) })
	s.step("ambient", func() { scene.AddAmbientLight("/ambient", nil) })
	s.step("hemisphere", func() { scene.AddHemisphereLight("/hemisphere", nil) })
	s.step("point", func() { scene.AddPointLight("/point", nil) })
	s.step("rect", func() { scene.AddRectAreaLight("/rect", nil) })
	s.step("spot", func() { scene.AddSpotLight("/spot", nil) })
	s.joinLate("late")
}

func lightsOptions(s *session) {
	scene := s.server.Scene()
	s.step("directional", func() {
		scene.AddDirectionalLight("/directional", &viser.DirectionalLightOptions{WXYZ: turn, Position: place, Hidden: true, Color: someColor, Intensity: new(2.5), CastShadow: true})
	})
	s.step("ambient", func() {
		scene.AddAmbientLight("/ambient", &viser.AmbientLightOptions{WXYZ: turn, Position: place, Hidden: true, Color: someColor, Intensity: new(2.5)})
	})
	s.step("hemisphere", func() {
		scene.AddHemisphereLight("/hemisphere", &viser.HemisphereLightOptions{
			WXYZ: turn, Position: place, Hidden: true, SkyColor: someColor, GroundColor: viser.RGB{4, 5, 6}, Intensity: new(2.5),
		})
	})
	s.step("point", func() {
		scene.AddPointLight("/point", &viser.PointLightOptions{
			WXYZ: turn, Position: place, Hidden: true, Color: someColor, Intensity: new(2.5), Distance: 7.5, Decay: new(1.5), CastShadow: true,
		})
	})
	s.step("rect", func() {
		scene.AddRectAreaLight("/rect", &viser.RectAreaLightOptions{WXYZ: turn, Position: place, Hidden: true, Color: someColor, Intensity: new(2.5), Width: 2.5, Height: 0.5})
	})
	s.step("spot", func() {
		scene.AddSpotLight("/spot", &viser.SpotLightOptions{
			WXYZ: turn, Position: place, Hidden: true, Color: someColor, Intensity: new(2.5), Distance: 7.5, Angle: new(0.25), Penumbra: 0.5,
			Decay: new(1.5), CastShadow: true, Direction: viser.Vec3{1, 2, 3},
		})
	})
	s.step("dark", func() {
		scene.AddPointLight("/dark", &viser.PointLightOptions{Intensity: new(0.0), Decay: new(0.0)})
	})
	s.joinLate("late")
}

func lightsSetters(s *session) {
	scene := s.server.Scene()
	var (
		directional *viser.DirectionalLight
		ambient     *viser.AmbientLight
		hemisphere  *viser.HemisphereLight
		point       *viser.PointLight
		rect        *viser.RectAreaLight
		spot        *viser.SpotLight
	)
	s.step("directional", func() { directional = scene.AddDirectionalLight("/directional", nil) })
	s.step("ambient", func() { ambient = scene.AddAmbientLight("/ambient", nil) })
	s.step("hemisphere", func() { hemisphere = scene.AddHemisphereLight("/hemisphere", nil) })
	s.step("point", func() { point = scene.AddPointLight("/point", nil) })
	s.step("rect", func() { rect = scene.AddRectAreaLight("/rect", nil) })
	s.step("spot", func() { spot = scene.AddSpotLight("/spot", nil) })

	s.step("directional color", func() { directional.SetColor(*someColor) })
	s.step("directional intensity", func() { directional.SetIntensity(2.5) })
	s.step("directional cast_shadow", func() { directional.SetCastShadow(true) })
	s.step("ambient color", func() { ambient.SetColor(*someColor) })
	s.step("ambient intensity", func() { ambient.SetIntensity(2.5) })
	s.step("hemisphere sky_color", func() { hemisphere.SetSkyColor(*someColor) })
	s.step("hemisphere ground_color", func() { hemisphere.SetGroundColor(viser.RGB{4, 5, 6}) })
	s.step("hemisphere intensity", func() { hemisphere.SetIntensity(2.5) })
	s.step("point color", func() { point.SetColor(*someColor) })
	s.step("point intensity", func() { point.SetIntensity(2.5) })
	s.step("point distance", func() { point.SetDistance(7.5) })
	s.step("point decay", func() { point.SetDecay(1.5) })
	s.step("point cast_shadow", func() { point.SetCastShadow(true) })
	s.step("rect color", func() { rect.SetColor(*someColor) })
	s.step("rect intensity", func() { rect.SetIntensity(2.5) })
	s.step("rect width", func() { rect.SetWidth(2.5) })
	s.step("rect height", func() { rect.SetHeight(0.5) })
	s.step("spot color", func() { spot.SetColor(*someColor) })
	s.step("spot intensity", func() { spot.SetIntensity(2.5) })
	s.step("spot distance", func() { spot.SetDistance(7.5) })
	s.step("spot angle", func() { spot.SetAngle(0.25) })
	s.step("spot penumbra", func() { spot.SetPenumbra(0.5) })
	s.step("spot decay", func() { spot.SetDecay(1.5) })
	s.step("spot cast_shadow", func() { spot.SetCastShadow(true) })
	s.step("spot direction", func() { spot.SetDirection(viser.Vec3{1, 2, 3}) })
	s.step("equal", func() { spot.SetAngle(0.25) })
	s.joinLate("late")
}

func surroundings(s *session) {
	scene := s.server.Scene()
	panorama := func(data []byte, opts *viser.EnvironmentMapOptions) func() {
		return func() {
			if err := scene.ConfigureEnvironmentMap(data, opts); err != nil {
				panic(err)
			}
		}
	}
	s.step("lights off", func() { scene.ConfigureDefaultLights(false, true) })
	s.step("no shadows", func() { scene.ConfigureDefaultLights(true, false) })
	s.step("fog", func() { scene.ConfigureFog(2, 9.5, nil) })
	s.step("fog options", func() { scene.ConfigureFog(0, 9.5, &viser.FogOptions{Color: someColor, Disabled: true}) })
	s.step("panorama", panorama(hdri.Night.Data(), nil))
	s.step("panorama options", panorama(hdri.Night.Data(), &viser.EnvironmentMapOptions{
		Background: true, BackgroundBlurriness: 0.5, BackgroundIntensity: new(0.0), BackgroundWXYZ: turn,
		EnvironmentIntensity: new(2.5), EnvironmentWXYZ: turn,
	}))
	s.joinLate("late")
	s.step("no panorama", panorama(nil, nil))
	s.joinLate("late without")
}
