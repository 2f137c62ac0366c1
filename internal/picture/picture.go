// Package picture encodes images for web clients and decodes those that they send.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
)

// PNG encodes an image without loss, for speed rather than size.
func PNG(img image.Image) ([]byte, error) {
	var buf bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img)
	return buf.Bytes(), err
}

// IsOpaque reports whether the image reports that all of its pixels are opaque.
func IsOpaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// Clone copies the image, so that its owner may continue to draw into it.
func Clone(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(b)
	draw.Draw(out, b, img, b.Min, draw.Src)
	return out
}

// Decode decodes an image that a web client sent in response to a request for one of that size. Any other size is an
// error before memory is allocated for it: a few bytes can claim gigabytes of pixels.
func Decode(b []byte, width, height int) (image.Image, error) {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the image of the web client cannot be read: %w", err)
	}
	if cfg.Width != width || cfg.Height != height {
		return nil, fmt.Errorf("asked for %dx%d pixels, the client sent %dx%d", width, height, cfg.Width, cfg.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the image of the web client cannot be read: %w", err)
	}
	return img, nil
}

// maxPixels bounds the pixels of an image that a program passes on.
const maxPixels = 1 << 28

// Header returns the size of a JPEG or PNG, and "jpeg" or "png", without decoding its pixels.
func Header(b []byte) (width, height int, format string, err error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(b))
	switch {
	case err != nil || format != "jpeg" && format != "png":
		return 0, 0, "", fmt.Errorf("%d bytes that are neither a JPEG nor a PNG", len(b))
	case cfg.Width < 1 || cfg.Height < 1 || cfg.Width*cfg.Height > maxPixels:
		return 0, 0, "", fmt.Errorf("an image of %d x %d pixels; it may have %d", cfg.Width, cfg.Height, maxPixels)
	}
	return cfg.Width, cfg.Height, format, nil
}

// DecodeOwn decodes an image that Header has accepted; nil if it is damaged.
func DecodeOwn(b []byte) image.Image {
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	return img
}

// The range of a depth image: 24 bits in steps of 1e-5.
const (
	depthSteps = 100_000
	maxDepth   = 1<<24 - 1
)

// Depth packs width times height depths, row by row, into the colors of a PNG, red the highest byte. Its alpha is 0, as
// in viser's: whole numbers of four bytes.
func Depth(width, height int, depths []float32) ([]byte, error) {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i, z := range depths {
		v := fixed(z)
		img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2] = uint8(v>>16), uint8(v>>8), uint8(v)
	}
	return PNG(img)
}

// fixed is a depth in steps; what is not a number counts as the greatest.
func fixed(z float32) uint32 {
	v := float64(z) * depthSteps
	switch {
	case v < 0:
		return 0
	case v < maxDepth:
		return uint32(v)
	}
	return maxDepth
}
