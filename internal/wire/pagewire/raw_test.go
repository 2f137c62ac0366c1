package pagewire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/viser-go/viser/internal/wire"
)

// reframed builds a frame of raw messages.
func reframed(w *wire.RawWindow) []byte {
	b := wire.FrameBuilder{}
	b.Reset()
	b.Cursor = w.Cursor
	for _, m := range w.Messages {
		b.Message(m.B, m.Refs)
	}
	return b.Finish(w.TimestampSec).Bytes()
}

// checkRaw checks that raw messages make a frame with the same content, and that they have the form that they should have.
func checkRaw(t rapid.TB, frame []byte, raw *wire.RawWindow) {
	again, err := wire.ReadRaw(reframed(raw), wire.DefaultLimits)
	if err != nil {
		t.Fatalf("what was read can't be read again: %v", err)
	}
	if diff := cmp.Diff(raw, again, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("what was read is read again as (-first +second):\n%s", diff)
	}
	want, err := DecodeFrame(frame, wire.DefaultLimits)
	if err != nil {
		return
	}
	got, err := DecodeFrame(reframed(raw), wire.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	frameKeys := cmpopts.IgnoreFields(wire.Window{}, "UnknownKeys", "Blobs") // which raw windows do not keep
	if diff := cmp.Diff(want, got, frameKeys, cmpopts.EquateEmpty(), cmpopts.EquateNaNs()); diff != "" {
		t.Fatalf("decoded directly and through raw messages (-direct +raw):\n%s", diff)
	}
}

func TestRawMessagesAreAsEncoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b wire.FrameBuilder
		b.Reset()
		b.Cursor = rapid.String().Draw(t, "cursor")
		want := &wire.RawWindow{TimestampSec: rapid.Float64().Draw(t, "time"), Cursor: b.Cursor}
		for range rapid.IntRange(0, 5).Draw(t, "messages") {
			m := wire.RawOf(drawMessage(t))
			b.Message(m.B, m.Refs)
			want.Messages = append(want.Messages, m)
		}
		frame := b.Finish(want.TimestampSec).Bytes()
		got, err := wire.ReadRaw(frame, wire.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("window differs (-sent +read):\n%s", diff)
		}
		checkRaw(t, frame, got)
	})
}

func TestRawMessagesOfViser(t *testing.T) {
	for _, g := range loadGolden(t) {
		frame := handFrame(windowOf(g.Msgpack, g.buffers()))
		w, err := wire.ReadRaw(frame, wire.DefaultLimits)
		if err != nil {
			t.Fatalf("%s/%s: %v", g.Message, g.Case, err)
		}
		if len(w.Messages) != 1 || w.Messages[0].Type != g.Message || len(w.Messages[0].Refs) != len(g.Buffers) {
			t.Fatalf("%s/%s was read as %+v", g.Message, g.Case, w)
		}
		checkRaw(t, frame, w)

		kept := bytes.Clone(g.Msgpack)
		m, rest, err := wire.ReadRawMessage(append(kept, "rest"...), func(i int) ([]byte, error) { return g.buffers()[i], nil })
		if err != nil || string(rest) != "rest" {
			t.Fatalf("%s/%s: %v, followed by %q", g.Message, g.Case, err, rest)
		}
		if diff := cmp.Diff(w.Messages[0], m, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s/%s in a frame and alone:\n%s", g.Message, g.Case, diff)
		}
		if !bytes.Equal(kept, g.Msgpack) {
			t.Fatalf("%s/%s was changed", g.Message, g.Case)
		}
	}
}

func TestReadRawMessageKeepsItsInput(t *testing.T) {
	in := wire.RawOf(&wire.PointCloudMessage{Props: wire.PointCloudProps{Points: wire.Float32s([]float32{1, 2, 3}),
		Colors: wire.Uint8s([]uint8{4, 5, 6})}})
	b := bytes.Clone(in.B)
	for i, r := range in.Refs {
		binary.BigEndian.PutUint32(b[r.Pos:], uint32(7+i))
	}
	kept := bytes.Clone(b)
	var asked []int
	m, _, err := wire.ReadRawMessage(b, func(i int) ([]byte, error) {
		asked = append(asked, i)
		return in.Refs[i-7].Data, nil
	})
	if diff := cmp.Diff(in, m); err != nil || diff != "" || !bytes.Equal(b, kept) || !cmp.Equal(asked, []int{7, 8}) {
		t.Fatalf("%v; asked for %v; input kept: %v\n%s", err, asked, bytes.Equal(b, kept), diff)
	}
}

func TestReadRawRefuses(t *testing.T) {
	message := func(s string) []byte { return handFrame(windowOf([]byte(s), [][]byte{{1, 2, 3}})) }
	cases := []struct {
		name, want string
		frame      []byte
	}{
		{"a message without a type", "has no type", message("\x81\xa1a\x01")},
		{"no messages", "no messages", handFrame("\x80", "")},
		{"an array that is not there", "no buffer 1", message("\x82\xa1a\x82\xae__binary_index\x01\xa5dtype\xa3|u1\xa4type\xa1T")},
		{"a negative index", "outside", message("\x82\xa1a\x82\xae__binary_index\xff\xa5dtype\xa3|u1\xa4type\xa1T")},
		{"bytes that are no elements", "not a multiple", message("\x82\xa1a\x82\xae__binary_index\x00\xa5dtype\xa3<f4\xa4type\xa1T")},
		{"an element type", "not an element type", message("\x82\xa1a\x82\xae__binary_index\x00\xa5dtype\xa3|O8\xa4type\xa1T")},
		{"deep nesting", "nested deeper", message("\x82\xa1a" + strings.Repeat("\x91", 9) + "\x01\xa4type\xa1T")},
		{"a list as a message", "want a map", message("\x90")},
		{"too short", "too few", []byte("abc")},
	}
	for _, c := range cases {
		_, err := wire.ReadRaw(c.frame, wire.Limits{MaxBytes: 1 << 20, MaxDepth: 8, MaxCount: 1000})
		if de := new(wire.DecodeError); !errors.As(err, &de) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want one with %q", c.name, err, c.want)
		}
	}
	failing := errors.New("gone")
	m := "\x82\xa1a\x82\xae__binary_index\x05\xa5dtype\xa3<f4\xa4type\xa1T"
	_, _, err := wire.ReadRawMessage([]byte(m), func(int) ([]byte, error) { return nil, failing })
	if err == nil || !strings.Contains(err.Error(), "array 5 can't be read: gone") {
		t.Errorf("an array that can't be read: %v", err)
	}
}

func TestRawMessagesOfOtherForms(t *testing.T) {
	cases := []string{
		"\x82\xa1a\x82\xa5dtype\xa3|u1\xae__binary_index\x00\xa4type\xa1T",                          // the other order
		"\x82\xa1a\x83\xae__binary_index\xce\x00\x00\x00\x00\xa5dtype\xa3|u1\xa1x\xc0\xa4type\xa1T", // a key more
		"\x82\xa1a\xde\x00\x02\xae__binary_index\xce\x00\x00\x00\x00\xa5dtype\xa3|u1\xa4type\xa1T",
		"\x82\xa1a\x82\xae__binary_index\xca\x00\x00\x00\x00\xa5dtype\xd9\x03|u1\xa4type\xa1T",
	}
	for _, c := range cases {
		w, err := wire.ReadRaw(handFrame(windowOf([]byte(c), [][]byte{{1, 2, 3}})), wire.DefaultLimits)
		if err != nil {
			t.Fatalf("%q: %v", c, err)
		}
		want := "\x82\xa1a\x82\xae__binary_index\xce\x00\x00\x00\x00\xa5dtype\xa3|u1\xa4type\xa1T"
		if m := w.Messages[0]; string(m.B) != want || len(m.Refs) != 1 || string(m.Refs[0].Data) != "\x01\x02\x03" ||
			string(m.B[m.Refs[0].Pos-1:m.Refs[0].Pos+4]) != "\xce\x00\x00\x00\x00" {
			t.Errorf("%q was read as\n%q with %+v", c, m.B, m.Refs)
		}
	}
	// Half of a placeholder is an ordinary map.
	half := "\x82\xa1a\x82\xae__binary_index\x05\xa5dtypo\xa3|u1\xa4type\xa1T"
	w, err := wire.ReadRaw(handFrame(windowOf([]byte(half), nil)), wire.DefaultLimits)
	if err != nil || string(w.Messages[0].B) != half || w.Messages[0].Type != "T" {
		t.Errorf("%v, %+v", err, w)
	}
}

// FuzzReadRaw changes the msgpack part and the buffers of frames.
func FuzzReadRaw(f *testing.F) {
	for _, g := range loadGolden(f) {
		plain, tail := windowOf(g.Msgpack, g.buffers())
		f.Add([]byte(plain), []byte(tail))
	}
	f.Fuzz(func(t *testing.T, plain, tail []byte) {
		frame := handFrame(string(plain), string(tail))
		w, err := wire.ReadRaw(frame, fuzzLimits)
		if err == nil {
			checkRaw(t, frame, w)
		}
	})
}
