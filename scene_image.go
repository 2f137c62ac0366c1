package viser

import (
	"context"
	"image"

	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var imageKind = state.SceneKind("ImageMessage", new(wire.ImageProps))

// An ImageNode is an image in the scene, seen from both sides. It lies around
// the node's origin, its columns along +x and its rows along +y, as a camera
// that looks along +z sees it.
type ImageNode struct {
	draggable
	props   wire.ImageProps
	image   image.Image
	format  ImageFormat // as it was asked for
	quality int
}

// ImageNodeOptions are the options of AddImage.
type ImageNodeOptions struct {
	NodeOptions
	ShadowOptions
	Format      ImageFormat // how the image travels; default AutoFormat
	JPEGQuality int         // 1 to 100; default 75
	Scale       Vec3        // default 1
}

// AddImage adds an image, drawn renderWidth by renderHeight scene units large.
// The image is encoded before the call returns. It panics with a *UsageError if
// the name or the image is empty or a number is out of its range.
func (s *Scene) AddImage(name string, img image.Image, renderWidth, renderHeight float64, opts *ImageNodeOptions) *ImageNode {
	const fn = "Scene.AddImage"
	o := orPtr(opts, ImageNodeOptions{})
	checkPositive(fn, "renderWidth", renderWidth)
	checkPositive(fn, "renderHeight", renderHeight)
	n := &ImageNode{format: o.Format, quality: o.JPEGQuality, props: wire.ImageProps{
		RenderWidth: renderWidth, RenderHeight: renderHeight,
		CastShadow: !o.NoCastShadow, ReceiveShadow: o.receive(fn), Scale: scaleOf(fn, o.Scale),
	}}
	n.encode(fn, img)
	s.add(fn, name, n, imageKind, &n.props, o.NodeOptions)
	return n
}

// encode copies the image.
func (h *ImageNode) encode(fn string, img image.Image) {
	if img == nil {
		usage(fn, "the image is nil; remove the node, or hide it by SetVisible")
	}
	data, used := encodeImage(fn, img, h.format, h.quality)
	h.image = cloneImage(img)
	h.props.Data, h.props.Format = data, string(used)
}

// Image returns a copy of the image.
func (h *ImageNode) Image() image.Image {
	h.mu.Lock()
	defer h.mu.Unlock()
	return cloneImage(h.image)
}

// SetImage replaces the image, which is drawn as large as the old one. It is
// encoded before the call returns. It panics with a *UsageError if img is nil or
// empty.
func (h *ImageNode) SetImage(img image.Image) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.props.Format
	h.encode("ImageNode.SetImage", img)
	h.send(before)
}

// Format returns how the image travels, as it was chosen: AutoFormat does not
// say what came out.
func (h *ImageNode) Format() ImageFormat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.format
}

// SetFormat chooses how the image travels and sends it again.
func (h *ImageNode) SetFormat(format ImageFormat) {
	const fn = "ImageNode.SetFormat"
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

func (h *ImageNode) send(formatBefore string) {
	if h.props.Format != formatBefore {
		h.changed(wire.ImagePropsFormat, wire.ImagePropsData)
		return
	}
	h.changed(wire.ImagePropsData)
}

// OnClick attaches fn for clicks on the node with exactly these modifier keys
// held; none means a plain click. ctx ends when the client leaves.
func (h *ImageNode) OnClick(fn func(ctx context.Context, e ClickEvent), mods ...Modifier) (off func()) {
	return h.clicks.add(joinModifiers("ImageNode.OnClick", mods), fn)
}
