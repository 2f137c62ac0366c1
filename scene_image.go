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
	follower
	props   wire.ImageProps
	image   image.Image // nil if the picture is a stream's
	format  ImageFormat // as it was set
	quality int
}

// AddImage adds an image, with a size of renderWidth by renderHeight scene units. The
// image is encoded before the call returns; it may be nil if the options have a Stream.
// It panics with a *UsageError if the name or the image is empty or a number is out of
// its range.
func (s *Scene) AddImage(name string, img image.Image, renderWidth, renderHeight float64, opts *ImageOptions) *Image {
	const fn = "Scene.AddImage"
	o := orPtr(opts, ImageOptions{})
	checkPositive(fn, "renderWidth", renderWidth)
	checkPositive(fn, "renderHeight", renderHeight)
	checkImageOrStream(fn, img, o.Stream)
	n := &Image{format: o.Format, quality: jpegQuality(fn, o.JPEGQuality), props: o.props(fn)}
	n.props.RenderWidth, n.props.RenderHeight = renderWidth, renderHeight
	n.keep(firstImage(fn, img, o.Format, n.quality))
	s.add(fn, name, n, imageKind, &n.props, o.place(fn))
	n.SetStream(o.Stream)
	return n
}

// SetStream shows the pictures of a stream from now on, as large as what is shown. nil
// ends that, as SetImage does; the last picture stays.
func (h *Image) SetStream(s *ImageStream) {
	h.mu.Lock()
	h.follow(s)
	gone := h.isGone("Image.SetStream")
	h.mu.Unlock()
	s.attach(h, gone)
}

// Stream returns the stream that is shown, nil for none.
func (h *Image) Stream() *ImageStream {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stream
}

func (h *Image) showFrame(s *ImageStream, f *streamFrame) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.next(s, f, h.gone, h.send)
}

// keep stores the image; mu is held, or h is not shared yet.
func (h *Image) keep(img takenImage) {
	h.image, h.props.Data, h.props.Format = img.copy, img.data, string(img.format)
}

// Image returns a copy of the image. That of a stream is decoded from what was sent; nil
// if it is damaged.
func (h *Image) Image() image.Image {
	h.mu.Lock()
	kept, data := h.image, h.props.Data
	h.mu.Unlock()
	return copyOrDecode(kept, data)
}

// copyOrDecode returns a copy of a kept image, else what the data decode to.
func copyOrDecode(kept image.Image, data []byte) image.Image {
	switch {
	case kept != nil:
		return picture.Clone(kept)
	case len(data) == 0:
		return nil
	}
	return picture.DecodeOwn(data)
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
	h.follow(nil)
	h.send(taken)
}

// Format returns the encoding of the image as it was set, which may be AutoFormat.
func (h *Image) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.format
}

// SetFormat sets the encoding of the image and sends it again. A picture of a stream keeps
// the stream's.
func (h *Image) SetFormat(format ImageFormat) {
	const fn = "Image.SetFormat"
	checkImageFormat(fn, format)
	h.mu.Lock()
	defer h.mu.Unlock()
	if format == h.format {
		return
	}
	h.format = format
	if h.image != nil {
		h.send(takeImage(fn, h.image, format, h.quality))
	}
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

// checkImageOrStream checks that there is something to show.
func checkImageOrStream(fn string, img image.Image, s *ImageStream) {
	if img == nil && s == nil {
		usage(fn, "there is neither an image nor a Stream in the options")
	}
}

// jpegQuality checks the quality of a JPEG; 0 is the default.
func jpegQuality(fn string, v int) int {
	v = or(v, defaultJPEGQuality)
	if v < 1 || v > 100 {
		usage(fn, "JPEGQuality is %d; it must be 1 to 100", v)
	}
	return v
}

// A takenImage is what a handle keeps of an image.
type takenImage struct {
	copy          image.Image // nil if it is a stream's
	data          []byte
	format        ImageFormat // of data
	width, height int
}

// firstImage is what is shown at first: nothing, before the first picture of a stream.
func firstImage(fn string, img image.Image, format ImageFormat, quality int) takenImage {
	if img == nil {
		return takeImage(fn, &image.NRGBA{Pix: make([]uint8, 4), Stride: 4, Rect: image.Rect(0, 0, 1, 1)}, PNG, quality)
	}
	return takeImage(fn, img, format, quality)
}

// takeImage copies and encodes the program's image. It calls methods of the
// program's, so no lock may be held, unless img is such a copy.
func takeImage(fn string, img image.Image, format ImageFormat, quality int) takenImage {
	data, used := encodeImage(fn, img, format, quality)
	b := img.Bounds()
	return takenImage{picture.Clone(img), data, used, b.Dx(), b.Dy()}
}

// encodeImage encodes the picture for a page. AutoFormat chooses JPEG if no
// pixel is transparent, else PNG.
func encodeImage(fn string, img image.Image, format ImageFormat, quality int) ([]byte, ImageFormat) {
	checkImageFormat(fn, format)
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
