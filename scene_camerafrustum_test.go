package viser_test

import (
	"image"
	"strings"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

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
