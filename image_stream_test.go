package viser_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// grayOf is a picture of one shade of gray.
func grayOf(width, height int, shade uint8) *image.Gray {
	return &image.Gray{Pix: bytes.Repeat([]byte{shade}, width*height), Stride: width, Rect: image.Rect(0, 0, width, height)}
}

// shadeOf is the shade of such a picture, as it is sent.
func shadeOf(t *testing.T, data []byte) (shade uint8, size image.Point) {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return color.GrayModel.Convert(img.At(0, 0)).(color.Gray).Y, img.Bounds().Size()
}

// updated is the newest value of a property of a node.
func updated(p *page, name, key string) any {
	var v any
	for _, m := range all[*wire.SceneNodeUpdateMessage](p) {
		for _, u := range m.Updates {
			if m.Name == name && u.Key == key {
				v = u.Value
			}
		}
	}
	return v
}

// TestImageStream: one stream is shown by a node, a frustum and an element, each picture in all of them, and by what is
// attached later.
func TestImageStream(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		stream := viser.NewImageStream(&viser.ImageStreamOptions{Format: viser.PNG})
		stream.SetImage(grayOf(2, 2, 7)) // before anything shows it
		img := s.Scene().AddImage("/image", nil, 1, 1, &viser.ImageOptions{Stream: stream})
		frustum := s.Scene().AddCameraFrustum("/camera", 1, 1, &viser.CameraFrustumOptions{Stream: stream})
		p.catchUp()
		if got := img.Image(); got.Bounds().Dx() != 2 || color.GrayModel.Convert(got.At(0, 0)) != (color.Gray{Y: 7}) {
			t.Errorf("the picture that was set before: %v", got.At(0, 0))
		}
		pix := bytes.Repeat([]byte{1, 2, 90}, 12)
		stream.SetPixels(4, 3, viser.PixelsBGR, pix)
		clear(pix) // it was copied
		synctest.Wait()
		element := s.GUI().AddImage(nil, &viser.GUIImageOptions{Stream: stream})
		own := c.Scene().AddImage("/own", grayOf(1, 1, 1), 1, 1, nil)
		own.SetStream(stream)
		p.catchUp()
		for name, got := range map[string]image.Image{"image": img.Image(), "frustum": frustum.Image(), "element": element.Image(), "own": own.Image()} {
			if r, g, b, _ := got.At(3, 2).RGBA(); got.Bounds().Size() != image.Pt(4, 3) || r>>8 != 90 || g>>8 != 2 || b>>8 != 1 {
				t.Errorf("%s: %v %v", name, got.Bounds(), got.At(3, 2))
			}
		}
		if format := updated(p, "/camera", "_format"); format != nil {
			t.Errorf("the format was sent again: %v", format)
		}

		img.SetFormat(viser.JPEG)
		frustum.SetFormat(viser.JPEG)
		element.SetFormat(viser.JPEG)
		if frustum.Format() != viser.PNG || element.Image() == nil {
			t.Error("a picture of the stream was encoded again")
		}
		frustum.SetImage(nil)
		img.SetStream(nil)
		element.SetImage(grayOf(1, 1, 200))
		own.Remove()
		stream.SetImage(grayOf(2, 2, 9))
		synctest.Wait()
		if frustum.Image() != nil || img.Image().Bounds().Dx() != 4 || element.Image().Bounds().Dx() != 1 {
			t.Error("what does not show the stream any more has changed")
		}
		if st := stream.Stats(); st.Sent != 3 || st.Set != 3 {
			t.Errorf("%+v", st)
		}
		stream.SetImage(grayOf(2, 2, 10)) // shown by nothing
		synctest.Wait()
		if st := stream.Stats(); st.Sent != 3 {
			t.Errorf("a picture was encoded for nothing: %+v", st)
		}
	})
}

// TestStreamedImages: each kind of picture, also as it changes its size and kind.
func TestStreamedImages(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		stream := viser.NewImageStream(nil)
		n := s.Scene().AddImage("/i", nil, 1, 1, &viser.ImageOptions{Stream: stream})
		p.catchUp()
		file := pngFile(t)
		half := image.NewNRGBA(image.Rect(5, 5, 8, 9))
		for _, step := range []struct {
			set    func()
			size   image.Point
			format string
		}{
			{func() { stream.SetImage(grayOf(20, 10, 3)) }, image.Pt(20, 10), "jpeg"},
			{func() { stream.SetImage(half) }, image.Pt(3, 4), "png"},
			{func() { stream.SetImage(image.NewRGBA(image.Rect(0, 0, 4, 2))) }, image.Pt(4, 2), "png"},
			{func() { stream.SetImage(image.NewYCbCr(image.Rect(1, 1, 6, 4), image.YCbCrSubsampleRatio420)) }, image.Pt(5, 3), "jpeg"},
			{func() { stream.SetImage(image.NewCMYK(image.Rect(0, 0, 7, 3))) }, image.Pt(7, 3), "jpeg"},
			{func() { stream.SetPixels(2, 2, viser.PixelsRGBA, make([]byte, 16)) }, image.Pt(2, 2), "png"},
			{func() { stream.SetPixels(600, 400, viser.PixelsRGB, make([]byte, 720_000)) }, image.Pt(600, 400), "jpeg"},
			{func() { stream.SetPixels(3, 1, viser.PixelsGray, make([]byte, 3)) }, image.Pt(3, 1), "jpeg"},
			{func() { stream.SetDepth(2, 1, []float32{1, 2}) }, image.Pt(2, 1), "jpeg"},
			{func() { stream.SetDepth16(1, 2, []uint16{0, 2}) }, image.Pt(1, 2), "jpeg"},
			{func() {
				if err := stream.SetEncoded(file); err != nil {
					t.Error(err)
				}
			}, image.Pt(2, 1), "png"},
		} {
			step.set()
			p.catchUp()
			data, _ := updated(p, "/i", "_data").([]byte)
			if _, size := shadeOf(t, data); size != step.size {
				t.Errorf("%v, want %v", size, step.size)
			}
			if format := updated(p, "/i", "_format"); format != nil && format != step.format {
				t.Errorf("%v: %v, want %v", step.size, format, step.format)
			}
		}
		if got := updated(p, "/i", "_data"); !bytes.Equal(got.([]byte), file) {
			t.Error("the file was encoded again")
		}
		for _, bad := range [][]byte{nil, []byte("GIF89a"), file[:10], claimedSize(file, 1<<16, 1<<16)} {
			if err := stream.SetEncoded(bad); err == nil {
				t.Errorf("%d bytes: no error", len(bad))
			}
		}
		if err := stream.SetEncoded(file[:len(file)-20]); err != nil { // damaged behind its header
			t.Error(err)
		}
		p.catchUp()
		if n.Image() != nil {
			t.Error("a damaged file was decoded")
		}
		misused(t, "nil", func() { stream.SetImage(nil) })
		misused(t, "empty", func() { stream.SetImage(image.NewGray(image.Rectangle{})) })
		misused(t, "length", func() { stream.SetPixels(2, 2, viser.PixelsRGB, make([]byte, 11)) })
		misused(t, "no size", func() { stream.SetPixels(0, 2, viser.PixelsRGB, nil) })
		misused(t, "negative", func() { stream.SetPixels(-2, -2, viser.PixelsGray, make([]byte, 4)) })
		misused(t, "large", func() { stream.SetPixels(1<<16, 1, viser.PixelsGray, make([]byte, 1<<16)) })
		misused(t, "layout", func() { stream.SetPixels(1, 1, 9, make([]byte, 3)) })
		misused(t, "depths", func() { stream.SetDepth(2, 2, make([]float32, 3)) })
		misused(t, "depths", func() { stream.SetDepth16(2, 2, make([]uint16, 5)) })
		misused(t, "quality", func() { viser.NewImageStream(&viser.ImageStreamOptions{JPEGQuality: -1}) })
		misused(t, "format", func() { viser.NewImageStream(&viser.ImageStreamOptions{Format: "gif"}) })
		misused(t, "range", func() { viser.NewImageStream(&viser.ImageStreamOptions{Range: &[2]float64{2, 1}}) })
		misused(t, "nothing to show", func() { s.Scene().AddImage("/n", nil, 1, 1, nil) })
		misused(t, "nothing to show", func() { s.GUI().AddImage(nil, nil) })
	})
}

// claimedSize is a PNG that claims another size; its checksum is not looked at before the size.
func claimedSize(b []byte, width, height uint32) []byte {
	b = bytes.Clone(b)
	for i, v := range []uint32{width, height} {
		b[16+4*i], b[17+4*i], b[18+4*i], b[19+4*i] = byte(v>>24), byte(v>>16), byte(v>>8), byte(v)
	}
	return b
}

// TestStreamsDropWhatNobodyCanTake: a program that is faster than the encoder never waits, and a client that stands still
// receives only the newest picture.
func TestStreamsDropWhatNobodyCanTake(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, _ := connect(t, s)
		stream := viser.NewImageStream(&viser.ImageStreamOptions{Format: viser.PNG})
		s.Scene().AddImage("/i", nil, 1, 1, &viser.ImageOptions{Stream: stream})
		p.catchUp()
		const side, rounds = 64, 200
		noise := make([]byte, side*side)
		for i := range noise {
			noise[i] = byte(rand.Uint32())
		}
		before := p.bytes
		for i := range rounds { // the page reads nothing meanwhile
			noise[0] = byte(i)
			stream.SetPixels(side, side, viser.PixelsGray, noise)
			if i%3 == 0 {
				synctest.Wait()
				s.Flush()
			}
		}
		synctest.Wait()
		st := stream.Stats()
		if st.Set != rounds || st.Dropped == 0 || st.Sent+st.Dropped != rounds {
			t.Errorf("%+v", st)
		}
		frames := len(p.frames)
		p.catchUp()
		data := updated(p, "/i", "_data").([]byte)
		if got, _ := shadeOf(t, data); got != rounds-1 {
			t.Errorf("the page shows picture %d of %d", got, rounds)
		}
		// Windows that were published before it stood still may be on their way.
		if n := p.bytes - before; n > 6*len(data) {
			t.Errorf("%d bytes in %d frames were kept for a page that stood still; a picture has %d", n, len(p.frames)-frames, len(data))
		}
	})
}

// TestStreamsEndAnytime: a stream that is closed, things that are removed and a client that leaves, while others set and
// attach.
func TestStreamsEndAnytime(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		stream := viser.NewImageStream(nil)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for k := range 100 {
					switch {
					case i == 0:
						stream.SetImage(grayOf(1+k%3, 2, uint8(k)))
					case i == 1:
						stream.SetDepth16(1, 1, []uint16{uint16(k)})
					case i == 2:
						n := s.Scene().AddImage("/n", nil, 1, 1, &viser.ImageOptions{Stream: stream})
						if k%2 == 0 {
							n.Remove()
						}
					case k == 60:
						p.CloseAs(1001, true)
					case k == 80:
						stream.Close()
					default:
						c.GUI().AddImage(nil, &viser.GUIImageOptions{Stream: stream}).SetStream(stream)
					}
				}
			})
		}
		wg.Wait()
		stream.Close()
		before := stream.Stats()
		stream.SetImage(grayOf(1, 1, 1))
		if err := stream.SetEncoded(pngFile(t)); err != nil {
			t.Error(err)
		}
		if after := stream.Stats(); after.Set != before.Set {
			t.Error("a closed stream took a picture")
		}
	})
}

// BenchmarkImageStream1080p sets a picture of 1920 x 1080 and reads the frame that a client receives. Windows limit it to
// 60 a second; "call-ns" is what the program waits.
func BenchmarkImageStream1080p(b *testing.B) {
	pix := make([]byte, 1920*1080*3)
	for i := range pix {
		pix[i] = byte(i/5760/4 + i%5760/23)
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, &image.Gray{Pix: pix, Stride: 1920, Rect: image.Rect(0, 0, 1920, 1080)}, nil); err != nil {
		b.Fatal(err)
	}
	for name, set := range map[string]func(s *viser.ImageStream){
		"raw RGB": func(s *viser.ImageStream) { s.SetPixels(1920, 1080, viser.PixelsRGB, pix) },
		"JPEG": func(s *viser.ImageStream) {
			if err := s.SetEncoded(file.Bytes()); err != nil {
				b.Fatal(err)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			server, _ := benchScene(b, 0)
			page := joinBenchPage(b, server, true)
			page.replay()
			stream := viser.NewImageStream(nil)
			server.Scene().AddImage("/i", nil, 1, 1, &viser.ImageOptions{Stream: stream})
			page.next()
			var called time.Duration
			b.ReportAllocs()
			for b.Loop() {
				began := time.Now()
				set(stream)
				called += time.Since(began)
				page.next()
			}
			b.ReportMetric(float64(called.Nanoseconds())/float64(b.N), "call-ns")
		})
	}
}
