package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/viser-go/viser/internal/picture"
)

func TestDepth(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	b, err := picture.Depth(3, 2, []float32{0, 1, 167, inf, nan, -inf})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for i := range 6 {
		c := img.(*image.NRGBA).NRGBAAt(i%3, i/3)
		got = append(got, int(c.R)<<16|int(c.G)<<8|int(c.B))
	}
	if want := []int{0, 100_000, 16_700_000, 1<<24 - 1, 1<<24 - 1, 0}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestCloneIsACopy(t *testing.T) {
	img := image.NewRGBA(image.Rect(2, 3, 4, 5))
	img.Set(2, 3, color.White)
	clone := picture.Clone(img)
	img.Set(2, 3, color.Black)
	if r, _, _, _ := clone.At(2, 3).RGBA(); r != 0xffff || clone.Bounds() != img.Bounds() {
		t.Errorf("red is %#x, bounds are %v", r, clone.Bounds())
	}
}

// TestDecodeRefuses: what is not the requested picture is an error, without memory for the pixels that it claims.
func TestDecodeRefuses(t *testing.T) {
	small, err := picture.PNG(image.NewGray(image.Rect(0, 0, 2, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if img, err := picture.Decode(small, 2, 1); err != nil || img.Bounds().Dx() != 2 {
		t.Errorf("%v: %v", img, err)
	}
	for name, b := range map[string][]byte{
		"no image": []byte("hello"),
		"cut off":  small[:len(small)-20],
		"turned":   claiming(small, 1, 2),
		"bomb":     claiming(small, 16_384, 16_384),
		"huge":     claiming(small, 1<<20, 1<<20),
		"overflow": claiming(small, 1<<31-1, 1<<31-1),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := picture.Decode(b, 2, 1)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<20 {
			t.Errorf("%s: %d bytes were allocated before %v", name, n, err)
		}
	}
}

// claiming returns a PNG with another size in its header.
func claiming(b []byte, width, height uint32) []byte {
	const ihdr = 8 + 4 // the chunk's name, its data of 13 bytes and its checksum
	b = slices.Clone(b)
	binary.BigEndian.PutUint32(b[ihdr+4:], width)
	binary.BigEndian.PutUint32(b[ihdr+8:], height)
	binary.BigEndian.PutUint32(b[ihdr+17:], crc32.ChecksumIEEE(b[ihdr:ihdr+17]))
	return b
}

// FuzzDecode: any bytes are an error or a picture of the requested size.
func FuzzDecode(f *testing.F) {
	img := image.NewNRGBA(image.Rect(0, 0, 3, 2))
	asPNG, err := picture.PNG(img)
	if err != nil {
		f.Fatal(err)
	}
	asJPEG, err := picture.JPEG(img, 80)
	if err != nil {
		f.Fatal(err)
	}
	for _, b := range [][]byte{asPNG, asJPEG, claiming(asPNG, 3, 3), {}} {
		f.Add(b, uint8(3), uint8(2))
	}
	f.Fuzz(func(t *testing.T, b []byte, width, height uint8) {
		img, err := picture.Decode(b, int(width), int(height))
		if err == nil && img.Bounds().Size() != image.Pt(int(width), int(height)) {
			t.Errorf("asked for %dx%d, got %v", width, height, img.Bounds())
		}
	})
}
