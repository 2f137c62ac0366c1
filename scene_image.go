package viser

import (
	"image"

	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var imageKind = state.SceneKind("ImageMessage", new(wire.ImageProps))

// An Image is an image in the scene, visible from both sides. It is centered at the
// node's origin, its columns along +x and its rows along +y, as a camera that looks
// along +z sees it.
//
// An Image is [Clickable] and [Draggable].
type Image struct {
	interactive
	props   wire.ImageProps
	image   image.Image
	format  ImageFormat // as it was set
	quality int
}

// AddImage adds an image, with a size of renderWidth by renderHeight scene units. The
// image is encoded before the call returns. It panics with a *UsageError if the name or
// the image is empty or a number is out of its range.
func (s *Scene) AddImage(name string, img image.Image, renderWidth, renderHeight float64, opts *ImageOptions) *Image {
	const fn = "Scene.AddImage"
	o := orPtr(opts, ImageOptions{})
	checkPositive(fn, "renderWidth", renderWidth)
	checkPositive(fn, "renderHeight", renderHeight)
	checkImageGiven(fn, img)
	n := &Image{format: o.Format, quality: o.JPEGQuality, props: o.props(fn)}
	n.props.RenderWidth, n.props.RenderHeight = renderWidth, renderHeight
	n.keep(takeImage(fn, img, o.Format, o.JPEGQuality))
	s.add(fn, name, n, imageKind, &n.props, o.place(fn))
	return n
}

// keep stores the image; mu is held, or h is not shared yet.
func (h *Image) keep(img takenImage) {
	h.image, h.props.Data, h.props.Format = img.copy, img.data, string(img.format)
}

// Image returns a copy of the image.
func (h *Image) Image() image.Image {
	h.mu.Lock()
	defer h.mu.Unlock()
	return picture.Clone(h.image)
}

// SetImage replaces the image, which is drawn as large as the old one. It is
// encoded before the call returns. It panics with a *UsageError if img is nil or
// empty.
func (h *Image) SetImage(img image.Image) {
	const fn = "Image.SetImage"
	checkImageGiven(fn, img)
	format := h.Format()
	taken := takeImage(fn, img, format, h.quality)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.format != format { // changed since
		taken = takeImage(fn, taken.copy, h.format, h.quality)
	}
	h.send(taken)
}

// Format returns the encoding of the image as it was set, which may be AutoFormat.
func (h *Image) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.format
}

// SetFormat sets the encoding of the image and sends it again.
func (h *Image) SetFormat(format ImageFormat) {
	const fn = "Image.SetFormat"
	checkImageFormat(fn, format)
	h.mu.Lock()
	defer h.mu.Unlock()
	if format == h.format {
		return
	}
	h.format = format
	h.send(takeImage(fn, h.image, format, h.quality))
}

// send keeps the image and sends it; mu is held.
func (h *Image) send(img takenImage) {
	before := h.props.Format
	h.keep(img)
	if h.props.Format != before {
		h.changed(wire.ImagePropsFormat, wire.ImagePropsData)
		return
	}
	h.changed(wire.ImagePropsData)
}

// ImageFormat is the encoding in which an image is sent.
type ImageFormat string

// The formats of images. AutoFormat is JPEG for opaque images and PNG for
// others.
const (
	AutoFormat ImageFormat = ""
	JPEG       ImageFormat = ImageFormat(wire.ImageFormatJpeg)
	PNG        ImageFormat = ImageFormat(wire.ImageFormatPng)
)

func checkImageFormat(fn string, v ImageFormat) { oneOf(fn, "Format", v, AutoFormat, JPEG, PNG) }

// defaultJPEGQuality is what viser encodes images with.
const defaultJPEGQuality = 75

// checkImageGiven checks that there is an image.
func checkImageGiven(fn string, img image.Image) {
	if img == nil {
		usage(fn, "the image is nil; to show none, call Remove or SetVisible(false)")
	}
}

// A takenImage is what a handle keeps of the program's image.
type takenImage struct {
	copy   image.Image
	data   []byte
	format ImageFormat // of data
}

// takeImage copies and encodes the program's image. It calls methods of the
// program's, so no lock may be held, unless img is such a copy.
func takeImage(fn string, img image.Image, format ImageFormat, quality int) takenImage {
	data, used := encodeImage(fn, img, format, quality)
	return takenImage{picture.Clone(img), data, used}
}

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
		if picture.IsOpaque(img) {
			format = JPEG
		}
	}
	var data []byte
	var err error
	if format == JPEG {
		data, err = picture.JPEG(img, quality)
	} else {
		data, err = picture.PNG(img)
	}
	if err != nil {
		usage(fn, "the image cannot be encoded as %s: %v", format, err)
	}
	return data, format
}
