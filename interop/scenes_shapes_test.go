package interop_test

import (
	"context"
	"image"
	"image/color"

	"github.com/viser-go/viser"
)

// The scenarios of pydriver/scenarios_shapes.py, with our API.

var (
	arrowColors = colors[:2]
	controls    = [][3]float32{{0, 1, 0}, {1, 1, 0}, {1, 0, 1}, {0, -2, 2}}
	wxyzs       = [][4]float32{{1, 0, 0, 0}, {0.5, 0.5, 0.5, 0.5}}
	places      = [][3]float32{{0, 0, 0}, {1, -2, 3.5}}
	oneEach     = viser.InstanceScales{Scales: []float32{1, 2.5}}
	threeEach   = viser.InstanceScales{AxisScales: [][3]float32{{1, 2, 3}, {4, 5, 6}}}
	withDepth   = &viser.BackgroundImageOptions{Format: viser.PNG, Depth: &viser.DepthMap{
		Width: 4, Height: 2, Depths: []float32{0, 0.25, 1.5, 2.5625, 100, 167.5, 500, -1},
	}}
)

// mirrored swaps left and right.
func mirrored(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(b)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.Set(b.Max.X-1-x, y, img.At(x, y))
		}
	}
	return out
}

func shapesDefaults(s *session) {
	scene := s.server.Scene()
	s.step("arrows", func() { scene.AddArrows("/arrows", segments, arrowColors, nil) })
	s.step("arrows one color", func() { scene.AddArrows("/arrow1", segments, oneColor, nil) })
	s.step("catmull rom", func() { scene.AddSplineCatmullRom("/curve", points, nil) })
	s.step("bezier", func() { scene.AddSplineCubicBezier("/bezier", points, controls, nil) })
	s.step("axes", func() { scene.AddBatchedAxes("/axes", wxyzs, places, nil) })
	s.step("image rgb", func() { scene.AddImage("/image", imageRGB(), 4, 2, nil) })
	s.step("image rgba", func() { scene.AddImage("/image2", imageRGBA(), 4, 2, nil) })
	s.step("background", func() { scene.SetBackgroundImage(imageRGB(), nil) })
	s.joinLate("late")
}

func shapesOptions(s *session) {
	scene := s.server.Scene()
	s.step("arrows", func() {
		scene.AddArrows("/arrows", segments, arrowColors, &viser.ArrowsOptions{
			WXYZ: turn, Position: place, Hidden: true, ShaftRadius: 0.25, HeadRadius: 0.5, HeadLength: 0.75, Scale: stretched,
		})
	})
	for _, curve := range []viser.CurveType{viser.CurveCentripetal, viser.CurveChordal, viser.CurveCatmullRom} {
		s.step("curve "+string(curve), func() {
			scene.AddSplineCatmullRom("/curve_"+string(curve), points, &viser.CatmullRomSplineOptions{
				WXYZ: turn, Position: place, Hidden: true, Thickness: 3, ThicknessUnits: viser.ScreenUnits, Color: someColor, Segments: 7, Scale: stretched, CurveType: curve, Tension: new(0.25), Closed: true,
			})
		})
	}
	s.step("curve loose", func() {
		scene.AddSplineCatmullRom("/loose", points, &viser.CatmullRomSplineOptions{Tension: new(0.0)})
	})
	s.step("one point", func() { scene.AddSplineCatmullRom("/point", points[:1], nil) })
	s.step("bezier", func() {
		scene.AddSplineCubicBezier("/bezier", points, controls, &viser.CubicBezierSplineOptions{
			WXYZ: turn, Position: place, Hidden: true, Thickness: 3, ThicknessUnits: viser.ScreenUnits, Color: someColor, Segments: 7, Scale: stretched,
		})
	})
	s.step("axes", func() {
		scene.AddBatchedAxes("/axes", wxyzs, places, &viser.BatchedAxesOptions{
			WXYZ: turn, Position: place, Hidden: true, Scales: oneEach.Scales, AxesLength: 2, AxesRadius: 0.25, Scale: stretched,
		})
	})
	s.step("axes three each", func() {
		scene.AddBatchedAxes("/axes3", wxyzs, places, &viser.BatchedAxesOptions{AxisScales: threeEach.AxisScales})
	})
	s.step("image", func() {
		scene.AddImage("/image", imageRGB(), 4, 2, &viser.ImageOptions{
			WXYZ: turn, Position: place, Hidden: true, NoCastShadow: true, NoReceiveShadow: true, Format: viser.PNG, Scale: stretched,
		})
	})
	s.step("image jpeg", func() {
		scene.AddImage("/image2", imageRGB(), 4, 2, &viser.ImageOptions{
			ShadowOpacity: new(0.5), Format: viser.JPEG, JPEGQuality: 95,
		})
	})
	s.step("background", func() { scene.SetBackgroundImage(imageRGB(), withDepth) })
	s.joinLate("late")
}

func shapesSetters(s *session) {
	settersOfArrows(s)
	settersOfSplines(s)
	settersOfBatchedAxes(s)
	settersOfImage(s)
	scene := s.server.Scene()
	s.step("background", func() { scene.SetBackgroundImage(imageRGBA(), nil) })
	s.step("background depth only", func() {
		scene.SetBackgroundImage(nil, &viser.BackgroundImageOptions{Depth: withDepth.Depth})
	})
	s.step("background none", func() { scene.SetBackgroundImage(nil, nil) })
	s.step("background none jpeg", func() {
		scene.SetBackgroundImage(nil, &viser.BackgroundImageOptions{Format: viser.JPEG})
	})
	s.step("background again", func() { scene.SetBackgroundImage(imageRGB(), nil) })
	s.joinLate("late")
	s.step("reset", scene.Reset)
	s.joinLate("late after reset")
}

func settersOfArrows(s *session) {
	h := added(s, "arrows", func() *viser.Arrows {
		return s.server.Scene().AddArrows("/arrows", segments, arrowColors, nil)
	})
	s.set("arrows.colors", func() { h.SetColors(reversed(arrowColors)) })
	s.set("arrows.shaft_radius", func() { h.SetShaftRadius(0.25) })
	s.set("arrows.head_radius", func() { h.SetHeadRadius(0.5) })
	s.set("arrows.head_length", func() { h.SetHeadLength(0.75) })
	s.set("arrows.scale", func() { h.SetScale(stretched) })
	s.set("arrows.points and colors", func() { h.SetPoints(timesSegments(segments, 2), arrowColors) })
}

// A spline has the methods that both kinds have in common.
type spline interface {
	SetThickness(float64)
	SetColor(color.Color)
	SetSegments(int)
	SetScale(viser.Vec3)
	SetThicknessUnits(viser.ThicknessUnits)
}

func setSpline(s *session, name string, h spline) {
	s.set(name+".thickness", func() { h.SetThickness(3) })
	s.set(name+".color", func() { h.SetColor(*someColor) })
	s.set(name+".segments", func() { h.SetSegments(7) })
	s.set(name+".scale", func() { h.SetScale(stretched) })
	s.set(name+".thickness_units", func() { h.SetThicknessUnits(viser.ScreenUnits) })
}

func settersOfSplines(s *session) {
	scene := s.server.Scene()
	curve := added(s, "curve", func() *viser.CatmullRomSpline { return scene.AddSplineCatmullRom("/curve", points, nil) })
	s.set("curve.points", func() { curve.SetPoints(times(points, 2)) })
	s.set("curve.curve_type", func() { curve.SetCurveType(viser.CurveChordal) })
	s.set("curve.tension", func() { curve.SetTension(0.25) })
	s.set("curve.closed", func() { curve.SetClosed(true) })
	setSpline(s, "curve", curve)
	s.step("curve.segments none", func() { curve.SetSegments(0) })
	bezier := added(s, "bezier", func() *viser.CubicBezierSpline {
		return scene.AddSplineCubicBezier("/bezier", points, controls, nil)
	})
	setSpline(s, "bezier", bezier)
	s.set("bezier.points", func() { bezier.SetPoints(times(points, 2), times(controls, 2)) })
	s.step("bezier.segments none", func() { bezier.SetSegments(0) })
}

func settersOfBatchedAxes(s *session) {
	h := added(s, "axes", func() *viser.BatchedAxes { return s.server.Scene().AddBatchedAxes("/axes", wxyzs, places, nil) })
	s.set("axes.batched_wxyzs", func() { h.SetPoses(reversed(wxyzs), nil) })
	s.set("axes.batched_positions", func() { h.SetPoses(nil, times(places, 2)) })
	s.set("axes.batched_scales", func() { h.SetScales(oneEach) })
	s.set("axes.axes_length", func() { h.SetAxesLength(2) })
	s.set("axes.axes_radius", func() { h.SetAxesRadius(0.25) })
	s.set("axes.scale", func() { h.SetScale(stretched) })
	s.set("axes all", func() { h.SetInstances(wxyzs, places, threeEach) })
	s.step("axes.batched_scales none", func() { h.SetScales(viser.InstanceScales{}) })
}

func settersOfImage(s *session) {
	h := added(s, "image", func() *viser.Image { return s.server.Scene().AddImage("/image", imageRGB(), 4, 2, nil) })
	s.set("image.render_width", func() { h.SetRenderWidth(3) })
	s.set("image.render_height", func() { h.SetRenderHeight(1.5) })
	s.set("image.cast_shadow", func() { h.SetCastShadow(false) })
	s.set("image.receive_shadow", func() { h.SetShadowOpacity(0.25) })
	s.set("image.scale", func() { h.SetScale(stretched) })
	s.step("image.image rgba", func() { h.SetImage(imageRGBA()) })
	s.step("image.image rgb", func() { h.SetImage(imageRGB()) })
	s.set("image.format", func() { h.SetFormat(viser.PNG) })
	s.step("image.image png", func() { h.SetImage(mirrored(imageRGB())) })
}

func shapesClicks(s *session) {
	scene := s.server.Scene()
	ignore := func(context.Context, viser.ClickEvent) {}
	axes := added(s, "axes", func() *viser.BatchedAxes { return scene.AddBatchedAxes("/axes", wxyzs, places, nil) })
	img := added(s, "image", func() *viser.Image { return scene.AddImage("/image", imageRGB(), 4, 2, nil) })
	var axesOff, imageOff func()
	s.step("axes on", func() { axesOff = axes.OnClick(ignore) })
	s.step("image on", func() { imageOff = img.OnClick(ignore, viser.Shift) })
	s.joinLate("late")
	s.step("axes off", func() { axesOff() })
	s.step("image off", func() { imageOff() })
}
