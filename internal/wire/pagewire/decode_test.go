package pagewire

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/viser-go/viser/internal/wire"
)

// withField builds a message map by hand: its type and one more pair, whose value is msgpack already.
func withField(typ, key, value string) []byte {
	var e wire.Encoder
	e.MapHeader(2)
	e.String("type")
	e.String(typ)
	e.String(key)
	e.B = append(e.B, value...)
	return e.B
}

func nest(levels int) string { return strings.Repeat("\x91", levels) + "\xc0" }

func TestDecodeRefuses(t *testing.T) {
	lim := wire.Limits{MaxBytes: 300, MaxDepth: 6, MaxCount: 40}
	update := func(value string) []byte {
		return withField("GuiUpdateMessage", "updates", "\x81\xa5value"+value)
	}
	for name, c := range map[string]struct {
		msg    []byte
		reason string
	}{
		"nothing":              {nil, "the data ends"},
		"no map":               {[]byte("\x93\x01\x02\x03"), "want a map, got a list"},
		"null":                 {[]byte("\xc0"), "no type"},
		"no type":              {[]byte("\x81\xa4uuid\xa1u"), "no type"},
		"type not text":        {[]byte("\x81\xa4type\x07"), "no type"},
		"key not text":         {[]byte("\x81\x01\x02"), "want a string as key, got a number"},
		"too large":            {make([]byte, 301), "more than the 300 allowed"},
		"cut short":            {[]byte("\x82\xa4type\xb5CommandTrigger"), "bytes announced"},
		"something after":      {[]byte("\x82\xa4type\xb5CommandTriggerMessage\xa4uuid\xa1u\xc0"), "1 bytes follow"},
		"missing field":        {[]byte("\x81\xa4type\xb5CommandTriggerMessage"), "CommandTriggerMessage (byte 28): the field uuid is missing"},
		"null for a field":     {withField("CommandTriggerMessage", "uuid", "\xc0"), "the field uuid is missing"},
		"number for text":      {withField("CommandTriggerMessage", "uuid", "\x01"), "CommandTriggerMessage.uuid"},
		"text for a number":    {withField("GuiButtonHoldMessage", "frequency", "\xa1x"), "want a number, got a string"},
		"fraction for integer": {withField("ViewerCameraMessage", "image_width", "\xca\x3f\x00\x00\x00"), "want an integer, got 0.5"},
		"NaN for integer":      {withField("ViewerCameraMessage", "image_width", "\xca\x7f\xc0\x00\x00"), "want an integer, got NaN"},
		"huge for integer":     {withField("ViewerCameraMessage", "image_width", "\xcf\xff\xff\xff\xff\xff\xff\xff\xff"), "is too large"},
		"color too bright":     {withField("FogMessage", "color", "\x93\x01\x02\xcd\x01\x00"), "FogMessage.color (byte 26): 256 is outside 0 to 255"},
		"color too short":      {withField("FogMessage", "color", "\x92\x01\x02"), "want a list of 3, got 2"},
		"too deep":             {update(nest(7)), "nested deeper than 6"},
		"too many values":      {update("\xdc\x00\x29" + strings.Repeat("\xc0", 41)), "more than 40 values"},
		"lying list":           {update("\xdd\xff\xff\xff\xff"), "entries announced"},
		"lying map":            {update("\xdf\x7f\xff\xff\xff"), "entries announced"},
		"lying text":           {update("\xdb\xff\xff\xff\xffab"), "bytes announced"},
		"lying bytes":          {update("\xc6\x80\x00\x00\x00ab"), "bytes announced"},
		"extension":            {update("\xd4\x01\x00"), "unexpected an extension"},
		"the unused byte":      {update("\xc1"), "the byte 0xc1 begins no value"},
		"array without buffer": {update("\x82\xae__binary_index\x00\xa5dtype\xa3<f4"), "GuiUpdateMessage.updates.value"},
		"placeholder of text":  {update("\x82\xae__binary_index\xa1x\xa5dtype\xa3<f4"), "a number and a name"},
		"color of a boolean":   {withField("GuiButtonMessage", "props", "\x81\xa5color\xc3"), "a name, three numbers or null"},
	} {
		m, err := Decode(c.msg, lim)
		var decodeErr *wire.DecodeError
		if !errors.As(err, &decodeErr) || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: got %v, %v; want a *DecodeError with %q", name, m, err, c.reason)
		}
	}
}

func TestDecodeReportsUnknownTypes(t *testing.T) {
	long := strings.Repeat("x", 5000)
	_, err := Decode(withField(long, "a", "\x01"), wire.InboundLimits)
	var unknown *wire.UnknownTypeError
	if !errors.As(err, &unknown) || unknown.Type != long {
		t.Fatalf("got %v, want an *UnknownTypeError", err)
	}
	if len(err.Error()) > 200 {
		t.Errorf("the error quotes %d bytes of foreign text", len(err.Error()))
	}
}

func TestDecodeSkipsExtensionsOfUnknownKeys(t *testing.T) {
	for name, ext := range map[string]string{
		"fixed": "\xd8\x05" + strings.Repeat("z", 16), "8": "\xc7\x02\x05zz", "16": "\xc8\x00\x01\x05z", "32": "\xc9\x00\x00\x00\x00\x05",
	} {
		m, err := Decode(withField("ShareUrlRequest", "later", ext), wire.InboundLimits)
		if err != nil || m.Type() != "ShareUrlRequest" {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}

func TestDecodeKeepsNaN(t *testing.T) {
	m, err := Decode(append([]byte("\x83\xa4type\xb4GuiButtonHoldMessage\xa4uuid\xa1u\xa9frequency"),
		"\xcb\x7f\xf8\x00\x00\x00\x00\x00\x01"...), wire.InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	if f := m.(*wire.GuiButtonHoldMessage).Frequency; !math.IsNaN(f) {
		t.Errorf("frequency %v, want NaN", f)
	}
}

func TestOpenValues(t *testing.T) {
	value := map[string]any{
		"nil": nil, "yes": true, "small": int64(-1), "wide": int64(-40000), "large": int64(1 << 40),
		"past int64": uint64(math.MaxUint64), "float": 0.1, "text": "t", "bytes": []byte{0, 255},
		"list": []any{int64(1), []any{}}, "map": map[string]any{"a": "b"},
	}
	var e wire.Encoder
	(&wire.GuiUpdateMessage{UUID: "u", Updates: wire.Updates{{Key: "value", Value: value}}}).AppendTo(&e)
	m, err := Decode(e.B, wire.InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	want := &wire.GuiUpdateMessage{UUID: "u", Updates: wire.Updates{{Key: "value", Value: value}}}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
}

func TestCoercions(t *testing.T) {
	if f, ok := wire.AsFloat(int64(-3)); !ok || f != -3 {
		t.Error("AsFloat of an integer:", f, ok)
	}
	if f, ok := wire.AsFloat(uint64(math.MaxUint64)); !ok || f != math.MaxUint64 {
		t.Error("AsFloat of a large integer:", f, ok)
	}
	if _, ok := wire.AsFloat("3"); ok {
		t.Error("AsFloat takes text")
	}
	if i, ok := wire.AsInt(4.0); !ok || i != 4 {
		t.Error("AsInt of a whole float:", i, ok)
	}
	for _, bad := range []any{4.5, math.NaN(), math.Inf(1), 1e300, uint64(math.MaxUint64), nil} {
		if _, ok := wire.AsInt(bad); ok {
			t.Error("AsInt takes", bad)
		}
	}
	var v [3]float64
	if !wire.AsFloats([]any{int64(1), 2.5, int64(3)}, v[:]) || v != [3]float64{1, 2.5, 3} {
		t.Error("AsFloats:", v)
	}
	if wire.AsFloats([]any{1.0, 2.0}, v[:]) || wire.AsFloats("x", v[:]) || wire.AsFloats([]any{1.0, 2.0, nil}, v[:]) {
		t.Error("AsFloats takes the wrong number or kind")
	}
	var c [3]uint8
	if !wire.AsBytes([]any{int64(0), 255.0, int64(7)}, c[:]) || c != [3]uint8{0, 255, 7} {
		t.Error("AsBytes:", c)
	}
	if wire.AsBytes([]any{int64(-1), 0.0, 0.0}, c[:]) || wire.AsBytes([]any{256.0, 0.0, 0.0}, c[:]) || wire.AsBytes([]any{}, c[:]) {
		t.Error("AsBytes takes the wrong number or range")
	}
}
