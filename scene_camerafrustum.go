package viser

import (
	"image"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

// FrustumVariant is the style of a camera frustum.
type FrustumVariant string

// The variants of a frustum.
const (
	WireframeFrustum FrustumVariant = FrustumVariant(wire.FrustumVariantWireframe)
	FilledFrustum    FrustumVariant = FrustumVariant(wire.FrustumVariantFilled)
)

func checkFrustumVariant(fn string, v FrustumVariant) {
	oneOf(fn, "Variant", v, WireframeFrustum, FilledFrustum)
}

var cameraFrustumKind = state.SceneKind("CameraFrustumMessage", new(wire.CameraFrustumProps))

// A CameraFrustum shows where a camera is and what it sees. The camera looks
// along +z with +x to the right and +y down (OpenCV's convention).
//
// A CameraFrustum is [Clickable] and [Draggable].
type CameraFrustum struct {
	interactive
	follower
	props   wire.CameraFrustumProps
	image   image.Image // nil for none, and if the picture is a stream's
	quality int
}

// AddCameraFrustum adds a frustum with a vertical field of view of fov (radians,
// above 0 and below pi) and an image of the given aspect ratio (width divided by
// height). It panics with a *UsageError if the name is empty or a number is out
// of its range.
func (s *Scene) AddCameraFrustum(name string, fov, aspect float64, opts *CameraFrustumOptions) *CameraFrustum {
	const fn = "Scene.AddCameraFrustum"
	o := orPtr(opts, CameraFrustumOptions{})
	checkFOV(fn, fov)
	checkPositive(fn, "aspect", aspect)
	checkImageFormat(fn, o.Format)
	f := &CameraFrustum{quality: jpegQuality(fn, o.JPEGQuality), props: o.props(fn)}
	f.props.FOV, f.props.Aspect, f.props.Format = fov, aspect, string(or(o.Format, PNG))
	if o.Image != nil {
		f.keep(takeImage(fn, o.Image, o.Format, f.quality))
	}
	s.add(fn, name, f, cameraFrustumKind, &f.props, o.place(fn))
	f.SetStream(o.Stream)
	return f
}

func checkFOV(fn string, fov float64) {
	if !(fov > 0 && fov < 3.141592653589793) {
		usage(fn, "the field of view is %v; it must be above 0 and below pi radians", fov)
	}
}

// keep stores the image; mu is held, or h is not shared yet.
func (h *CameraFrustum) keep(img takenImage) {
	h.image, h.props.ImageData, h.props.Format = img.copy, img.data, string(img.format)
}

// Image returns a copy of the image on the image plane, nil if there is none. That of a
// stream is decoded from what was sent.
func (h *CameraFrustum) Image() image.Image {
	h.mu.Lock()
	kept, data := h.image, h.props.ImageData
	h.mu.Unlock()
	return copyOrDecode(kept, data)
}

// SetStream shows the pictures of a stream on the image plane from now on. nil ends that,
// as SetImage does; the last picture stays.
func (h *CameraFrustum) SetStream(s *ImageStream) {
	h.mu.Lock()
	h.follow(s)
	gone := h.isGone("CameraFrustum.SetStream")
	h.mu.Unlock()
	s.attach(h, gone)
}

// Stream returns the stream that is shown, nil for none.
func (h *CameraFrustum) Stream() *ImageStream {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stream
}

func (h *CameraFrustum) showFrame(s *ImageStream, f *streamFrame) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.next(s, f, h.gone, h.send)
}

// SetImage replaces the image on the image plane; nil removes it. The image is encoded
// before the call returns.
func (h *CameraFrustum) SetImage(img image.Image) {
	if img == nil {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.follow(nil)
		h.image, h.props.ImageData = nil, nil
		h.changed(wire.CameraFrustumPropsImageData)
		return
	}
	taken := takeImage("CameraFrustum.SetImage", img, AutoFormat, h.quality)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.follow(nil)
	h.send(taken)
}

// Format returns the encoding of the image.
func (h *CameraFrustum) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return ImageFormat(h.props.Format)
}

// SetFormat sets the encoding of the image and sends it again. A picture of a stream keeps
// the stream's.
func (h *CameraFrustum) SetFormat(format ImageFormat) {
	checkImageFormat("CameraFrustum.SetFormat", format)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.props.ImageData != nil && h.image == nil { // a stream's
		return
	}
	if h.image == nil {
		before := h.props.Format
		h.props.Format = string(or(format, PNG))
		if before != h.props.Format {
			h.changed(wire.CameraFrustumPropsFormat)
		}
		return
	}
	h.send(takeImage("CameraFrustum.SetFormat", h.image, format, h.quality))
}

// send keeps the image and sends it; mu is held.
func (h *CameraFrustum) send(img takenImage) {
	before := h.props.Format
	h.keep(img)
	if h.props.Format != before {
		h.changed(wire.CameraFrustumPropsFormat, wire.CameraFrustumPropsImageData)
		return
	}
	h.changed(wire.CameraFrustumPropsImageData)
}
