// Package depth makes points of a picture of depths and the parameters of its camera.
//
//	d, err := depth.ReadPNG(file, 0.001) // millimeters
//	if err != nil {
//		return err
//	}
//	points, colors := d.Points(depth.Intrinsics{FX: 525, FY: 525, CX: 319.5, CY: 239.5}, picture, nil)
//
// Points are in the frame of the camera: x to the right, y down, z forward, in meters.
package depth

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // pictures of colors
	"image/png"
	"io"
	"math"
)

// An Image is a picture of depths: for each pixel, row by row from the top, the distance from the plane of the camera in
// meters. What is not finite or not above 0 is not known.
type Image struct {
	Width, Height int
	Depths        []float32
}

// Intrinsics are the focal lengths and the principal point of a camera in pixels. The middle of the upper left pixel is at
// 0.5, 0.5.
type Intrinsics struct{ FX, FY, CX, CY float64 }

// Options are which points are made. Nil is the zero value.
type Options struct {
	// Stride makes a point of each Stride-th pixel of each Stride-th row; default 1.
	Stride int
	// Near and Far leave points out that are nearer or farther, in meters; a Far of 0 has no effect.
	Near, Far float64
	// Keep, when set, decides for each pixel whether it becomes a point.
	Keep func(x, y int) bool
}

// maxPixels bounds what is decoded to 512 MiB.
const maxPixels = 1 << 26

// ReadPNG reads a PNG picture of 8 or 16 bits of gray. Each value times scale is a depth in meters: 0.001 for
// millimeters, as most cameras and data sets have them; 0 is unknown.
func ReadPNG(r io.Reader, scale float64) (*Image, error) {
	var start bytes.Buffer
	config, err := png.DecodeConfig(io.TeeReader(r, &start))
	if err != nil {
		return nil, fmt.Errorf("depth: %w", err)
	}
	if int64(config.Width)*int64(config.Height) > maxPixels {
		return nil, fmt.Errorf("depth: %d x %d pixels are more than the limit of %d", config.Width, config.Height, maxPixels)
	}
	picture, err := png.Decode(io.MultiReader(&start, r))
	if err != nil {
		return nil, fmt.Errorf("depth: %w", err)
	}
	b := picture.Bounds()
	d := &Image{Width: b.Dx(), Height: b.Dy(), Depths: make([]float32, b.Dx()*b.Dy())}
	for i := range d.Depths {
		x, y := b.Min.X+i%d.Width, b.Min.Y+i/d.Width
		switch p := picture.(type) {
		case *image.Gray16:
			d.Depths[i] = float32(float64(p.Gray16At(x, y).Y) * scale)
		case *image.Gray:
			d.Depths[i] = float32(float64(p.GrayAt(x, y).Y) * scale)
		default:
			return nil, errors.New("depth: the picture has colors; depths are one number of 8 or 16 bits per pixel")
		}
	}
	return d, nil
}

// Points returns the points of the pixels whose depth is known, and their colors from a picture of any size, which may
// be nil: colors is nil then. It panics if Depths has not Width times Height elements.
func (d *Image) Points(k Intrinsics, picture image.Image, opts *Options) (points [][3]float32, colors [][3]uint8) {
	if len(d.Depths) != d.Width*d.Height {
		panic(fmt.Sprintf("depth: there are %d depths for %d x %d pixels", len(d.Depths), d.Width, d.Height))
	}
	var o Options
	if opts != nil {
		o = *opts
	}
	o.Stride = max(1, o.Stride)
	if !(k.FX != 0 && k.FY != 0) || d.Width == 0 || picture != nil && picture.Bounds().Empty() {
		return nil, nil
	}
	for y := 0; y < d.Height; y += o.Stride {
		for x := 0; x < d.Width; x += o.Stride {
			z := float64(d.Depths[y*d.Width+x])
			if !(z > 0) || z > math.MaxFloat32 || z < o.Near || o.Far > 0 && z > o.Far || o.Keep != nil && !o.Keep(x, y) {
				continue
			}
			points = append(points, [3]float32{
				float32((float64(x) + 0.5 - k.CX) / k.FX * z), float32((float64(y) + 0.5 - k.CY) / k.FY * z), float32(z),
			})
			if picture != nil {
				colors = append(colors, d.colorAt(picture, x, y))
			}
		}
	}
	return points, colors
}

// colorAt is the color of the picture's pixel that is where a pixel of depths is.
func (d *Image) colorAt(picture image.Image, x, y int) [3]uint8 {
	b := picture.Bounds()
	at := picture.At(b.Min.X+x*b.Dx()/d.Width, b.Min.Y+y*b.Dy()/d.Height)
	c := color.RGBAModel.Convert(at).(color.RGBA)
	return [3]uint8{c.R, c.G, c.B}
}
