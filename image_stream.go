package viser

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"slices"
	"sync"

	"github.com/viser-go/viser/colormap"
	"github.com/viser-go/viser/internal/picture"
	"github.com/viser-go/viser/internal/wire"
)

// An ImageStream is a picture that changes often, such as that of a camera, and what
// shows it: any number of nodes ([Scene.AddImage], [Scene.AddCameraFrustum]) and
// elements of GUIs ([Container.AddImage], [Container.AddImageView]), of one server or
// several. Each picture is encoded once for all of them, beside the program.
//
// The newest picture wins. A program that sets pictures faster than they are encoded, or
// than a client can receive them, never waits, and nothing is queued: pictures in between
// are dropped. A stream needs the memory of three pictures. What shows it keeps the
// previous picture until the client has decoded the new one.
//
// All methods are safe for concurrent use. A stream needs not be closed.
type ImageStream struct {
	format   ImageFormat // AutoFormat, JPEG or PNG; never changes, as what follows
	quality  int
	colormap *colormap.Map
	limits   *[2]float64

	mu      sync.Mutex
	pending *streamJob // the newest picture that is not yet encoded
	newest  *streamFrame
	targets []streamTarget
	spare   [][]byte // memory of pictures that were encoded or dropped
	running bool     // a goroutine encodes
	closed  bool
	stats   ImageStreamStats
}

// ImageStreamOptions are the options of NewImageStream.
type ImageStreamOptions struct {
	// Format is the encoding of pictures that are not encoded already; default
	// AutoFormat: JPEG for opaque pictures.
	Format      ImageFormat
	JPEGQuality int // the quality of a JPEG, 1 to 100; default 75
	// Colormap colors depth images, where their values are not shown: in the scene, in
	// GUIImages and on clients of upstream viser; default colormap.Turbo.
	Colormap *colormap.Map
	// Range has the values of the colormap's ends; default nil: the least and the
	// greatest value of each picture.
	Range *[2]float64
}

// ImageStreamStats count the pictures of a stream.
type ImageStreamStats struct {
	Set     uint64 // that the program has set
	Dropped uint64 // that were replaced by a newer one before they were encoded
	Sent    uint64 // that were given to the nodes and elements
}

// A PixelLayout is the order of the bytes of a pixel.
type PixelLayout uint8

// The layouts of pixels, a byte for each component. Alpha is not premultiplied.
const (
	PixelsRGB  = PixelLayout(picture.RGB)
	PixelsBGR  = PixelLayout(picture.BGR)
	PixelsRGBA = PixelLayout(picture.RGBA)
	PixelsBGRA = PixelLayout(picture.BGRA)
	PixelsGray = PixelLayout(picture.Gray)
)

// NewImageStream returns a stream without a picture. It panics with a *UsageError if an
// option is out of its range.
func NewImageStream(opts *ImageStreamOptions) *ImageStream {
	const fn = "NewImageStream"
	o := orPtr(opts, ImageStreamOptions{})
	checkImageFormat(fn, o.Format)
	checkValueRange(fn, o.Range)
	return &ImageStream{
		format: o.Format, quality: jpegQuality(fn, o.JPEGQuality), colormap: or(o.Colormap, colormap.Turbo), limits: copyOf(o.Range),
	}
}

func checkValueRange(fn string, v *[2]float64) {
	if v == nil {
		return
	}
	checkFinite(fn, v[0])
	checkFinite(fn, v[1])
	if v[0] > v[1] {
		usage(fn, "the range begins at %v and ends at %v", v[0], v[1])
	}
}

// A streamJob is a picture as it was set.
type streamJob struct {
	pixels  picture.Pixels
	values  picture.Values
	encoded []byte // instead
	format  ImageFormat
	width   int
	height  int
}

// A streamFrame is a picture as it is sent. It never changes.
type streamFrame struct {
	takenImage
	number uint64
	values pictureValues // of a depth image, as is depth
	depth  picture.Values
}

// pictureValues are the numbers of a depth image as they are sent.
type pictureValues struct {
	data []byte // little-endian; nil for none
	kind wire.ImageValueType
}

// A streamTarget is what shows a stream.
type streamTarget interface {
	// showFrame shows the frame, unless it shows a newer one already. It reports
	// whether it still shows the stream.
	showFrame(s *ImageStream, f *streamFrame) bool
}

// SetImage sets the picture; img is copied before the call returns. It panics with a
// *UsageError if img is nil or empty.
func (s *ImageStream) SetImage(img image.Image) {
	const fn = "ImageStream.SetImage"
	checkImageGiven(fn, img)
	b := img.Bounds()
	if err := picture.CheckSize(b.Dx(), b.Dy()); err != nil {
		usage(fn, "%v", err)
	}
	if p, ok := picture.AsPixels(img); ok {
		s.setPixels(p)
		return
	}
	p := picture.Pixels{Width: b.Dx(), Height: b.Dy(), Stride: 4 * b.Dx(), Layout: picture.RGBA, Pix: s.buffer(4 * b.Dx() * b.Dy())}
	bounds := image.Rect(0, 0, p.Width, p.Height)
	if picture.IsOpaque(img) { // the same in both kinds of image, and faster in this one
		draw.Draw(&image.RGBA{Pix: p.Pix, Stride: p.Stride, Rect: bounds}, bounds, img, b.Min, draw.Src)
	} else {
		draw.Draw(&image.NRGBA{Pix: p.Pix, Stride: p.Stride, Rect: bounds}, bounds, img, b.Min, draw.Src)
	}
	s.put(&streamJob{pixels: p})
}

// SetPixels sets the picture: rows from the top, pixels from the left, without gaps. pix
// is copied before the call returns. It panics with a *UsageError if the width or height
// is not 1 to 65535, or if pix has another length than they give.
func (s *ImageStream) SetPixels(width, height int, layout PixelLayout, pix []byte) {
	const fn = "ImageStream.SetPixels"
	if layout > PixelsGray {
		usage(fn, "the layout is %d; it must be one of the constants", layout)
	}
	size := picture.Layout(layout).Size()
	checkRows(fn, "pix", width, height, size, len(pix))
	s.setPixels(picture.Pixels{Width: width, Height: height, Stride: size * width, Layout: picture.Layout(layout), Pix: pix})
}

// checkRows refuses a picture of no size, or with too few or too many numbers.
func checkRows(fn, what string, width, height, each, n int) {
	if err := picture.CheckSize(width, height); err != nil {
		usage(fn, "%v", err)
	}
	if n != width*height*each {
		usage(fn, "%s has %d elements; %d x %d pixels of %d have %d", what, n, width, height, each, width*height*each)
	}
}

// setPixels copies the rows.
func (s *ImageStream) setPixels(p picture.Pixels) {
	row := p.Width * p.Layout.Size()
	pix := s.buffer(row * p.Height)
	for y := range p.Height {
		copy(pix[y*row:][:row], p.Pix[y*p.Stride:])
	}
	p.Pix, p.Stride = pix, row
	s.put(&streamJob{pixels: p})
}

// SetEncoded sets the picture to a JPEG or PNG, whose bytes clients receive as they are;
// data is copied. It fails, and the picture is unchanged, if data does not begin as one,
// or has more than 268 million pixels. Clients that cannot decode it keep the previous
// picture and show an error.
func (s *ImageStream) SetEncoded(data []byte) error {
	width, height, format, err := picture.Header(data)
	if err != nil {
		return fmt.Errorf("ImageStream.SetEncoded: %w", err)
	}
	s.put(&streamJob{encoded: bytes.Clone(data), format: ImageFormat(format), width: width, height: height})
	return nil
}

// SetDepth sets the picture to a depth image: distances or other values, rows from the
// top. Pixels that are NaN, infinite or 0 have no value. Elements of
// [Container.AddImageView] show the values; others the colors of the stream's colormap.
// depths is copied. It panics with a *UsageError if the size is not 1 to 65535, or if
// depths has another length.
func (s *ImageStream) SetDepth(width, height int, depths []float32) {
	checkRows("ImageStream.SetDepth", "depths", width, height, 1, len(depths))
	s.put(&streamJob{values: picture.Values{Width: width, Height: height, Floats: slices.Clone(depths)}})
}

// SetDepth16 is like SetDepth, for values as depth cameras give them, such as
// millimeters. Pixels that are 0 have no value.
func (s *ImageStream) SetDepth16(width, height int, depths []uint16) {
	checkRows("ImageStream.SetDepth16", "depths", width, height, 1, len(depths))
	s.put(&streamJob{values: picture.Values{Width: width, Height: height, Ints: slices.Clone(depths)}})
}

// Stats returns the counters of the stream.
func (s *ImageStream) Stats() ImageStreamStats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats
}

// Close ends the stream: pictures that are set later are ignored. What shows it keeps the
// last one. A second call does nothing.
func (s *ImageStream) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed, s.pending, s.spare, s.targets = true, nil, nil, nil
}

// maxSpare is how many buffers are kept: for the picture that is being encoded, and the
// next one.
const maxSpare = 2

// buffer returns memory for a picture.
func (s *ImageStream) buffer(n int) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if k := len(s.spare); k > 0 {
		b := s.spare[k-1]
		s.spare = s.spare[:k-1]
		if cap(b) >= n && cap(b) <= 2*n {
			return b[:n]
		}
	}
	return make([]byte, n)
}

// recycle keeps the memory of a picture that was copied; mu is held.
func (s *ImageStream) recycle(job *streamJob) {
	if job != nil && job.pixels.Pix != nil && len(s.spare) < maxSpare && !s.closed {
		s.spare = append(s.spare, job.pixels.Pix)
	}
}

// put makes a picture the next one that is encoded.
func (s *ImageStream) put(job *streamJob) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.stats.Set++
	if s.pending != nil {
		s.stats.Dropped++
		s.recycle(s.pending)
	}
	s.pending = job
	s.start()
}

// start lets a goroutine encode what is pending, unless one does, or nothing shows the
// stream; mu is held.
func (s *ImageStream) start() {
	if s.pending != nil && len(s.targets) > 0 && !s.running {
		s.running = true
		go s.run()
	}
}

// run encodes pictures until none is pending.
func (s *ImageStream) run() {
	for {
		s.mu.Lock()
		job := s.pending
		s.pending = nil
		if job == nil || len(s.targets) == 0 {
			s.pending, s.running = job, false
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()

		frame := s.encode(job)
		s.mu.Lock()
		s.stats.Sent++
		frame.number = s.stats.Sent
		s.newest = frame
		s.recycle(job)
		targets := slices.Clone(s.targets)
		s.mu.Unlock()
		for _, t := range targets {
			if !t.showFrame(s, frame) {
				s.detach(t)
			}
		}
	}
}

// attach shows the stream, which may be nil, in a target that follows it, unless that is
// gone.
func (s *ImageStream) attach(t streamTarget, gone bool) {
	if s == nil || gone {
		return
	}
	s.mu.Lock()
	if !s.closed && !slices.Contains(s.targets, t) {
		s.targets = append(s.targets, t)
	}
	frame := s.newest
	s.start()
	s.mu.Unlock()
	if frame != nil && !t.showFrame(s, frame) {
		s.detach(t)
	}
}

func (s *ImageStream) detach(t streamTarget) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.targets, t); i >= 0 {
		s.targets = slices.Delete(s.targets, i, i+1)
	}
}

// encode gives a picture the form in which it is sent.
func (s *ImageStream) encode(job *streamJob) *streamFrame {
	f := new(streamFrame)
	switch {
	case job.encoded != nil:
		f.data, f.format, f.width, f.height = job.encoded, job.format, job.width, job.height
	case job.values.Width > 0:
		f.depth = job.values
		f.takenImage, f.values = takeValues("ImageStream.SetDepth", job.values, s.colormap, s.limits, s.format, s.quality)
	default:
		f.takenImage = takePixels("ImageStream.SetPixels", job.pixels, s.format, s.quality)
	}
	return f
}

// takePixels encodes a picture. A size that is checked can't fail.
func takePixels(fn string, p picture.Pixels, format ImageFormat, quality int) takenImage {
	if format == AutoFormat {
		format = PNG
		if p.Opaque() {
			format = JPEG
		}
	}
	var data []byte
	var err error
	if format == JPEG {
		data, err = p.JPEG(quality)
	} else {
		data, err = picture.PNG(p.Image())
	}
	if err != nil {
		usage(fn, "the image cannot be encoded as %s: %v", format, err)
	}
	return takenImage{data: data, format: format, width: p.Width, height: p.Height}
}

// takeValues encodes a depth image: its values, and a picture in colors.
func takeValues(fn string, v picture.Values, m *colormap.Map, limits *[2]float64, format ImageFormat, quality int) (takenImage, pictureValues) {
	lo, hi := v.Range()
	if limits != nil {
		lo, hi = limits[0], limits[1]
	}
	data, kind := valueBytes(v)
	return takePixels(fn, v.Colored(lo, hi, m.At), format, quality), pictureValues{data, kind}
}

// valueBytes are the values as they are sent, and their type.
func valueBytes(v picture.Values) (data []byte, kind wire.ImageValueType) {
	if v.Ints != nil {
		return wire.Uint16s(v.Ints).Data, wire.ImageValueTypeUint16
	}
	return wire.Float32s(v.Floats).Data, wire.ImageValueTypeFloat32
}

// A follower is the part of a handle that shows a stream. Its fields are guarded by the
// handle's mu.
type follower struct {
	stream *ImageStream // nil for none
	shown  uint64       // the number of the frame that is shown
}

// follow makes s the stream that is shown, nil for none.
func (f *follower) follow(s *ImageStream) { f.stream, f.shown = s, 0 }

// next shows a frame with send, if the handle follows s and the frame is newer than what
// is shown. It reports whether the handle follows s.
func (f *follower) next(s *ImageStream, frame *streamFrame, gone bool, send func(takenImage)) bool {
	if gone || f.stream != s {
		return false
	}
	if frame.number > f.shown {
		f.shown = frame.number
		send(frame.takenImage)
	}
	return true
}
