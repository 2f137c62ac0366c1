package wire

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnyEncodes(t *testing.T) {
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, "\xc0"},
		{true, "\xc3"},
		{"a", "\xa1a"},
		{float32(0.5), "\xcb\x3f\xe0\x00\x00\x00\x00\x00\x00"},
		{int8(-1), "\xff"},
		{int16(-300), "\xd1\xfe\xd4"},
		{int32(70000), "\xce\x00\x01\x11\x70"},
		{int64(-1 << 40), "\xd3\xff\xff\xff\x00\x00\x00\x00\x00"},
		{uint8(200), "\xcc\xc8"},
		{uint16(256), "\xcd\x01\x00"},
		{uint32(1), "\x01"},
		{uint64(1 << 32), "\xcf\x00\x00\x00\x01\x00\x00\x00\x00"},
		{uint(7), "\x07"},
		{(*float64)(nil), "\xc0"},
		{new(1.0), "\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00"},
		{new("s"), "\xa1s"},
		{new(5), "\x05"},
		{new(false), "\xc2"},
		{[]byte(nil), "\xc0"},
		{[]byte{}, "\xc4\x00"},
		{[]string(nil), "\xc0"},
		{[]string{"x", "y"}, "\x92\xa1x\xa1y"},
		{[]*string{nil, new("z")}, "\x92\xc0\xa1z"},
		{[]int{1, -1}, "\x92\x01\xff"},
		{[]any{}, "\x90"},
		{[3]uint8{1, 2, 255}, "\x93\x01\x02\xcc\xff"},
		{[4]uint8{0, 0, 0, 128}, "\x94\x00\x00\x00\xcc\x80"},
		{[3]bool{true, false, true}, "\x93\xc3\xc2\xc3"},
		{&[4]int{1, 2, 3, 4}, "\x94\x01\x02\x03\x04"},
		{(*[3]float64)(nil), "\xc0"},
		{(*[2]float64)(nil), "\xc0"},
		{[3][2]float64{}, "\x93" + strings.Repeat("\x92"+strings.Repeat("\xcb"+strings.Repeat("\x00", 8), 2), 3)},
		{[4]float64{}, "\x94" + strings.Repeat("\xcb"+strings.Repeat("\x00", 8), 4)},
		{[2]float64{0, 0}, "\x92" + strings.Repeat("\xcb"+strings.Repeat("\x00", 8), 2)},
		{map[string]any{"b": 1, "a": nil}, "\x82\xa1a\xc0\xa1b\x01"},
		{map[string]any(nil), "\xc0"},
		{Color{}, "\xc0"},
		{NamedColor("red"), "\xa3red"},
		{RGBColor(1, 2, 3), "\x93\x01\x02\x03"},
		{BoolOrFloat{Bool: true}, "\xc3"},
		{Uniform(0), "\xcb\x00\x00\x00\x00\x00\x00\x00\x00"},
		{LOD{}, "\xa4auto"},
		{[]GuiSliderMark{{Value: 0}}, "\x91\x82\xa5value\xcb\x00\x00\x00\x00\x00\x00\x00\x00\xa5label\xc0"},
		{Array{}, "\xc0"},
		{&GuiDividerProps{Visible: true}, "\x82\xa5order\xcb\x00\x00\x00\x00\x00\x00\x00\x00\xa7visible\xc3"},
	} {
		var e Encoder
		e.Any(c.value)
		if diff := cmp.Diff(c.want, string(e.B)); diff != "" {
			t.Errorf("%T %v: %s", c.value, c.value, diff)
		}
	}
}

func TestAnyPanicsOnUnsupportedTypes(t *testing.T) {
	defer func() {
		if got, ok := recover().(string); !ok || !strings.Contains(got, "complex128 has no encoding") {
			t.Errorf("recovered %q", got)
		}
	}()
	new(Encoder).Any(1i)
	t.Error("no panic")
}

func TestRawMovesReferences(t *testing.T) {
	var inner, outer Encoder
	inner.String("before")
	inner.Array(Uint8s([]byte{7}))
	outer.ArrayHeader(1)
	outer.Raw(inner.B, inner.Refs)
	if want := len(inner.B[:inner.Refs[0].Pos]) + 1; outer.Refs[0].Pos != want {
		t.Errorf("reference at %d, want %d", outer.Refs[0].Pos, want)
	}
	if outer.B[outer.Refs[0].Pos-1] != 0xce {
		t.Error("the reference does not lie behind the head of an integer")
	}
}

func TestResetFreesArrays(t *testing.T) {
	var e Encoder
	e.Array(Uint8s(make([]byte, 100)))
	refs := e.Refs
	e.Reset()
	if len(e.B) != 0 || len(e.Refs) != 0 || refs[0].Data != nil {
		t.Error("the encoder still holds the array")
	}
}

func TestPosesAllocateNothing(t *testing.T) {
	var e Encoder
	if n := testing.AllocsPerRun(100, func() {
		e.Reset()
		e.SetPosition("/robot/arm/link_7", "", [3]float64{1, 2, 3})
		e.SetOrientation("/robot/arm/link_7", "", [4]float64{1, 0, 0, 0})
	}); n != 0 {
		t.Errorf("%v allocations a pose", n)
	}
}

func TestFramesReuseTheirMemory(t *testing.T) {
	var e Encoder
	var b FrameBuilder
	frame := func() {
		b.Reset()
		for range 1000 {
			e.Reset()
			e.SetPosition("/robot/arm/link_7", "", [3]float64{1, 2, 3})
			b.Message(e.B, e.Refs)
		}
		b.Finish(0)
	}
	frame()
	// The Frame, its bytes, its list of parts.
	if n := testing.AllocsPerRun(20, frame); n > 5 {
		t.Errorf("%v allocations a frame", n)
	}
}
