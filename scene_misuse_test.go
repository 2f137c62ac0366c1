package viser_test

import (
	"context"
	"image"
	"math"
	"testing"

	"github.com/viser-go/viser"
)

func TestMisuseOfModels(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		batch := func(wxyzs [][4]float32, o viser.BatchedMeshesOptions) func() {
			return func() { sc.AddBatchedMeshes("/x", corner, cornerFaces, wxyzs, twoPlaces, &o) }
		}
		b := sc.AddBatchedMeshes("/b", corner, cornerFaces, nil, twoPlaces, nil)
		bone := []viser.Pose{{}}
		pull := [][]float32{{1}, {1}, {1}}
		nan := float32(math.NaN())
		for name, f := range map[string]func(){
			"face past vertices": func() { sc.AddBatchedMeshes("/x", corner, [][3]uint32{{0, 1, 3}}, nil, twoPlaces, nil) },
			"orientations":       batch(twoTurns[:1], viser.BatchedMeshesOptions{}),
			"colors":             batch(nil, viser.BatchedMeshesOptions{Colors: make([]viser.RGB, 3)}),
			"opacities":          batch(nil, viser.BatchedMeshesOptions{Opacities: []float32{1}}),
			"opacity of 2":       batch(nil, viser.BatchedMeshesOptions{Opacities: []float32{1, 2}}),
			"opacity of NaN":     batch(nil, viser.BatchedMeshesOptions{Opacities: []float32{1, nan}}),
			"scales":             batch(nil, viser.BatchedMeshesOptions{Scales: []float32{1}}),
			"axis scales":        batch(nil, viser.BatchedMeshesOptions{AxisScales: make([][3]float32, 3)}),
			"both scales":        batch(nil, viser.BatchedMeshesOptions{Scales: make([]float32, 2), AxisScales: make([][3]float32, 2)}),
			"levels and off":     batch(nil, viser.BatchedMeshesOptions{LOD: viser.LOD{Off: true, Levels: []viser.LODLevel{{}}}}),
			"ratio":              batch(nil, viser.BatchedMeshesOptions{LOD: viser.LOD{Levels: []viser.LODLevel{{Ratio: 2}}}}),
			"distance":           batch(nil, viser.BatchedMeshesOptions{LOD: viser.LOD{Levels: []viser.LODLevel{{Distance: -1}}}}),
			"more poses":         func() { b.SetPoses(nil, make([][3]float32, 3)) },
			"fewer turns":        func() { b.SetPoses(twoTurns[:1], nil) },
			"fewer colors":       func() { b.SetColors(make([]viser.RGB, 3)) },
			"more opacities":     func() { b.SetOpacities(make([]float32, 3)) },
			"empty GLB name":     func() { _, _ = sc.AddGLB("", nil, nil) },
			"no bone":            func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, nil, make([][]float32, 3), nil) },
			"rows":               func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, bone, pull[:2], nil) },
			"columns":            func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, make([]viser.Pose, 2), pull, nil) },
			"weight of NaN":      func() { sc.AddSkinnedMesh("/x", corner, cornerFaces, bone, [][]float32{{1}, {1}, {nan}}, nil) },
			"bone at infinity": func() {
				sc.AddSkinnedMesh("/x", corner, cornerFaces, []viser.Pose{{Translation: viser.Vec3{math.Inf(1)}}}, pull, nil)
			},
		} {
			misused(t, name, f)
		}
		if _, ok := sc.Node("/x"); ok {
			t.Error("a misuse left a node behind")
		}
	})
}

func TestMisuseOfTheScene(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		sc := s.Scene()
		nan := math.NaN()
		tri := [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}}
		for name, f := range map[string]func(){
			"empty name": func() { sc.AddFrame("", nil) },
			"the root":   func() { sc.AddFrame("/", nil) },
			"pose": func() {
				sc.AddFrame("/x", &viser.FrameOptions{Position: viser.Vec3{nan}})
			},
			"colors":     func() { sc.AddPointCloud("/x", tri, make([]viser.RGB, 2), nil) },
			"point size": func() { sc.AddPointCloud("/x", tri, make([]viser.RGB, 3), &viser.PointCloudOptions{PointSize: -1}) },
			"point shape": func() {
				sc.AddPointCloud("/x", tri, make([]viser.RGB, 3), &viser.PointCloudOptions{PointShape: "star"})
			},
			"face past vertices": func() { sc.AddMesh("/x", tri, [][3]uint32{{0, 1, 3}}, nil) },
			"opacity": func() {
				sc.AddMesh("/x", tri, nil, &viser.MeshOptions{Opacity: new(1.5)})
			},
			"material":        func() { sc.AddBox("/x", &viser.BoxOptions{Material: "gold"}) },
			"side":            func() { sc.AddBox("/x", &viser.BoxOptions{Side: "inner"}) },
			"scale":           func() { sc.AddBox("/x", &viser.BoxOptions{Scale: viser.Vec3{1, nan, 1}}) },
			"radius":          func() { sc.AddIcosphere("/x", &viser.IcosphereOptions{Radius: -1}) },
			"subdivisions":    func() { sc.AddIcosphere("/x", &viser.IcosphereOptions{Subdivisions: new(40)}) },
			"segments":        func() { sc.AddCylinder("/x", &viser.CylinderOptions{RadialSegments: 2}) },
			"line colors":     func() { sc.AddLineSegments("/x", make([][2][3]float32, 3), make([][2]viser.RGB, 2), nil) },
			"thickness":       func() { sc.AddLineSegments("/x", nil, nil, &viser.LineSegmentsOptions{Thickness: nan}) },
			"thickness units": func() { sc.AddLineSegments("/x", nil, nil, &viser.LineSegmentsOptions{ThicknessUnits: "inch"}) },
			"anchor":          func() { sc.AddLabel("/x", "", &viser.LabelOptions{Anchor: "middle"}) },
			"fov":             func() { sc.AddCameraFrustum("/x", 0, 1, nil) },
			"aspect":          func() { sc.AddCameraFrustum("/x", 1, nan, nil) },
			"empty image": func() {
				sc.AddCameraFrustum("/x", 1, 1, &viser.CameraFrustumOptions{Image: image.NewGray(image.Rectangle{})})
			},
			"jpeg quality": func() {
				sc.AddCameraFrustum("/x", 1, 1, &viser.CameraFrustumOptions{Image: image.NewGray(image.Rect(0, 0, 1, 1)), JPEGQuality: 101})
			},
			"plane":            func() { sc.AddGrid("/x", &viser.GridOptions{Plane: "xx"}) },
			"cell size":        func() { sc.AddGrid("/x", &viser.GridOptions{CellSize: -1}) },
			"shadow opacity":   func() { sc.AddGrid("/x", &viser.GridOptions{ShadowOpacity: new(2.0)}) },
			"up of no length":  func() { sc.SetUpDirection(viser.Vec3{}) },
			"unknown modifier": func() { sc.OnClick(func(context.Context, viser.SceneClickEvent) {}, "meta") },
			"modifier twice":   func() { sc.OnClick(func(context.Context, viser.SceneClickEvent) {}, viser.Shift, viser.Shift) },
			"shadow that is darker": func() {
				sc.AddBox("/x", &viser.BoxOptions{ShadowOpacity: new(-0.1)})
			},
		} {
			misused(t, name, f)
		}
		if _, ok := sc.Node("/x"); ok {
			t.Error("a misuse left a node behind")
		}
	})
}
