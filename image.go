package viser

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"

	"github.com/viser-go/viser/internal/wire"
)

// ImageFormat is how an image travels to the page.
type ImageFormat string

// The formats of images. AutoFormat is JPEG for opaque images and PNG for
// others.
const (
	AutoFormat ImageFormat = ""
	JPEG                   = ImageFormat(wire.ImageFormatJpeg)
	PNG                    = ImageFormat(wire.ImageFormatPng)
)

func checkImageFormat(fn string, v ImageFormat) { oneOf(fn, "Format", v, AutoFormat, JPEG, PNG) }

// defaultJPEGQuality is what viser encodes images with.
const defaultJPEGQuality = 75

// encodeImage encodes the picture for a page. AutoFormat chooses JPEG if no
// pixel is transparent, else PNG.
func encodeImage(fn string, img image.Image, format ImageFormat, quality int) ([]byte, ImageFormat) {
	checkImageFormat(fn, format)
	if quality == 0 {
		quality = defaultJPEGQuality
	}
	if quality < 1 || quality > 100 {
		usage(fn, "JPEGQuality is %d; it must be 1 to 100", quality)
	}
	if b := img.Bounds(); b.Empty() {
		usage(fn, "the image is empty: %v", b)
	}
	if format == AutoFormat {
		format = PNG
		if isOpaque(img) {
			format = JPEG
		}
	}
	var buf bytes.Buffer
	var err error
	if format == JPEG {
		err = jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&buf, img)
	}
	if err != nil {
		usage(fn, "the image cannot be encoded as %s: %v", format, err)
	}
	return buf.Bytes(), format
}

func isOpaque(img image.Image) bool {
	if o, ok := img.(interface{ Opaque() bool }); ok {
		return o.Opaque()
	}
	return false
}

// maxRenderPixels bounds what a page may claim the size of a picture is.
const maxRenderPixels = 1 << 28

// decodeImage decodes a picture that a page sent.
func decodeImage(b []byte) (image.Image, error) {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the page's picture cannot be read: %w", err)
	}
	if int64(cfg.Width)*int64(cfg.Height) > maxRenderPixels {
		return nil, fmt.Errorf("the page's picture claims %dx%d pixels", cfg.Width, cfg.Height)
	}
	img, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("the page's picture cannot be read: %w", err)
	}
	return img, nil
}

// cloneImage copies the picture, so that its owner may go on drawing into it.
func cloneImage(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(b)
	draw.Draw(out, b, img, b.Min, draw.Src)
	return out
}
