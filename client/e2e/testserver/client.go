package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/viser-go/viser"
)

// clientScenario has what a client handle can do, over a scene of one red box that fills the middle.
func clientScenario(s *stage) {
	s.InitialCamera().SetPosition(viser.Vec3{0, -4, 0})
	s.InitialCamera().SetLookAt(viser.Vec3{})
	s.Scene().AddBox("/box", &viser.BoxOptions{Dimensions: viser.Uniform(1.5)})
	var note *viser.Notification
	s.forClient("notify", func(c *viser.Client, title string) (string, error) {
		note = c.Notify(title, "the body", &viser.NotificationOptions{Loading: true, NoCloseButton: true, Color: viser.NamedColor(viser.Teal)})
		return "", nil
	})
	s.do("title", func(v string) { note.SetTitle(v) })
	s.do("body", func(v string) { note.SetBody(v) })
	s.do("loading", func(v string) { note.SetLoading(v == "true") })
	s.do("close-button", func(v string) { note.SetWithCloseButton(v == "true") })
	s.do("color", func(v string) {
		if v == "rgb" {
			note.SetColor(viser.ColorRGB(250, 0, 250))
			return
		}
		note.SetColor(viser.NamedColor(viser.ColorName(v)))
	})
	s.do("auto-close", func(v string) {
		d, _ := time.ParseDuration(v)
		note.SetAutoClose(d)
	})
	s.do("remove-note", func(string) { note.Remove() })
	s.forClient("download", download)
	s.do("download-all", func(string) { s.SendFileDownload("all.txt", []byte("for everybody"), nil) })
	s.forClient("render", render)
	s.forClient("render-many", renderMany)
	s.forClient("camera", cameraIs)
	s.forClient("set-camera", setCamera)
	s.forClient("atomic", func(c *viser.Client, args string) (string, error) {
		n, err := strconv.Atoi(args)
		c.Atomic(func() {
			for i := range n {
				s.Scene().AddFrame(fmt.Sprint("/shared/", i), &viser.FrameOptions{NoAxes: true})
				c.Scene().AddFrame(fmt.Sprint("/own/", i), &viser.FrameOptions{NoAxes: true})
				if i%100 == 0 {
					s.Flush() // what would break the block
					c.Flush()
				}
			}
		})
		return "", err
	})
	s.forClient("cover", func(c *viser.Client, _ string) (string, error) { // a box of its own in the place of the shared one
		c.Scene().AddBox("/box", &viser.BoxOptions{Dimensions: viser.Uniform(1.5), SurfaceOptions: viser.SurfaceOptions{Color: &viser.RGB{0, 0, 255}}})
		return "", nil
	})
	s.forClient("uncover", func(c *viser.Client, _ string) (string, error) {
		c.Scene().RemoveByName("/box")
		return "", nil
	})
	s.forClient("own-gui", func(c *viser.Client, label string) (string, error) {
		c.GUI().AddButton(label, nil).OnClick(func(_ context.Context, e viser.ButtonEvent) { s.event("own button %d", e.Client.ID()) })
		return "", nil
	})
	s.forClient("watch-camera", func(c *viser.Client, _ string) (string, error) {
		c.Camera().OnUpdate(func(_ context.Context, cam *viser.Camera) {
			p := cam.Position()
			s.event("camera %.2f %.2f %.2f", p[0], p[1], p[2])
		})
		return "", nil
	})
}

// download takes NAME SIZE [save] and sends bytes that count up.
func download(c *viser.Client, args string) (string, error) {
	f := strings.Fields(args)
	size, err := strconv.ParseInt(f[1], 10, 64)
	if err != nil {
		return "", err
	}
	opts := &viser.DownloadOptions{SaveImmediately: len(f) > 2}
	if size < 1<<20 {
		b, err := io.ReadAll(io.LimitReader(&counting{}, size))
		c.SendFileDownload(f[0], b, opts)
		return "", err
	}
	return "", c.SendFileDownloadFrom(f[0], &counting{}, size, opts)
}

// counting is a reader of 0, 1, 2 … 250, 0 …: no power of two, so that a lost or doubled part is seen.
type counting struct{ n int }

func (r *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r.n % 251)
		r.n++
	}
	return len(p), nil
}

// render takes WIDTH HEIGHT jpeg|png [away] and says what the picture is like.
func render(c *viser.Client, args string) (string, error) {
	f := strings.Fields(args)
	w, _ := strconv.Atoi(f[0])
	h, _ := strconv.Atoi(f[1])
	opts := &viser.RenderOptions{Format: viser.ImageFormat(f[2])}
	if len(f) > 3 { // turned around: the box is behind
		q := c.Camera().WXYZ().Mul(viser.AxisAngle(viser.Vec3{0, 1, 0}, 3.14159))
		opts.WXYZ = &q
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	img, err := c.Render(ctx, w, h, opts)
	if err != nil {
		return "", err
	}
	return describe(img), nil
}

// describe gives size, middle pixel and corner pixel.
func describe(img image.Image) string {
	b := img.Bounds()
	px := func(x, y int) string {
		c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
		return fmt.Sprintf("%d,%d,%d,%d", c.R, c.G, c.B, c.A)
	}
	return fmt.Sprintf("%dx%d %s %s", b.Dx(), b.Dy(), px(b.Dx()/2, b.Dy()/2), px(2, 2))
}

// renderMany asks for pictures of different sizes at once.
func renderMany(c *viser.Client, args string) (string, error) {
	n, err := strconv.Atoi(args)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	errs := make(chan error, n)
	for i := range n {
		go func() {
			img, err := c.Render(ctx, 32+i, 24, nil)
			if err == nil && img.Bounds().Dx() != 32+i {
				err = fmt.Errorf("asked for a width of %d, got %d", 32+i, img.Bounds().Dx())
			}
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			return "", err
		}
	}
	return fmt.Sprint(n), nil
}

func cameraIs(c *viser.Client, _ string) (string, error) {
	cam := c.Camera()
	p, l := cam.Position(), cam.LookAt()
	return fmt.Sprintf("%.3f %.3f %.3f  %.3f %.3f %.3f  %.3f  %dx%d", p[0], p[1], p[2], l[0], l[1], l[2], cam.FOV(), cam.ImageWidth(), cam.ImageHeight()), nil
}

// setCamera takes a property and numbers.
func setCamera(c *viser.Client, args string) (string, error) {
	f := strings.Fields(args)
	var xs [4]float64
	for i, s := range f[1:] {
		xs[i], _ = strconv.ParseFloat(s, 64)
	}
	v := viser.Vec3(xs[:3])
	cam := c.Camera()
	switch f[0] {
	case "position":
		return "", cam.SetPosition(v)
	case "look-at":
		return "", cam.SetLookAt(v)
	case "up":
		return "", cam.SetUpDirection(v)
	case "wxyz":
		return "", cam.SetWXYZ(viser.Quat{W: xs[0], X: xs[1], Y: xs[2], Z: xs[3]})
	case "fov":
		return "", cam.SetFOV(xs[0])
	case "max":
		return "", cam.SetMaxOrbitDistance(xs[0])
	case "near":
		return "", cam.SetNear(xs[0])
	}
	return "", fmt.Errorf("there is no property %q", f[0])
}
