package wire

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// disguise copies one msgpack value and changes what a lenient reader must not mind: floats without a
// fraction become integers and integers floats, small numbers take wide forms, the pairs of maps change
// places, and unknown keys come in between.
type disguise struct {
	d   *decoder
	e   *Encoder
	rng *rand.Rand
}

func (s *disguise) value() {
	switch s.d.peek() {
	case kindNil:
		s.d.null()
		s.e.Nil()
	case kindBool:
		s.e.Bool(s.d.bool())
	case kindInt, kindFloat:
		s.number(s.d.number())
	case kindString:
		s.text(s.d.string())
	case kindBytes:
		s.e.Bytes(s.d.bytes())
	case kindList:
		n := s.d.list()
		s.e.ArrayHeader(n)
		for range n {
			s.value()
		}
		s.d.shut()
	case kindMap:
		s.pairs()
	}
}

func (s *disguise) number(n number) {
	i := int64(n.u)
	f := n.f
	switch {
	case n.isFloat && f == math.Trunc(f) && math.Abs(f) <= maxExact:
		s.e.Int(int64(f))
	case n.isFloat && f == float64(float32(f)):
		s.e.B = append(s.e.B, 0xca)
		s.e.B = append(s.e.B, be(uint64(math.Float32bits(float32(f))), 4)...)
	case n.isFloat:
		s.e.Float(f)
	case n.neg && s.rng.IntN(2) == 0:
		s.e.B = append(append(s.e.B, 0xd3), be(n.u, 8)...)
	case !n.neg && s.rng.IntN(2) == 0:
		s.e.B = append(append(s.e.B, 0xcf), be(n.u, 8)...)
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

// text now and then takes the longest form of a string's head.
func (s *disguise) text(text string) {
	if s.rng.IntN(3) > 0 {
		s.e.String(text)
		return
	}
	s.e.B = append(append(s.e.B, 0xdb), be(uint64(len(text)), 4)...)
	s.e.B = append(s.e.B, text...)
}

func (s *disguise) pairs() {
	n := s.d.mapLen()
	var keys []string
	var values [][]byte
	for range n {
		keys = append(keys, s.d.string())
		start := s.d.pos
		s.d.skip()
		values = append(values, s.d.b[start:s.d.pos])
	}
	s.d.shut()
	s.e.MapHeader(n + 1)
	unknownAt := s.rng.IntN(n + 1)
	for at, i := range append(s.rng.Perm(n), -1) {
		if at == unknownAt {
			s.text("keyFromTheFuture")
			s.e.Any([]any{int64(1), map[string]any{"x": nil}})
		}
		if i < 0 {
			return
		}
		s.text(keys[i])
		inner := disguise{d: &decoder{b: values[i], lim: DefaultLimits}, e: s.e, rng: s.rng}
		inner.value()
	}
}

// TestDecodeForgives disguises what viser sends and expects the same messages. Messages with open values
// are left out: there a number's form and a map's keys are all there is to know.
func TestDecodeForgives(t *testing.T) {
	open := map[string]bool{"GuiUpdateMessage": true, "SceneNodeUpdateMessage": true, "CommandUpdateMessage": true,
		"GuiUplotMessage": true}
	rapid.Check(t, func(rt *rapid.T) {
		g := rapid.SampledFrom(loadGolden(t)).Draw(rt, "golden")
		if open[g.Message] {
			return
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		var e Encoder
		(&disguise{d: &decoder{b: g.Msgpack, lim: DefaultLimits}, e: &e, rng: rng}).value()
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

func TestDecodeTakesTextAndBytesForOneAnother(t *testing.T) {
	var e Encoder
	e.MapHeader(3)
	e.String("type")
	e.String("GetRenderResponseMessage")
	e.String("payload")
	e.String("text")
	e.Bytes([]byte("render_uuid"))
	e.Bytes([]byte("u-1"))
	m, err := Decode(e.B, InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	want := &GetRenderResponseMessage{Payload: []byte("text"), RenderUUID: "u-1"}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
}

func TestTextIsAlwaysUTF8(t *testing.T) {
	const broken, mended = "a\xffb", "a\uFFFDb"
	var e Encoder
	e.SetPosition(broken, broken, [3]float64{})
	m, err := Decode(e.B, InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	if p := m.(*SetPositionMessage); p.Name != mended || p.Owner != mended {
		t.Errorf("encoded %q, %q; want %q", p.Name, p.Owner, mended)
	}
	raw := append([]byte("\x82\xa4type\xb5CommandTriggerMessage\xa4uuid\xa3"), broken...)
	m, err = Decode(raw, InboundLimits)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.(*CommandTriggerMessage).UUID; got != mended {
		t.Errorf("decoded %q, want %q", got, mended)
	}
}

func TestOptionalFieldsMayBeNullOrMissing(t *testing.T) {
	for name, msg := range map[string]string{
		"null":   "\x82\xa4type\xafShareUrlUpdated\xa9share_url\xc0",
		"absent": "\x81\xa4type\xafShareUrlUpdated",
	} {
		m, err := Decode([]byte(msg), InboundLimits)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(&ShareUrlUpdated{}, m); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
