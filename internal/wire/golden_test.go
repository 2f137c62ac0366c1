package wire

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
)

// golden is one entry of testdata/golden_messages.json: a message as viser 1.1.1 encodes it.
type golden struct {
	Message string          `json:"message"`
	Case    string          `json:"case"`
	Entity  string          `json:"entity"`
	Phase   string          `json:"phase"`
	IDField string          `json:"id_field"`
	InScene bool            `json:"in_scene"`
	Map     json.RawMessage `json:"map"`
	Msgpack hexBytes        `json:"msgpack"`
	Buffers []hexBytes      `json:"buffers"`
}

type hexBytes []byte

func (h *hexBytes) UnmarshalText(text []byte) error {
	out, err := hex.DecodeString(string(text))
	*h = out
	return err
}

func loadGolden(t testing.TB) []golden {
	t.Helper()
	data, err := os.ReadFile("testdata/golden_messages.json")
	if err != nil {
		t.Fatal(err)
	}
	var out []golden
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func (g golden) buffers() [][]byte {
	out := [][]byte{}
	for _, b := range g.Buffers {
		out = append(out, b)
	}
	return out
}

// decodeWith decodes one message that refers to the given buffers.
func decodeWith(t testing.TB, msg []byte, buffers [][]byte) (Message, int) {
	t.Helper()
	d := &decoder{b: msg, lim: DefaultLimits, buffers: buffers}
	m, typ := d.message()
	if d.err != nil {
		t.Fatal(d.err)
	}
	if m == nil {
		t.Fatalf("the type %q is unknown", typ)
	}
	if d.pos != len(msg) {
		t.Fatalf("%d of %d bytes read", d.pos, len(msg))
	}
	return m, d.unknown
}

// encode gives a message's bytes with its array placeholders numbered from 0.
func encode(m Message) ([]byte, [][]byte) {
	var e Encoder
	m.AppendTo(&e)
	buffers := [][]byte{}
	for i, r := range e.Refs {
		putIndex(e.B[r.Pos:], i)
		buffers = append(buffers, r.Data)
	}
	return e.B, buffers
}

// widenIndices rewrites the short buffer indices of Python's encoder in the long form that ours takes.
func widenIndices(msgpack []byte) []byte {
	short := []byte("\xae__binary_index")
	var out []byte
	for {
		before, after, found := bytes.Cut(msgpack, short)
		out = append(out, before...)
		if !found {
			return out
		}
		out = append(append(out, short...), 0xce, 0, 0, 0, after[0])
		msgpack = after[1:]
	}
}

func TestGoldenMessagesDecodeAndEncodeAlike(t *testing.T) {
	for _, g := range loadGolden(t) {
		t.Run(g.Message+"/"+g.Case, func(t *testing.T) {
			m, unknown := decodeWith(t, g.Msgpack, g.buffers())
			if m.Type() != g.Message || unknown != 0 {
				t.Fatalf("type %s with %d unknown keys, want %s without", m.Type(), unknown, g.Message)
			}
			got, buffers := encode(m)
			if want := widenIndices(g.Msgpack); !bytes.Equal(got, want) {
				t.Errorf("encoded\n%q\nwant\n%q\nwhich is %s", got, want, g.Map)
			}
			if len(buffers) != len(g.Buffers) {
				t.Fatalf("%d buffers, want %d", len(buffers), len(g.Buffers))
			}
			for i := range buffers {
				if !bytes.Equal(buffers[i], g.Buffers[i]) {
					t.Errorf("buffer %d is %x, want %x", i, buffers[i], g.Buffers[i])
				}
			}
		})
	}
}

func TestInfosAgreeWithViser(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range loadGolden(t) {
		seen[g.Message] = true
		got, ok := Infos[g.Message]
		if !ok {
			t.Errorf("%s is not in the schema", g.Message)
			continue
		}
		want := Info{Type: g.Message, Entity: g.Entity, Phase: g.Phase, IDField: g.IDField, InScene: g.InScene,
			Direction: got.Direction}
		if got != want {
			t.Errorf("%s: %+v, want %+v", g.Message, got, want)
		}
	}
	for typ, info := range Infos {
		if seen[typ] == info.Extension {
			t.Errorf("%s: known to viser %v, an extension %v", typ, seen[typ], info.Extension)
		}
		if m := newMessage(typ); m == nil || m.Type() != typ {
			t.Errorf("newMessage(%q) gives %v", typ, m)
		}
	}
	if newMessage("NoSuchMessage") != nil {
		t.Error("newMessage invents types")
	}
}

func TestGoldenFrame(t *testing.T) {
	data, err := os.ReadFile("testdata/golden_frame.bin")
	if err != nil {
		t.Fatal(err)
	}
	w, err := DecodeFrame(data, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if w.TimestampSec != 12.5 || len(w.Unknown) != 0 || w.UnknownKeys != 0 {
		t.Errorf("window %+v", w)
	}
	var types []string
	for _, m := range w.Messages {
		types = append(types, m.Type())
	}
	want := []string{"FrameMessage", "PointCloudMessage", "LineSegmentsMessage", "SetPositionMessage"}
	if len(types) != len(want) {
		t.Fatalf("types %v, want %v", types, want)
	}
	for i := range want {
		if types[i] != want[i] {
			t.Errorf("message %d is a %s, want a %s", i, types[i], want[i])
		}
	}
	cloud := w.Messages[1].(*PointCloudMessage)
	if got := cloud.Props.Points.Float32s(); len(got) != 6 || got[0]+1 != got[1] || got[4]+1 != got[5] {
		t.Errorf("points %v, want six numbers in a row", got)
	}
	if cloud.Props.Colors.DType != Uint8 || cloud.Props.Colors.Len() != 6 {
		t.Errorf("colors %+v", cloud.Props.Colors)
	}
}
