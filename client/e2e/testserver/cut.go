package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"slices"

	"github.com/viser-go/viser"
)

func init() { scenarios["cut"] = cutScenario }

// cutKinds are the nodes of the scenario, from left to right, each around a point of the x axis. What they draw is red,
// and reaches 0.4 up and down.
var cutKinds = []string{"box", "ball", "mesh", "glb", "batch", "cloud", "lines", "splats", "image", "spline", "arrow", "glass"}

// cutScenario has nodes of many kinds side by side, and cuts them. The camera looks along y.
func cutScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -6, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	for i, kind := range cutKinds {
		addCutKind(sc, "/kinds/"+kind, kind, viser.Vec3{float64(i) - float64(len(cutKinds)-1)/2, 0, 0})
	}
	for i, height := range []float64{0.3, -0.3} {
		sc.AddLabel([]string{"/high", "/low"}[i], []string{"high", "low"}[i], &viser.LabelOptions{Position: viser.Vec3{0, 0, 3 * height}})
	}
	down := &viser.ClipPlaneOptions{Normal: viser.Vec3{0, 0, -1}}
	s.do("cut", func(string) { sc.AddClipPlane("/cut", down) })
	s.do("uncut", func(string) { sc.RemoveNode("/cut") })
	s.do("hide", func(string) { cutPlane(sc).SetVisible(false) })
	s.do("show", func(string) { cutPlane(sc).SetVisible(true) })
	s.do("flip", func(string) { cutPlane(sc).SetFlip(!cutPlane(sc).Flip()) })
	s.do("only", func(kind string) {
		var names []string
		if kind != "" {
			names = []string{"/kinds/" + kind}
		}
		cutPlane(sc).SetNodes(names)
	})
	s.do("raise", func(string) { cutPlane(sc).SetPosition(viser.Vec3{0, 0, 0.25}) })
	s.do("lower", func(string) { cutPlane(sc).SetPosition(viser.Vec3{}) })
	s.do("slab", func(string) {
		sc.AddClipBox("/cut", &viser.ClipBoxOptions{Size: viser.Vec3{100, 100, 0.3}, NoOutline: true})
	})
	s.do("hole", func(string) {
		sc.AddClipBox("/cut", &viser.ClipBoxOptions{Size: viser.Vec3{100, 100, 0.3}, Flip: true, NoOutline: true})
	})
	s.do("cap", func(string) {
		cutPlane(sc).SetNormal(viser.Vec3{0, 1, 0})
		cutPlane(sc).SetCapColor(viser.RGB{0, 0, 255})
	})
	s.do("open", func(string) { cutPlane(sc).SetOpen(true) })
	s.do("clicks", func(string) {
		for _, kind := range cutKinds {
			n, _ := sc.Node("/kinds/" + kind)
			n.(viser.Clickable).OnClick(func(context.Context, viser.ClickEvent) { s.event("clicked %s", kind) })
		}
	})
}

func cutPlane(sc *viser.Scene) *viser.ClipPlane {
	n, _ := sc.Node("/cut")
	return n.(*viser.ClipPlane)
}

func redSquare() *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, 2, 2))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(color.RGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	return picture
}

func addCutKind(sc *viser.Scene, name, kind string, at viser.Vec3) {
	red := viser.RGB{255, 0, 0}
	cube := []viser.Vec3f{{-.2, -.2, -.4}, {.2, -.2, -.4}, {.2, .2, -.4}, {-.2, .2, -.4}, {-.2, -.2, .4}, {.2, -.2, .4}, {.2, .2, .4}, {-.2, .2, .4}}
	faces := [][3]uint32{{0, 2, 1}, {0, 3, 2}, {4, 5, 6}, {4, 6, 7}, {0, 1, 5}, {0, 5, 4}, {1, 2, 6}, {1, 6, 5}, {2, 3, 7}, {2, 7, 6}, {3, 0, 4}, {3, 4, 7}}
	var column []viser.Vec3f
	for i := range 21 {
		column = append(column, viser.Vec3f{0, 0, float32(i-10) * 0.04})
	}
	whole := [2]viser.Vec3f{{0, 0, -.4}, {0, 0, .4}}
	switch kind {
	case "box":
		sc.AddBox(name, &viser.BoxOptions{Position: at, Dimensions: viser.Vec3{.4, .4, .8}, Color: red})
	case "ball":
		sc.AddIcosphere(name, &viser.IcosphereOptions{Position: at, Radius: 0.4, Color: red})
	case "mesh":
		sc.AddMesh(name, cube, faces, &viser.MeshOptions{Position: at, Color: red})
	case "glb":
		var picture bytes.Buffer
		if err := png.Encode(&picture, redSquare()); err != nil {
			panic(err)
		}
		sure(sc.AddGLB(name, squareGLB(false, "", picture.Bytes()), &viser.GLBOptions{Position: at, Scale: viser.Vec3{0.4, 0.8, 0.8}}))
	case "batch":
		sc.AddBatchedMeshes(name, cube, faces, nil, []viser.Vec3f{{}}, &viser.BatchedMeshesOptions{Position: at, Color: red})
	case "cloud":
		sc.AddPointCloud(name, column, nil, &viser.PointCloudOptions{Position: at, Color: red, PointSize: 0.05})
	case "lines":
		sc.AddLineSegments(name, [][2]viser.Vec3f{whole}, nil, &viser.LineSegmentsOptions{Position: at, Color: red, Thickness: 6, ThicknessUnits: viser.ScreenUnits})
	case "splats":
		size := viser.SplatCovariances(slices.Repeat([]viser.Vec3f{{.05, .05, .03}}, len(column)), slices.Repeat([]viser.Vec4f{{1, 0, 0, 0}}, len(column)))
		sc.AddGaussianSplats(name, column, size, slices.Repeat([]viser.RGB{red}, len(column)), slices.Repeat([]float32{1}, len(column)), &viser.GaussianSplatsOptions{Position: at})
	case "image":
		sc.AddImage(name, redSquare(), 0.4, 0.8, &viser.ImageOptions{Position: at, WXYZ: viser.AxisAngle(viser.Vec3{1, 0, 0}, 1.5708)})
	case "spline":
		sc.AddSplineCatmullRom(name, []viser.Vec3f{{0, 0, -.4}, {0, 0, 0}, {0, 0, .4}}, &viser.CatmullRomSplineOptions{Position: at, Color: red, Thickness: 6, ThicknessUnits: viser.ScreenUnits})
	case "arrow":
		sc.AddArrows(name, [][2]viser.Vec3f{whole}, nil, &viser.ArrowsOptions{Position: at, Color: red, ShaftRadius: 0.08})
	case "glass":
		sc.AddBox(name, &viser.BoxOptions{Position: at, Dimensions: viser.Vec3{.4, .4, .8}, Color: red, Opacity: new(0.8)})
	}
}
