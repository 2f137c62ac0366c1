package picture

import (
	"fmt"
	"image"
	"math"
	"sync"
)

// A Layout is the order of the bytes of a pixel.
type Layout uint8

// The layouts of pixels.
const (
	RGB Layout = iota
	BGR
	RGBA // the alpha is not premultiplied, here and in BGRA
	BGRA
	Gray
)

// Size is the number of bytes of a pixel.
func (l Layout) Size() int {
	switch l {
	case Gray:
		return 1
	case RGBA, BGRA:
		return 4
	}
	return 3
}

// offsets are where red, green and blue are in a pixel.
func (l Layout) offsets() (r, g, b int) {
	switch l {
	case BGR, BGRA:
		return 2, 1, 0
	case Gray:
		return 0, 0, 0
	}
	return 0, 1, 2
}

// Pixels is a picture as raw bytes, row by row from the top, without gaps between pixels.
type Pixels struct {
	Width, Height int
	Stride        int // the bytes from a row to the next one
	Layout        Layout
	Pix           []byte
}

// MaxSide is the largest width and height of a picture: that of a JPEG.
const MaxSide = 1<<16 - 1

// CheckSize refuses sizes that no picture can have.
func CheckSize(width, height int) error {
	if width < 1 || height < 1 || width > MaxSide || height > MaxSide {
		return fmt.Errorf("a size of %d x %d pixels; both must be 1 to %d", width, height, MaxSide)
	}
	return nil
}

// Opaque reports whether no pixel is transparent.
func (p Pixels) Opaque() bool {
	if p.Layout != RGBA && p.Layout != BGRA {
		return true
	}
	for y := range p.Height {
		row := p.Pix[y*p.Stride:][:4*p.Width]
		for i := 3; i < len(row); i += 4 {
			if row[i] != 0xff {
				return false
			}
		}
	}
	return true
}

// Image copies the pixels into an image.
func (p Pixels) Image() image.Image {
	bounds := image.Rect(0, 0, p.Width, p.Height)
	if p.Layout == Gray {
		out := image.NewGray(bounds)
		for y := range p.Height {
			copy(out.Pix[y*out.Stride:], p.Pix[y*p.Stride:][:p.Width])
		}
		return out
	}
	out := image.NewNRGBA(bounds)
	for y := range p.Height {
		row := out.Pix[y*out.Stride:][:out.Stride]
		p.expandRow(row, y)
		if p.Layout.Size() == 4 {
			for i := 3; i < len(row); i += 4 {
				row[i] = p.Pix[y*p.Stride+i]
			}
		}
	}
	return out
}

// AsPixels returns the bytes of an image, if it has them in one of the layouts. It calls no method of the program's.
func AsPixels(img image.Image) (Pixels, bool) {
	p := Pixels{Layout: RGBA}
	var b image.Rectangle
	switch img := img.(type) {
	case *image.RGBA: // premultiplied: the same, if it is opaque
		b, p.Stride = img.Rect, img.Stride
		if b.Empty() || !img.Opaque() {
			return p, false
		}
		p.Pix = img.Pix[img.PixOffset(b.Min.X, b.Min.Y):]
	case *image.NRGBA:
		b, p.Stride = img.Rect, img.Stride
		p.Pix = img.Pix[img.PixOffset(b.Min.X, b.Min.Y):]
	case *image.Gray:
		b, p.Stride, p.Layout = img.Rect, img.Stride, Gray
		p.Pix = img.Pix[img.PixOffset(b.Min.X, b.Min.Y):]
	}
	p.Width, p.Height = b.Dx(), b.Dy()
	return p, !b.Empty()
}

// rgbas is the memory of strips whose pixels are not as an image has them.
var rgbas = sync.Pool{New: func() any { return new(image.RGBA) }}

// rows returns some of the rows as an opaque image, for an encoder that ignores alpha. free returns its memory.
func (p Pixels) rows(from, to int) (img image.Image, free func()) {
	bounds := image.Rect(0, 0, p.Width, to-from)
	pix := p.Pix[from*p.Stride : (to-1)*p.Stride+p.Width*p.Layout.Size()]
	switch p.Layout {
	case Gray:
		return &image.Gray{Pix: pix, Stride: p.Stride, Rect: bounds}, func() {}
	case RGBA:
		return &image.RGBA{Pix: pix, Stride: p.Stride, Rect: bounds}, func() {}
	}
	out := rgbas.Get().(*image.RGBA)
	n := 4 * p.Width * (to - from)
	if cap(out.Pix) < n {
		out.Pix = make([]uint8, n)
	}
	out.Pix, out.Stride, out.Rect = out.Pix[:n], 4*p.Width, bounds
	for y := range to - from {
		p.expandRow(out.Pix[y*out.Stride:][:out.Stride], from+y)
	}
	return out, func() { rgbas.Put(out) }
}

// expandRow writes a row of colors with four bytes a pixel.
func (p Pixels) expandRow(to []byte, y int) {
	size := p.Layout.Size()
	r, g, b := p.Layout.offsets()
	from := p.Pix[y*p.Stride:][:p.Width*size]
	for len(from) >= size && len(to) >= 4 {
		s, d := from[:size], to[:4]
		d[0], d[1], d[2], d[3] = s[r], s[g], s[b], 0xff
		from, to = from[size:], to[4:]
	}
}

// Values are the numbers of a depth image, row by row from the top.
type Values struct {
	Width, Height int
	Floats        []float32 // or
	Ints          []uint16
}

func (v Values) at(i int) float64 {
	if v.Ints != nil {
		return float64(v.Ints[i])
	}
	return float64(v.Floats[i])
}

// At returns the value of a pixel, if it has one.
func (v Values) At(x, y int) (value float64, ok bool) {
	value = v.at(y*v.Width + x)
	return value, !none(value)
}

// none reports whether a pixel has no value: 0 is what depth cameras give where they see nothing.
func none(x float64) bool { return x == 0 || math.IsNaN(x) || math.IsInf(x, 0) }

// Range returns the least and the greatest value of pixels that have one; 0 and 1 if none has.
func (v Values) Range() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for i := range v.Width * v.Height {
		if x := v.at(i); !none(x) {
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	if lo > hi {
		return 0, 1
	}
	return lo, hi
}

// Colored maps the values from lo to hi to colors, 0 to 1 each; pixels without a value are black.
func (v Values) Colored(lo, hi float64, color func(t float64) [3]uint8) Pixels {
	var table [256][3]uint8
	for i := range table {
		table[i] = color(float64(i) / 255)
	}
	scale := 0.0
	if hi > lo {
		scale = 255 / (hi - lo)
	}
	out := make([]byte, 3*v.Width*v.Height)
	for i := range v.Width * v.Height {
		if x := v.at(i); !none(x) {
			c := table[int(min(max((x-lo)*scale+0.5, 0), 255))]
			copy(out[3*i:3*i+3], c[:])
		}
	}
	return Pixels{Width: v.Width, Height: v.Height, Stride: 3 * v.Width, Pix: out}
}
