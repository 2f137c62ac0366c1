package wire

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestArraysAreLittleEndian(t *testing.T) {
	testLittleEndian(t)
	defer func(is bool) { littleEndian = is }(littleEndian)
	littleEndian = false // so that numbers are not copied as they are in memory
	testLittleEndian(t)
}

func testLittleEndian(t *testing.T) {
	for _, c := range []struct {
		name string
		got  Array
		want Array
	}{
		{"Float32s", Float32s([]float32{1, -2}), Array{DType: "<f4", Data: []byte{0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0}}},
		{"Vec3s", Vec3s([][3]float32{{1, -2, 0}}), Array{DType: "<f4", Data: []byte{0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0}}},
		{"Float64s", Float64s([]float64{1}), Array{DType: "<f8", Data: []byte{0, 0, 0, 0, 0, 0, 0xf0, 0x3f}}},
		{"Float16s", Float16s([]float32{1, -2}), Array{DType: "<f2", Data: []byte{0, 0x3c, 0, 0xc0}}},
		{"HalfVec3s", HalfVec3s([][3]float32{{1, -2, 0.5}}), Array{DType: "<f2", Data: []byte{0, 0x3c, 0, 0xc0, 0, 0x38}}},
		{"Uint32s", Uint32s([]uint32{0x01020304}), Array{DType: "<u4", Data: []byte{4, 3, 2, 1}}},
		{"Faces", Faces([][3]uint32{{1, 2, 256}}), Array{DType: "<u4", Data: []byte{1, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0}}},
		{"Uint16s", Uint16s([]uint16{0x0102}), Array{DType: "<u2", Data: []byte{2, 1}}},
		{"Uint8s", Uint8s([]byte{5}), Array{DType: "|u1", Data: []byte{5}}},
		{"RGBs", RGBs([][3]uint8{{1, 2, 3}, {4, 5, 6}}), Array{DType: "|u1", Data: []byte{1, 2, 3, 4, 5, 6}}},
		{"none", Float32s(nil), Array{DType: "<f4", Data: []byte{}}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if c.got.IsNull() || !c.got.Equal(c.want) || c.got.Equal(Array{}) {
			t.Errorf("%s: IsNull or Equal is wrong", c.name)
		}
	}
}

func TestArraysAreCopies(t *testing.T) {
	bytes := []byte{1}
	a := Uint8s(bytes)
	bytes[0] = 2
	if a.Data[0] != 1 {
		t.Error("the Array changed with the caller's slice")
	}
}

// TestLargeArrays are copied and converted by several processors.
func TestLargeArrays(t *testing.T) {
	for _, n := range []int{0, 1, parallelPart - 1, 2 * parallelPart, 5*parallelPart + 1} {
		parts := make([]int32, n)
		inParallel(n, func(from, to int) {
			for i := from; i < to; i++ {
				parts[i]++
			}
		})
		if i := slices.IndexFunc(parts, func(k int32) bool { return k != 1 }); i >= 0 {
			t.Errorf("element %d of %d is in %d parts", i, n, parts[i])
		}
	}
	points, colors := make([][3]float32, 400_001), make([][3]uint8, 400_001)
	for i := range points {
		points[i] = [3]float32{float32(i), -float32(i) / 7, 0}
		colors[i] = [3]uint8{uint8(i), uint8(i >> 8), uint8(i >> 16)}
	}
	halves, floats, bytes := HalfVec3s(points), Vec3s(points), RGBs(colors)
	for i := range points {
		for k, x := range points[i] {
			if got := binary.LittleEndian.Uint16(halves.Data[6*i+2*k:]); got != toHalf(x) {
				t.Fatalf("number %d of point %d, %v, is %#04x as a half", k, i, x, got)
			}
			if got := math.Float32frombits(binary.LittleEndian.Uint32(floats.Data[12*i+4*k:])); got != x {
				t.Fatalf("number %d of point %d is %v, want %v", k, i, got, x)
			}
		}
		if [3]uint8(bytes.Data[3*i:]) != colors[i] {
			t.Fatalf("color %d is % x", i, bytes.Data[3*i:3*i+3])
		}
	}
}

func TestArraysReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.SliceOf(rapid.Float32()).Draw(t, "floats")
		if got := Float32s(f).Float32s(); !slices.Equal(got, f) {
			t.Errorf("floats %v became %v", f, got)
		}
		u := rapid.SliceOf(rapid.Uint32()).Draw(t, "uints")
		if got := Uint32s(u).Uint32s(); !slices.Equal(got, u) {
			t.Errorf("integers %v became %v", u, got)
		}
	})
	if Uint8s([]byte{1}).Float32s() != nil || Uint8s([]byte{1}).Uint32s() != nil {
		t.Error("bytes pass for floats or integers")
	}
	if (Array{DType: "|O", Data: []byte{1}}).Len() != 0 {
		t.Error("objects have a length")
	}
}

// TestHalvesSurviveConversionToFloat32 covers every half there is.
func TestHalvesSurviveConversionToFloat32(t *testing.T) {
	for h := range 1 << 16 {
		f := fromHalf(uint16(h))
		if math.IsNaN(float64(f)) {
			if h&halfInf != halfInf || h&0x3ff == 0 || toHalf(f)&halfQuietNaN != halfQuietNaN {
				t.Fatalf("%#04x became NaN, and that %#04x", h, toHalf(f))
			}
			continue
		}
		if back := toHalf(f); back != uint16(h) {
			t.Fatalf("%#04x became %v, and that %#04x", h, f, back)
		}
	}
}

// TestProcessorConvertsEqually compares with what ordinaryHalf and specialHalf give: for the floats of all halves, the
// middles between them, their neighbors, and some of all others.
func TestProcessorConvertsEqually(t *testing.T) {
	v := []float32{65519, 65520, -65519, -65520}
	around := func(x float32) {
		for d := range uint32(3) {
			bits := math.Float32bits(x) + d - 1
			v = append(v, math.Float32frombits(bits), math.Float32frombits(bits|1<<31))
		}
	}
	for h := range uint16(halfInf) {
		around(fromHalf(h))
		around((fromHalf(h) + fromHalf(h+1)) / 2)
	}
	for bits := uint64(0); bits < 1<<32; bits += 1021 { // NaN, too
		v = append(v, math.Float32frombits(uint32(bits)))
	}
	v = v[:len(v)&^7]
	defer func(has bool) { hasHalves = has }(hasHalves)
	hasHalves = cpuHasHalves() // also under the race detector
	for off := range 3 {       // with a rest that is shorter than the processor's steps
		got := make([]byte, 2*len(v[off:]))
		putHalves(got, v[off:])
		for i, x := range v[off:] {
			if h := binary.LittleEndian.Uint16(got[2*i:]); h != toHalf(x) {
				t.Fatalf("%v (%#08x) became %#04x, want %#04x", x, math.Float32bits(x), h, toHalf(x))
			}
		}
	}
}

func TestHalvesAreTheNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float32Range(-65519, 65519).Draw(t, "x") // what rounds to a finite half
		h := toHalf(x)
		off := math.Abs(float64(fromHalf(h)) - float64(x))
		for _, other := range []uint16{h - 1, h + 1} {
			if other&0x7fff >= halfInf {
				continue // infinity, NaN, or round the corner from zero
			}
			d := math.Abs(float64(fromHalf(other)) - float64(x))
			if d < off || d == off && h&1 == 1 && other&0x8000 == h&0x8000 {
				t.Fatalf("%v became %v, but %v is nearer or even", x, fromHalf(h), fromHalf(other))
			}
		}
	})
	for x, want := range map[float32]uint16{65519: 0x7bff, 65520: 0x7c00, 1e30: 0x7c00, -1e30: 0xfc00, 1e-30: 0, 0x1p-24: 1,
		0x1p-25: 0, 0x1.8p-25: 1, 0x1p-14: 0x0400, float32(math.Inf(1)): 0x7c00} {
		if got := toHalf(x); got != want {
			t.Errorf("%v became %#04x, want %#04x", x, got, want)
		}
	}
}
