package depth_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/viser-go/viser/formats/depth"
)

func encode(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gray16(w, h int, values ...uint16) *image.Gray16 {
	img := image.NewGray16(image.Rect(0, 0, w, h))
	for i, v := range values {
		img.SetGray16(i%w, i/w, color.Gray16{Y: v})
	}
	return img
}

func TestReadPNG(t *testing.T) {
	d, err := depth.ReadPNG(bytes.NewReader(encode(t, gray16(2, 2, 0, 1000, 2500, 65535))), 0.001)
	if err != nil || d.Width != 2 || !slices.Equal(d.Depths, []float32{0, 1, 2.5, 65.535}) {
		t.Errorf("%+v, %v", d, err)
	}
	eight := image.NewGray(image.Rect(0, 0, 1, 1))
	eight.SetGray(0, 0, color.Gray{Y: 200})
	if d, err := depth.ReadPNG(bytes.NewReader(encode(t, eight)), 0.01); err != nil || d.Depths[0] != 2 {
		t.Errorf("%+v, %v", d, err)
	}
	data := encode(t, gray16(3, 3, 1, 2, 3))
	for n := range data[:len(data)-12] { // the last chunk is empty
		if _, err := depth.ReadPNG(bytes.NewReader(data[:n]), 1); err == nil {
			t.Fatalf("%d of %d bytes were accepted", n, len(data))
		}
	}
	if _, err := depth.ReadPNG(bytes.NewReader(encode(t, image.NewRGBA(image.Rect(0, 0, 1, 1)))), 1); err == nil || !strings.Contains(err.Error(), "has colors") {
		t.Error(err)
	}
}

// A picture whose header claims more pixels than the limit is refused before anything is allocated.
func TestHugePNG(t *testing.T) {
	data := encode(t, gray16(1, 1))
	binary.BigEndian.PutUint32(data[16:], 1<<16)
	binary.BigEndian.PutUint32(data[20:], 1<<11)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	if _, err := depth.ReadPNG(bytes.NewReader(data), 1); err == nil || !strings.Contains(err.Error(), "more than the limit") {
		t.Error(err)
	}
}

func TestPoints(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	d := &depth.Image{Width: 3, Height: 2, Depths: []float32{1, 0, nan, 2, -1, inf}}
	k := depth.Intrinsics{FX: 2, FY: 4, CX: 0.5, CY: 0.5}
	picture := image.NewRGBA(image.Rect(5, 5, 11, 9)) // twice as large
	picture.Set(5, 7, color.RGBA{1, 2, 3, 255})
	points, colors := d.Points(k, picture, nil)
	if !slices.Equal(points, [][3]float32{{0, 0, 1}, {0, 0.5, 2}}) || !slices.Equal(colors, [][3]uint8{{}, {1, 2, 3}}) {
		t.Errorf("%v %v", points, colors)
	}
	for name, c := range map[string]struct {
		opts *depth.Options
		want int
	}{
		"near": {&depth.Options{Near: 1.5}, 1}, "far": {&depth.Options{Far: 1.5}, 1}, "stride": {&depth.Options{Stride: 2}, 1},
		"keep": {&depth.Options{Keep: func(x, y int) bool { return y == 1 }}, 1}, "negative stride": {&depth.Options{Stride: -1}, 2},
	} {
		if points, colors := d.Points(k, nil, c.opts); len(points) != c.want || colors != nil {
			t.Errorf("%s: %v", name, points)
		}
	}
	if points, _ := d.Points(depth.Intrinsics{}, nil, nil); points != nil {
		t.Error("there is no focal length")
	}
	defer func() {
		if recover() == nil {
			t.Error("too few depths were accepted")
		}
	}()
	(&depth.Image{Width: 9, Height: 9}).Points(k, nil, nil)
}

func FuzzReadPNG(f *testing.F) {
	f.Add(encode(f, gray16(2, 2, 1, 2, 3, 4)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := depth.ReadPNG(bytes.NewReader(data), 1); err == nil && len(d.Depths) != d.Width*d.Height {
			t.Fatal("the size is wrong")
		}
	})
}

func BenchmarkPoints(b *testing.B) {
	d := &depth.Image{Width: 640, Height: 480, Depths: make([]float32, 640*480)}
	for i := range d.Depths {
		d.Depths[i] = 1
	}
	b.SetBytes(4 * 640 * 480)
	for b.Loop() {
		d.Points(depth.Intrinsics{FX: 500, FY: 500, CX: 320, CY: 240}, nil, nil)
	}
}

func Example() {
	d := &depth.Image{Width: 2, Height: 1, Depths: []float32{2, 0}}
	points, _ := d.Points(depth.Intrinsics{FX: 1, FY: 1, CX: 1, CY: 0.5}, nil, nil)
	fmt.Println(points)
	// Output: [[-1 0 2]]
}
