package viser_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/viser-go/viser"
	"github.com/viser-go/viser/internal/wire"
)

// picture encodes a picture of one color, as a page would.
func picture(t *testing.T, format string, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	var buf bytes.Buffer
	var err error
	if format == "image/png" {
		err = png.Encode(&buf, img)
	} else {
		err = jpeg.Encode(&buf, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestRender(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connectAs(t, s, true)
		type result struct {
			img image.Image
			err error
		}
		results := make([]chan result, 3)
		for i := range results {
			results[i] = make(chan result, 1)
			go func() {
				opts := &viser.RenderOptions{FOV: 0.5, Position: &viser.Vec3{1, 2, 3}}
				if i == 1 {
					opts = &viser.RenderOptions{Format: viser.PNG, AssetWait: -1}
				} else if i == 2 {
					opts = &viser.RenderOptions{FOV: 0.5, Pose: &viser.Pose{Rotation: viser.Quat{X: 1}, Translation: viser.Vec3{1, 2, 3}}, AssetWait: 2 * time.Second}
				}
				img, err := c.Render(t.Context(), 10+i, 20, opts)
				results[i] <- result{img, err}
			}()
		}
		synctest.Wait()
		p.catchUp()
		requests := all[*wire.GetRenderRequestMessage](p)
		if len(requests) != 3 {
			t.Fatalf("%d requests", len(requests))
		}
		for i := range requests { // answered in another order
			r := requests[len(requests)-1-i]
			wantFOV, wantPos, format := 0.5, [3]float64{1, 2, 3}, "image/jpeg"
			if r.Width == 11 {
				wantFOV, wantPos, format = 1, someCamera.Position, "image/png"
			}
			wantWXYZ := someCamera.WXYZ
			if r.Width == 12 {
				wantWXYZ = [4]float64{0, 1, 0, 0}
			}
			wantWait := map[int]int{10: 0, 11: -1, 12: 2000}[r.Width]
			if r.AssetWaitMS != wantWait || r.FOV != wantFOV || r.Position != wantPos || r.WXYZ != wantWXYZ || r.Format != format || r.Quality != 80 || r.Height != 20 {
				t.Errorf("%+v", r)
			}
			p.Receive(&wire.GetRenderResponseMessage{RenderUUID: r.RenderUUID, Payload: picture(t, r.Format, r.Width, r.Height)})
			p.Receive(&wire.GetRenderResponseMessage{RenderUUID: r.RenderUUID, Payload: []byte("twice")})
		}
		for i, ch := range results {
			r := <-ch
			if r.err != nil || r.img.Bounds().Dx() != 10+i {
				t.Errorf("picture %d: %v", i, r.err)
				continue
			}
			if _, _, _, a := r.img.At(0, 0).RGBA(); (a != 0xffff) != (i == 1) {
				t.Errorf("picture %d: alpha %x", i, a)
			}
		}
	})
}

func TestRenderFails(t *testing.T) {
	bubble(t, func(t *testing.T, s *viser.Server, _ *logBook) {
		p, c := connect(t, s)
		try := func(answer func(id string)) error {
			done := make(chan error, 1)
			go func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				_, err := c.Render(ctx, 8, 8, nil)
				done <- err
			}()
			synctest.Wait()
			p.catchUp()
			answer(last[*wire.GetRenderRequestMessage](p).RenderUUID)
			return <-done
		}
		say := func(payload []byte) func(string) {
			return func(id string) { p.Receive(&wire.GetRenderResponseMessage{RenderUUID: id, Payload: payload}) }
		}
		if err := try(say(nil)); !errors.Is(err, viser.ErrNoPicture) {
			t.Errorf("an empty answer: %v", err)
		}
		if err := try(say([]byte("no picture"))); err == nil {
			t.Error("garbage was taken for a picture")
		}
		if err := try(say(picture(t, "image/jpeg", 9, 8))); err == nil || !strings.Contains(err.Error(), "9x8") {
			t.Errorf("another size: %v", err)
		}
		if err := try(func(string) { p.Receive(&wire.GetRenderResponseMessage{RenderUUID: "of nobody"}) }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no answer: %v", err)
		}
		if err := try(func(string) { p.Leave() }); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that leaves: %v", err)
		}
		if _, err := c.Render(t.Context(), 8, 8, nil); !errors.Is(err, viser.ErrClientLeft) {
			t.Errorf("a client that has left: %v", err)
		}
		misused(t, "no width", func() { c.Render(t.Context(), 0, 8, nil) })
		misused(t, "too high", func() { c.Render(t.Context(), 8, 1<<20, nil) })
		misused(t, "field of view", func() { c.Render(t.Context(), 8, 8, &viser.RenderOptions{FOV: 4}) })
		misused(t, "asset wait", func() { c.Render(t.Context(), 8, 8, &viser.RenderOptions{AssetWait: 5}) })
		misused(t, "pose and position", func() {
			c.Render(t.Context(), 8, 8, &viser.RenderOptions{Pose: &viser.Pose{}, Position: &viser.Vec3{}})
		})
		misused(t, "pose", func() {
			c.Render(t.Context(), 8, 8, &viser.RenderOptions{Pose: &viser.Pose{Translation: viser.Vec3{math.NaN()}}})
		})
		misused(t, "orientation", func() { c.Render(t.Context(), 8, 8, &viser.RenderOptions{WXYZ: &viser.Quat{}}) })
	})
}
