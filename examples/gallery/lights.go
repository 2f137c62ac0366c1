package main

import (
	"math"

	"github.com/viser-go/viser"
)

// sky is a ball in an evening's light: from above and below, from all around, and from a low sun.
func sky(s *viser.Scene, parent string) {
	weak := 1.2
	s.AddIcosphere(parent+"/ball", &viser.IcosphereOptions{
		Radius: 0.4, Color: surface(95, 95, 95), Position: viser.Vec3{0, 0, 0.45},
	})
	s.AddHemisphereLight(parent+"/dome", &viser.HemisphereLightOptions{
		SkyColor: viser.RGB{70, 110, 255}, GroundColor: viser.RGB{255, 190, 90}, Intensity: &weak,
		Position: viser.Vec3{0, 0, 1},
	})
	s.AddAmbientLight(parent+"/air", &viser.AmbientLightOptions{Color: viser.RGB{255, 255, 255}, Intensity: new(0.1)})
	s.AddDirectionalLight(parent+"/sun", &viser.DirectionalLightOptions{
		Color: viser.RGB{255, 120, 40}, Intensity: new(2.0), Position: viser.Vec3{-0.5, 3, 0.6},
	})
}

// window shines from a wall onto a shelf.
func window(s *viser.Scene, parent string) {
	at := func(x, y, z float64) viser.Vec3 { return viser.Vec3{x, y, z} }
	s.AddBox(parent+"/wall", &viser.BoxOptions{Dimensions: viser.Vec3{0.05, 1.4, 1}, Color: surface(120, 120, 130), Position: at(-0.6, 0, 0.5)})
	s.AddBox(parent+"/shelf", &viser.BoxOptions{Dimensions: viser.Vec3{1, 1.4, 0.05}, Color: surface(200, 200, 200), Position: at(-0.1, 0, 0.02)})
	s.AddRectAreaLight(parent+"/pane", &viser.RectAreaLightOptions{
		Color: viser.RGB{255, 230, 160}, Intensity: new(9.0), Width: 0.5, Height: 0.6,
		// It shines along its -z: turned about y, that is the world's +x.
		Position: viser.Vec3{-0.55, 0, 0.45}, WXYZ: viser.AxisAngle(viser.Vec3{0, 1, 0}, -math.Pi/2),
	})
}
