package main

import (
	"fmt"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/hdri"
)

// lightsScenario has a white ball on a white floor in the dark, and lights one at a time. The camera looks
// along y, so that z is up in the picture and x to the right.
func lightsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -8, 1})
	s.InitialCamera().SetLookAt(viser.Vec3{0, 0, 1})
	sc.ConfigureDefaultLights(false, false)
	if err := sc.ConfigureEnvironmentMap(nil, nil); err != nil {
		panic(err)
	}
	white := viser.RGB{255, 255, 255}
	sc.AddIcosphere("/ball", &viser.IcosphereOptions{Color: white, Position: viser.Vec3{0, 0, 1}})
	sc.AddBox("/floor", &viser.BoxOptions{Color: white, Dimensions: viser.Vec3{12, 12, 0.1}, Position: viser.Vec3{0, 0, -1}})
	red, blue := viser.RGB{255, 0, 0}, viser.RGB{0, 0, 255}
	at := func(x, y, z float64) viser.Vec3 { return viser.Vec3{x, y, z} }
	lights := map[string]func(cast bool){
		"none": func(bool) { sc.RemoveNode("/light") },
		"directional": func(cast bool) {
			sc.AddDirectionalLight("/light", &viser.DirectionalLightOptions{Position: at(5, 0, 0.001), Color: red, Intensity: new(3.0)})
		},
		"above": func(cast bool) {
			sc.AddDirectionalLight("/light", &viser.DirectionalLightOptions{Position: at(0, 0, 5), Color: red, Intensity: new(3.0), CastShadow: cast})
		},
		"nowhere": func(bool) {
			sc.AddDirectionalLight("/light", &viser.DirectionalLightOptions{Color: red, Intensity: new(3.0)})
		},
		"ambient": func(bool) { sc.AddAmbientLight("/light", &viser.AmbientLightOptions{Color: red, Intensity: new(2.0)}) },
		"hemisphere": func(bool) {
			sc.AddHemisphereLight("/light", &viser.HemisphereLightOptions{Position: at(0, 0, 1), SkyColor: red, GroundColor: blue, Intensity: new(3.0)})
		},
		"point": func(cast bool) {
			sc.AddPointLight("/light", &viser.PointLightOptions{Position: at(0, 0, 4), Color: red, Intensity: new(60.0), CastShadow: cast})
		},
		"rect": func(bool) {
			sc.AddRectAreaLight("/light", &viser.RectAreaLightOptions{Position: at(0, 0, 4), Color: red, Intensity: new(20.0), Width: 2, Height: 2})
		},
		"spot": func(cast bool) {
			sc.AddSpotLight("/light", &viser.SpotLightOptions{Position: at(0, 0, 5), Color: red, Intensity: new(120.0), Angle: new(0.5), CastShadow: cast})
		},
		"aside": func(bool) {
			sc.AddSpotLight("/light", &viser.SpotLightOptions{Position: at(5, 0, 1), Color: red, Intensity: new(120.0), Angle: new(0.5), Direction: viser.Vec3{-1, 0, 0}})
		},
	}
	show := func(cast bool) func(string) (string, error) {
		return func(kind string) (string, error) {
			add := lights[kind]
			if add == nil {
				return "", fmt.Errorf("there is no light %q", kind)
			}
			add(cast)
			return "", nil
		}
	}
	s.commands["light"], s.commands["cast"] = show(false), show(true)
	s.do("fog", func(args string) {
		sc.ConfigureFog(5, 6, &viser.FogOptions{Color: red, Disabled: args == "off"})
	})
	s.commands["panorama"] = func(args string) (string, error) {
		var o viser.EnvironmentMapOptions
		var data []byte
		switch args {
		case "none":
		case "broken":
			data = hdri.Night.Data()[:3000]
		case "radiance":
			data = radiance(func(row int) [4]byte { return [4]byte{128, 0, 0, byte(129 - row/4)} })
			o.Background = true
		case "upside down":
			data = radiance(func(row int) [4]byte { return [4]byte{128, 0, 0, byte(129 - row/4)} })
			o.Background = true
			o.BackgroundWXYZ = viser.AxisAngle(viser.Vec3{1, 0, 0}, math.Pi)
		default:
			preset, err := hdri.ByName(args)
			if err != nil {
				return "", err
			}
			data = preset.Data()
			o.Background = true
		}
		return "", sc.ConfigureEnvironmentMap(data, &o)
	}
}

// radiance is a small .hdr, rows from the top, a color each (RGBE).
func radiance(row func(int) [4]byte) []byte {
	out := []byte("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 8 +X 16\n")
	for y := range 8 {
		for range 16 {
			p := row(y)
			out = append(out, p[:]...)
		}
	}
	return out
}
