package viser

import (
	"bytes"
	"image"
	"image/png"

	"github.com/viser-go/viser/internal/wire"
)

// BackgroundImageOptions are the options of SetBackgroundImage.
type BackgroundImageOptions struct {
	Format      ImageFormat // how the image travels; default AutoFormat
	JPEGQuality int         // 1 to 100; default 75
	Depth       *DepthMap   // nil: the image is behind everything
}

// A DepthMap says how far away what an image shows is: for each pixel, row by
// row from the top left, its distance from the camera along the direction of
// view, in scene units. It is sent in steps of 1e-5, up to 167.77215; what is
// farther away, or NaN, counts as that far.
type DepthMap struct {
	Width, Height int
	Depths        []float32 // Width times Height of them
}

// SetBackgroundImage shows an image behind the scene, stretched to the canvas.
// With a depth map, which may have another size than the image, nodes are hidden
// by what in the image is nearer to the camera. nil takes the image away, as
// Reset does. The image is encoded before the call returns, and is lit by
// nothing. It panics with a *UsageError if the image is empty or the depth map's
// sizes do not fit.
func (s *Scene) SetBackgroundImage(img image.Image, opts *BackgroundImageOptions) {
	const fn = "Scene.SetBackgroundImage"
	o := orPtr(opts, BackgroundImageOptions{})
	checkImageFormat(fn, o.Format)
	m := &wire.BackgroundImageMessage{Format: string(or(o.Format, PNG))}
	if img != nil {
		data, used := encodeImage(fn, img, o.Format, o.JPEGQuality)
		m.RgbData, m.Format = data, string(used)
	}
	if o.Depth != nil {
		m.DepthData = encodeDepth(fn, o.Depth)
	}
	s.scope.SetCell("background", m)
}

// The range of a depth map: 24 bits in steps of 1e-5.
const (
	depthSteps = 100_000
	maxDepth   = 1<<24 - 1
)

// encodeDepth packs the depths into a PNG's colors, red the highest byte. Its
// alpha is 0, as in viser's: whole numbers of four bytes.
func encodeDepth(fn string, d *DepthMap) []byte {
	if d.Width <= 0 || d.Height <= 0 || len(d.Depths) != d.Width*d.Height {
		usage(fn, "a depth map of %d by %d with %d depths: there must be one per pixel", d.Width, d.Height, len(d.Depths))
	}
	img := image.NewNRGBA(image.Rect(0, 0, d.Width, d.Height))
	for i, z := range d.Depths {
		v := fixedDepth(z)
		img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2] = uint8(v>>16), uint8(v>>8), uint8(v)
	}
	var buf bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img); err != nil {
		usage(fn, "the depth map cannot be encoded: %v", err)
	}
	return buf.Bytes()
}

func fixedDepth(z float32) uint32 {
	v := float64(z) * depthSteps
	switch {
	case v < 0:
		return 0
	case v < maxDepth:
		return uint32(v)
	}
	return maxDepth
}
