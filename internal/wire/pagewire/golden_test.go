package pagewire

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/viser-go/viser/internal/wire"
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
	data, err := os.ReadFile("../testdata/golden_messages.json")
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

// decodeWith decodes one message that refers to the given buffers, out of a frame of
// its own. It also returns the number of keys that the schema does not have.
func decodeWith(t testing.TB, msg []byte, buffers [][]byte) (wire.Message, int) {
	t.Helper()
	w, err := DecodeFrame(handFrame(windowOf(msg, buffers)), wire.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Messages) != 1 {
		t.Fatalf("the types %q are unknown", w.Unknown)
	}
	return w.Messages[0], w.UnknownKeys
}

// windowOf returns the msgpack part of a frame with one message, and the buffers as
// they lie behind it.
func windowOf(msg []byte, buffers [][]byte) (plain, tail string) {
	var e wire.Encoder
	var out []byte
	e.ArrayHeader(len(buffers))
	for _, b := range buffers {
		e.Uint(uint64(len(b)))
		for len(out)%8 != 0 {
			out = append(out, 0)
		}
		out = append(out, b...)
	}
	return "\x82\xa8messages\x91" + string(msg) + "\xb3binaryBufferLengths" + string(e.B), string(out)
}

// encode returns a message's bytes with its array placeholders numbered from 0.
func encode(m wire.Message) ([]byte, [][]byte) {
	var e wire.Encoder
	m.AppendTo(&e)
	buffers := [][]byte{}
	for i, r := range e.Refs {
		binary.BigEndian.PutUint32(e.B[r.Pos:], uint32(i))
		buffers = append(buffers, r.Data)
	}
	return e.B, buffers
}

// widenIndices rewrites the short buffer indices of Python's encoder in the long form of our encoder.
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
		got, ok := wire.Infos[g.Message]
		if !ok {
			t.Errorf("%s is not in the schema", g.Message)
			continue
		}
		want := wire.Info{Type: g.Message, Entity: g.Entity, Phase: g.Phase, IDField: g.IDField, InScene: g.InScene,
			Direction: got.Direction, Extended: got.Extended}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", g.Message, got, want)
		}
	}
	for typ, info := range wire.Infos {
		if seen[typ] == info.Extension {
			t.Errorf("%s: known to viser %v, an extension %v", typ, seen[typ], info.Extension)
		}
		if m := emptyMessage(typ); m.Type() != typ {
			t.Errorf("the reader of %s makes a %s", typ, m.Type())
		}
		if inbound := wire.InboundReader(typ) != nil; inbound != (info.Direction != wire.ServerToClient) {
			t.Errorf("%s, which goes %s: a server can read it: %v", typ, info.Direction, inbound)
		}
	}
	if reader("NoSuchMessage") != nil {
		t.Error("there is a reader for an unknown type")
	}
}

func TestGoldenFrame(t *testing.T) {
	data, err := os.ReadFile("../testdata/golden_frame.bin")
	if err != nil {
		t.Fatal(err)
	}
	w, err := DecodeFrame(data, wire.DefaultLimits)
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
	cloud := w.Messages[1].(*wire.PointCloudMessage)
	if got := cloud.Props.Points.Float32s(); len(got) != 6 || got[0]+1 != got[1] || got[4]+1 != got[5] {
		t.Errorf("points %v, want six numbers in a row", got)
	}
	if cloud.Props.Colors.DType != wire.Uint8 || cloud.Props.Colors.Len() != 6 {
		t.Errorf("colors %+v", cloud.Props.Colors)
	}
}
