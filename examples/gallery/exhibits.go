package main

import (
	"image"
	"image/color"
	"math"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/examples/bunny"
)

// exhibits has one of each kind of node, below a node of the given name.
var exhibits = []struct {
	name string
	add  func(s *viser.Scene, parent string)
}{
	{"frame", func(s *viser.Scene, parent string) {
		s.AddFrame(parent+"/large", &viser.FrameOptions{AxesLength: 0.7, AxesRadius: 0.03})
		s.AddFrame(parent+"/large/small", &viser.FrameOptions{AxesLength: 0.3, AxesRadius: 0.015, Position: viser.Vec3{0.5, 0.5, 0.5}, WXYZ: viser.AxisAngle(viser.Vec3{1, 1, 0}, 0.9)})
	}},
	{"grid", func(s *viser.Scene, parent string) {
		s.AddGrid(parent+"/grid", &viser.GridOptions{Width: 1.75, Height: 1.75, CellSize: 0.25})
	}},
	{"pointcloud", func(s *viser.Scene, parent string) {
		points, colors := shell(6000)
		s.AddPointCloud(parent+"/points", points, colors, &viser.PointCloudOptions{PointSize: 0.02, PointShape: viser.PointCircle})
	}},
	{"parts", func(s *viser.Scene, parent string) {
		points, colors := shell(6000)
		cloud := s.AddPointCloud(parent+"/points", points[:5000], colors[:5000], &viser.PointCloudOptions{PointSize: 0.02, PointShape: viser.PointCircle})
		cloud.Append(points[5000:], colors[5000:])
		band := make([]viser.RGB, 800) // of which only the colors are sent
		for i := range band {
			band[i] = viser.RGB{255, 140, 0}
		}
		cloud.SetRange(2600, nil, band)
	}},
	{"mesh", func(s *viser.Scene, parent string) {
		vertices, faces := bunny.Mesh()
		s.AddMesh(parent+"/bunny", vertices, faces, &viser.MeshOptions{
			Color: surface(205, 170, 130), WXYZ: viser.AxisAngle(viser.Vec3{0, 0, 1}, math.Pi/2),
		})
	}},
	{"looking-volumes", volumes},
	{"scalars", scalars},
	{"looking-cuts", cuts},
	{"meshlooks", func(s *viser.Scene, parent string) { looks(s, parent) }},
	{"batchedmeshes", func(s *viser.Scene, parent string) { batch(s, parent+"/bunnies") }},
	{"glb", func(s *viser.Scene, parent string) { glb(s, parent+"/bunny") }},
	{"batchedglb", func(s *viser.Scene, parent string) { batchedGLB(s, parent+"/bunnies") }},
	{"skinnedmesh", func(s *viser.Scene, parent string) { skinned(s, parent+"/column") }},
	{"splats", func(s *viser.Scene, parent string) { splats(s, parent+"/bunny") }},
	{"solids", func(s *viser.Scene, parent string) {
		at := func(x, z float64) viser.Vec3 {
			return viser.Vec3{x, -x, z}
		}
		s.AddBox(parent+"/box", &viser.BoxOptions{Position: at(-0.55, 0.25), Dimensions: viser.Uniform(0.5), Color: surface(230, 90, 70)})
		s.AddIcosphere(parent+"/ball", &viser.IcosphereOptions{Position: at(0, 0.32), Radius: 0.32, Color: surface(90, 160, 230)})
		s.AddCylinder(parent+"/cylinder", &viser.CylinderOptions{Position: at(0.55, 0.3), Radius: 0.22, Height: 0.6, Color: surface(120, 200, 120)})
	}},
	{"lines", func(s *viser.Scene, parent string) {
		points, colors := helix(240)
		s.AddLineSegments(parent+"/helix", points, colors, &viser.LineSegmentsOptions{Thickness: 4, ThicknessUnits: viser.ScreenUnits})
	}},
	{"arrows", func(s *viser.Scene, parent string) { whirl(s, parent+"/field") }},
	{"splines", func(s *viser.Scene, parent string) { splines(s, parent) }},
	{"batchedaxes", func(s *viser.Scene, parent string) { trajectory(s, parent+"/way") }},
	{"gui3d", func(s *viser.Scene, parent string) { controls(s, parent+"/ball") }},
	{"transformcontrols", func(s *viser.Scene, parent string) { gizmo(s, parent+"/gizmo") }},
	{"image", func(s *viser.Scene, parent string) {
		s.AddImage(parent+"/sunset", picture(180, 120), 1.2, 0.8, &viser.ImageOptions{Position: viser.Vec3{0, 0, 0.45},
			WXYZ: viser.AxisAngle(viser.Vec3{0, 0, 1}, 2.5).Multiply(viser.AxisAngle(viser.Vec3{1, 0, 0}, -math.Pi/2))})
	}},
	{"label", func(s *viser.Scene, parent string) {
		s.AddIcosphere(parent+"/ball", &viser.IcosphereOptions{Radius: 0.04, Position: viser.Vec3{0, 0, 0.3}})
		s.AddLabel(parent+"/screen", "always this large · ∑ ½ µ", &viser.LabelOptions{Anchor: viser.BottomCenter, Position: viser.Vec3{0, 0, 0.4}})
		s.AddLabel(parent+"/scene", "part of the scene", &viser.LabelOptions{FontSizeMode: viser.SceneFont, FontSceneHeight: 0.12, Anchor: viser.TopCenter, Position: viser.Vec3{0, 0, 0.2}})
	}},
	{"frustum", func(s *viser.Scene, parent string) {
		s.AddCameraFrustum(parent+"/camera", 0.8, 1.5, &viser.CameraFrustumOptions{
			Image: picture(180, 120), Scale: viser.Uniform(0.9), Color: viser.RGB{40, 90, 200},
			Position: viser.Vec3{0.35, 0.45, 0.5}, WXYZ: viser.LookAt(viser.Vec3{0.35, 0.45, 0.5}, viser.Vec3{-0.65, -0.75, 0.4}, viser.Vec3{0, 0, 1}).Rotation,
		})
	}},
	{"lights", func(s *viser.Scene, parent string) {
		at := func(x, y, z float64) viser.Vec3 {
			return viser.Vec3{x, y, z}
		}
		s.AddIcosphere(parent+"/ball", &viser.IcosphereOptions{Position: at(0, 0, 0.4), Radius: 0.25, Color: surface(240, 240, 240)})
		s.AddPointLight(parent+"/bulb", &viser.PointLightOptions{Position: at(0.6, 0.2, 0.7), Color: viser.RGB{60, 120, 255}, Intensity: new(0.8), Distance: 2})
		s.AddSpotLight(parent+"/spot", &viser.SpotLightOptions{Position: at(-0.3, 0.3, 1.4), Color: viser.RGB{255, 150, 60}, Intensity: new(6.0), Angle: new(0.35), Penumbra: 0.3, Distance: 2, CastShadow: true, Direction: viser.Vec3{0.3, -0.3, -1.2}})
	}},
	{"sky", func(s *viser.Scene, parent string) { sky(s, parent) }},
	{"window", func(s *viser.Scene, parent string) { window(s, parent) }},
}

func surface(r, g, b uint8) viser.RGB {
	return viser.RGB{r, g, b}
}

// shell is a ball of points, evenly spread by the golden angle, colored by direction.
func shell(n int) (points [][3]float32, colors []viser.RGB) {
	for i := range n {
		z := 1 - 2*(float64(i)+0.5)/float64(n)
		s, c := math.Sincos(float64(i) * math.Pi * (3 - math.Sqrt(5)))
		r := math.Sqrt(1 - z*z)
		x, y := r*c, r*s
		points = append(points, [3]float32{float32(0.5 * x), float32(0.5 * y), float32(0.5*z + 0.5)})
		colors = append(colors, viser.RGB{uint8(128 + 127*x), uint8(128 + 127*y), uint8(128 + 127*z)})
	}
	return points, colors
}

// helix is a rising screw of n lines from blue to red.
func helix(n int) (points [][2][3]float32, colors [][2]viser.RGB) {
	at := func(i int) ([3]float32, viser.RGB) {
		t := float64(i) / float64(n)
		s, c := math.Sincos(8 * math.Pi * t)
		return [3]float32{float32(0.5 * c), float32(0.5 * s), float32(t)}, viser.RGB{uint8(255 * t), 60, uint8(255 * (1 - t))}
	}
	for i := range n {
		a, ca := at(i)
		b, cb := at(i + 1)
		points = append(points, [2][3]float32{a, b})
		colors = append(colors, [2]viser.RGB{ca, cb})
	}
	return points, colors
}

// picture is a sunset.
func picture(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			t := float64(y) / float64(h)
			c := color.RGBA{uint8(60 + 190*t), uint8(70 + 90*t), uint8(160 - 60*t), 255}
			if math.Hypot(float64(x)-float64(w)/2, float64(y)-0.7*float64(h)) < 0.16*float64(h) {
				c = color.RGBA{255, 230, 140, 255}
			}
			if t > 0.75 {
				c = color.RGBA{30, 40, 60, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}
