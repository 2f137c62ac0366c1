package interop_test

import (
	"context"
	"image"
	"image/color"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/transform"
)

// The scenarios of pydriver/scenarios_scene.py, with our API.

var (
	points   = [][3]float32{{0, 0, 0}, {1, 0.5, -0.25}, {0.1, -2, 3}}
	colors   = []viser.RGB{{255, 0, 0}, {0, 255, 0}, {1, 2, 3}}
	vertices = [][3]float32{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	faces    = [][3]uint32{{0, 1, 2}, {0, 2, 3}}
	segments = [][2][3]float32{{{0, 0, 0}, {1, 0, 0}}, {{0, 0, 0}, {0, 1, 0.5}}}

	segmentColors = [][2]viser.RGB{{{255, 0, 0}, {0, 255, 0}}, {{0, 0, 255}, {9, 8, 7}}}

	turn  = viser.Quat{W: 0.5, X: 0.5, Y: 0.5, Z: 0.5}
	place = viser.Vec3{1, -2, 3.5}

	someColor    = &viser.RGB{1, 2, 3}
	stretched    = viser.Vec3{1, 2, 3}
	oneColor     = []viser.RGB{{9, 8, 7}}
	oneLineColor = [][2]viser.RGB{{{9, 8, 7}, {9, 8, 7}}}
)

// times returns points, every coordinate times k.
func times(points [][3]float32, k float32) [][3]float32 {
	out := make([][3]float32, len(points))
	for i, p := range points {
		out[i] = [3]float32{p[0] * k, p[1] * k, p[2] * k}
	}
	return out
}

func timesSegments(segments [][2][3]float32, k float32) [][2][3]float32 {
	out := make([][2][3]float32, len(segments))
	for i, s := range segments {
		out[i] = [2][3]float32(times(s[:], k))
	}
	return out
}

func reversed[T any](list []T) []T {
	var out []T
	for i := range list {
		out = append(out, list[len(list)-1-i])
	}
	return out
}

// imageRGB is the same ramp as on the Python side.
func imageRGB() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 16, 8))
	for y := range 8 {
		for x := range 16 {
			img.SetNRGBA(x, y, color.NRGBA{R: uint8(x * 16), G: uint8(y * 32), B: 128, A: 255})
		}
	}
	return img
}

func imageRGBA() image.Image {
	img := imageRGB().(*image.NRGBA)
	for y := range 4 {
		for x := range 16 {
			c := img.NRGBAAt(x, y)
			c.A = 100
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func sceneDefaults(s *session) {
	scene := s.server.Scene()
	s.step("frame", func() { scene.AddFrame("/frame", nil) })
	s.step("grid", func() { scene.AddGrid("/grid", nil) })
	s.step("cloud", func() { scene.AddPointCloud("/cloud", points, colors, nil) })
	s.step("cloud one color", func() { scene.AddPointCloud("/one", points, oneColor, nil) })
	s.step("mesh", func() { scene.AddMesh("/mesh", vertices, faces, nil) })
	s.step("box", func() { scene.AddBox("/box", nil) })
	s.step("icosphere", func() { scene.AddIcosphere("/ball", nil) })
	s.step("cylinder", func() { scene.AddCylinder("/can", nil) })
	s.step("lines", func() { scene.AddLineSegments("/lines", segments, segmentColors, nil) })
	s.step("lines one color", func() { scene.AddLineSegments("/line1", segments, oneLineColor, nil) })
	s.step("label", func() { scene.AddLabel("/label", "hello", nil) })
	s.step("frustum", func() { scene.AddCameraFrustum("/cam", 1, 1.5, nil) })
	s.step("frustum rgb", func() {
		scene.AddCameraFrustum("/cam1", 1, 1.5, &viser.CameraFrustumOptions{Image: imageRGB()})
	})
	s.step("frustum rgba", func() {
		scene.AddCameraFrustum("/cam2", 1, 1.5, &viser.CameraFrustumOptions{Image: imageRGBA()})
	})
	s.joinLate("late")
}

func sceneOptions(s *session) {
	optionsOfHelpers(s)
	optionsOfClouds(s)
	optionsOfSolids(s)
	optionsOfTheRest(s)
	s.joinLate("late")
}

func optionsOfHelpers(s *session) {
	scene := s.server.Scene()
	s.step("frame", func() {
		scene.AddFrame("/frame", &viser.FrameOptions{
			WXYZ: turn, Position: place, Hidden: true, NoAxes: true, AxesLength: 2.5, AxesRadius: 0.1, OriginRadius: new(0.3),
			OriginColor: someColor, Scale: viser.Uniform(2),
		})
	})
	s.step("frame radius", func() { scene.AddFrame("/frame2", &viser.FrameOptions{AxesRadius: 0.5}) })
	s.step("grid", func() {
		scene.AddGrid("/grid", &viser.GridOptions{
			WXYZ: turn, Position: place, Hidden: true, Width: 4, Height: 5.5, Plane: viser.PlaneXZ, CellColor: someColor,
			CellThickness: new(2.0), CellSize: 0.25, SectionColor: viser.RGB{4, 5, 6},
			SectionThickness: new(3.0), SectionSize: 2, Infinite: true, FadeDistance: 50,
			FadeStrength: new(0.5), FadeFrom: viser.FadeFromOrigin, ShadowOpacity: new(0.5),
			PlaneColor: viser.RGB{7, 8, 9}, PlaneOpacity: 0.75, Scale: stretched,
		})
	})
	for _, plane := range []viser.Plane{
		viser.PlaneXY, viser.PlaneYX, viser.PlaneYZ, viser.PlaneZX, viser.PlaneZY,
	} {
		s.step("grid "+string(plane), func() {
			scene.AddGrid("/grid_"+string(plane), &viser.GridOptions{Plane: plane})
		})
	}
}

func optionsOfClouds(s *session) {
	scene := s.server.Scene()
	s.step("cloud", func() {
		scene.AddPointCloud("/cloud", points, colors, &viser.PointCloudOptions{
			WXYZ: turn, Position: place, Hidden: true, PointSize: 0.5, PointShape: viser.PointCircle,
			Precision: viser.Float32, Scale: stretched, PointShading: viser.PointFlat,
		})
	})
	for _, shape := range []viser.PointShape{
		viser.PointSquare, viser.PointDiamond, viser.PointRounded, viser.PointSparkle,
	} {
		s.step("cloud "+string(shape), func() {
			scene.AddPointCloud("/cloud_"+string(shape), points, colors, &viser.PointCloudOptions{PointShape: shape})
		})
	}
}

func optionsOfSolids(s *session) {
	scene := s.server.Scene()
	s.step("mesh", func() {
		scene.AddMesh("/mesh", vertices, faces, &viser.MeshOptions{
			WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, FlatShading: true, Scale: stretched,
			Color: someColor, Opacity: new(0.5), Material: viser.Toon3, Side: viser.DoubleSide,
		})
	})
	s.step("mesh wireframe", func() {
		scene.AddMesh("/mesh2", vertices, faces, &viser.MeshOptions{
			Wireframe: true, Side: viser.BackSide,
			ShadowOpacity: new(0.25),
			Scale:         viser.Uniform(0.5),
		})
	})
	s.step("box", func() {
		scene.AddBox("/box", &viser.BoxOptions{
			WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, Dimensions: viser.Vec3{1, 2, 3},
			SmoothShading: true, Scale: stretched, Color: someColor, Opacity: new(0.5), Material: viser.Toon5, Side: viser.BackSide,
		})
	})
	s.step("box wireframe", func() {
		scene.AddBox("/box2", &viser.BoxOptions{Wireframe: true, SmoothShading: true})
	})
	s.step("icosphere", func() {
		scene.AddIcosphere("/ball", &viser.IcosphereOptions{
			WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, Radius: 0.25, Subdivisions: new(1),
			FlatShading: true, Scale: viser.Uniform(2), Color: someColor, Opacity: new(0.5), Material: viser.Toon3, Side: viser.DoubleSide,
		})
	})
	s.step("icosphere wireframe", func() {
		scene.AddIcosphere("/ball2", &viser.IcosphereOptions{Wireframe: true})
	})
	s.step("cylinder", func() {
		scene.AddCylinder("/can", &viser.CylinderOptions{
			WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, Radius: 0.25, Height: 3, RadialSegments: 6,
			FlatShading: true, Scale: viser.Uniform(2), Color: someColor, Opacity: new(0.5), Material: viser.Toon3, Side: viser.DoubleSide,
		})
	})
	s.step("cylinder wireframe", func() {
		scene.AddCylinder("/can2", &viser.CylinderOptions{Wireframe: true})
	})
}

func optionsOfTheRest(s *session) {
	scene := s.server.Scene()
	s.step("lines", func() {
		scene.AddLineSegments("/lines", segments, segmentColors, &viser.LineSegmentsOptions{
			WXYZ: turn, Position: place, Hidden: true, Thickness: 3, ThicknessUnits: viser.ScreenUnits, Scale: stretched,
		})
	})
	s.step("label", func() {
		scene.AddLabel("/label", "hello", &viser.LabelOptions{
			WXYZ: turn, Position: place, Hidden: true, FontSizeMode: viser.SceneFont, FontScreenScale: 2,
			FontSceneHeight: 0.5, DepthTest: true, Anchor: viser.BottomRight,
		})
	})
	for _, anchor := range []viser.Anchor{
		viser.TopCenter, viser.TopRight, viser.CenterLeft, viser.Center,
		viser.CenterRight, viser.BottomLeft, viser.BottomCenter,
	} {
		s.step("label "+string(anchor), func() {
			scene.AddLabel("/l_"+string(anchor), "x", &viser.LabelOptions{Anchor: anchor})
		})
	}
	s.step("frustum", func() {
		scene.AddCameraFrustum("/cam", 1, 1.5, &viser.CameraFrustumOptions{
			WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, Scale: stretched, Thickness: 3,
			ThicknessUnits: viser.ScreenUnits, Color: someColor, Image: imageRGB(),
			Format: viser.PNG, Variant: viser.FilledFrustum,
		})
	})
	s.step("frustum jpeg", func() {
		scene.AddCameraFrustum("/cam2", 1, 1.5, &viser.CameraFrustumOptions{
			Image: imageRGB(), Format: viser.JPEG, JPEGQuality: 95,
		})
	})
	s.step("frustum shadow strength", func() {
		scene.AddCameraFrustum("/cam3", 1, 1.5, &viser.CameraFrustumOptions{
			ShadowOpacity: new(0.5),
		})
	})
}

// A surface has the methods that meshes and solids have in common.
type surface interface {
	SetColor(color.Color)
	SetWireframe(bool)
	SetOpacity(float64)
	SetFlatShading(bool)
	SetSide(viser.Side)
	SetMaterial(viser.Material)
	SetCastShadow(bool)
	SetShadowOpacity(float64)
	SetScale(viser.Vec3)
}

func setSurface(s *session, name string, h surface) {
	s.set(name+".color", func() { h.SetColor(*someColor) })
	s.set(name+".wireframe", func() { h.SetWireframe(true) })
	s.set(name+".opacity", func() { h.SetOpacity(0.5) })
	s.set(name+".flat_shading", func() { h.SetFlatShading(true) })
	s.set(name+".side", func() { h.SetSide(viser.DoubleSide) })
	s.set(name+".material", func() { h.SetMaterial(viser.Toon3) })
	s.set(name+".cast_shadow", func() { h.SetCastShadow(false) })
	s.set(name+".receive_shadow", func() { h.SetShadowOpacity(0.25) })
	s.set(name+".scale", func() { h.SetScale(stretched) })
}

func sceneSetters(s *session) {
	settersOfFrame(s)
	settersOfGrid(s)
	settersOfCloud(s)
	settersOfMesh(s)
	settersOfSolids(s)
	settersOfLines(s)
	settersOfLabel(s)
	settersOfFrustum(s)
	s.joinLate("late")
}

// added is a step whose handle later steps set.
func added[H any](s *session, name string, add func() H) (handle H) {
	s.t.Helper()
	s.step(name, func() { handle = add() })
	return handle
}

func settersOfFrame(s *session) {
	h := added(s, "frame", func() *viser.Frame { return s.server.Scene().AddFrame("/frame", nil) })
	s.set("frame.show_axes", func() { h.SetShowAxes(false) })
	s.set("frame.axes_length", func() { h.SetAxesLength(2.5) })
	s.set("frame.axes_radius", func() { h.SetAxesRadius(0.1) })
	s.set("frame.origin_radius", func() { h.SetOriginRadius(0.3) })
	s.set("frame.origin_color", func() { h.SetOriginColor(*someColor) })
	s.set("frame.scale", func() { h.SetScale(stretched) })
}

func settersOfGrid(s *session) {
	h := added(s, "grid", func() *viser.Grid { return s.server.Scene().AddGrid("/grid", nil) })
	s.set("grid.width", func() { h.SetWidth(4) })
	s.set("grid.height", func() { h.SetHeight(5.5) })
	s.set("grid.plane", func() { h.SetPlane(viser.PlaneXZ) })
	s.set("grid.cell_color", func() { h.SetCellColor(*someColor) })
	s.set("grid.cell_thickness", func() { h.SetCellThickness(2) })
	s.set("grid.cell_size", func() { h.SetCellSize(0.25) })
	s.set("grid.section_color", func() { h.SetSectionColor(viser.RGB{4, 5, 6}) })
	s.set("grid.section_thickness", func() { h.SetSectionThickness(3) })
	s.set("grid.section_size", func() { h.SetSectionSize(2) })
	s.set("grid.infinite_grid", func() { h.SetInfinite(true) })
	s.set("grid.fade_distance", func() { h.SetFadeDistance(50) })
	s.set("grid.fade_strength", func() { h.SetFadeStrength(0.5) })
	s.set("grid.fade_from", func() { h.SetFadeFrom(viser.FadeFromOrigin) })
	s.set("grid.shadow_opacity", func() { h.SetShadowOpacity(0.5) })
	s.set("grid.plane_color", func() { h.SetPlaneColor(viser.RGB{7, 8, 9}) })
	s.set("grid.plane_opacity", func() { h.SetPlaneOpacity(0.75) })
	s.set("grid.scale", func() { h.SetScale(stretched) })
}

func settersOfCloud(s *session) {
	h := added(s, "cloud", func() *viser.PointCloud {
		return s.server.Scene().AddPointCloud("/cloud", points, colors, nil)
	})
	s.set("cloud.point_size", func() { h.SetPointSize(0.5) })
	s.set("cloud.point_shape", func() { h.SetPointShape(viser.PointCircle) })
	s.set("cloud.point_shading", func() { h.SetPointShading(viser.PointFlat) })
	s.set("cloud.scale", func() { h.SetScale(stretched) })
	s.set("cloud.colors", func() { h.SetColors(reversed(colors)) })
	s.set("cloud.points and colors", func() { h.SetPoints(times(points, 2), colors) })
	s.set("cloud.precision", func() { h.SetPrecision(viser.Float32) })
	s.set("fewer points", func() { h.SetPoints(times(points[:2], 2), colors[:2]) })
}

func settersOfMesh(s *session) {
	h := added(s, "mesh", func() *viser.Mesh { return s.server.Scene().AddMesh("/mesh", vertices, faces, nil) })
	s.set("mesh.vertices", func() { h.SetVertices(times(vertices, 2)) })
	s.set("mesh.vertices and faces", func() { h.SetGeometry(times(vertices, 3), faces[:1]) })
	setSurface(s, "mesh", h)
	s.step("mesh.opacity none", func() { h.SetOpacity(1) })
}

func settersOfSolids(s *session) {
	scene := s.server.Scene()
	box := added(s, "box", func() *viser.Box {
		return scene.AddBox("/box", &viser.BoxOptions{SmoothShading: true})
	})
	s.set("box.dimensions", func() { box.SetDimensions(viser.Vec3{1, 2, 3}) })
	setSurface(s, "box", box)
	ball := added(s, "icosphere", func() *viser.Icosphere { return scene.AddIcosphere("/ball", nil) })
	s.set("icosphere.radius", func() { ball.SetRadius(0.25) })
	s.set("icosphere.subdivisions", func() { ball.SetSubdivisions(1) })
	setSurface(s, "icosphere", ball)
	can := added(s, "cylinder", func() *viser.Cylinder { return scene.AddCylinder("/can", nil) })
	s.set("cylinder.radius", func() { can.SetRadius(0.25) })
	s.set("cylinder.height", func() { can.SetHeight(3) })
	s.set("cylinder.radial_segments", func() { can.SetRadialSegments(6) })
	setSurface(s, "cylinder", can)
}

func settersOfLines(s *session) {
	h := added(s, "lines", func() *viser.LineSegments {
		return s.server.Scene().AddLineSegments("/lines", segments, segmentColors, nil)
	})
	s.set("lines.colors", func() { h.SetColors(reversed(segmentColors)) })
	s.set("lines.points and colors", func() { h.SetPoints(timesSegments(segments, 2), segmentColors) })
	s.set("lines.thickness", func() { h.SetThickness(3) })
	s.set("lines.scale", func() { h.SetScale(stretched) })
	s.set("lines.thickness_units", func() { h.SetThicknessUnits(viser.ScreenUnits) })
}

func settersOfLabel(s *session) {
	h := added(s, "label", func() *viser.Label { return s.server.Scene().AddLabel("/label", "hello", nil) })
	s.set("label.text", func() { h.SetText("bye") })
	s.set("label.font_size_mode", func() { h.SetFontSizeMode(viser.SceneFont) })
	s.set("label.font_screen_scale", func() { h.SetFontScreenScale(2) })
	s.set("label.font_scene_height", func() { h.SetFontSceneHeight(0.5) })
	s.set("label.depth_test", func() { h.SetDepthTest(true) })
	s.set("label.anchor", func() { h.SetAnchor(viser.BottomRight) })
}

func settersOfFrustum(s *session) {
	h := added(s, "frustum", func() *viser.CameraFrustum {
		return s.server.Scene().AddCameraFrustum("/cam", 1, 1.5, nil)
	})
	s.set("frustum.fov", func() { h.SetFOV(0.75) })
	s.set("frustum.aspect", func() { h.SetAspect(2) })
	s.set("frustum.thickness", func() { h.SetThickness(3) })
	s.set("frustum.color", func() { h.SetColor(*someColor) })
	s.set("frustum.cast_shadow", func() { h.SetCastShadow(false) })
	s.set("frustum.receive_shadow", func() { h.SetShadowOpacity(0.25) })
	s.set("frustum.variant", func() { h.SetVariant(viser.FilledFrustum) })
	s.set("frustum.scale", func() { h.SetScale(stretched) })
	s.set("frustum.thickness_units", func() { h.SetThicknessUnits(viser.ScreenUnits) })
	s.step("frustum.image rgb", func() { h.SetImage(imageRGB()) })
	s.step("frustum.image rgba", func() { h.SetImage(imageRGBA()) })
	s.step("frustum.image none", func() { h.SetImage(nil) })
}

func scenePoses(s *session) {
	scene := s.server.Scene()
	box := added(s, "box", func() *viser.Box { return scene.AddBox("/box", nil) })
	s.set("box.wxyz", func() { box.SetWXYZ(turn) })
	s.set("box.position", func() { box.SetPosition(place) })
	s.set("box.visible", func() { box.SetVisible(false) })
	s.step("a little elsewhere", func() { box.SetPosition(viser.Vec3{1.001, -2, 3.5}) })
	s.step("shown", func() { box.SetVisible(true) })
	s.step("only wxyz given", func() {
		scene.AddBox("/turned", &viser.BoxOptions{WXYZ: turn})
	})
	s.step("only position given", func() {
		scene.AddBox("/moved", &viser.BoxOptions{Position: place})
	})
	s.step("default pose given", func() {
		scene.AddBox("/same", &viser.BoxOptions{WXYZ: transform.SO3Identity()})
	})
	s.step("no slash", func() { scene.AddBox("bare", nil) })
	for _, up := range []struct {
		name string
		v    viser.Vec3
	}{
		{"up +x", viser.Vec3{1, 0, 0}}, {"up -x", viser.Vec3{-1, 0, 0}},
		{"up +y", viser.Vec3{0, 1, 0}}, {"up -y", viser.Vec3{0, -1, 0}},
		{"up +z", viser.Vec3{0, 0, 1}}, {"up -z", viser.Vec3{0, 0, -1}},
		{"up vector", viser.Vec3{0.3, -2, 0.5}},
	} {
		s.step(up.name, func() { scene.SetUpDirection(up.v) })
	}
	s.set("hide all", func() { scene.SetGlobalVisibility(false) })
	s.step("show all", func() { scene.SetGlobalVisibility(true) })
	axes := scene.WorldAxes()
	s.set("axes.visible", func() { axes.SetVisible(true) })
	s.set("axes.axes_length", func() { axes.SetAxesLength(3) })
	s.set("axes.position", func() { axes.SetPosition(place) })
	s.joinLate("late")
}

func sceneTree(s *session) {
	scene := s.server.Scene()
	leaf := added(s, "deep", func() *viser.Box {
		return scene.AddBox("/a/b/c/leaf", &viser.BoxOptions{Position: place})
	})
	s.step("sibling", func() { scene.AddBox("/a/b/other", nil) })
	s.step("real over virtual", func() {
		scene.AddFrame("/a/b", &viser.FrameOptions{Position: viser.Vec3{0, 1, 0}})
	})
	s.step("replaced", func() { scene.AddBox("/a/b/c/leaf", nil) })
	s.quiet("stale handle", func() { leaf.SetColor(*someColor) })
	moved := added(s, "replaced by another kind", func() *viser.Icosphere {
		return scene.AddIcosphere("/a/b/c/leaf", &viser.IcosphereOptions{
			Position: place, Hidden: true,
		})
	})
	s.step("moved", func() { moved.SetPosition(viser.Vec3{0, 0, 1}) })
	s.joinLate("late before remove")
	s.step("remove a branch", func() { scene.RemoveNode("/a/b") })
	s.step("removed once more", func() { scene.RemoveNode("/a/b") })
	s.step("orphan's parent", func() { scene.AddBox("/a/b/new", nil) })
	s.step("leaf only", func() { scene.RemoveNode("/a/b/new") })
	s.joinLate("late after remove")
	box := added(s, "box", func() *viser.Box { return scene.AddBox("/box", nil) })
	s.step("box.remove", box.Remove)
	s.quiet("removed handle", func() { box.SetColor(*someColor) })
	known := func(name string) func() any {
		return func() any {
			_, ok := scene.Node(name)
			return ok
		}
	}
	s.result("handle of a name", known("/a"))
	s.result("handle of no name", known("/none"))
	s.step("axes moved", func() { scene.WorldAxes().SetVisible(true) })
	s.step("reset", scene.Reset)
	s.joinLate("late after reset")
}

func sceneClicks(s *session) {
	scene := s.server.Scene()
	ignore := func(context.Context, viser.ClickEvent) {}
	box := added(s, "box", func() *viser.Box { return scene.AddBox("/box", nil) })
	var offs []func()
	on := func(name string, mods ...viser.Modifier) {
		s.step(name, func() { offs = append(offs, box.OnClick(ignore, mods...)) })
	}
	on("plain")
	on("shift", viser.Shift)
	on("shift once more", viser.Shift)
	on("all three", viser.CmdCtrl, viser.Alt, viser.Shift)
	s.joinLate("late")
	// Python's remove_click_callback takes a function and drops all its filters.
	s.step("first off", func() { s.server.Atomic(func() { offs[0](); offs[2]() }) })
	s.step("all off", func() { s.server.Atomic(func() { offs[1](); offs[3]() }) })
	on("plain on")
	again := added(s, "re-added", func() *viser.Box { return scene.AddBox("/box", nil) })
	s.step("on again", func() { again.OnClick(ignore) })
	s.step("removed", again.Remove)
	s.clickable("frame", func() clickable { return scene.AddFrame("/f", nil) })
	s.clickable("mesh", func() clickable { return scene.AddMesh("/m", vertices, faces, nil) })
	s.clickable("icosphere", func() clickable { return scene.AddIcosphere("/i", nil) })
	s.clickable("cylinder", func() clickable { return scene.AddCylinder("/c", nil) })
	s.clickable("frustum", func() clickable { return scene.AddCameraFrustum("/k", 1, 1, nil) })
	for _, mods := range []struct {
		name, node string
		held       []viser.Modifier
	}{
		{"cmd/ctrl", "/cmd_ctrl", []viser.Modifier{viser.CmdCtrl}},
		{"alt", "/alt", []viser.Modifier{viser.Alt}},
		{"cmd/ctrl+alt", "/cmd_ctrl+alt", []viser.Modifier{viser.CmdCtrl, viser.Alt}},
		{"cmd/ctrl+shift", "/cmd_ctrl+shift", []viser.Modifier{viser.Shift, viser.CmdCtrl}},
		{"alt+shift", "/alt+shift", []viser.Modifier{viser.Alt, viser.Shift}},
	} {
		h := added(s, "box for "+mods.name, func() *viser.Box { return scene.AddBox(mods.node, nil) })
		s.step("click with "+mods.name, func() { h.OnClick(ignore, mods.held...) })
	}
}

type clickable interface {
	OnClick(fn func(context.Context, viser.ClickEvent), mods ...viser.Modifier) (off func())
}

func (s *session) clickable(kind string, add func() clickable) {
	s.t.Helper()
	h := added(s, kind, add)
	s.step(kind+" clickable", func() { h.OnClick(func(context.Context, viser.ClickEvent) {}) })
}

func scenePointer(s *session) {
	scene := s.server.Scene()
	var offs []func()
	on := func(name string, mods ...viser.Modifier) {
		s.step(name, func() {
			offs = append(offs, scene.OnClick(func(context.Context, viser.SceneClickEvent) {}, mods...))
		})
	}
	on("click")
	on("click with alt", viser.Alt)
	on("another plain click")
	s.step("rectangle", func() {
		offs = append(offs, scene.OnRectSelect(func(context.Context, viser.SceneRectSelectEvent) {}, viser.Shift))
	})
	s.joinLate("late")
	s.step("first off", func() { offs[0]() })
	s.step("third off", func() { offs[2]() })
	s.step("second off", func() { offs[1]() })
	s.step("rectangle off", func() { offs[3]() })
	s.joinLate("late when off")
}
