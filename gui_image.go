package viser

import (
	"image"

	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var guiImageKind = state.GUIKind("GuiImageMessage", new(wire.GuiImageProps))

// A GUIImage is a picture in a GUI.
type GUIImage struct {
	widget
	props   wire.GuiImageProps
	image   image.Image
	format  ImageFormat // as the program chose it; guarded by mu, as image is
	quality int         // of JPEG; never changes
}

// GUIImageOptions are the options of AddImage.
type GUIImageOptions struct {
	Label       string      // the label above the picture and the description for screen readers; default none
	Format      ImageFormat // the encoding of the picture; default AutoFormat
	JPEGQuality int         // the quality of a JPEG, 1 to 100; default 75
	Hidden      bool        // whether the element is initially hidden; default false
	Order       *float64    // the sort key among its siblings, ascending; default after those added before
}

// AddImage adds a picture, at most as wide as the panel. It is encoded before the call
// returns. It panics with a *UsageError if the picture is nil or empty, or an option is
// out of its range.
func (c Container) AddImage(img image.Image, opts *GUIImageOptions) *GUIImage {
	const fn = "AddImage"
	o := orPtr(opts, GUIImageOptions{})
	checkImageGiven(fn, img)
	h := &GUIImage{format: o.Format, quality: o.JPEGQuality}
	h.keep(takeImage(fn, img, o.Format, o.JPEGQuality))
	h.props.Order, h.props.Visible, h.props.Label = c.order(fn, o.Order), !o.Hidden, text(o.Label)
	c.place(fn, &h.widget, guiImageKind, &h.props, nil, nil)
	return h
}

// keep stores the picture; mu is held, or h is not shared yet.
func (h *GUIImage) keep(img takenImage) {
	h.image, h.props.Data, h.props.Format = img.copy, img.data, wire.ImageFormat(img.format)
}

// Image returns a copy of the picture.
func (h *GUIImage) Image() image.Image {
	h.mu.Lock()
	defer h.mu.Unlock()
	return picture.Clone(h.image)
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
	h.send(taken)
}

// Format returns the encoding of the picture as it was set, which may be AutoFormat.
func (h *GUIImage) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.format
}

// SetFormat sets the encoding of the picture and sends it again. It panics with a
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
	h.send(takeImage(fn, h.image, format, h.quality))
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
