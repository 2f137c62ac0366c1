package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"time"

	"github.com/viser-go/viser"
)

func init() { scenarios["imageView"] = imageViewScenario }

// imageViewScenario has a picture with everything that can be found in it, a depth image, and a stream that a node, a
// frustum and an element show.
func imageViewScenario(s *stage) {
	g := s.GUI()
	view := g.AddImageView(testPicture(80, 60), &viser.ImageViewOptions{Label: "Street", Format: viser.PNG})
	view.SetBoxes([]viser.ImageBox{
		{X: 10, Y: 20, Width: 30, Height: 20, Label: "car", Score: 0.92, Color: viser.RGB{255, 80, 0}},
		{X: 500, Y: -900, Width: 30, Height: 20, Label: "beyond"},
	})
	view.SetClasses([]viser.ImageClass{{ID: 1, Name: "road", Color: viser.RGB{128, 64, 128}}, {ID: 2, Name: "sky"}})
	ids := make([]uint16, 8*6)
	for i := range ids {
		ids[i] = uint16([]int{2, 2, 0, 1, 1, 60_000}[i/8])
	}
	view.SetSegmentation(8, 6, ids)
	view.SetKeypoints([]viser.ImageKeypoints{{
		Points: []viser.Vec2{{60, 10}, {60, 25}, {52, 40}, {68, 40}, {math.NaN(), 0}},
		Edges:  [][2]int{{0, 1}, {1, 2}, {1, 3}, {1, 4}}, Label: "walker", Color: viser.RGB{0, 200, 120},
	}})
	view.OnClick(func(_ context.Context, e viser.ImageClickEvent) { s.event("pixel %d %d", e.X, e.Y) })

	depths := make([]uint16, 16*12)
	for i := range depths {
		depths[i] = uint16(500 + 100*(i%16))
	}
	depths[0] = 0
	depth := g.AddImageView(nil, &viser.ImageViewOptions{Label: "Depth", Scale: 0.001, Unit: "m"})
	depth.SetDepth16(16, 12, depths)
	depth.OnClick(func(_ context.Context, e viser.ImageClickEvent) { s.event("depth %.1f", e.Value) })

	stream := viser.NewImageStream(nil)
	streamed := g.AddImageView(nil, &viser.ImageViewOptions{Label: "Stream", Stream: stream, Height: 100})
	g.AddImage(nil, &viser.GUIImageOptions{Label: "Small", Stream: stream})
	s.Scene().AddImage("/picture", nil, 2, 1.5, &viser.ImageOptions{Stream: stream})
	s.Scene().AddCameraFrustum("/camera", 1, 4.0/3, &viser.CameraFrustumOptions{Stream: stream})

	s.do("shade", func(v string) { stream.SetImage(uniform(40, 30, v)) })
	s.do("larger", func(v string) { stream.SetImage(uniform(64, 48, v)) })
	s.do("broken", func(string) {
		var b bytes.Buffer
		if err := png.Encode(&b, uniform(40, 30, "0")); err != nil {
			s.event("%v", err)
			return
		}
		// It ends behind its size.
		if err := stream.SetEncoded(b.Bytes()[:40]); err != nil {
			s.event("%v", err)
		}
	})
	s.do("large", func(string) { stream.SetPixels(9000, 9000, viser.PixelsGray, make([]byte, 9000*9000)) })
	s.do("run", func(v string) {
		n, _ := strconv.Atoi(v)
		go func() {
			pix := make([]byte, 1920*1080*3)
			for i := range n {
				for k := range pix {
					pix[k] = byte(i + k/5760)
				}
				stream.SetPixels(1920, 1080, viser.PixelsRGB, pix)
				time.Sleep(time.Second / 30)
			}
			s.event("ran %d", stream.Stats().Sent)
		}()
	})
	s.do("remove", func(string) { streamed.Remove() })
	s.do("panel", func(string) {
		p := g.AddPanel(nil)
		p.AddTab("Wide", nil).AddImageView(testPicture(80, 60), &viser.ImageViewOptions{Label: "Filled", Fill: true})
		p.DockLeft()
	})
}

// testPicture has another color in each pixel.
func testPicture(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, color.RGBA{uint8(3 * x), uint8(4 * y), 100, 255})
		}
	}
	return img
}

func uniform(width, height int, shade string) image.Image {
	v, _ := strconv.Atoi(shade)
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = uint8(v)
	}
	return img
}
