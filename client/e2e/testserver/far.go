package main

import (
	"context"
	"fmt"
	"image/color"
	"math"
	"strconv"

	"github.com/viser-go/viser"
)

func init() { scenarios["far"] = farScenario }

// placed is a node, and its position relative to the center of its scene.
type placed struct {
	node viser.Node
	at   viser.Vec3
}

// farScenario has a node of every kind, and moves all of them, and the camera, to another position.
func farScenario(s *stage) {
	sc := s.Scene()
	var all []placed
	put := func(node viser.Node, i, j, up float64) {
		all = append(all, placed{node, viser.Vec3{i * 1.2, j * 1.2, up}})
	}
	farSolids(s, sc, put)
	farBatches(sc, put)
	farPictures(sc, put)
	var center viser.Vec3
	s.do("move", func(distance string) {
		d, _ := strconv.ParseFloat(distance, 64)
		center = viser.Vec3{d / 8, d, 50}
		s.Atomic(func() {
			for _, p := range all {
				p.node.SetPosition(plus(center, p.at))
			}
		})
	})
	// Orbits the center, by an angle in degrees from the front.
	s.forClient("look", func(c *viser.Client, angle string) (string, error) {
		return "", lookAround(c, center, angle)
	})
	s.pictures()
}

func plus(a, b viser.Vec3) viser.Vec3 { return viser.Vec3{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }

type putFunc = func(node viser.Node, i, j, up float64)

var (
	pyramidVertices = [][3]float32{{-.4, -.4, 0}, {.4, -.4, 0}, {.4, .4, 0}, {-.4, .4, 0}, {0, 0, .6}}
	pyramidFaces    = [][3]uint32{{0, 1, 4}, {1, 2, 4}, {2, 3, 4}, {3, 0, 4}}
	upright         = [][4]float32{{1, 0, 0, 0}, {1, 0, 0, 0}}
	pair            = [][3]float32{{-.25, 0, 0}, {.25, 0, 0}}
)

func farSolids(s *stage, sc *viser.Scene, put putFunc) {
	click := func(_ context.Context, e viser.ClickEvent) { s.event("clicked %s", e.Target.Name()) }
	box := sc.AddBox("/box", &viser.BoxOptions{Dimensions: viser.Uniform(0.6)})
	box.OnClick(click)
	put(box, -1.5, 1, 0.1)
	ball := sc.AddIcosphere("/ball", &viser.IcosphereOptions{Radius: 0.4})
	ball.OnClick(click)
	put(ball, -0.5, 1, 0.2)
	mesh := sc.AddMesh("/mesh", pyramidVertices, pyramidFaces, nil)
	mesh.OnClick(click)
	put(mesh, 0.5, 1, 0)
	put(sc.AddCylinder("/cylinder", &viser.CylinderOptions{Radius: 0.2, Height: 0.8}), 1.5, 1, 0.2)
	// So many transparent nodes are drawn as a batch, in order.
	for i := range 220 {
		glass := sc.AddBox(fmt.Sprint("/glass/", i), &viser.BoxOptions{Dimensions: viser.Uniform(0.05)})
		glass.SetOpacity(0.5)
		put(glass, 2.2+0.08*float64(i%10), -1+0.08*float64(i/10), 0)
	}
	floor := sc.AddBox("/floor", &viser.BoxOptions{Dimensions: viser.Vec3{8, 6, 0.1}})
	put(floor, 0, 0, -0.5)
	put(sc.AddFrame("/frame", &viser.FrameOptions{AxesLength: 0.4, AxesRadius: 0.02}), 1.5, -1, 0)
	bones := []viser.Pose{{}, {Translation: viser.Vec3{0, 0, 0.3}}}
	weights := [][]float32{{1, 0}, {1, 0}, {1, 0}, {1, 0}, {0, 1}}
	put(sc.AddSkinnedMesh("/skinned", pyramidVertices, pyramidFaces, bones, weights, nil), 0.5, 2, 0)
	put(sc.AddPointLight("/lamp", &viser.PointLightOptions{Intensity: new(8.0)}), 0, 0, 2)
	put(sc.AddTransformControls("/gizmo", nil), -1.5, -2, 0)
	if model, err := sc.AddGLB("/glb", squareGLB(false, "", texture()), nil); err == nil {
		put(model, 1.5, 2, 0)
	}
}

func farBatches(sc *viser.Scene, put putFunc) {
	put(sc.AddBatchedMeshes("/batch", pyramidVertices, pyramidFaces, upright, pair, nil), -1.5, 0, 0)
	put(sc.AddBatchedAxes("/axes", upright, pair, nil), -0.5, 0, 0)
	if batch, err := sc.AddBatchedGLB("/models", squareGLB(false, "", texture()), upright, pair, nil); err == nil {
		put(batch, -0.5, 2, 0)
	}
	var centers, scales [][3]float32
	var turns [][4]float32
	var colors []viser.RGB
	var opacities []float32
	for i := range 300 {
		a := float64(i) * 0.2
		centers = append(centers, [3]float32{float32(math.Cos(a) * .4), float32(math.Sin(a) * .4), float32(i) * .002})
		scales = append(scales, [3]float32{.03, .03, .03})
		turns = append(turns, [4]float32{1, 0, 0, 0})
		colors = append(colors, viser.RGB{uint8(i), 90, 200})
		opacities = append(opacities, 0.9)
	}
	put(sc.AddGaussianSplats("/splats", centers, viser.SplatCovariances(scales, turns), colors, opacities, nil), -0.5, -1, 0)
	put(sc.AddPointCloud("/points", centers, colors, &viser.PointCloudOptions{PointSize: .03, Precision: viser.Float32}), 0.5, -1, 0)
}

func farPictures(sc *viser.Scene, put putFunc) {
	segments := [][2][3]float32{{{-.4, -.4, 0}, {.4, .4, 0}}, {{-.4, .4, 0}, {.4, -.4, .3}}}
	ends := [][2]viser.RGB{{{255, 0, 0}, {0, 0, 255}}, {{0, 160, 0}, {0, 0, 0}}}
	put(sc.AddLineSegments("/lines", segments, ends, &viser.LineSegmentsOptions{Thickness: .05}), 0.5, 0, 0)
	put(sc.AddArrows("/arrows", segments, []viser.RGB{{200, 90, 0}}, nil), -1.5, 2, 0)
	put(sc.AddSplineCatmullRom("/spline", pair, nil), 0.5, -2, 0)
	put(sc.AddCameraFrustum("/frustum", .9, 1.3, nil), 1.5, 0, 0.3)
	put(sc.AddImage("/image", plain(color.NRGBA{0, 90, 200, 255}), .7, .7, nil), -1.5, -1, 0)
	put(sc.AddLabel("/label", "label", nil), 1.5, -2, 0)
	put(sc.AddLabel("/sign", "sign", &viser.LabelOptions{FontSceneHeight: 0.3, FontSizeMode: viser.SceneFont}), -0.5, -2, 0)
	put(sc.AddGrid("/grid", &viser.GridOptions{Width: 9, Height: 7}), 0, 0, -0.4)
	// It stays at the origin when all others move.
	ground := &viser.GridOptions{Infinite: true, FadeDistance: 60}
	sc.AddGrid("/ground", ground).SetPosition(viser.Vec3{0, 0, 49.2})
}
