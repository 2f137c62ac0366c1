package fold

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/viser-go/viser/internal/wire"
)

// Digest returns the same for all States that show the same, whatever their history. See the package's documentation.
func (s *State) Digest() [32]byte {
	var all [][]byte
	for m := range s.Messages() {
		c := canonical(m)
		if !bytes.Equal(c, undoCanonical[m.Type]) {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, bytes.Compare)
	h := sha256.New()
	for _, c := range all {
		h.Write(c)
	}
	return [32]byte(h.Sum(nil))
}

var undoCanonical = func() map[string][]byte {
	out := map[string][]byte{}
	for _, m := range undos {
		out[m.Type] = canonical(m)
	}
	return out
}()

// canonical returns the canonical encoding of a message, which is well-formed.
func canonical(m wire.RawMessage) []byte {
	c := canon{m: m}
	out, _ := c.value(nil, 0)
	return out
}

type canon struct{ m wire.RawMessage }

// value appends the value at pos, and returns where it ends.
func (c *canon) value(out []byte, pos int) ([]byte, int) {
	b := c.m.B[pos:]
	switch msgp.NextType(b) {
	case msgp.MapType:
		if a, end, ok := arrayAt(c.m.B, c.m.Refs, pos); ok {
			return msgp.AppendBytes(out, a.data), end
		}
		return c.object(out, pos)
	case msgp.ArrayType:
		n, rest, err := msgp.ReadArrayHeaderBytes(b)
		if err != nil {
			return out, len(c.m.B)
		}
		out = msgp.AppendArrayHeader(out, n)
		pos = len(c.m.B) - len(rest)
		for ; n > 0 && pos < len(c.m.B); n-- {
			out, pos = c.value(out, pos)
		}
		return out, pos
	case msgp.StrType:
		s, rest, err := msgp.ReadStringZC(b)
		if err != nil {
			return out, len(c.m.B)
		}
		return msgp.AppendStringFromBytes(out, s), len(c.m.B) - len(rest)
	case msgp.BinType:
		s, rest, err := msgp.ReadBytesZC(b)
		if err != nil {
			return out, len(c.m.B)
		}
		return msgp.AppendBytes(out, s), len(c.m.B) - len(rest)
	}
	if x, rest, ok := number(b); ok {
		return appendNumber(out, x), len(c.m.B) - len(rest)
	}
	rest, err := msgp.Skip(b)
	if err != nil {
		return out, len(c.m.B)
	}
	return append(out, b[:len(b)-len(rest)]...), len(c.m.B) - len(rest)
}

func appendNumber(out []byte, x float64) []byte {
	bits := math.Float64bits(x + 0) // not -0
	if x != x {
		bits = 0x7ff8000000000000
	}
	return binary.BigEndian.AppendUint64(append(out, 0xcb), bits)
}

func (c *canon) object(out []byte, pos int) ([]byte, int) {
	type pair struct{ key, value []byte }
	var pairs []pair
	p := pairsAt(c.m.B, pos)
	end := len(c.m.B)
	for p.next() {
		v, _ := c.value(nil, p.from)
		pairs = append(pairs, pair{p.key, v})
	}
	if p.err == nil {
		end = p.pos
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return bytes.Compare(a.key, b.key) })
	last := pairs[:0]
	for i, x := range pairs {
		if i+1 == len(pairs) || !bytes.Equal(pairs[i+1].key, x.key) {
			last = append(last, x)
		}
	}
	out = msgp.AppendMapHeader(out, uint32(len(last)))
	for _, x := range last {
		out = append(msgp.AppendStringFromBytes(out, x.key), x.value...)
	}
	return out, end
}
