package viser_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/internal/wire"
)

// guiUpdated is the newest value of a property of an element.
func guiUpdated(p *page, key string) any {
	var v any
	for _, m := range all[*wire.GuiUpdateMessage](p) {
		for _, u := range m.Updates {
			if u.Key == key {
				v = u.Value
			}
		}
	}
	return v
}

// TestImageView: pages of this library receive the picture with what was found in it, those of upstream viser the picture.
func TestImageView(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		ours, _ := connectAs(t, s, true)
		plain, _ := connect(t, s)
		view := s.GUI().AddImageView(grayOf(4, 3, 9), &viser.ImageViewOptions{Label: "Camera", Format: viser.PNG, Fill: true})
		ours.catchUp()
		plain.catchUp()
		if m := last[*wire.GuiImageViewMessage](ours).Props; m.PictureWidth != 4 || m.PictureHeight != 3 || *m.Label != "Camera" || m.Boxes != "[]" || !m.Fill {
			t.Errorf("%+v", m)
		}
		if m := last[*wire.GuiImageMessage](plain).Props; *m.Label != "Camera" || m.Format != "png" || !m.Visible {
			t.Errorf("%+v", m)
		} else if shade, _ := shadeOf(t, m.Data); shade != 9 {
			t.Errorf("shade %d", shade)
		}

		before := len(plain.seen)
		view.SetBoxes([]viser.ImageBox{{X: -1, Y: 2, Width: 90, Height: 1, Label: "car <b>", Score: 0.5, Color: viser.RGB{1, 2, 3}}})
		view.SetKeypoints([]viser.ImageKeypoints{{Points: []viser.Vec2{{1, 2}, {math.NaN(), 0}}, Edges: [][2]int{{0, 1}}}})
		view.SetClasses([]viser.ImageClass{{ID: 3, Name: "road"}, {ID: 4, Color: color.White}})
		view.SetSegmentation(2, 1, []uint16{3, 60_000})
		view.SetSegmentationOpacity(0.25)
		ours.catchUp()
		plain.catchUp()
		if len(plain.seen) != before {
			t.Errorf("upstream viser's page was sent %v", types(plain.seen[before:]))
		}
		for key, want := range map[string]string{
			"boxes":     `[{"box":[-1,2,90,1],"label":"car \u003cb\u003e","color":[1,2,3],"score":0.5}]`,
			"keypoints": `[{"points":[[1,2],null],"edges":[[0,1]]}]`,
			"classes":   `[{"id":3,"name":"road"},{"id":4,"color":[255,255,255]}]`,
		} {
			if got := guiUpdated(ours, key); got != want || !json.Valid([]byte(want)) {
				t.Errorf("%s: %v", key, got)
			}
		}
		if got := guiUpdated(ours, "_class_ids"); !bytes.Equal(got.([]byte), []byte{3, 0, 0x60, 0xea}) {
			t.Errorf("classes of pixels: %v", got)
		}
		if len(view.Boxes()) != 1 || len(view.Keypoints()) != 1 || len(view.Classes()) != 2 || view.SegmentationOpacity() != 0.25 {
			t.Error("the getters have something else")
		}
		view.ClearSegmentation()
		view.SetBoxes(nil)
		view.SetImage(nil)
		late, _ := connectAs(t, s, true)
		if m := last[*wire.GuiImageViewMessage](late).Props; m.ClassIDs != nil || m.Boxes != "[]" || m.Data != nil || view.Image() != nil {
			t.Errorf("%+v", m)
		}
	})
}

// TestDepthOfAnImageView: values are sent as they are, and to upstream viser's pages in colors, from a stream too.
func TestDepthOfAnImageView(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		ours, client := connectAs(t, s, true)
		plain, _ := connect(t, s)
		view := s.GUI().AddImageView(nil, &viser.ImageViewOptions{Scale: 0.001, Unit: "m", Range: &[2]float64{0, 2}, Colormap: colormap.Gray, Format: viser.PNG})
		clicks := record[viser.ImageClickEvent]{}
		view.OnClick(func(_ context.Context, e viser.ImageClickEvent) { clicks.add(e) })
		ours.catchUp()
		plain.catchUp()
		view.SetDepth16(2, 2, []uint16{0, 1000, 2000, 3000})
		ours.catchUp()
		plain.catchUp()
		m := last[*wire.GuiImageViewMessage](ours)
		if got := guiUpdated(ours, "_values"); !bytes.Equal(got.([]byte), []byte{0, 0, 0xe8, 3, 0xd0, 7, 0xb8, 0x0b}) || guiUpdated(ours, "_value_type") != "uint16" {
			t.Errorf("values %v", got)
		}
		img, _, err := image.Decode(bytes.NewReader(guiUpdated(plain, "_data").([]byte)))
		if err != nil {
			t.Fatal(err)
		}
		var shades []uint8
		for i := range 4 {
			shades = append(shades, color.GrayModel.Convert(img.At(i%2, i/2)).(color.Gray).Y)
		}
		if fmt.Sprint(shades) != "[0 128 255 255]" {
			t.Errorf("shades %v", shades)
		}

		click := func(value any) {
			ours.Receive(&wire.GuiUpdateMessage{UUID: m.UUID, Updates: wire.Updates{{Key: "value", Value: value}}})
			synctest.Wait()
		}
		click([]any{1.0, 0.0})
		click([]any{0.0, 0.0})
		for _, bad := range []any{nil, 3.0, []any{1.0}, []any{-1.0, 0.0}, []any{2.0, 0.0}, []any{0.5, 0.0}, []any{"a", 0.0}, []any{math.NaN(), 0.0}, []any{math.Inf(1), 1.0}} {
			click(bad)
		}
		stream := viser.NewImageStream(nil)
		view.SetStream(stream)
		stream.SetDepth(1, 1, []float32{5})
		synctest.Wait()
		ours.catchUp()
		if guiUpdated(ours, "_value_type") != "float32" || fmt.Sprint(guiUpdated(ours, "_width")) != "1" {
			t.Errorf("a stream's values: %v", guiUpdated(ours, "_width"))
		}
		click([]any{0.0, 0.0})
		stream.SetImage(grayOf(3, 3, 1))
		synctest.Wait()
		click([]any{2.0, 2.0})
		got := clicks.got()
		if len(got) != 4 || got[0].X != 1 || got[0].Y != 0 || got[0].Value != 1 || !math.IsNaN(got[1].Value) || got[2].Value != 0.005 ||
			!math.IsNaN(got[3].Value) || got[0].Client != client || got[0].Target != view {
			t.Errorf("%+v", got)
		}
	})
}

func TestImageViewMisuse(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		view := s.GUI().AddImageView(nil, nil)
		inf := math.Inf(1)
		for name, f := range map[string]func(){
			"height":            func() { s.GUI().AddImageView(nil, &viser.ImageViewOptions{Height: -1}) },
			"opacity":           func() { s.GUI().AddImageView(nil, &viser.ImageViewOptions{SegmentationOpacity: new(1.5)}) },
			"range":             func() { view.SetRange(&[2]float64{1, 0}) },
			"infinite range":    func() { view.SetRange(&[2]float64{0, inf}) },
			"scale":             func() { s.GUI().AddImageView(nil, &viser.ImageViewOptions{Scale: inf}) },
			"empty":             func() { view.SetImage(image.NewGray(image.Rectangle{})) },
			"box":               func() { view.SetBoxes([]viser.ImageBox{{X: math.NaN()}}) },
			"width of a box":    func() { view.SetBoxes([]viser.ImageBox{{Width: -1}}) },
			"line":              func() { view.SetKeypoints([]viser.ImageKeypoints{{Edges: [][2]int{{0, 1}}}}) },
			"classes":           func() { view.SetSegmentation(2, 2, make([]uint16, 3)) },
			"depths":            func() { view.SetDepth(2, 2, make([]float32, 3)) },
			"no width":          func() { view.SetDepth16(0, 2, nil) },
			"colormap":          func() { view.SetColormap(nil) },
			"opacity of pixels": func() { view.SetSegmentationOpacity(-0.1) },
		} {
			misused(t, name, f)
		}
	})
}

// TestColormapsOfThePage: the page has the colors of package colormap.
func TestColormapsOfThePage(t *testing.T) {
	source, err := os.ReadFile("client/src/shared/colormaps.ts")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(\w+):\s+"([0-9a-f]{102})"`).FindAllStringSubmatch(string(source), -1)
	have := map[string]string{}
	for _, f := range found {
		have[f[1]] = f[2]
	}
	for _, name := range colormap.Names() {
		m, _ := colormap.ByName(name)
		var want strings.Builder
		for i := range 17 {
			fmt.Fprintf(&want, "%x", m.At(float64(i)/16))
		}
		if have[name] != want.String() {
			t.Errorf("%s is %q; want %q", name, have[name], want.String())
		}
	}
}
