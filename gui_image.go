package viser

import (
	"image"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var guiImageKind = state.GUIKind("GuiImageMessage", new(wire.GuiImageProps))

// A GUIImage is a picture in a GUI.
type GUIImage struct {
	widget
	follower
	props   wire.GuiImageProps
	image   image.Image // nil if the picture is a stream's
	format  ImageFormat // as the program chose it; guarded by mu, as image is
	quality int         // of JPEG; never changes
}

// GUIImageOptions are the options of AddImage.
type GUIImageOptions struct {
	Label       string      // the label above the picture and the description for screen readers; default none
	Format      ImageFormat // the encoding of the picture; default AutoFormat
	JPEGQuality int         // the quality of a JPEG, 1 to 100; default 75
	// Stream is shown from its first picture on, in place of the picture, which may be
	// nil; default none.
	Stream *ImageStream
	Hidden bool     // whether the element is initially hidden; default false
	Order  *float64 // the sort key among its siblings, ascending; default after those added before
}

// AddImage adds a picture, at most as wide as the panel. It is encoded before the call
// returns; it may be nil if the options have a Stream. It panics with a *UsageError if
// the picture is empty, or an option is out of its range. To zoom into a picture, or to
// show what was found in it, use [Container.AddImageView].
func (c Container) AddImage(img image.Image, opts *GUIImageOptions) *GUIImage {
	const fn = "AddImage"
	o := orPtr(opts, GUIImageOptions{})
	checkImageOrStream(fn, img, o.Stream)
	h := &GUIImage{format: o.Format, quality: jpegQuality(fn, o.JPEGQuality)}
	h.keep(firstImage(fn, img, o.Format, h.quality))
	h.props.Order, h.props.Visible, h.props.Label = c.order(fn, o.Order), !o.Hidden, text(o.Label)
	c.place(fn, &h.widget, guiImageKind, &h.props, nil, nil)
	h.SetStream(o.Stream)
	return h
}

// SetStream shows the pictures of a stream from now on. nil ends that, as SetImage does;
// the last picture stays.
func (h *GUIImage) SetStream(s *ImageStream) {
	h.mu.Lock()
	h.follow(s)
	gone := h.isGone("GUIImage.SetStream")
	h.mu.Unlock()
	s.attach(h, gone)
}

// Stream returns the stream that is shown, nil for none.
func (h *GUIImage) Stream() *ImageStream {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stream
}

func (h *GUIImage) showFrame(s *ImageStream, f *streamFrame) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.next(s, f, h.gone, h.send)
}

// keep stores the picture; mu is held, or h is not shared yet.
func (h *GUIImage) keep(img takenImage) {
	h.image, h.props.Data, h.props.Format = img.copy, img.data, wire.ImageFormat(img.format)
}

// Image returns a copy of the picture. That of a stream is decoded from what was sent; nil
// if it is damaged.
func (h *GUIImage) Image() image.Image {
	h.mu.Lock()
	kept, data := h.image, h.props.Data
	h.mu.Unlock()
	return copyOrDecode(kept, data)
}

// SetImage replaces the picture, which is encoded before the call returns. It panics
// with a *UsageError if img is nil or empty.
func (h *GUIImage) SetImage(img image.Image) {
	const fn = "GUIImage.SetImage"
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

// Format returns the encoding of the picture as it was set, which may be AutoFormat.
func (h *GUIImage) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.format
}

// SetFormat sets the encoding of the picture and sends it again; a picture of a stream
// keeps the stream's. It panics with a *UsageError if there is no such format.
func (h *GUIImage) SetFormat(format ImageFormat) {
	const fn = "GUIImage.SetFormat"
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

// send keeps the picture and sends it; mu is held.
func (h *GUIImage) send(img takenImage) {
	before := h.props.Format
	h.keep(img)
	if h.props.Format != before {
		h.changed(wire.GuiImagePropsFormat, wire.GuiImagePropsData)
		return
	}
	h.changed(wire.GuiImagePropsData)
}

// Label returns the text above the picture, "" for none.
func (h *GUIImage) Label() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Label, "")
}

// SetLabel sets the text above the picture; "" removes it.
func (h *GUIImage) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Label, text(v)) {
		h.changed(wire.GuiImagePropsLabel)
	}
}
