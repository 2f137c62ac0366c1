package viser

import (
	"image"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var (
	htmlKind     = state.GUIKind("GuiHtmlMessage", new(wire.GuiHtmlProps))
	dividerKind  = state.GUIKind("GuiDividerMessage", new(wire.GuiDividerProps))
	guiImageKind = state.GUIKind("GuiImageMessage", new(wire.GuiImageProps))
)

// An HTML is a piece of HTML.
type HTML struct {
	widget
	props wire.GuiHtmlProps
}

// HTMLOptions are the options of AddHTML.
type HTMLOptions struct {
	Hidden bool     // it is not shown
	Order  *float64 // place among its neighbors, small first; default: after what was added before
}

// AddHTML adds a piece of HTML. This package's page shows text, pictures, tables
// and styles; it runs no script, and leaves out forms, frames, and what would reach
// outside of the element. viser's own page runs and shows all that it is given, so
// do not pass on to it what you do not trust.
func (c Container) AddHTML(content string, opts *HTMLOptions) *HTML {
	const fn = "AddHTML"
	o := orPtr(opts, HTMLOptions{})
	h := &HTML{props: wire.GuiHtmlProps{Order: c.order(fn, o.Order), Content: content, Visible: !o.Hidden}}
	c.place(fn, &h.widget, htmlKind, &h.props, nil, nil)
	return h
}

// A Divider is a line between elements.
type Divider struct {
	widget
	props wire.GuiDividerProps
}

// DividerOptions are the options of AddDivider.
type DividerOptions struct {
	Hidden bool     // it is not shown
	Order  *float64 // place among its neighbors, small first; default: after what was added before
}

// AddDivider adds a line.
func (c Container) AddDivider(opts *DividerOptions) *Divider {
	const fn = "AddDivider"
	o := orPtr(opts, DividerOptions{})
	h := &Divider{props: wire.GuiDividerProps{Order: c.order(fn, o.Order), Visible: !o.Hidden}}
	c.place(fn, &h.widget, dividerKind, &h.props, nil, nil)
	return h
}

// A GUIImage is a picture among the controls.
type GUIImage struct {
	widget
	props   wire.GuiImageProps
	image   image.Image
	format  ImageFormat // as it was asked for
	quality int
}

// GUIImageOptions are the options of AddImage.
type GUIImageOptions struct {
	Label       string      // above the picture, and its name for who cannot see it
	Format      ImageFormat // how the picture travels; default AutoFormat
	JPEGQuality int         // 1 to 100; default 75
	Hidden      bool        // it is not shown
	Order       *float64    // place among its neighbors, small first; default: after what was added before
}

// AddImage adds a picture, as wide as the panel at most. It is copied and encoded
// before the call returns. It panics with a *UsageError if it is nil or empty, or
// an option is out of its range.
func (c Container) AddImage(img image.Image, opts *GUIImageOptions) *GUIImage {
	const fn = "AddImage"
	o := orPtr(opts, GUIImageOptions{})
	h := &GUIImage{format: o.Format, quality: o.JPEGQuality}
	h.encode(fn, img)
	h.props.Order, h.props.Visible = c.order(fn, o.Order), !o.Hidden
	if o.Label != "" {
		h.props.Label = &o.Label
	}
	c.place(fn, &h.widget, guiImageKind, &h.props, nil, nil)
	return h
}

func (h *GUIImage) encode(fn string, img image.Image) {
	if img == nil {
		usage(fn, "the image is nil; remove the element, or hide it by SetVisible")
	}
	data, used := encodeImage(fn, img, h.format, h.quality)
	h.image = cloneImage(img)
	h.props.Data, h.props.Format = data, wire.ImageFormat(used)
}

// Image returns a copy of the picture.
func (h *GUIImage) Image() image.Image {
	h.mu.Lock()
	defer h.mu.Unlock()
	return cloneImage(h.image)
}

// SetImage replaces the picture, which is encoded before the call returns. It
// panics with a *UsageError if img is nil or empty.
func (h *GUIImage) SetImage(img image.Image) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.props.Format
	h.encode("GUIImage.SetImage", img)
	h.send(before)
}

// Format returns how the picture travels, as it was chosen: AutoFormat does not
// say what came out.
func (h *GUIImage) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.format
}

// SetFormat chooses how the picture travels and sends it again. It panics with a
// *UsageError if there is no such format.
func (h *GUIImage) SetFormat(format ImageFormat) {
	const fn = "GUIImage.SetFormat"
	checkImageFormat(fn, format)
	h.mu.Lock()
	defer h.mu.Unlock()
	if format == h.format {
		return
	}
	before := h.props.Format
	h.format = format
	h.encode(fn, h.image)
	h.send(before)
}

func (h *GUIImage) send(formatBefore wire.ImageFormat) {
	if h.props.Format != formatBefore {
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

// SetLabel sets the text above the picture; "" takes it away.
func (h *GUIImage) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if orPtr(h.props.Label, "") == v {
		return
	}
	h.props.Label = nil
	if v != "" {
		h.props.Label = &v
	}
	h.changed(wire.GuiImagePropsLabel)
}
