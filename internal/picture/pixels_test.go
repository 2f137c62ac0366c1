package picture_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"runtime"
	"testing"

	"github.com/viser-go/viser/internal/picture"
)

// scene draws a picture with edges and gradients in all colors.
func scene(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetRGBA(x, y, color.RGBA{uint8(255 * x / width), uint8(255 * y / height), uint8(32 * ((x/16 + y/16) % 8)), 255})
		}
	}
	return img
}

// pixelsOf lays the picture out in bytes, with a gap behind each row.
func pixelsOf(img *image.RGBA, layout picture.Layout) picture.Pixels {
	b, size := img.Bounds(), layout.Size()
	p := picture.Pixels{Width: b.Dx(), Height: b.Dy(), Stride: b.Dx()*size + 5, Layout: layout}
	p.Pix = make([]byte, p.Stride*p.Height)
	for y := range p.Height {
		for x := range p.Width {
			c := img.RGBAAt(x, y)
			px := p.Pix[y*p.Stride+x*size:][:size]
			switch layout {
			case picture.RGB, picture.RGBA:
				copy(px, []byte{c.R, c.G, c.B, c.A})
			case picture.BGR, picture.BGRA:
				copy(px, []byte{c.B, c.G, c.R, c.A})
			case picture.Gray:
				px[0] = c.R
			}
		}
	}
	return p
}

// TestJPEGOfPixels: each layout, at sizes that are no multiple of a block, in one piece and in strips, decodes to what
// the standard library's encoder gives for the same picture.
func TestJPEGOfPixels(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for _, size := range []image.Point{{1, 1}, {17, 3}, {333, 250}, {640, 481}, {4000, 40}, {3, 20000}} {
		img := scene(size.X, size.Y)
		for layout := picture.RGB; layout <= picture.Gray; layout++ {
			t.Run(fmt.Sprint(size, layout), func(t *testing.T) {
				p := pixelsOf(img, layout)
				b, err := p.JPEG(90)
				if err != nil {
					t.Fatal(err)
				}
				got, err := jpeg.Decode(bytes.NewReader(b))
				if err != nil {
					t.Fatal(err)
				}
				if d := difference(got, standardJPEG(t, p.Image())); d > 1.5 {
					t.Errorf("the colors differ by %.2f on average from the standard encoder's", d)
				}
				if _, gray := got.(*image.Gray); gray != (layout == picture.Gray) {
					t.Errorf("decoded to %T", got)
				}
			})
		}
	}
}

// standardJPEG is what the standard library makes of an image.
func standardJPEG(t *testing.T, img image.Image) image.Image {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	got, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// difference is by how much the colors of two images differ, on average, 0 to 255.
func difference(a, b image.Image) float64 {
	if a.Bounds().Size() != b.Bounds().Size() {
		return math.Inf(1)
	}
	sum := 0.0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r, g, bl, _ := a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y).RGBA()
			r2, g2, bl2, _ := b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y).RGBA()
			sum += math.Abs(float64(r)-float64(r2)) + math.Abs(float64(g)-float64(g2)) + math.Abs(float64(bl)-float64(bl2))
		}
	}
	return sum / 3 / 257 / float64(a.Bounds().Dx()*a.Bounds().Dy())
}

// TestJPEGOfImages: large images of the usual types, also parts of larger ones, are what the standard encoder makes.
func TestJPEGOfImages(t *testing.T) {
	img := scene(500, 400)
	nrgba, ycc := image.NewNRGBA(img.Bounds()), image.NewYCbCr(img.Bounds(), image.YCbCrSubsampleRatio444)
	draw.Draw(nrgba, img.Bounds(), img, image.Point{}, draw.Src)
	for i := range ycc.Y {
		ycc.Y[i] = uint8(i)
	}
	gray := image.NewGray(img.Bounds())
	draw.Draw(gray, img.Bounds(), img, image.Point{}, draw.Src)
	part := image.Rect(13, 27, 471, 391)
	for _, img := range []image.Image{img, nrgba, ycc, gray, img.SubImage(part), nrgba.SubImage(part), gray.SubImage(part), ycc.SubImage(image.Rect(16, 32, 480, 384))} {
		b, err := picture.JPEG(img, 90)
		if err != nil {
			t.Fatal(err)
		}
		got, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%T: %v", img, err)
		}
		if d := difference(got, standardJPEG(t, img)); d > 1 {
			t.Errorf("%T %v: the colors differ by %.2f from the standard encoder's", img, img.Bounds(), d)
		}
	}
}

// TestExtremeColors: the corners of the color space do not wrap around.
func TestExtremeColors(t *testing.T) {
	for i := range 8 {
		c := []byte{byte(i&1) * 255, byte(i>>1&1) * 255, byte(i>>2&1) * 255}
		p := picture.Pixels{Width: 300, Height: 300, Stride: 900, Pix: bytes.Repeat(c, 300*300)}
		b, err := p.JPEG(95)
		if err != nil {
			t.Fatal(err)
		}
		got, err := jpeg.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if d := difference(got, p.Image()); d > 3 {
			t.Errorf("%v became %v", c, got.At(100, 200))
		}
	}
}

func TestOpaque(t *testing.T) {
	p := pixelsOf(scene(5, 4), picture.RGBA)
	if !p.Opaque() {
		t.Error("a picture without transparency counts as transparent")
	}
	p.Pix[3*p.Stride+4*4+3] = 254
	if p.Opaque() {
		t.Error("the last pixel is transparent")
	}
}

func TestValues(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	v := picture.Values{Width: 3, Height: 2, Floats: []float32{0, 2, nan, 6, inf, 4}}
	lo, hi := v.Range()
	if lo != 2 || hi != 6 {
		t.Fatalf("from %v to %v", lo, hi)
	}
	gray := func(t float64) [3]uint8 { return [3]uint8{uint8(255 * t), 0, 1} }
	p := v.Colored(lo, hi, gray)
	want := []byte{0, 0, 0, 0, 0, 1, 0, 0, 0, 255, 0, 1, 0, 0, 0, 128, 0, 1}
	if !bytes.Equal(p.Pix, want) {
		t.Errorf("%v, want %v", p.Pix, want)
	}
	if p := v.Colored(3, 3, gray); p.Pix[3*3+2] != 1 {
		t.Errorf("a range of one value: %v", p.Pix)
	}
	if lo, hi := (picture.Values{Width: 1, Height: 2, Ints: []uint16{0, 0}}).Range(); lo != 0 || hi != 1 {
		t.Errorf("no values: %v to %v", lo, hi)
	}
}

func BenchmarkJPEG1080p(b *testing.B) {
	img := scene(1920, 1080)
	p := pixelsOf(img, picture.RGB)
	b.Run("raw", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.JPEG(75); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("standard library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := jpeg.Encode(new(bytes.Buffer), img, &jpeg.Options{Quality: 75}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
