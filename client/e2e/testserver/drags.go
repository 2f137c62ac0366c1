package main

import (
	"context"
	"strings"

	"github.com/viser-go/viser"
)

func init() { scenarios["drags"] = dragsScenario }

// dragsScenario has nodes to be dragged, seen along +y with z up, and reports each event.
func dragsScenario(s *stage) {
	sc := s.Scene()
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.cameras()
	box := sc.AddBox("/box", &viser.BoxOptions{Color: rust})
	box.OnDrag(viser.LeftButton, s.dragged("plain"))
	box.OnDrag(viser.LeftButton, s.dragged("alt"), viser.Alt)
	box.OnDrag(viser.RightButton, s.dragged("right"))
	box.OnClick(func(_ context.Context, e viser.ClickEvent) { s.event("click %s", e.Target.Name()) })
	s.do("follow", func(string) { box.OnDrag(viser.LeftButton, follow()) })
	s.do("remove", func(name string) { sc.RemoveNode(name) })
	s.do("hide", func(string) { box.SetVisible(false) })
	s.do("replace", func(string) { sc.AddBox("/box", nil) })
	s.kindsToDrag()
}

// dragged reports a drag event: its callback, node and position.
func (s *stage) dragged(which string) func(context.Context, viser.DragEvent) {
	return func(_ context.Context, e viser.DragEvent) {
		from, to := e.StartPosition, e.EndPosition
		s.event("%s %s %s %d %s from %.3f %.3f %.3f to %.3f %.3f %.3f screen %.4f %.4f keys %s", which, e.Phase, e.Target.Name(), e.InstanceIndex,
			e.Button, from[0], from[1], from[2], to[0], to[1], to[2], e.EndScreenPos[0], e.EndScreenPos[1], e.Modifier)
	}
}

// follow moves a node along with the pointer.
func follow() func(context.Context, viser.DragEvent) {
	var began viser.Vec3
	return func(_ context.Context, e viser.DragEvent) {
		if e.Phase == viser.DragStart {
			began = e.Target.Position()
		}
		p := began
		for i := range p {
			p[i] += e.EndPosition[i] - e.StartPosition[i]
		}
		e.Target.SetPosition(p)
	}
}

// kindsToDrag shows one kind of node that can be dragged, at the origin.
func (s *stage) kindsToDrag() {
	sc := s.Scene()
	hear := func(n interface {
		OnDrag(viser.MouseButton, func(context.Context, viser.DragEvent), ...viser.Modifier) func()
	}) {
		n.OnDrag(viser.LeftButton, s.dragged("kind"))
	}
	corners3 := [][3]float32{{-.6, 0, -.6}, {.6, 0, -.6}, {.6, 0, .6}, {-.6, 0, .6}}
	faces := [][3]uint32{{0, 1, 2}, {0, 2, 3}}
	both := [][3]float32{{-1.5, 0, 0}, {0, 0, 0}}
	weights := [][]float32{{1}, {1}, {1}, {1}}
	kinds := map[string]func(){
		"box": func() { hear(sc.AddBox("/it", nil)) },
		"clear": func() {
			hear(sc.AddBox("/it", &viser.BoxOptions{Opacity: new(0.5)}))
		},
		"icosphere": func() { hear(sc.AddIcosphere("/it", &viser.IcosphereOptions{Radius: .6})) },
		"cylinder":  func() { hear(sc.AddCylinder("/it", nil)) },
		"frame":     func() { hear(sc.AddFrame("/it", &viser.FrameOptions{AxesRadius: 0.1})) },
		"mesh":      func() { hear(sc.AddMesh("/it", corners3, faces, nil)) },
		"skinned":   func() { hear(sc.AddSkinnedMesh("/it", corners3, faces, []viser.Pose{{}}, weights, nil)) },
		"image":     func() { hear(sc.AddImage("/it", corners(), 1.5, 1, &viser.ImageOptions{WXYZ: facing})) },
		"frustum": func() {
			hear(sc.AddCameraFrustum("/it", 1, 1.5, &viser.CameraFrustumOptions{Scale: viser.Uniform(1), WXYZ: facing}))
		},
		"meshes": func() { hear(sc.AddBatchedMeshes("/it", corners3, faces, nil, both, nil)) },
		"axes":   func() { hear(sc.AddBatchedAxes("/it", nil, both, &viser.BatchedAxesOptions{AxesRadius: 0.1})) },
		"points": func() {
			hear(sc.AddPointCloud("/it", [][3]float32{{-1.5, 0, 0}, {0, 0, 0}}, []viser.RGB{grass}, &viser.PointCloudOptions{PointSize: 0.3}))
		},
		"lines": func() {
			hear(sc.AddLineSegments("/it", [][2][3]float32{{{-1.5, 0, 0}, {-1.5, 0, 1}}, {{-.5, 0, 0}, {.5, 0, 0}}}, [][2]viser.RGB{{grass, grass}, {grass, grass}}, &viser.LineSegmentsOptions{Thickness: 0.3}))
		},
		"label": func() { hear(sc.AddLabel("/it", "MMMM", &viser.LabelOptions{Anchor: viser.Center})) },
		"glb":   func() { hear(sure(sc.AddGLB("/it", squareGLB(false, "", texture()), nil))) },
		"glbs":  func() { hear(sure(sc.AddBatchedGLB("/it", squareGLB(false, "", texture()), nil, both, nil))) },
	}
	s.commands["kind"] = func(name string) (string, error) {
		if name == "" {
			var names []string
			for name := range kinds {
				names = append(names, name)
			}
			return strings.Join(names, " "), nil
		}
		sc.Reset()
		kinds[name]()
		return "", nil
	}
}

func sure[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
