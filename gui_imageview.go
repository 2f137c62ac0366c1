package viser

import (
	"context"
	"encoding/json"
	"image"
	"image/color"
	"iter"
	"log/slog"
	"math"
	"slices"

	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/internal/callback"
	"github.com/viser-go/viser/internal/dispatch"
	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/state"
	"github.com/viser-go/viser/internal/wire"
)

var imageViewKind = state.ExtensionKind("GuiImageViewMessage", new(wire.GuiImageViewProps))

// An ImageView is a picture in a GUI that users can zoom into, down to the values of its
// pixels, with what was found in it: boxes, classes of pixels and keypoints. Each of these
// can be switched off on the page. Of a depth image it shows the values, in colors whose
// map and range users can change.
//
// Pixels are counted from 0, from the left and from the top; their corners are whole
// numbers. What is set for one picture in several calls is shown in one step inside
// [Server.Atomic].
//
// Upstream viser does not support it; its client shows the picture, like a [GUIImage].
type ImageView struct {
	widget
	follower
	props   wire.GuiImageViewProps
	image   image.Image // nil if the picture is a stream's, or of values
	depth   picture.Values
	format  ImageFormat // never changes, like quality
	quality int

	boxes     []ImageBox
	keypoints []ImageKeypoints
	classes   []ImageClass
	colormap  *colormap.Map
	clicks    callback.List[ImageClickEvent]
}

// ImageViewOptions are the options of AddImageView.
type ImageViewOptions struct {
	Label       string      // the title and the description for screen readers; default none
	Format      ImageFormat // the encoding of pictures; default AutoFormat: JPEG, whose values are not exact, for opaque ones
	JPEGQuality int         // the quality of a JPEG, 1 to 100; default 75
	// Stream is shown from its first picture on, in place of the picture, which may be
	// nil; default none.
	Stream *ImageStream
	Smooth bool // whether enlarged pixels are blended; default false: they are squares
	Height int  // the height, in pixels; default that of the picture as wide as the panel, at most 400
	Fill   bool // whether the element is as high as the panel, for one in a panel of its own; default false

	Colormap *colormap.Map // the colors of a depth image; default colormap.Turbo
	Range    *[2]float64   // the values of the colormap's ends, after Scale; default nil: the least and the greatest value
	Scale    float64       // what values of a depth image are multiplied by before they are shown: 0.001 for meters of millimeters; default 1
	Unit     string        // the unit of the values that are shown, such as "m"; default none

	SegmentationOpacity *float64 // how opaque a segmentation is, 0 to 1; default 0.5
	Hidden              bool     // whether the element is initially hidden; default false
	Order               *float64 // the sort key among its siblings, ascending; default after those added before
}

// An ImageBox is a rectangle around something in a picture. It may extend beyond the
// picture.
type ImageBox struct {
	X, Y          float64 // the upper left corner, in pixels
	Width, Height float64 // in pixels, 0 or more
	Label         string
	Color         color.Color // default one for each label
	Score         float64     // how sure the detector is, 0 to 1; 0 for none
}

// ImageKeypoints are points of one object in a picture, such as a body, and the lines
// between them.
type ImageKeypoints struct {
	Points []Vec2   // in pixels; one that is NaN was not found
	Edges  [][2]int // the lines, by the indices of their points
	Label  string
	Color  color.Color // default one for each label
}

// An ImageClass is what a number of a segmentation stands for.
type ImageClass struct {
	ID    uint16
	Name  string
	Color color.Color // default one for each ID; for ID 0, the background, none
}

// An ImageClickEvent is a click on a pixel.
type ImageClickEvent struct {
	Client *Client // the client of the user
	Target *ImageView
	X, Y   int     // the pixel
	Value  float64 // of a depth image, after Scale; NaN if the pixel has none, and for other pictures
}

// AddImageView adds a picture that users can zoom into. It is encoded before the call
// returns; it may be nil, to be set later. It panics with a *UsageError if the picture is
// empty, or an option is out of its range.
func (c Container) AddImageView(img image.Image, opts *ImageViewOptions) *ImageView {
	const fn = "AddImageView"
	o := orPtr(opts, ImageViewOptions{})
	checkImageFormat(fn, o.Format)
	checkValueRange(fn, o.Range)
	checkPositive(fn, "Scale", or(o.Scale, 1))
	opacity := orPtr(o.SegmentationOpacity, 0.5)
	checkShare(fn, "SegmentationOpacity", opacity)
	if o.Height < 0 {
		usage(fn, "Height is %d", o.Height)
	}
	h := &ImageView{format: o.Format, quality: jpegQuality(fn, o.JPEGQuality), colormap: or(o.Colormap, colormap.Turbo)}
	h.props = wire.GuiImageViewProps{
		Order: c.order(fn, o.Order), Label: text(o.Label), Visible: !o.Hidden, Format: wire.ImageFormatPng, ValueType: wire.ImageValueTypeFloat32,
		ValueScale: or(o.Scale, 1), Unit: o.Unit, Colormap: h.colormap.Name(), Range: copyOf(o.Range), Smooth: o.Smooth,
		Height: o.Height, Fill: o.Fill, Boxes: "[]", Keypoints: "[]", Classes: "[]", ClassOpacity: opacity,
	}
	if img != nil {
		h.keep(takeImage(fn, img, h.format, h.quality), pictureValues{})
	}
	c.place(fn, &h.widget, imageViewKind, &h.props, nil, h)
	h.SetStream(o.Stream)
	return h
}

func checkShare(fn, name string, v float64) {
	if !(v >= 0 && v <= 1) {
		usage(fn, "%s is %v; it must be 0 to 1", name, v)
	}
}

// keep stores the picture; mu is held, or h is not shared yet.
func (h *ImageView) keep(img takenImage, values pictureValues) {
	h.image, h.depth = img.copy, picture.Values{}
	p := &h.props
	p.Data, p.Format, p.PictureWidth, p.PictureHeight = img.data, wire.ImageFormat(img.format), img.width, img.height
	p.Values = values.data
	if values.data != nil {
		p.ValueType = values.kind
	}
}

// sendPicture keeps and sends the picture; mu is held.
func (h *ImageView) sendPicture(img takenImage, values pictureValues) {
	before := h.props
	h.keep(img, values)
	fields := []int{wire.GuiImageViewPropsData}
	if before.Format != h.props.Format {
		fields = append(fields, wire.GuiImageViewPropsFormat)
	}
	if before.PictureWidth != h.props.PictureWidth || before.PictureHeight != h.props.PictureHeight {
		fields = append(fields, wire.GuiImageViewPropsPictureWidth, wire.GuiImageViewPropsPictureHeight)
	}
	if before.Values != nil || values.data != nil {
		fields = append(fields, wire.GuiImageViewPropsValues)
	}
	if before.ValueType != h.props.ValueType {
		fields = append(fields, wire.GuiImageViewPropsValueType)
	}
	h.changed(fields...)
}

// Image returns a copy of the picture, nil if there is none. That of a stream, or of a
// depth image in colors, is decoded from what was sent.
func (h *ImageView) Image() image.Image {
	h.mu.Lock()
	kept, data := h.image, h.props.Data
	h.mu.Unlock()
	return copyOrDecode(kept, data)
}

// SetImage replaces the picture, which is encoded before the call returns; nil removes
// it. It panics with a *UsageError if img is empty.
func (h *ImageView) SetImage(img image.Image) {
	var taken takenImage
	if img != nil {
		taken = takeImage("ImageView.SetImage", img, h.format, h.quality)
	} else {
		taken.format = PNG
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.follow(nil)
	h.sendPicture(taken, pictureValues{})
}

// SetDepth replaces the picture by a depth image: distances or other values, rows from
// the top, which are sent without loss. Pixels that are NaN, infinite or 0 have no value.
// depths is copied. It panics with a *UsageError if the width or height is not 1 to 65535,
// or if depths has another length than they give.
func (h *ImageView) SetDepth(width, height int, depths []float32) {
	checkRows("ImageView.SetDepth", "depths", width, height, 1, len(depths))
	h.setValues(picture.Values{Width: width, Height: height, Floats: slices.Clone(depths)})
}

// SetDepth16 is like SetDepth, for values as depth cameras give them, such as
// millimeters. Pixels that are 0 have no value.
func (h *ImageView) SetDepth16(width, height int, depths []uint16) {
	checkRows("ImageView.SetDepth16", "depths", width, height, 1, len(depths))
	h.setValues(picture.Values{Width: width, Height: height, Ints: slices.Clone(depths)})
}

func (h *ImageView) setValues(v picture.Values) {
	h.mu.Lock()
	colors, limits := h.colormap, h.rawRange()
	h.mu.Unlock()
	taken, values := takeValues("ImageView.SetDepth", v, colors, limits, h.format, h.quality)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.follow(nil)
	h.sendPicture(taken, values)
	h.depth = v
}

// rawRange is the range before the values are scaled; mu is held.
func (h *ImageView) rawRange() *[2]float64 {
	r, scale := h.props.Range, h.props.ValueScale
	if r == nil {
		return nil
	}
	return &[2]float64{r[0] / scale, r[1] / scale}
}

// SetStream shows the pictures of a stream from now on, of depth images the values. nil
// ends that, as SetImage does; the last picture stays.
func (h *ImageView) SetStream(s *ImageStream) {
	h.mu.Lock()
	h.follow(s)
	gone := h.isGone("ImageView.SetStream")
	h.mu.Unlock()
	s.attach(h, gone)
}

// Stream returns the stream that is shown, nil for none.
func (h *ImageView) Stream() *ImageStream {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stream
}

func (h *ImageView) showFrame(s *ImageStream, f *streamFrame) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.next(s, f, h.gone, func(img takenImage) {
		h.sendPicture(img, f.values)
		h.depth = f.depth
	})
}

// Boxes returns a copy of the boxes.
func (h *ImageView) Boxes() []ImageBox {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.boxes)
}

// SetBoxes replaces the boxes; nil for none. It panics with a *UsageError if a number is
// not finite, or a width or height is negative.
func (h *ImageView) SetBoxes(boxes []ImageBox) {
	const fn = "ImageView.SetBoxes"
	out := make([]sentBox, len(boxes))
	for i, b := range boxes {
		for _, v := range [...]float64{b.X, b.Y, b.Width, b.Height, b.Score} {
			checkFinite(fn, v)
		}
		if b.Width < 0 || b.Height < 0 {
			usage(fn, "box %d has a size of %v x %v", i, b.Width, b.Height)
		}
		out[i] = sentBox{[4]float64{b.X, b.Y, b.Width, b.Height}, b.Label, sentColorOf(b.Color), b.Score}
	}
	h.setOverlay(&h.props.Boxes, out, wire.GuiImageViewPropsBoxes, func() { h.boxes = slices.Clone(boxes) })
}

// sentBox is the form of ImageBox in which it is sent.
type sentBox struct {
	Box   [4]float64 `json:"box"`
	Label string     `json:"label,omitempty"`
	Color *[3]int    `json:"color,omitempty"`
	Score float64    `json:"score,omitempty"`
}

func sentColorOf(c color.Color) *[3]int {
	if c == nil {
		return nil
	}
	v := color.NRGBAModel.Convert(c).(color.NRGBA)
	return &[3]int{int(v.R), int(v.G), int(v.B)}
}

// setOverlay stores what is drawn over the picture as JSON, with keep, which is called
// with mu held.
func (h *ImageView) setOverlay(prop *string, v any, index int, keep func()) {
	b, err := json.Marshal(v)
	if err != nil { // numbers are finite, and colors are bytes
		usage("ImageView", "%v", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	keep()
	if replace(prop, string(b)) {
		h.changed(index)
	}
}

// Keypoints returns a copy of the keypoints, which shares their points and edges.
func (h *ImageView) Keypoints() []ImageKeypoints {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.keypoints)
}

// SetKeypoints replaces the keypoints; nil for none. It panics with a *UsageError if a
// line has a point that there is not.
func (h *ImageView) SetKeypoints(keypoints []ImageKeypoints) {
	const fn = "ImageView.SetKeypoints"
	out, kept := make([]sentKeypoints, len(keypoints)), slices.Clone(keypoints)
	for i, k := range keypoints {
		points := make([]*Vec2, len(k.Points))
		for n, p := range k.Points {
			if finite(p[0]) && finite(p[1]) {
				points[n] = &p
			}
		}
		for _, edge := range k.Edges {
			if min(edge[0], edge[1]) < 0 || max(edge[0], edge[1]) >= len(points) {
				usage(fn, "keypoints %d: a line from %d to %d, but there are %d points", i, edge[0], edge[1], len(points))
			}
		}
		kept[i].Points, kept[i].Edges = slices.Clone(k.Points), slices.Clone(k.Edges)
		out[i] = sentKeypoints{points, slices.Clone(k.Edges), k.Label, sentColorOf(k.Color)}
	}
	h.setOverlay(&h.props.Keypoints, out, wire.GuiImageViewPropsKeypoints, func() { h.keypoints = kept })
}

// sentKeypoints is the form of ImageKeypoints in which they are sent.
type sentKeypoints struct {
	Points []*Vec2  `json:"points"`
	Edges  [][2]int `json:"edges,omitempty"`
	Label  string   `json:"label,omitempty"`
	Color  *[3]int  `json:"color,omitempty"`
}

// Classes returns a copy of the classes of the segmentation.
func (h *ImageView) Classes() []ImageClass {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.classes)
}

// SetClasses sets the names and colors of the segmentation's classes. A pixel of another
// class shows its number, in a color of its own.
func (h *ImageView) SetClasses(classes []ImageClass) {
	out := make([]sentClass, len(classes))
	for i, c := range classes {
		out[i] = sentClass{c.ID, c.Name, sentColorOf(c.Color)}
	}
	h.setOverlay(&h.props.Classes, out, wire.GuiImageViewPropsClasses, func() { h.classes = slices.Clone(classes) })
}

// sentClass is the form of ImageClass in which it is sent.
type sentClass struct {
	ID    uint16  `json:"id"`
	Name  string  `json:"name,omitempty"`
	Color *[3]int `json:"color,omitempty"`
}

// SetSegmentation sets the class of each pixel, rows from the top; 0 is the background.
// It may be smaller than the picture, over which it is stretched. ids is copied. It panics
// with a *UsageError if the width or height is not 1 to 65535, or if ids has another
// length than they give.
func (h *ImageView) SetSegmentation(width, height int, ids []uint16) {
	checkRows("ImageView.SetSegmentation", "ids", width, height, 1, len(ids))
	h.setClassIDs(width, height, wire.Uint16s(ids).Data)
}

// ClearSegmentation removes the segmentation.
func (h *ImageView) ClearSegmentation() { h.setClassIDs(0, 0, nil) }

func (h *ImageView) setClassIDs(width, height int, ids []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &h.props
	if ids == nil && p.ClassIDs == nil {
		return
	}
	p.ClassWidth, p.ClassHeight, p.ClassIDs = width, height, ids
	h.changed(wire.GuiImageViewPropsClassIDs, wire.GuiImageViewPropsClassWidth, wire.GuiImageViewPropsClassHeight)
}

// SegmentationOpacity returns how opaque the segmentation is.
func (h *ImageView) SegmentationOpacity() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.props.ClassOpacity
}

// SetSegmentationOpacity sets how opaque the segmentation is, until a user changes it on
// their page. It panics with a *UsageError if v is not 0 to 1.
func (h *ImageView) SetSegmentationOpacity(v float64) {
	checkShare("ImageView.SetSegmentationOpacity", "the opacity", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replace(&h.props.ClassOpacity, v) {
		h.changed(wire.GuiImageViewPropsClassOpacity)
	}
}

// Colormap returns the colors of a depth image.
func (h *ImageView) Colormap() *colormap.Map {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.colormap
}

// SetColormap sets the colors of a depth image, until a user changes them on their page.
// Clients of upstream viser show them from the next depth image on. It panics with a
// *UsageError if m is nil.
func (h *ImageView) SetColormap(m *colormap.Map) {
	if m == nil {
		usage("ImageView.SetColormap", "the colormap is nil")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.colormap = m
	if replace(&h.props.Colormap, m.Name()) {
		h.changed(wire.GuiImageViewPropsColormap)
	}
}

// Range returns the values of the colormap's ends, nil if they are the least and the
// greatest value.
func (h *ImageView) Range() *[2]float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return copyOf(h.props.Range)
}

// SetRange sets the values of the colormap's ends, as they are shown, until a user
// changes them on their page; nil for the least and the greatest value. It panics with a
// *UsageError if a number is not finite, or if the first is above the second.
func (h *ImageView) SetRange(v *[2]float64) {
	checkValueRange("ImageView.SetRange", v)
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Range, copyOf(v)) {
		h.changed(wire.GuiImageViewPropsRange)
	}
}

// Format returns the encoding of pictures, as it was chosen in the options.
func (h *ImageView) Format() ImageFormat { return h.format }

// Label returns the title, "" for none.
func (h *ImageView) Label() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return orPtr(h.props.Label, "")
}

// SetLabel sets the title; "" removes it.
func (h *ImageView) SetLabel(v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if replaceOptional(&h.props.Label, text(v)) {
		h.changed(wire.GuiImageViewPropsLabel)
	}
}

// OnClick attaches fn for each click on a pixel, by mouse or touch, or with Enter for the
// pixel in the middle. ctx ends when that client leaves.
func (h *ImageView) OnClick(fn func(ctx context.Context, e ImageClickEvent)) (off func()) {
	checkCallback("ImageView.OnClick", fn)
	return h.clicks.Add(fn)
}

// Clicks yields an event for each click, in order. The loop ends like that of
// [Button.Clicks].
func (h *ImageView) Clicks(ctx context.Context) iter.Seq[ImageClickEvent] {
	return callback.Seq(ctx, h.removed, h.gui.context(), h.OnClick)
}

// receive handles a click on a page; it is not sent to other pages.
func (h *ImageView) receive(from *Client, updates wire.Updates) {
	for _, u := range updates {
		at, _ := u.Value.([]any)
		if u.Key != "value" || !from.isConnected() {
			continue
		}
		e, ok := h.clickAt(at)
		if !ok {
			h.gui.server.log.limited("invalid pixel ignored", "client", from.id)
			continue
		}
		e.Client = from
		from.auditedElement("image clicked", auditElement{"ImageView", h.Label(), h.uuid}, slog.Int("x", e.X), slog.Int("y", e.Y))
		fire(from, h, dispatch.Event{Name: "ImageView.OnClick", Label: h.Label(), UUID: h.uuid}, false, &h.clicks, e)
	}
}

// clickAt is the event of a pixel, if there is such a one.
func (h *ImageView) clickAt(at []any) (e ImageClickEvent, ok bool) {
	if len(at) != 2 {
		return e, false
	}
	x, okX := toFloat(at[0])
	y, okY := toFloat(at[1])
	h.mu.Lock()
	defer h.mu.Unlock()
	width, height := h.props.PictureWidth, h.props.PictureHeight
	if !okX || !okY || x != math.Trunc(x) || y != math.Trunc(y) || x < 0 || y < 0 || x >= float64(width) || y >= float64(height) {
		return e, false
	}
	e = ImageClickEvent{Target: h, X: int(x), Y: int(y), Value: math.NaN()}
	if h.depth.Width > 0 {
		if v, ok := h.depth.At(e.X, e.Y); ok {
			e.Value = v * h.props.ValueScale
		}
	}
	return e, true
}
