package pagewire

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tinylib/msgp/msgp"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

// disguise copies msgpack values with changes that a lenient reader must accept: floats
// without a fraction become integers and integers floats, small numbers have wide
// forms, the pairs of maps are reordered, and unknown keys are added.
type disguise struct {
	in  *msgp.Reader
	e   *wire.Encoder
	rng *rand.Rand
}

// disguised returns msg in disguise.
func disguised(t testing.TB, msg []byte, e *wire.Encoder, rng *rand.Rand) {
	t.Helper()
	s := disguise{in: msgp.NewReader(bytes.NewReader(msg)), e: e, rng: rng}
	if err := s.value(); err != nil {
		t.Fatal(err)
	}
}

func (s *disguise) value() error {
	kind, err := s.in.NextType()
	if err != nil {
		return err
	}
	switch kind {
	case msgp.MapType:
		return s.pairs()
	case msgp.ArrayType:
		n, err := s.in.ReadArrayHeader()
		s.e.ArrayHeader(int(n))
		for range n {
			err = errors.Join(err, s.value())
		}
		return err
	case msgp.StrType:
		v, err := s.in.ReadString()
		s.text(v)
		return err
	case msgp.Float64Type:
		v, err := s.in.ReadFloat64()
		s.float(v)
		return err
	case msgp.Float32Type:
		v, err := s.in.ReadFloat32()
		s.float(float64(v))
		return err
	case msgp.IntType:
		v, err := s.in.ReadInt64()
		s.int(v)
		return err
	case msgp.UintType:
		v, err := s.in.ReadUint64()
		s.int(int64(v))
		return err
	}
	v, err := s.in.ReadIntf() // null, a boolean or bytes
	s.e.Any(v)
	return err
}

const maxExact = 1 << 53

func (s *disguise) float(f float64) {
	switch {
	case f == math.Trunc(f) && math.Abs(f) <= maxExact:
		s.e.Int(int64(f))
	case f == float64(float32(f)):
		s.e.B = append(s.e.B, 0xca)
		s.e.B = append(s.e.B, be(uint64(math.Float32bits(float32(f))), 4)...)
	default:
		s.e.Float(f)
	}
}

func (s *disguise) int(i int64) {
	switch {
	case s.rng.IntN(2) == 0 && i < 0:
		s.e.B = append(append(s.e.B, 0xd3), be(uint64(i), 8)...)
	case s.rng.IntN(2) == 0 && i >= 0:
		s.e.B = append(append(s.e.B, 0xcf), be(uint64(i), 8)...)
	case i > -maxExact && i < maxExact:
		s.e.Float(float64(i))
	default:
		s.e.Int(i)
	}
}

func be(u uint64, n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[n-1-i] = byte(u >> (8 * i))
	}
	return out
}

// text sometimes uses the longest form of a string's header.
func (s *disguise) text(text string) {
	if s.rng.IntN(3) > 0 {
		s.e.String(text)
		return
	}
	s.e.B = append(append(s.e.B, 0xdb), be(uint64(len(text)), 4)...)
	s.e.B = append(s.e.B, text...)
}

func (s *disguise) pairs() error {
	n, err := s.in.ReadMapHeader()
	if err != nil {
		return err
	}
	keys, values := make([]string, n), make([][]byte, n)
	for i := range keys {
		keys[i], err = s.in.ReadString()
		if err != nil {
			return err
		}
		var one wire.Encoder
		inner := disguise{in: s.in, e: &one, rng: s.rng}
		if err := inner.value(); err != nil {
			return err
		}
		values[i] = one.B
	}
	s.e.MapHeader(int(n) + 1)
	unknownAt := s.rng.IntN(int(n) + 1)
	for at, i := range append(s.rng.Perm(int(n)), -1) {
		if at == unknownAt {
			s.text("keyFromTheFuture")
			s.e.Any([]any{int64(1), map[string]any{"x": nil}})
		}
		if i >= 0 {
			s.text(keys[i])
			s.e.B = append(s.e.B, values[i]...)
		}
	}
	return nil
}

// TestDecodeIsLenient disguises viser's messages and expects the same decoded messages. Messages with
// values of unspecified type are excluded: their numbers' forms and maps' keys are significant.
func TestDecodeIsLenient(t *testing.T) {
	open := map[string]bool{"GuiUpdateMessage": true, "SceneNodeUpdateMessage": true, "CommandUpdateMessage": true,
		"GuiUplotMessage": true}
	rapid.Check(t, func(rt *rapid.T) {
		g := rapid.SampledFrom(loadGolden(t)).Draw(rt, "golden")
		if open[g.Message] {
			return
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		var e wire.Encoder
		disguised(t, g.Msgpack, &e, rng)
		want, _ := decodeWith(t, g.Msgpack, g.buffers())
		got, unknown := decodeWith(t, e.B, g.buffers())
		if unknown == 0 {
			rt.Error("the unknown keys went uncounted")
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			rt.Errorf("disguised, the message changed (-want +got):\n%s", diff)
		}
	})
}

func TestDecodeAcceptsTextForBytesAndBytesForText(t *testing.T) {
	var e wire.Encoder
	e.MapHeader(3)
	e.String("type")
	e.String("GetRenderResponseMessage")
	e.String("payload")
	e.String("text")
	e.Bytes([]byte("render_uuid"))
	e.Bytes([]byte("u-1"))
	m, err := Decode(e.B, wire.InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	want := &wire.GetRenderResponseMessage{Payload: []byte("text"), RenderUUID: "u-1"}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
}

func TestTextIsAlwaysUTF8(t *testing.T) {
	const broken, mended = "a\xffb", "a\uFFFDb"
	var e wire.Encoder
	e.SetPosition(broken, broken, [3]float64{})
	m, err := Decode(e.B, wire.InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	if p := m.(*wire.SetPositionMessage); p.Name != mended || p.Owner != mended {
		t.Errorf("encoded %q, %q; want %q", p.Name, p.Owner, mended)
	}
	raw := append([]byte("\x82\xa4type\xb5CommandTriggerMessage\xa4uuid\xa3"), broken...)
	m, err = Decode(raw, wire.InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.(*wire.CommandTriggerMessage).UUID; got != mended {
		t.Errorf("decoded %q, want %q", got, mended)
	}
}

func TestOptionalFieldsMayBeNullOrMissing(t *testing.T) {
	for name, msg := range map[string]string{
		"null":   "\x82\xa4type\xafShareUrlUpdated\xa9share_url\xc0",
		"absent": "\x81\xa4type\xafShareUrlUpdated",
	} {
		m, err := Decode([]byte(msg), wire.InboundLimits)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(&wire.ShareUrlUpdated{}, m); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
