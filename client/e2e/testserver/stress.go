package main

import (
	"context"
	"fmt"
	"image"
	"math"
	"strconv"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["stress"] = stressScenario }

// stressScenario adds thousands of nodes, moves them and takes them away.
func stressScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	var boxes []*viser.Box
	still := func() {}
	add := func(opacity func(i int) *float64) func(v string) {
		return func(v string) {
			n, _ := strconv.Atoi(v)
			for i := range n {
				boxes = append(boxes, addManyBox(sc, i, opacity(i)))
			}
		}
	}
	s.do("boxes", add(func(int) *float64 { return nil }))
	s.do("glass", add(func(i int) *float64 { return new(0.1 + 0.2*float64(i%4)) }))
	s.do("mixed", func(v string) {
		n, _ := strconv.Atoi(v)
		for i := range n {
			if i%10 == 0 {
				addOtherKind(sc, i)
			} else {
				addManyBox(sc, i, nil)
			}
		}
	})
	s.do("picture", func(string) { otherKinds[5](sc, manyName(0), viser.Vec3{}, 0) })
	s.do("triangle", func(string) { otherKinds[1](sc, manyName(0), viser.Vec3{}, 0) })
	s.do("move", func(v string) {
		hz, _ := strconv.Atoi(v)
		still = repeat(hz, func(step int) { moveBoxes(s, boxes, step) })
	})
	s.do("still", func(string) { still() })
	s.do("remove", func(string) {
		sc.RemoveNode("/many")
		boxes = nil
	})
}

func manyName(i int) string { return fmt.Sprint("/many/", i) }

// manyPlace is on a field in the plane of the picture.
func manyPlace(i int) viser.Vec3 {
	return viser.Vec3{float64(i%100)*0.04 - 2, 0, float64(i/100)*0.02 - 1}
}

func addManyBox(sc *viser.Scene, i int, opacity *float64) *viser.Box {
	return sc.AddBox(manyName(i), &viser.BoxOptions{
		Dimensions: viser.Uniform(0.02),
		Color:      viser.RGB{0, uint8(i), 200}, Opacity: opacity,
		Position: manyPlace(i),
	})
}

// moveBoxes moves and rotates each, as an animation loop does.
func moveBoxes(s *stage, boxes []*viser.Box, step int) {
	s.Atomic(func() {
		for i, b := range boxes {
			phase := float64(step)/30 + float64(i)/17
			at := manyPlace(i)
			at[1] = 0.1 * math.Sin(phase)
			b.SetPosition(at)
			b.SetWXYZ(viser.AxisAngle(viser.Vec3{0, 0, 1}, phase))
		}
	})
}

// repeat calls f with a frequency in Hz until the returned function is called.
func repeat(hz int, f func(step int)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second / time.Duration(hz))
		defer tick.Stop()
		for step := 1; ; step++ {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				f(step)
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// otherKinds are the nodes that are not drawn as copies of one shape, and some that are.
var otherKinds = []func(sc *viser.Scene, name string, at viser.Vec3, i int){
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddPointCloud(name, tinyTriangle, []viser.RGB{sky}, &viser.PointCloudOptions{Position: at, PointSize: 0.01})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddMesh(name, tinyTriangle, [][3]uint32{{0, 1, 2}}, &viser.MeshOptions{Position: at, Color: grass})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddLineSegments(name, [][2][3]float32{{tinyTriangle[1], tinyTriangle[2]}}, [][2]viser.RGB{{rust, rust}}, &viser.LineSegmentsOptions{Position: at})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, i int) {
		sc.AddLabel(name, strconv.Itoa(i), &viser.LabelOptions{Position: at})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddFrame(name, &viser.FrameOptions{Position: at, AxesLength: 0.02, AxesRadius: 0.002})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddImage(name, image.NewGray(image.Rect(0, 0, 2, 2)), 0.02, 0.02, &viser.ImageOptions{Position: at, Format: viser.JPEG})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddImage(name, image.NewNRGBA(image.Rect(0, 0, 2, 2)), 0.02, 0.02, &viser.ImageOptions{Position: at, Format: viser.PNG})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddGaussianSplats(name, tinyTriangle[:1], [][6]float32{ballOf(0.01)}, []viser.RGB{sky}, []float32{1}, &viser.GaussianSplatsOptions{Position: at})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddTransformControls(name, &viser.TransformControlsOptions{Position: at, Scale: 0.02})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddCameraFrustum(name, 1, 1, &viser.CameraFrustumOptions{Position: at, Scale: viser.Uniform(0.02), Image: image.NewGray(image.Rect(0, 0, 2, 2))})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddArrows(name, [][2][3]float32{{tinyTriangle[1], tinyTriangle[2]}}, []viser.RGB{rust}, &viser.ArrowsOptions{Position: at})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddSplineCatmullRom(name, tinyTriangle, &viser.CatmullRomSplineOptions{Position: at})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddBatchedMeshes(name, tinyTriangle, [][3]uint32{{0, 1, 2}}, nil, tinyTriangle, &viser.BatchedMeshesOptions{Position: at})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddBatchedAxes(name, [][4]float32{{1, 0, 0, 0}}, tinyTriangle[:1], &viser.BatchedAxesOptions{Position: at, AxesLength: 0.02, AxesRadius: 0.002})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddGrid(name, &viser.GridOptions{Position: at, Width: 0.02, Height: 0.02})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		sc.AddIcosphere(name, &viser.IcosphereOptions{Position: at, Radius: 0.01})
	},
	func(sc *viser.Scene, name string, at viser.Vec3, _ int) {
		if _, err := sc.AddGLB(name, squareGLB(false, "", texture()), &viser.GLBOptions{Position: at, Scale: viser.Uniform(0.02)}); err != nil {
			panic(err)
		}
	},
}

var tinyTriangle = [][3]float32{{0, 0, 0}, {0.01, 0, 0}, {0, 0, 0.01}}

// Only one light with shadows of each kind: each renders all other nodes again.
func addOtherKind(sc *viser.Scene, i int) {
	at := manyPlace(i)
	switch i {
	case 0:
		sc.AddPointLight(manyName(i), &viser.PointLightOptions{Position: at, CastShadow: true})
	case 10:
		sc.AddGUIContainer(manyName(i), &viser.GUIContainerOptions{Position: at}).AddButton("Press", nil)
	default:
		otherKinds[i/10%len(otherKinds)](sc, manyName(i), at, i)
	}
}
