package main

import (
	"encoding/base64"
	"fmt"
	"image/color"

	"github.com/viser-go/viser"
)

func init() { scenarios["environment"] = environmentScenario }

// environmentScenario has fog, mirrored instances, and an invalid environment map.
func environmentScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	things := map[string]func(){
		"points": func() {
			sc.AddPointCloud("/it", [][3]float32{{0, 0, 0}}, []viser.RGB{{0, 0, 220}}, &viser.PointCloudOptions{PointSize: 0.5, PointShading: viser.PointFlat})
		},
		"lines": func() {
			sc.AddLineSegments("/it", [][2][3]float32{{{-1, 0, 0}, {1, 0, 0}}}, [][2]viser.RGB{{{0, 0, 220}, {0, 0, 220}}}, &viser.LineSegmentsOptions{Thickness: 0.5})
		},
		"spline": func() {
			sc.AddSplineCatmullRom("/it", [][3]float32{{-1, 0, 0}, {0, 0, 0}, {1, 0, 0}}, &viser.CatmullRomSplineOptions{Thickness: 0.5, Color: viser.RGB{0, 0, 220}})
		},
		"arrows": func() {
			sc.AddArrows("/it", [][2][3]float32{{{-1, 0, 0}, {2, 0, 0}}}, []viser.RGB{{0, 0, 220}}, &viser.ArrowsOptions{ShaftRadius: 0.4, HeadRadius: 0.5, HeadLength: 0.5})
		},
		"grid": func() {
			sc.AddGrid("/it", &viser.GridOptions{Width: 3, Height: 3, Plane: viser.PlaneXZ, PlaneColor: viser.RGB{0, 0, 220}, PlaneOpacity: 1})
		},
		"label": func() {
			sc.AddLabel("/it", "████", &viser.LabelOptions{Anchor: viser.Center, FontScreenScale: 5})
		},
	}
	s.commands["show"] = func(name string) (string, error) {
		add := things[name]
		if add == nil {
			return "", fmt.Errorf("there is nothing called %q", name)
		}
		sc.Reset()
		add()
		return "", nil
	}
	s.do("fog", func(on string) {
		if on == "on" {
			sc.ConfigureFog(1, 6, &viser.FogOptions{Color: viser.RGB{200, 0, 0}})
		} else {
			sc.ConfigureFog(1, 6, &viser.FogOptions{Disabled: true})
		}
	})
	s.do("mirrored", func(how string) {
		sc.Reset()
		// A one-sided square is visible from its front only.
		o := &viser.BatchedMeshesOptions{AxisScales: [][3]float32{{1, 1, 1}, {-1, 1, 1}}}
		o.Side = viser.Side(how)
		o.Color = &grass
		sc.AddBatchedMeshes("/it", pane, paneFaces, nil, [][3]float32{{-1.2, 0, 0}, {1.2, 0, 0}}, o)
	})
	// Surroundings, in base64.
	s.commands["surroundings"] = func(text string) (string, error) {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return "", err
		}
		return "", sc.ConfigureEnvironmentMap(b, &viser.EnvironmentMapOptions{Background: true})
	}
	s.do("background", func(string) { sc.SetBackgroundImage(plain(color.NRGBA{0, 0, 220, 255}), nil) })
}
