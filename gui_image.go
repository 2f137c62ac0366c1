package viser

import (
	"image"

	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var guiImageKind = state.GUIKind("GuiImageMessage", new(wire.GuiImageProps))

// A GUIImage is a picture among the controls.
type GUIImage struct {
	widget
	props   wire.GuiImageProps
	image   image.Image
	format  ImageFormat // as the program chose it; guarded by mu, as image is
	quality int         // of JPEG; never changes
}

// GUIImageOptions are the options of AddImage.
type GUIImageOptions struct {
	Label       string      // above the picture, and its text for screen readers; default none
	Format      ImageFormat // how the picture is encoded; default AutoFormat
	JPEGQuality int         // 1 to 100; default 75
	Hidden      bool        // it is not shown; default false
	Order       *float64    // place among its neighbors, small first; default: after what was added before
}

// AddImage adds a picture, as wide as the panel at most. It is copied and encoded
// before the call returns. It panics with a *UsageError if it is nil or empty, or
// an option is out of its range.
func (c Container) AddImage(img image.Image, opts *GUIImageOptions) *GUIImage {
	const fn = "AddImage"
	o := orPtr(opts, GUIImageOptions{})
	checkImageGiven(fn, img)
	data, used := encodeImage(fn, img, o.Format, o.JPEGQuality)
	h := &GUIImage{image: picture.Clone(img), format: o.Format, quality: o.JPEGQuality}
	h.props.Data, h.props.Format = data, wire.ImageFormat(used)
	h.props.Order, h.props.Visible, h.props.Label = c.order(fn, o.Order), !o.Hidden, text(o.Label)
	c.place(fn, &h.widget, guiImageKind, &h.props, nil, nil)
	return h
}

// checkImageGiven checks that there is a picture.
func checkImageGiven(fn string, img image.Image) {
	if img == nil {
		usage(fn, "the image is nil; remove the element, or hide it by SetVisible")
	}
}

// Image returns a copy of the picture.
func (h *GUIImage) Image() image.Image {
	h.mu.Lock()
	defer h.mu.Unlock()
	return picture.Clone(h.image)
}

// SetImage replaces the picture, which is copied and encoded before the call
// returns. It panics with a *UsageError if img is nil or empty.
func (h *GUIImage) SetImage(img image.Image) {
	const fn = "GUIImage.SetImage"
	checkImageGiven(fn, img)
	format := h.Format()
	// The methods of img are the program's: they run without the lock.
	data, used := encodeImage(fn, img, format, h.quality)
	kept := picture.Clone(img)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.format != format { // changed since
		data, used = encodeImage(fn, kept, h.format, h.quality)
	}
	h.image = kept
	h.store(data, used)
}

// Format returns the encoding of the picture as it was chosen, which may be AutoFormat.
func (h *GUIImage) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.format
}

// SetFormat chooses how the picture is encoded and sends it again. It panics with a
// *UsageError if there is no such format.
func (h *GUIImage) SetFormat(format ImageFormat) {
	const fn = "GUIImage.SetFormat"
	checkImageFormat(fn, format)
	h.mu.Lock()
	defer h.mu.Unlock()
	if format == h.format {
		return
	}
	h.format = format
	h.store(encodeImage(fn, h.image, format, h.quality))
}

// store keeps the encoded picture and sends it; mu is held.
func (h *GUIImage) store(data []byte, used ImageFormat) {
	before := h.props.Format
	h.props.Data, h.props.Format = data, wire.ImageFormat(used)
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
