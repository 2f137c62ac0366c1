package recording

import (
	"encoding/binary"
	"math"

	"github.com/tinylib/msgp/msgp"
	"github.com/viser-go/viser/internal/wire"
)

// For is who an entry of a recording is for.
type For uint8

const (
	// Everyone applies the entry: upstream viser's client and our readers.
	Everyone For = iota
	// Plain is for upstream viser's client only. It stands for entries that it does not know.
	Plain
	// Ours is for our readers only.
	Ours
)

// An Entry is a message and when it was received, in seconds from the beginning of the recording.
type Entry struct {
	Time    float64
	For     For
	Message wire.RawMessage
}

// Classify returns who a message is for by its type: what upstream viser records is for everyone.
func Classify(m wire.RawMessage) For {
	if info, ok := wire.Infos[m.Type]; ok && info.InScene && !info.Extension {
		return Everyone
	}
	return Ours
}

func appendFloat64(b []byte, f float64) []byte {
	return binary.BigEndian.AppendUint64(append(b, 0xcb), math.Float64bits(f))
}

func appendFloat32(b []byte, f float32) []byte {
	return binary.BigEndian.AppendUint32(append(b, 0xca), math.Float32bits(f))
}

// appendText writes text, which may be a view of msgpack.
func appendText[S string | []byte](b []byte, s S) []byte {
	return append(appendTextHead(b, len(s)), s...)
}

func appendTextHead(b []byte, n int) []byte {
	switch {
	case n < 32:
		return append(b, 0xa0|byte(n))
	case n < 1<<8:
		return append(b, 0xd9, byte(n))
	case n < 1<<16:
		return append(b, 0xda, byte(n>>8), byte(n))
	}
	return append(b, 0xdb, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

// bytesOf returns the bytes of an array.
func bytesOf(r wire.Ref) []byte {
	switch {
	case r.Pages == nil:
		return r.Data
	case r.Ranges == nil:
		return r.Pages.Bytes()
	}
	all, out := r.Pages.Bytes(), make([]byte, 0, r.Len())
	for _, of := range r.Ranges {
		out = append(out, all[of.From:of.To]...)
	}
	return out
}

func appendList(b []byte, n int) []byte { return msgp.AppendArrayHeader(b, uint32(n)) }
func appendMap(b []byte, n int) []byte  { return msgp.AppendMapHeader(b, uint32(n)) }
func appendInt(b []byte, n int64) []byte {
	if n >= 0 {
		return msgp.AppendUint64(b, uint64(n))
	}
	return msgp.AppendInt64(b, n)
}
