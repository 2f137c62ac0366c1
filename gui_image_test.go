package viser_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

func TestImageOfTheGUI(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		red := image.NewNRGBA(image.Rect(0, 0, 2, 2))
		red.Set(0, 0, color.NRGBA{255, 0, 0, 128})
		h := s.GUI().AddImage(red, &viser.GUIImageOptions{Label: "red"})
		p.catchUp()
		m := last[*wire.GuiImageMessage](p)
		if m.Props.Format != "png" || *m.Props.Label != "red" {
			t.Errorf("%+v", m.Props)
		}
		if got, err := png.Decode(bytes.NewReader(m.Props.Data)); err != nil || got.At(0, 0) != red.At(0, 0) {
			t.Errorf("%v %v", got, err)
		}
		h.SetImage(image.NewGray(image.Rect(0, 0, 3, 1))) // opaque
		p.catchUp()
		u := last[*wire.GuiUpdateMessage](p)
		if len(u.Updates) != 2 || u.Updates[0].Value != "jpeg" || h.Format() != viser.AutoFormat || h.Image().Bounds().Dx() != 3 {
			t.Errorf("%+v", u)
		}
		h.SetLabel("")
		h.SetFormat(viser.PNG)
		misused(t, "nil", func() { s.GUI().AddImage(nil, nil) })
		misused(t, "empty", func() { h.SetImage(image.NewGray(image.Rect(0, 0, 0, 9))) })
		misused(t, "format", func() { h.SetFormat("bmp") })
		misused(t, "quality", func() { s.GUI().AddImage(red, &viser.GUIImageOptions{JPEGQuality: 101, Format: viser.JPEG}) })
	})
}

func pngFile(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 1))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
