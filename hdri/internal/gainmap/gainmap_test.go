package gainmap

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math"
	"testing"
)

// decode puts the light of a gray picture together again, as a page does.
func decode(t *testing.T, file []byte, stops float64) func(x, y int) float64 {
	t.Helper()
	at := bytes.Index(file, []byte("MPF\x00"))
	if at < 0 {
		t.Fatal("there is no index of pictures")
	}
	start := at + 4
	// Picture 2: its size and offset are last in the index.
	list := file[start+8+2+36+4+16:]
	size, offset2 := int(binary.BigEndian.Uint32(list[4:])), int(binary.BigEndian.Uint32(list[8:]))
	if start+offset2+size != len(file) {
		t.Fatalf("picture 2 should end at %d of %d", start+offset2+size, len(file))
	}
	base, gain := picture(t, file), picture(t, file[start+offset2:])
	gray := func(m image.Image, x, y int) float64 {
		_, g, _, _ := m.At(x, y).RGBA()
		return float64(g) / 65535
	}
	return func(x, y int) float64 {
		s := gray(base, x, y)
		linear := s / 12.92
		if s > 0.04045 {
			linear = math.Pow((s+0.055)/1.055, 2.4)
		}
		return (linear+offset)*math.Exp2(stops*gray(gain, x, y)) - offset
	}
}

func picture(t *testing.T, file []byte) image.Image {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEncodeKeepsLight(t *testing.T) {
	const side = 32
	want := func(x int) float64 { return []float64{0, 0.2, 1, 20}[x/8] }
	light := make([]float32, 0, 3*side*side)
	for i := range side * side {
		v := float32(want(i % side))
		light = append(light, v, v, v)
	}
	file, err := Encode(light, side, side, 95)
	if err != nil {
		t.Fatal(err)
	}
	at := decode(t, file, math.Log2((20+offset)/(1+offset)))
	for x := 3; x < side; x += 8 {
		if got := at(x, 16); math.Abs(got-want(x)) > 0.02+0.05*want(x) {
			t.Errorf("column %d: light %v, want %v", x, got, want(x))
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, light := range map[string][]float32{
		"too few numbers": make([]float32, 11),
		"NaN":             append(make([]float32, 11), float32(math.NaN())),
		"infinite":        append(make([]float32, 11), float32(math.Inf(1))),
	} {
		if _, err := Encode(light, 2, 2, 80); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
