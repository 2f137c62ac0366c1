package viser_test

import (
	"image"
	"image/color"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestImageNode(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		opaque, clear := image.NewGray(image.Rect(0, 0, 4, 4)), image.NewNRGBA(image.Rect(0, 0, 6, 4))
		n := s.Scene().AddImage("/i", opaque, 2, 1, nil)
		opaque.Set(0, 0, color.White)
		if r, _, _, _ := n.Image().At(0, 0).RGBA(); r != 0 {
			t.Error("the image is not a copy")
		}
		p.catchUp()
		if m := last[*wire.ImageMessage](p); m.Props.Format != "jpeg" || n.Format() != viser.AutoFormat {
			t.Errorf("format %q", m.Props.Format)
		}
		n.SetImage(clear)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 2 || n.Image().Bounds().Dx() != 6 || n.RenderWidth() != 2 {
			t.Errorf("%d updates", len(m.Updates))
		}
		n.SetFormat(viser.PNG) // the previous result
		n.SetImage(opaque)
		p.catchUp()
		if m := last[*wire.SceneNodeUpdateMessage](p); len(m.Updates) != 1 || n.Format() != viser.PNG {
			t.Errorf("the format that was chosen does not last: %+v", m.Updates)
		}
		misused(t, "no image", func() { n.SetImage(nil) })
		misused(t, "an empty image", func() { s.Scene().AddImage("/i", image.NewGray(image.Rectangle{}), 1, 1, nil) })
		misused(t, "no size", func() { s.Scene().AddImage("/i", opaque, 0, 1, nil) })
		misused(t, "a format", func() { n.SetFormat("gif") })
		misused(t, "a quality", func() { s.Scene().AddImage("/i", opaque, 1, 1, &viser.ImageOptions{JPEGQuality: 101}) })
	})
}
