package viser_test

import (
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
	"github.com/viser-go/viser/transform"
)

func TestParentsAreMadeAndGoWithTheirOwn(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		leaf := sc.AddBox("a/b/c", nil)
		if leaf.Name() != "/a/b/c" {
			t.Errorf("name %q", leaf.Name())
		}
		sc.AddBox("/a/b/d/e", nil)
		sc.AddBox("/ab", nil) // not below /a
		p.catchUp()
		var names []string
		for _, f := range all[*wire.FrameMessage](p)[1:] {
			names = append(names, fmt.Sprint(f.Name, " ", f.Virtual, f.Props.ShowAxes))
		}
		if diff := cmp.Diff([]string{"/a true false", "/a/b true false", "/a/b/d true false"}, names); diff != "" {
			t.Error(diff)
		}
		parent, ok := sc.Node("/a/b")
		if !ok {
			t.Fatal("a parent that was made has no handle")
		}
		parent.Remove()
		p.catchUp()
		var gone []string
		for _, m := range all[*wire.RemoveSceneNodeMessage](p) {
			gone = append(gone, m.Name)
		}
		if diff := cmp.Diff([]string{"/a/b", "/a/b/c", "/a/b/d", "/a/b/d/e"}, gone); diff != "" {
			t.Error(diff)
		}
		if !leaf.Removed() || !parent.Removed() {
			t.Error("the handles live on")
		}
		if _, ok := sc.Node("/ab"); !ok {
			t.Error("a neighbor went too")
		}
		if sc.RemoveNode("/nothing") || !sc.RemoveNode("ab") {
			t.Error("RemoveByName does not say what it did")
		}
	})
}

func TestReplacingANode(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, log *logBook) {
		p, _ := connect(t, s)
		sc := s.Scene()
		old := sc.AddBox("/x", &viser.BoxOptions{Position: viser.Vec3{1, 2, 3}})
		old.OnClick(nil)
		child := sc.AddFrame("/x/child", nil)
		p.catchUp()
		p.seen = nil
		ball := sc.AddIcosphere("/x", nil)
		p.catchUp()
		want := []string{"SetSceneNodeClickBindingsMessage", "IcosphereMessage", "SetOrientationMessage", "SetPositionMessage", "SetSceneNodeVisibilityMessage"}
		if diff := cmp.Diff(want, types(p.seen)); diff != "" {
			t.Error(diff)
		}
		if !old.Removed() || child.Removed() || ball.Removed() {
			t.Error("the wrong handle is dead")
		}
		old.SetVisible(false)
		old.SetPosition(viser.Vec3{9, 9, 9})
		old.SetColor(viser.RGB{1, 2, 3})
		old.Remove() // must not remove its successor
		if ms := p.catchUp(); len(ms) != 0 || !log.has("removed scene node") {
			t.Errorf("the dead handle still speaks: %q", types(ms))
		}
		ball.Remove()
		if !child.Removed() {
			t.Error("the child was forgotten by the replacement")
		}
		late := open(t, s, true)
		if len(all[*wire.IcosphereMessage](late))+len(all[*wire.RemoveSceneNodeMessage](late))+len(all[*wire.SetSceneNodeClickBindingsMessage](late)) != 0 {
			t.Error("a page that comes later hears of what is gone")
		}
	})
}

func TestSceneReset(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		s.Scene().WorldAxes().SetVisible(true)
		s.Scene().AddBox("/a/b", nil)
		mine := c.Scene().AddBox("/mine", nil)
		p.catchUp()
		s.Scene().Reset()
		p.catchUp()
		if n := len(all[*wire.RemoveSceneNodeMessage](p)); n != 2 || mine.Removed() || s.Scene().WorldAxes().Removed() || !s.Scene().WorldAxes().Visible() {
			t.Errorf("%d nodes were removed", n)
		}
		if c.Scene().WorldAxes() != nil {
			t.Error("a client's scene has world axes")
		}
		c.Scene().AddFrame("/WorldAxes", nil)
		c.Scene().Reset()
		if !mine.Removed() {
			t.Error("the client's node is left")
		}
		if _, ok := c.Scene().Node("/WorldAxes"); ok {
			t.Error("the client's own axes are left")
		}
	})
}

func TestUpDirectionAndGlobalVisibility(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		r := math.Sqrt2 / 2
		for _, test := range []struct {
			up   viser.Vec3
			want [4]float64 // as the real viser computes it
		}{
			{viser.Vec3{1, 0, 0}, [4]float64{0.5, -0.5, -0.5, 0.5}},
			{viser.Vec3{-1, 0, 0}, [4]float64{0, -r, r, 0}},
			{viser.Vec3{0, 3, 0}, [4]float64{0, 0, 1, 0}},
			{viser.Vec3{0, -1, 0}, [4]float64{0, -r, 0, r}},
			{viser.Vec3{0, 0, 1}, [4]float64{0.5, -0.5, 0.5, 0.5}},
			{viser.Vec3{0, 0, -1}, [4]float64{0, 0, -r, r}},
			{viser.Vec3{0.3, -2, 0.5}, [4]float64{0.13769996704610796, -0.7116051946745382, 0.031989972462968516, 0.688210293187723}},
		} {
			s.Scene().SetUpDirection(test.up)
			p.catchUp()
			got := last[*wire.SetOrientationMessage](p)
			dot := 0.0
			for i := range got.WXYZ {
				dot += got.WXYZ[i] * test.want[i]
			}
			if got.Name != "" || math.Abs(math.Abs(dot)-1) > 1e-9 { // q and -q are the same rotation
				t.Errorf("up %v: %v; want %v", test.up, got.WXYZ, test.want)
			}
		}
		s.Scene().SetGlobalVisibility(false)
		p.catchUp()
		if v := last[*wire.SetSceneNodeVisibilityMessage](p); v.Name != "" || v.Visible {
			t.Errorf("%+v", v)
		}
	})
}

func TestPoses(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		_, c := connect(t, s)
		packed := open(t, s, true)
		var nodes []viser.Node
		for i := range 10 {
			nodes = append(nodes, s.Scene().AddFrame(fmt.Sprint("/n", i), nil))
		}
		packed.catchUp()
		packed.frames, packed.seen = nil, nil
		updates := make([]viser.PoseUpdate, 10)
		for i, n := range nodes {
			turn := viser.AxisAngle(viser.Vec3{0, 0, 1}, float64(i+1))
			updates[i] = viser.PoseUpdate{Node: n, Pose: viser.Pose{Rotation: turn, Translation: viser.Vec3{float64(i + 1), 2, 3}}}
		}
		s.Scene().SetPoses(updates)
		packed.catchUp()
		if m := last[*wire.PackedPosesMessage](packed); len(packed.frames) != 1 || m.PositionIDs.Len() != 10 || m.WXYZs.Len() != 40 {
			t.Errorf("%d frames, %d positions", len(packed.frames), m.PositionIDs.Len())
		}
		if p := updates[3].Pose; nodes[3].Pose() != p || nodes[3].Position() != p.Translation || nodes[3].WXYZ() != p.Rotation {
			t.Error("what was set cannot be read")
		}
		s.Scene().SetPoses(updates)
		if ms := packed.catchUp(); len(ms) != 0 {
			t.Errorf("equal poses were sent: %q", types(ms))
		}
		nodes[0].SetPose(transform.SE3Identity())
		if nodes[0].WXYZ() != transform.SO3Identity() || nodes[0].Position() != (viser.Vec3{}) {
			t.Error("SetPose sets only one of the two")
		}
		good := viser.PoseUpdate{Node: nodes[1], Pose: transform.SE3Identity()}
		bad := viser.Pose{Rotation: transform.SO3Identity(), Translation: viser.Vec3{0, math.Inf(1), 0}}
		misused(t, "no node", func() { s.Scene().SetPoses([]viser.PoseUpdate{good, {Pose: transform.SE3Identity()}}) })
		misused(t, "zero quaternion", func() { s.Scene().SetPoses([]viser.PoseUpdate{good, {Node: nodes[2]}}) })
		misused(t, "infinite position", func() { s.Scene().SetPoses([]viser.PoseUpdate{good, {Node: nodes[2], Pose: bad}}) })
		if nodes[1].Pose() != updates[1].Pose {
			t.Error("a refused step was done in part")
		}
		misused(t, "zero rotation", func() { nodes[0].SetPose(viser.Pose{}) })
		misused(t, "infinite pose", func() { nodes[0].SetPose(bad) })
		misused(t, "NaN", func() { nodes[0].SetPosition(viser.Vec3{math.NaN()}) })
		misused(t, "infinite", func() { nodes[0].SetWXYZ(viser.Quat{W: math.Inf(1)}) })
		misused(t, "another server's node", func() { viser.NewTestServer(nil).Scene().SetPoses(updates) })
		_ = c
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
			"unknown modifier": func() { sc.OnClick(nil, "meta") },
			"modifier twice":   func() { sc.OnClick(nil, viser.Shift, viser.Shift) },
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

func TestArraysAreCopiedAndRead(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		points := [][3]float32{{0, 0.5, 1}, {2, 3, 4}}
		colors := []viser.RGB{{1, 2, 3}, {4, 5, 6}}
		pc := s.Scene().AddPointCloud("/pc", points, colors, nil)
		points[0], colors[0] = [3]float32{9, 9, 9}, viser.RGB{9, 9, 9}
		if diff := cmp.Diff([][3]float32{{0, 0.5, 1}, {2, 3, 4}}, pc.Points()); diff != "" || pc.Colors()[0] != (viser.RGB{1, 2, 3}) {
			t.Error("the cloud changed with the program's slice: ", diff)
		}
		p.catchUp()
		if m := last[*wire.PointCloudMessage](p); m.Props.Points.DType != wire.Float16 || len(m.Props.Points.Data) != 12 || len(m.Props.Colors.Data) != 6 {
			t.Errorf("%+v", m.Props)
		}
		p.frames = nil
		pc.SetPoints(points[:1], []viser.RGB{{7, 7, 7}})
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 2 || len(p.frames) != 1 {
			t.Errorf("points and colors are not one change: %+v", m.Updates)
		}
		pc.SetPrecision(viser.Float32)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); m.Updates[1].Value.(wire.Array).DType != wire.Float32 || pc.Precision() != viser.Float32 {
			t.Errorf("%+v", m.Updates)
		}
		misused(t, "colors", func() { pc.SetColors(make([]viser.RGB, 3)) })

		lines := s.Scene().AddLineSegments("/l", [][2][3]float32{{{0, 0, 0}, {1, 1, 1}}, {{2, 2, 2}, {3, 3, 3}}}, [][2]viser.RGB{{{5, 5, 5}, {5, 5, 5}}}, nil)
		if lines.Points()[1][1] != [3]float32{3, 3, 3} || len(lines.Colors()) != 1 {
			t.Error("the lines cannot be read back")
		}
		lines.SetColors([][2]viser.RGB{{{1, 1, 1}, {2, 2, 2}}, {{3, 3, 3}, {4, 4, 4}}})
		if lines.Colors()[1][0] != (viser.RGB{3, 3, 3}) {
			t.Error("the colors cannot be read back")
		}
		mesh := s.Scene().AddMesh("/m", points, [][3]uint32{{0, 1, 1}}, nil)
		if mesh.Faces()[0] != [3]uint32{0, 1, 1} || len(mesh.Vertices()) != 2 {
			t.Error("the mesh cannot be read back")
		}
		mesh.SetVertices([][3]float32{{1, 1, 1}, {2, 2, 2}})
		misused(t, "fewer vertices", func() { mesh.SetVertices(nil) })
		misused(t, "faces past the vertices", func() { mesh.SetGeometry(points, [][3]uint32{{0, 1, 2}}) })
	})
}

func TestFrustumImage(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		opaque, clear := image.NewGray(image.Rect(0, 0, 4, 4)), image.NewNRGBA(image.Rect(0, 0, 4, 4))
		f := s.Scene().AddCameraFrustum("/f", 1, 1, &viser.CameraFrustumOptions{Image: opaque})
		p.catchUp()
		if m := last[*wire.CameraFrustumMessage](p); m.Props.Format != "jpeg" || !strings.HasPrefix(string(m.Props.ImageData), "\xff\xd8") {
			t.Errorf("format %q", m.Props.Format)
		}
		f.SetImage(clear)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); f.Format() != viser.PNG || len(m.Updates) != 2 {
			t.Errorf("format %q, %d updates", f.Format(), len(m.Updates))
		}
		if img := f.Image(); img.Bounds().Dx() != 4 {
			t.Error("the image cannot be read back")
		}
		f.SetFormat(viser.JPEG)
		if f.Format() != viser.JPEG {
			t.Error("the format was not set")
		}
		f.SetImage(nil)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); f.Image() != nil || m.Updates[0].Value != nil {
			t.Errorf("%+v", m.Updates)
		}
	})
}
