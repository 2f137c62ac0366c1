package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/viser-go/viser"
)

// A shot is a request of the command render. Unset fields are as the client sees it.
type shot struct {
	Width, Height int
	Format        string
	WXYZ          *viser.Quat
	Position      *viser.Vec3
	FOV           float64
	AssetWait     time.Duration
	// Compare is the path of a PNG of the page, of the same size, Clip the part of it that counts.
	Compare string
	Clip    image.Rectangle
}

func (s *stage) pictures() {
	s.forClient("render", withJSON(render))
	s.forClient("render-many", renderMany)
	// A picture that is never received: the test closes the page, or sets a deadline.
	var began sync.WaitGroup
	s.forClient("render-begin", func(c *viser.Client, limit string) (string, error) {
		d, err := time.ParseDuration(limit)
		began.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), d)
			defer cancel()
			_, err := c.Render(ctx, 4000, 4000, nil)
			s.event("render ended: %v", err)
		})
		return "", err
	})
	s.commands["render-wait"] = func(string) (string, error) { began.Wait(); return "", nil }
}

// look is the description of a picture for a test: its size, and pixels as R, G, B, A.
type look struct {
	Width, Height  int
	Middle, Corner [4]uint8
	// With Compare: how far the pixels are apart (largest channel) on average, and the share of those that are
	// more than 24 apart.
	Mean, Far float64
}

func render(c *viser.Client, o shot) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	img, err := c.Render(ctx, o.Width, o.Height, &viser.RenderOptions{
		Format: viser.ImageFormat(o.Format), WXYZ: o.WXYZ, Position: o.Position, FOV: o.FOV, AssetWait: o.AssetWait,
	})
	if err != nil {
		return "", err
	}
	b := img.Bounds()
	l := look{Width: b.Dx(), Height: b.Dy(), Middle: pixel(img, b.Dx()/2, b.Dy()/2), Corner: pixel(img, 2, 2)}
	if o.Compare != "" {
		l.Mean, l.Far, err = compare(img, o.Compare, o.Clip)
		if err != nil {
			return "", err
		}
	}
	return asJSON(l)
}

func pixel(img image.Image, x, y int) [4]uint8 {
	c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
	return [4]uint8{c.R, c.G, c.B, c.A}
}

func compare(img image.Image, path string, clip image.Rectangle) (mean, far float64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	other, err := png.Decode(f)
	if err != nil {
		return 0, 0, err
	}
	if other.Bounds() != img.Bounds() || !clip.In(img.Bounds()) || clip.Empty() {
		return 0, 0, fmt.Errorf("the page has %v, the picture %v, to be compared %v", other.Bounds(), img.Bounds(), clip)
	}
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		for x := clip.Min.X; x < clip.Max.X; x++ {
			d := 0.0
			a, b := pixel(img, x, y), pixel(other, x, y)
			for i := range 3 {
				d = max(d, math.Abs(float64(a[i])-float64(b[i])))
			}
			mean += d
			if d > 24 {
				far++
			}
		}
	}
	n := float64(clip.Dx() * clip.Dy())
	return mean / n, far / n, nil
}

// renderMany requests pictures of different sizes concurrently.
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
